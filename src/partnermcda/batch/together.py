"""Rank all actors together, from parts that were ranked city by city."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from partnermcda.batch.globally import rank_all
from partnermcda.batch.parts import BLOCK, PART, WRITTEN, Part
from partnermcda.batch.sorting import regrouped
from partnermcda.batch.tally import Tally
from partnermcda.batch.ways import Ways
from partnermcda.batch.working import Task
from partnermcda.batch.workshop import WORK, Done
from partnermcda.core.arrays import Floats
from partnermcda.core.ranks import TOLERANCE
from partnermcda.output.faults import told
from partnermcda.output.files import fingerprint
from partnermcda.output.tables import SCHEMA


def rank_together(
    task: Task, made: list[Done], tally: Tally, ways: Ways, heard: Callable[[int], None]
) -> tuple[list[Done], Tally]:
    """Rank the actors of all parts together.

    Parameters
    ----------
    task : Task
        Whose parts are made.
    made : list of Done
        In order.
    tally : Tally
        What was counted.
    ways : Ways
    heard : callable
        Told the number of rows as they are written.

    Returns
    -------
    list of Done, Tally
        The files of the result, and the counts with who leads over all.
    """
    files = [task.home / Part(done.index, ()).name for done in made]
    tables = rank_all(
        files,
        task.staging / WORK / "order",
        memory=ways.memory,
        threads=ways.threads,
        tolerance=TOLERANCE,
        top=ways.top,
    )
    could, last = could_lead(files, TOLERANCE), 0
    written = []
    batches = (batch for table in tables for batch in table.to_batches())
    for index, group in enumerate(regrouped(batches, PART)):
        last += int(np.count_nonzero(group.column("rank_worst").to_numpy() == 1))
        written.append(_write(task.staging, index, group))
        heard(len(group))
    return written, replace(tally, possible_leaders=could, certain_leaders=last)


def could_lead(files: Sequence[Path], tolerance: float) -> int:
    """Count the actors that no other is surely better than, over all files.

    Parameters
    ----------
    files : sequence of Path
        With the bounds of scores.
    tolerance : float
        Scores no further apart are equal.

    Returns
    -------
    int
    """
    surest = max(float(low.max()) for low in _column(files, "score_low"))
    return sum(
        int(np.count_nonzero(high + tolerance >= surest)) for high in _column(files, "score_high")
    )


def _column(files: Sequence[Path], name: str) -> Iterator[Floats]:
    """Read a column, row group by row group; groups without rows are passed over."""
    for file in files:
        with pq.ParquetFile(file) as opened:
            for group in range(opened.num_row_groups):
                values = opened.read_row_group(group, [name]).column(name).to_numpy()
                if len(values):
                    yield values


def _write(staging: Path, index: int, table: pa.Table) -> Done:
    path = staging / Part(index, ()).name
    with told(path):
        pq.write_table(table.cast(SCHEMA), path, row_group_size=BLOCK, **WRITTEN)
        sha256, size = fingerprint(path)
    return Done(index, len(table), size, sha256, Tally(), {})
