"""Which judgement to look at again, and what would bring it into line with the others."""

from dataclasses import dataclass
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np

from partnermcda.core.ahp.connection import connected
from partnermcda.core.ahp.consistency import ACCEPTABLE, consistency_ratio
from partnermcda.core.ahp.eigenvector import principal_pair, principal_vector
from partnermcda.core.ahp.matrices import as_pairwise
from partnermcda.core.ahp.missing import complete
from partnermcda.core.ahp.random_index import Beyond
from partnermcda.core.arrays import Floats, Ints
from partnermcda.errors import Finding, JudgementsError, short

_SCALE_LOGS: Final = np.log(np.arange(1.0, 10.0))
"""Logarithms of Saaty's scale from 1 upward; below 1 it is mirrored."""
_ON_SCALE: Final = 1e-6
_SAME: Final = 1e-10
"""Eigenvalues and logarithms no farther apart are one: they differ by rounding."""


@dataclass(frozen=True, slots=True)
class Triad:
    """Three judgements that contradict one another."""

    i: int
    """Position of a thing compared; `i` < `h` < `k`."""
    h: int
    k: int
    inconsistency: float
    """Koczkodaj's measure: from 0, consistent, to 1."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A judgement to look at again, and what would bring it into line with the others."""

    row: int
    """Position of the thing that is judged, before `column`."""
    column: int
    """Position of the thing it is compared with."""
    value: float
    """The judgement as it is."""
    suggested: float
    """What to suggest: `exact`, or the nearest of Saaty's scale if `value` is on that scale."""
    exact: float
    """What minimizes the principal eigenvalue."""
    consistency_ratio: float
    """Consistency ratio with `suggested` in place of `value`, and all repairs before this one."""


def eigenvalue_gradient(a: Floats) -> Floats:
    r"""Slope of the principal eigenvalue over each judgement, its reciprocal moving along.

    Parameters
    ----------
    a : (..., j, j) array
        Pairwise matrices; NaN = not asked.

    Returns
    -------
    (..., j, j) array
        Positive where a smaller judgement would be more consistent. NaN where not asked; zero on
        the diagonal, and everywhere if the judgements are consistent.

    Raises
    ------
    JudgementsError
        If a matrix is at fault, or its judgements leave things unlinked.

    Notes
    -----
    With x the right and y the left principal eigenvector, :math:`y^T x = 1`,

    .. math:: \frac{\partial \lambda_\max}{\partial a_{ik}} = y_i x_k - \frac{y_k x_i}{a_{ik}^2}

    [1]_. Gaps are filled so that the eigenvalue is least, ``complete(a, "optimal")``; there its
    slope is zero, so this is the slope of that least eigenvalue, too. To compare judgements use
    :math:`a_{ik}\, \partial \lambda_\max / \partial a_{ik}`, the slope over the logarithm: it
    takes 1/5 and 5 alike.

    References
    ----------
    .. [1] P. T. Harker, "Derivatives of the Perron root of a positive reciprocal matrix: with
       application to the analytic hierarchy process", Appl. Math. Comput. 22(2-3), 1987.

    Examples
    --------
    >>> a = np.array([[1, 2, 8], [1 / 2, 1, 2], [1 / 8, 1 / 2, 1]])
    >>> eigenvalue_gradient(a).round(3)
    array([[ 0.   , -0.078,  0.019],
           [ 0.311,  0.   , -0.078],
           [-1.243,  0.311,  0.   ]])
    """
    taken = as_pairwise(a)
    filled = complete(taken, "optimal")
    x, y = principal_vector(filled), principal_vector(np.swapaxes(filled, -1, -2))
    y = y / (y * x).sum(axis=-1, keepdims=True)
    there = y[..., :, None] * x[..., None, :]
    slope = there - np.swapaxes(there, -1, -2) / np.square(filled)
    return np.asarray(np.where(np.isnan(taken), np.nan, slope))


def worst_triad(a: Floats) -> Triad | None:
    r"""Find the three things whose judgements contradict one another most.

    Parameters
    ----------
    a : (j, j) array
        Pairwise matrix; NaN = not asked.

    Returns
    -------
    Triad or None
        The first of equals; None where no three things are all compared with one another.

    Raises
    ------
    JudgementsError
        If the matrix is at fault, or there are several.

    Notes
    -----
    The largest :math:`1 - \min(t, 1 / t)`, :math:`t = a_{ih} a_{hk} / a_{ik}`, over all
    :math:`i < h < k` [1]_.

    References
    ----------
    .. [1] W. W. Koczkodaj, "A new definition of consistency of pairwise comparisons", Math.
       Comput. Modelling 18(7), 1993, :doi:`10.1016/0895-7177(93)90059-8`.

    Examples
    --------
    >>> triad = worst_triad(np.array([[1, 2, 8], [1 / 2, 1, 2], [1 / 8, 1 / 2, 1]]))
    >>> triad.i, triad.h, triad.k, round(triad.inconsistency, 3)
    (0, 1, 2, 0.5)
    """
    logs = np.log(_one_matrix(a))
    i, h, k = np.array([*combinations(range(len(logs)), 3)], dtype=int).reshape(-1, 3).T
    off = np.abs(logs[i, h] + logs[h, k] - logs[i, k])
    known = np.flatnonzero(~np.isnan(off))
    if not known.size:
        return None
    worst = known[_first(-off[known])]
    return Triad(int(i[worst]), int(h[worst]), int(k[worst]), float(-np.expm1(-off[worst])))


