"""How much is known of each criterion, counted row by row; what nobody answers is set aside."""

from dataclasses import dataclass, replace

import numpy as np

from partnermcda.batch.block import values_of
from partnermcda.batch.faults import Read
from partnermcda.batch.step import Step
from partnermcda.catalog import Catalog
from partnermcda.core.arrays import Ints
from partnermcda.ranking.candidates import (
    SetAside,
    as_names,
    first_reasons,
    named_aside,
    weights_without,
)


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What is known of some rows; the evidence of more rows adds up."""

    known: Ints
    """(n,) answers known for each entry of the matrix."""
    asked: int
    """Actors of whom answers are asked."""

    def __add__(self, other: "Evidence") -> "Evidence":
        return Evidence(self.known + other.known, self.asked + other.asked)

    @classmethod
    def none(cls, catalog: Catalog) -> "Evidence":
        """Count no rows."""
        return cls(np.zeros(len(catalog.entries), dtype=np.int64), 0)


def evidence_of(read: Read, step: Step) -> Evidence:
    """Count what is known of rows that were read.

    Parameters
    ----------
    read : Read
    step : Step
        With no criteria set aside.

    Returns
    -------
    Evidence
    """
    values = values_of(read, step)
    asked = first_reasons(values, step.options) == ""
    sums = values.evidence[asked].sum(axis=0)
    known = np.rint(sums * _criteria_behind(step.catalog)).astype(np.int64)
    return Evidence(known, int(np.count_nonzero(asked)))


def aside_by(rule: SetAside, found: Evidence, catalog: Catalog) -> tuple[str, ...]:
    """Find the criteria that are judged for nobody, by name.

    Parameters
    ----------
    rule : {"unobserved", "none"}, float or collection of str
        As :func:`partnermcda.rank` takes it.
    found : Evidence
        Of all rows.
    catalog : Catalog

    Returns
    -------
    tuple of str
        Those of which nothing is known; those known for less than a share of the actors; or those
        named, whether they exist or not. Where nobody is asked, which is told elsewhere, answers
        set nothing aside.
    """
    if rule != "unobserved" and not isinstance(rule, (int, float)):
        return () if rule == "none" else as_names(rule)
    if not found.asked:
        return ()
    coverage = found.known / (_criteria_behind(catalog) * found.asked)
    little = coverage == 0 if rule == "unobserved" else coverage < rule
    return tuple(name for name, aside in zip(catalog.entries, little, strict=True) if aside)


def _criteria_behind(catalog: Catalog) -> Ints:
    """Count the criteria behind each entry: several where a pillar is combined in order."""
    sizes = {p.id: len(p.criteria) for p in catalog.pillars if p.combine is not None}
    return np.array([sizes.get(entry, 1) for entry in catalog.entries])


def with_set_aside(step: Step, names: tuple[str, ...]) -> Step:
    """Set criteria aside: what nobody is judged by is not computed.

    Parameters
    ----------
    step : Step
    names : tuple of str

    Returns
    -------
    Step

    Raises
    ------
    MethodError
        If a criterion does not exist.
    InventoryError
        If nothing is left to judge by.
    """
    aside = named_aside(step.weights.names, names)
    kept = weights_without(step.weights, aside)
    return replace(step, weights=kept, options=replace(step.options, set_aside=()))
