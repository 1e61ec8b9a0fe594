"""What each actor alone brings of each capability."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import pandas as pd

from partnermcda.capability.listed import asked_in
from partnermcda.capability.needs import answer_worth
from partnermcda.catalog import Capability, Catalog, Criterion
from partnermcda.core.arrays import Bools, Floats
from partnermcda.evaluation import CriterionValues, Unknown, check_unknown, criterion_values
from partnermcda.evaluation.unknowns import refuse_gaps

_Column: TypeAlias = tuple[Floats, Floats, Floats, Bools]
"""(m,) amounts: lowest, central, highest; and whether it is known."""


@dataclass(frozen=True, slots=True, eq=False)
class Holdings:
    """What m actors bring, each alone, of K capabilities.

    Amounts of what is summed are in the criterion's own unit, as money; all others lie in [0, 1].
    """

    capabilities: tuple[str, ...]
    """(K,) ids, in the catalog's order."""
    low: Floats
    """(m, K) least amount possible."""
    mid: Floats
    """(m, K) central amount."""
    high: Floats
    """(m, K) greatest amount possible."""
    known: Bools
    """(m, K) whether the amount was observed, so that all three are the same."""

    def column(self, name: str) -> int:
        """Position of a capability."""
        return self.capabilities.index(name)

    def cover(self, need: Floats, amounts: Floats | None = None) -> Floats:
        """Share of each need that each actor covers alone.

        Parameters
        ----------
        need : (K,) array
            As :func:`needed` tells it.
        amounts : (m, K) array, optional
            `low`, `mid` or `high`; `mid` without it.

        Returns
        -------
        (m, K) array
            min(1, amount / need); 1 where nothing is needed.
        """
        held = self.mid if amounts is None else amounts
        asked = np.where(need > 0, need, 1.0)
        return np.where(need > 0, np.minimum(1.0, held / asked), 1.0)


def holdings(inventory: pd.DataFrame, catalog: Catalog, unknown: Unknown = "interval") -> Holdings:
    """Find what each actor alone brings of each capability.

    Parameters
    ----------
    inventory : DataFrame
        Checked: m actors, as :func:`partnermcda.read_inventory` returns it.
    catalog : Catalog
        With K capabilities.
    unknown : {"interval", "prior", "refuse"}
        What a missing answer to a criterion is; see :func:`evaluate`.

    Returns
    -------
    Holdings

    Raises
    ------
    InventoryError
        If answers are lacking and `unknown` refuses that.
    MethodError
        If there is no such way to treat what is unknown.

    Notes
    -----
    ===========  ==========================================  ==============================
    cover        amount                                      where it is not known
    ===========  ==========================================  ==============================
    sum          the answer                                  0 to the criterion's bound
    best, union  the answer's value in [0, 1]; 0 for who     0 to that value
                 holds other kinds of data than asked
    role         1 for who plays the role or is bound by a   0 to 1 without a type
                 clause
    bridge       1 for some types                            0 to 1 without a type
    someone      1 for who runs it; 0 for who only runs      0 to 1
                 others
    ===========  ==========================================  ==============================

    Examples
    --------
    >>> from partnermcda.catalog import load_catalog
    >>> from partnermcda.inventory import read_inventory
    >>> catalog = load_catalog("urban-services")
    >>> actors = pd.DataFrame({
    ...     "actor_id": ["a"], "actor": ["Ada"], "actor_type": ["ngo"], "city": ["Dakar"],
    ...     "res_financial": [50000], "functions": ["easy_payment"]})
    >>> found = holdings(read_inventory(actors, catalog), catalog)
    >>> names = ["funds", "staff", "easy_payment", "complaint_handling"]
    >>> {name: found.high[0, found.column(name)].item() for name in names}
    {'funds': 50000.0, 'staff': 20.0, 'easy_payment': 1.0, 'complaint_handling': 0.0}
    """
    check_unknown(unknown)
    if unknown == "refuse":
        refuse_gaps(inventory, catalog, ~inventory["outside"].to_numpy(dtype=bool))
    values = criterion_values(inventory, catalog, unknown)
    columns = [_BRINGS[c.cover](c, inventory, catalog, values) for c in catalog.capabilities]
    shape = (len(inventory), len(columns))
    low, mid, high, known = (
        np.array(part).T.reshape(shape)
        for part in (zip(*columns, strict=True) if columns else [()] * 4)
    )
    names = tuple(capability.id for capability in catalog.capabilities)
    return Holdings(names, low, mid, high, known.astype(bool))


