"""What a missing answer is: any value, what the guide leads one to expect, or an error."""

from typing import Final, Literal, TypeAlias

import numpy as np
import pandas as pd

from partnermcda.catalog import Catalog, Prior
from partnermcda.core.arrays import Bools
from partnermcda.errors import Finding, InventoryError, MethodError
from partnermcda.evaluation.standing import Types
from partnermcda.inventory import user_rows

Unknown = Literal["interval", "prior", "refuse"]
UNKNOWN: Final = ("interval", "prior", "refuse")
LISTED: Final = 100
Narrowed: TypeAlias = tuple[Bools, tuple[float, float]]
"""(m,) actors, and the lowest and highest value expected of them."""


def check_unknown(unknown: str) -> None:
    """Refuse a way to treat what is unknown that does not exist.

    Parameters
    ----------
    unknown : str

    Raises
    ------
    MethodError
    """
    if unknown not in UNKNOWN:
        names = ", ".join(UNKNOWN)
        raise MethodError(Finding("evaluate.unknown", {"name": unknown, "names": names}))


def narrowed(
    inventory: pd.DataFrame, types: Types, criterion: str, catalog: Catalog
) -> list[Narrowed]:
    """Find the values a guide leads one to expect of some actors where they did not answer.

    Parameters
    ----------
    inventory : DataFrame
        Checked: m actors.
    types : Types
        Their types.
    criterion : str
        What they were asked.
    catalog : Catalog
        With the priors of each type.

    Returns
    -------
    list of Narrowed
        For each type of which something is expected.
    """
    return [
        (
            types.among([actor_type.id]) & _prior_holds(inventory, prior),
            prior_interval(catalog, prior),
        )
        for actor_type in catalog.actor_types
        if (prior := actor_type.priors.get(criterion)) is not None
    ]


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


def refuse_gaps(inventory: pd.DataFrame, catalog: Catalog, rows: Bools) -> None:
    """Refuse an inventory that lacks answers.

    Parameters
    ----------
    inventory : DataFrame
        Checked: m actors.
    catalog : Catalog
    rows : (m,) array of bool
        The actors of whom all answers are wanted.

    Raises
    ------
    InventoryError
        With row and criterion of each, at most 100 a criterion.
    """
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
