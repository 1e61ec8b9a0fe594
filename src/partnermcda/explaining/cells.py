"""Single values of single actors, tried one at a time while all else is held as it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.ranking.contest import Contest

_TOGETHER: Final = 1 << 16
_HALVINGS: Final = 44
_DIGITS: Final = 12


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """q values, each between two ends."""

    contest: Contest
    """Whose values; the method is on the fixed scale, so no actor moves another."""
    mid: Floats
    """(k, n) values of all, as in the ranking."""
    rows: Ints
    """(q,) actor of each cell."""
    columns: Ints
    """(q,) its criterion."""
    low: Floats
    """(q,) lowest value."""
    high: Floats
    """(q,) highest value."""

    def __len__(self) -> int:
        return len(self.rows)

    def some(self, which: Ints | Bools | slice) -> "Cells":
        """Take some of the cells."""
        rows, columns = self.rows[which], self.columns[which]
        return Cells(self.contest, self.mid, rows, columns, self.low[which], self.high[which])

    def scores(self, share: Floats) -> Floats:
        """Score each cell's actor with the cell at a share of the way to its highest value.

        Parameters
        ----------
        share : (q,) array
            From 0, the lowest value, to 1, the highest.

        Returns
        -------
        (q,) array
            More is better.
        """
        contest = self.contest
        score = np.empty(len(self))
        value = np.where(share < 1, self.low + share * (self.high - self.low), self.high)
        for i in range(0, len(self), _TOGETHER):
            block = slice(i, i + _TOGETHER)
            x = self.mid[self.rows[block]]
            x[np.arange(len(x)), self.columns[block]] = value[block]
            score[block] = contest.method.score(x, contest.weights.values, contest.benefit, None)
        return score if contest.method.higher_is_better else -score

    def share_before(self, reached: Callable[[Floats], Bools]) -> Floats:
        """Find how far each cell has to rise until something holds.

        Parameters
        ----------
        reached : callable
            Takes (q,) scores and says for which it holds; it goes on holding as they rise.

        Returns
        -------
        (q,) array
            Share of the way from the lowest value to the highest, to 1e-12; 1 where it never holds.
        """
        return np.round(first_share(len(self), lambda share: reached(self.scores(share))), _DIGITS)


def first_share(count: int, holds: Callable[[Floats], Bools]) -> Floats:
    """Find the least share of some ways with which something holds, by bisection.

    Parameters
    ----------
    count : int
        Number q of ways.
    holds : callable
        Takes (q,) shares and says for which it holds; it goes on holding as they rise, and holds
        at 1 or nowhere.

    Returns
    -------
    (q,) array
        No further than 1e-13 from the least, and never below it; 1 where it holds nowhere.
    """
    before, after = np.zeros(count), np.ones(count)
    for _ in range(_HALVINGS):
        middle = (before + after) / 2
        found = holds(middle)
        before, after = np.where(found, before, middle), np.where(found, middle, after)
    return after
