"""The nearest weights at which a linear inequality holds."""

from typing import Final, Literal, TypeAlias

import numpy as np

from partnermcda.core.arrays import Floats

Distance: TypeAlias = Literal["l1", "l2"]
DISTANCES: Final = ("l1", "l2")
_ROUNDING: Final = 1e-15


def nearest_in_halfspace(weights: Floats, d: Floats, norm: Distance) -> tuple[Floats, Floats]:
    r"""Weights nearest to those given under which a weighted sum is not negative.

    Parameters
    ----------
    weights : (n,) array
        None negative, summing to 1.
    d : (q, n) array
        Coefficients of q inequalities :math:`\sum_j v_j d_j \ge 0`, each looked at on its own.
    norm : {"l1", "l2"}
        How a change of weights is measured: by the sum of its parts, which is twice the weight
        moved, or by its length.

    Returns
    -------
    distance : (q,) array
        Infinite where no weights will do.
    nearest : (q, n) array
        The weights, none negative, summing to 1; NaN where there are none.

    Notes
    -----
    For l1 all that is moved goes to the criterion of the largest d, and is taken from where d is
    smallest first: each share moved between them gains the most there is. For l2 the projection
    is followed along :math:`P(w + \lambda d)` as :math:`\lambda` grows; a weight that has come to
    0 stays there, as the slopes of all weights only fall, so n steps in closed form are enough.

    Examples
    --------
    >>> d = np.array([[-0.5, 0.5, 0.0]])
    >>> nearest_in_halfspace(np.array([0.6, 0.2, 0.2]), d, "l1")
    (array([0.4]), array([[0.4, 0.4, 0.2]]))
    """
    d = np.asarray(d, dtype=float)
    gap = np.maximum(-(d @ weights), 0.0)
    nearest = (_by_moving if norm == "l1" else _by_projecting)(weights, d, gap)
    nearest[(gap > 0) & (d.max(axis=1) < 0)] = np.nan
    distance = length(nearest - weights, norm)
    return np.where(np.isnan(distance), np.inf, distance), nearest


def length(change: Floats, norm: Distance) -> Floats:
    """Measure changes of weights.

    Parameters
    ----------
    change : (q, n) array
    norm : {"l1", "l2"}

    Returns
    -------
    (q,) array
    """
    if norm == "l1":
        return np.asarray(np.abs(change).sum(axis=1))
    return np.asarray(np.sqrt((change * change).sum(axis=1)))


def _by_moving(weights: Floats, d: Floats, gap: Floats) -> Floats:
    order = np.argsort(d, axis=1, kind="stable")
    sorted_d, held = np.take_along_axis(d, order, axis=1), weights[order]
    better = sorted_d[:, -1:] - sorted_d
    gain = held * better
    before = np.cumsum(gain, axis=1) - gain
    with np.errstate(divide="ignore", invalid="ignore"):
        wanted = np.where(better > 0, (gap[:, None] - before) / better, 0.0)
    taken = np.clip(wanted, 0.0, held)
    nearest = np.empty_like(d)
    np.put_along_axis(nearest, order, held - taken, axis=1)
    rows = np.arange(len(d))
    nearest[rows, order[:, -1]] += taken.sum(axis=1)
    return nearest


def _by_projecting(weights: Floats, d: Floats, gap: Floats) -> Floats:
    x, moving = np.tile(weights, (len(d), 1)), np.ones(d.shape, dtype=bool)
    noise = _ROUNDING * np.abs(d).max(axis=1, keepdims=True)
    for _ in range(2 * d.shape[1]):
        mean = (d * moving).sum(axis=1) / np.maximum(moving.sum(axis=1), 1)
        slope = (d - mean[:, None]) * moving
        slope[np.abs(slope) <= noise] = 0.0
        held = (x <= 0) & (slope < 0)
        moving &= ~held
        # Without those that are held the mean is another: these rows go on in the next round.
        slope[held.any(axis=1)] = 0.0
        rate = (slope * slope).sum(axis=1)
        room = np.divide(x, -slope, out=np.full_like(x, np.inf), where=slope < 0)
        closed = np.divide(gap, rate, out=np.zeros_like(gap), where=rate > 0)
        step = np.minimum(closed, room.min(axis=1))
        x = np.where(room <= step[:, None], 0.0, x + step[:, None] * slope)
        gap = np.where((rate > 0) & (step == closed), 0.0, gap - step * rate)
        if not (gap > 0).any():
            break
    return x
