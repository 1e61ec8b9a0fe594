"""Ideals observed among all actors of a register, gathered before the first of them is scored."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from partnermcda import core
from partnermcda.batch.block import values_of
from partnermcda.batch.faults import read_block
from partnermcda.batch.rows import RowReader
from partnermcda.batch.source import Source
from partnermcda.batch.step import Step
from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.errors import Finding, MethodError
from partnermcda.methods.ours import ObservedTopsis
from partnermcda.ranking.candidates import candidates_among
from partnermcda.tables import Table


@dataclass(frozen=True, slots=True, eq=False)
class _ByAll:
    """Scores actors by ideals observed among more of them."""

    statistics: core.ColumnStatistics
    p: float

    def __call__(
        self,
        x: Floats,
        weights: Floats,
        benefit: Bools | None = None,  # noqa: ARG002
        starts: Ints | None = None,  # noqa: ARG002
    ) -> Floats:
        """Score m actors, whatever cities they are in."""
        return core.closeness_by(x, weights, self.statistics, p=self.p)


def with_ideals(source: Source, step: Step, heard: Callable[[int], None]) -> Step:
    """Let a method that measures actors by one another know of all of them.

    Parameters
    ----------
    source : Source
    step : Step
        Whose actors are ranked all together, by a method that has no fixed scale.
    heard : callable
        Told the number of rows as they are read.

    Returns
    -------
    Step

    Raises
    ------
    MethodError
        If the method cannot be brought to that.
    """
    score = step.method.score
    if not isinstance(score, ObservedTopsis):
        raise MethodError(Finding("batch.all_together", {"method": step.method.name}))
    seen = None
    with RowReader(source, step.columns, step.file) as reader:
        for table in reader.tables():
            some = score.gather(_judged(table, step))
            seen = some if seen is None else seen.merge(some)
            heard(len(table.frame))
    if seen is None:
        return step
    return replace(step, method=replace(step.method, score=_ByAll(seen, score.p)))


def _judged(table: Table, step: Step) -> Floats:
    """Take the values of those who are ranked."""
    values = values_of(read_block(table, step), step)
    rows = candidates_among(values, step.weights, step.options).rows
    return np.asarray(values.mid[rows])
