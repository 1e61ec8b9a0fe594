"""What a ranking is: scores and ranks with their bounds, and who is not in it."""

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

        Where all actors are ranked together, by rank and id.

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
        order = np.lexsort((self.rank, city))
        return _by_id_among_equals(order, self.rank, city, self.actors)


def _by_id_among_equals(order: Ints, ranks: Ints, city: Ints, ids: Texts) -> Ints:
    """Sort runs of one rank in one city by id, and touch nothing else."""
    import pandas as pd

    r, c = ranks[order], city[order]
    same = (r[1:] == r[:-1]) & (c[1:] == c[:-1])
    tied = np.flatnonzero(np.append(same, False) | np.append(False, same))
    rows = order[tied]
    codes = pd.factorize(ids[rows], sort=True)[0]
    order[tied] = rows[np.lexsort((codes, ranks[rows], city[rows]))]
    return order
