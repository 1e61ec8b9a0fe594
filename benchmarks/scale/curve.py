"""How time and memory grow with the rows, beside what pyarrow alone takes, in turn."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.scale.making import write_actors
from benchmarks.scale.measured import measure
from benchmarks.scale.telling import tell

SIZES = (10_000, 100_000, 1_000_000, 2_000_000, 10_000_000, 20_000_000, 50_000_000, 100_000_000)
LAST_UNSORTED = 50_000_000
"""Sorting a hundred million rows needs more room on the disk than most have."""


def run(folder: Path, most: int) -> list[dict[str, Any]]:
    """Measure all sizes up to `most`."""
    return [line for rows in SIZES if rows <= most for line in measure_size(folder, rows)]


def measure_size(folder: Path, rows: int) -> Iterator[dict[str, Any]]:
    """Measure one size: all jobs in turn, as often as there is time for."""
    for order in ("sorted", "shuffled"):
        if order == "shuffled" and rows > LAST_UNSORTED:
            continue
        source = folder / f"{order}.parquet"
        tell(f"{rows:,} rows, {order}: making them")
        write_actors(source, rows, shuffled=order == "shuffled")
        rounds = 3 if rows < 10_000_000 else 2 if rows < 50_000_000 else 1
        taken = [found for _ in range(rounds) for found in _round(folder, source)]
        size = source.stat().st_size
        source.unlink()
        for job in dict.fromkeys(name for name, _ in taken):
            runs = [found for name, found in taken if name == job]
            best = min(runs, key=lambda found: found["seconds"])
            peak = max(found["peak"] for found in runs)
            yield {"rows": rows, "order": order, "job": job, "bytes": size, **best, "peak": peak}


def _round(folder: Path, source: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for job in ("read and write", "read and write, tuned", "rank"):
        target = folder / "target"
        found = measure(job, source, target)
        shutil.rmtree(target)
        tell(f"  {job}: {found['seconds']:.2f} s, {found['peak'] / 1e6:.0f} MB")
        yield job, found
