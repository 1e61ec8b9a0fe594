"""From values and weights to ranks within each city."""

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

import numpy as np

from partnermcda.core.arrays import Floats, Ints, Texts
from partnermcda.errors import Finding, MethodError
from partnermcda.matrix import DecisionMatrix, ValueMatrix
from partnermcda.methods import Method, as_method
from partnermcda.ranking.candidates import (
    Candidates,
    Options,
    SetAside,
    candidates,
    check_options,
    everybody,
)
from partnermcda.ranking.result import LeftOut, Ranking
from partnermcda.ranking.scoring import Block, Scores, by_city, score_intervals, score_known
from partnermcda.weights import Weights, as_weights


def rank(
    values: ValueMatrix | DecisionMatrix,
    weights: Weights | Mapping[str, float] | Sequence[float] | Floats,
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
    values : ValueMatrix or DecisionMatrix
        Values of m actors on n criteria, from :func:`partnermcda.evaluate`; or raw values with
        names.
    weights : Weights, mapping of str to float, or (n,) array
        One weight per criterion of `values`; brought to sum 1.
    method : str or Method
        How to score: see :func:`partnermcda.method`. ``"topsis"``, ``"weighted_sum"`` and
        ``"weighted_product"`` take values in [0, 1]; the others measure actors by one another,
        so they take raw values too, and refuse intervals.
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
        Rank 1 is the best, whichever end of the method's scores that is.

    Raises
    ------
    WeightsError
        If the weights do not fit the criteria.
    MethodError
        If there is no such method, it cannot take these values, or an option is none of the above.
    InventoryError
        If nothing with a weight is left to judge by, or nobody to rank.

    Notes
    -----
    Score and rank bounds are exact [1]_: methods on the fixed scale rise in every value, so scoring
    the lowest and the highest values gives the score's interval, and with it
    ``best = 1 + #{b: low_b > high_a}`` and ``worst = #{b: high_b >= low_a}``, `a` included. Where
    a method takes its scale from the data, a better value of one actor moves all the others, so
    what is not known has no such bounds there.

    References
    ----------
    .. [1] A. Salo and R. P. Hämäläinen, "Preference assessment by imprecise ratio statements",
       Oper. Res. 40(6), 1992, :doi:`10.1287/opre.40.6.1053`.

    Examples
    --------
    >>> import pandas as pd
    >>> import partnermcda as pm
    >>> catalog = pm.load_catalog("urban-services")
    >>> actors = pd.DataFrame({
    ...     "actor_id": ["a", "b"], "actor": ["Ada", "Bo"], "actor_type": ["ngo", "start_up"],
    ...     "city": ["Dakar", "Dakar"], "res_technical": [4, 2], "dig_propensity": [None, 5]})
    >>> values = pm.evaluate(pm.read_inventory(actors, catalog), catalog)
    >>> ranking = rank(values, catalog.weights("balanced"))
    >>> ranking.rank, ranking.rank_best, ranking.rank_worst
    (array([1, 2]), array([1, 1]), array([2, 2]))

    Raw values are measured by one another:

    >>> phones = pm.DecisionMatrix([[250, 3], [200, 2], [300, 3]], criteria=["price", "memory"],
    ...                            benefit=[False, True], alternatives=["x", "y", "z"])
    >>> rank(phones, {"price": 2, "memory": 3}, pm.TOPSIS_OBSERVED).rank
    array([1, 3, 2])
    """
    options = Options(by, set_aside, rank_roles, gates, min_evidence)
    check_options(values, options)
    chosen = as_method(method)
    given = as_weights(weights, values.criteria)
    if isinstance(values, DecisionMatrix):
        return _rank_known(values, given, chosen, options)
    return _rank_evaluated(values, given, chosen, options)


def _rank_known(
    values: DecisionMatrix, given: Weights, method: Method, options: Options
) -> Ranking:
    found = everybody(values, given, options.set_aside)
    whole = not found.set_aside
    x = values.x if whole else values.x[:, found.columns]
    benefit = values.benefit if whole else values.benefit[found.columns]
    cities = values.cities if options.by else None
    order, starts = (None, None) if cities is None else by_city(cities)
    actors = values.alternatives
    named = actors if order is None else actors[order]
    block = Block(named, found.weights.names, found.weights.values, benefit, starts)
    scores = score_known(method, x if order is None else x[order], block)
    blank = np.full(len(values), "", dtype=object)
    none = blank[:0]
    return _ranking(
        (actors, actors, blank, blank if values.cities is None else values.cities, blank),
        scores if order is None else _in_order(scores, order),
        (found, given, method),
        by="" if cities is None else "city",
        left_out=LeftOut(none, none, none, none, none),
    )


def _rank_evaluated(
    values: ValueMatrix, given: Weights, method: Method, options: Options
) -> Ranking:
    found = candidates(values, given, options)
    rows = found.rows
    order, starts = by_city(values.cities[rows]) if options.by else (np.arange(len(rows)), None)
    sorted_rows = rows[order]
    block = Block(
        values.actors[sorted_rows], found.weights.names, found.weights.values, None, starts
    )
    low, mid, high = (
        _part(v, sorted_rows, found.columns) for v in (values.low, values.mid, values.high)
    )
    if method.fixed_scale:
        scores = score_intervals(method, low, mid, high, block)
    else:
        _refuse_intervals(method, low, high, found.weights.names)
        scores = score_known(method, mid, block)
    about = (values.actors, values.names, values.types, values.cities, values.gates)
    return _ranking(
        tuple(column[rows] for column in about),
        _in_order(scores, order),
        (found, given, method),
        by=options.by or "",
        left_out=_left_out(values, found.reasons),
    )


def _ranking(
    about: tuple[Texts, ...],
    scores: Scores,
    judged: tuple[Candidates, Weights, Method],
    *,
    by: str,
    left_out: LeftOut,
) -> Ranking:
    found, given, method = judged
    actors, names, types, cities, gates = about
    return Ranking(
        actors=actors,
        names=names,
        types=types,
        cities=cities,
        gates=gates,
        score=scores.score,
        score_low=scores.low,
        score_high=scores.high,
        rank=scores.rank,
        rank_best=scores.best,
        rank_worst=scores.worst,
        evidence=found.evidence,
        weights=found.weights,
        set_aside=found.set_aside,
        set_aside_share=float(sum(given.to_dict()[name] for name in found.set_aside)),
        method=method.name,
        by=by,
        left_out=left_out,
        scale="fixed" if method.fixed_scale else "observed",
        higher_is_better=method.higher_is_better,
    )


def _in_order(scores: Scores, order: Ints) -> Scores:
    """Bring what stands city by city back into the order of the actors."""
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    return Scores(
        scores.score[back],
        scores.low[back],
        scores.high[back],
        scores.rank[back],
        scores.best[back],
        scores.worst[back],
    )


def _refuse_intervals(method: Method, low: Floats, high: Floats, criteria: tuple[str, ...]) -> None:
    unknown = np.count_nonzero(low < high, axis=0)
    findings = [
        Finding("rank.intervals", {"method": method.name, "count": int(count)}, column=name)
        for name, count in zip(criteria, unknown, strict=True)
        if count
    ]
    if findings:
        raise MethodError(findings)


def _part(values: Floats, rows: Ints, columns: list[int]) -> Floats:
    """Take some rows and columns, each column in one piece."""
    return np.asarray(values.T[np.ix_(np.array(columns), rows)].T)


def _left_out(values: ValueMatrix, reasons: Texts) -> LeftOut:
    rows = np.flatnonzero(reasons != "")
    columns = (values.actors, values.names, values.types, values.cities, reasons)
    return LeftOut(*(column[rows] for column in columns))
