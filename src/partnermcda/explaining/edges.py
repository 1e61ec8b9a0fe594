"""The edge of the best: what an actor's score must reach to be among them."""

from dataclasses import dataclass

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.core.ranks import TOLERANCE
from partnermcda.ranking.contest import Contest
from partnermcda.ranking.ranks import score_contest


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Where the best of each city end for each of k actors, others held as they are."""

    score: Floats
    """(k,) scores, more is better."""
    target: Floats
    """(k,) score of the last place among the best, the actor itself left out; minus infinity where
    there are no more actors than places."""
    replaces: Bools
    """(k,) whether those at the target are among the best no longer once the actor is above it."""
    tolerance: float
    """Scores no further apart are equal."""
    city: Ints
    """(k,) number of each actor's city."""
    first: Ints
    """(c + 1,) first actor of each city, and the number of all."""

    def side(self, score: Floats, rows: Ints) -> Ints:
        """Tell on which side of the target scores of some actors are.

        Parameters
        ----------
        score : (q,) array
            Scores, more is better.
        rows : (q,) array of int
            Whose.

        Returns
        -------
        (q,) array of int
            -1 below: the actor is not among the best; 0 at the target, or 1 above: it is.
        """
        return self.at_least(score, rows).astype(np.int64) - ~self.above(score, rows)

    def at_least(self, score: Floats, rows: Ints) -> Bools:
        """(q,) whether scores of some actors reach the target."""
        return score >= self.target[rows] - self.tolerance

    def above(self, score: Floats, rows: Ints) -> Bools:
        """(q,) whether scores of some actors pass the target."""
        return score > self.target[rows] + self.tolerance

    def others_at_target(self, row: int) -> tuple[int, ...]:
        """Who else of the city stands at an actor's target."""
        first, last = self.first[self.city[row] : self.city[row] + 2]
        near = np.abs(self.score[first:last] - self.target[row]) <= self.tolerance
        return tuple(int(i) for i in first + np.flatnonzero(near) if i != row)


def edges_of(contest: Contest, top: int) -> Edges:
    """Find what every actor must reach to be among the best of its city.

    Parameters
    ----------
    contest : Contest
        Who is compared: k actors.
    top : int
        How many of each city count as the best.

    Returns
    -------
    Edges
        An actor is among the best if fewer than `top` are better, so equals can be more than `top`.
    """
    figures = score_contest(contest).score
    score = figures if contest.method.higher_is_better else -figures
    sizes = contest.sizes
    first = np.append(0, np.cumsum(sizes))
    city = np.repeat(np.arange(len(sizes)), sizes)
    order = np.lexsort((-score, city))
    place = np.empty_like(order)
    place[order] = np.arange(len(order)) - first[city]
    # The last place among the best, and the one behind it for those who are among them.
    last = np.full((2, len(sizes)), -np.inf)
    full = np.flatnonzero(sizes > top)
    last[:, full] = score[order][first[full] + np.array([[top - 1], [top]])]
    target = np.where(place < top, last[1][city], last[0][city])
    tolerance = TOLERANCE * max(1.0, float(np.abs(score).max()))
    better = np.array([_counted(score > t[city] + tolerance, city, len(sizes)) for t in last])
    own = score > target + tolerance
    before = np.where(place < top, better[1][city], better[0][city]) - own
    return Edges(score, target, before == top - 1, tolerance, city, first)


def is_count(given: object) -> bool:
    """Whether something is a whole number of 1 or more.

    Parameters
    ----------
    given : object

    Returns
    -------
    bool
    """
    if isinstance(given, bool) or not isinstance(given, int | np.integer):
        return False
    return bool(given >= 1)


def _counted(which: Bools, city: Ints, count: int) -> Ints:
    return np.bincount(city[which], minlength=count)
