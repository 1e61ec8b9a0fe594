"""Settle whether a file writes its decimals with a point or a comma, from what the file proves."""

from collections.abc import Sequence
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

    def count(self, proof: int) -> int:
        """Cells whose text proves this about the decimal sign."""
        return int(self.numerals.counts[self.numerals.proofs == proof].sum())

    def first(self, proof: int) -> tuple[int, str]:
        """Position and text of the first cell whose text proves this."""
        found = self.numerals.spread(self.numerals.proofs == proof, empty=False)
        position = int(np.argmax(found))
        return position, short(self.numerals.texts[int(self.numerals.codes[position])].as_py())


def settle_decimals(
    columns: Sequence[NumberColumn], decimal: Decimal | None, ledger: Ledger
) -> dict[str, Decimal | None]:
    """Settle the decimal sign of every column.

    What one column proves holds for the whole file. Where columns of a file prove both, each
    column is read by what it proves itself.

    Parameters
    ----------
    columns : sequence of NumberColumn
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
    proven = {sign for column in columns for sign in _proven(column)}
    settled: dict[str, Decimal | None] = {}
    for column in columns:
        sign = decimal or _sign(column, proven)
        settled[column.name] = sign
        if column.count(EITHER):
            _tell(column, sign, ledger)
    return settled


def _proven(column: NumberColumn) -> set[Decimal]:
    signs: tuple[tuple[int, Decimal], ...] = ((POINT, "point"), (COMMA, "comma"))
    return {sign for proof, sign in signs if column.count(proof)}


def _sign(column: NumberColumn, proven: set[Decimal]) -> Decimal | None:
    if len(proven) == 1:
        return next(iter(proven))
    points, commas = column.count(POINT), column.count(COMMA)
    if not (points or commas):
        return None if column.count(EITHER) else "point"
    return "point" if points >= commas else "comma"


def _tell(column: NumberColumn, sign: Decimal | None, ledger: Ledger) -> None:
    position, text = column.first(EITHER)
    place = {"column": column.name, "row": ledger.row(position), "value": text}
    readings = {style: _reading(column, position, style) for style in ("point", "comma")}
    details = {"count": column.count(EITHER), **readings}
    if sign is None:
        ledger.fault("inventory.decimal_doubtful", details, **place)
    else:
        ledger.note("inventory.decimal_settled", {**details, "read": readings[sign]}, **place)


def _reading(column: NumberColumn, position: int, sign: Decimal) -> str:
    return f"{to_numbers(column.numerals, sign)[column.numerals.codes[position]]:.15g}"
