"""Which reader a table needs: told by what is in a file, never by its name alone."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from os import PathLike, fsdecode
from pathlib import Path
from typing import Final, Literal

from partnermcda.errors import Finding, InventoryError
from partnermcda.tables.delimited import read_delimited
from partnermcda.tables.excel import read_excel
from partnermcda.tables.frames import read_frame
from partnermcda.tables.parquet import read_parquet
from partnermcda.tables.table import Table, fault

_ZIP: Final = b"PK"
_PARQUET: Final = b"PAR1"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PASSWORD: Final = "EncryptedPackage".encode("utf-16-le")


def read_table(source: object, *, sheet: str | None = None) -> Table:
    """Read a table of actors as it is: from a file, a folder of Parquet files, or a frame.

    Parameters
    ----------
    source : str, Path, or frame
        CSV in any usual encoding and separator, Excel (.xlsx), Parquet; or a frame of pandas,
        polars, pyarrow or anything else with Arrow columns.
    sheet : str, optional
        Sheet of a workbook, needed only where several could be meant.

    Returns
    -------
    Table

    Raises
    ------
    InventoryError
        If the table cannot be read whole and without doubt.

    Examples
    --------
    >>> import pandas as pd
    >>> read_table(pd.DataFrame({"actor_id": ["007"]})).frame
      actor_id
    1      007
    """
    if not isinstance(source, str | PathLike):
        return _read_memory(source, sheet)
    file = fsdecode(source)
    with told_of(file):
        table = _read_path(file, sheet)
    return in_file(table, file)


@contextmanager
def told_of(file: str) -> Iterator[None]:
    """Name the file in whatever is found in it."""
    try:
        yield
    except OSError:
        raise InventoryError(Finding("tables.unreadable", file=file)) from None
    except InventoryError as error:
        found = [finding if finding.file else finding.at(file) for finding in error.findings]
        raise InventoryError(found) from None


def in_file(table: Table, file: str) -> Table:
    """Return the same table, of `file`."""
    notes = tuple(note if note.file else note.at(file) for note in table.notes)
    return replace(table, file=file, notes=notes)


def _read_memory(source: object, sheet: str | None) -> Table:
    if sheet is not None:
        raise fault("tables.sheet_unused", name=sheet)
    return read_frame(source)


def _read_path(file: str, sheet: str | None) -> Table:
    path, kind = recognized(file)
    if kind == "workbook":
        return read_excel(path, sheet)
    if sheet is not None:
        raise fault("tables.sheet_unused", name=sheet)
    return read_parquet(path) if kind == "parquet" else read_delimited(path)


def recognized(file: str) -> tuple[Path, Literal["workbook", "parquet", "text"]]:
    """Tell what a file is.

    Parameters
    ----------
    file : str
        As the user named it.

    Returns
    -------
    tuple of Path and {"workbook", "parquet", "text"}

    Raises
    ------
    InventoryError
        If there is no such file, nothing is in it, or it is something else than its name says.
    """
    path = _existing(file)
    start = b"" if path.is_dir() else _first_bytes(path)
    if start.startswith(_ZIP):
        return path, "workbook"
    if path.is_dir() or start.startswith(_PARQUET):
        return path, "parquet"
    _refuse_disguise(path, start)
    return path, "text"


def _existing(file: str) -> Path:
    path = Path(file)
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise fault("tables.missing") from None
    if not file or not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise fault("tables.missing" if not file else "tables.not_a_file")
    return path


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as opened:
        start = opened.read(len(_OLE))
    if not start:
        raise fault("tables.empty_file")
    return start


def _refuse_disguise(path: Path, start: bytes) -> None:
    """Refuse what is no text, or is something else than its name says."""
    if start == _OLE:
        locked = _PASSWORD in path.read_bytes()
        raise fault("tables.password" if locked else "tables.old_workbook")
    suffix = path.suffix.lower()
    if suffix in {".xlsx", ".xlsm", ".xls"}:
        raise fault("tables.not_workbook", suffix=suffix)
    if suffix == ".parquet":
        raise fault("tables.not_parquet")
