"""What more members and more money bring: the Pareto front of coverage, size and cost."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from partnermcda.alliances.case import case_of
from partnermcda.alliances.finding import problem_of, rows_of
from partnermcda.alliances.ground import ground_of
from partnermcda.alliances.options import Robust, Wishes, checked
from partnermcda.alliances.result import table
from partnermcda.alliances.rules import Problem
from partnermcda.alliances.solving import PROVEN, Found, solve
from partnermcda.capability import Needs
from partnermcda.catalog import Catalog
from partnermcda.core.arrays import Texts
from partnermcda.errors import Finding
from partnermcda.evaluation import Unknown

COLUMNS: Final = ("city", "size", "cost", "coverage", "gap", "members")
_EQUAL: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class CoalitionFront:
    """The p sets of which none covers less than another that is as small and as cheap.

    Examples
    --------
    >>> import pandas as pd
    >>> from partnermcda.catalog import load_catalog
    >>> from partnermcda.alliances import pareto
    >>> from partnermcda.inventory import read_inventory
    >>> catalog = load_catalog("urban-services")
    >>> actors = pd.DataFrame({
    ...     "actor_id": ["a", "b", "c"], "actor": ["Ada", "Bo", "Co"],
    ...     "actor_type": ["ngo", "start_up", "local_authority"], "city": ["Dakar"] * 3,
    ...     "res_technical": [2, 4, 1], "dig_data_platform": [1, 4, 1]})
    >>> front = pareto(read_inventory(actors, catalog), catalog, "balanced", size=3)
    >>> len(front), front.sets
    (2, ((1,), (1, 2)))
    """

    city: str
    """Its city."""
    ids: Texts
    """(m,) ids of the candidates."""
    sets: tuple[tuple[int, ...], ...]
    """(p,) positions of the members among the candidates."""
    cost: tuple[float, ...]
    """(p,) what each costs."""
    coverage: tuple[float, ...]
    """(p,) share of the needs each covers, by the amounts that count."""
    gap: tuple[float, ...]
    """(p,) how much more a set of that size and cost may cover at most."""
    notes: tuple[Finding, ...]
    """What was not looked at or not proven."""

    def __len__(self) -> int:
        return len(self.sets)

    def to_frame(self) -> pd.DataFrame:
        """Lay the front out as a table, by size and cost.

        Returns
        -------
        DataFrame
            Columns ``city, size, cost, coverage, gap, members``.
        """
        rows = [
            (self.city, len(members), cost, coverage, gap, ", ".join(self.ids[list(members)]))
            for members, cost, coverage, gap in zip(
                self.sets, self.cost, self.coverage, self.gap, strict=True
            )
        ]
        return table(rows, COLUMNS)


def pareto(
    inventory: pd.DataFrame,
    catalog: Catalog,
    needs: Needs,
    *,
    city: str | None = None,
    size: int = 6,
    budget: float | None = None,
    cost: Any = None,
    must_have: Collection[str] = (),
    must_not: Collection[str] = (),
    incompatible: Collection[tuple[str, str]] = (),
    gates: Literal["exclude", "show"] = "exclude",
    districts: Collection[str] | None = None,
    weights: Mapping[str, float] | None = None,
    robust: Robust = "worst",
    draws: int = 30,
    rng: np.random.Generator | int | None = None,
    time_limit: float = 60.0,
    unknown: Unknown = "interval",
) -> CoalitionFront:
    """Find what more members and more money bring: the front of coverage, size and cost.

    Parameters
    ----------
    inventory, catalog, needs
        As for :func:`coalition`.
    city, size, budget, cost, must_have, must_not, incompatible, gates, districts, weights
        As for :func:`coalition`. Without `cost`, size alone counts.
    robust, draws, rng, unknown
        As for :func:`coalition`.
    time_limit : float
        Seconds for the whole front. Where they do not suffice, a note says how far it was looked
        at.

    Returns
    -------
    CoalitionFront

    Raises
    ------
    InventoryError, MethodError
        As :func:`coalition`.

    Notes
    -----
    For each size the best set is found, then the best that costs less, and so on: the
    constraint method [1]_, exact up to a millionth of the cost. There is no penalty on members.

    References
    ----------
    .. [1] Y. Y. Haimes, L. S. Lasdon and D. A. Wismer, "On a bicriterion formulation of the
       problems of integrated system identification and system optimization", IEEE Transactions on
       Systems, Man, and Cybernetics SMC-1, 1971, 296-297.
       :doi:`10.1109/TSMC.1971.4308298`.

    Examples
    --------
    >>> from partnermcda.catalog import load_catalog
    >>> from partnermcda.inventory import read_inventory
    >>> catalog = load_catalog("urban-services")
    >>> actors = pd.DataFrame({
    ...     "actor_id": ["a", "b", "c"], "actor": ["Ada", "Bo", "Co"],
    ...     "actor_type": ["ngo", "start_up", "local_authority"], "city": ["Dakar"] * 3,
    ...     "res_technical": [2, 4, 1], "dig_data_platform": [1, 4, 1]})
    >>> front = pareto(read_inventory(actors, catalog), catalog, "balanced", size=3)
    >>> front.to_frame()[["size", "members"]].to_dict("list")
    {'size': [1, 2], 'members': ['b', 'b, c']}
    """
    given = Wishes(
        size=size,
        budget=budget,
        must_have=must_have,
        must_not=must_not,
        incompatible=incompatible,
        gates=gates,
        districts=districts,
        weights=weights,
        penalty=0.0,
        robust=robust,
        draws=draws,
        time_limit=time_limit,
    )
    wishes = checked(given, rng)
    ground = ground_of(inventory, catalog, needs, wishes, cost, unknown)
    name, rows = rows_of(ground, city)
    case = case_of(ground, name, rows, wishes)
    problem = problem_of(case, rng)
    points, complete = front_of(problem, float(time_limit))
    notes = [*ground.notes, *case.notes, *_notes(points, complete=complete)]
    return CoalitionFront(
        city=name,
        ids=ground.ids[case.rows],
        sets=tuple(point.members for point in points),
        cost=tuple(_cost(problem, point) for point in points),
        coverage=tuple(point.value for point in points),
        gap=tuple(point.gap for point in points),
        notes=tuple(notes),
    )


def front_of(problem: Problem, time_limit: float) -> tuple[list[Found], bool]:
    """Find the Pareto front of a problem without penalty.

    Parameters
    ----------
    problem : Problem
    time_limit : float
        Seconds for all of it.

    Returns
    -------
    points : list of Found
        By size and cost.
    complete : bool
        Whether there was time for all of it.
    """
    end = monotonic() + time_limit
    found: list[Found] = []
    for size in range(max(1, len(problem.forced)), problem.size + 1):
        limited = replace(problem, size=size)
        while _can_be_met(limited):
            if monotonic() >= end:
                return _best_of(problem, found), False
            answer = solve(limited, 1, end - monotonic())
            if not answer:
                break
            found.append(answer[0])
            spent = _cost(problem, answer[0])
            # Far enough below that rounding does not bring the same set back.
            limited = replace(limited, budget=spent - 1e-6 * max(1.0, spent))
    return _best_of(problem, found), True


def _can_be_met(problem: Problem) -> bool:
    """Whether anything is left to spend, on those who must take part or on anybody."""
    least = problem.cost[problem.forced].sum() if len(problem.forced) else problem.cost.min()
    return bool(problem.budget >= least)


def _best_of(problem: Problem, found: list[Found]) -> list[Found]:
    """Keep the sets that no other beats in coverage, size and cost, one of those alike."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (len(f.members), _cost(problem, f), -f.value)):
        beaten = any(
            other.value >= one.value - _EQUAL and _cost(problem, other) <= _cost(problem, one)
            for other in kept
        )
        if not beaten:
            kept.append(one)
    return kept


def _cost(problem: Problem, found: Found) -> float:
    return float(problem.cost[list(found.members)].sum())


def _notes(points: list[Found], *, complete: bool) -> Iterator[Finding]:
    if not complete:
        yield Finding("coalition.front_cut", {"count": len(points)})
    unproven = sum(point.gap > PROVEN for point in points)
    if unproven:
        yield Finding("coalition.front_gap", {"count": unproven})
