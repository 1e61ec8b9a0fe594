"""Answers to values: what is known of each actor on the catalog's scale, and what is not."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd

from partnermcda import core
from partnermcda.catalog import Catalog, Criterion, Pillar, Prior
from partnermcda.core.arrays import Bools, Floats, Texts
from partnermcda.errors import Finding, InventoryError, MethodError
from partnermcda.inventory import check_inventory, user_rows
from partnermcda.matrix import ValueMatrix, texts

Unknown = Literal["interval", "prior", "refuse"]
UNKNOWN: Final = ("interval", "prior", "refuse")
LISTED: Final = 100
VERDICTS: Final = ("pass", "review", "fail")


@dataclass(frozen=True, slots=True, eq=False)
class _Column:
    """One column of the decision matrix."""

    low: Floats
    mid: Floats
    high: Floats
    evidence: Floats


def evaluate(
    inventory: pd.DataFrame, catalog: Catalog, unknown: Unknown = "interval"
) -> ValueMatrix:
    """Bring every answer to the catalog's fixed scale.

    Parameters
    ----------
    inventory : DataFrame
        As :func:`partnermcda.read_inventory` returns it: m actors.
    catalog : Catalog
        Criteria with their value functions.
    unknown : {"interval", "prior", "refuse"}
        What a missing answer is: the interval [0, 1]; the interval the guide leads one to expect
        of the actor's type, [0, 1] where the guide is silent; or an error.

    Returns
    -------
    ValueMatrix
        (m, n) values in [0, 1]: lowest, central, highest. Central is the middle of the interval.

    Raises
    ------
    InventoryError
        If the inventory breaks the catalog's schema, or lacks answers and `unknown` refuses that.
    MethodError
        If there is no such way to treat what is unknown.

    Notes
    -----
    A value is :math:`(t(x) - t(l)) / (t(h) - t(l))` with the criterion's bounds l, h and
    transform t, clipped to [0, 1] and turned round for a cost (see :func:`core.value`). A pillar
    combined in order enters as the ordered weighted average of its criteria's values
    (:func:`core.ordered_sum`). Both rise in every answer, so `low` and `high` are exact.

    Examples
    --------
    >>> import partnermcda as pm
    >>> catalog = pm.load_catalog("urban-services")
    >>> actors = pd.DataFrame({"actor_id": ["a"], "actor": ["Ada"], "actor_type": ["ngo"],
    ...                        "city": ["Dakar"], "res_technical": [4]})
    >>> values = evaluate(pm.read_inventory(actors, catalog), catalog)
    >>> j = values.column("res_technical")
    >>> float(values.low[0, j]), float(values.high[0, j])
    (0.75, 0.75)
    >>> j = values.column("res_data")
    >>> float(values.low[0, j]), float(values.high[0, j])
    (0.0, 1.0)
    """
    if unknown not in UNKNOWN:
        names = ", ".join(UNKNOWN)
        raise MethodError(Finding("evaluate.unknown", {"name": unknown, "names": names}))
    check_inventory(inventory, catalog)
    roles = _roles(inventory, catalog)
    candidates = (roles == "") & ~inventory["outside"].to_numpy(dtype=bool)
    if unknown == "refuse":
        _refuse_gaps(inventory, catalog, candidates)
    shape = (len(inventory), len(catalog.entries))
    low, mid, high, evidence = (np.empty(shape, order="F") for _ in range(4))
    columns = (
        column
        for pillar in catalog.pillars
        for column in _pillar_columns(inventory, pillar, catalog, use_priors=unknown == "prior")
    )
    for j, column in enumerate(columns):
        low[:, j], mid[:, j], high[:, j] = column.low, column.mid, column.high
        evidence[:, j] = column.evidence
    return ValueMatrix(
        criteria=catalog.entries,
        actors=texts(inventory["actor_id"]),
        names=texts(inventory["actor"]),
        types=_shared(inventory["actor_type"].fillna("")),
        cities=_shared(inventory["city"]),
        low=low,
        mid=mid,
        high=high,
        evidence=evidence,
        roles=roles,
        gates=_verdicts(inventory, catalog),
        outside=inventory["outside"].to_numpy(dtype=bool),
        role_names=tuple(role.id for role in catalog.roles),
        clipped=_beyond_bounds(inventory, candidates, catalog),
    )


def _pillar_columns(
    inventory: pd.DataFrame, pillar: Pillar, catalog: Catalog, *, use_priors: bool
) -> list[_Column]:
    columns = [
        _criterion_column(inventory, criterion, catalog, use_priors=use_priors)
        for criterion in pillar.criteria
    ]
    if pillar.combine is None:
        return columns
    ordered = np.array(pillar.combine.ordered)
    return [
        _Column(
            low=core.ordered_sum(np.column_stack([c.low for c in columns]), ordered),
            mid=core.ordered_sum(np.column_stack([c.mid for c in columns]), ordered),
            high=core.ordered_sum(np.column_stack([c.high for c in columns]), ordered),
            # Which motive will prove strongest is not known beforehand, so each counts alike.
            evidence=np.mean([c.evidence for c in columns], axis=0),
        )
    ]


def _criterion_column(
    inventory: pd.DataFrame, criterion: Criterion, catalog: Catalog, *, use_priors: bool
) -> _Column:
    x = inventory[criterion.id].to_numpy(dtype=float)
    value = core.value(
        x[:, None],
        np.array([criterion.low]),
        np.array([criterion.high]),
        np.array([criterion.direction == "benefit"]),
        np.array([criterion.transform == "log10"]),
    )[:, 0]
    missing = np.isnan(x)
    low, high = np.where(missing, 0.0, value), np.where(missing, 1.0, value)
    if use_priors:
        _narrow(low, high, missing, inventory, criterion.id, catalog)
    return _Column(
        low=low,
        mid=np.where(missing, (low + high) / 2, value),
        high=high,
        evidence=(~missing).astype(float),
    )


def _narrow(
    low: Floats,
    high: Floats,
    missing: Bools,
    inventory: pd.DataFrame,
    criterion: str,
    catalog: Catalog,
) -> None:
    """Put the prior of each actor's type where its answer is missing."""
    for actor_type in catalog.actor_types:
        prior = actor_type.priors.get(criterion)
        if prior is None:
            continue
        of_type = inventory["actor_type"].eq(actor_type.id).fillna(value=False)
        rows = missing & of_type.to_numpy(dtype=bool) & _prior_holds(inventory, prior)
        low[rows], high[rows] = prior_interval(catalog, prior)


