"""TOPSIS from raw values in one go, whatever the normalization."""

from typing import Literal

import numpy as np

from partnermcda.core import arguments
from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.core.blocks import Block
from partnermcda.core.column_statistics import ColumnStatistics
from partnermcda.core.divisors import RULES, refuse_values, untakable, yardstick_of
from partnermcda.core.extremes import ordinary_weights
from partnermcda.core.kernel import NORMS, Norm, Task, measure, measure_by, write_closeness
from partnermcda.core.refusals import refuse_columns
from partnermcda.core.segments import segment_sizes
from partnermcda.core.statistics import Statistics, Values


def topsis(
    x: Floats,
    weights: Floats,
    benefit: Bools,
    starts: Ints | None = None,
    *,
    normalization: Literal["vector", "minmax", "total", "peak"] = "vector",
    p: Norm = 2,
    out: Floats | None = None,
    threads: int | None = None,
) -> Floats:
    r"""Relative closeness to observed ideals, from raw values: classical TOPSIS.

    Parameters
    ----------
    x : (m, n) array
        Raw values, each column in its own unit, all finite.
    weights : (n,) or (s, n) array
        Weights of the criteria, none negative. Each row is scored on its own.
    benefit : (n,) array of bool
        True where more is better, false where less is better.
    starts : (c,) array of int, optional
        First row of each city, where `x` holds several laid end to end: each is normalized and
        has its ideals by itself.
    normalization : {"vector", "minmax", "total", "peak"}
        One of the functions of that name.
    p : {1, 2, inf}
        Norm of the distances.
    out : (m,) or (s, m) array, optional
        Where the result is to be written.
    threads : int, optional
        How many threads may work, if there is enough to do; by default one for each core at hand.
        The result has the same bits for every number of them.

    Returns
    -------
    (m,) or (s, m) array
        Closeness in [0, 1], 1 the best. Cities whose rows are all alike have 0.5.

    Raises
    ------
    MethodError
        If the normalization cannot take a value, or the arguments do not fit together.

    Notes
    -----
    :math:`c_i = d^-_i / (d^+_i + d^-_i)` [1]_ with distances taken from differences in raw units,

    .. math:: d^\pm_i = \left(\sum_j \left(\frac{w_j}{u_j} |x_{ij} - z^\pm_j|\right)^p
              \right)^{1/p},

    :math:`u_j` the divisor of the normalization (:math:`\sqrt{\sum_k x_{kj}^2}`,
    :math:`\max - \min`, :math:`\sum_k x_{kj}`, :math:`\max`; for total and peak a cost
    :math:`x_{ij}` stands for :math:`1 / x_{ij}`). The normalized matrix is never built, so no digit
    is lost where values are large and differ little. float32 is computed with in float64.
    Columns of zeros, and under minmax constant ones, take no part.

    References
    ----------
    .. [1] C.-L. Hwang and K. Yoon, "Multiple Attribute Decision Making", Springer, 1981,
       :doi:`10.1007/978-3-642-48318-9`.

    Examples
    --------
    >>> x = np.array([[3.0, 100.0], [4.0, 140.0], [5.0, 200.0]])
    >>> topsis(x, np.array([0.5, 0.5]), np.array([True, False])).round(3)
    array([0.573, 0.564, 0.427])
    """
    x = arguments.as_values(x)
    m, n = x.shape
    w = arguments.as_weights(weights, n)
    cost = ~arguments.as_benefit(benefit, n)
    arguments.one_of("core.normalization", normalization, RULES)
    arguments.one_of("core.norm", p, NORMS)
    out, rows = arguments.as_out(out, weights, m)
    rule = RULES[normalization]
    some = True in cost.tolist()
    inverse = cost if rule.gives_shares and some else None
    task = Task(
        values=Values(x, inverse),
        weights=w,
        p=p,
        added=rule.added,
        given=False,
        plain=ordinary_weights(w),
        keeps_unit=False,
        yardstick=yardstick_of(rule, x, cost, falling=some and not rule.gives_shares),
        refuse=lambda: refuse_values(rule, x, cost),
        finish=write_closeness(rows, p),
    )
    measure(task, arguments.as_starts(starts, m), arguments.as_threads(threads))
    return out


