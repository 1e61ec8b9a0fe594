"""Every actor's rank as one weight goes from 0 to 1, with names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from partnermcda.core.arrays import Floats, Ints, Texts
from partnermcda.core.stability import weight_path as core_path
from partnermcda.errors import Finding, MethodError
from partnermcda.matrix import DecisionMatrix, ValueMatrix
from partnermcda.methods import Method
from partnermcda.ranking import Ranking
from partnermcda.ranking.contest import Contest, as_contest, no_city, position
from partnermcda.ranking.geometry import geometry
from partnermcda.robustness.stability import groups_of, held_still
from partnermcda.weights import Weights

# Tables are pandas's, and catalogs pydantic's; figures do without them.
if TYPE_CHECKING:
    import pandas as pd

    from partnermcda.catalog import Catalog

_TEXTS: Final = ("actor_id", "actor")


@dataclass(frozen=True, slots=True, eq=False)
class WeightPath:
    """Ranks of q actors of one city as one weight goes from 0 to 1.

    Examples
    --------
    >>> import partnermcda as pm
    >>> from partnermcda.robustness.paths import weight_path
    >>> phones = pm.DecisionMatrix([[0.9, 0.2], [0.5, 0.8]], criteria=["cost", "size"],
    ...                            benefit=[True, True], alternatives=["x", "y"])
    >>> path = weight_path(phones, [0.7, 0.3], "weighted_sum", criterion="cost")
    >>> [(round(low, 3), round(high, 3), actor) for low, high, actor in path.leaders()]
    [(0.0, 0.6, 'y'), (0.6, 1.0, 'x')]
    """

    city: str
    """Empty where all actors are compared together."""
    criterion: str
    """Criterion or pillar whose weight moves."""
    weight: float
    """What it weighs now."""
    actors: Texts
    """(q,) ids."""
    names: Texts
    """(q,) names."""
    breaks: Floats
    """(b,) weights at which a rank changes, rising, within (0, 1)."""
    ranks: Ints
    """(b + 1, q) ranks before the first, between two of them, and beyond the last."""
    notes: tuple[Finding, ...]
    """What was held still."""

    def leaders(self) -> list[tuple[float, float, str]]:
        """Tell who leads from which weight to which: the ids of those looked at.

        Returns
        -------
        list of (float, float, str)
            Lowest weight, highest weight, id; several where equals lead together.
        """
        edges = np.concatenate(([0.0], self.breaks, [1.0]))
        stretches = [self._stretches(edges, i) for i in range(len(self.actors))]
        return sorted(
            (low, high, str(self.actors[i]))
            for places, lows, highs, ranks in stretches
            for i, low, high, rank in zip(places, lows.tolist(), highs.tolist(), ranks, strict=True)
            if rank == 1
        )

    def to_frame(self) -> "pd.DataFrame":
        """Lay the path out as a table.

        Returns
        -------
        DataFrame
            Columns ``actor_id, actor, from, to, rank``: one row for an actor and a stretch over
            which its rank stands.
        """
        import pandas as pd

        edges = np.concatenate(([0.0], self.breaks, [1.0]))
        parts = [self._stretches(edges, i) for i in range(len(self.actors))]
        places, low, high, ranks = (np.concatenate(column) for column in zip(*parts, strict=True))
        table = {
            "actor_id": self.actors[places],
            "actor": self.names[places],
            "from": low,
            "to": high,
            "rank": ranks,
        }
        return pd.DataFrame(table).astype(dict.fromkeys(_TEXTS, pd.StringDtype("pyarrow")))

    def _stretches(self, edges: Floats, i: int) -> tuple[Ints, Floats, Floats, Ints]:
        ranks = self.ranks[:, i]
        first = np.flatnonzero(np.diff(ranks, prepend=-1))
        high = edges[np.append(first[1:], len(ranks))]
        return np.full(len(first), i), edges[first], high, ranks[first]


def weight_path(
    values: Ranking | ValueMatrix | DecisionMatrix,
    weights: Weights | Mapping[str, float] | Sequence[float] | Floats | None = None,
    method: str | Method | None = None,
    *,
    criterion: str,
    city: str | None = None,
    actors: Sequence[str] | None = None,
    pillars: "Catalog | Mapping[str, Sequence[str]] | None" = None,
) -> WeightPath:
    """Follow every rank of a city as one weight goes from 0 to 1 and the others are rescaled.

    Parameters
    ----------
    values : Ranking, ValueMatrix or DecisionMatrix
        A ranking, whose weights, method and options hold; or values.
    weights : Weights, mapping of str to float, or (n,) array, optional
        One weight per criterion of the values.
    method : str or Method, optional
        TOPSIS without it; or the weighted sum, or TOPSIS with observed ideals and the norm 1 or 2.
    criterion : str
        What moves: a criterion, or with `pillars` one of those.
    city : str, optional
        Which city; it may be left out where there is one only.
    actors : sequence of str, optional
        Ids or names of those to look at, among all; without it everybody.
    pillars : Catalog or mapping of str to sequence of str, optional
        Pillars that can move as a whole.

    Returns
    -------
    WeightPath
        Exact: every weight at which a rank changes, and no grid.

    Raises
    ------
    MethodError
        If there is no such criterion, city or actor, the method has no closed form, or more than a
        million pairs would have to be compared: then name some actors.
    WeightsError
        If values come without weights, or weights do not fit them.

    Examples
    --------
    >>> import partnermcda as pm
    >>> phones = pm.DecisionMatrix([[0.9, 0.2], [0.5, 0.8]], criteria=["cost", "size"],
    ...                            benefit=[True, True], alternatives=["x", "y"])
    >>> weight_path(phones, [0.7, 0.3], criterion="size").breaks.round(3)
    array([0.429])
    """
    contest = as_contest(values, weights, method)
    seen = geometry(contest)
    names, groups = groups_of(contest, pillars)
    if criterion not in names:
        details = {"name": criterion, "names": ", ".join(names)}
        raise MethodError(Finding("stability.criterion", details))
    here = _rows(contest, city)
    looked = None if actors is None else [position(contest, a, city) - here.start for a in actors]
    group = groups[names.index(criterion)]
    found = core_path(
        seen.mid[here],
        contest.weights.values,
        group,
        rows=looked,
        score=seen.score,
        ideal=seen.ideal,
        anti_ideal=seen.anti_ideal,
        p=seen.p,
    )
    return WeightPath(
        city=str(contest.cities[here.start]) if contest.by else "",
        criterion=criterion,
        weight=float(contest.weights.values[group].sum()),
        actors=contest.actors[here][found.rows],
        names=contest.names[here][found.rows],
        breaks=found.breaks,
        ranks=found.ranks,
        notes=() if seen.certain else (held_still(contest),),
    )


def _rows(contest: Contest, city: str | None) -> slice:
    """Rows of the city asked for, or of the only one."""
    names = [str(name) for name in contest.city_names]
    if city is None and len(names) > 1:
        raise MethodError(Finding("stability.which_city", {"count": len(names), "name": names[0]}))
    if city is not None and city not in names:
        raise MethodError(no_city(contest, city))
    place = 0 if city is None else names.index(city)
    first = 0 if contest.starts is None else int(contest.starts[place])
    return slice(first, first + int(contest.sizes[place]))
