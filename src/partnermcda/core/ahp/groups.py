"""Several judges made one: by their judgements (AIJ), or by their priorities (AIP)."""

import math
from typing import Final, Literal

import numpy as np

from partnermcda.core import arguments
from partnermcda.core.ahp.eigenvector import unit
from partnermcda.core.ahp.matrices import as_pairwise
from partnermcda.core.arrays import Floats
from partnermcda.errors import Finding, JudgementsError, WeightsError, capped, short

Mean = Literal["geometric", "arithmetic"]

MEANS: Final = ("geometric", "arithmetic")

_UNIT: Final = 1e-6
"""How far priorities may be from sum 1 (float32 keeps 7 digits)."""


def pool(a: Floats, judge_weights: Floats | None = None) -> Floats:
    r"""Pairwise matrix of a group: aggregation of individual judgements (AIJ).

    Parameters
    ----------
    a : (k, j, j) array
        Pairwise matrix of each judge; NaN = not asked.
    judge_weights : (k,) array, optional
        How much each judge counts; none negative. All alike unless given.

    Returns
    -------
    (j, j) array
        Reciprocal: each judgement below 1 is 1 divided by the mirrored one. NaN where no judge
        answered; a judge of weight 0 is absent.

    Raises
    ------
    JudgementsError
        If a matrix is at fault, or there is not one for each judge.
    WeightsError
        If weights are negative, not finite, all zero, or of another number.

    Notes
    -----
    The weighted geometric mean over the judges K who answered a pair,

    .. math:: a_{ih} = \prod_{k \in K} a_{kih}^{\,w_k / \sum_{l \in K} w_l},

    Of the means that treat each judge by the same rule, agree where all agree, and are multiplied
    as all judgements are, only the geometric one keeps reciprocity [1]_; when to prefer
    :func:`pool_priorities`: [2]_. Where all who answered gave the same number, the group's has its
    bits; so one judge alone, or several equal ones, get their
    matrix back.

    References
    ----------
    .. [1] J. Aczél and T. L. Saaty, "Procedures for synthesizing ratio judgements", J. Math.
       Psychol. 27(1), 1983, :doi:`10.1016/0022-2496(83)90028-7`.
    .. [2] E. Forman and K. Peniwati, "Aggregating individual judgments and priorities with the
       analytic hierarchy process", Eur. J. Oper. Res. 108(1), 1998,
       :doi:`10.1016/S0377-2217(97)00244-0`.

    Examples
    --------
    >>> two, eight = np.array([[1.0, 2.0], [0.5, 1.0]]), np.array([[1.0, 8.0], [0.125, 1.0]])
    >>> pool(np.array([two, eight])).round(3)
    array([[1.  , 4.  ],
           [0.25, 1.  ]])
    >>> pool(np.array([two, eight]), np.array([2, 1])).round(3)
    array([[1.   , 3.175],
           [0.315, 1.   ]])
    """
    stack = as_pairwise(a)
    if stack.ndim != 3:
        raise JudgementsError(Finding("groups.stack", {"shape": stack.shape}))
    weights = as_judge_weights(judge_weights, len(stack))
    stack, weights = stack[weights > 0], weights[weights > 0]
    # Both sides of a pair count alike, so that relabelling moves no bit.
    logs = (np.log(stack) - np.log(np.swapaxes(stack, -1, -2))) / 2
    shares = np.where(np.isnan(stack), 0.0, weights[:, None, None])
    total = shares.sum(axis=0)
    mean = np.divide(
        (shares * np.nan_to_num(logs)).sum(axis=0),
        total,
        out=np.full(total.shape, np.nan),
        where=total > 0,
    )
    larger = np.exp(np.abs(mean))
    lowest, highest = np.fmin.reduce(stack), np.fmax.reduce(stack)
    agreed = (lowest == highest) & (lowest == highest).T
    pooled = np.where(mean < 0, 1 / larger, larger)
    return np.asarray(np.where(agreed, lowest, pooled))


