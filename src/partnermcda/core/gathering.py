"""Statistics of the columns, taken of the rows at hand."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from partnermcda.core import arguments
from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.core.blocks import Block, Room, split, units
from partnermcda.core.column_statistics import ColumnStatistics, Normalization
from partnermcda.core.divisors import RULES, refuse_values
from partnermcda.core.exact_sums import ExactSums
from partnermcda.core.statistics import Values

_CELLS: Final = 1 << 15
_FEWEST: Final = 16
_ONE_CITY: Final = np.zeros(1, dtype=np.int64)


def gather_statistics(
    x: Floats,
    benefit: Bools,
    starts: Ints | None = None,
    *,
    normalization: Normalization = "vector",
) -> ColumnStatistics:
    """Take what TOPSIS with observed ideals must know of all rows before it scores one.

    Parameters
    ----------
    x : (m, n) array
        Raw values of some rows of each city, each column in its own unit, all finite.
    benefit : (n,) array of bool
        True where more is better, false where less is better.
    starts : (c,) array of int, optional
        First row of each city; without it all rows are one city. Cities may be empty.
    normalization : {"vector", "minmax", "total", "peak"}
        As in :func:`partnermcda.core.topsis`.

    Returns
    -------
    ColumnStatistics
        Those of other rows can be merged with it.

    Raises
    ------
    MethodError
        If the normalization cannot take a value, or the arguments do not fit together.

    Examples
    --------
    >>> x, benefit = np.array([[3.0], [1.0], [4.0]]), np.array([True])
    >>> whole = gather_statistics(x[:2], benefit).merge(gather_statistics(x[2:], benefit))
    >>> whole.count, whole.low, whole.high, whole.totals()
    (array([3]), array([[1.]]), array([[4.]]), array([[26.]]))
    """
    x = arguments.as_values(x)
    m, n = x.shape
    benefit = arguments.as_benefit(benefit, n)
    first = arguments.as_starts(starts, m)
    first = _ONE_CITY if first is None else first
    none = ColumnStatistics.none(benefit, len(first), normalization=normalization)
    return none.merge_at(_pieces(x, first, none))


def _pieces(
    x: Floats, starts: Ints, none: ColumnStatistics
) -> Iterator[tuple[Ints, ColumnStatistics]]:
    """Take the statistics of block after block, each while it is in the cache."""
    m, n = x.shape
    rows = max(_CELLS // max(n, 1), _FEWEST)
    values, room = Values(x), Room(n, min(rows, m))
    for unit in units(m, starts, rows):
        for block in split(unit.first, unit.last, rows) if len(unit) > rows else (unit,):
            cities = np.searchsorted(starts, block.first + block.starts, "right") - 1
            with np.errstate(all="ignore"):
                piece = _piece(values, block, room, none)
            yield cities, piece


def _piece(values: Values, block: Block, room: Room, none: ColumnStatistics) -> ColumnStatistics:
    t = values.read(block, room)
    # Neither of 0 and -0 is the lower one: which of them is found hangs on where they stand.
    low = np.minimum.reduceat(t, block.starts, axis=1) + 0.0
    high = np.maximum.reduceat(t, block.starts, axis=1) + 0.0
    rule, cost, powers = RULES[none.normalization], ~none.benefit, none.powers
    finite = np.isfinite(low).all() and np.isfinite(high).all()
    if not finite or (rule.gives_shares and (low.min(initial=0) < 0 or 0 in low[cost])):
        refuse_values(rule, values.x, cost)
    if len(powers):
        sums = ExactSums.of(t, block, low, high, powers, room)
    else:
        sums = ExactSums.none(0, len(block.starts))
    count = np.diff(block.starts, append=len(block))
    return ColumnStatistics(none.normalization, none.benefit, count, low, high, sums)
