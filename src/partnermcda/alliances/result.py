"""What a coalition is: its members, what they cover, and what stays open."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from partnermcda.alliances.ground import Ground
from partnermcda.alliances.plans import OPEN, Plan
from partnermcda.errors import Finding

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: Final = (
    *("city", "plan", "actor_id", "actor", "actor_type", "gate", "cost", "loss", "only_brings"),
    *("value", "coverage", "coverage_low", "coverage_high", "gap"),
)
NEED_COLUMNS: Final = (
    *("city", "plan", "capability", "need", "weight", "cover", "cover_low", "cover_high"),
    *("open", "could_fill"),
)
_TEXTS: Final = (
    *("city", "actor_id", "actor", "actor_type", "gate", "only_brings"),
    *("capability", "could_fill", "members", "short", "reason"),
)
_NAMED: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Coalition:
    """The best sets of partners of one city, the best first.

    Examples
    --------
    >>> import pandas as pd
    >>> from partnermcda.catalog import load_catalog
    >>> from partnermcda.alliances import coalition
    >>> from partnermcda.inventory import read_inventory
    >>> catalog = load_catalog("urban-services")
    >>> actors = pd.DataFrame({
    ...     "actor_id": ["a", "b", "c"], "actor": ["Ada", "Bo", "Co"],
    ...     "actor_type": ["ngo", "start_up", "local_authority"], "city": ["Dakar"] * 3,
    ...     "res_technical": [2, 4, 1], "dig_data_platform": [1, 4, 1]})
    >>> inventory = read_inventory(actors, catalog)
    >>> found = coalition(inventory, catalog, {"engineering": 0.6, "platform": 0.6})
    >>> found.to_frame()[["plan", "actor", "gap"]].to_dict("list")
    {'plan': [1, 1], 'actor': ['Bo', 'Co'], 'gap': [0.0, 0.0]}
    """

    city: str
    """Its city."""
    ground: Ground
    """All that was known and needed."""
    plans: tuple[Plan, ...]
    """The best sets."""
    robust: str
    """``nominal``, ``worst`` or ``expected``: which values of an interval counted."""
    penalty: float
    """What each member after the first cost."""
    notes: tuple[Finding, ...]
    """Who was left out, and what was supposed."""

    @property
    def best(self) -> Plan:
        """The best set."""
        return self.plans[0]

    @property
    def capabilities(self) -> tuple[str, ...]:
        """(K,) ids of what is needed."""
        return self.ground.held.capabilities

    def members(self, plan: int = 1) -> tuple[str, ...]:
        """Ids of the members of a plan, counted from 1."""
        return tuple(self.ground.ids[self.plans[plan - 1].rows])

    def coverage(self, plan: int = 1) -> float:
        """Share of all needs that a plan covers, each with its weight, by central amounts."""
        return self.shares(plan)[1]

    def shares(self, plan: int = 1) -> tuple[float, float, float]:
        """Share of all needs that a plan covers: for certain, by central amounts, at most."""
        covers, weights = self.plans[plan - 1], self.ground.weights
        sides = (covers.cover_low, covers.cover, covers.cover_high)
        low, mid, high = (float(side @ weights) for side in sides)
        return low, mid, high

    def short(self, beyond: float = OPEN) -> tuple[str, ...]:
        """Ids of the needs the best set leaves open, those that cost most first.

        Parameters
        ----------
        beyond : float
            Shares of all needs up to this are no gap.
        """
        missing = self.ground.weights * (1 - self.best.counted)
        order = np.argsort(-missing, kind="stable")
        return tuple(self.capabilities[k] for k in order if missing[k] > beyond)

    def to_frame(self) -> "pd.DataFrame":
        """Lay the members out as a table, plan by plan.

        Returns
        -------
        DataFrame
            Columns ``city, plan, actor_id, actor, actor_type, gate, cost, loss, only_brings,
            value, coverage, coverage_low, coverage_high, gap``. ``loss`` is the value lost
            without the member; ``only_brings`` names what would then be covered less, and by how
            much.
        """
        return table(self.member_rows(), COLUMNS)

    def needs_frame(self) -> "pd.DataFrame":
        """Lay out what each plan covers of each need.

        Returns
        -------
        DataFrame
            Columns ``city, plan, capability, need, weight, cover, cover_low, cover_high, open,
            could_fill``. A need is open that is not covered by the amounts that count;
            ``could_fill`` names up to three actors of whom it is not known how much they bring,
            and who could cover more of it.
        """
        return table(self.need_rows(), NEED_COLUMNS)

    def member_rows(self) -> list[tuple[Any, ...]]:
        """Rows of :meth:`to_frame`."""
        numbered = enumerate(self.plans, 1)
        return [row for number, plan in numbered for row in self._rows(number, plan)]

    def need_rows(self) -> list[tuple[Any, ...]]:
        """Rows of :meth:`needs_frame`."""
        return [
            (self.city, number, *self._need(plan, k))
            for number, plan in enumerate(self.plans, 1)
            for k in range(len(self.capabilities))
        ]

    def _rows(self, number: int, plan: Plan) -> list[tuple[Any, ...]]:
        ground, (low, mid, high) = self.ground, self.shares(number)
        totals = (plan.value, mid, low, high)
        return [
            (
                *(self.city, number, ground.ids[row], ground.names[row], ground.types[row]),
                *(ground.gates[row], ground.cost[row], plan.loss[i], self._brings(plan, i)),
                *(*totals, plan.gap),
            )
            for i, row in enumerate(plan.rows)
        ]

    def _brings(self, plan: Plan, i: int) -> str:
        lost = plan.only[i]
        order = [k for k in np.argsort(-lost, kind="stable") if lost[k] > OPEN]
        return "; ".join(f"{self.capabilities[k]} {lost[k]:.2f}" for k in order)

    def _need(self, plan: Plan, k: int) -> tuple[Any, ...]:
        fillers = self.ground.ids[plan.fillers[k]]
        more = f" (+{len(fillers) - _NAMED})" if len(fillers) > _NAMED else ""
        return (
            *(self.capabilities[k], self.ground.need[k], self.ground.weights[k]),
            *(plan.cover[k], plan.cover_low[k], plan.cover_high[k], plan.counted[k] < 1 - OPEN),
            ", ".join(fillers[:_NAMED]) + more,
        )


def table(rows: list[tuple[Any, ...]], columns: tuple[str, ...]) -> "pd.DataFrame":
    """Make a table of rows; what is text in it is text even where there are no rows."""
    import pandas as pd

    frame = pd.DataFrame(rows, columns=list(columns))
    texts = {name: pd.StringDtype("pyarrow") for name in columns if name in _TEXTS}
    return frame.astype(texts)
