"""What came of a run over a register, as a person reads it in a terminal."""

from collections.abc import Iterator
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from partnermcda.cli.batch_progress import lasting
from partnermcda.cli.console import grid, plain
from partnermcda.cli.machine import findings_as_data
from partnermcda.cli.weighed import weighed_by, weight_lines
from partnermcda.job import BatchOutcome
from partnermcda.messages import say
from partnermcda.messages.figures import amount, number, percent

_FILES: Final = ("parts", "cities", "pillars", "faults", "manifest")
_COUNTED: Final = ("limited", "undivided", "clipped")
_MINUTE: Final = 60


def show_batch(console: Console, outcome: BatchOutcome, language: str) -> None:
    """Print who was ranked, who was not and why, what is not known, and where the result is.

    Parameters
    ----------
    console : Console
        Where to print.
    outcome : BatchOutcome
        What came of the job.
    language : str
        Language of the words.
    """
    console.print(_unknown(outcome, language))
    for line in (*_counts(outcome, language), *_weights(outcome, language)):
        console.print(plain(line))
    for note in (*outcome.weighed.notes, *outcome.batch.notes):
        console.print(plain(note.text(language), "dim"))
    for line in _work(outcome, language):
        console.print(plain(line))
    folder = str(outcome.batch.folder)
    console.print(plain(say("cli.batch.written", language, folder=folder), "bold"))
    console.print(_files(outcome, language))


def batch_as_data(outcome: BatchOutcome, language: str) -> dict[str, Any]:
    """Lay what came of a run out as plain data.

    Parameters
    ----------
    outcome : BatchOutcome
    language : str
        Language of the notes.

    Returns
    -------
    dict
    """
    notes = (*outcome.weighed.notes, *outcome.batch.notes)
    return {**outcome.to_dict(), "notes": findings_as_data(notes, language)["findings"]}


def _unknown(outcome: BatchOutcome, language: str) -> Table:
    """Tell of every criterion that anything is known of how much is not."""
    tally, catalog = outcome.batch.tally, outcome.weighed.catalog
    heads = [say(f"cli.head.{name}", language) for name in ("criterion", "known", "unknown")]
    more = [name for name in _COUNTED if getattr(tally, name)]
    heads += [say(f"cli.batch.head.{name}", language) for name in ("share", *more)]
    table = grid(*heads, right=range(1, len(heads)))
    for name, known in tally.known.items():
        unknown = tally.unknown[name]
        if not known:
            continue
        extras = (getattr(tally, other).get(name, 0) for other in more)
        table.add_row(
            plain(catalog.label(name, language)),
            plain(amount(known, language)),
            plain(amount(unknown, language)),
            plain(percent(unknown / (known + unknown), language, 1)),
            *(plain(amount(extra, language) if extra else "–") for extra in extras),
        )
    return table


def _counts(outcome: BatchOutcome, language: str) -> Iterator[str]:
    tally, job = outcome.batch.tally, outcome.weighed.job
    yield say(
        "cli.batch.ranked" if job.by else "cli.batch.ranked_together",
        language,
        ranked=amount(tally.ranked, language),
        rows=amount(tally.rows, language),
        cities=amount(tally.cities, language),
        weighed=weighed_by(job, outcome.weighed.catalog, language),
    )
    for reason, count in tally.left_out.items():
        because = say(f"output.reason.{reason}", language)
        yield say("cli.summary.left_out", language, count=amount(count, language), reason=because)
    if tally.faults:
        yield say(
            "cli.batch.faulty",
            language,
            count=amount(sum(tally.faults.values()), language),
            rows=amount(tally.faulty, language),
        )
    for kind, found in tally.faults.items():
        yield say("cli.batch.fault_kind", language, count=amount(found, language), kind=kind)
    yield say(
        "cli.batch.trust" if job.by else "cli.batch.trust_together",
        language,
        leaders=amount(tally.possible_leaders, language),
        open=amount(tally.cities - tally.certain_leaders, language),
        cities=amount(tally.cities, language),
    )


def _weights(outcome: BatchOutcome, language: str) -> Iterator[str]:
    aside, catalog = outcome.batch.set_aside, outcome.weighed.catalog
    if aside:
        names = ", ".join(catalog.label(name, language) for name in aside)
        share = percent(outcome.set_aside_share, language)
        yield say("cli.summary.set_aside", language, names=names, share=share)
    yield from weight_lines(outcome.weighed.given, language)


def _work(outcome: BatchOutcome, language: str) -> Iterator[str]:
    """Tell how the work went: sorted or not, taken up or not, and what took longest."""
    batch = outcome.batch
    if not batch.together:
        yield say("cli.batch.sorted", language)
    if batch.resumed:
        of = amount(batch.parts, language)
        yield say("cli.batch.resumed", language, parts=amount(batch.resumed, language), of=of)
    whole = sum(seconds for _, seconds in batch.seconds)
    steps = [
        f"{say(f'cli.batch.step.{step}', language)} {_lasting(seconds, language)}"
        for step, seconds in batch.seconds
    ]
    slowest = max(batch.seconds, key=lambda step: step[1])[0]
    yield say(
        "cli.batch.took",
        language,
        time=_lasting(whole, language),
        rate=amount(round(batch.tally.rows / whole), language),
        steps=", ".join(steps),
        slowest=say(f"cli.batch.step.{slowest}", language),
    )


def _lasting(seconds: float, language: str) -> str:
    return f"{number(seconds, 1, language)} s" if seconds < _MINUTE else lasting(seconds)


def _files(outcome: BatchOutcome, language: str) -> Table:
    table = grid(*(say(f"cli.batch.head.{name}", language) for name in ("file", "holds")))
    parts = outcome.batch.parts
    last = f" … part-{parts - 1:05d}.parquet" if parts > 1 else ""
    names = {"parts": f"part-00000.parquet{last}", "manifest": "_manifest.json"}
    for name in _FILES:
        holds = say(f"cli.batch.file.{name}", language, parts=amount(parts, language))
        table.add_row(plain(names.get(name, f"_{name}.parquet")), plain(holds))
    return table
