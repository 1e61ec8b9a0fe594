"""The same ranking by every way there is: in memory, streaming, sorted on disk, on a cluster."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.scale.measured import measure
from benchmarks.scale.results import hash_of_bytes, hash_of_rows
from benchmarks.scale.telling import tell
from benchmarks.scale.uneven import MAPPINGS, write_uneven

ROWS, CITIES, LARGEST = 2_000_000, 30_000, 200_000
WAYS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("streaming, 1 thread", "sorted", {"threads": 1}),
    ("streaming, 2 threads", "sorted", {"threads": 2}),
    ("sorted on disk, 64 MiB, 1 thread", "shuffled", {"memory": 1 << 26, "threads": 1}),
    ("sorted on disk, 256 MiB, 2 threads", "shuffled", {"memory": 1 << 28, "threads": 2}),
    *(
        (f"Dask, {n} worker{'s' * (n > 1)}", order, {"engine": "dask", "workers": n})
        for n, order in ((1, "shuffled"), (2, "shuffled"), (2, "sorted"), (3, "shuffled"))
    ),
)


def run(folder: Path, most: int) -> list[dict[str, Any]]:
    """Rank one register in every way, through two mappings; say the hash of each."""
    scale = min(1.0, most / ROWS)
    rows, cities, largest = (max(1, int(size * scale)) for size in (ROWS, CITIES, LARGEST))
    tell(f"{rows:,} rows in {cities:,} cities: making them")
    shuffled, by_city = write_uneven(folder, rows, cities, largest)
    sources = {"shuffled": shuffled, "sorted": by_city}
    found = [
        line for name, mapping in MAPPINGS.items() for line in _ways(folder, sources, name, mapping)
    ]
    for source in sources.values():
        source.unlink()
    return found


def _ways(
    folder: Path, sources: dict[str, Path], name: str, mapping: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    ways = (("in memory", "shuffled", {}), *WAYS)
    for way, order, options in ways:
        target = folder / "target"
        job = "rank in memory" if way == "in memory" else "rank"
        taken = measure(job, sources[order], target, mapping=mapping, **options)
        rows = hash_of_rows(target)
        written = "" if way == "in memory" else hash_of_bytes(target)
        shutil.rmtree(target)
        tell(f"  {name}: {way} ({order}): rows {rows[:16]}, files {written[:16] or '–'}")
        figures = {"seconds": taken.get("seconds"), "peak": taken["peak"]}
        hashes = {"rows": rows, "files": written}
        yield {"mapping": name, "way": way, "order": order, **hashes, **figures}
