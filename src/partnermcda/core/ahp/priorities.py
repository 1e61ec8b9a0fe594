"""Priorities of the things compared, by eigenvector or by means."""

from typing import Final, Literal

import numpy as np

from partnermcda.core import arguments
from partnermcda.core.ahp.eigenvector import Eigenpair, principal_pair, unit
from partnermcda.core.ahp.missing import Completion, complete
from partnermcda.core.arrays import Floats

Prioritization = Literal["eigenvector", "geometric_mean", "column_mean"]

PRIORITIZATIONS: Final = ("eigenvector", "geometric_mean", "column_mean")


def priorities(
    a: Floats,
    method: Prioritization = "eigenvector",
    *,
    missing: Completion = "least_squares",
) -> Floats:
    r"""Priorities of the things compared.

    Parameters
    ----------
    a : (..., j, j) array
        Pairwise matrices, of order 1 to 30: :math:`a_{ik}` says how many times more i counts than
        k. Positive and reciprocal; NaN = not asked.
    method : {"eigenvector", "geometric_mean", "column_mean"}
        Principal right eigenvector [1]_, geometric means of the rows [2]_, or means of the rows
        after each column is brought to sum 1.
    missing : {"least_squares", "harker", "optimal"}
        How judgements that were not asked are filled in first: see :func:`complete`.

    Returns
    -------
    (..., j) array
        Positive, summing to 1. A stack has the bits of its matrices one by one.

    Raises
    ------
    JudgementsError
        If a judgement is no positive number, a pair is not reciprocal, or the judgements that
        were asked leave two sides without a comparison between them: every fault at once.

    References
    ----------
    .. [1] T. L. Saaty, "A scaling method for priorities in hierarchical structures", J. Math.
       Psychol. 15(3), 1977, :doi:`10.1016/0022-2496(77)90033-5`.
    .. [2] G. Crawford and C. Williams, "A note on the analysis of subjective judgment matrices",
       J. Math. Psychol. 29(4), 1985, :doi:`10.1016/0022-2496(85)90002-1`.

    Examples
    --------
    >>> priorities(np.array([[1.0, 2.0], [0.5, 1.0]])).round(3)
    array([0.667, 0.333])
    >>> unasked = np.array([[1, 2, np.nan], [1 / 2, 1, 2], [np.nan, 1 / 2, 1]])
    >>> priorities(unasked).round(3)
    array([0.571, 0.286, 0.143])
    """
    arguments.one_of("core.prioritization", method, PRIORITIZATIONS)
    filled = complete(a, missing)
    if method == "eigenvector":
        return principal_pair(filled).vector
    if method == "geometric_mean":
        logs = np.log(filled).mean(axis=-1)
        return unit(np.exp(logs - logs.max(axis=-1, keepdims=True)))
    return unit((filled / filled.sum(axis=-2, keepdims=True)).mean(axis=-1))


def principal_eigenpair(a: Floats, *, missing: Completion = "least_squares") -> Eigenpair:
    r"""Principal eigenvector and eigenvalue of pairwise matrices, in one go.

    Parameters
    ----------
    a : (..., j, j) array
        Pairwise matrices, of order 1 to 30: positive and reciprocal; NaN = not asked.
    missing : {"least_squares", "harker", "optimal"}
        How judgements that were not asked are filled in first: see :func:`complete`.

    Returns
    -------
    Eigenpair
        ``vector`` (..., j), ``value`` (...), and how many matrices had to be ``decomposed`` in
        full because power steps did not converge.

    Raises
    ------
    JudgementsError
        As for :func:`priorities`.

    Notes
    -----
    Powers of a positive matrix, applied to any positive vector, converge to its principal
    eigenvector (Perron and Frobenius). Here the matrix is squared up to five times, then applied
    until no priority moves by more than 1e-13.

    Examples
    --------
    >>> a = np.array([[1, 2, 8], [1 / 2, 1, 2], [1 / 8, 1 / 2, 1]])
    >>> pair = principal_eigenpair(np.array([a, a.T]))
    >>> pair.value.round(4), pair.decomposed
    (array([3.0536, 3.0536]), 0)
    """
    return principal_pair(complete(a, missing))


def principal_eigenvalue(a: Floats, *, missing: Completion = "least_squares") -> Floats:
    r"""Largest eigenvalue of pairwise matrices.

    Parameters
    ----------
    a : (..., j, j) array
        Pairwise matrices, of order 1 to 30: positive and reciprocal; NaN = not asked.
    missing : {"least_squares", "harker", "optimal"}
        How judgements that were not asked are filled in first: see :func:`complete`.

    Returns
    -------
    (...) array
        :math:`\lambda_\max \ge j`, equal where the judgements are consistent.

    Raises
    ------
    JudgementsError
        As for :func:`priorities`.

    Examples
    --------
    >>> float(principal_eigenvalue(np.array([[1.0, 2.0], [0.5, 1.0]])))
    2.0
    """
    return principal_eigenpair(a, missing=missing).value
