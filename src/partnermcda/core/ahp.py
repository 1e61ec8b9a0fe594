"""Priorities and consistency of pairwise matrices, one or a stack of them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from partnermcda.core.arrays import Floats
from partnermcda.errors import Finding, WeightsError

RANDOM_INDEX: Final[Mapping[str, tuple[float, ...]]] = MappingProxyType(
    {
        # Orders 3, 4, 5, …; orders 1 and 2 are always consistent.
        "alonso-lamata": (
            *(0.5245, 0.8815, 1.1086, 1.2479, 1.3417, 1.4056, 1.4499, 1.4854),
            *(1.5140, 1.5365, 1.5551, 1.5713, 1.5838),
        ),
        "saaty-1980": (0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49),
        "saaty-2007": (0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49),
    }
)
_ALWAYS_CONSISTENT: Final = 2


def priorities(
    a: Floats,
    method: Literal["eigenvector", "geometric_mean", "column_mean"] = "eigenvector",
) -> Floats:
    r"""Priorities of the things compared.

    Parameters
    ----------
    a : (..., j, j) array
        Pairwise matrices: :math:`a_{ik}` says how many times more i counts than k. Positive and
        reciprocal.
    method : {"eigenvector", "geometric_mean", "column_mean"}
        Principal right eigenvector [1]_, geometric means of the rows [2]_, or means of the rows
        after each column is brought to sum 1.

    Returns
    -------
    (..., j) array
        Positive, summing to 1.

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
    """
    a = np.asarray(a, dtype=float)
    if method == "eigenvector":
        return _eigenvector(a)
    if method == "geometric_mean":
        return _unit(np.exp(np.log(a).mean(axis=-1)))
    return _unit((a / a.sum(axis=-2, keepdims=True)).mean(axis=-1))


def principal_eigenvalue(a: Floats) -> Floats:
    r"""Largest eigenvalue of pairwise matrices.

    Parameters
    ----------
    a : (..., j, j) array
        Positive matrices.

    Returns
    -------
    (...) array
        :math:`\lambda_\max \ge j`, equal where the judgements are consistent.

    Examples
    --------
    >>> float(principal_eigenvalue(np.array([[1.0, 2.0], [0.5, 1.0]])))
    2.0
    """
    a = np.asarray(a, dtype=float)
    return np.asarray(_product(a, _eigenvector(a)).sum(axis=-1))


def consistency_ratio(a: Floats, random_index: str | float = "alonso-lamata") -> Floats:
    r"""Consistency ratio of pairwise matrices.

    Parameters
    ----------
    a : (..., j, j) array
        Positive reciprocal matrices.
    random_index : {"alonso-lamata", "saaty-1980", "saaty-2007"} or float
        Table of random indices [1]_ [2]_, or the index itself.

    Returns
    -------
    (...) array
        :math:`\mathrm{CR} = \frac{\lambda_\max - j}{(j - 1)\,\mathrm{RI}_j}`; 0 for orders 1 and 2.

    Raises
    ------
    WeightsError
        If there is no such table, or it does not reach order j.

    References
    ----------
    .. [1] J. A. Alonso and M. T. Lamata, "Consistency in the analytic hierarchy process: a new
       approach", Int. J. Uncertain. Fuzziness Knowl.-Based Syst. 14(4), 2006,
       :doi:`10.1142/S0218488506004114`.
    .. [2] T. L. Saaty, "The Analytic Hierarchy Process", McGraw-Hill, 1980.

    Examples
    --------
    >>> a = np.array([[1, 2, 8], [1 / 2, 1, 2], [1 / 8, 1 / 2, 1]])
    >>> round(float(consistency_ratio(a, "saaty-1980")), 3)
    0.046
    """
    a = np.asarray(a, dtype=float)
    order = a.shape[-1]
    if order <= _ALWAYS_CONSISTENT:
        return np.zeros(a.shape[:-2])
    index = _index(order, random_index)
    excess = np.maximum(principal_eigenvalue(a) - order, 0.0)
    return np.asarray(excess / ((order - 1) * index))


def reciprocal_matrix(upper: Floats, order: int) -> Floats:
    """Fill a pairwise matrix from its upper triangle.

    Parameters
    ----------
    upper : (j (j - 1) / 2,) array
        Judgements row by row.
    order : int
        The number j of things compared.

    Returns
    -------
    (j, j) array

    Examples
    --------
    >>> reciprocal_matrix(np.array([2.0, 4.0, 2.0]), 3)
    array([[1.  , 2.  , 4.  ],
           [0.5 , 1.  , 2.  ],
           [0.25, 0.5 , 1.  ]])
    """
    a = np.ones((order, order))
    rows, columns = np.triu_indices(order, 1)
    a[rows, columns] = upper
    a[columns, rows] = 1.0 / np.asarray(upper)
    return a


def _index(order: int, random_index: str | float) -> float:
    if not isinstance(random_index, str):
        return random_index
    table = RANDOM_INDEX.get(random_index)
    if table is None:
        tables = ", ".join(RANDOM_INDEX)
        raise WeightsError(Finding("ahp.no_table", {"name": random_index, "names": tables}))
    position = order - _ALWAYS_CONSISTENT - 1
    if position >= len(table):
        largest = len(table) + _ALWAYS_CONSISTENT
        raise WeightsError(
            Finding("ahp.order", {"name": random_index, "order": order, "largest": largest})
        )
    return table[position]


def _eigenvector(a: Floats) -> Floats:
    """Power steps without BLAS, so that the bits are the same on every machine."""
    v = np.full(a.shape[:-1], 1.0 / a.shape[-1])
    for _ in range(1000):
        following = _unit(_product(a, v))
        moved = np.abs(following - v).max(initial=0.0)
        v = following
        if moved <= np.finfo(float).eps:
            return v
    return v if _converged(a, v) else _by_decomposition(a)


def _converged(a: Floats, v: Floats) -> bool:
    return bool(np.abs(_unit(_product(a, v)) - v).max() <= 1e-15)


def _by_decomposition(a: Floats) -> Floats:
    values, vectors = np.linalg.eig(a)
    largest = values.real.argmax(axis=-1)[..., None, None]
    return _unit(np.abs(np.take_along_axis(vectors, largest, axis=-1)[..., 0].real))


def _product(a: Floats, v: Floats) -> Floats:
    """Matrix times vector, one column after the other in a fixed order."""
    total = np.zeros_like(v)
    for k in range(a.shape[-1]):
        total += a[..., k] * v[..., k, None]
    return total


def _unit(v: Floats) -> Floats:
    return np.asarray(v / v.sum(axis=-1, keepdims=True))