def _prior_holds(inventory: pd.DataFrame, prior: Prior) -> Bools:
    if prior.only_if is None:
        return np.ones(len(inventory), dtype=bool)
    return inventory[prior.only_if].fillna(value=False).to_numpy(dtype=bool)


def prior_interval(catalog: Catalog, prior: Prior) -> tuple[float, float]:
    """Values a prior stands for.

    Parameters
    ----------
    catalog : Catalog
        Ratings with their intervals, and how much an inferred one is widened.
    prior : Prior
        What the guide says, or what was inferred from it.

    Returns
    -------
    low, high : float
        Within [0, 1].
    """
    rating = next(r for r in catalog.ratings if r.id == prior.rating)
    slack = catalog.inferred_widening if prior.inferred else 0.0
    return max(0.0, rating.low - slack), min(1.0, rating.high + slack)


def _beyond_bounds(
    inventory: pd.DataFrame, candidates: Bools, catalog: Catalog
) -> tuple[tuple[str, int], ...]:
    """Count the answers of candidates that a bound stands in for, where there are any."""
    counts = {}
    for criterion in catalog.criteria:
        x = inventory[criterion.id].to_numpy(dtype=float)
        beyond = candidates & ((x < criterion.low) | (x > criterion.high))
        counts[criterion.id] = int(np.count_nonzero(beyond))
    return tuple((name, count) for name, count in counts.items() if count)


def _shared(column: pd.Series) -> Texts:
    """Text of which much is repeated, each text held once."""
    codes, found = pd.factorize(column)
    return texts(texts(found)[codes])


def _roles(inventory: pd.DataFrame, catalog: Catalog) -> Texts:
    """Role that keeps an actor from being ranked: its flag decides, else its type."""
    roles = np.full(len(inventory), "", dtype=object)
    for role in catalog.roles:
        by_type = inventory["actor_type"].isin(role.types)
        flagged = inventory[role.flag].fillna(by_type).to_numpy(dtype=bool)
        if not role.ranked:
            roles[flagged & (roles == "")] = role.id
    return roles


def _verdicts(inventory: pd.DataFrame, catalog: Catalog) -> Texts:
    """Worst verdict over all gates; empty where none was answered."""
    worst = np.full(len(inventory), -1)
    for gate in catalog.gates:
        severity = {tier.id: VERDICTS.index(tier.verdict) for tier in gate.tiers}
        codes, answers = pd.factorize(inventory[gate.id])
        of_answer = np.array([*(severity[answer] for answer in answers), -1])
        worst = np.maximum(worst, of_answer[codes])
    return texts(texts([*VERDICTS, ""])[worst])


def _refuse_gaps(inventory: pd.DataFrame, catalog: Catalog, rows: Bools) -> None:
    labels = user_rows(inventory)
    findings = []
    for criterion in catalog.criteria:
        gaps = labels[inventory[criterion.id].isna().to_numpy() & rows]
        unlisted = max(0, len(gaps) - LISTED)
        findings += [
            Finding(
                "evaluate.gap",
                {"criterion": criterion.id},
                row=int(row),
                column=criterion.id,
                more=unlisted if position == LISTED - 1 else 0,
            )
            for position, row in enumerate(gaps[:LISTED])
        ]
    if findings:
        raise InventoryError(findings)
