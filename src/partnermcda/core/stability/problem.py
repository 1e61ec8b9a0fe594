"""What is asked, in one form: values, weights and the parts of them that move."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from partnermcda.core import arguments
from partnermcda.core.aggregation import closeness
from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.order import descending
from partnermcda.core.ranks import TOLERANCE
from partnermcda.core.segments import segment_sizes
from partnermcda.core.selection import top_k
from partnermcda.core.stability.parts import Parts, ScoreName, Terms
from partnermcda.core.sums import weighted_sum
from partnermcda.errors import Finding, MethodError

SCORES: Final = ("closeness", "weighted_sum")
_LARGEST: Final = 1e60


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Actors of some cities, all of which have at least one."""

    r: Floats
    """(m, n) values."""
    parts: Parts
    """What moves."""
    terms: Terms
    """How values become scores."""
    scores: Floats
    """(m,) scores under the weights as they are."""
    starts: Ints
    """(c,) first row of each city that has one."""
    filled: Ints
    """(c,) their places among all cities."""
    cities: int
    """How many cities there are in all."""

    @property
    def sizes(self) -> Ints:
        """(c,) number of actors in each."""
        return segment_sizes(len(self.r), self.starts)

    def order(self) -> Ints:
        """(m,) rows of each city, the best first."""
        order, _ = descending(self.scores, self.sizes, TOLERANCE)
        return order

    def best(self, k: int) -> Ints:
        """(c, k) rows of the best of each city; -1 where there are fewer."""
        return top_k(self.scores, k, self.starts)


def pose(
    r: Floats,
    weights: Floats,
    starts: Ints | None,
    groups: Sequence[Sequence[int]] | None,
    score: ScoreName,
    ideal: Floats | None,
    anti_ideal: Floats | None,
    p: float,
) -> Problem:
    """Bring what is asked into one form, or refuse it.

    Parameters
    ----------
    r : (m, n) array
    weights : (n,) array
    starts : (c,) array of int or None
    groups : sequence of sequences of int, or None
    score : {"closeness", "weighted_sum"}
    ideal, anti_ideal : (n,) array or None
    p : {1, 2}

    Returns
    -------
    Problem

    Raises
    ------
    MethodError
        With what cannot be used.
    """
    r = arguments.as_values(r)
    m, n = r.shape
    arguments.one_of("stability.score", score, SCORES)
    arguments.one_of("stability.norm", p, (1, 2))
    w = one_vector(weights, n)
    w /= w.max()
    w /= w.sum()
    parts = Parts.of(w, _groups(groups, n))
    first = arguments.as_starts(starts, m)
    first = np.zeros(1, dtype=np.int64) if first is None else first
    filled = np.flatnonzero(segment_sizes(m, first))
    # Refuses values and ideals that cannot be used.
    if score == "weighted_sum":
        scores = weighted_sum(r, w)
    else:
        scores = closeness(r, w, starts, ideal=ideal, anti_ideal=anti_ideal, p=p)
    points = _points(r, first[filled], ideal, anti_ideal)
    _refuse_extremes(r, points)
    power = 1 if score == "weighted_sum" else p
    terms = Terms(score, power, points, np.array([parts.moved, parts.rest]) ** power)
    return Problem(r, parts, terms, scores, first[filled], filled, len(first))


def one_vector(weights: Floats, n: int) -> Floats:
    """Take one weight vector, and no more.

    Parameters
    ----------
    weights : (n,) array
    n : int
        Number of criteria.

    Returns
    -------
    (n,) array
        A copy.

    Raises
    ------
    MethodError
        If it is none.
    """
    w = arguments.as_weights(weights, n)
    if np.ndim(weights) != 1:
        raise MethodError(Finding("stability.one_vector", {"shape": np.shape(weights), "n": n}))
    return np.array(w[0])


def _groups(groups: Sequence[Sequence[int]] | None, n: int) -> Sequence[Sequence[int]]:
    if groups is None:
        return [[j] for j in range(n)]
    faults = [
        Finding("stability.group", {"group": list(group), "n": n})
        for group in groups
        if not len(group) or len(set(group)) < len(group) or not set(group) <= set(range(n))
    ]
    if faults:
        raise MethodError(faults)
    return groups


def _refuse_extremes(r: Floats, points: Floats) -> None:
    """Products of four differences must neither overflow nor vanish."""
    largest = max(float(np.abs(v).max(initial=0.0)) for v in (r, points))
    if largest > _LARGEST or 0 < largest < 1 / _LARGEST:
        raise MethodError(Finding("stability.extreme", {"most": f"{_LARGEST:g}"}))


def _points(r: Floats, starts: Ints, ideal: Floats | None, anti_ideal: Floats | None) -> Floats:
    """(2, n, c) anti-ideal and ideal of each city."""
    n, c = r.shape[1], len(starts)
    points = np.empty((2, n, c))
    sides = ((anti_ideal, np.minimum), (ideal, np.maximum))
    for point, (given, extreme) in zip(points, sides, strict=True):
        if given is not None:
            point[:] = arguments.as_point(given, n)[:, None]
        elif c:
            point[:] = extreme.reduceat(r, starts, axis=0).T
    return points
