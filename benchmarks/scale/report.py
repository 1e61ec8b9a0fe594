"""What was measured, as tables of a page."""

from collections.abc import Iterable, Sequence
from typing import Any

Lines = list[dict[str, Any]]
_ORDERS = {"sorted": "by city", "shuffled": "in no order"}


def page(found: dict[str, Any]) -> str:
    """Every table there is something for."""
    tables = {
        "curve": (curve, doubling),
        "equality": (equality,),
        "kills": (kills,),
        "workers": (workers,),
    }
    parts = [
        make(found[name]) for name, makers in tables.items() if found.get(name) for make in makers
    ]
    return "\n\n".join(part for part in parts if part)


def curve(lines: Lines) -> str:
    """Time and memory of each size, beside pyarrow alone."""
    head = (
        *("actors", "rows come", "read and write, pyarrow", "tuned, two threads", "ranked in"),
        *("times pyarrow", "times tuned", "µs an actor", "peak memory"),
    )
    return table(head, [_curve_row(key, jobs) for key, jobs in _by_size(lines).items()])


def _by_size(lines: Lines) -> dict[tuple[int, str], dict[str, dict[str, Any]]]:
    sizes: dict[tuple[int, str], dict[str, dict[str, Any]]] = {}
    for line in lines:
        sizes.setdefault((line["rows"], line["order"]), {})[line["job"]] = line
    return sizes


def _curve_row(key: tuple[int, str], jobs: dict[str, dict[str, Any]]) -> list[str]:
    rows, order = key
    one, two, ours = (jobs[name] for name in ("read and write", "read and write, tuned", "rank"))
    seconds = ours["seconds"]
    return [
        f"{rows:,}",
        _ORDERS[order],
        *(_seconds(found["seconds"]) for found in (one, two, ours)),
        *(f"{seconds / found['seconds']:.1f}" for found in (one, two)),
        f"{seconds / rows * 1e6:.2f}",
        _megabytes(ours["peak"]),
    ]


def doubling(lines: Lines) -> str:
    """How much longer twice the rows take."""
    sizes = _by_size(lines)
    rows = []
    for (actors, order), jobs in sizes.items():
        twice = sizes.get((2 * actors, order))
        if twice and actors >= 1_000_000:
            less, more = jobs["rank"], twice["rank"]
            growth = more["seconds"] / less["seconds"]
            peaks = f"{_megabytes(less['peak'])}, {_megabytes(more['peak'])}"
            told = [f"{actors:,} → {2 * actors:,}", _ORDERS[order], f"{growth:.2f}", peaks]
            rows.append(told)
    return table(("actors", "rows come", "times as long", "peak memory"), rows) if rows else ""


def equality(lines: Lines) -> str:
    """One hash of the rows for every way, and one of the files."""
    rows = [
        [
            *(line["mapping"], line["way"]),
            _ORDERS[line["order"]],
            *(f"`{line[name][:16]}`" if line[name] else "" for name in ("rows", "files")),
            _megabytes(line["peak"]),
        ]
        for line in lines
    ]
    head = ("mapping", "way", "rows come", "hash of rows", "hash of files", "peak memory")
    hashes = {(line["mapping"], line["rows"]) for line in lines}
    mappings = {line["mapping"] for line in lines}
    verdict = "One hash" if len(hashes) == len(mappings) else "**More than one hash**"
    return f"{table(head, rows)}\n\n{verdict} of rows for each mapping."


def kills(lines: Lines) -> str:
    """What stood there after each kill, and what the next run made of it."""
    rows = [
        [
            f"{line['after']:.1f} s of {line['of']:.1f} s",
            _ORDERS[line["order"]],
            line["seen"],
            f"{line['resumed']} of {line['parts']}",
            "the same" if line["same"] else "**other bytes**",
        ]
        for line in lines
    ]
    return table(("killed after", "rows come", "seen then", "parts taken up", "result"), rows)


def workers(lines: Lines) -> str:
    """Two workers of a cluster beside two threads; the cluster's start is told apart."""
    rows = []
    for line in lines:
        threads, ours = line["threads"], line["workers"]
        times = (threads["seconds"], ours["seconds"], ours["start"])
        ratio = f"{ours['seconds'] / threads['seconds']:.2f}"
        told = [f"{line['rows']:,}", "the same" if line["same"] else "**other bytes**"]
        rows.append([*told, *map(_seconds, times), ratio, _megabytes(ours["peak"])])
    head = ("actors", "result", "two threads", "two workers", "start of the cluster", "times")
    return table((*head, "peak memory"), rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown; figures stand to the right."""
    marks = ["---:" if j and j > 1 else "---" for j in range(len(head))]
    lines = [head, marks, *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.0f} s"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB"
