"""Rows of a city brought together, where they do not fit into memory."""

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from partnermcda.batch.carrying import Carrier
from partnermcda.batch.ordering import in_order
from partnermcda.output.faults import told

_SORTED: Final = "sorted.parquet"
_HALF: Final = "sorting"
"""Folder of all that is not whole yet."""


def bring_together(
    batches: Iterable[pa.RecordBatch] | pa.RecordBatchReader,
    keys: Sequence[str],
    folder: Path,
    *,
    memory: int,
    threads: int = 2,
    rows_per_group: int = 131_072,
) -> Path:
    """Sort rows into a Parquet file.

    Parameters
    ----------
    batches : iterable of RecordBatch or RecordBatchReader
        Rows, of one schema; at least one batch. They are read once, as they are needed, in a
        thread of their own.
    keys : sequence of str
        Columns to sort by: whole numbers or texts, none null, no two rows alike in all of them.
        Texts are in the order of their bytes.
    folder : Path
        Where the file shall stand; it is made if need be. Meanwhile it holds the rows twice.
    memory : int
        Bytes DuckDB may use. The process takes about 250 MB more.
    threads : int
        Most threads; with less than 400 MB it is one.
    rows_per_group : int
        Rows of a row group.

    Returns
    -------
    Path
        ``folder / "sorted.parquet"``. It is there only when it is whole; one that is there
        already is returned as it is, and nothing is read.

    Raises
    ------
    MethodError
        If DuckDB is not installed, or the memory is too little.
    OutputError
        If the disk is full, the system refuses, or rows were lost.

    Notes
    -----
    Types and values are those that came, to the bit, but columns of dictionaries become plain.
    What `batches` raises comes out as it is. The file is the same for any memory and threads.

    Examples
    --------
    >>> folder = Path(getfixture("tmp_path"))
    >>> rows = pa.table({"city": [2, 1, 2], "row": [1, 2, 3], "actor": ["Ada", "Bo", "Cy"]})
    >>> file = bring_together(rows.to_batches(), ["city", "row"], folder, memory=1 << 28)
    >>> pq.read_table(file)["actor"].to_pylist()
    ['Bo', 'Ada', 'Cy']
    """
    path = folder / _SORTED
    if path.exists():
        return path
    schema, rows = _opened(batches)
    scratch = begin(folder)
    try:
        half = scratch / _SORTED
        ordered = in_order(rows, schema, keys, scratch, memory=memory, threads=threads)
        _write(regrouped(ordered, rows_per_group), Carrier.of(schema).plain, half, folder)
        with told(folder):
            half.rename(path)
    finally:
        clear(folder)
    return path


def begin(folder: Path) -> Path:
    """Make room for what is not whole yet.

    Parameters
    ----------
    folder : Path
        Made if need be. What a run that was killed left in it is removed.

    Returns
    -------
    Path
        Folder in it that :func:`clear` removes.

    Raises
    ------
    OutputError
        If the system refuses.
    """
    clear(folder)
    scratch = folder / _HALF
    with told(folder):
        scratch.mkdir(parents=True)
    return scratch


def clear(folder: Path) -> None:
    """Remove what a run that was killed has left behind, and nothing that is whole.

    Parameters
    ----------
    folder : Path
        It need not exist.

    Raises
    ------
    OutputError
        If the system refuses.
    """
    scratch = folder / _HALF
    if scratch.exists():
        with told(folder):
            shutil.rmtree(scratch)


def regrouped(batches: Iterable[pa.RecordBatch], rows: int) -> Iterator[pa.Table]:
    """Cut a stream of rows anew.

    Parameters
    ----------
    batches : iterable of RecordBatch
    rows : int
        Rows of every table but the last.

    Yields
    ------
    Table

    Examples
    --------
    >>> batch = pa.record_batch({"a": [1, 2, 3]})
    >>> [len(table) for table in regrouped([batch, batch, batch], 4)]
    [4, 4, 1]
    """
    held: list[pa.RecordBatch] = []
    missing = rows
    for batch in batches:
        start = 0
        while len(batch) - start >= missing:
            yield pa.Table.from_batches([*held, batch.slice(start, missing)])
            start, held, missing = start + missing, [], rows
        if start < len(batch):
            held.append(batch.slice(start))
            missing -= len(held[-1])
    if held:
        yield pa.Table.from_batches(held)


def _opened(
    batches: Iterable[pa.RecordBatch] | pa.RecordBatchReader,
) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    rows = iter(batches)
    if isinstance(batches, pa.RecordBatchReader):
        return batches.schema, rows
    first = next(rows)
    return first.schema, chain([first], rows)


def _write(tables: Iterator[pa.Table], schema: pa.Schema, path: Path, folder: Path) -> None:
    """Write what is read once: quickly, and brought to the disk before it counts as whole."""
    with told(folder):
        writer = pq.ParquetWriter(path, schema, compression="snappy", use_dictionary=False)
    try:
        for table in tables:
            with told(folder):
                writer.write_table(table, row_group_size=len(table))
    finally:
        with told(folder):
            writer.close()
    with told(folder), path.open("rb") as file:
        os.fsync(file.fileno())
