"""Power, interest, legitimacy and urgency: as they were given, else derived from what is known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import pandas as pd

from partnermcda.catalog import Catalog, Derivation
from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.evaluation import CriterionValues
from partnermcda.evaluation.pillars import pillar_values
from partnermcda.evaluation.standing import Types, roles_of
from partnermcda.weights import Weights

ATTRIBUTES: Final = ("power", "interest", "legitimacy", "urgency")
Bounds: TypeAlias = tuple[Floats, Floats, Floats]
"""(m,) lowest, central and highest value."""


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """One attribute of m actors."""

    low: Floats
    """(m,) lowest value possible."""
    mid: Floats
    """(m,) central value."""
    high: Floats
    """(m,) highest value possible."""
    derived: Bools
    """(m,) whether the value was not given, but made from criteria, gate or role."""


def attributes_of(
    inventory: pd.DataFrame,
    catalog: Catalog,
    values: CriterionValues,
    weights: Weights,
) -> dict[str, Standing]:
    """Find the four attributes of the map.

    Parameters
    ----------
    inventory : DataFrame
        Checked: m actors.
    catalog : Catalog
        With its rules for attributes that were not given.
    values : CriterionValues
        Of the same actors.
    weights : Weights
        Of the catalog's entries, for the value of a pillar.

    Returns
    -------
    dict of str to Standing
        By name of the attribute.

    Notes
    -----
    A rule is the highest of what it names: the value of a pillar, the best of some criteria, the
    rating of a gate's tier, the rating of a role. Each of these rises in what is not known, so
    the bounds are exact. An unknown tier may be any. A pillar none of whose criteria has a weight
    is their plain mean. Where there is no rule, or it says nothing
    of an actor, all of [0, 1] is possible.
    """
    roles = roles_of(inventory, Types.of(inventory["actor_type"]), catalog)
    rules = {rule.id: rule for rule in catalog.derived}
    found = {}
    for name in ATTRIBUTES:
        rule, parts = rules.get(name), []
        if rule is not None:
            parts = [
                *_from_criteria(rule, catalog, values, weights),
                *_from_gate(rule, catalog, inventory),
                *_from_role(rule, catalog, roles),
            ]
        found[name] = _given_or(inventory, name, _highest(parts, len(inventory)))
    return found


def _given_or(inventory: pd.DataFrame, name: str, derived: Bounds) -> Standing:
    if name not in inventory:
        return Standing(*derived, np.ones(len(inventory), dtype=bool))
    given = inventory[name].to_numpy(dtype=float)
    unknown = np.isnan(given)
    low, mid, high = (np.where(unknown, side, given) for side in derived)
    return Standing(low, mid, high, unknown)


def _highest(parts: list[Bounds], size: int) -> Bounds:
    """Bounds of the highest of some values; NaN in a part is no value of that actor."""
    low, mid, high = (np.full(size, np.nan) for _ in range(3))
    for part in parts:
        for side, value in zip((low, mid, high), part, strict=True):
            np.fmax(side, value, out=side)
    silent = np.isnan(low)
    low[silent], mid[silent], high[silent] = 0.0, 0.5, 1.0
    return low, mid, high


def _from_criteria(
    rule: Derivation, catalog: Catalog, values: CriterionValues, weights: Weights
) -> Iterator[Bounds]:
    places = {criterion.id: j for j, criterion in enumerate(catalog.criteria)}
    sides = values.low, values.mid, values.high
    if rule.best:
        columns = [places[name] for name in rule.best]
        low, mid, high = (side[:, columns].max(axis=1) for side in sides)
        yield low, mid, high
    for pillar in catalog.pillars:
        if pillar.id == rule.pillar:
            yield pillar_values(values, catalog, pillar, weights)


def _from_gate(rule: Derivation, catalog: Catalog, inventory: pd.DataFrame) -> Iterator[Bounds]:
    for gate in catalog.gates:
        if gate.id == rule.gate:
            tiers = [_rated(rule.tiers, tier.id, catalog) for tier in gate.tiers]
            lowest, highest = min(low for low, _ in tiers), max(high for _, high in tiers)
            answers = Types.of(inventory[gate.id])
            names = {tier.id: place for place, tier in enumerate(gate.tiers)}
            of_answer = [names[answer] for answer in answers.names]
            yield _spread([*tiers, (lowest, highest)], answers.spread(of_answer, empty=-1))


def _from_role(rule: Derivation, catalog: Catalog, roles: Ints) -> Iterator[Bounds]:
    if rule.roles:
        rated = [
            _rated(rule.roles, role.id, catalog) if role.id in rule.roles else (np.nan, np.nan)
            for role in catalog.roles
        ]
        yield _spread([*rated, (np.nan, np.nan)], roles)


def _rated(ratings: Mapping[str, str], name: str, catalog: Catalog) -> tuple[float, float]:
    """Interval of the rating that something stands for; everything where it stands for none."""
    known = {rating.id: (rating.low, rating.high) for rating in catalog.ratings}
    return known[ratings[name]] if name in ratings else (0.0, 1.0)


def _spread(intervals: list[tuple[float, float]], codes: Ints) -> Bounds:
    low, high = (np.array(side)[codes] for side in zip(*intervals, strict=True))
    return low, (low + high) / 2, high
