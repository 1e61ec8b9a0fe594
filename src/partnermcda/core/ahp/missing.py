"""Judgements that were not asked, filled in from those that were.

Everything is computed from how far judgements are from their logarithmic least squares: numbers
near 1, whatever the priorities. Each matrix passes the same operations whatever its company.
"""

from typing import Final, Literal

import numpy as np

from partnermcda.core import arguments
from partnermcda.core.ahp.connection import require_connected
from partnermcda.core.ahp.eigenvector import principal_pair, principal_vector
from partnermcda.core.ahp.matrices import as_pairwise
from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.errors import Finding, JudgementsError, capped

Completion = Literal["least_squares", "harker", "optimal"]

COMPLETIONS: Final = ("least_squares", "harker", "optimal")
TOLERANCE: Final = 1e-12
"""The largest derivative of the eigenvalue at an optimum, by the logarithm of a judgement and as a
share of the mean row: the eigenvalue divided by the order."""

_MOST_STEPS: Final = 100
_MOST_HALVINGS: Final = 60
_LEAST_FALL: Final = 1e-4
"""The share of the fall promised by the derivative that a step must bring (Armijo)."""
_FARTHEST: Final = 30.0
"""The logarithm of a contradiction beyond which too many digits are lost."""
_LONGEST: Final = 10.0
"""How far a step may move a logarithm: no exponential overflows on the way down."""
_BLOCK: Final = 500_000


def complete(a: Floats, method: Completion = "least_squares") -> Floats:
    r"""Fill in the judgements that were not asked.

    Parameters
    ----------
    a : (..., j, j) array
        Pairwise matrices, of order 1 to 30: positive and reciprocal; NaN = not asked.
    method : {"least_squares", "harker", "optimal"}
        ``least_squares``: :math:`w_i / w_k` of the priorities that minimize
        :math:`\sum (\ln a_{ik} - \ln w_i + \ln w_k)^2` over the pairs asked [1]_.
        ``harker``: :math:`w_i / w_k` of the principal eigenvector of the matrix with 0 in the gaps
        and 1 + the number of gaps of the row on the diagonal [2]_; it is the principal eigenvector
        of the completed matrix, too.
        ``optimal``: what minimizes :math:`\lambda_\max` of the completed matrix [1]_.

    Returns
    -------
    (..., j, j) array
        What was asked keeps its bits; where nothing is missing, `a` itself. A stack has the bits
        of its matrices one by one.

    Raises
    ------
    JudgementsError
        If a judgement is at fault, if the judgements of a matrix leave groups of rows without a
        comparison between them, or if they contradict one another beyond what can be computed:
        every matrix is named.
    MethodError
        If there is no such method.

    Notes
    -----
    The methods differ in the third digit unless the judgements are consistent. The eigenvalue is
    convex in the logarithms of the missing judgements, and strictly so if the matrix is linked
    [1]_; it is minimized by Newton steps with second derivatives, halved until they lead down,
    until no derivative by such a logarithm is above 1e-12 :math:`\lambda_\max / j`.

    References
    ----------
    .. [1] S. Bozóki, J. Fülöp and L. Rónyai, "On optimal completion of incomplete pairwise
       comparison matrices", Math. Comput. Modelling 52(1-2), 2010,
       :doi:`10.1016/j.mcm.2010.02.047`.
    .. [2] P. T. Harker, "Incomplete pairwise comparisons in the analytic hierarchy process",
       Math. Modelling 9(11), 1987.

    Examples
    --------
    >>> nan = np.nan
    >>> complete(np.array([[1, 2, nan], [1 / 2, 1, 2], [nan, 1 / 2, 1]])).round(3)
    array([[1.  , 2.  , 4.  ],
           [0.5 , 1.  , 2.  ],
           [0.25, 0.5 , 1.  ]])
    """
    arguments.one_of("ahp.completion", method, COMPLETIONS)
    return filled(as_pairwise(a), method)


