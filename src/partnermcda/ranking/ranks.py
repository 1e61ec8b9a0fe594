"""From values and weights to ranks within each city."""

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

import numpy as np

from partnermcda.core.arrays import Floats, Ints, Texts
from partnermcda.errors import Finding, MethodError
from partnermcda.matrix import DecisionMatrix, ValueMatrix
from partnermcda.methods import Method, as_method
from partnermcda.ranking.candidates import Options, SetAside
from partnermcda.ranking.contest import Contest, make_contest
from partnermcda.ranking.result import LeftOut, Ranking
from partnermcda.ranking.scoring import Block, Scores, score_intervals, score_known
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
    given = as_weights(weights, values.criteria)
    return _ranking(make_contest(values, given, as_method(method), options))


def score_contest(contest: Contest) -> Scores:
    """Score and rank the actors of a contest.

    Parameters
    ----------
    contest : Contest
        Who is compared, by what and how: k actors.

    Returns
    -------
    Scores
        (k,) figures, city by city.

    Raises
    ------
    MethodError
        If the method cannot take these values, with the names of actor and criterion.
    """
    method, names, mid = contest.method, contest.criteria, contest.mid
    weights, starts = contest.weights.values, contest.starts
    block = Block(contest.actors, names, weights, contest.benefit, starts)
    if isinstance(contest.values, DecisionMatrix):
        return score_known(method, mid, block)
    low, high = contest.low, contest.high
    if method.fixed_scale:
        return score_intervals(method, low, mid, high, block)
    _refuse_intervals(method, low, high, names)
    return score_known(method, mid, block)


def _ranking(contest: Contest) -> Ranking:
    found, given = contest.found, contest.given.to_dict()
    values, method = contest.values, contest.method
    scores = score_contest(contest)
    figures = scores if contest.order is None else _in_order(scores, contest.order)
    actors, names, types, cities, gates = _about(values, found.rows)
    return Ranking(
        actors=actors,
        names=names,
        types=types,
        cities=cities,
        gates=gates,
        score=figures.score,
        score_low=figures.low,
        score_high=figures.high,
        rank=figures.rank,
        rank_best=figures.best,
        rank_worst=figures.worst,
        evidence=found.evidence,
        weights=found.weights,
        set_aside=found.set_aside,
        set_aside_share=float(sum(given[name] for name in found.set_aside)),
        method=method.name,
        by=contest.by,
        left_out=_left_out(values, found.reasons),
        scale="fixed" if method.fixed_scale else "observed",
        higher_is_better=method.higher_is_better,
        contest=contest,
    )


def _about(values: ValueMatrix | DecisionMatrix, rows: Ints) -> tuple[Texts, ...]:
    """Ids, names, types, cities and gates of those ranked."""
    if isinstance(values, ValueMatrix):
        columns = (values.actors, values.names, values.types, values.cities, values.gates)
        return tuple(column[rows] for column in columns)
    blank = np.full(len(values), "", dtype=object)
    cities = blank if values.cities is None else values.cities
    return values.alternatives, values.alternatives, blank, cities, blank


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


def _left_out(values: ValueMatrix | DecisionMatrix, reasons: Texts) -> LeftOut:
    if isinstance(values, DecisionMatrix):
        return LeftOut(*(reasons[:0] for _ in range(5)))
    rows = np.flatnonzero(reasons != "")
    columns = (values.actors, values.names, values.types, values.cities, reasons)
    return LeftOut(*(column[rows] for column in columns))