def closeness_by(
    x: Floats,
    weights: Floats,
    statistics: ColumnStatistics,
    starts: Ints | None = None,
    *,
    p: Norm = 2,
    out: Floats | None = None,
    threads: int | None = None,
) -> Floats:
    r"""Relative closeness of some rows to ideals observed among more of them.

    Parameters
    ----------
    x : (m, n) array
        Raw values of some rows of each city: all, any part, or none.
    weights : (n,) or (s, n) array
        Weights of the criteria, none negative. Each row is scored on its own.
    statistics : ColumnStatistics
        Of all rows of those c cities. It knows the directions and the normalization.
    starts : (c,) array of int, optional
        First row of each city, in the order of `statistics`; without it, all rows are one city.
    p : {1, 2, inf}
        Norm of the distances.
    out : (m,) or (s, m) array, optional
        Where the result is to be written.
    threads : int, optional
        How many threads may work, if there is enough to do; by default one for each core at hand.

    Returns
    -------
    (m,) or (s, m) array
        Closeness in [0, 1], as :func:`topsis` has it. A row's has the same bits whatever rows are
        scored along with it.

    Raises
    ------
    MethodError
        If a value is not finite or lies beyond the statistics of its city, which then are not
        those of these rows; or if the arguments do not fit together.

    Notes
    -----
    Under minmax and peak every bit is that of :func:`topsis` over all rows. Under vector and
    total it divides by a sum that is rounded once, where :func:`topsis` rounds as it adds. So
    divisors differ in their last bits, and closeness by less than :math:`10^{-14}` up to
    :math:`10^{10}` rows (by :math:`2 \cdot 10^{-16}` where it was measured).

    Examples
    --------
    >>> x, benefit = np.array([[3.0, 100.0], [4.0, 140.0], [5.0, 200.0]]), np.array([True, False])
    >>> from partnermcda.core.gathering import gather_statistics
    >>> whole = gather_statistics(x[:2], benefit).merge(gather_statistics(x[2:], benefit))
    >>> closeness_by(x[1:], np.array([0.5, 0.5]), whole).round(3)
    array([0.564, 0.427])
    """
    x = arguments.as_values(x)
    m, n = x.shape
    w = arguments.as_weights(weights, n)
    arguments.one_of("core.norm", p, NORMS)
    out, rows = arguments.as_out(out, weights, m)
    starts = arguments.as_starts(starts, m)
    statistics.expect(n, 1 if starts is None else len(starts))
    rule, cost = RULES[statistics.normalization], ~statistics.benefit
    task = Task(
        values=Values(x, statistics.inverse),
        weights=w,
        p=p,
        added=rule.added,
        given=False,
        plain=ordinary_weights(w),
        keeps_unit=False,
        yardstick=yardstick_of(rule, x, cost, falling=not rule.gives_shares),
        refuse=lambda: _refuse_beyond(x, statistics, starts),
        finish=write_closeness(rows, p),
    )

    def known(block: Block, exponents: Ints | None) -> Statistics:
        if starts is None:
            return statistics.observed(exponents)
        cities = np.searchsorted(starts, block.first + block.starts, "right") - 1
        return statistics.take(cities).observed(exponents)

    measure_by(task, starts, known, arguments.as_threads(threads))
    return out


def _refuse_beyond(x: Floats, statistics: ColumnStatistics, starts: Ints | None) -> None:
    rule, sizes = RULES[statistics.normalization], segment_sizes(len(x), starts)

    def faults(j: int) -> dict[str, Bools]:
        t, low, high = x[:, j], *(np.repeat(s[j], sizes) for s in (statistics.low, statistics.high))
        beyond = np.isfinite(t) & ((t < low) | (t > high))
        taken = untakable(rule, t, cost=not statistics.benefit[j])
        return {**taken, "statistics.beyond": beyond}

    refuse_columns(x, faults)