def pool_priorities(
    p: Floats, judge_weights: Floats | None = None, *, mean: Mean = "geometric"
) -> Floats:
    r"""Priorities of a group: aggregation of individual priorities (AIP).

    Parameters
    ----------
    p : (k, j) array
        Priorities of each judge who answered: positive, each row summing to 1.
    judge_weights : (k,) array, optional
        How much each judge counts; none negative. All alike unless given.
    mean : {"geometric", "arithmetic"}
        The geometric mean treats priorities as ratios; the arithmetic one as shares of a whole,
        so a judge's large priorities weigh more.

    Returns
    -------
    (j,) array
        Positive, summing to 1. One judge, or equal ones, get their own back, but for rounding.

    Raises
    ------
    JudgementsError
        If a judge has no priorities (a row of NaN), one is not positive, or a row sums to another
        number than 1: every fault at once.
    WeightsError
        If weights are negative, not finite, all zero, or of another number.
    MethodError
        If there is no such mean.

    Notes
    -----
    :math:`p_i \propto \prod_k p_{ki}^{w_k}` or :math:`p_i = \sum_k w_k p_{ki}`, with
    :math:`\sum_k w_k = 1` [1]_. With priorities by geometric means of rows and no gaps, the
    geometric mean of priorities is the priorities of :func:`pool`'s matrix.

    References
    ----------
    .. [1] E. Forman and K. Peniwati, "Aggregating individual judgments and priorities with the
       analytic hierarchy process", Eur. J. Oper. Res. 108(1), 1998,
       :doi:`10.1016/S0377-2217(97)00244-0`.

    Examples
    --------
    >>> p = np.array([[0.8, 0.1, 0.1], [0.2, 0.4, 0.4]])
    >>> pool_priorities(p).round(3)
    array([0.5 , 0.25, 0.25])
    >>> pool_priorities(p, np.array([3, 1]), mean="arithmetic").round(3)
    array([0.65 , 0.175, 0.175])
    """
    arguments.one_of("groups.mean", mean, MEANS)
    p = as_judge_priorities(p)
    weights = as_judge_weights(judge_weights, len(p))
    if mean == "arithmetic":
        return unit(weights @ p)
    return unit(np.exp(weights @ np.log(p)))


def as_judge_weights(judge_weights: Floats | None, judges: int) -> Floats:
    """Take the weights of judges and bring them to sum 1.

    Parameters
    ----------
    judge_weights : (k,) array or None
        All alike where None.
    judges : int
        Their number k.

    Returns
    -------
    (k,) array

    Raises
    ------
    WeightsError
        If weights are negative, not finite, all zero, or of another number; each with its judge.

    Examples
    --------
    >>> as_judge_weights(np.array([3, 1]), 2)
    array([0.75, 0.25])
    """
    if judge_weights is None:
        return np.full(judges, 1 / judges)
    try:
        weights = np.asarray(judge_weights, dtype=float)
    except (TypeError, ValueError):
        weights = np.zeros(0)
    if weights.shape != (judges,):
        details = {"shape": np.shape(judge_weights), "judges": judges}
        raise WeightsError(Finding("groups.weights_shape", details))
    faults = [
        Finding("groups.weight", {"judge": judge}, value=short(weight))
        for judge, weight in enumerate(weights.tolist(), start=1)
        if not 0 <= weight < math.inf
    ]
    if not faults and not weights.any():
        faults = [Finding("groups.all_zero")]
    if faults:
        raise WeightsError(capped(faults))
    # Divided by the largest first: huge weights have no sum.
    return unit(weights / weights.max())


def as_judge_priorities(p: Floats) -> Floats:
    """Take the priorities of judges, or refuse them with every fault at once.

    Parameters
    ----------
    p : (k, j) array
        Positive, each row summing to 1.

    Returns
    -------
    (k, j) array of float64

    Raises
    ------
    JudgementsError
        If it has another shape, or a row is at fault.

    Examples
    --------
    >>> as_judge_priorities(np.array([[0.5, 0.5], [0.9, 0.2]]))
    Traceback (most recent call last):
    partnermcda.errors.JudgementsError: the priorities of judge 2 sum to 1.1; the priorities of \
each judge sum to 1
    """
    try:
        taken = np.asarray(p, dtype=float)
    except (TypeError, ValueError):
        taken = np.zeros(0)
    if taken.ndim != 2 or not taken.size:
        raise JudgementsError(Finding("groups.priorities_shape", {"shape": np.shape(p)}))
    faults = [
        fault
        for judge, row in enumerate(taken.tolist(), start=1)
        for fault in _priority_faults(judge, row)
    ]
    if faults:
        raise JudgementsError(capped(faults))
    return taken


def _priority_faults(judge: int, row: list[float]) -> list[Finding]:
    if all(math.isnan(value) for value in row):
        return [Finding("groups.no_answer", {"judge": judge})]
    faults = [
        Finding("groups.priority", {"judge": judge, "item": item}, value=short(value))
        for item, value in enumerate(row, start=1)
        if not 0 < value < math.inf
    ]
    total = math.fsum(row) if not faults else 1.0
    if abs(total - 1) > _UNIT:
        faults.append(Finding("groups.sum", {"judge": judge}, value=short(total)))
    return faults
