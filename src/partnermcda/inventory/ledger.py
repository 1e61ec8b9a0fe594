"""Collect what is found while an inventory is read, and make no more than a reader can use."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from partnermcda.core.arrays import Bools, Ints
from partnermcda.errors import MOST_LISTED, Finding, short


class Ledger:
    """Faults of an inventory, and notes on what was done with it.

    Parameters
    ----------
    file, sheet : str
        Where the rows are.
    rows : (m,) index of int
        Rows as the user counts them.
    most : int
        Faults of one kind and column that are listed.
    """

    def __init__(self, file: str, sheet: str, rows: Any, most: int = MOST_LISTED) -> None:
        self.faults: list[Finding] = []
        self.notes: list[Finding] = []
        self._file, self._sheet, self._rows = file, sheet, rows
        self._most = most

    def fault(self, code: str, details: Mapping[str, Any] | None = None, **place: Any) -> None:
        """Add a fault."""
        self.faults.append(self._finding(code, details, place))

    def note(self, code: str, details: Mapping[str, Any] | None = None, **place: Any) -> None:
        """Add a note."""
        self.notes.append(self._finding(code, details, place))

    def each(self, places: Sequence[Any] | Ints, tell: Callable[[Any], None]) -> None:
        """Add the faults of many places: the first of them, the last of which counts the others.

        Parameters
        ----------
        places : sequence
            Where something of one kind was found.
        tell : callable
            Adds the fault of one place.
        """
        for place in places[: self._most]:
            tell(place)
        if len(places) > self._most:
            self.faults[-1] = replace(self.faults[-1], more=len(places) - self._most)

    def cells(
        self,
        code: str,
        wrong: Bools,
        column: str,
        values: Any,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """Add a fault for every cell of a column where `wrong`, with its row and value.

        Parameters
        ----------
        code : str
            Key of the sentence.
        wrong : (m,) array of bool
            Cells at fault.
        column : str
            Column as the user named it.
        values : (m,) sequence
            The cells.
        details : mapping, optional
            Fields of the sentence.
        """

        def tell(position: int) -> None:
            place = {"row": self.row(position), "value": short(values[position])}
            self.fault(code, details, column=column, **place)

        self.each(np.flatnonzero(wrong), tell)

    def row(self, position: Any) -> int:
        """Row as the user counts it."""
        return int(self._rows[int(position)])

    def _finding(
        self, code: str, details: Mapping[str, Any] | None, place: Mapping[str, Any]
    ) -> Finding:
        named = {**place, "column": short(place.get("column", ""))}
        return Finding(code, dict(details or {}), file=self._file, sheet=self._sheet, **named)
