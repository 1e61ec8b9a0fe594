"""Scores to ranks, and bounds of scores to bounds of ranks."""

from typing import Final, Literal, TypeAlias, get_args

import numpy as np

from partnermcda.core.arguments import one_of
from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.core.order import (
    as_scores,
    as_tolerance,
    ascending,
    by_city,
    descending,
    whole_cities,
)
from partnermcda.errors import Finding, MethodError

Ties: TypeAlias = Literal["min", "dense", "average"]
TOLERANCE: Final = 1e-12
"""Scores no further apart than this are equal; they usually lie in [0, 1]."""


def rank(
    scores: Floats,
    starts: Ints | None = None,
    *,
    ties: Ties = "min",
    tolerance: float = TOLERANCE,
) -> Ints | Floats:
    """Rank scores; the highest is 1.

    Parameters
    ----------
    scores : (m,) or (s, m) array
        Scores, higher is better, none NaN. Each row of an (s, m) array is ranked on its own.
    starts : (c,) array of int, optional
        First row of each city, rising from 0; ranks are counted within each. For (m,) scores.
    ties : {"min", "dense", "average"}
        Ranks of equals: the best of theirs (1, 2, 2, 4), without gaps (1, 2, 2, 3), or the mean
        (1, 2.5, 2.5, 4).
    tolerance : float
        In sorted order, neighbors no further apart than this are equal. So equality is transitive
        and does not hang on the order of rows. Infinities of one sign are equal.

    Returns
    -------
    (m,) or (s, m) array of int, or of float for ``"average"``

    Raises
    ------
    MethodError
        If a score is NaN, or an argument is none of those above.

    Examples
    --------
    >>> rank(np.array([0.3, 0.9, 0.1 + 0.2, 0.1]))
    array([2, 1, 2, 4])
    >>> rank(np.array([0.3, 0.9, 0.5, 0.1]), np.array([0, 2]))
    array([2, 1, 1, 2])
    """
    one_of("core.ties", ties, get_args(Ties))
    scores, tolerance = as_scores(scores, starts), as_tolerance(tolerance)
    flat = scores.reshape(-1)
    if scores.ndim == 2:
        starts = np.arange(len(scores)) * scores.shape[1]
    ranks = np.empty(flat.size, dtype=float if ties == "average" else np.int64)
    for part, sizes in whole_cities(flat.size, starts):
        order, fresh = descending(flat[part], sizes, tolerance)
        ranks[part][order] = _counted(fresh, sizes, ties)
    return ranks.reshape(scores.shape)


def rank_bounds(
    low: Floats, high: Floats, starts: Ints | None = None, *, tolerance: float = TOLERANCE
) -> tuple[Ints, Ints]:
    """Best and worst rank possible when each score lies in an interval.

    Parameters
    ----------
    low, high : (m,) arrays
        Lowest and highest score of each actor, ``low <= high``, none NaN.
    starts : (c,) array of int, optional
        First row of each city, rising from 0; ranks are counted within each.
    tolerance : float
        Scores no further apart than this count as equal, as in :func:`rank`.

    Returns
    -------
    best, worst : (m,) arrays of int
        ``best = 1 + #{b: low_b > high_a}`` and ``worst = #{b: high_b >= low_a}``, `a` itself
        included. Both are reached, so the bounds are exact.

    Raises
    ------
    MethodError
        If a score is NaN, or an argument is none of those above.

    Examples
    --------
    >>> rank_bounds(np.array([0.6, 0.2, 0.1]), np.array([0.9, 0.7, 0.1]))
    (array([1, 1, 3]), array([2, 2, 3]))
    """
    low, high = as_scores(low), as_scores(high)
    if low.ndim != 1 or low.shape != high.shape:
        raise MethodError(Finding("core.bounds", {"low": low.shape, "high": high.shape}))
    reach = as_tolerance(tolerance)
    bounds = np.empty((2, len(low)), dtype=np.int64)
    for part, sizes in whole_cities(len(low), starts):
        bounds[:, part] = _bounds(low[part], np.add(high[part], reach, dtype=float), sizes)
    return bounds[0], bounds[1]


def _counted(fresh: Bools, sizes: Ints, ties: Ties) -> Ints | Floats:
    """Ranks of sorted rows, each of which is equal to the one before or begins a new group."""
    if ties == "dense":
        ranks: Ints | Floats = np.cumsum(fresh, dtype=np.int64)
    elif ties == "average":
        edges = np.append(np.flatnonzero(fresh), len(fresh))
        ranks = np.repeat((edges[:-1] + edges[1:] + 1) / 2, np.diff(edges))
    else:
        places = np.arange(1, len(fresh) + 1)
        places[~fresh] = 0
        ranks = np.maximum.accumulate(places)
    if len(sizes) > 1:
        first = np.cumsum(sizes) - sizes
        ranks -= np.repeat(ranks[first] - 1 if ties == "dense" else first, sizes)
    return ranks


def _bounds(low: Floats, reach: Floats, sizes: Ints) -> tuple[Ints, Ints]:
    """Best and worst ranks where `reach` is the score that a better one must pass."""
    m = len(low)
    # Of equals the low ones come first, as a score that is only reached is not passed.
    order = by_city(ascending(np.concatenate([low, reach]))[0], sizes)
    is_reach = order >= m
    passed = np.cumsum(is_reach)
    counts = np.empty(2 * m, dtype=np.int64)
    counts[order] = np.where(is_reach, np.arange(1, 2 * m + 1) - passed, passed)
    ends = np.repeat(np.cumsum(sizes), sizes)
    return 1 + ends - counts[m:], ends - counts[:m]
