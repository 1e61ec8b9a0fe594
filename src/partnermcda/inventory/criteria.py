"""Read answers to criteria: numbers from a column, a computation, a recode or a constant."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from partnermcda.catalog import Catalog, Criterion
from partnermcda.catalog.words import rating_words
from partnermcda.core.arrays import Bools, Floats
from partnermcda.inventory.ledger import Ledger
from partnermcda.inventory.numerals import Decimal
from partnermcda.inventory.numeric import read_numbers, rules_of
from partnermcda.inventory.recode import look_up
from partnermcda.inventory.register import Register
from partnermcda.inventory.texts import read_categories
from partnermcda.mapping import NumberSource

_PLAINLY = 1e6
"""A value that many times the median is plainly in another unit."""


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Answers of m actors to one criterion."""

    source: str
    """Where they come from."""
    values: Floats
    """(m,) numbers; NaN where it is not known."""
    limited: Bools
    """(m,) answers that lay outside a mapping's limits."""
    undivided: Bools
    """(m,) answers not known because the denominator was zero."""


def no_answers(size: int) -> Answers:
    """Make the answers to a question nobody was asked."""
    nobody = np.zeros(size, dtype=bool)
    return Answers("", np.full(size, np.nan), nobody, nobody)


def read_answers(
    criterion: Criterion,
    source: NumberSource,
    register: Register,
    signs: Mapping[str, Decimal | None],
    catalog: Catalog,
    ledger: Ledger,
) -> Answers:
    """Read the answers to one criterion.

    Parameters
    ----------
    criterion : Criterion
    source : NumberSource
        Where they come from.
    register : Register
    signs : mapping of str to "point", "comma" or None
        Decimal sign of every column of numbers.
    catalog : Catalog
    ledger : Ledger

    Returns
    -------
    Answers
    """
    nobody = np.zeros(register.size, dtype=bool)
    if source.value is not None:
        constant = _step(source.value, catalog)
        return Answers("", np.full(register.size, constant), nobody, nobody)
    if source.recode is not None:
        values = _recoded(criterion, source, register, catalog, ledger)
        return Answers(source.column or "", values, nobody, nobody)
    rules = rules_of(criterion, catalog, computed=source.computes)
    parts = [
        read_numbers(register.numbers[name], signs[name], rules, ledger, missing=source.missing)
        for name in source.reads
    ]
    values, undivided = _computed(source, parts)
    values, limited = _limited(criterion, source, values, ledger)
    _tell_units(criterion, source, values, ledger)
    return Answers(" / ".join(source.reads), values, limited, undivided)


def _step(value: float | str, catalog: Catalog) -> float:
    if not isinstance(value, str):
        return value
    meaning = rating_words(catalog.ratings).meaning(value)
    return next(float(r.likert) for r in catalog.ratings if r.id == meaning)


def _recoded(
    criterion: Criterion,
    source: NumberSource,
    register: Register,
    catalog: Catalog,
    ledger: Ledger,
) -> Floats:
    recode, column = source.recode or {}, source.column or ""
    path = f"criteria.{criterion.id}.recode"
    codes = look_up(read_categories(register.cells[column]), recode, path, column, ledger)
    meanings = [np.nan if v is None else _step(v, catalog) for v in recode.values()]
    return np.array([*meanings, np.nan])[codes]


def _computed(source: NumberSource, parts: list[Floats]) -> tuple[Floats, Bools]:
    values = parts[0]
    undivided = np.zeros(len(values), dtype=bool)
    if not source.computes:
        return values, undivided
    # What overflows is infinite, and told as impossible when the frame is checked.
    with np.errstate(over="ignore", under="ignore"):
        if source.per is not None:
            undivided = (parts[1] == 0) & ~np.isnan(values)
            values = values / np.where(parts[1] == 0, np.nan, parts[1])
        return values * source.factor + source.offset, undivided


def _limited(
    criterion: Criterion, source: NumberSource, values: Floats, ledger: Ledger
) -> tuple[Floats, Bools]:
    if source.limits is None:
        return values, np.zeros(len(values), dtype=bool)
    low, high = source.limits
    outside = (values < low) | (values > high)
    if source.outside == "fault":
        details = {"criterion": criterion.id, "low": low, "high": high}
        ledger.cells("mapping.outside_limits", outside, source.column or "", values, details)
    clipped = source.outside == "clip"
    return np.where(outside, np.clip(values, low, high) if clipped else np.nan, values), outside


def _tell_units(criterion: Criterion, source: NumberSource, values: Floats, ledger: Ledger) -> None:
    """Note amounts plainly in another unit than their peers."""
    if criterion.scale not in ("money", "count"):
        return
    positive = values[values > 0]
    # Far from the median is nobody where most are less far from the largest: no need to sort.
    if np.count_nonzero(positive <= 2 * positive.max(initial=0) / _PLAINLY) < len(positive) // 2:
        return
    if not len(positive):
        return
    median = float(np.median(positive))
    far = np.flatnonzero(values >= _PLAINLY * median)
    if len(far):
        first = far[np.argmax(values[far])]
        details = {"count": len(far), "median": f"{median:.6g}"}
        place = {"row": ledger.row(first), "value": f"{values[first]:.15g}"}
        ledger.note("inventory.other_unit", details, column=source.column or "", **place)
