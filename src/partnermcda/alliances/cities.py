"""The best coalitions of all cities, and where none is good enough."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from partnermcda.alliances.result import COLUMNS, NEED_COLUMNS, Coalition, table
from partnermcda.errors import Finding

if TYPE_CHECKING:
    import pandas as pd

CITY_COLUMNS: Final = (
    *("city", "candidates", "members", "size", "value", "coverage", "coverage_low"),
    *("coverage_high", "gap", "most", "reached", "short", "reason"),
)


@dataclass(frozen=True, slots=True, eq=False)
class CityCoalition:
    """What was found for one city."""

    city: str
    """Its name."""
    candidates: int
    """How many could take part."""
    coalition: Coalition | None
    """The best sets; none where demands could not be met."""
    most: float
    """Share of the needs that any allowed set can cover at most, if the best one covers less than
    is enough; else what that covers."""
    faults: tuple[Finding, ...]
    """Why there is no coalition."""


@dataclass(frozen=True, slots=True, eq=False)
class Coalitions:
    """The best coalitions of c cities, in the order of their names.

    Examples
    --------
    >>> import pandas as pd
    >>> from partnermcda.catalog import load_catalog
    >>> from partnermcda.alliances import coalitions
    >>> from partnermcda.inventory import read_inventory
    >>> catalog = load_catalog("urban-services")
    >>> actors = pd.DataFrame({
    ...     "actor_id": ["a", "b", "c"], "actor": ["Ada", "Bo", "Co"],
    ...     "actor_type": ["ngo", "start_up", "ngo"], "city": ["Dakar", "Dakar", "Louga"],
    ...     "res_technical": [2, 4, 1], "dig_data_platform": [4, 1, 4]})
    >>> needs = {c.id: 0 for c in catalog.capabilities if c.always}
    >>> needs |= {"engineering": 0.6, "platform": 0.6}
    >>> found = coalitions(read_inventory(actors, catalog), catalog, needs, processes=1)
    >>> found.to_frame()[["city", "members", "reached", "short"]].to_dict("list")
    {'city': ['Dakar', 'Louga'], 'members': ['a, b', 'c'], 'reached': [True, False],
     'short': ['', 'engineering']}
    """

    cities: tuple[CityCoalition, ...]
    """(c,) what was found."""
    enough: float
    """Share of the needs that should be reached."""
    notes: tuple[Finding, ...]
    """What was not taken into account in any city."""

    def __len__(self) -> int:
        return len(self.cities)

    def __getitem__(self, city: str) -> CityCoalition:
        return {one.city: one for one in self.cities}[city]

    def to_frame(self, language: str = "en") -> "pd.DataFrame":
        """Lay the cities out as a table, one row for each.

        Parameters
        ----------
        language : {"en", "fr"}
            Language of the reasons.

        Returns
        -------
        DataFrame
            Columns ``city, candidates, members, size, value, coverage, coverage_low,
            coverage_high, gap, most, reached, short, reason``. ``most`` is the most that any
            coalition can cover where the best one covers too little; ``reached`` says whether that
            is enough; ``short`` names the capabilities left open, those that cost most first.
        """
        return table([self._row(one, language) for one in self.cities], CITY_COLUMNS)

    def members_frame(self) -> "pd.DataFrame":
        """Lay the members of all cities' coalitions out as a table, as :meth:`Coalition.to_frame`.

        Returns
        -------
        DataFrame
        """
        found = (one.coalition for one in self.cities if one.coalition is not None)
        return table([row for one in found for row in one.member_rows()], COLUMNS)

    def needs_frame(self) -> "pd.DataFrame":
        """Lay all cities' needs out as a table, as :meth:`Coalition.needs_frame`.

        Returns
        -------
        DataFrame
        """
        found = (one.coalition for one in self.cities if one.coalition is not None)
        return table([row for one in found for row in one.need_rows()], NEED_COLUMNS)

    def out_of_reach(self) -> tuple[str, ...]:
        """Coalitions in which no coalition covers enough, or none is allowed."""
        return tuple(one.city for one in self.cities if not one.most >= self.enough)

    def _row(self, one: CityCoalition, language: str) -> tuple[Any, ...]:
        reached = bool(one.most >= self.enough)
        if one.coalition is None:
            reason = "; ".join(finding.problem(language) for finding in one.faults)
            nothing = (np.nan,) * 5
            return (one.city, one.candidates, "", 0, *nothing, one.most, reached, "", reason)
        found, plan = one.coalition, one.coalition.best
        low, mid, high = found.shares()
        short, members = ", ".join(found.short()), ", ".join(found.members())
        return (
            *(one.city, one.candidates, members, len(plan.rows), plan.value),
            *(mid, low, high, plan.gap, one.most, reached, short, ""),
        )