def filled(a: Floats, method: Completion) -> Floats:
    """Complete matrices that :func:`as_pairwise` has taken.

    Parameters
    ----------
    a : (..., j, j) array
        Pairwise matrices, NaN = not asked.
    method : {"least_squares", "harker", "optimal"}

    Returns
    -------
    (..., j, j) array

    Raises
    ------
    JudgementsError
        If a matrix is not linked, or its gaps cannot be computed.
    """
    gaps = np.isnan(a)
    if not gaps.any():
        return a
    require_connected(a)
    stack = a.reshape(-1, *a.shape[-2:]).copy()
    holed = np.flatnonzero(gaps.reshape(stack.shape).any(axis=(1, 2)))
    # What cannot be computed comes out as no positive number, and is refused below.
    with np.errstate(all="ignore"):
        stack[holed] = _fill(stack[holed], method)
        sound = ((stack > 0) & (stack < np.inf)).all(axis=(1, 2))
    if not sound.all():
        lost = np.flatnonzero(~sound).tolist()
        raise JudgementsError(
            capped(Finding("ahp.no_completion", {"matrix": matrix + 1}) for matrix in lost)
        )
    return stack.reshape(a.shape)


def log_priorities(a: Floats) -> Floats:
    """Logarithmic least squares: one solution of the graph Laplacian for each matrix.

    Parameters
    ----------
    a : (b, j, j) array
        Pairwise matrices, NaN = not asked; linked.

    Returns
    -------
    (b, j) array
        Logarithms of the priorities, summing to 0.
    """
    asked = ~np.isnan(a)
    laplacian = np.where(asked, -1.0, 0.0)
    diagonal = np.arange(a.shape[-1])
    laplacian[:, diagonal, diagonal] += asked.sum(axis=-1)
    sums = np.where(asked, np.log(a), 0.0).sum(axis=-1)
    # The 1 takes the constant vector, which the Laplacian maps to 0, to where it changes nothing.
    return np.asarray(np.linalg.solve(laplacian + 1, sums[..., None])[..., 0])


def _fill(a: Floats, method: Completion) -> Floats:
    asked, logs = ~np.isnan(a), log_priorities(a)
    fill = logs[:, :, None] - logs[:, None, :]
    if method != "least_squares":
        off = np.where(asked, np.log(a) - fill, 0.0)
        near = np.flatnonzero(np.abs(off).max(axis=(1, 2)) <= _FARTHEST)
        further = np.full(a.shape, np.nan)
        solve = _harker if method == "harker" else _optimal
        further[near] = solve(off[near], asked[near])
        fill = fill + further
    return np.where(asked, a, np.exp(fill))


def _harker(off: Floats, asked: Bools) -> Floats:
    h = np.where(asked, np.exp(off), 0.0)
    diagonal = np.arange(off.shape[-1])
    h[:, diagonal, diagonal] += (~asked).sum(axis=-1)
    logs = np.log(principal_vector(h))
    return logs[:, :, None] - logs[:, None, :]


