"""Who is compared, by what and how: what a ranking and all that is asked of it rest on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints, Texts
from partnermcda.core.segments import segment_sizes
from partnermcda.errors import Finding, MethodError, WeightsError
from partnermcda.matrix import DecisionMatrix, ValueMatrix
from partnermcda.methods import Method, as_method
from partnermcda.ranking.candidates import (
    Candidates,
    Options,
    candidates,
    check_options,
    everybody,
)
from partnermcda.ranking.result import Ranking
from partnermcda.ranking.scoring import by_city
from partnermcda.weights import Weights, as_weights

_MANY: Final = 5_000
_DEFAULTS: Final = Options("city", "unobserved", (), "show", 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Contest:
    """The k actors that are compared, laid city by city, and the n criteria they are judged by."""

    values: ValueMatrix | DecisionMatrix
    """What the actors and criteria were taken from."""
    given: Weights
    """Weights before anything was set aside."""
    method: Method
    """How actors are scored."""
    by: str
    """``city``, or empty where all actors are compared together."""
    found: Candidates
    """Who is compared, in the order of the values, and by what."""
    order: Ints | None
    """(k,) places of the actors compared among `found`, city by city; None where they stand so."""
    starts: Ints | None
    """(c,) first actor of each city; None where all are one."""

    def __len__(self) -> int:
        return len(self.found.rows)

    @property
    def weights(self) -> Weights:
        """Weights of the criteria judged, summing to 1."""
        return self.found.weights

    @property
    def criteria(self) -> tuple[str, ...]:
        """Names of the n criteria judged."""
        return self.found.weights.names

    @property
    def set_aside(self) -> tuple[str, ...]:
        """Criteria that are not judged, for nobody."""
        return self.found.set_aside

    @property
    def rows(self) -> Ints:
        """(k,) rows of the actors in `values`, city by city."""
        return self.found.rows if self.order is None else self.found.rows[self.order]

    @property
    def evidence(self) -> Floats:
        """(k,) share of the weight that was observed."""
        return self.found.evidence if self.order is None else self.found.evidence[self.order]

    @property
    def actors(self) -> Texts:
        """(k,) ids."""
        values = self.values
        return self._about(
            values.actors if isinstance(values, ValueMatrix) else values.alternatives
        )

    @property
    def names(self) -> Texts:
        """(k,) names."""
        values = self.values
        return self._about(values.names if isinstance(values, ValueMatrix) else values.alternatives)

    @property
    def types(self) -> Texts:
        """(k,) actor types; empty where not known."""
        return self._about(self.values.types if isinstance(self.values, ValueMatrix) else None)

    @property
    def cities(self) -> Texts:
        """(k,) cities; empty where none were given."""
        return self._about(self.values.cities)

    @property
    def city_names(self) -> Texts:
        """(c,) city of each group; empty where all actors are compared together."""
        if self.starts is None:
            return np.array([""], dtype=object)
        return self.cities[self.starts]

    @property
    def sizes(self) -> Ints:
        """(c,) number of actors in each group."""
        return segment_sizes(len(self), self.starts)

    @property
    def benefit(self) -> Bools | None:
        """(n,) true where more is better; None for all."""
        if isinstance(self.values, ValueMatrix):
            return None
        return self.values.benefit[self.found.columns] if self.set_aside else self.values.benefit

    @property
    def low(self) -> Floats:
        """(k, n) lowest values, made anew each time."""
        values = self.values
        return self._part(values.low if isinstance(values, ValueMatrix) else values.x)

    @property
    def mid(self) -> Floats:
        """(k, n) central values, made anew each time."""
        values = self.values
        return self._part(values.mid if isinstance(values, ValueMatrix) else values.x)

    @property
    def high(self) -> Floats:
        """(k, n) highest values, made anew each time."""
        values = self.values
        return self._part(values.high if isinstance(values, ValueMatrix) else values.x)

    def _about(self, column: Texts | None) -> Texts:
        if column is None:
            return np.full(len(self), "", dtype=object)
        return column if self._whole else column[self.rows]

    def _part(self, table: Floats) -> Floats:
        """Take the rows and columns compared, each column in one piece."""
        if isinstance(self.values, ValueMatrix):
            return np.asarray(table.T[np.ix_(np.array(self.found.columns), self.rows)].T)
        judged = table[:, self.found.columns] if self.set_aside else table
        return judged if self._whole else judged[self.rows]

    @property
    def _whole(self) -> bool:
        """Whether all actors are compared, as they stand."""
        return self.order is None and len(self) == len(self.values)


def make_contest(
    values: ValueMatrix | DecisionMatrix, given: Weights, method: Method, options: Options
) -> Contest:
    """Find who is compared and by what.

    Parameters
    ----------
    values : ValueMatrix or DecisionMatrix
        Values of m actors.
    given : Weights
        Of its criteria, in their order.
    method : Method
        How to score.
    options : Options
        Who shall be left out and which criteria set aside.

    Returns
    -------
    Contest

    Raises
    ------
    MethodError
        If an option does not exist.
    InventoryError
        If nothing is left to judge by, or nobody to compare.
    """
    roles = values.role_names if isinstance(values, ValueMatrix) else ()
    check_options(values.criteria, roles, options)
    if isinstance(values, ValueMatrix):
        found = candidates(values, given, options)
        cities = values.cities[found.rows] if options.by else None
    else:
        found = everybody(values, given, options.set_aside)
        cities = values.cities if options.by else None
    order, starts = (None, None) if cities is None else by_city(cities)
    by = "" if cities is None else "city"
    return Contest(values, given, method, by, found, order, starts)


def as_contest(
    given: Ranking | ValueMatrix | DecisionMatrix,
    weights: Weights | Mapping[str, float] | Sequence[float] | Floats | None = None,
    method: str | Method | None = None,
) -> Contest:
    """Find who is compared and by what, from a ranking or from values.

    Parameters
    ----------
    given : Ranking, ValueMatrix or DecisionMatrix
        A ranking, whose weights, method and options hold; or values, within each city and with
        nothing left out but what nobody is known by.
    weights : Weights, mapping of str to float, or (n,) array, optional
        One weight per criterion of the values.
    method : str or Method, optional
        How to score the values; TOPSIS without it.

    Returns
    -------
    Contest

    Raises
    ------
    WeightsError
        If values come without weights, or weights do not fit them.
    MethodError
        If a ranking comes with weights or a method of its own.
    InventoryError
        If nothing is left to judge by, or nobody to compare.
    """
    if isinstance(given, Ranking):
        if weights is not None or method is not None:
            raise MethodError(Finding("contest.ranking_and_more"))
        if given.contest is None:
            raise MethodError(Finding("contest.no_values"))
        return given.contest
    if weights is None:
        raise WeightsError(Finding("contest.no_weights", {"names": ", ".join(given.criteria)}))
    chosen = as_method("topsis" if method is None else method)
    return make_contest(given, as_weights(weights, given.criteria), chosen, _DEFAULTS)


def position(contest: Contest, actor: str, city: str | None = None) -> int:
    """Find an actor by its id, or by its name where only one has it.

    Parameters
    ----------
    contest : Contest
        Who is compared.
    actor : str
        Id or name.
    city : str, optional
        Its city, where several actors have that name.

    Returns
    -------
    int
        Its place, city by city.

    Raises
    ------
    MethodError
        If there is no such actor, or more than one.
    """
    here = np.ones(len(contest), dtype=bool) if city is None else contest.cities == city
    if not here.any():
        raise MethodError(no_city(contest, city))
    for column in (contest.actors, contest.names):
        places = np.flatnonzero(here & (column == actor))
        if len(places) == 1:
            return int(places[0])
        if len(places):
            cities = ", ".join(str(name) for name in contest.cities[places])
            details = {"name": actor, "count": len(places), "cities": cities}
            raise MethodError(Finding("contest.several", details))
    known = {str(name) for name in (*contest.actors[here], *contest.names[here])}
    raise MethodError(Finding("contest.actor", {"name": actor, "near": _near(str(actor), known)}))


def no_city(contest: Contest, city: str | None) -> Finding:
    """Tell that nobody is ranked in such a city.

    Parameters
    ----------
    contest : Contest
    city : str

    Returns
    -------
    Finding
    """
    names = {str(name) for name in contest.city_names}
    return Finding("contest.city", {"name": city, "near": _near(str(city), names)})


def _near(name: str, known: Collection[str]) -> str:
    """Name the nearest; among very many only of those that begin alike, as all take minutes."""
    some = sorted(known)
    if len(some) > _MANY:
        begin = name[:2].casefold()
        some = [other for other in some if other[:2].casefold() == begin][:_MANY]
    return ", ".join(get_close_matches(name, some, n=3, cutoff=0.0)) or "–"
