"""What an actor's score and its lead come from, criterion by criterion."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.core.shapley import EXACT, score_parts
from partnermcda.errors import Finding, MethodError
from partnermcda.explaining.explanation_result import Explanation, Parts
from partnermcda.explaining.explanation_scale import Scale, scale_of
from partnermcda.ranking import Ranking
from partnermcda.ranking.contest import Contest, as_contest, position

if TYPE_CHECKING:
    from partnermcda.catalog import Catalog

__all__ = ["Explanation", "Parts", "explain"]

_SEED: Final = 0
_PAIRS: Final = 1000


def explain(
    ranking: Ranking,
    actor: str,
    *,
    against: str | None = None,
    city: str | None = None,
    catalog: "Catalog | None" = None,
) -> Explanation:
    r"""Share out an actor's score, and its lead over another, among the criteria.

    Parameters
    ----------
    ranking : Ranking
        By a method on the fixed scale, or by TOPSIS with observed ideals.
    actor : str
        Its id, or its name where only one has it.
    against : str, optional
        Id or name of another actor it is ranked with; without it the best of the others: the next
        behind a leader, and the leader for everybody else.
    city : str, optional
        The actor's city, where several have its name.
    catalog : Catalog, optional
        The one the values were made by, for the labels of criteria and the sums of pillars.

    Returns
    -------
    Explanation
        Parts in the score, in the lead, and in the distance from the median of those it is ranked
        with; each sums to what it explains.

    Raises
    ------
    MethodError
        If there is no such actor, the method measures actors by one another, or the catalog is not
        that of the values.

    Notes
    -----
    A part is a Shapley value [1]_: what the score gains as a criterion goes from one actor's value
    to the other's, averaged over all orders in which criteria can do so. The parts of a weighted
    sum are :math:`w_j r_{ij}`. A score is counted from the worst values there are, where closeness
    is 0; a weighted product from the best, where it is 1, so its parts are losses. With ideals
    taken from the data these stay as they are in the city, and parts are as exact as the normalized
    values are. Up to 20 criteria that differ parts are exact; beyond, 1,000 pairs of orders are
    drawn with a fixed seed, and a note has the standard error.

    Unknown values stand in the middle of their intervals, as in the ranking. How far each could
    move the score, and all together the score and the lead, is exact.

    References
    ----------
    .. [1] L. S. Shapley, "A value for n-person games", in Contributions to the Theory of Games II,
       Princeton University Press, 1953, :doi:`10.1515/9781400881970-018`.

    Examples
    --------
    >>> import partnermcda as pm
    >>> matrix = pm.DecisionMatrix([[0.9, 0.5], [0.6, 0.7]], criteria=["reach", "skills"],
    ...                            benefit=[True, True], alternatives=["Ada", "Bo"])
    >>> print(explain(pm.rank(matrix, [3, 1], "weighted_sum"), "Ada").in_words())
    Ada has rank 1 of 2, with a score of 0.80: reach 0.68, skills 0.12.
    Ada leads Bo by 0.18: reach +0.23, skills −0.05.
    Stronger than the median of the 2 actors: reach +0.11.
    Weaker than the median of the 2 actors: skills −0.03.
    """
    contest = as_contest(ranking)
    place = position(contest, actor, city)
    group = _group(contest, place)
    ranks = ranking.rank if contest.order is None else ranking.rank[contest.order]
    rival = _rival(contest, ranks, place, against)
    faults = [*_same(contest, place, against, rival), *_strange(contest, catalog)]
    if faults:
        raise MethodError(faults)
    scale = scale_of(contest, group)
    places = [place] if rival is None else [place, rival]
    own, *others = (j - group.start for j in places)
    known = scale.known[[own, *others]]
    found = [
        _parts(scale, own, reference)
        for reference in (scale.start, scale.median, *scale.mid[others])
    ]
    rows = places if contest.order is None else contest.order[places]
    alone = _alone(scale, own)
    return Explanation(
        contest=contest,
        actor=place,
        rival=rival,
        actors=group.stop - group.start,
        ranks=tuple(ranks[places].tolist()),
        values=scale.mid[own],
        known=known,
        from_start=found[0],
        counted_from=scale.from_end,
        over_median=found[1],
        over_rival=found[2] if others else None,
        alone_low=alone[0],
        alone_high=alone[1],
        bounds=np.array([ranking.score_low[rows], ranking.score_high[rows]]).T,
        catalog=catalog,
        notes=tuple(_notes(contest, known, found)),
    )


def _group(contest: Contest, place: int) -> slice:
    """Find all that an actor is ranked among."""
    last = np.cumsum(contest.sizes)
    city = int(np.searchsorted(last, place, side="right"))
    return slice(int(last[city] - contest.sizes[city]), int(last[city]))


def _rival(contest: Contest, ranks: Ints, place: int, against: str | None) -> int | None:
    if against is not None:
        return position(contest, against, str(contest.cities[place]) if contest.by else None)
    group = _group(contest, place)
    others = np.arange(group.start, group.stop)
    others = others[others != place]
    if not len(others):
        return None
    best = others[ranks[others] == ranks[others].min()]
    return int(best[np.argmin(contest.actors[best].astype(str))])


def _same(
    contest: Contest, place: int, against: str | None, rival: int | None
) -> Iterator[Finding]:
    if rival == place:
        yield Finding("explain.same", {"name": against, "actor": str(contest.names[place])})


def _strange(contest: Contest, catalog: "Catalog | None") -> Iterator[Finding]:
    if catalog is None:
        return
    unknown = [name for name in contest.criteria if name not in catalog.entries]
    if unknown:
        details = {"names": ", ".join(unknown), "catalog": catalog.catalog}
        yield Finding("explain.catalog", details)


def _parts(scale: Scale, i: int, reference: Floats) -> Parts:
    ends = scale.score(np.array([reference, scale.mid[i]]))
    parts, errors = score_parts(scale.score, scale.mid[i], reference, pairs=_PAIRS, rng=_SEED)
    return Parts(float(ends[0]), float(ends[1]), reference, parts, errors)


def _alone(scale: Scale, i: int) -> tuple[Floats, Floats]:
    """Find how far each value alone could move an actor's score, the others held."""
    n = scale.mid.shape[1]
    cells = np.arange(n)
    scores = []
    for end in (scale.low, scale.high):
        rows = np.tile(scale.mid[i], (n, 1))
        rows[cells, cells] = end[i]
        scores.append(scale.score(rows))
    return np.minimum(*scores), np.maximum(*scores)


def _notes(contest: Contest, certain: Bools, parts: list[Parts]) -> Iterator[Finding]:
    unknown = int(np.count_nonzero(~certain))
    if unknown:
        yield Finding("explain.middle", {"count": unknown})
    if contest.set_aside:
        yield Finding("explain.set_aside", {"names": ", ".join(contest.set_aside)})
    if not contest.method.fixed_scale:
        yield Finding("explain.held", {"method": contest.method.name})
    error = max(float(one.errors.max()) for one in parts)
    if error > 0:
        details = {"most": EXACT, "orders": 2 * _PAIRS, "error": f"{error:.1g}"}
        yield Finding("explain.drawn", details)
