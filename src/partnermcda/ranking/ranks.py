"""From values and weights to ranks within each city."""

from collections.abc import Collection, Mapping
from typing import Literal

import numpy as np
import pandas as pd

from partnermcda import core
from partnermcda.core.arrays import Bools, Floats, Ints, Texts
from partnermcda.errors import Finding, InventoryError, MethodError
from partnermcda.matrix import ValueMatrix
from partnermcda.methods import Method, as_method
from partnermcda.ranking.result import LeftOut, Ranking
from partnermcda.weights import Weights, as_weights

SetAside = Literal["unobserved", "none"] | float | Collection[str]


def rank(
    values: ValueMatrix,
    weights: Weights | Mapping[str, float],
    method: str | Method = "topsis",
    by: Literal["city"] | None = "city",
    *,
    set_aside: SetAside = "unobserved",
    rank_roles: Collection[str] = (),
    gates: Literal["show", "exclude"] = "show",
    min_evidence: float = 0.0,
) -> Ranking:
    r"""Rank actors, within each city or all together.

    Parameters
    ----------
    values : ValueMatrix
        Values of m actors on n criteria, from :func:`partnermcda.evaluate`.
    weights : Weights or mapping of str to float
        One weight per criterion of `values`.
    method : str or Method
        ``"topsis"`` or ``"weighted_sum"``, on the catalog's fixed scale.
    by : {"city", None}
        Rank within each city, or all actors together.
    set_aside : {"unobserved", "none"}, float or collection of str
        Criteria that are not judged, for nobody, their weight shared out among the others:
        those about which nothing is known for anybody; none; those observed for less than this
        share of the actors; or those named.
    rank_roles : collection of str
        Roles whose actors are ranked all the same, as ``focal_authority``.
    gates : {"show", "exclude"}
        Whether actors that fail a gate are ranked and marked, or not ranked.
    min_evidence : float
        Actors with a smaller share of observed weight are not ranked.

    Returns
    -------
    Ranking

    Raises
    ------
    WeightsError
        If the weights do not fit the criteria.
    MethodError
        If there is no such method, or an option is none of the above.
    InventoryError
        If nothing with a weight is left to judge by, or nobody to rank.

    Notes
    -----
    Score and rank bounds are exact [1]_: the methods rise in every value, so scoring the lowest
    and the highest values gives the score's interval, and with it
    ``best = 1 + #{b: low_b > high_a}`` and ``worst = #{b: high_b >= low_a}``, `a` included.

    References
    ----------
    .. [1] A. Salo and R. P. Hämäläinen, "Preference assessment by imprecise ratio statements",
       Oper. Res. 40(6), 1992, :doi:`10.1287/opre.40.6.1053`.

    Examples
    --------
    >>> import partnermcda as pm
    >>> catalog = pm.load_catalog("urban-services")
    >>> actors = pd.DataFrame({
    ...     "actor_id": ["a", "b"], "actor": ["Ada", "Bo"], "actor_type": ["ngo", "start_up"],
    ...     "city": ["Dakar", "Dakar"], "res_technical": [4, 2], "dig_propensity": [None, 5]})
    >>> values = pm.evaluate(pm.read_inventory(actors, catalog), catalog)
    >>> ranking = rank(values, catalog.weights("balanced"))
    >>> ranking.rank, ranking.rank_best, ranking.rank_worst
    (array([1, 2]), array([1, 1]), array([2, 2]))
    """
    _check_options(values, by, set_aside, rank_roles, gates, min_evidence)
    chosen = as_method(method)
    given = as_weights(weights, values.criteria)
    reasons = _reasons(values, rank_roles, gates)
    aside = _to_set_aside(values, set_aside, reasons == "")
    kept = _without(given, aside)
    columns = [values.column(name) for name in kept.names]
    counted = np.array(columns)[kept.values > 0]
    # Counted from what is missing, so that knowing all is exactly 1.
    missing = core.weighted_sum(1.0 - values.evidence[:, columns], kept.values)
    evidence = np.clip(1.0 - missing, 0.0, 1.0)
    reasons = _with_silence(reasons, values, counted, evidence, min_evidence)
    rows = np.flatnonzero(reasons == "")
    if not len(rows):
        raise InventoryError(Finding("rank.nobody", {"count": len(values)}))
    low, mid, high = (
        chosen.score(_part(v, rows, columns), kept.values)
        for v in (values.low, values.mid, values.high)
    )
    ranks, best, worst = _ranks(low, mid, high, values.cities[rows] if by else None)
    return Ranking(
        actors=values.actors[rows],
        names=values.names[rows],
        types=values.types[rows],
        cities=values.cities[rows],
        gates=values.gates[rows],
        score=mid,
        score_low=low,
        score_high=high,
        rank=ranks,
        rank_best=best,
        rank_worst=worst,
        evidence=evidence[rows],
        weights=kept,
        set_aside=aside,
        set_aside_share=float(sum(given.to_dict()[name] for name in aside)),
        method=chosen.name,
        by=by or "",
        left_out=_left_out(values, reasons),
    )


