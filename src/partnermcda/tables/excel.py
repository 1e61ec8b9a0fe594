"""Excel workbooks: one sheet, its cells as they are."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from partnermcda.core.arrays import Bools, Ints, Texts
from partnermcda.errors import Finding, InventoryError, capped, short
from partnermcda.tables.table import Header, Table, column_letter, read_header
from partnermcda.tables.workbook import OpenSheet, open_sheet

_SEARCHED: Final = 100


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """The rectangle of cells that holds everything, from column A on."""

    cells: Texts
    """(h, w) cells: None where nothing stands."""
    filled: Bools
    """(h, w) whether anything stands there."""
    rows: Ints
    """(h,) rows as the sheet counts them."""
    header: int
    """Position of the header among the rows."""


def read_excel(path: Path, sheet: str | None) -> Table:
    """Read a sheet of an Excel workbook.

    Parameters
    ----------
    path : Path
        The workbook.
    sheet : str or None
        The sheet; None for the one that is plainly meant.

    Returns
    -------
    Table
        Cells as they are in the sheet, texts trimmed; what is hidden is read as well.

    Raises
    ------
    InventoryError
        If the workbook, its header or its cells have faults.
    """
    return sheet_table(open_sheet(path, sheet))


def sheet_table(opened: OpenSheet, *, corner: bool = False) -> Table:
    """Take the cells of a sheet as a table.

    Parameters
    ----------
    opened : OpenSheet
        The sheet.
    corner : bool
        Whether the first column may be without a name.

    Returns
    -------
    Table

    Raises
    ------
    InventoryError
        If its header or its cells have faults.
    """
    name = opened.cells.name
    grid = _grid(opened)
    below = grid.filled[grid.header + 1 :]
    labels = [_label(cell) for cell in grid.cells[grid.header]]
    header = read_header(labels, list(np.any(below, axis=0)), corner=corner)
    faults = [*header.faults, *_merged(opened, grid), *_unreadable(opened, grid, labels)]
    if not faults and not below.any():
        faults = [Finding("tables.no_rows")]
    if faults:
        raise InventoryError(_in_sheet(found, name) for found in capped(faults))
    frame = _frame(grid, header)
    notes = [*opened.notes, *_notes(opened, grid, header, frame)]
    return Table(frame, "", name, "cells", notes=tuple(_in_sheet(note, name) for note in notes))


def _in_sheet(found: Finding, sheet: str) -> Finding:
    return replace(found, sheet=sheet)


def _grid(opened: OpenSheet) -> _Grid:
    top, left = opened.cells.start or (0, 0)
    height, width = opened.cells.height, opened.cells.width
    cells = np.full((height, left + width), None, dtype=object)
    if cells.size:
        cells[:, left:] = _trimmed(np.array(opened.cells.to_python(), dtype=object))
    filled = pd.notna(cells)
    rows = np.arange(top + 1, top + 1 + height, dtype=np.int64)
    return _Grid(cells, filled, rows, _header(cells, filled, opened.cells.name))


def _header(cells: Texts, filled: Bools, sheet: str) -> int:
    """Find the first row in which two thirds of the columns in use hold text."""
    used = filled.any(axis=0)
    for position, row in enumerate(cells[:_SEARCHED, used]):
        if 3 * sum(isinstance(cell, str) for cell in row) >= 2 * len(row):
            return position
    raise InventoryError(Finding("tables.header_none", {"searched": _SEARCHED}, sheet=sheet))


def _label(cell: object) -> str:
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _merged(opened: OpenSheet, grid: _Grid) -> list[Finding]:
    """Refuse merged cells: only the first of them holds the value."""
    first, header = grid.rows[0] - 1, grid.rows[grid.header] - 1
    return [
        Finding(
            "tables.merged" if r0 > header else "tables.merged_header",
            {"cells": f"{column_letter(c0)}{r0 + 1}:{column_letter(c1)}{r1 + 1}"},
            row=int(r0) + 1,
        )
        for (r0, c0), (r1, c1) in opened.cells.merged_cell_ranges or ()
        if r1 >= header and _holds(grid, r0 - first, c0)
    ]


def _holds(grid: _Grid, row: int, column: int) -> bool:
    height, width = grid.filled.shape
    return 0 <= row < height and column < width and bool(grid.filled[row, column])


def _unreadable(opened: OpenSheet, grid: _Grid, labels: list[str]) -> list[Finding]:
    """Refuse error cells and formulas without a result, which otherwise look empty."""
    names = {column_letter(j): short(label) for j, label in enumerate(labels)}
    kinds = (("tables.error_cell", opened.scan.errors), ("tables.formula", opened.scan.uncached))
    return [
        Finding(
            code,
            {"cell": f"{letters}{row}"},
            row=row,
            column=names.get(letters) or letters,
            value=short(text),
        )
        for code, cells in kinds
        for letters, row, text in cells
        if row >= grid.rows[grid.header]
    ]


def _frame(grid: _Grid, header: Header) -> pd.DataFrame:
    below = slice(grid.header + 1, None)
    kept = grid.filled[below].any(axis=1)
    return pd.DataFrame(
        grid.cells[below][kept][:, list(header.keep)],
        index=pd.Index(grid.rows[below][kept]),
        columns=pd.Index(header.names, dtype=object),
        dtype=object,
    )


def _notes(opened: OpenSheet, grid: _Grid, header: Header, frame: pd.DataFrame) -> list[Finding]:
    notes = list(header.notes)
    if grid.header:
        details = {"count": grid.header, "row": int(grid.rows[grid.header])}
        notes.append(Finding("tables.title_rows", details))
    blank = len(grid.rows) - grid.header - 1 - len(frame)
    if blank:
        notes.append(Finding("tables.blank_rows", {"count": blank}))
    hidden = len(opened.scan.hidden_rows.intersection(frame.index))
    if hidden:
        notes.append(Finding("tables.hidden_rows", {"count": hidden}))
    unseen = [
        name
        for j, name in zip(header.keep, header.names, strict=True)
        if any(first <= j + 1 <= last for first, last in opened.scan.hidden_columns)
    ]
    if unseen:
        notes.append(Finding("tables.hidden_columns", {"names": short(", ".join(unseen))}))
    return notes


def _clean(cell: Any) -> Any:
    return (cell.strip() or None) if isinstance(cell, str) else cell


_trimmed: Final[Any] = np.frompyfunc(_clean, 1, 1)
