"""Values of actors on the catalog's scale: arrays alone, whoever the actors are."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from partnermcda import core
from partnermcda.catalog import Catalog, Criterion, Pillar
from partnermcda.catalog.parts import Combination
from partnermcda.core.arrays import Bools, Floats, Texts
from partnermcda.evaluation.standing import VERDICTS, Types, roles_of, verdicts_of
from partnermcda.evaluation.unknowns import Narrowed, Unknown, narrowed, refuse_gaps
from partnermcda.matrix import ValueMatrix, texts


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What is known of m actors; as in :class:`partnermcda.ValueMatrix`, but for their names."""

    low: Floats
    """(m, n) lowest value possible."""
    mid: Floats
    """(m, n) central value."""
    high: Floats
    """(m, n) highest value possible."""
    evidence: Floats
    """(m, n) share of the column that was observed, in [0, 1]."""
    roles: Texts
    """(m,) role that keeps an actor from being ranked; empty for candidates."""
    gates: Texts
    """(m,) worst verdict of the actor's gates; empty if unasked."""
    outside: Bools
    """(m,) true where the actor lies outside what a mapping keeps."""
    clipped: tuple[tuple[str, int], ...]
    """Criteria with the number of candidates' answers that a bound stands in for."""

    def of(
        self,
        criteria: tuple[str, ...],
        role_names: tuple[str, ...],
        actors: Texts,
        names: Texts,
        types: Texts,
        cities: Texts,
    ) -> ValueMatrix:
        """Say what the columns are, and whose values these are."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return ValueMatrix(criteria, actors, names, types, cities, role_names=role_names, **found)


@dataclass(frozen=True, slots=True, eq=False)
class _Values:
    """Columns that are being filled."""

    low: Floats
    mid: Floats
    high: Floats
    evidence: Floats

    @classmethod
    def empty(cls, size: int, width: int) -> "_Values":
        return cls(*(np.empty((size, width), order="F") for _ in range(4)))

    def columns(self, start: int, stop: int) -> "_Values":
        every = (self.low, self.mid, self.high, self.evidence)
        return _Values(*(x[:, start:stop] for x in every))


def measure(
    inventory: pd.DataFrame,
    catalog: Catalog,
    unknown: Unknown,
    entries: Collection[str] | None = None,
) -> Measured:
    """Bring the answers of a checked inventory to the catalog's fixed scale.

    Parameters
    ----------
    inventory : DataFrame
        m actors, perhaps none; as :func:`partnermcda.read_inventory` returns it, which is not
        checked again.
    catalog : Catalog
        Criteria with their value functions.
    unknown : {"interval", "prior", "refuse"}
        What a missing answer is; see :func:`evaluate`.
    entries : collection of str, optional
        Those of the catalog's entries that become the n columns, in the catalog's order; all of
        them without it.

    Returns
    -------
    Measured

    Raises
    ------
    InventoryError
        If answers are lacking and `unknown` refuses that.
    """
    frame = inventory.copy(deep=False)
    # pandas would copy them with every column.
    frame.attrs = {}
    types = Types.of(frame["actor_type"])
    roles = roles_of(frame, types, catalog)
    outside = frame["outside"].to_numpy(dtype=bool)
    candidates = (roles < 0) & ~outside
    if unknown == "refuse":
        refuse_gaps(frame, catalog, candidates)
    wanted = catalog.entries if entries is None else entries
    values = _values(frame, types, catalog, wanted, use_priors=unknown == "prior")
    return Measured(
        low=values.low,
        mid=values.mid,
        high=values.high,
        evidence=values.evidence,
        roles=texts([*(role.id for role in catalog.roles), ""])[roles],
        gates=texts([*VERDICTS, ""])[verdicts_of(frame, catalog)],
        outside=outside,
        clipped=_beyond_bounds(frame, candidates, catalog),
    )


@dataclass(frozen=True, slots=True, eq=False)
class CriterionValues:
    """What is known of m actors criterion by criterion, C of them; none is combined."""

    low: Floats
    """(m, C) lowest value possible."""
    mid: Floats
    """(m, C) central value."""
    high: Floats
    """(m, C) highest value possible."""
    evidence: Floats
    """(m, C) 1 where the actor was observed, else 0."""


def criterion_values(
    inventory: pd.DataFrame, catalog: Catalog, unknown: Unknown
) -> CriterionValues:
    """Bring the answers of a checked inventory to the fixed scale, every criterion by itself.

    Parameters
    ----------
    inventory : DataFrame
        m actors; as :func:`partnermcda.read_inventory` returns it, which is not checked again.
    catalog : Catalog
        Criteria with their value functions.
    unknown : {"interval", "prior"}
        What a missing answer is; see :func:`evaluate`.

    Returns
    -------
    CriterionValues
        Columns are the catalog's criteria, in its order.
    """
    frame = inventory.copy(deep=False)
    frame.attrs = {}
    types = Types.of(frame["actor_type"])
    values = _Values.empty(len(frame), len(catalog.criteria))
    for j, criterion in enumerate(catalog.criteria):
        x = frame[criterion.id].to_numpy(dtype=float)
        priors = narrowed(frame, types, criterion.id, catalog) if unknown == "prior" else []
        _fill_criterion(values.columns(j, j + 1), x, criterion, priors)
    return CriterionValues(values.low, values.mid, values.high, values.evidence)


def _values(
    frame: pd.DataFrame,
    types: Types,
    catalog: Catalog,
    entries: Collection[str],
    *,
    use_priors: bool,
) -> _Values:
    def fill(values: _Values, criterion: Criterion) -> None:
        x = frame[criterion.id].to_numpy(dtype=float)
        priors = narrowed(frame, types, criterion.id, catalog) if use_priors else []
        _fill_criterion(values, x, criterion, priors)

    values, j = _Values.empty(len(frame), len(entries)), 0
    for pillar in catalog.pillars:
        if pillar.combine is None:
            for criterion in pillar.criteria:
                if criterion.id in entries:
                    fill(values.columns(j, j + 1), criterion)
                    j += 1
        elif pillar.id in entries:
            _fill_ordered(values.columns(j, j + 1), pillar, pillar.combine, fill)
            j += 1
    return values


def _fill_ordered(
    values: _Values,
    pillar: Pillar,
    combine: Combination,
    fill: Callable[[_Values, Criterion], None],
) -> None:
    """Fill the one column of a pillar whose criteria are combined in order."""
    single = _Values.empty(len(values.low), len(pillar.criteria))
    for j, criterion in enumerate(pillar.criteria):
        fill(single.columns(j, j + 1), criterion)
    ordered = np.array(combine.ordered)
    values.low[:, 0] = core.ordered_sum(single.low, ordered)
    values.mid[:, 0] = core.ordered_sum(single.mid, ordered)
    values.high[:, 0] = core.ordered_sum(single.high, ordered)
    # Which motive will prove strongest is not known beforehand, so each counts alike.
    values.evidence[:, 0] = single.evidence.mean(axis=1)


def _fill_criterion(
    values: _Values, x: Floats, criterion: Criterion, priors: list[Narrowed]
) -> None:
    missing = np.isnan(x)
    low, high = values.low[:, 0], values.high[:, 0]
    if missing.all():
        low[:], high[:] = 0.0, 1.0
    else:
        value = _value(x, criterion)
        # Of a number and NaN, both take the number.
        np.fmax(value, 0.0, out=low)
        np.fmin(value, 1.0, out=high)
    for rows, (lowest, highest) in priors:
        low[missing & rows], high[missing & rows] = lowest, highest
    # Where the value is known, this is the value to the last bit.
    mid = np.add(low, high, out=values.mid[:, 0])
    mid /= 2
    values.evidence[:, 0] = ~missing


def _value(x: Floats, criterion: Criterion) -> Floats:
    """Bring answers to the fixed scale; what is not known stays NaN."""
    return core.value(
        x[:, None],
        np.array([criterion.low]),
        np.array([criterion.high]),
        np.array([criterion.direction == "benefit"]),
        np.array([criterion.transform == "log10"]),
    )[:, 0]


def _beyond_bounds(
    frame: pd.DataFrame, candidates: Bools, catalog: Catalog
) -> tuple[tuple[str, int], ...]:
    """Count the answers of candidates that a bound stands in for, where there are any."""
    counts = {}
    for criterion in catalog.criteria:
        x = frame[criterion.id].to_numpy(dtype=float)
        beyond = (x < criterion.low) | (x > criterion.high)
        counts[criterion.id] = int(np.count_nonzero(beyond & candidates)) if beyond.any() else 0
    return tuple((name, count) for name, count in counts.items() if count)
