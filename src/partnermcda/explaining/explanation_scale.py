"""How a method sees one actor and those it is ranked among, and scores what lies between them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from partnermcda import core
from partnermcda.core.arrays import Bools, Floats
from partnermcda.errors import Finding, MethodError
from partnermcda.methods import parameters_of
from partnermcda.ranking.contest import Contest
from partnermcda.ranking.geometry import geometry

Start: TypeAlias = Literal["worst", "best"]


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """The g actors of one group on the scale of their method."""

    score: Callable[[Floats], Floats]
    """Takes (q, n) values and gives (q,) scores, each row's by its own values alone."""
    low: Floats
    """(g, n) lowest values."""
    mid: Floats
    """(g, n) central values."""
    high: Floats
    """(g, n) highest values."""
    start: Floats
    """(n,) values that a score is counted from."""
    from_end: Start
    """Whether these are the worst or the best there are."""

    @property
    def known(self) -> Bools:
        """(g, n) whether a value is known."""
        known: Bools = self.low == self.high
        return known

    @property
    def median(self) -> Floats:
        """(n,) medians of what is known; of the central values where nobody's is."""
        known = self.known
        told: Floats = np.where(known | ~known.any(axis=0), self.mid, np.nan)
        return np.nanmedian(told, axis=0)


def scale_of(contest: Contest, group: slice) -> Scale:
    """See one group of actors as their method does.

    Parameters
    ----------
    contest : Contest
        Who is compared; on a fixed scale, or by TOPSIS with observed ideals.
    group : slice
        Actors that are ranked among themselves.

    Returns
    -------
    Scale

    Raises
    ------
    MethodError
        If the method is another one: what it makes of an actor hangs on who else is there, so it
        has no score for what lies between two of them.
    """
    name, _ = parameters_of(contest.method)
    if name == "topsis_observed":
        return _observed(contest, group)
    if not contest.method.fixed_scale:
        raise MethodError(Finding("explain.method", {"method": contest.method.name}))
    method, weights, benefit = contest.method, contest.weights.values, contest.benefit
    low, mid, high = (table[group] for table in (contest.low, contest.mid, contest.high))
    more = np.ones(len(weights)) if benefit is None else benefit.astype(float)
    # A product of nothing but worst values is 0 until the last criterion joins: it tells nothing.
    end: Start = "best" if name == "weighted_product" else "worst"
    start = more if end == "best" else 1 - more
    return Scale(lambda x: method.score(x, weights, benefit, None), low, mid, high, start, end)


def _observed(contest: Contest, group: slice) -> Scale:
    seen, weights = geometry(contest), contest.weights.values
    r = seen.mid[group]
    best, worst = r.max(axis=0), r.min(axis=0)

    def score(x: Floats) -> Floats:
        return core.closeness(x, weights, ideal=best, anti_ideal=worst, p=seen.p)

    return Scale(score, r, r, r, worst, "worst")
