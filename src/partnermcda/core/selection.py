"""The best few, without sorting all."""

from typing import Final

import numpy as np

from partnermcda.core.arguments import as_count
from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.order import BLOCK, as_scores, as_tolerance, descending, whole_cities
from partnermcda.core.ranks import TOLERANCE
from partnermcda.core.segments import segment_sizes

_TOGETHER: Final = 8_192
"""Most rows of several cities that are sorted together; of a larger city the best few are looked
for first."""


def top_k(
    scores: Floats, k: int, starts: Ints | None = None, *, tolerance: float = TOLERANCE
) -> Ints:
    """Rows of the best k actors.

    Parameters
    ----------
    scores : (m,) or (s, m) array
        Scores, higher is better, none NaN. Each row of an (s, m) array is looked at on its own.
    k : int
        How many actors.
    starts : (c,) array of int, optional
        First row of each city, rising from 0; the best k of each are found. For (m,) scores.
    tolerance : float
        In sorted order, neighbors no further apart than this are equal, as in
        :func:`~partnermcda.core.rank`.

    Returns
    -------
    (k,), (s, k) or, with `starts`, (c, k) array of int
        Rows of `scores`, the best first and equals in the order of their rows: the first k of
        what :func:`~partnermcda.core.rank` would give. -1 stands where there are fewer actors.

    Raises
    ------
    MethodError
        If a score is NaN, or an argument is none of those above.

    Notes
    -----
    Of a large city only scores that reach a threshold are kept, which rises to the best k of
    those seen so far; the last ones kept are sorted. That reads every score once or twice and
    copies few, unless k comes near m or most scores are equal.

    Examples
    --------
    >>> top_k(np.array([0.3, 0.9, 0.1 + 0.2, 0.1]), 2)
    array([1, 0])
    >>> top_k(np.array([0.3, 0.9, 0.5]), 2, np.array([0, 2]))
    array([[ 1,  0],
           [ 2, -1]])
    """
    k, tolerance = as_count(k), as_tolerance(tolerance)
    scores = as_scores(scores, starts)
    if scores.ndim == 2:
        return _by_vector(scores, k, tolerance)
    best = _by_city(scores, k, starts, tolerance)
    return best.reshape(k) if starts is None else best


def _by_vector(scores: Floats, k: int, tolerance: float) -> Ints:
    s, m = scores.shape
    best = np.empty((s, k), dtype=np.int64)
    step = max(BLOCK // max(m, 1), 1)
    for i in range(0, s, step):
        block = scores[i : i + step]
        first = np.arange(len(block))[:, None] * m
        rows = _by_city(block.reshape(-1), k, first[:, 0], tolerance)
        best[i : i + step] = np.where(rows < 0, -1, rows - first)
    return best


def _by_city(scores: Floats, k: int, starts: Ints | None, tolerance: float) -> Ints:
    m = len(scores)
    best = np.full((1 if starts is None else len(starts), k), -1)
    filled = np.flatnonzero(segment_sizes(m, starts))
    done = 0
    for part, sizes in whole_cities(m, starts, _TOGETHER):
        if part.stop - part.start > _TOGETHER:
            rows = part.start + _candidates(scores[part], k, tolerance)
        else:
            rows = np.arange(part.start, part.stop)
        left = sizes if len(sizes) > 1 else np.array([len(rows)])
        best[filled[done : done + len(sizes)]] = _first(scores[rows], rows, k, left, tolerance)
        done += len(sizes)
    return best


def _first(scores: Floats, rows: Ints, k: int, sizes: Ints, tolerance: float) -> Ints:
    """Rows of the first k of each city, where all are sorted."""
    order, fresh = descending(scores, sizes, tolerance)
    if (~fresh[1:] & (order[1:] < order[:-1])).any():
        order = order[np.lexsort((order, np.cumsum(fresh)))]
    starts = np.cumsum(sizes) - sizes
    places = np.where(np.arange(k) < sizes[:, None], starts[:, None] + np.arange(k), -1)
    best: Ints = np.append(rows[order], -1)[places]
    return best


def _candidates(scores: Floats, k: int, tolerance: float) -> Ints:
    """Rows of the best k and of all that are equal to one of them, with some others."""
    wanted = k + 1
    while True:
        rows = _reaching(scores, wanted)
        _, fresh = descending(scores[rows], np.array([len(rows)]), tolerance)
        # Behind the k-th a group begins: so the last of the best ones is known to its end.
        if fresh[k:].any() or len(rows) == len(scores):
            return rows
        wanted = 2 * len(rows) + 1


def _reaching(scores: Floats, wanted: int) -> Ints:
    """Rows of all scores that reach some threshold, which at least so many do."""
    threshold, most = -np.inf, 2 * wanted
    found, number = [], 0
    for i in range(0, len(scores), BLOCK):
        found.append(i + np.flatnonzero(scores[i : i + BLOCK] >= threshold))
        number += len(found[-1])
        if number > most:
            rows = np.concatenate(found)
            kept = scores[rows]
            threshold = np.partition(kept, -wanted)[-wanted]
            found = [rows[kept >= threshold]]
            number = len(found[0])
            most = 2 * max(wanted, number)
    return np.concatenate(found)