def repairs(
    a: Floats,
    *,
    random_index: str | float = "alonso-lamata",
    beyond: Beyond = "refuse",
    limit: float = ACCEPTABLE,
    most: int = 5,
) -> tuple[Repair, ...]:
    r"""Suggest, one after the other, judgements to look at again until they are consistent enough.

    Parameters
    ----------
    a : (j, j) array
        Pairwise matrix; NaN = not asked. It is not changed.
    random_index, beyond
        As for :func:`consistency_ratio`.
    limit : float
        Consistency ratio at which to stop.
    most : int
        The largest number of suggestions.

    Returns
    -------
    tuple of Repair
        Each goes on from the one before. Empty where the judgements are consistent enough, as
        with one or two things, or fewer pairs than would make a circle. It ends above `limit` if
        `most` is reached, or no one judgement can do better.

    Raises
    ------
    JudgementsError
        If the matrix is at fault, there are several, its judgements leave things unlinked or
        contradict one another beyond what can be computed, or `limit` is negative.
    WeightsError
        If there is no such random index, or it does not reach this order.

    Notes
    -----
    For each judgement in turn, what the others say about it is the value that minimizes
    :math:`\lambda_\max` [1]_: the judgement is taken for not asked, and the matrix completed.
    Suggested is the judgement whose change lowers :math:`\lambda_\max` most; of equals, the first
    by row and column. The steepest slope, :func:`eigenvalue_gradient`, would be cheaper, but it
    tells what a small change brings, and people change a judgement by steps of their scale. One
    wrong judgement among consistent ones, with four things or more, is so found and set right.

    A judgement on Saaty's scale (1/9, …, 1/2, 1, 2, …, 9) is answered by the nearest on it, as
    ratios go, and judged by what that one brings.

    References
    ----------
    .. [1] S. Bozóki, J. Fülöp and L. Rónyai, "On optimal completion of incomplete pairwise
       comparison matrices", Math. Comput. Modelling 52(1-2), 2010,
       :doi:`10.1016/j.mcm.2010.02.047`.

    Examples
    --------
    >>> w = np.array([8.0, 4.0, 2.0, 1.0])
    >>> a = w[:, None] / w
    >>> a[1, 3], a[3, 1] = 1 / 4, 4
    >>> for step in repairs(a):
    ...     print(step.row, step.column, step.value, step.suggested, step.consistency_ratio)
    1 3 0.25 4.0 0.0
    """
    a = _one_matrix(a)
    if not limit >= 0:
        raise JudgementsError(Finding("groups.limit", value=short(limit)))
    found: list[Repair] = []
    ratio = float(consistency_ratio(a, random_index, beyond=beyond))
    while ratio > limit and len(found) < most and (change := _best_change(a)):
        value, a = float(a[change.row, change.column]), change.after
        ratio = float(consistency_ratio(a, random_index, beyond=beyond))
        found.append(
            Repair(change.row, change.column, value, change.suggested, change.exact, ratio)
        )
    return tuple(found)


class _Change(NamedTuple):
    row: int
    column: int
    suggested: float
    exact: float
    after: Floats


def _best_change(a: Floats) -> _Change | None:
    """Find the change of one judgement that lowers the eigenvalue most, if any does."""
    rows, columns = np.nonzero(np.triu(~np.isnan(a), 1))
    without = _each_set(a, rows, columns, np.full(rows.size, np.nan))
    # A judgement that alone links two groups of things contradicts nothing.
    spare = connected(~np.isnan(without))
    rows, columns = rows[spare], columns[spare]
    if not rows.size:
        return None
    exact = _completed(without[spare])[np.arange(rows.size), rows, columns]
    suggested = _suggested(a[rows, columns], exact)
    after = _each_set(a, rows, columns, suggested)
    values = _least_eigenvalue(after)
    best = _first(values)
    if values[best] >= _least_eigenvalue(a) - _SAME:
        return None
    pair = int(rows[best]), int(columns[best])
    return _Change(*pair, float(suggested[best]), float(exact[best]), after[best])


def _each_set(a: Floats, rows: Ints, columns: Ints, values: Floats) -> Floats:
    """One matrix for each pair, in which that pair has another value."""
    stack, each = np.repeat(a[None], rows.size, axis=0), np.arange(rows.size)
    stack[each, rows, columns] = values
    stack[each, columns, rows] = 1 / values
    return stack


def _least_eigenvalue(a: Floats) -> Floats:
    return principal_pair(_completed(a)).value


def _completed(a: Floats) -> Floats:
    try:
        return complete(a, "optimal")
    except JudgementsError:
        # The matrices here are one, with a judgement taken out or another: it is told once.
        raise JudgementsError(Finding("ahp.no_completion", {"matrix": 1})) from None


def _suggested(values: Floats, exact: Floats) -> Floats:
    on_scale = np.abs(np.log(values) - np.log(_nearest(values))) <= _ON_SCALE
    return np.asarray(np.where(on_scale, _nearest(exact), exact))


def _nearest(values: Floats) -> Floats:
    """Nearest judgement of Saaty's scale, by ratio."""
    logs = np.log(values)
    off = np.abs(np.abs(logs)[:, None] - _SCALE_LOGS)
    nearest = off.argmin(axis=1) + 1.0
    return np.asarray(np.where(logs < 0, 1 / nearest, nearest))


def _first(values: Floats) -> int:
    """Position of the smallest; of those that differ by rounding, the first."""
    return int(np.argmax(values <= values.min() + _SAME))


def _one_matrix(a: Floats) -> Floats:
    taken = as_pairwise(a)
    if taken.ndim != 2:
        raise JudgementsError(Finding("groups.one_matrix", {"shape": taken.shape}))
    return taken