def _check_options(
    values: ValueMatrix,
    by: object,
    set_aside: SetAside,
    rank_roles: Collection[str],
    gates: object,
    min_evidence: float,
) -> None:
    known = ", ".join(values.role_names) or "–"
    findings = [
        Finding("rank.role", {"name": role, "names": known})
        for role in _names(rank_roles)
        if role not in values.role_names
    ]
    if isinstance(set_aside, (int, float)):
        if isinstance(set_aside, bool) or not 0 <= set_aside <= 1:
            findings.append(Finding("rank.coverage", {"share": set_aside}))
    elif set_aside == "":
        details = {"name": set_aside, "names": ", ".join(values.criteria)}
        findings.append(Finding("rank.set_aside", details))
    if by not in ("city", None):
        findings.append(Finding("rank.by", {"name": by}))
    if gates not in ("show", "exclude"):
        findings.append(Finding("rank.gates", {"name": gates}))
    if not 0 <= min_evidence <= 1:
        findings.append(Finding("rank.min_evidence", {"share": min_evidence}))
    if findings:
        raise MethodError(findings)


def _names(given: str | Collection[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _reasons(values: ValueMatrix, rank_roles: Collection[str], gates: str) -> Texts:
    """Why an actor is no candidate; empty for those that are."""
    reasons = np.full(len(values), "", dtype=object)
    if gates == "exclude":
        reasons[values.gates == "fail"] = "gate"
    reasons[(values.roles != "") & ~np.isin(values.roles.astype(str), _names(rank_roles))] = "role"
    reasons[values.outside] = "outside"
    return reasons


def _with_silence(
    reasons: Texts, values: ValueMatrix, counted: Ints, evidence: Floats, min_evidence: float
) -> Texts:
    """Give a reason to those of whom too little is known to say anything."""
    reasons = reasons.copy()
    known = (values.low[:, counted] > 0) | (values.high[:, counted] < 1)
    nothing = ~(known | (values.evidence[:, counted] > 0)).any(axis=1)
    reasons[(reasons == "") & nothing] = "no_evidence"
    reasons[(reasons == "") & (evidence < min_evidence)] = "little_evidence"
    return reasons


def _to_set_aside(values: ValueMatrix, rule: SetAside, rows: Bools) -> tuple[str, ...]:
    if rule == "none" or not rows.any():
        return ()
    if rule == "unobserved":
        return values.unobserved(rows)
    if isinstance(rule, (int, float)):
        coverage = values.evidence[rows].mean(axis=0)
        return tuple(n for n, c in zip(values.criteria, coverage, strict=True) if c < rule)
    named = _names(rule)
    findings = [
        Finding("rank.set_aside", {"name": name, "names": ", ".join(values.criteria)})
        for name in named
        if name not in values.criteria
    ]
    if findings:
        raise MethodError(findings)
    return tuple(name for name in values.criteria if name in named)


def _without(weights: Weights, aside: tuple[str, ...]) -> Weights:
    left = sum(w for name, w in weights.to_dict().items() if name not in aside)
    if not left > 0:
        raise InventoryError(Finding("rank.nothing_judged", {"names": ", ".join(aside)}))
    return weights.without(aside)


def _part(values: Floats, rows: Ints, columns: list[int]) -> Floats:
    """Take some rows and columns, each column in one piece."""
    return np.asarray(values.T[np.ix_(np.array(columns), rows)].T)


def _ranks(low: Floats, mid: Floats, high: Floats, cities: Texts | None) -> tuple[Ints, Ints, Ints]:
    m = len(mid)
    city = np.zeros(m, dtype=np.int64) if cities is None else pd.factorize(cities)[0]
    order = np.argsort(city, kind="stable")
    starts = np.flatnonzero(np.diff(city[order], prepend=-1))
    ranks, best, worst = (np.empty(m, dtype=np.int64) for _ in range(3))
    ranks[order] = core.rank(mid[order], starts)
    best[order], worst[order] = core.rank_bounds(low[order], high[order], starts)
    # A chain of near-equals can reach further than the tolerance of a single pair.
    return ranks, np.minimum(best, ranks), np.maximum(worst, ranks)


def _left_out(values: ValueMatrix, reasons: Texts) -> LeftOut:
    rows = np.flatnonzero(reasons != "")
    columns = (values.actors, values.names, values.types, values.cities, reasons)
    return LeftOut(*(column[rows] for column in columns))
