"""One city: who can take part, and its problem under each reading of what is unknown."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from partnermcda.alliances.demands import Demands
from partnermcda.alliances.ground import Ground
from partnermcda.alliances.options import Wishes
from partnermcda.alliances.rules import Best, Bridge, Problem, Rule, Summed, Union
from partnermcda.capability.listed import entries_of
from partnermcda.catalog import Capability
from partnermcda.core.arrays import Bools, Floats, Ints, Texts
from partnermcda.errors import Finding, MethodError, short


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """The m candidates of one city, in the order of their ids."""

    city: str
    """Its name."""
    ground: Ground
    """All that is known."""
    rows: Ints
    """(m,) rows of the candidates in `ground`."""
    problem: Problem
    """With central amounts."""
    districts: tuple[tuple[str, ...], ...]
    """For each of the K capabilities, the project's districts; none but for a union."""
    wishes: Wishes
    """What is asked."""
    notes: tuple[Finding, ...]
    """Who was left out."""

    def __len__(self) -> int:
        return len(self.rows)

    def reading(self, amounts: Floats) -> Problem:
        """Make the problem with other amounts; (s, m, K) for the candidates."""
        return replace(self.problem, rules=_rules(self, amounts))

    def low(self) -> Problem:
        """Make the problem with the least amounts possible."""
        return self.reading(self.ground.held.low[None, self.rows])

    def high(self) -> Problem:
        """Make the problem with the greatest amounts possible."""
        return self.reading(self.ground.held.high[None, self.rows])


def case_of(ground: Ground, city: str, rows: Ints, wishes: Wishes) -> Case:
    """Find who can take part in a city, or refuse demands that cannot be met.

    Parameters
    ----------
    ground : Ground
    city : str
    rows : (a,) array of int
        All actors of the city.
    wishes : Wishes

    Returns
    -------
    Case

    Raises
    ------
    MethodError
        With the smallest set of demands that cannot be met together; or where nobody is there,
        an id is unknown or a cost is missing.
    """
    inside = rows[~ground.outside[rows]]
    rows = inside[np.argsort(ground.ids[inside].astype(str), kind="stable")]
    _refuse_unknown(ground, city, rows, wishes)
    ids = ground.ids[rows]
    demands = Demands(
        ids=tuple(ids),
        cost=ground.cost[rows],
        fails=(ground.gates[rows] == "fail") & (wishes.gates == "exclude"),
        must=np.isin(ids, list(wishes.must_have)),
        barred=np.isin(ids, list(wishes.must_not)),
        pairs=_pairs(ids, wishes.incompatible),
        size=int(wishes.size),
        budget=np.inf if wishes.budget is None else float(wishes.budget),
    )
    conflict = demands.conflict()
    if conflict:
        raise MethodError([Finding("coalition.infeasible", {"count": len(conflict)}), *conflict])
    free = ~(demands.fails | demands.barred)
    return _case(ground, city, rows, free, demands, wishes)


def _case(
    ground: Ground, city: str, rows: Ints, free: Bools, demands: Demands, wishes: Wishes
) -> Case:
    kept = rows[free]
    place = np.cumsum(free) - 1
    pairs = [(int(place[a]), int(place[b])) for a, b in demands.pairs if free[a] and free[b]]
    problem = Problem(
        rules=(),
        weights=ground.weights,
        penalty=float(wishes.penalty),
        size=demands.size,
        cost=ground.cost[kept],
        budget=demands.budget,
        forced=np.flatnonzero(demands.must[free]),
        pairs=tuple(pairs),
    )
    districts = tuple(_districts(ground, c, kept, wishes) for c in ground.capabilities)
    failing = int(demands.fails.sum())
    notes = [Finding("coalition.gates", {"count": failing})] if failing else []
    case = Case(city, ground, kept, problem, districts, wishes, tuple(notes))
    return replace(case, problem=case.reading(ground.held.mid[None, kept]))


def _refuse_unknown(ground: Ground, city: str, rows: Ints, wishes: Wishes) -> None:
    if not len(rows):
        raise MethodError(Finding("coalition.nobody", {"city": city}))
    known = set(ground.ids[rows])
    asked = [
        *wishes.must_have,
        *wishes.must_not,
        *(i for pair in wishes.incompatible for i in pair),
    ]
    findings = [
        Finding("coalition.no_actor", {"id": short(name), "city": city})
        for name in dict.fromkeys(asked)
        if name not in known
    ]
    costless = ground.ids[rows][np.isnan(ground.cost[rows])]
    if len(costless):
        details = {"count": len(costless), "ids": short(", ".join(costless))}
        findings.append(Finding("coalition.cost_missing", details))
    if findings:
        raise MethodError(findings)


def _pairs(ids: Texts, asked: Collection[tuple[str, str]]) -> tuple[tuple[int, int], ...]:
    place = {name: i for i, name in enumerate(ids)}
    return tuple(sorted({(min(place[a], place[b]), max(place[a], place[b])) for a, b in asked}))


def _districts(
    ground: Ground, capability: Capability, rows: Ints, wishes: Wishes
) -> tuple[str, ...]:
    """Districts of the project that can be told apart."""
    if capability.id not in ground.listed:
        return ()
    named = [ground.listed[capability.id][row] or frozenset() for row in rows]
    if wishes.districts is not None:
        return tuple(sorted(set().union(*map(entries_of, wishes.districts))))
    return tuple(sorted(frozenset().union(*named)))


def _rules(case: Case, amounts: Floats) -> tuple[Rule, ...]:
    ground = case.ground
    shares = amounts / ground.need
    return tuple(_rule(case, k, shares[:, :, k]) for k in range(len(ground.need)))


def _rule(case: Case, k: int, shares: Floats) -> Rule:
    ground, capability = case.ground, case.ground.capabilities[k]
    if capability.cover == "sum":
        return Summed(shares)
    if capability.cover == "union":
        works = _works(case, k)
        listed = lists_given(case, k)
        unit = 1 / (max(1, len(case.districts[k])) * ground.need[k])
        return Union(np.where(listed, 0.0, shares), works, unit)
    if capability.cover == "bridge":
        types = ground.types[case.rows]
        return Bridge(shares, np.column_stack([types == side for side in capability.between]))
    return Best(shares)


def lists_given(case: Case, k: int) -> Bools:
    """Tell of which candidates the districts are known, not only their share; (m,)."""
    lists = case.ground.listed.get(case.ground.capabilities[k].id)
    if lists is None:
        return np.zeros(len(case), dtype=bool)
    return np.array([lists[row] is not None for row in case.rows], dtype=bool)


def _works(case: Case, k: int) -> Bools:
    place = {district: d for d, district in enumerate(case.districts[k])}
    works = np.zeros((len(case), len(place)), dtype=bool)
    lists = case.ground.listed.get(case.ground.capabilities[k].id, [])
    for i, row in enumerate(case.rows):
        for district in (lists[row] or ()) if lists else ():
            if district in place:
                works[i, place[district]] = True
    return works
