"""Who an actor is in the matter: the role it plays, and how it stands at the gates."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from partnermcda.catalog import Catalog
from partnermcda.core.arrays import Bools, Ints
from partnermcda.inventory.cells import as_text

VERDICTS: Final = ("pass", "review", "fail")
"""What a gate can say, the worst last."""


@dataclass(frozen=True, slots=True, eq=False)
class Types:
    """Words that many actors share, as their types."""

    names: tuple[str, ...]
    """(u,) distinct words."""
    codes: Ints
    """(m,) which of them each actor has; -1 if none is known."""

    @classmethod
    def of(cls, column: pd.Series) -> "Types":
        """Find the distinct words of a column of text."""
        texts = as_text(column)
        if texts.null_count == len(texts):
            return cls((), np.full(len(texts), -1))
        coded = texts.dictionary_encode()
        codes = np.asarray(pc.fill_null(coded.indices, -1))
        return cls(tuple(coded.dictionary.to_pylist()), codes)

    def among(self, chosen: Collection[str]) -> Bools:
        """Tell who has one of some words; (m,) array of bool."""
        found: Bools = self.spread([name in chosen for name in self.names], empty=False)
        return found

    def spread(self, values: list[Any], empty: Any) -> Any:
        """Bring (u,) values of words to the (m,) actors that have them."""
        return np.array([*values, empty])[self.codes]


def roles_of(inventory: pd.DataFrame, types: Types, catalog: Catalog) -> Ints:
    """Find the role that keeps an actor from being ranked: its flag decides, else its type.

    Parameters
    ----------
    inventory : DataFrame
        Checked: m actors.
    types : Types
        Their types.
    catalog : Catalog

    Returns
    -------
    (m,) array of int
        Position among the catalog's roles; -1 for candidates.
    """
    roles = np.full(len(inventory), -1)
    for position, role in enumerate(catalog.roles):
        if not role.ranked:
            flags = inventory[role.flag]
            said = flags.notna().to_numpy()
            played = np.where(said, flags.to_numpy(bool, na_value=False), types.among(role.types))
            roles[played & (roles < 0)] = position
    return roles


def verdicts_of(inventory: pd.DataFrame, catalog: Catalog) -> Ints:
    """Find the worst verdict over all gates.

    Parameters
    ----------
    inventory : DataFrame
        Checked: m actors.
    catalog : Catalog

    Returns
    -------
    (m,) array of int
        Position among :data:`VERDICTS`; -1 where no gate was answered.
    """
    worst = np.full(len(inventory), -1)
    for gate in catalog.gates:
        answers = Types.of(inventory[gate.id])
        if answers.names:
            severity = {tier.id: VERDICTS.index(tier.verdict) for tier in gate.tiers}
            of_answer = [severity[answer] for answer in answers.names]
            worst = np.maximum(worst, answers.spread(of_answer, empty=-1))
    return worst
