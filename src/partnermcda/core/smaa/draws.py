"""What is asked for, brought into one form: values, draws of weights, cities and rules."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, get_args

import numpy as np

from partnermcda.core import arguments
from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.blocks import Block
from partnermcda.core.kernel import NORMS, Norm
from partnermcda.core.refusals import not_finite, refuse_columns
from partnermcda.core.smaa.rules import Rules, ScoreName
from partnermcda.core.smaa.scoring import Drawn, Known, Room
from partnermcda.core.smaa.uncertain import Tables, Uncertain
from partnermcda.errors import Finding, MethodError

Given: TypeAlias = "Floats | Uncertain"
_LARGEST: Final = 1e100
"""Values that are drawn are squared as they are."""
_TOGETHER: Final = 1 << 17
_CELLS: Final = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Values of m actors under s draws."""

    values: Given
    weights: Floats
    """(s, n)."""
    starts: Ints | None
    rules: Rules
    shape: tuple[int, int]
    """m actors, n criteria."""

    def __len__(self) -> int:
        return len(self.weights)

    @property
    def certain(self) -> bool:
        """Whether all values are known."""
        return not isinstance(self.values, Uncertain) and self.values.ndim == 2

    def scores(self, block: Block, room: Room) -> Known | Drawn:
        """Score the actors of some cities.

        Parameters
        ----------
        block : Block
            Whole cities.
        room : Room
            Of the thread that asks.

        Returns
        -------
        Known or Drawn
        """
        if isinstance(self.values, Uncertain) or self.values.ndim == 3:
            return self.drawn(block)
        return Known(self.values, self.weights, self.rules, block, room)

    def drawn(self, block: Block) -> Drawn:
        """Score the actors of some cities whose values are drawn.

        Parameters
        ----------
        block : Block
            Whole cities.

        Returns
        -------
        Drawn
        """
        if isinstance(self.values, Uncertain):
            take = Tables(self.values, block).take
        else:
            take = _Reader(self.values, block).take
        return Drawn(take, self.weights, self.rules, block)

    def by(self, weights: Floats) -> "Draws":
        """Ask the same of other weights.

        Parameters
        ----------
        weights : (s, n) array

        Returns
        -------
        Draws
        """
        return replace(self, weights=weights)

    def parts(self, rows: int) -> Iterator[slice]:
        """Cut the draws into parts that are worked on together.

        Parameters
        ----------
        rows : int
            How many actors are scored.

        Yields
        ------
        slice
        """
        cells = _TOGETHER if self.certain else min(_TOGETHER, _CELLS // self.shape[1])
        size = max(cells // max(rows, 1), 1)
        for i in range(0, len(self), size):
            yield slice(i, min(i + size, len(self)))


class _Reader:
    """Tables of values that were given, one a draw."""

    def __init__(self, tables: Floats, block: Block) -> None:
        self._tables, self._block, self._next = tables, block, 0

    def take(self, size: int) -> Floats:
        """(n, size, rows) values of the next draws."""
        first, self._next = self._next, self._next + size
        some = self._tables[first : self._next, self._block.first : self._block.last]
        return np.ascontiguousarray(np.moveaxis(some, 2, 0), dtype=float)


def as_draws(
    values: Given,
    draws: Floats,
    starts: Ints | None,
    score: ScoreName,
    ideal: Floats | None,
    anti_ideal: Floats | None,
    p: Norm,
) -> Draws:
    """Take what is asked for, or refuse it.

    Parameters
    ----------
    values : (m, n) or (s, m, n) array, or Uncertain
    draws : (s, n) array
    starts : (c,) array of int or None
    score : {"closeness", "weighted_sum"}
    ideal, anti_ideal : (n,) arrays or None
    p : {1, 2, inf}

    Returns
    -------
    Draws

    Raises
    ------
    MethodError
        If they do not fit together, or a value is not finite.
    """
    arguments.one_of("smaa.score", score, get_args(ScoreName))
    arguments.one_of("core.norm", p, NORMS)
    values = _as_values(values)
    m, n = values.low.shape if isinstance(values, Uncertain) else values.shape[-2:]
    weights = _as_weights(draws, n)
    if not isinstance(values, Uncertain) and values.ndim == 3 and len(values) != len(weights):
        found = {"tables": len(values), "draws": len(weights)}
        raise MethodError(Finding("smaa.tables", found))
    best, worst = (None if z is None else arguments.as_point(z, n) for z in (ideal, anti_ideal))
    rules = Rules(score, best, worst, p)
    return Draws(values, weights, arguments.as_starts(starts, m), rules, (m, n))


def _as_values(values: Given) -> Given:
    if isinstance(values, Uncertain):
        _refuse_huge(values.low, values.high)
        return values
    tables = np.asarray(values)
    if tables.ndim != 3:
        table = arguments.as_values(tables)
        if not np.isfinite(table).all():
            refuse_columns(table, lambda j: not_finite(table[:, j]))
        return table
    faults = np.argwhere(~np.isfinite(tables))
    if len(faults):
        draw, i, j = faults[0].tolist()
        found = {"draw": draw + 1}
        value, more = f"{tables[draw, i, j]:g}", len(faults) - 1
        raise MethodError(
            Finding("smaa.table", found, row=i + 1, column=str(j + 1), value=value, more=more)
        )
    _refuse_huge(tables)
    return tables


def _refuse_huge(*tables: Floats) -> None:
    largest = max(float(np.abs(table).max(initial=0)) for table in tables)
    if largest > _LARGEST:
        raise MethodError(Finding("smaa.huge", value=f"{largest:g}"))


def _as_weights(draws: Floats, n: int) -> Floats:
    given = np.asarray(draws, dtype=float)
    if given.ndim == 2 and not len(given):
        raise MethodError(Finding("smaa.no_draws"))
    fine = given.ndim == 2 and given.shape[1] == n and bool(((given >= 0) & (given < np.inf)).all())
    # Checked in one go; what is wrong is said where one vector is looked at after the other.
    if fine and bool(given.any(axis=1).all()):
        return given
    return arguments.as_weights(given, n)
