"""What it would take: the least improvement by which an actor reaches a rank."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from partnermcda.core.arrays import Floats
from partnermcda.errors import Finding, MethodError, short
from partnermcda.explaining.edges import edges_of, is_count
from partnermcda.explaining.improvement_result import Improvement, Improvements
from partnermcda.explaining.ways import Climb, ways_of
from partnermcda.matrix import DecisionMatrix
from partnermcda.ranking import Ranking
from partnermcda.ranking.contest import Contest, as_contest, position

if TYPE_CHECKING:
    from partnermcda.catalog import Catalog

__all__ = ["Improvement", "Improvements", "improvements"]


def improvements(
    ranking: Ranking,
    actor: str,
    rank: int = 1,
    *,
    city: str | None = None,
    catalog: "Catalog | None" = None,
    pillars: bool = False,
    precision: float = 0.001,
) -> Improvements:
    """Find the least improvement of each criterion by which an actor reaches a rank.

    Parameters
    ----------
    ranking : Ranking
        By a method on the fixed scale.
    actor : str
        Its id, or its name where only one has it.
    rank : int
        The rank to be reached; equals share a rank, so drawing level is enough.
    city : str, optional
        The actor's city, where several have its name.
    catalog : Catalog, optional
        The one the values were made by: with it improvements are told in its units, in whole
        numbers for counts and for ratings from 1 to 5. Without it they are told as the values are.
    pillars : bool
        Whether pillars of the catalog are improved as well, each as a whole: all its criteria that
        are judged by the same share of their way to the best.
    precision : float
        By what share of its scale, from 1e-9 to 1, a value can be more than needed: values are told
        in steps, each a power of ten no longer than this, or 1 for whole numbers.

    Returns
    -------
    Improvements

    Raises
    ------
    MethodError
        If there is no such actor or rank, the method measures actors by one another, or the
        catalog is not that of the values.

    Notes
    -----
    On a fixed scale an actor's score rises with each of its values and moves nobody else. So
    bisection finds the least share of the way to the best that is enough, to 1e-13; a value is then
    the least whole number of steps that reaches the rank, confirmed by scoring: one step less does
    not. A pillar that is combined in order is always told as a pillar: as its ordered weights sum
    to 1, its value goes the same share of its way as all its criteria do.

    Examples
    --------
    >>> import pandas as pd
    >>> import partnermcda as pm
    >>> catalog = pm.load_catalog("urban-services")
    >>> actors = pd.DataFrame({
    ...     "actor_id": ["a", "b"], "actor": ["Ada", "Bo"], "actor_type": ["ngo", "start_up"],
    ...     "city": ["Dakar", "Dakar"], "res_human": [5, 9], "res_data": [3, 3]})
    >>> values = pm.evaluate(pm.read_inventory(actors, catalog), catalog)
    >>> ranking = pm.rank(values, catalog.weights("balanced"))
    >>> print(improvements(ranking, "Ada", catalog=catalog).in_words())
    Ada has rank 2 of 2. To reach rank 1, each of these alone is enough:
    Data it holds and could share: 4 instead of 3, 1 more (1-5)
    People it can assign: 9 instead of 5, 4 more (full-time equivalents)
    """
    contest = as_contest(ranking)
    row = position(contest, actor, city)
    size = int(contest.sizes[np.searchsorted(np.cumsum(contest.sizes), row, side="right")])
    faults = [
        *_impossible(contest, size, rank, precision),
        *_without_catalog(contest, catalog, pillars=pillars),
    ]
    if faults:
        raise MethodError(faults)
    edges = edges_of(contest, rank)
    low, now, high = (table[row] for table in (contest.low, contest.mid, contest.high))
    climb = Climb(
        contest=contest,
        now=now,
        best=_best(contest),
        known=low == high,
        target=float(edges.target[row]) - edges.tolerance,
        precision=precision,
    )
    return Improvements(
        contest=contest,
        actor=row,
        rank=rank,
        rank_now=int(ranking.rank[row if contest.order is None else contest.order[row]]),
        actors=size,
        found=climb.take(tuple(ways_of(contest, catalog, pillars=pillars))),
        catalog=catalog,
        notes=tuple(_notes(contest, climb, catalog)),
    )


def _best(contest: Contest) -> Floats:
    n = len(contest.criteria)
    return np.ones(n) if contest.benefit is None else contest.benefit.astype(float)


def _impossible(contest: Contest, size: int, rank: object, precision: object) -> Iterator[Finding]:
    if not contest.method.fixed_scale:
        yield Finding("improvements.method", {"method": contest.method.name})
    if not is_count(rank) or int(str(rank)) > size:
        yield Finding("improvements.rank", {"count": size}, value=short(rank))
    if not isinstance(precision, int | float) or not 1e-9 <= precision <= 1:
        yield Finding("improvements.precision", value=short(precision))


def _without_catalog(
    contest: Contest, catalog: "Catalog | None", *, pillars: bool
) -> Iterator[Finding]:
    if catalog is None:
        if pillars:
            yield Finding("improvements.pillars")
        return
    if isinstance(contest.values, DecisionMatrix):
        yield Finding("improvements.no_scale")
        return
    unknown = [name for name in contest.criteria if name not in catalog.entries]
    if unknown:
        details = {"names": ", ".join(unknown), "catalog": catalog.catalog}
        yield Finding("improvements.catalog", details)


def _notes(contest: Contest, climb: Climb, catalog: "Catalog | None") -> Iterator[Finding]:
    others = int(np.count_nonzero((contest.low < contest.high).any(axis=1)))
    if others:
        yield Finding("improvements.middle", {"count": others})
    if catalog is None:
        return
    names = np.array(contest.criteria, dtype=object)
    ordered = [p.id for p in catalog.pillars if p.combine and p.id in contest.criteria]
    if ordered:
        yield Finding("improvements.in_order", {"names": ", ".join(ordered)})
    at_worst = names[climb.known & (climb.now == 0) & ~np.isin(names.astype(str), ordered)]
    if len(at_worst):
        yield Finding("improvements.at_worst", {"names": ", ".join(at_worst)})
