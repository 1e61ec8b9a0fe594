"""What a compiler can do: TOPSIS in two fused parallel passes, and power steps matrix by matrix.

Blocks stay in cache and inner loops run down a column, so that both memory layouts do well.
`fastmath` lets the compiler add in any order, as it must to use the processor's vectors.
"""

import numpy as np
from numba import get_num_threads, njit, prange

BLOCK = 2_048


@njit(fastmath=True)
def _statistics(x, first, last, low, high, squares):
    for begin in range(first, last, BLOCK):
        end = min(begin + BLOCK, last)
        for j in range(x.shape[1]):
            least, most, total = low[j], high[j], 0.0
            for i in range(begin, end):
                value = x[i, j]
                least, most, total = min(least, value), max(most, value), total + value * value
            low[j], high[j] = least, most
            squares[j] += total


@njit(fastmath=True)
def _scores(x, first, last, best, worst, scale, sums, out):
    to_best, to_worst = sums
    for begin in range(first, last, BLOCK):
        end = min(begin + BLOCK, last)
        sums[:, : end - begin] = 0.0
        for j in range(x.shape[1]):
            for i in range(begin, end):
                to_best[i - begin] += ((x[i, j] - best[j]) * scale[j]) ** 2
                to_worst[i - begin] += ((x[i, j] - worst[j]) * scale[j]) ** 2
        for i in range(begin, end):
            away = np.sqrt(to_worst[i - begin])
            out[i] = away / (np.sqrt(to_best[i - begin]) + away)


@njit
def _coefficients(low, high, squares, weights, benefit):
    best, worst = np.where(benefit, high, low), np.where(benefit, low, high)
    return best, worst, weights / np.sqrt(squares)


@njit(parallel=True)
def topsis(x, weights, benefit):
    m, n = x.shape
    parts = get_num_threads()
    cuts = np.linspace(0, m, parts + 1).astype(np.int64)
    low, high = np.full((parts, n), np.inf), np.full((parts, n), -np.inf)
    squares = np.zeros((parts, n))
    for part in prange(parts):
        _statistics(x, cuts[part], cuts[part + 1], low[part], high[part], squares[part])
    for part in range(1, parts):
        low[0], high[0] = np.minimum(low[0], low[part]), np.maximum(high[0], high[part])
    best, worst, scale = _coefficients(low[0], high[0], squares.sum(axis=0), weights, benefit)
    out = np.empty(m)
    for part in prange(parts):
        sums = np.empty((2, BLOCK))
        _scores(x, cuts[part], cuts[part + 1], best, worst, scale, sums, out)
    return out


@njit(parallel=True)
def topsis_cities(x, weights, benefit, starts):
    m, n = x.shape
    out = np.empty(m)
    parts = get_num_threads()
    cuts = np.linspace(0, len(starts), parts + 1).astype(np.int64)
    ends = np.append(starts[1:], m)
    for part in prange(parts):
        low, high, squares = np.empty(n), np.empty(n), np.empty(n)
        sums = np.empty((2, BLOCK))
        for city in range(cuts[part], cuts[part + 1]):
            low[:], high[:], squares[:] = np.inf, -np.inf, 0.0
            _statistics(x, starts[city], ends[city], low, high, squares)
            best, worst, scale = _coefficients(low, high, squares, weights, benefit)
            _scores(x, starts[city], ends[city], best, worst, scale, sums, out)
    return out


@njit
def _step(a, x, y):
    """Put a x into y, summing to 1; return its sum before, and how far it is from x."""
    for i in range(len(x)):
        y[i] = 0.0
        for k in range(len(x)):
            y[i] += a[i, k] * x[k]
    total, moved = y.sum(), 0.0
    for i in range(len(x)):
        y[i] /= total
        moved = max(moved, abs(y[i] - x[i]))
    return total, moved


@njit(parallel=True)
def principal_pairs(a, tolerance, vectors, values):
    for b in prange(len(a)):
        x, y = np.full(a.shape[1], 1 / a.shape[1]), np.empty(a.shape[1])
        moved = 1.0
        while moved > tolerance:
            values[b], moved = _step(a[b], x, y)
            x, y = y, x
        vectors[b] = x
