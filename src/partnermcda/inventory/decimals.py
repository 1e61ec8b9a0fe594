"""Settle whether a file writes its decimals with a point or a comma, from what the file proves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from partnermcda.errors import short
from partnermcda.inventory.cells import Cells
from partnermcda.inventory.ledger import Ledger
from partnermcda.inventory.numerals import (
    COMMA,
    EITHER,
    POINT,
    Decimal,
    Numerals,
    to_numbers,
)


@dataclass(frozen=True, slots=True, eq=False)
class NumberColumn:
    """A column that shall hold numbers, not yet read."""

    name: str
    """Column as the user named it."""
    cells: Cells
    """Its m cells."""
    numerals: Numerals
    """Its texts, taken apart."""


@dataclass(frozen=True, slots=True)
class Proofs:
    """What the cells of a column prove about its decimal sign; proofs of pieces add up."""

    point: int = 0
    """Cells that can only have a point."""
    comma: int = 0
    """Cells that can only have a comma."""
    either: int = 0
    """Cells that can have either, and are other numbers with one than with the other."""
    row: int = 0
    """Row of the first of these, as the user counts it."""
    value: str = ""
    """What stands there."""
    readings: tuple[tuple[Decimal, str], ...] = ()
    """What it is by each sign."""

    def __add__(self, other: "Proofs") -> "Proofs":
        first = self if self.either else other
        sums = (self.point + other.point, self.comma + other.comma, self.either + other.either)
        return Proofs(*sums, first.row, first.value, first.readings)


def proofs_of(column: NumberColumn, ledger: Ledger) -> Proofs:
    """Count what the cells of a column prove.

    Parameters
    ----------
    column : NumberColumn
    ledger : Ledger
        Knows the rows.

    Returns
    -------
    Proofs
    """
    texts = column.numerals
    point, comma, either = (
        int(texts.counts[texts.proofs == proof].sum()) for proof in (POINT, COMMA, EITHER)
    )
    if not either:
        return Proofs(point, comma)
    position = int(np.argmax(texts.spread(texts.proofs == EITHER, empty=False)))
    code = int(texts.codes[position])
    signs: tuple[Decimal, ...] = ("point", "comma")
    readings = tuple((sign, f"{to_numbers(texts, sign)[code]:.15g}") for sign in signs)
    value = short(texts.texts[code].as_py())
    return Proofs(point, comma, either, ledger.row(position), value, readings)


def settle_decimals(
    columns: Mapping[str, Proofs], decimal: Decimal | None, ledger: Ledger
) -> dict[str, Decimal | None]:
    """Settle the decimal sign of every column.

    What one column proves holds for the whole file. Where columns of a file prove both, each
    column is read by what it proves itself.

    Parameters
    ----------
    columns : mapping of str to Proofs
        All columns of numbers of a file.
    decimal : {"point", "comma"}, optional
        The decimal sign, where the user says it.
    ledger : Ledger
        Takes a fault for every column that stays doubtful, a note for every one that was not
        clear by itself.

    Returns
    -------
    dict of str to "point" or "comma"
        None where it is doubtful.
    """
    proven = _proven(columns.values())
    settled: dict[str, Decimal | None] = {}
    for name, proofs in columns.items():
        sign = decimal or _sign(proofs, proven)
        settled[name] = sign
        if proofs.either:
            _tell(name, proofs, sign, ledger)
    return settled


def _proven(columns: Iterable[Proofs]) -> set[Decimal]:
    found: set[Decimal] = set()
    for proofs in columns:
        found |= {"point"} if proofs.point else set()
        found |= {"comma"} if proofs.comma else set()
    return found


def _sign(proofs: Proofs, proven: set[Decimal]) -> Decimal | None:
    if len(proven) == 1:
        return next(iter(proven))
    if not (proofs.point or proofs.comma):
        return None if proofs.either else "point"
    return "point" if proofs.point >= proofs.comma else "comma"


def _tell(name: str, proofs: Proofs, sign: Decimal | None, ledger: Ledger) -> None:
    place = {"column": name, "row": proofs.row, "value": proofs.value}
    readings: dict[str, str] = dict(proofs.readings)
    details = {"count": proofs.either, **readings}
    if sign is None:
        ledger.fault("inventory.decimal_doubtful", details, **place)
    else:
        ledger.note("inventory.decimal_settled", {**details, "read": readings[sign]}, **place)