def _summed(
    capability: Capability, inventory: pd.DataFrame, catalog: Catalog, values: CriterionValues
) -> _Column:
    criterion, j = _asked(capability, catalog)
    answers = inventory[criterion.id].to_numpy(dtype=float)
    known = ~np.isnan(answers)

    def amounts(v: Floats) -> Floats:
        # The answer worth nothing is the scale's end, but who may bring nothing brings nothing.
        return np.where(known, answers, np.where(v > 0, answer_worth(criterion, v), 0.0))

    return (*(amounts(v[:, j]) for v in (values.low, values.mid, values.high)), known)


def _valued(
    capability: Capability, inventory: pd.DataFrame, catalog: Catalog, values: CriterionValues
) -> _Column:
    _, j = _asked(capability, catalog)
    low, high = values.low[:, j].copy(), values.high[:, j].copy()
    known = values.evidence[:, j] > 0
    if capability.data_kinds and capability.attribute is not None:
        given, has = asked_in(inventory[capability.attribute], capability.data_kinds)
        low[~has] = 0.0
        high[given & ~has] = 0.0
        known = np.where(given, known | ~has, known & (high == 0))
    return low, (low + high) / 2, high, known


def _played(
    capability: Capability, inventory: pd.DataFrame, catalog: Catalog, _: CriterionValues
) -> _Column:
    plays, known = np.zeros((2, len(inventory)), dtype=bool)
    known |= True
    for role in (r for r in catalog.roles if r.id in capability.roles):
        flags, types = inventory[role.flag], inventory["actor_type"]
        said = flags.notna().to_numpy(dtype=bool)
        by_type = types.isin(role.types).fillna(value=False).to_numpy(dtype=bool)
        plays |= np.where(said, flags.fillna(value=False).to_numpy(dtype=bool), by_type)
        known &= said | types.notna().to_numpy(dtype=bool)
    if capability.attribute is not None:
        plays |= asked_in(inventory[capability.attribute], [capability.id])[1]
    return _binary(plays, known | plays)


def _bridged(
    capability: Capability, inventory: pd.DataFrame, _: Catalog, __: CriterionValues
) -> _Column:
    types = inventory["actor_type"]
    gives = types.isin(capability.given_by).fillna(value=False).to_numpy(dtype=bool)
    return _binary(gives, types.notna().to_numpy(dtype=bool))


def _run(
    capability: Capability, inventory: pd.DataFrame, _: Catalog, __: CriterionValues
) -> _Column:
    if capability.attribute is None:
        nobody = np.zeros(len(inventory), dtype=bool)
        return _binary(nobody, nobody)
    given, has = asked_in(inventory[capability.attribute], [capability.id])
    return _binary(has, given)


def _binary(has: Bools, known: Bools) -> _Column:
    """Amounts of what one brings or does not: 0 to 1 where that is not known."""
    low = has.astype(float)
    high = np.where(known, low, 1.0)
    return low, (low + high) / 2, high, known


def _asked(capability: Capability, catalog: Catalog) -> tuple[Criterion, int]:
    """Criterion that a capability rests on, and its position."""
    names = [criterion.id for criterion in catalog.criteria]
    j = names.index(str(capability.criterion))
    return catalog.criteria[j], j


_BRINGS: Final[Mapping[str, Callable[..., _Column]]] = {
    "sum": _summed,
    "best": _valued,
    "union": _valued,
    "role": _played,
    "bridge": _bridged,
    "someone": _run,
}
"""How an amount is found, for each way in which a set covers a need."""