def _optimal(off: Floats, asked: Bools) -> Floats:
    """Solve matrices with one number of gaps at a time, in blocks."""
    found, gaps = off.copy(), np.triu(~asked)
    counts = gaps.sum(axis=(1, 2))
    for count in np.unique(counts).tolist():
        alike = np.flatnonzero(counts == count)
        size = max(1, _BLOCK // max(count, off.shape[-1]) ** 2)
        for start in range(0, len(alike), size):
            chosen = alike[start : start + size]
            _, rows, columns = np.nonzero(gaps[chosen])
            shape = (len(chosen), count)
            pairs = _Pairs(rows.reshape(shape), columns.reshape(shape))
            found[chosen] = _minimized(off[chosen], pairs)
    return found


class _Pairs:
    """The pairs not asked, as many in each matrix of a stack."""

    __slots__ = ("columns", "rows", "stack")

    def __init__(self, rows: Ints, columns: Ints) -> None:
        self.rows, self.columns = rows, columns
        self.stack = np.arange(len(rows))[:, None]

    def take(self, chosen: Ints) -> "_Pairs":
        return _Pairs(self.rows[chosen], self.columns[chosen])

    def moved(self, logs: Floats, step: Floats) -> Floats:
        moved = logs.copy()
        moved[self.stack, self.rows, self.columns] += step
        moved[self.stack, self.columns, self.rows] -= step
        return moved


def _minimized(logs: Floats, pairs: _Pairs) -> Floats:
    """Minimize the principal eigenvalue over the pairs; NaN where that does not converge."""
    found = np.full_like(logs, np.nan)
    live = np.arange(len(logs))
    for _ in range(_MOST_STEPS):
        value, gradient, hessian = _derivatives(np.exp(logs), pairs)
        steep = ~(np.abs(gradient).max(axis=-1) <= TOLERANCE * value / logs.shape[-1])
        found[live[~steep]] = logs[~steep]
        live, logs, pairs = live[steep], logs[steep], pairs.take(np.flatnonzero(steep))
        if not live.size:
            break
        step = np.linalg.solve(hessian[steep], -gradient[steep][..., None])[..., 0]
        slope = (gradient[steep] * step).sum(axis=-1)
        logs = _descended(logs, pairs, value[steep], step, slope)
    return found


def _descended(logs: Floats, pairs: _Pairs, value: Floats, step: Floats, slope: Floats) -> Floats:
    """Go the step, or the largest half, quarter, … of it that leads down far enough."""
    share = np.minimum(1.0, _LONGEST / np.abs(step).max(axis=-1))
    left = np.arange(len(logs))
    for _ in range(_MOST_HALVINGS):
        there = pairs.take(left).moved(logs[left], share[left, None] * step[left])
        # Near the optimum the fall is below what the eigenvalue is rounded to.
        promised = value[left] * (1 + TOLERANCE) + _LEAST_FALL * share[left] * slope[left]
        left = left[~(principal_pair(np.exp(there)).value <= promised)]
        if not left.size:
            break
        share[left] /= 2
    return pairs.moved(logs, share[:, None] * step)


def _derivatives(a: Floats, pairs: _Pairs) -> tuple[Floats, Floats, Floats]:
    r"""Principal eigenvalue, and its derivatives by the logarithms of the pairs.

    With x the right and y the left eigenvector, :math:`y^T x = 1`, and :math:`A_p` the derivative
    of the matrix: :math:`\lambda_p = y^T A_p x` and
    :math:`\lambda_{pq} = y^T A_{pq} x + y^T A_p G A_q x + y^T A_q G A_p x`, where
    :math:`G = (\lambda I - A + \lambda x y^T)^{-1} - x y^T / \lambda` is the group inverse of
    :math:`\lambda I - A`.
    """
    pair = principal_pair(a)
    x, y = pair.vector, principal_vector(np.swapaxes(a, -1, -2))
    y = y / (y * x).sum(axis=-1, keepdims=True)
    at, i, k = pairs.stack, pairs.rows, pairs.columns
    there, back = a[at, i, k], a[at, k, i]
    right, left = np.zeros((2, *a.shape[:-1], i.shape[-1]))
    number = np.arange(i.shape[-1])
    right[at, i, number], right[at, k, number] = there * x[at, k], -back * x[at, i]
    left[at, k, number], left[at, i, number] = there * y[at, i], -back * y[at, k]
    gained, given = there * y[at, i] * x[at, k], back * y[at, k] * x[at, i]
    xy, value = x[..., :, None] * y[..., None, :], pair.value[:, None, None]
    inverse = np.linalg.inv(value * (np.eye(a.shape[-1]) + xy) - a) - xy / value
    half = np.swapaxes(left, -1, -2) @ (inverse @ right)
    hessian = half + np.swapaxes(half, -1, -2)
    hessian[:, number, number] += gained + given
    return pair.value, gained - given, hessian
