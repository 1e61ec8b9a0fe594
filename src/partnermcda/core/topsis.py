"""TOPSIS from raw values in one go, whatever the normalization."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from partnermcda.core import arguments
from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.core.extremes import ordinary_weights
from partnermcda.core.kernel import NORMS, Norm, Task, Yardstick, measure, write_closeness
from partnermcda.core.refusals import no_share, not_finite, refuse_columns
from partnermcda.core.statistics import Added, Statistics, Values


@dataclass(frozen=True, slots=True)
class _Rule:
    """How the divisors of a normalization follow from the statistics of the columns."""

    added: Added
    divisor: Callable[[Statistics], Floats]
    gives_shares: bool
    """Whether costs are inverted, and negative values have no meaning."""


_RULES: Final[Mapping[str, _Rule]] = MappingProxyType(
    {
        "vector": _Rule("squares", lambda seen: np.sqrt(seen.total), gives_shares=False),
        "minmax": _Rule("", lambda seen: seen.high - seen.low, gives_shares=False),
        "total": _Rule("values", lambda seen: seen.total.copy(), gives_shares=True),
        "peak": _Rule("", lambda seen: seen.high.copy(), gives_shares=True),
    }
)


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
    arguments.one_of("core.normalization", normalization, _RULES)
    arguments.one_of("core.norm", p, NORMS)
    out, rows = arguments.as_out(out, weights, m)
    rule = _RULES[normalization]
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
        yardstick=_yardstick(rule, x, cost, falling=some and not rule.gives_shares),
        refuse=lambda: _refuse(rule, x, cost),
        finish=write_closeness(rows, p),
    )
    measure(task, arguments.as_starts(starts, m), arguments.as_threads(threads))
    return out


def _yardstick(
    rule: _Rule, x: Floats, cost: Bools, *, falling: bool
) -> Callable[[Statistics, Ints | None], Yardstick]:
    def yardstick(seen: Statistics, _: Ints | None) -> Yardstick:
        if rule.gives_shares and seen.low.min() < 0:
            _refuse(rule, x, cost)
        points = np.array((seen.low, seen.high))
        if falling:
            points[:, cost] = points[::-1, cost]
        divisor = rule.divisor(seen)
        divisor[divisor == 0] = np.inf
        return Yardstick(points, divisor)

    return yardstick


def _refuse(rule: _Rule, x: Floats, cost: Bools) -> None:
    if rule.gives_shares:
        refuse_columns(x, lambda j: no_share(x[:, j], cost=bool(cost[j])))
    else:
        refuse_columns(x, lambda j: not_finite(x[:, j]))
