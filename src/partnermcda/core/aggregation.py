"""Values to distances from two ideals, and to closeness.

Every step is elementwise and in a fixed order: a row's score has the same bits whatever rows stand
beside it and however many threads work, and no rounding ever lets a score fall when a value rises.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from partnermcda.core import arguments
from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.extremes import ordinary_weights
from partnermcda.core.kernel import (
    NORMS,
    Norm,
    Task,
    Yardstick,
    measure,
    write_closeness,
    write_distances,
)
from partnermcda.core.refusals import not_finite, refuse_columns
from partnermcda.core.statistics import Statistics, Values

_AS_IT_IS: Final = np.ones((1, 1))


def distances(
    r: Floats,
    weights: Floats,
    starts: Ints | None = None,
    *,
    ideal: Floats | None = None,
    anti_ideal: Floats | None = None,
    p: Norm = 2,
    threads: int | None = None,
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
    threads : int, optional
        How many threads may work, if there is enough to do; by default one for each core at hand.

    Returns
    -------
    to_ideal, to_anti_ideal : (m,) or (s, m) arrays
        :math:`d^\pm_i = \left(\sum_j (w_j |r_{ij} - z^\pm_j|)^p\right)^{1/p}`; infinite where a
        value is so far from ideals that are given that its square overflows.

    Examples
    --------
    >>> r = np.array([[1.0, 0.0], [0.5, 0.5]])
    >>> to_ideal, to_anti_ideal = distances(r, np.array([0.8, 0.2]), p=1)
    >>> to_ideal.round(3), to_anti_ideal.round(3)
    (array([0.1, 0.4]), array([0.4, 0.1]))
    """
    r = arguments.as_values(r)
    shape = (*np.shape(weights)[:-1], len(r))
    to_ideal, to_anti_ideal = np.empty(shape), np.empty(shape)
    pair = to_anti_ideal.reshape(-1, len(r)), to_ideal.reshape(-1, len(r))
    _measure(r, weights, starts, ideal, anti_ideal, p, threads, write_distances(*pair, p))
    return to_ideal, to_anti_ideal


def closeness(
    r: Floats,
    weights: Floats,
    starts: Ints | None = None,
    *,
    ideal: Floats | None = None,
    anti_ideal: Floats | None = None,
    p: Norm = 2,
    out: Floats | None = None,
    threads: int | None = None,
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
    out : (m,) or (s, m) array, optional
        Where the result is to be written.
    threads : int, optional
        How many threads may work, if there is enough to do; by default one for each core at hand.

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
    r = arguments.as_values(r)
    out, rows = arguments.as_out(out, weights, len(r))
    _measure(r, weights, starts, ideal, anti_ideal, p, threads, write_closeness(rows, p))
    return out


def _measure(
    r: Floats,
    weights: Floats,
    starts: Ints | None,
    ideal: Floats | None,
    anti_ideal: Floats | None,
    p: Norm,
    threads: int | None,
    finish: Callable[..., None],
) -> None:
    """Measure values as they are by the ideals given, and by those observed where none is."""
    m, n = r.shape
    arguments.one_of("core.norm", p, NORMS)
    given = [None if z is None else arguments.as_point(z, n)[:, None] for z in (anti_ideal, ideal)]

    def yardstick(seen: Statistics, exponents: Ints | None) -> Yardstick:
        points = np.array((seen.low, seen.high))
        for side, point in zip(points, given, strict=True):
            if point is not None:
                side[:] = point if exponents is None else np.ldexp(point, -exponents)
        return Yardstick(points, _AS_IT_IS)

    w = arguments.as_weights(weights, n)
    task = Task(
        values=Values(r),
        weights=w,
        p=p,
        added="",
        given=all(point is not None for point in given),
        plain=ordinary_weights(w),
        keeps_unit=True,
        yardstick=yardstick,
        refuse=lambda: refuse_columns(r, lambda j: not_finite(r[:, j])),
        finish=finish,
    )
    measure(task, arguments.as_starts(starts, m), arguments.as_threads(threads))
