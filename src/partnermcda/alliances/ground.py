"""All that is known of the actors of an inventory, in the units of the needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from partnermcda.alliances.options import Wishes, is_amount
from partnermcda.capability import Holdings, Needs, holdings, needed
from partnermcda.capability.listed import entries, unread
from partnermcda.catalog import Capability, Catalog
from partnermcda.core.arrays import Bools, Floats, Ints, Texts
from partnermcda.errors import Finding, MethodError, short
from partnermcda.evaluation import Unknown
from partnermcda.evaluation.standing import VERDICTS, verdicts_of
from partnermcda.inventory import check_inventory
from partnermcda.matrix import texts

_COST: Final = "cost"


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """m actors and the K capabilities that are needed."""

    ids: Texts
    """(m,) ids."""
    names: Texts
    """(m,) names."""
    types: Texts
    """(m,) actor types; empty where not known."""
    cities: Texts
    """(m,) cities."""
    gates: Texts
    """(m,) worst verdict of the gates; empty where none was answered."""
    outside: Bools
    """(m,) who lies outside what a mapping keeps."""
    cost: Floats
    """(m,) what each costs; NaN where that is not told, 0 for all where no costs are given."""
    capabilities: tuple[Capability, ...]
    """(K,) what is needed."""
    need: Floats
    """(K,) how much."""
    weights: Floats
    """(K,) what each counts, summing to 1."""
    held: Holdings
    """What each actor brings, in the columns of `capabilities`."""
    listed: Mapping[str, list[frozenset[str] | None]]
    """Districts of each actor, for each capability covered by a union of listed ones."""
    notes: tuple[Finding, ...]
    """Entries of lists that nothing asks for."""


def ground_of(
    inventory: pd.DataFrame,
    catalog: Catalog,
    needs: Needs,
    wishes: Wishes,
    cost: Any,
    unknown: Unknown,
) -> Ground:
    """Bring an inventory and what is needed into one form.

    Parameters
    ----------
    inventory : DataFrame
        As :func:`partnermcda.read_inventory` returns it: m actors.
    catalog : Catalog
        With its capabilities.
    needs : str or mapping of str to float
        See :func:`needed`.
    wishes : Wishes
        Whose weights count.
    cost : mapping of str to float, (m,) array or Series, or None
        What each actor costs, by id or in the order of the inventory; its own column where a
        budget is given without costs.
    unknown : {"interval", "prior", "refuse"}
        What a missing answer is.

    Returns
    -------
    Ground

    Raises
    ------
    InventoryError, MethodError
    """
    check_inventory(inventory, catalog)
    need = needed(catalog, needs)
    wanted = np.flatnonzero(need > 0)
    if not len(wanted):
        raise MethodError(Finding("coalition.nothing_needed"))
    capabilities = tuple(catalog.capabilities[k] for k in wanted)
    held = holdings(inventory, catalog, unknown)
    verdicts = texts([*VERDICTS, ""])[verdicts_of(inventory, catalog)]
    return Ground(
        ids=texts(inventory["actor_id"]),
        names=texts(inventory["actor"]),
        types=texts(inventory["actor_type"].fillna("")),
        cities=texts(inventory["city"]),
        gates=verdicts,
        outside=inventory["outside"].to_numpy(dtype=bool),
        cost=_costs(_given(cost, inventory, wishes), texts(inventory["actor_id"])),
        capabilities=capabilities,
        need=need[wanted],
        weights=_weights(wishes.weights, capabilities),
        held=_columns(held, wanted),
        listed={
            c.id: entries(inventory[c.attribute])
            for c in capabilities
            if c.cover == "union" and c.attribute is not None
        },
        notes=tuple(
            Finding("coalition.unread", {"words": short("; ".join(words))}, column=name)
            for name, words in unread(inventory, catalog).items()
        ),
    )


def _columns(held: Holdings, wanted: Ints) -> Holdings:
    names = tuple(held.capabilities[k] for k in wanted)
    low, mid, high = (part[:, wanted] for part in (held.low, held.mid, held.high))
    return Holdings(names, low, mid, high, held.known[:, wanted])


def _given(cost: Any, inventory: pd.DataFrame, wishes: Wishes) -> Any:
    """Take the costs of the inventory where a budget asks for some and none are given."""
    if cost is not None or wishes.budget is None:
        return cost
    if _COST not in inventory or inventory[_COST].isna().all():
        raise MethodError(Finding("coalition.no_cost"))
    return inventory[_COST]


def _costs(cost: Any, ids: Texts) -> Floats:
    if cost is None:
        return np.zeros(len(ids))
    if isinstance(cost, Mapping):
        faulty = [(name, value) for name, value in cost.items() if not is_amount(value)]
        strange = sorted(set(map(str, cost)) - set(ids))
        values = np.array([cost.get(name, np.nan) for name in ids], dtype=float)
    else:
        given = np.asarray(cost)
        if given.shape != ids.shape or given.dtype.kind not in "iuf":
            details = {"count": len(ids)}
            raise MethodError(Finding("coalition.cost_shape", details, value=short(given.shape)))
        values = given.astype(float)
        wrong = np.flatnonzero(~np.isnan(values) & ~((values >= 0) & (values < np.inf)))
        faulty, strange = [(ids[i], values[i]) for i in wrong], []
    findings = [Finding("coalition.cost", {"id": i}, value=short(v)) for i, v in faulty]
    findings += [Finding("coalition.cost_nobody", {"id": short(name)}) for name in strange]
    if findings:
        raise MethodError(findings)
    return values


def _weights(given: Mapping[str, float] | None, capabilities: tuple[Capability, ...]) -> Floats:
    names = [c.id for c in capabilities]
    if given is None:
        return np.full(len(names), 1 / len(names))
    findings = [
        Finding("coalition.weight_name", {"name": short(name), "names": ", ".join(names)})
        for name in given
        if name not in names
    ]
    findings += [
        Finding("coalition.weight", {"name": short(name)}, value=short(value))
        for name, value in given.items()
        if not is_amount(value)
    ]
    if not findings and not sum(given.values()) > 0:
        findings.append(Finding("coalition.weights_zero"))
    if findings:
        raise MethodError(findings)
    values = np.array([float(given.get(name, 0.0)) for name in names])
    return np.asarray(values / values.sum())
