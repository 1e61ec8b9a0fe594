"""The best set of partners of one city."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from partnermcda.alliances.case import Case, case_of
from partnermcda.alliances.drawing import draw_amounts
from partnermcda.alliances.ground import Ground, ground_of
from partnermcda.alliances.noting import notes_of
from partnermcda.alliances.options import Robust, Wishes, checked
from partnermcda.alliances.plans import plan_of
from partnermcda.alliances.result import Coalition
from partnermcda.alliances.rules import Problem
from partnermcda.alliances.solving import Found, solve
from partnermcda.capability import Needs
from partnermcda.catalog import Catalog
from partnermcda.core.arrays import Ints
from partnermcda.core.weight_space import as_generator
from partnermcda.errors import Finding, MethodError, short
from partnermcda.evaluation import Unknown


def coalition(
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
    penalty: float = 0.01,
    robust: Robust = "worst",
    draws: int = 30,
    rng: np.random.Generator | int | None = None,
    best: int = 1,
    time_limit: float = 30.0,
    unknown: Unknown = "interval",
) -> Coalition:
    r"""Find the set of partners that covers best what a project needs.

    Parameters
    ----------
    inventory : DataFrame
        As :func:`partnermcda.read_inventory` returns it. Candidates are all actors of the city but
        those outside a mapping; the focal authority and the population are among them.
    catalog : Catalog
        With its capabilities.
    needs : str or mapping of str to float
        One of the catalog's needs, or the level in [0, 1] needed of each capability.
    city : str, optional
        Needed where the inventory has several.
    size : int
        Most members.
    budget : float, optional
        Most they may cost together, in the unit of `cost`.
    cost : mapping of str to float, or (m,) array or Series, optional
        What each actor costs, by id or in the order of the inventory. With a budget and without
        costs, the inventory's column ``cost`` counts.
    must_have, must_not : collection of str
        Ids of actors who take part, or do not.
    incompatible : collection of pairs of str
        Ids of actors who do not take part together.
    gates : {"exclude", "show"}
        Whether actors who fail a gate are left out.
    districts : collection of str, optional
        The project's districts; without them, all that any candidate works in.
    weights : mapping of str to float, optional
        What each needed capability counts; those left out count nothing. All alike without it.
    penalty : float
        What each member after the first costs, as a share of all needs.
    robust : {"worst", "nominal", "expected"}
        The least possible amounts count; or the central ones; or the average over `draws`.
    draws : int
        States of the world that are drawn for the average.
    rng : numpy.random.Generator or int
        Needed for the average.
    best : int
        How many different coalitions.
    time_limit : float
        Seconds. Where they do not suffice, the best set found is told with its gap.
    unknown : {"interval", "prior", "refuse"}
        What a missing answer is; see :func:`evaluate`.

    Returns
    -------
    Coalition

    Raises
    ------
    InventoryError
        If the inventory breaks the catalog's schema.
    MethodError
        If an option does not exist, or demands cannot be met together: then the smallest set of
        such demands is named.

    Notes
    -----
    Maximized is :math:`\sum_k w_k \min(1, c_k(S) / n_k) - \lambda (|S| - 1)` over sets S of at most
    `size` members, with what is covered :math:`c_k`, needed :math:`n_k`, and the penalty
    :math:`\lambda`: a maximal covering problem [1]_ in which needs are covered by sums, best
    members, unions or a bridge. It is solved by branch and bound (HiGHS). All covers rise in what
    members bring, so the least amounts give the exact worst case.

    References
    ----------
    .. [1] R. Church and C. ReVelle, "The maximal covering location problem", Papers of the
       Regional Science Association 32, 1974, 101-118. :doi:`10.1007/BF01942293`.

    Examples
    --------
    >>> from partnermcda.catalog import load_catalog
    >>> from partnermcda.inventory import read_inventory
    >>> catalog = load_catalog("urban-services")
    >>> actors = pd.DataFrame({
    ...     "actor_id": ["a", "b", "c"], "actor": ["Ada", "Bo", "Co"],
    ...     "actor_type": ["ngo", "start_up", "local_authority"], "city": ["Dakar"] * 3,
    ...     "res_technical": [2, 4, 1], "dig_data_platform": [1, 4, 1]})
    >>> inventory = read_inventory(actors, catalog)
    >>> found = coalition(inventory, catalog, {"engineering": 0.6, "platform": 0.6})
    >>> found.members(), found.best.proven
    (('b', 'c'), True)
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
        penalty=penalty,
        robust=robust,
        draws=draws,
        best=best,
        time_limit=time_limit,
    )
    wishes = checked(given, rng)
    ground = ground_of(inventory, catalog, needs, wishes, cost, unknown)
    name, rows = rows_of(ground, city)
    case = case_of(ground, name, rows, wishes)
    problem = problem_of(case, rng)
    found = solve(problem, int(wishes.best), float(wishes.time_limit))
    return told(case, problem, found)


def rows_of(ground: Ground, city: str | None) -> tuple[str, Ints]:
    """Find the actors of one city; which one need not be said where there is only one."""
    cities = sorted(set(ground.cities))
    if city is None and len(cities) > 1:
        details = {"count": len(cities), "names": short(", ".join(cities))}
        raise MethodError(Finding("coalition.which_city", details))
    name = cities[0] if city is None else city
    if name not in cities:
        raise MethodError(no_city(name, cities))
    return name, np.flatnonzero(ground.cities == name)


def no_city(name: str, cities: Sequence[str]) -> Finding:
    """Say that a city is not among those there are."""
    details = {"name": short(name), "names": short(", ".join(cities))}
    return Finding("coalition.no_city", details)


def problem_of(case: Case, rng: np.random.Generator | int | None) -> Problem:
    """Make the problem with the amounts that count."""
    wishes = case.wishes
    if wishes.robust == "worst":
        return case.low()
    if wishes.robust == "expected" and rng is not None:
        return case.reading(draw_amounts(case, int(wishes.draws), as_generator(rng)))
    return case.problem


def told(case: Case, problem: Problem, found: tuple[Found, ...]) -> Coalition:
    """Work out all that is told of the sets found."""
    plans = tuple(plan_of(case, problem, one) for one in found)
    notes = notes_of(case, plans)
    wishes = case.wishes
    return Coalition(case.city, case.ground, plans, wishes.robust, float(wishes.penalty), notes)
