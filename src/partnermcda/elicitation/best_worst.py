"""The best–worst method: each criterion compared with the best one and with the worst."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from partnermcda.core.arrays import Floats
from partnermcda.elicitation.answers import as_number
from partnermcda.errors import Finding, JudgementsError, short
from partnermcda.weights import Weights

_FIRST: Final = 3
_LIMITS: Final = {
    3: (0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667),
    4: (0.1121, 0.1529, 0.1898, 0.2206, 0.2527, 0.2577, 0.2683),
    5: (0.1354, 0.1994, 0.2306, 0.2546, 0.2716, 0.2844, 0.2960),
    6: (0.1330, 0.1990, 0.2643, 0.3044, 0.3144, 0.3221, 0.3262),
    7: (0.1294, 0.2457, 0.2819, 0.3029, 0.3144, 0.3251, 0.3403),
    8: (0.1309, 0.2521, 0.2958, 0.3154, 0.3408, 0.3620, 0.3657),
    9: (0.1359, 0.2681, 0.3062, 0.3337, 0.3517, 0.3620, 0.3662),
}
"""Liang et al. (2020), Table 3: by the judgement of the best over the worst, 3 to 9 criteria."""


@dataclass(frozen=True, slots=True, eq=False)
class BestWorst:
    """Weights by the best–worst method, and how far the judgements contradict one another.

    Examples
    --------
    >>> found = best_worst({"reach": 1, "cost": 2, "trust": 8}, {"reach": 8, "cost": 4, "trust": 1})
    >>> found.best, found.worst, found.consistency_ratio
    ('reach', 'trust', 0.0)
    """

    weights: Weights
    """The weights, in the order in which the best was compared with them."""
    best: str
    """The criterion that counts most."""
    worst: str
    """The criterion that counts least."""
    xi: float
    """How far, at most, a judgement is from the weights, in weight; 0 if all agree."""
    inconsistency: Mapping[str, float]
    """Each criterion's part: the farther from 0, the more its two judgements deserve a look."""
    limit: float
    """The largest consistency ratio that passes for acceptable; NaN where none is published."""

    @property
    def consistency_ratio(self) -> float:
        """The largest of `inconsistency`; 0 if all agree."""
        return max(self.inconsistency.values())


def best_worst(best: Mapping[str, float], worst: Mapping[str, float]) -> BestWorst:
    r"""Weigh criteria by comparing each with the best one and with the worst (linear BWM).

    Parameters
    ----------
    best : mapping of str to float
        How many times as much the best criterion counts as each: 1 for itself, up to 9.
    worst : mapping of str to float
        How many times as much each criterion counts as the worst: 1 for itself, up to 9. The same
        names, in any order.

    Returns
    -------
    BestWorst
        The best and the worst are those compared by 1. Where several are, the best is the one
        that outweighs the worst most, the worst the one most outweighed; among equals, the first.

    Raises
    ------
    JudgementsError
        If a criterion is compared on one side only or by no number from 1 on, none is the best or
        the worst, or the judgements leave room for no best or worst: every fault.

    Notes
    -----
    With :math:`a_{Bj}` and :math:`a_{jW}` the judgements, weights solve the linear program [1]_

    .. math:: \min \xi \quad \text{where} \quad |w_B - a_{Bj} w_j| \le \xi, \quad
              |w_j - a_{jW} w_W| \le \xi, \quad \sum_j w_j = 1, \quad w_j \ge 0.

    Their consistency ratio is that of the judgements themselves [2]_,

    .. math:: \max_j \frac{|a_{Bj} a_{jW} - a_{BW}|}{a_{BW}^2 - a_{BW}},

    0 where :math:`a_{BW} = 1`; its limits are those of [2]_ for 3 to 9 criteria and whole
    :math:`a_{BW}` up to 9. :math:`\xi` is in units of weight and has no such limits; it is not
    comparable with the :math:`\xi` of the first, nonlinear form of the method.

    2n - 3 judgements do where a pairwise matrix takes n (n - 1) / 2, so that fewer contradictions
    can come to light. Whoever is not sure which criterion is the best or the worst should compare
    in pairs.

    References
    ----------
    .. [1] J. Rezaei, "Best-worst multi-criteria decision-making method: some properties and a
       linear model", Omega 64, 2016, :doi:`10.1016/j.omega.2015.12.001`.
    .. [2] F. Liang, M. Brunelli and J. Rezaei, "Consistency issues in the best worst method:
       measurements and thresholds", Omega 96, 2020, :doi:`10.1016/j.omega.2019.102175`.

    Examples
    --------
    >>> found = best_worst({"quality": 2, "price": 1, "comfort": 4, "safety": 3, "style": 8},
    ...                    {"quality": 4, "price": 8, "comfort": 2, "safety": 3, "style": 1})
    >>> found.weights.values.round(4), round(found.xi, 4)
    (array([0.2295, 0.4481, 0.1148, 0.153 , 0.0546]), 0.0109)
    >>> round(found.consistency_ratio, 4), found.limit
    (0.0179, 0.2958)
    """
    faults = [*_misjudged(best, worst)]
    if faults:
        raise JudgementsError(faults)
    names = tuple(best)
    of_best = np.array([as_number(best[name]) for name in names])
    of_worst = np.array([as_number(worst[name]) for name in names])
    b, w = _ends(names, of_best, of_worst)
    weights, xi = _solved(of_best, of_worst, b, w)
    widest = of_best[w]
    # Where the best is no better than the worst, all are alike and nothing contradicts.
    parts = np.abs(of_best * of_worst - widest) / (widest * (widest - 1) or 1.0)
    return BestWorst(
        Weights(names, weights, source="best_worst"),
        names[b],
        names[w],
        xi,
        dict(zip(names, parts.tolist(), strict=True)),
        _limit(len(names), float(widest)),
    )


