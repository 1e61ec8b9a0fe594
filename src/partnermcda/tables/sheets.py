"""Files of several tables: every sheet of a workbook, or the one table of any other file."""

from dataclasses import replace
from pathlib import Path

from partnermcda.errors import Finding, InventoryError, capped
from partnermcda.tables.delimited import read_delimited
from partnermcda.tables.excel import sheet_table
from partnermcda.tables.parquet import read_parquet
from partnermcda.tables.reading import in_file, recognized, told_of
from partnermcda.tables.table import Table, fault
from partnermcda.tables.workbook import open_sheet, open_sheets

_NO_TABLE = frozenset({"tables.header_none", "tables.no_rows"})


def read_sheets(file: str, *, sheet: str | None = None) -> tuple[Table, ...]:
    """Read every table of a file as it is.

    Parameters
    ----------
    file : str
        CSV, Excel (.xlsx) or Parquet.
    sheet : str, optional
        The only sheet of a workbook to be read; otherwise all that are shown and hold a table.

    Returns
    -------
    tuple of Table
        At least one. The first column may be without a name. What was not read is a note of the
        first table.

    Raises
    ------
    InventoryError
        If a table cannot be read whole and without doubt: with the faults of all.
    """
    with told_of(file):
        path, kind = recognized(file)
        if kind == "workbook" and sheet is None:
            tables = _all_tables(path)
        elif kind == "workbook":
            tables = (sheet_table(open_sheet(path, sheet), corner=True),)
        elif sheet is not None:
            raise fault("tables.sheet_unused", name=sheet)
        elif kind == "parquet":
            tables = (read_parquet(path),)
        else:
            tables = (read_delimited(path, corner=True),)
    return tuple(in_file(table, file) for table in tables)


def _all_tables(path: Path) -> tuple[Table, ...]:
    tables: list[Table] = []
    empty: list[Finding] = []
    faults: list[Finding] = []
    for opened in open_sheets(path):
        try:
            tables.append(sheet_table(opened, corner=True))
        except InventoryError as error:
            no_table = all(found.code in _NO_TABLE for found in error.findings)
            (empty if no_table else faults).extend(error.findings)
    if faults or not tables:
        raise InventoryError(capped(faults or empty))
    if empty:
        names = ", ".join(dict.fromkeys(found.sheet for found in empty))
        left = Finding("tables.sheets_left", {"names": names}, sheet=tables[0].sheet)
        tables[0] = replace(tables[0], notes=(*tables[0].notes, left))
    return tuple(tables)
