"""Ranks over all actors together, where they do not fit into memory."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final, Protocol

import numpy as np
import pyarrow as pa

from partnermcda.batch.foremost import foremost
from partnermcda.batch.ordering import in_order
from partnermcda.batch.ranked_parts import KNOWN, RankedParts
from partnermcda.batch.sorting import begin, clear, regrouped
from partnermcda.core.arrays import Ints
from partnermcda.output.faults import told
from partnermcda.output.tables import SCHEMA

_ROWS: Final = 1 << 14
_TABLE: Final = 1 << 17
_REACH: Final = 1 << 62
"""Mark of a tag: the value is a highest score, and counts behind lowest ones that are equal."""
_RANK, _BEST, _WORST = range(3)
_FIELDS: Final = 4

_SCORES: Final = pa.schema([("loss", pa.float64()), ("place", pa.int64())])
_ENDS: Final = pa.schema([("value", pa.float64()), ("tag", pa.int64())])
_FOUND: Final = pa.schema([("field", pa.int64()), ("number", pa.int64())])
_RANKS: Final = pa.schema([(name, pa.int64()) for name in ("rank", "rank_best", "rank_worst")])
_PLACED: Final = pa.schema([*KNOWN, *_RANKS, ("place", pa.int64())])


class _Sort(Protocol):
    """Sort rows of a schema by some of its columns, within the means there are."""

    def __call__(
        self, batches: Iterator[pa.RecordBatch], schema: pa.Schema, keys: Sequence[str]
    ) -> Iterator[pa.RecordBatch]: ...


def rank_all(
    parts: Sequence[Path],
    folder: Path,
    *,
    memory: int,
    threads: int,
    tolerance: float,
    top: int | None = None,
) -> Iterator[pa.Table]:
    """Rank the actors of all parts together.

    Parameters
    ----------
    parts : sequence of Path
        Parquet files with the columns ``city, actor_id, actor, actor_type, score, score_low,
        score_high, evidence``, together m rows, at least one; others are passed over. Scores are
        finite.
    folder : Path
        For what is put down meanwhile, about twice what the parts are unpacked; it is made if
        need be, and nothing is left in it.
    memory : int
        Bytes DuckDB may use. The process takes about 250 MB more.
    threads : int
        Most threads; with less than 400 MB it is one.
    tolerance : float
        Scores no further apart are equal, as in :func:`partnermcda.core.rank`.
    top : int, optional
        Worst rank that is wanted. Best and worst ranks count all actors nevertheless.

    Yields
    ------
    Table
        The columns of :meth:`Ranking.to_frame`, by rank and id; actors with both in common in
        the order of the parts.

    Raises
    ------
    MethodError
        If DuckDB is needed and not installed, or the memory is too little for it.
    OutputError
        If the disk is full, the system refuses, or rows were lost.

    Notes
    -----
    Ranks are those of :func:`partnermcda.core.rank` and :func:`partnermcda.core.rank_bounds` for
    all m rows at once, bit for bit. DuckDB sorts, one after the other: the scores, so that ranks
    can be counted; lowest and highest scores together, so that those passed can be counted; what
    was counted, by row; the rows, by rank and id. Where no more than 262,144 rows are wanted, they
    are found by a threshold instead, and the others are not sorted.
    """
    ranked = RankedParts.of(parts)
    most = ranked.rows if top is None else min(top, ranked.rows)
    scratch = begin(folder)
    try:
        few = foremost(ranked, most, tolerance)
        if few is not None:
            yield few
            return
        sort = partial(in_order, folder=scratch, memory=memory, threads=threads)
        found = chain(_ranks(ranked, sort, tolerance), _bounds(ranked, sort, tolerance))
        _put_down(found, _FOUND, scratch / "found")
        by_row = _by_row(sort(_taken_up(scratch / "found"), _FOUND, ("field",)))
        _put_down(by_row, _RANKS, scratch / "ranks")
        rows = _rows(ranked, _taken_up(scratch / "ranks"), most)
        for table in regrouped(sort(rows, _PLACED, ("rank", "actor_id", "place")), _TABLE):
            yield table.select(SCHEMA.names)
    finally:
        clear(folder)


def _ranks(parts: RankedParts, sort: _Sort, tolerance: float) -> Iterator[pa.RecordBatch]:
    """Count ranks, the best score first."""

    def losses() -> Iterator[pa.RecordBatch]:
        for group in parts.groups():
            scores = group.read(["score"]).column("score").to_numpy()
            # -0.0 becomes 0.0
            yield _batch(_SCORES, 0.0 - scores, group.first + np.arange(group.rows))

    place = rank = 0
    last = -np.inf
    for batch in sort(losses(), _SCORES, ("loss",)):
        loss = batch.column("loss").to_numpy()
        ranks = np.arange(place + 1, place + 1 + len(loss))
        ranks[np.diff(loss, prepend=last) <= tolerance] = 0
        ranks[0] = max(ranks[0], rank, 1)
        ranks = np.maximum.accumulate(ranks)
        place, rank, last = place + len(loss), int(ranks[-1]), loss[-1]
        yield _found(batch.column("place").to_numpy(), _RANK, ranks)


def _bounds(parts: RankedParts, sort: _Sort, tolerance: float) -> Iterator[pa.RecordBatch]:
    """Count best and worst ranks, as :func:`partnermcda.core.rank_bounds` does."""

    def ends() -> Iterator[pa.RecordBatch]:
        for group in parts.groups():
            scores = group.read(["score_low", "score_high"])
            low, high = (column.to_numpy() for column in scores.columns)
            place = group.first + np.arange(group.rows)
            yield _batch(_ENDS, low + 0.0, place)
            yield _batch(_ENDS, np.add(high, tolerance, dtype=float), place + _REACH)

    lows = reaches = 0
    for batch in sort(ends(), _ENDS, ("value", "tag")):
        tag = batch.column("tag").to_numpy()
        is_reach = tag >= _REACH
        passed = np.cumsum(is_reach)
        lows_passed = lows + np.arange(1, len(tag) + 1) - passed
        reaches_passed = reaches + passed
        lows, reaches = int(lows_passed[-1]), int(reaches_passed[-1])
        bound = parts.rows - np.where(is_reach, lows_passed - 1, reaches_passed)
        yield _found(tag & (_REACH - 1), np.where(is_reach, _BEST, _WORST), bound)


def _by_row(found: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Bring together what was counted of each row."""
    for table in regrouped(found, _ROWS * (_WORST + 1)):
        rank, best, worst = table.column("number").to_numpy().reshape(-1, _WORST + 1).T
        # A chain of near-equals can reach further than the tolerance of a single pair.
        yield _batch(_RANKS, rank, np.minimum(best, rank), np.maximum(worst, rank))