def _misjudged(best: Mapping[str, float], worst: Mapping[str, float]) -> Iterator[Finding]:
    names = tuple(dict.fromkeys([*best, *worst]))
    if len(names) < 2:
        yield Finding("elicitation.few", {"count": len(names)})
    for name in names:
        if name not in best:
            yield Finding("elicitation.not_by_best", {"name": name})
        if name not in worst:
            yield Finding("elicitation.not_with_worst", {"name": name})
    for code, side in (("elicitation.of_best", best), ("elicitation.of_worst", worst)):
        for name, answer in side.items():
            if not 1 <= as_number(answer) < math.inf:
                yield Finding(code, {"name": name}, value=short(answer))
    if 1 not in best.values():
        yield Finding("elicitation.no_best")


def _ends(names: tuple[str, ...], of_best: Floats, of_worst: Floats) -> tuple[int, int]:
    """Find the best and the worst, or tell how the judgements leave room for none."""
    b = int(np.argmax(np.where(of_best == 1, of_worst, 0)))
    others = (of_worst == 1) & (np.arange(len(names)) != b)
    if not others.any():
        raise JudgementsError(Finding("elicitation.no_worst"))
    w = int(np.argmax(np.where(others, of_best, 0)))
    faults = [*_contradictions(names, of_best, of_worst, b, w)]
    if faults:
        raise JudgementsError(faults)
    return b, w


def _contradictions(
    names: tuple[str, ...], of_best: Floats, of_worst: Floats, b: int, w: int
) -> Iterator[Finding]:
    widest, again = short(of_best[w]), short(of_worst[b])
    ends = {"best": names[b], "worst": names[w]}
    if of_best[w] != of_worst[b]:
        yield Finding("elicitation.ends", {**ends, "other": again}, value=widest)
    for j in np.flatnonzero(of_best > of_best[w]).tolist():
        details = {**ends, "name": names[j], "other": widest}
        yield Finding("elicitation.below_worst", details, value=short(of_best[j]))
    for j in np.flatnonzero(of_worst > of_worst[b]).tolist():
        details = {**ends, "name": names[j], "other": again}
        yield Finding("elicitation.above_best", details, value=short(of_worst[j]))


def _solved(of_best: Floats, of_worst: Floats, b: int, w: int) -> tuple[Floats, float]:
    from scipy.optimize import linprog

    n = len(of_best)
    rows = np.zeros((2, n, n + 1))
    rows[0, :, :n] = np.eye(n)[b] - np.diag(of_best)
    rows[1, :, :n] = np.eye(n) - np.outer(of_worst, np.eye(n)[w])
    differences = rows.reshape(2 * n, n + 1)
    xi = np.eye(n + 1)[n]
    solution = linprog(
        xi,
        A_ub=np.vstack([differences - xi, -differences - xi]),
        b_ub=np.zeros(4 * n),
        A_eq=[np.append(np.ones(n), 0.0)],
        b_eq=[1.0],
        method="highs",
    )
    # Solvers may leave a hair below 0.
    weights = np.maximum(solution.x[:n], 0.0)
    return weights, max(float(solution.x[n]), 0.0)


def _limit(n: int, widest: float) -> float:
    limits = _LIMITS.get(int(widest), ()) if widest.is_integer() else ()
    return limits[n - _FIRST] if 0 <= n - _FIRST < len(limits) else math.nan
