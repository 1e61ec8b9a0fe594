"""Scores to ranks, and bounds of scores to bounds of ranks."""

from typing import Final, Literal

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.core.segments import segment_sizes

TOLERANCE: Final = 1e-12


def rank(
    scores: Floats,
    starts: Ints | None = None,
    *,
    ties: Literal["min", "dense", "average"] = "min",
    tolerance: float = TOLERANCE,
) -> Ints | Floats:
    """Rank scores; the highest is 1.

    Parameters
    ----------
    scores : (m,) array
        Scores, higher is better, none NaN.
    starts : (c,) array of int, optional
        First row of each city; ranks are counted within each.
    ties : {"min", "dense", "average"}
        Ranks of equals: the best of theirs (1, 2, 2, 4), without gaps (1, 2, 2, 3), or the mean
        (1, 2.5, 2.5, 4).
    tolerance : float
        In sorted order, neighbors no further apart than this are equal. So equality is transitive
        and does not hang on the order of rows.

    Returns
    -------
    (m,) array of int, or of float for ``"average"``

    Examples
    --------
    >>> rank(np.array([0.3, 0.9, 0.1 + 0.2, 0.1]))
    array([2, 1, 2, 4])
    >>> rank(np.array([0.3, 0.9, 0.5, 0.1]), np.array([0, 2]))
    array([2, 1, 1, 2])
    """
    scores = np.asarray(scores, dtype=float)
    m = len(scores)
    sizes = segment_sizes(m, starts)
    segment = np.repeat(np.arange(len(sizes)), sizes)
    city_first = np.repeat(np.cumsum(sizes) - sizes, sizes)
    order = np.lexsort((-scores, segment))
    fresh = _new_groups(scores[order], segment, tolerance)
    group = np.cumsum(fresh) - 1
    first = np.flatnonzero(fresh)
    if ties == "dense":
        return _scatter(group - group[city_first] + 1, order)
    best = first[group] - city_first + 1
    if ties == "average":
        return _scatter(best + (np.diff(first, append=m)[group] - 1) / 2, order)
    return _scatter(best, order)


def rank_bounds(
    low: Floats, high: Floats, starts: Ints | None = None, *, tolerance: float = TOLERANCE
) -> tuple[Ints, Ints]:
    """Best and worst rank possible when each score lies in an interval.

    Parameters
    ----------
    low, high : (m,) arrays
        Lowest and highest score of each actor, ``low <= high``.
    starts : (c,) array of int, optional
        First row of each city; ranks are counted within each.
    tolerance : float
        Scores no further apart than this count as equal, as in :func:`rank`.

    Returns
    -------
    best, worst : (m,) arrays of int
        ``best = 1 + #{b: low_b > high_a}`` and ``worst = #{b: high_b >= low_a}``, `a` itself
        included. Both are reached, so the bounds are exact.

    Examples
    --------
    >>> rank_bounds(np.array([0.6, 0.2, 0.1]), np.array([0.9, 0.7, 0.1]))
    (array([1, 1, 3]), array([2, 2, 3]))
    """
    low, high = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    sizes = segment_sizes(len(low), starts)
    segment = np.repeat(np.arange(len(sizes)), sizes)
    not_above = _count_below(low, high + tolerance, segment, "right")
    below = _count_below(high, low - tolerance, segment, "left")
    ends = np.repeat(np.cumsum(sizes), sizes)
    return 1 + ends - not_above, ends - below


def _new_groups(ordered: Floats, segment: Ints, tolerance: float) -> Bools:
    fresh = np.ones(len(ordered), dtype=bool)
    fresh[1:] = (segment[1:] != segment[:-1]) | (ordered[:-1] - ordered[1:] > tolerance)
    return fresh


def _scatter(values: Ints, order: Ints) -> Ints:
    out = np.empty_like(values)
    out[order] = values
    return out


def _count_below(
    points: Floats, limits: Floats, segment: Ints, side: Literal["left", "right"]
) -> Ints:
    """For each limit, how many points lie before it: in earlier cities, or below it in its own."""
    # numpy orders complex numbers by real part, then by imaginary part: city, then score.
    ordered = np.sort(segment + 1j * points)
    return np.searchsorted(ordered, segment + 1j * limits, side)
