"""How far judgements contradict one another."""

from typing import Final

import numpy as np

from partnermcda.core.ahp.connection import require_connected
from partnermcda.core.ahp.eigenvector import principal_pair
from partnermcda.core.ahp.matrices import as_pairwise
from partnermcda.core.ahp.missing import filled, log_priorities
from partnermcda.core.ahp.random_index import ALWAYS_CONSISTENT, Beyond
from partnermcda.core.ahp.random_index import random_index as index_of
from partnermcda.core.arrays import Floats

ACCEPTABLE: Final = 0.10
"""Consistency ratio up to which judgements are usually taken as they are (Saaty)."""


def consistency_index(a: Floats) -> Floats:
    r"""Consistency index of pairwise matrices.

    Parameters
    ----------
    a : (..., j, j) array
        Pairwise matrices, of order 1 to 30: positive and reciprocal; NaN = not asked.

    Returns
    -------
    (...) array
        :math:`\mathrm{CI} = \frac{\lambda_\max - j}{j - 1}` [1]_, of the completion with the least
        eigenvalue where judgements are missing [2]_; 0 for orders 1 and 2.

    Raises
    ------
    JudgementsError
        As for :func:`complete`.

    References
    ----------
    .. [1] T. L. Saaty, "A scaling method for priorities in hierarchical structures", J. Math.
       Psychol. 15(3), 1977, :doi:`10.1016/0022-2496(77)90033-5`.
    .. [2] S. Bozóki, J. Fülöp and L. Rónyai, "On optimal completion of incomplete pairwise
       comparison matrices", Math. Comput. Modelling 52(1-2), 2010,
       :doi:`10.1016/j.mcm.2010.02.047`.

    Examples
    --------
    >>> a = np.array([[1, 2, 8], [1 / 2, 1, 2], [1 / 8, 1 / 2, 1]])
    >>> round(float(consistency_index(a)), 4)
    0.0268
    """
    return _index(as_pairwise(a))


def consistency_ratio(
    a: Floats, random_index: str | float = "alonso-lamata", *, beyond: Beyond = "refuse"
) -> Floats:
    r"""Consistency ratio of pairwise matrices.

    Parameters
    ----------
    a : (..., j, j) array
        Pairwise matrices, of order 1 to 30: positive and reciprocal; NaN = not asked.
    random_index : {"alonso-lamata", "saaty-1980", "saaty-2007"} or float
        Table of random indices of complete matrices, or the index itself. Where judgements are
        missing it falls with their number: see :func:`random_index`.
    beyond : {"refuse", "simulate"}
        What to do with an order beyond the table.

    Returns
    -------
    (...) array
        :math:`\mathrm{CR} = \mathrm{CI} / \mathrm{RI}`: up to 0.10 is usually accepted. 0 where
        judgements cannot contradict one another: orders 1 and 2, and pairs that form a tree.

    Raises
    ------
    JudgementsError
        As for :func:`complete`.
    WeightsError
        As for :func:`random_index`.

    References
    ----------
    .. [1] T. L. Saaty, "The Analytic Hierarchy Process", McGraw-Hill, 1980.
    .. [2] K. C. Ágoston and L. Csató, "Inconsistency thresholds for incomplete pairwise comparison
       matrices", Omega 108, 2022, :doi:`10.1016/j.omega.2021.102576`.

    Examples
    --------
    >>> a = np.array([[1, 2, 8], [1 / 2, 1, 2], [1 / 8, 1 / 2, 1]])
    >>> round(float(consistency_ratio(a, "saaty-1980")), 3)
    0.046
    """
    a = as_pairwise(a)
    index = _index(a)
    expected = _expected(a, random_index, beyond)
    ratio: Floats = np.zeros(index.shape)
    np.divide(index, expected, out=ratio, where=expected > 0)
    return ratio


