"""The best set of partners of every city, several cities at a time."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_context
from typing import Any, Literal

import numpy as np
import pandas as pd

from partnermcda.alliances.case import Case, case_of
from partnermcda.alliances.cities import CityCoalition, Coalitions
from partnermcda.alliances.finding import no_city, problem_of, told
from partnermcda.alliances.ground import Ground, ground_of
from partnermcda.alliances.options import Robust, Wishes, checked, is_names
from partnermcda.alliances.rules import Problem
from partnermcda.alliances.solving import Found, solve
from partnermcda.capability import Needs
from partnermcda.catalog import Catalog
from partnermcda.core.weight_space import as_generator
from partnermcda.errors import Finding, MethodError, short
from partnermcda.evaluation import Unknown


def coalitions(
    inventory: pd.DataFrame,
    catalog: Catalog,
    needs: Needs,
    *,
    size: int = 6,
    budget: float | None = None,
    cost: Any = None,
    must_have: Collection[str] = (),
    must_not: Collection[str] = (),
    incompatible: Collection[tuple[str, str]] = (),
    gates: Literal["exclude", "show"] = "exclude",
    districts: Mapping[str, Collection[str]] | None = None,
    weights: Mapping[str, float] | None = None,
    penalty: float = 0.01,
    robust: Robust = "worst",
    draws: int = 30,
    rng: np.random.Generator | int | None = None,
    best: int = 1,
    time_limit: float = 30.0,
    unknown: Unknown = "interval",
    enough: float = 0.8,
    processes: int = 2,
    on_progress: Callable[[int, int], None] | None = None,
) -> Coalitions:
    """Find the best set of partners of every city.

    Parameters
    ----------
    inventory, catalog, needs
        As for :func:`coalition`, of any number of cities.
    size, budget, cost, gates, weights, penalty, robust, draws, rng, best, time_limit, unknown
        As for :func:`coalition`, for each city.
    must_have, must_not, incompatible
        As for :func:`coalition`; each counts in the cities where the actors are.
    districts : mapping of str to collection of str, optional
        The project's districts in each city; in a city that is not named, all that any candidate
        works in.
    enough : float
        Share of the needs, in [0, 1], that a coalition should reach.
    processes : int
        How many cities are worked on at a time; 1 starts no other process. Results are the same.
    on_progress : callable, optional
        Told the number of cities done and of all cities, after each.

    Returns
    -------
    Coalitions

    Raises
    ------
    InventoryError
        If the inventory breaks the catalog's schema.
    MethodError
        If an option does not exist, or an id is in no city. Coalitions whose demands cannot be met
        are told in the result.

    Examples
    --------
    >>> import pandas as pd
    >>> from partnermcda.catalog import load_catalog
    >>> from partnermcda.inventory import read_inventory
    >>> catalog = load_catalog("urban-services")
    >>> actors = pd.DataFrame({
    ...     "actor_id": ["a", "b", "c"], "actor": ["Ada", "Bo", "Co"],
    ...     "actor_type": ["ngo", "start_up", "ngo"], "city": ["Dakar", "Dakar", "Louga"],
    ...     "res_technical": [2, 4, 1], "dig_data_platform": [4, 1, 4]})
    >>> needs = {c.id: 0 for c in catalog.capabilities if c.always}
    >>> needs |= {"engineering": 0.6, "platform": 0.6}
    >>> found = coalitions(read_inventory(actors, catalog), catalog, needs, processes=1)
    >>> found.out_of_reach()
    ('Louga',)
    """
    given = Wishes(
        size=size,
        budget=budget,
        must_have=must_have,
        must_not=must_not,
        incompatible=incompatible,
        gates=gates,
        weights=weights,
        penalty=penalty,
        robust=robust,
        draws=draws,
        best=best,
        time_limit=time_limit,
    )
    wishes = checked(given, rng)
    _refuse(enough, processes, districts)
    ground = ground_of(inventory, catalog, needs, wishes, cost, unknown)
    _refuse_strangers(ground, wishes, districts or {})
    # One stream of numbers for all cities, in their order, whoever works on them.
    source = None if rng is None else as_generator(rng)
    begun = list(_cities(ground, wishes, districts or {}))
    work = (_Task(case, problem_of(case, source), float(enough)) for case in _cases(begun))
    done: dict[str, CityCoalition] = {c.city: c for c in begun if isinstance(c, CityCoalition)}
    for task, found, most in _worked(work, int(processes)):
        result = told(task.case, task.problem, found)
        done[task.case.city] = CityCoalition(task.case.city, len(task.case), result, most, ())
        if on_progress is not None:
            on_progress(len(done), len(begun))
    return Coalitions(tuple(done[name] for name in sorted(done)), float(enough), ground.notes)


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    case: Case
    problem: Problem
    enough: float


def _cities(
    ground: Ground, wishes: Wishes, districts: Mapping[str, Collection[str]]
) -> Iterator[Case | CityCoalition]:
    codes, names = pd.factorize(ground.cities, sort=True)
    order = np.argsort(codes, kind="stable")
    parts = np.split(order, np.cumsum(np.bincount(codes, minlength=len(names)))[:-1])
    for name, rows in zip(names, parts, strict=True):
        here = set(ground.ids[rows[~ground.outside[rows]]])
        try:
            asked = replace(_of_city(wishes, here), districts=districts.get(name))
            yield case_of(ground, str(name), rows, asked)
        except MethodError as fault:
            yield CityCoalition(str(name), len(here), None, np.nan, fault.findings)


def _cases(begun: Iterable[Case | CityCoalition]) -> Iterator[Case]:
    return (case for case in begun if isinstance(case, Case))


def _of_city(wishes: Wishes, here: set[str]) -> Wishes:
    return replace(
        wishes,
        must_have=tuple(i for i in wishes.must_have if i in here),
        must_not=tuple(i for i in wishes.must_not if i in here),
        incompatible=tuple(pair for pair in wishes.incompatible if here.issuperset(pair)),
    )


def solve_task(
    problem: Problem, best: int, time_limit: float, enough: float
) -> tuple[tuple[Found, ...], float]:
    """Find the best sets of a problem, and how much any set can cover at most.

    Parameters
    ----------
    problem : Problem
    best : int
    time_limit : float
    enough : float
        Share of the needs that matters.

    Returns
    -------
    found : tuple of Found
    most : float
        What the best set covers if that is `enough`; else the most that any set can cover,
        however many members that takes.
    """
    found = solve(problem, best, time_limit)
    covered = found[0].value + problem.penalty * (len(found[0].members) - 1)
    if covered >= enough or problem.penalty == 0:
        return found, covered
    (widest,) = solve(replace(problem, penalty=0.0), 1, time_limit)
    return found, min(1.0, widest.value + widest.gap)


def _worked(
    tasks: Iterator[_Task], processes: int
) -> Iterator[tuple[_Task, tuple[Found, ...], float]]:
    """Work on some tasks at a time; they come as they are done."""
    if processes == 1:
        for task in tasks:
            yield task, *solve_task(*_told_of(task))
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        running: dict[Future[Any], _Task] = {}
        while True:
            # A few ahead, so that nobody waits and memory stays small.
            for task in islice(tasks, 2 * processes - len(running)):
                running[pool.submit(solve_task, *_told_of(task))] = task
            if not running:
                return
            for ready in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(ready), *ready.result()


def _told_of(task: _Task) -> tuple[Problem, int, float, float]:
    wishes = task.case.wishes
    return task.problem, int(wishes.best), float(wishes.time_limit), task.enough


def _refuse(enough: float, processes: int, districts: Any) -> None:
    findings = []
    if districts is not None and not _is_by_city(districts):
        findings.append(Finding("coalition.by_city", value=short(districts)))
    if not 0 <= enough <= 1:
        findings.append(Finding("coalition.enough", value=short(enough)))
    if isinstance(processes, bool) or int(processes) != processes or processes < 1:
        findings.append(Finding("coalition.count", {"option": "processes"}, value=short(processes)))
    if findings:
        raise MethodError(findings)


def _is_by_city(districts: Any) -> bool:
    return isinstance(districts, Mapping) and all(map(is_names, districts.values()))


def _refuse_strangers(ground: Ground, wishes: Wishes, cities: Iterable[str]) -> None:
    known = set(ground.ids[~ground.outside])
    named = [*wishes.must_have, *wishes.must_not, *(i for p in wishes.incompatible for i in p)]
    strange = [name for name in dict.fromkeys(named) if name not in known]
    findings = [Finding("coalition.stranger", {"id": short(s)}) for s in strange]
    there = sorted(set(ground.cities))
    findings += [no_city(str(city), there) for city in cities if city not in there]
    if findings:
        raise MethodError(findings)
