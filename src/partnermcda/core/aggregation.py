"""Values to scores.

Everything here works column by column with elementwise operations: a row's score has the same
bits whatever rows stand beside it, and no rounding ever lets a score fall when a value rises.
(In a weighted product, which goes through logarithms, the last bits may.)
"""

import math
from typing import Literal

import numpy as np

from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.refusals import not_finite, refuse_columns
from partnermcda.core.segments import reduce_rows

Norm = Literal[1, 2] | float


def weighted_sum(r: Floats, weights: Floats) -> Floats:
    r"""Weighted sum of each actor's values.

    Parameters
    ----------
    r : (m, n) array
        Values; in every column more is better.
    weights : (n,) or (s, n) array
        Weights of the criteria, none negative. Each row is scored on its own.

    Returns
    -------
    (m,) or (s, m) array
        :math:`c_i = \sum_j w_j r_{ij}`.

    Examples
    --------
    >>> weighted_sum(np.array([[1.0, 0.0], [0.5, 0.5]]), np.array([0.8, 0.2]))
    array([0.8, 0.5])
    """
    return _sum_columns(np.asarray(r, dtype=float), weights)


def weighted_product(r: Floats, weights: Floats) -> Floats:
    r"""Weighted product of each actor's values.

    Parameters
    ----------
    r : (m, n) array
        Values above 0; in every column more is better.
    weights : (n,) or (s, n) array
        Weights of the criteria, none negative. Each row is scored on its own.

    Returns
    -------
    (m,) or (s, m) array
        :math:`c_i = \prod_j r_{ij}^{w_j}` [1]_, in (0, 1] for values in (0, 1] and weights that
        sum to 1.

    Raises
    ------
    MethodError
        If a value is zero, negative, NaN or infinite.

    Notes
    -----
    Computed as :math:`\exp \sum_j w_j \ln r_{ij}`, so that no product on the way vanishes.

    References
    ----------
    .. [1] P. W. Bridgman, "Dimensional Analysis", Yale University Press, 1922.

    Examples
    --------
    >>> weighted_product(np.array([[0.25, 1.0], [0.5, 0.5]]), np.array([0.5, 0.5])).round(3)
    array([0.5, 0.5])
    """
    r = np.asarray(r, dtype=float)
    refuse_columns(r, lambda j: not_finite(r[:, j]) | {"core.not_positive": r[:, j] <= 0})
    # By column, so that logarithms have the same bits in every memory layout.
    logs = np.log(np.asfortranarray(r))
    return np.exp(_sum_columns(logs, weights))


def ordered_sum(r: Floats, weights: Floats) -> Floats:
    r"""Ordered weighted average of each row: weights go to the strongest value first.

    Parameters
    ----------
    r : (m, n) array
        Values.
    weights : (n,) array
        Weight of the strongest value, the second, and so on.

    Returns
    -------
    (m,) array
        :math:`\sum_j w_j r_{i(j)}` with :math:`r_{i(1)} \ge r_{i(2)} \ge \dots` [1]_. It rises in
        every value.

    References
    ----------
    .. [1] R. R. Yager, "On ordered weighted averaging aggregation operators in multicriteria
       decisionmaking", IEEE Trans. Syst. Man Cybern. 18(1), 1988, :doi:`10.1109/21.87068`.

    Examples
    --------
    >>> ordered_sum(np.array([[0.0, 1.0], [1.0, 0.0], [0.5, 0.5]]), np.array([0.75, 0.25]))
    array([0.75, 0.75, 0.5 ])
    """
    return _sum_columns(np.sort(r, axis=1)[:, ::-1], weights)