def geometric_consistency_index(a: Floats) -> Floats:
    r"""Geometric consistency index of pairwise matrices.

    Parameters
    ----------
    a : (..., j, j) array
        Pairwise matrices, of order 1 to 30: positive and reciprocal; NaN = not asked.

    Returns
    -------
    (...) array
        :math:`\frac{\sum_{i<k} \ln^2 (a_{ik} w_k / w_i)}{p - (j - 1)}` over the p pairs asked, w
        from logarithmic least squares. Of a complete matrix, where w are the geometric means, it
        is :math:`\frac{2}{(j - 1)(j - 2)} \sum_{i<k} \ln^2 (a_{ik} w_k / w_i)` [1]_. 0 where
        judgements cannot contradict one another.

    Raises
    ------
    JudgementsError
        If a judgement is at fault, or a matrix is not linked.

    Notes
    -----
    A consistency ratio of 0.10 is about 0.31 for order 3, 0.35 for order 4 and 0.37 above [1]_.

    References
    ----------
    .. [1] J. Aguarón and J. M. Moreno-Jiménez, "The geometric consistency index: approximated
       thresholds", Eur. J. Oper. Res. 147(1), 2003, :doi:`10.1016/S0377-2217(02)00255-2`.

    Examples
    --------
    >>> a = np.array([[1, 2, 8], [1 / 2, 1, 2], [1 / 8, 1 / 2, 1]])
    >>> round(float(geometric_consistency_index(a)), 4)
    0.1602
    """
    a = as_pairwise(a)
    require_connected(a)
    order = a.shape[-1]
    stack = a.reshape(-1, order, order)
    logs = log_priorities(stack)
    off = np.triu(np.log(stack) - logs[:, :, None] + logs[:, None, :], 1)
    pairs = np.triu(~np.isnan(stack), 1).sum(axis=(1, 2))
    spare = pairs - (order - 1)
    total = np.nansum(off**2, axis=(1, 2))
    index: Floats = np.zeros(len(stack))
    np.divide(total, spare, out=index, where=spare > 0)
    return index.reshape(a.shape[:-2])


def koczkodaj(a: Floats) -> Floats:
    r"""Koczkodaj's inconsistency index: that of the triad that contradicts most.

    Parameters
    ----------
    a : (..., j, j) array
        Pairwise matrices, of order 1 to 30: positive and reciprocal; NaN = not asked.

    Returns
    -------
    (...) array
        The largest :math:`\min\left(\left|1 - \frac{a_{ik}}{a_{ih} a_{hk}}\right|,
        \left|1 - \frac{a_{ih} a_{hk}}{a_{ik}}\right|\right)` of the triads asked in full [1]_,
        in [0, 1); 0 where there is none.

    Raises
    ------
    JudgementsError
        If a judgement is at fault.

    References
    ----------
    .. [1] W. W. Koczkodaj, "A new definition of consistency of pairwise comparisons", Math. Comput.
       Modelling 18(7), 1993, :doi:`10.1016/0895-7177(93)90059-8`.

    Examples
    --------
    >>> a = np.array([[1, 2, 8], [1 / 2, 1, 2], [1 / 8, 1 / 2, 1]])
    >>> round(float(koczkodaj(a)), 3)
    0.5
    """
    logs = np.log(as_pairwise(a))
    largest = np.zeros(logs.shape[:-2])
    for h in range(logs.shape[-1]):
        off = np.abs(logs - logs[..., :, h, None] - logs[..., None, h, :])
        np.fmax(largest, np.fmax.reduce(np.triu(off, 1), axis=(-2, -1), initial=0.0), out=largest)
    return np.asarray(-np.expm1(-largest))


def _index(a: Floats) -> Floats:
    whole, order = filled(a, "optimal"), a.shape[-1]
    if order <= ALWAYS_CONSISTENT:
        return np.zeros(a.shape[:-2])
    return np.asarray(np.maximum(principal_pair(whole).value - order, 0.0) / (order - 1))


def _expected(a: Floats, table: str | float, beyond: Beyond) -> Floats:
    """Random indices of matrices: one for all of them where nothing is missing."""
    gaps = np.isnan(a)
    missing = gaps.sum(axis=(-2, -1)) // 2 if gaps.any() else np.array(0)
    counts, place = np.unique(missing, return_inverse=True)
    indices = [index_of(a.shape[-1], table, missing=m, beyond=beyond) for m in counts.tolist()]
    return np.asarray(np.array(indices)[place].reshape(missing.shape))
