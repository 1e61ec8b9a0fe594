"""What a ranking is: scores and ranks with their bounds, and who is not in it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from partnermcda.core.arrays import Floats, Ints, Texts
from partnermcda.weights import Weights

# Tables are pandas's; scores and ranks do without it, and a loop over small matrices too.
if TYPE_CHECKING:
    import pandas as pd

    from partnermcda.ranking.contest import Contest

COLUMNS: Final = (
    "city",
    "actor_id",
    "actor",
    "actor_type",
    "score",
    "score_low",
    "score_high",
    "rank",
    "rank_best",
    "rank_worst",
    "evidence",
)


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """The k actors that are not ranked, and why."""

    actors: Texts
    """(k,) ids."""
    names: Texts
    """(k,) names."""
    types: Texts
    """(k,) actor types."""
    cities: Texts
    """(k,) cities."""
    reasons: Texts
    """(k,) ``outside``, ``role``, ``gate``, ``no_evidence`` or ``little_evidence``."""

    def counts(self) -> dict[str, int]:
        """Count the actors left out for each reason."""
        reasons, counts = np.unique(self.reasons.astype(str), return_counts=True)
        return dict(zip(reasons.tolist(), counts.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Summary:
    """How much the ranking decides."""

    ranked: int
    """Actors ranked."""
    cities: int
    """Cities, or 1 where all are ranked together."""
    possible_leaders: int
    """Actors that could be first in their city."""
    certain_leaders: int
    """Actors that are first whatever the missing answers are."""
    median_span: float
    """Median of worst rank less best rank."""
    median_evidence: float
    """Median share of weight that was observed."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Scores and ranks of m actors, each with the interval that missing evidence leaves open.

    Rows stand in the order of the inventory; :meth:`to_frame` sorts them.

    Examples
    --------
    >>> import pandas as pd
    >>> import partnermcda as pm
    >>> catalog = pm.load_catalog("urban-services")
    >>> actors = pd.DataFrame({
    ...     "actor_id": ["a", "b"], "actor": ["Ada", "Bo"], "actor_type": ["ngo", "start_up"],
    ...     "city": ["Dakar", "Dakar"], "res_technical": [2, 4]})
    >>> values = pm.evaluate(pm.read_inventory(actors, catalog), catalog)
    >>> ranking = pm.rank(values, catalog.weights("balanced"))
    >>> ranking.to_frame()[["actor", "rank", "score"]].to_dict("list")
    {'actor': ['Bo', 'Ada'], 'rank': [1, 2], 'score': [0.75, 0.25]}
    >>> ranking.summary().possible_leaders
    1
    """

    actors: Texts
    """(m,) ids."""
    names: Texts
    """(m,) names."""
    types: Texts
    """(m,) actor types; empty where not known."""
    cities: Texts
    """(m,) cities."""
    gates: Texts
    """(m,) worst verdict of each actor's gates; empty where none was answered."""
    score: Floats
    """(m,) the method's own figures; on the fixed scale in [0, 1], 1 the best."""
    score_low: Floats
    """(m,) lowest score the missing answers allow."""
    score_high: Floats
    """(m,) highest score the missing answers allow."""
    rank: Ints
    """(m,) rank within the city by `score`; 1 is best, equals share a rank."""
    rank_best: Ints
    """(m,) best rank the missing answers allow."""
    rank_worst: Ints
    """(m,) worst rank the missing answers allow."""
    evidence: Floats
    """(m,) share of the weight that was observed."""
    weights: Weights
    """Weights as used: without what was set aside."""
    set_aside: tuple[str, ...]
    """Criteria that were not judged, for nobody."""
    set_aside_share: float
    """Share of the weight they carried."""
    method: str
    """Name of the method, with its parameters."""
    by: str
    """``city``, or empty where all actors are ranked together."""
    left_out: LeftOut
    """Actors that are not ranked."""
    scale: Literal["fixed", "observed"] = "fixed"
    """Whether scores are measured by fixed ideals, or by those observed among the actors."""
    higher_is_better: bool = True
    """Whether the highest score is the best."""
    contest: "Contest | None" = None
    """Who was compared by what, for all that is asked of the ranking afterwards."""

    def __len__(self) -> int:
        return len(self.actors)

    def to_frame(self) -> "pd.DataFrame":
        """Lay the ranking out as a table, sorted by city, rank and id.

        Where all actors are ranked together, by rank, id and city.

        Returns
        -------
        DataFrame
            Columns ``city, actor_id, actor, actor_type, score, score_low, score_high, rank,
            rank_best, rank_worst, evidence``.
        """
        import pandas as pd

        columns = (
            *(self.cities, self.actors, self.names, self.types),
            *(self.score, self.score_low, self.score_high),
            *(self.rank, self.rank_best, self.rank_worst, self.evidence),
        )
        order = self._reading_order()
        table = {n: c[order] for n, c in zip(COLUMNS, columns, strict=True)}
        return pd.DataFrame(table).astype(dict.fromkeys(COLUMNS[:4], pd.StringDtype("pyarrow")))

    def summary(self) -> Summary:
        """Say how much the ranking decides.

        Returns
        -------
        Summary
        """
        return Summary(
            ranked=len(self),
            cities=len(set(self.cities)) if self.by else 1,
            possible_leaders=int(np.count_nonzero(self.rank_best == 1)),
            certain_leaders=int(np.count_nonzero(self.rank_worst == 1)),
            median_span=float(np.median(self.rank_worst - self.rank_best)),
            median_evidence=float(np.median(self.evidence)),
        )

    def _reading_order(self) -> Ints:
        import pandas as pd

        city = pd.factorize(self.cities, sort=True)[0] if self.by else np.zeros(len(self), np.int64)
        return reading_order(city, self.rank, self._id_codes)

    def _id_codes(self, rows: Ints) -> Ints:
        """Give some actors numbers in the order of their ids; in several cities, ids and cities."""
        import pandas as pd

        ids: Ints = pd.factorize(self.actors[rows], sort=True)[0]
        if self.by:
            return ids
        city = pd.factorize(self.cities[rows], sort=True)[0]
        return np.asarray(ids * (city.max(initial=0) + 1) + city)


def reading_order(city: Ints, rank: Ints, id_codes: Callable[[Ints], Ints]) -> Ints:
    """Put actors in the order in which a ranking is read: by city, rank and id.

    Parameters
    ----------
    city : (m,) array of int
        Numbers of the cities, in their order.
    rank : (m,) array of int
        Rank of each actor in its city.
    id_codes : callable
        Gives numbers, in the order of their ids, to the actors at some positions.

    Returns
    -------
    (m,) array of int
        Positions. Only equals are sorted by id, and nothing else is touched.

    Examples
    --------
    >>> ids = np.array([3, 2, 1])
    >>> reading_order(np.array([1, 0, 0]), np.array([1, 1, 1]), lambda rows: ids[rows])
    array([2, 1, 0])
    """
    place = city * (rank.max(initial=0) + 1) + rank
    order = np.argsort(place, kind="stable")
    same = np.diff(place[order]) == 0
    tied = np.flatnonzero(np.append(same, False) | np.append(False, same))
    rows = order[tied]
    order[tied] = rows[np.lexsort((id_codes(rows), place[rows]))]
    return order
