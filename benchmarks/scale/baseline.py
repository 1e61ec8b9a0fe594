"""What pyarrow alone takes to read the columns once and to write as many as a ranking has."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.scale.making import COLUMNS, GROUP, IDENTITY
from partnermcda.ranking import COLUMNS as RESULT

_OURS = {"write_page_checksum": True, "use_dictionary": ["city", "actor_type"]}
_RNG = np.random.default_rng(1)
_SCORES = pa.array(_RNG.random(GROUP))
_RANKS = pa.array(_RNG.integers(1, 200, GROUP))
FIGURES = {name: _RANKS if name.startswith("rank") else _SCORES for name in RESULT[4:]}


def read_and_write(source: Path, folder: Path) -> None:
    """Read row group by row group, and write what a ranking holds, by pyarrow's own settings."""
    with pq.ParquetFile(source) as file:
        pieces = (file.read_row_group(j, COLUMNS) for j in range(file.num_row_groups))
        _write(pieces, folder / "result.parquet")


def read_and_write_tuned(source: Path, folder: Path) -> None:
    """Do the same by two threads with the settings of our files, which are written faster."""

    def half(which: int) -> None:
        with pq.ParquetFile(source, page_checksum_verification=True) as file:
            numbers = range(which, file.num_row_groups, 2)
            pieces = (file.read_row_group(j, COLUMNS, use_threads=False) for j in numbers)
            _write(pieces, folder / f"result-{which}.parquet", **_OURS)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(half, range(2)))


def _write(pieces: Any, path: Path, **settings: Any) -> None:
    writer = None
    for rows in pieces:
        figures = {name: figure.slice(0, len(rows)) for name, figure in FIGURES.items()}
        table = pa.table({**{name: rows[name] for name in IDENTITY}, **figures})
        writer = writer or pq.ParquetWriter(path, table.schema, **settings)
        writer.write_table(table)
    if writer:
        writer.close()


def bring_to_disk(folder: Path) -> None:
    """Wait until what was written is on the disk, as a result that must not be lost waits."""
    for file in folder.iterdir():
        handle = os.open(file, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
