"""Two workers of a cluster beside two threads of one process, in turn."""

import shutil
from pathlib import Path
from typing import Any

from benchmarks.scale.making import write_actors
from benchmarks.scale.measured import measure
from benchmarks.scale.results import hash_of_bytes
from benchmarks.scale.telling import tell

SIZES = (1_000_000, 10_000_000)
ROUNDS = 3
JOBS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("rank", {"threads": 2}),
    ("rank by workers", {"workers": 2}),
)


def run(folder: Path, most: int) -> list[dict[str, Any]]:
    """Measure each size up to `most`, which give the same bytes; say the best of each."""
    found = []
    for rows in sorted({min(size, most) for size in SIZES}):
        source = folder / "sorted.parquet"
        tell(f"{rows:,} rows: making them")
        write_actors(source, rows, shuffled=False)
        taken = [line for _ in range(ROUNDS) for line in _round(folder, source)]
        threads, workers = (
            min((line for name, line in taken if name == job), key=lambda line: line["seconds"])
            for job, _ in JOBS
        )
        same = len({line["hash"] for _, line in taken}) == 1
        found.append({"rows": rows, "same": same, "threads": threads, "workers": workers})
        source.unlink()
    return found


def _round(folder: Path, source: Path) -> list[tuple[str, dict[str, Any]]]:
    taken = []
    for job, options in JOBS:
        target = folder / "target"
        line = measure(job, source, target, **options)
        taken.append((job, {**line, "hash": hash_of_bytes(target)}))
        shutil.rmtree(target)
        tell(f"  {job}: {line['seconds']:.2f} s, {line['peak'] / 1e6:.0f} MB")
    return taken
