"""The smallest change of all weights together by which another actor catches up with the leader."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnermcda.core.arrays import Floats, Texts
from partnermcda.core.nearest import Distance
from partnermcda.core.nearest import smallest_change as nearest_change
from partnermcda.errors import Finding, MethodError
from partnermcda.matrix import DecisionMatrix, ValueMatrix
from partnermcda.messages import say
from partnermcda.messages.figures import percent
from partnermcda.methods import Method
from partnermcda.ranking import Ranking
from partnermcda.ranking.contest import Contest, as_contest
from partnermcda.ranking.geometry import geometry
from partnermcda.weights import Weights

# Tables are pandas's, and catalogs pydantic's; figures do without them.
if TYPE_CHECKING:
    import pandas as pd

    from partnermcda.catalog import Catalog

_TEXTS = ("city", "leader_id", "leader", "rival_id", "rival")
_SHOWN = 0.0005


@dataclass(frozen=True, slots=True, eq=False)
class SmallestChange:
    """How far all weights together have to move, in each of c cities, for the leader to be caught.

    Examples
    --------
    >>> import partnermcda as pm
    >>> from partnermcda.robustness.changes import smallest_change
    >>> phones = pm.DecisionMatrix([[0.9, 0.2], [0.4, 0.8]], criteria=["cost", "size"],
    ...                            benefit=[True, True], alternatives=["x", "y"])
    >>> change = smallest_change(phones, [0.6, 0.4], "weighted_sum")
    >>> print(change.in_words())
    y draws level with x once 5.5% of the weight has moved: cost 60.0% → 54.5%; size 40.0% → 45.5%
    """

    contest: Contest
    """Who is compared, by what and how."""
    norm: Distance
    """What distances are: ``l1``, twice the weight moved, or ``l2``, the length of the change."""
    leaders: Texts
    """(c,) ids of the leaders."""
    rivals: Texts
    """(c,) ids of those who draw level; empty where nobody was found."""
    names: Texts
    """(c, 2) names of both."""
    weights: Floats
    """(c, n) the nearest weights found; NaN where there are none."""
    distance: Floats
    """(c,) how far they are from those of the contest; infinite where there are none."""
    low: Floats
    """(c,) no weights nearer than this will do; the same as `distance` where that is exact."""
    notes: tuple[Finding, ...]
    """What was held still."""

    def to_frame(self) -> "pd.DataFrame":
        """Lay the changes out as a table, one city a row.

        Returns
        -------
        DataFrame
            Columns ``city, leader_id, leader, rival_id, rival, distance_low, distance``, and
            ``weight_`` with the name of each criterion for the weights found.
        """
        import pandas as pd

        columns = (
            *(self.contest.city_names, self.leaders, self.names[:, 0], self.rivals),
            *(self.names[:, 1], self.low, self.distance),
        )
        table = dict(zip((*_TEXTS, "distance_low", "distance"), columns, strict=True))
        criteria = enumerate(self.contest.criteria)
        table |= {f"weight_{name}": self.weights[:, j] for j, name in criteria}
        return pd.DataFrame(table).astype(dict.fromkeys(_TEXTS, pd.StringDtype("pyarrow")))

    def in_words(
        self, language: str = "en", most: int = 5, *, catalog: "Catalog | None" = None
    ) -> str:
        """Say what it takes, the most fragile cities first.

        Parameters
        ----------
        language : {"en", "fr"}
            Language of the sentences.
        most : int
            How many cities are told.
        catalog : Catalog, optional
            Where criteria have their labels; without it their ids are told.

        Returns
        -------
        str
            One city a line.
        """
        order = np.argsort(self.low, kind="stable")
        lines = [self._line(int(i), language, catalog) for i in order[:most]]
        if len(order) > most:
            lines.append(say("change.more", language, count=len(order) - most))
        return "\n".join(lines)

    def _line(self, i: int, language: str, catalog: "Catalog | None") -> str:
        city = str(self.contest.city_names[i])
        start = f"{city}{say('colon', language)}" if city else ""
        leader, rival = self.names[i]
        if not np.isfinite(self.distance[i]):
            return start + say("change.nobody", language, leader=leader)
        if self.distance[i] == 0:
            return start + say("change.level", language, leader=leader, rival=rival)
        now, found = self.contest.weights.values, self.weights[i]
        share = 50 * np.abs(found - now).sum()
        names = self.contest.criteria
        moves = [
            f"{names[j] if catalog is None else catalog.label(names[j], language)} "
            f"{percent(now[j], language, 1)} → {percent(found[j], language, 1)}"
            for j in np.flatnonzero(np.abs(found - now) > _SHOWN)
        ]
        details = {"leader": leader, "rival": rival, "share": percent(share / 100, language, 1)}
        moved = say("semicolon", language).join(moves)
        return start + say("change.caught", language, moves=moved, **details)


def smallest_change(
    values: Ranking | ValueMatrix | DecisionMatrix,
    weights: Weights | Mapping[str, float] | Sequence[float] | Floats | None = None,
    method: str | Method | None = None,
    *,
    norm: Distance = "l1",
) -> SmallestChange:
    """Find the nearest weights under which another actor is at least as good as the leader.

    Parameters
    ----------
    values : Ranking, ValueMatrix or DecisionMatrix
        A ranking, whose weights, method and options hold; or values.
    weights : Weights, mapping of str to float, or (n,) array, optional
        One weight per criterion of the values.
    method : str or Method, optional
        TOPSIS without it; or the weighted sum, or TOPSIS with observed ideals.
    norm : {"l1", "l2"}
        How a change is measured: by the sum of its parts, which is twice the weight that is moved,
        or by its length.

    Returns
    -------
    SmallestChange
        For each city. Exact for the weighted sum; for TOPSIS the change found, confirmed by
        scoring, and a distance within which there is none, by proof
        (:func:`partnermcda.core.nearest.smallest_change`).

    Raises
    ------
    MethodError
        If the method is another one, or `norm` is none of those above.
    WeightsError
        If the weights do not fit.

    Notes
    -----
    A sensitivity of one weight at a time moves the others in proportion; here every weight is free,
    so this is the strictest of such measures: no change smaller than `low` does any harm. Values
    that are not known stand in the middle of their intervals.

    Examples
    --------
    >>> import partnermcda as pm
    >>> phones = pm.DecisionMatrix([[0.9, 0.2], [0.4, 0.8]], criteria=["price", "memory"],
    ...                            benefit=[True, True], alternatives=["x", "y"])
    >>> smallest_change(phones, [0.6, 0.4], "weighted_sum").distance.round(3)
    array([0.109])
    """
    contest = as_contest(values, weights, method)
    seen = geometry(contest)
    if seen.p != 2:
        raise MethodError(Finding("change.norm", {"method": contest.method.name}))
    found = nearest_change(
        seen.mid,
        contest.weights.values,
        norm=norm,
        starts=contest.starts,
        score=seen.score,
        ideal=seen.ideal,
        anti_ideal=seen.anti_ideal,
    )
    actors, names = np.append(contest.actors, ""), np.append(contest.names, "")
    return SmallestChange(
        contest=contest,
        norm=norm,
        leaders=actors[found.leader],
        rivals=actors[found.rival],
        names=names[np.column_stack([found.leader, found.rival])],
        weights=found.weights,
        distance=found.distance,
        low=found.low,
        notes=tuple(_notes(seen.certain, contest)),
    )


def _notes(certain: bool, contest: Contest) -> Iterator[Finding]:
    if not certain:
        count = int(np.count_nonzero(contest.low < contest.high))
        yield Finding("change.middle", {"count": count})
