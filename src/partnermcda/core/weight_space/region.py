"""Part of the weights there are: bounds, an order, and other linear statements."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.core.weight_space.orders import closure

ROUNDING: Final = 1e-12
"""Sums of weights that are closer are the same sum."""


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """Weight vectors that keep bounds, an order and linear inequalities.

    Examples
    --------
    >>> region = Region.of(3, [(0, 1), (1, 2)], np.array([0, 0.2, 0]), np.array([0.6, 1, 1]))
    >>> region.low, region.high
    (array([0.2, 0.2, 0. ]), array([0.6, 0.6, 0.6]))
    """

    order: Ints
    """(p, 2) positions a, b of weights of which a is at least b."""
    above: Bools
    """(n, n) all that follows from the order."""
    low: Floats
    """(n,) bounds, also those that follow along the order."""
    high: Floats
    rows: Floats
    """(q, n) coefficients of sums that …"""
    most: Floats
    """(q,) … are no more than this."""

    @classmethod
    def of(
        cls,
        n: int,
        order: Sequence[tuple[int, int]],
        lower: Floats,
        upper: Floats,
        rows: Floats | None = None,
        most: Floats | None = None,
    ) -> "Region":
        """Draw all conclusions from bounds and an order without a circle."""
        above = closure(n, order)
        reach = above | np.eye(n, dtype=bool)
        return cls(
            np.array(order, dtype=np.int64).reshape(-1, 2),
            above,
            np.where(reach, lower, 0).max(axis=1),
            np.where(reach.T, upper, 1).min(axis=1),
            np.zeros((0, n)) if rows is None else rows,
            np.zeros(0) if most is None else most,
        )

    @property
    def free(self) -> Bools:
        """(n,) whether bounds leave a weight any choice."""
        return np.asarray(self.high - self.low > ROUNDING)

    @property
    def mass(self) -> float:
        """What is left to those that are free."""
        return 1 - math.fsum(self.low[~self.free].tolist())

    def holds(self, weights: Floats) -> Bools:
        """Tell which weight vectors keep everything, bounds up to rounding.

        Parameters
        ----------
        weights : (s, n) array

        Returns
        -------
        (s,) array of bool
        """
        a, b = self.order.T
        return np.asarray(
            (weights >= self.low - ROUNDING).all(axis=1)
            & (weights <= self.high + ROUNDING).all(axis=1)
            & (weights[:, a] >= weights[:, b]).all(axis=1)
            & (weights @ self.rows.T <= self.most).all(axis=1)
        )

    def within(self, weights: Floats) -> Floats:
        """Take away what rounding has carried over a bound."""
        return np.clip(weights, self.low, self.high)

    def interior(self) -> Floats:
        """Find weights that keep bounds and order with room on all sides.

        Returns
        -------
        (n,) array
            For a region without further inequalities that leaves room.

        Notes
        -----
        All weights rise from the lower bounds to the upper ones, those above faster than those
        below them, until they sum to 1.
        """
        width = self.high - self.low
        slow = 1 + self.above.sum(axis=0)
        first, last = 0.0, 1.0
        for _ in range(100):
            middle = (first + last) / 2
            total = math.fsum((self.low + width * middle**slow).tolist())
            first, last = (middle, last) if total < 1 else (first, middle)
        return np.asarray(self.low + width * first**slow)


def room(n: int, order: Sequence[tuple[int, int]], lower: Floats, upper: Floats) -> int:
    """Tell how much room bounds and an order leave.

    Parameters
    ----------
    n : int
    order : sequence of (int, int)
        Without a circle.
    lower, upper : (n,) arrays

    Returns
    -------
    int
        -1 where no weights keep them, 0 where those that do are bound further than by weights
        with two equal bounds, 1 otherwise.
    """
    region = Region.of(n, order, lower, upper)
    low, high = math.fsum(region.low.tolist()), math.fsum(region.high.tolist())
    crossed = (region.low - region.high > ROUNDING).any()
    if crossed or low > 1 + ROUNDING or high < 1 - ROUNDING:
        return -1
    free = region.free
    if (~free & (lower < upper)).any():
        return 0
    at_an_end = low >= 1 - ROUNDING or high <= 1 + ROUNDING
    return 0 if at_an_end and np.count_nonzero(free) > 1 else 1