def distances(
    r: Floats,
    weights: Floats,
    starts: Ints | None = None,
    *,
    ideal: Floats | None = None,
    anti_ideal: Floats | None = None,
    p: Norm = 2,
) -> tuple[Floats, Floats]:
    r"""Weighted distances of each actor to the ideal and to the anti-ideal.

    Parameters
    ----------
    r : (m, n) array
        Values; in every column more is better.
    weights : (n,) or (s, n) array
        Weights of the criteria, none negative. Each row is scored on its own.
    starts : (c,) array of int, optional
        First row of each city, where `r` holds several laid end to end; only of use where an
        ideal is taken from the data, which is then each city's own.
    ideal, anti_ideal : (n,) arrays, optional
        Fixed ideals; without them the best and the worst value of each column.
    p : {1, 2, inf}
        Norm: city-block, Euclidean or largest difference.

    Returns
    -------
    to_ideal, to_anti_ideal : (m,) or (s, m) arrays
        :math:`d^\pm_i = \left(\sum_j (w_j |r_{ij} - z^\pm_j|)^p\right)^{1/p}`.

    Examples
    --------
    >>> r = np.array([[1.0, 0.0], [0.5, 0.5]])
    >>> to_ideal, to_anti_ideal = distances(r, np.array([0.8, 0.2]), p=1)
    >>> to_ideal.round(3), to_anti_ideal.round(3)
    (array([0.1, 0.4]), array([0.4, 0.1]))
    """
    r = np.asarray(r, dtype=float)
    best = reduce_rows(np.maximum.reduceat, r, starts) if ideal is None else ideal
    worst = reduce_rows(np.minimum.reduceat, r, starts) if anti_ideal is None else anti_ideal
    return _accumulate(best - r, weights, p), _accumulate(r - worst, weights, p)


def closeness(
    r: Floats,
    weights: Floats,
    starts: Ints | None = None,
    *,
    ideal: Floats | None = None,
    anti_ideal: Floats | None = None,
    p: Norm = 2,
) -> Floats:
    r"""Relative closeness of each actor to the ideal (TOPSIS).

    Parameters
    ----------
    r : (m, n) array
        Values; in every column more is better.
    weights : (n,) or (s, n) array
        Weights of the criteria, none negative. Each row is scored on its own.
    starts : (c,) array of int, optional
        First row of each city, see :func:`distances`.
    ideal, anti_ideal : (n,) arrays, optional
        Fixed ideals; without them the best and the worst value of each column.
    p : {1, 2, inf}
        Norm of the distances.

    Returns
    -------
    (m,) or (s, m) array
        Closeness in [0, 1], 1 the best. An actor at no distance from both ideals, as where all
        are alike, has 0.5.

    Notes
    -----
    :math:`c_i = d^-_i / (d^+_i + d^-_i)` [1]_, computed as :math:`1 / (1 + d^+_i / d^-_i)`: every
    step of this form is monotone under rounding, so with fixed ideals a better value never
    lowers a score, not even by the last bit.

    References
    ----------
    .. [1] C.-L. Hwang and K. Yoon, "Multiple Attribute Decision Making", Springer, 1981,
       :doi:`10.1007/978-3-642-48318-9`.

    Examples
    --------
    >>> r = np.array([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]])
    >>> closeness(r, np.array([0.8, 0.2])).round(3)
    array([0.8, 0.5, 0.2])
    """
    to_ideal, to_anti_ideal = distances(r, weights, starts, ideal=ideal, anti_ideal=anti_ideal, p=p)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        score = 1.0 / (1.0 + to_ideal / to_anti_ideal)
    score[(to_ideal == 0) & (to_anti_ideal == 0)] = 0.5
    return score


def _sum_columns(r: Floats, weights: Floats) -> Floats:
    """Weighted sum of every row, one column after the other."""
    w = np.asarray(weights, dtype=float)[..., None, :]
    total = np.zeros((*w.shape[:-2], len(r)))
    for j in range(r.shape[1]):
        total += w[..., j] * np.ascontiguousarray(r[:, j])
    return total


def _accumulate(delta: Floats, weights: Floats, p: Norm) -> Floats:
    """Norm of every row of weighted differences, one column after the other."""
    w = np.asarray(weights, dtype=float)[..., None, :]
    total = np.zeros((*w.shape[:-2], len(delta)))
    for j in range(delta.shape[1]):
        part = np.abs(w[..., j] * np.ascontiguousarray(delta[:, j]))
        if math.isinf(p):
            np.maximum(total, part, out=total)
        else:
            total += part * part if p == 2 else part
    return np.sqrt(total) if p == 2 else total
