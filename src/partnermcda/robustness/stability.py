"""How far each weight can move before the answer changes, with names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from partnermcda.core.arrays import Floats, Texts
from partnermcda.core.stability import stability
from partnermcda.core.stability.intervals import Keep
from partnermcda.errors import Finding, MethodError
from partnermcda.matrix import DecisionMatrix, ValueMatrix
from partnermcda.matrix.values import texts
from partnermcda.methods import Method
from partnermcda.ranking import Ranking
from partnermcda.ranking.contest import Contest, as_contest
from partnermcda.ranking.geometry import geometry
from partnermcda.weights import Weights

# Tables are pandas's, and catalogs pydantic's; figures do without them.
if TYPE_CHECKING:
    import pandas as pd

    from partnermcda.catalog import Catalog

_TEXTS: Final = ("city", "criterion", "below", "above")


@dataclass(frozen=True, slots=True, eq=False)
class WeightStability:
    """Between which weights the answer stands in each of c cities, for g criteria or pillars.

    Examples
    --------
    >>> import partnermcda as pm
    >>> from partnermcda.robustness.stability import weight_stability
    >>> phones = pm.DecisionMatrix([[0.9, 0.2], [0.5, 0.8]], criteria=["cost", "size"],
    ...                            benefit=[True, True], alternatives=["x", "y"])
    >>> found = weight_stability(phones, [0.7, 0.3], "weighted_sum")
    >>> found.to_frame()[["criterion", "low", "high", "below", "above"]].round(2).to_dict("list")
    ... # doctest: +NORMALIZE_WHITESPACE
    {'criterion': ['cost', 'size'], 'low': [0.6, 0.0], 'high': [1.0, 0.4],
     'below': ['y', ''], 'above': ['', 'y']}
    """

    contest: Contest
    """Who is compared, by what and how."""
    keep: Keep
    """What stands within the intervals: ``leader``, ``order``, or who the best so many are."""
    names: tuple[str, ...]
    """Criteria, or pillars."""
    weights: Floats
    """(g,) their weights."""
    cities: Texts
    """(c,) cities; one empty name where all actors are compared together."""
    low: Floats
    """(c, g) lowest weight, the others rescaled alike; 0 where nothing changes beneath."""
    high: Floats
    """(c, g) highest weight; 1 where nothing changes beyond."""
    below: Texts
    """(c, g) id of who comes to a better place beneath; empty for nobody."""
    above: Texts
    """(c, g) id of who comes to a better place beyond; empty for nobody."""
    notes: tuple[Finding, ...]
    """What was held still."""

    def __len__(self) -> int:
        return len(self.cities)

    @property
    def room(self) -> Floats:
        """(c, g) how far the weight is from where the answer changes; infinite if nowhere."""
        down = np.where(self.below != "", self.weights - self.low, np.inf)
        up = np.where(self.above != "", self.high - self.weights, np.inf)
        return np.maximum(np.minimum(down, up), 0.0)

    def to_frame(self) -> "pd.DataFrame":
        """Lay the intervals out as a table, the most fragile weight of each city first.

        Returns
        -------
        DataFrame
            Columns ``city, criterion, weight, low, high, below, above, room``, sorted by city and
            room.
        """
        import pandas as pd

        c, g = self.low.shape
        room = self.room
        city = pd.factorize(self.cities, sort=True)[0].repeat(g)
        order = np.lexsort((np.tile(np.arange(g), c), room.reshape(-1), city))
        table = {
            "city": self.cities.repeat(g),
            "criterion": np.tile(texts(list(self.names)), c),
            "weight": np.tile(self.weights, c),
            "low": self.low.reshape(-1),
            "high": self.high.reshape(-1),
            "below": self.below.reshape(-1),
            "above": self.above.reshape(-1),
            "room": room.reshape(-1),
        }
        frame = pd.DataFrame({name: column[order] for name, column in table.items()})
        return frame.astype(dict.fromkeys(_TEXTS, pd.StringDtype("pyarrow")))


def weight_stability(
    values: Ranking | ValueMatrix | DecisionMatrix,
    weights: Weights | Mapping[str, float] | Sequence[float] | Floats | None = None,
    method: str | Method | None = None,
    *,
    keep: Keep = "leader",
    pillars: "Catalog | Mapping[str, Sequence[str]] | None" = None,
) -> WeightStability:
    """Find how far each weight can move before the answer changes, exactly.

    Parameters
    ----------
    values : Ranking, ValueMatrix or DecisionMatrix
        A ranking, whose weights, method and options hold; or values.
    weights : Weights, mapping of str to float, or (n,) array, optional
        One weight per criterion of the values.
    method : str or Method, optional
        TOPSIS without it; or the weighted sum, or TOPSIS with observed ideals and the norm 1 or 2.
    keep : {"leader", "order"} or int
        What shall stand: who is first in a city, everybody's place there, or who the best so many
        are.
    pillars : Catalog or mapping of str to sequence of str, optional
        Move whole pillars, the weights inside rescaled alike, rather than single criteria. Criteria
        that were set aside are left out of them.

    Returns
    -------
    WeightStability
        For every city. What is not known counts with its middle value, and a note says so.

    Raises
    ------
    MethodError
        If the method has no closed form, `keep` is none of the above, or a pillar names a
        criterion that there is not.
    WeightsError
        If values come without weights, or weights do not fit them.

    Notes
    -----
    See :func:`partnermcda.core.stability` for the mathematics.

    Examples
    --------
    >>> import partnermcda as pm
    >>> phones = pm.DecisionMatrix([[0.9, 0.2, 0.6], [0.5, 0.8, 0.7]], benefit=[True] * 3,
    ...                            criteria=["cost", "size", "speed"], alternatives=["x", "y"])
    >>> found = weight_stability(phones, [0.7, 0.2, 0.1], pillars={"use": ["size", "speed"]})
    >>> found.high.round(2), found.above
    (array([[0.52]]), array([['y']], dtype=object))
    """
    contest = as_contest(values, weights, method)
    seen = geometry(contest)
    names, groups = groups_of(contest, pillars)
    found = stability(
        seen.mid,
        contest.weights.values,
        np.zeros(1, dtype=np.int64) if contest.starts is None else contest.starts,
        keep=keep,
        groups=groups,
        score=seen.score,
        ideal=seen.ideal,
        anti_ideal=seen.anti_ideal,
        p=seen.p,
    )
    ids = np.append(contest.actors, "")
    return WeightStability(
        contest=contest,
        keep=keep,
        names=names,
        weights=np.array([contest.weights.values[group].sum() for group in groups]),
        cities=contest.city_names,
        low=found.low,
        high=found.high,
        below=ids[found.below],
        above=ids[found.above],
        notes=() if seen.certain else (held_still(contest),),
    )


def held_still(contest: Contest) -> Finding:
    """Note that what is not known stands at its middle.

    Parameters
    ----------
    contest : Contest

    Returns
    -------
    Finding
    """
    unknown = int(np.count_nonzero(contest.low < contest.high))
    return Finding("stability.middle", {"count": unknown})


def groups_of(
    contest: Contest, pillars: "Catalog | Mapping[str, Sequence[str]] | None"
) -> tuple[tuple[str, ...], list[list[int]]]:
    """Tell what moves: each criterion, or each pillar with the places of its criteria.

    Parameters
    ----------
    contest : Contest
    pillars : Catalog, mapping of str to sequence of str, or None

    Returns
    -------
    names : tuple of str
    groups : list of list of int

    Raises
    ------
    MethodError
        If a pillar names a criterion that there is not.
    """
    criteria = contest.criteria
    if pillars is None:
        return criteria, [[j] for j in range(len(criteria))]
    named = pillars if isinstance(pillars, Mapping) else _of_catalog(pillars)
    faults = list(_strangers(contest, named))
    if faults:
        raise MethodError(faults)
    places = {
        name: [criteria.index(one) for one in within if one in criteria]
        for name, within in named.items()
    }
    judged = {name: group for name, group in places.items() if group}
    return tuple(judged), list(judged.values())


def _of_catalog(catalog: "Catalog") -> dict[str, Sequence[str]]:
    """Entries of each pillar; a pillar combined in order is one itself."""
    tree = catalog.hierarchy
    return {name: tree.children.get(name, (name,)) for name in tree.children[tree.root]}


def _strangers(contest: Contest, named: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """Criteria of pillars that nobody has values for."""
    there = (*contest.criteria, *contest.set_aside)
    for pillar, within in named.items():
        for name in within:
            if name not in there:
                details = {"pillar": pillar, "name": name, "names": ", ".join(there)}
                yield Finding("stability.pillar", details)