def _rows(
    parts: RankedParts, ranks: Iterator[pa.RecordBatch], worst: int
) -> Iterator[pa.RecordBatch]:
    """Put the ranks beside the rows, and leave out those that are not wanted."""
    known = (batch for group in parts.groups() for batch in group.read().to_batches())
    first = 0
    for rows, numbers in zip(regrouped(known, _ROWS), ranks, strict=True):
        place = first + np.arange(len(rows))
        first += len(rows)
        columns = [column.combine_chunks() for column in rows.columns]
        columns += [*numbers.columns, pa.array(place)]
        placed = pa.RecordBatch.from_arrays(columns, schema=_PLACED)
        yield placed.filter(pa.array(numbers.column("rank").to_numpy() <= worst))


def _found(place: Ints, field: int | Ints, number: Ints) -> pa.RecordBatch:
    return _batch(_FOUND, place * _FIELDS + field, number)


def _batch(schema: pa.Schema, *columns: np.ndarray) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array(column) for column in columns], schema=schema)


def _put_down(batches: Iterable[pa.RecordBatch], schema: pa.Schema, path: Path) -> None:
    with (
        told(path.parent),
        pa.OSFile(str(path), "wb") as sink,
        pa.ipc.new_stream(sink, schema) as writer,
    ):
        for batch in batches:
            writer.write_batch(batch)


def _taken_up(path: Path) -> Iterator[pa.RecordBatch]:
    """Read what was put down, which is needed once."""
    with told(path.parent):
        with pa.OSFile(str(path)) as source:
            yield from pa.ipc.open_stream(source)
        path.unlink()
