"""Collect what is found while an inventory is read, and list no more than a reader can use."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np

from partnermcda.core.arrays import Bools
from partnermcda.errors import Finding

MOST: Final = 100
"""Findings of one code in one column that are listed."""

_SHOWN: Final = 80


class Ledger:
    """Faults of an inventory, and notes on what was done with it.

    Parameters
    ----------
    file, sheet : str
        Where the rows are.
    rows : (m,) index of int
        Rows as the user counts them.
    """

    def __init__(self, file: str, sheet: str, rows: Any) -> None:
        self.faults: list[Finding] = []
        self.notes: list[Finding] = []
        self._file, self._sheet, self._rows = file, sheet, rows

    def fault(self, code: str, details: Mapping[str, Any] | None = None, **place: Any) -> None:
        """Add a fault."""
        self.faults.append(self._finding(code, details, place))

    def note(self, code: str, details: Mapping[str, Any] | None = None, **place: Any) -> None:
        """Add a note."""
        self.notes.append(self._finding(code, details, place))

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
        positions = np.flatnonzero(wrong)
        for position in positions[:MOST]:
            row, value = self.row(position), shown(values[position])
            self.fault(code, details, column=column, row=row, value=value)
        if len(positions) > MOST:
            self.faults[-1] = replace(self.faults[-1], more=len(positions) - MOST)

    def row(self, position: Any) -> int:
        """Row as the user counts it."""
        return int(self._rows[int(position)])

    def _finding(
        self, code: str, details: Mapping[str, Any] | None, place: Mapping[str, Any]
    ) -> Finding:
        return Finding(code, dict(details or {}), file=self._file, sheet=self._sheet, **place)


def shown(value: Any) -> str:
    """Write a cell as a reader would recognize it, cut at 80 characters."""
    if hasattr(value, "as_py"):
        value = value.as_py()
    if isinstance(value, float | np.floating):
        value = f"{value:.15g}".replace("inf", "∞")
    return str(value)[:_SHOWN].encode("utf-8", "replace").decode("utf-8")


def listed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """List a finding once, and at most 100 of one code in one column.

    Parameters
    ----------
    findings : iterable of Finding

    Returns
    -------
    tuple of Finding
        The last one listed of a code in a column tells how many are not.
    """
    groups: dict[tuple[str, str, str], dict[object, Finding]] = {}
    for finding in findings:
        group = groups.setdefault((finding.code, finding.column, finding.path), {})
        group.setdefault((finding.row, finding.value), finding)
    return tuple(finding for group in groups.values() for finding in _shortened(group.values()))


def _shortened(group: Iterable[Finding]) -> list[Finding]:
    findings = list(group)
    kept, rest = findings[:MOST], findings[MOST:]
    more = len(rest) + sum(finding.more for finding in findings)
    return [*(replace(f, more=0) for f in kept[:-1]), replace(kept[-1], more=more)]
