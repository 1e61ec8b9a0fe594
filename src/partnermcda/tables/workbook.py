"""Opening an Excel workbook: what it is, whether it is safe, and which sheet is meant."""

import re
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from partnermcda.errors import Finding, InventoryError
from partnermcda.tables.sheetxml import SheetScan, shared_sizes, sheet_files, spelled_size
from partnermcda.tables.table import column_number, fault

_MOST_BYTES: Final = 1 << 30
_SMALL: Final = 50 << 20
_MOST_RATIO: Final = 200
_MOST_CELLS: Final = 30_000_000
_DAMAGE: Final = (
    BadZipFile,
    CalamineError,
    EOFError,
    ExpatError,
    LookupError,
    OSError,
    RuntimeError,
    StopIteration,
    ValueError,
    zlib.error,
)
_MEANT: Final = re.compile(r"(?<![a-z])(acteurs?|actors?|inventory|inventaire)(?![a-z])")


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """The sheet that is meant, its cells and what only its file tells."""

    cells: CalamineSheet
    """The cells."""
    scan: SheetScan
    """What the file tells."""
    notes: tuple[Finding, ...]
    """What was not read."""


def open_sheet(path: Path, name: str | None) -> OpenSheet:
    """Open the sheet of a workbook that holds the table.

    Parameters
    ----------
    path : Path
        The workbook.
    name : str or None
        The sheet; None for the only one that holds anything, or the one named for actors.

    Returns
    -------
    OpenSheet

    Raises
    ------
    InventoryError
        If it is no sound workbook, needs too much memory, or the sheet is not plain.
    """
    with _told(), ZipFile(path) as archive:
        _check_archive(archive)
        files = sheet_files(archive)
        with CalamineWorkbook.from_path(path) as workbook:
            return _chosen(archive, files, workbook, name)


def open_sheets(path: Path) -> tuple[OpenSheet, ...]:
    """Open every sheet of a workbook that is shown and holds anything.

    Parameters
    ----------
    path : Path
        The workbook.

    Returns
    -------
    tuple of OpenSheet
        In the order of the workbook; all of them where every one is hidden.

    Raises
    ------
    InventoryError
        If it is no sound workbook, needs too much memory, or holds nothing.
    """
    with _told(), ZipFile(path) as archive:
        _check_archive(archive)
        files = sheet_files(archive)
        with CalamineWorkbook.from_path(path) as workbook:
            return _all(archive, files, workbook)


@contextmanager
def _told() -> Iterator[None]:
    """Tell a damaged workbook in our words."""
    try:
        yield
    except InventoryError:
        raise
    except _DAMAGE:
        raise fault("tables.workbook_damaged") from None


def _check_archive(archive: ZipFile) -> None:
    inside = archive.infolist()
    if any(entry.flag_bits & 1 for entry in inside):
        raise fault("tables.password")
    if "xl/workbook.xml" not in archive.namelist():
        raise fault("tables.no_workbook")
    _refuse_bomb(archive, sum(entry.file_size for entry in inside))
    # The sizes above are claims; reading each entry to its end holds them to it.
    if archive.testzip() is not None:
        raise BadZipFile


def _refuse_bomb(archive: ZipFile, size: int) -> None:
    if size > _limit(archive):
        packed = max(1, _packed(archive) >> 20)
        raise fault("tables.workbook_bomb", size=size >> 20, packed=packed)


def _limit(archive: ZipFile) -> int:
    return min(_MOST_BYTES, max(_SMALL, _MOST_RATIO * _packed(archive)))


def _packed(archive: ZipFile) -> int:
    return sum(entry.compress_size for entry in archive.infolist())


def _chosen(
    archive: ZipFile, files: dict[str, str], workbook: CalamineWorkbook, name: str | None
) -> OpenSheet:
    sheets = [s for s in workbook.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
    names = [sheet.name for sheet in sheets]
    if name is not None and name not in names:
        raise fault("tables.sheet_unknown", name=name, names=", ".join(names))
    scans = {n: _scan(archive, files[n]) for n in names if name in {None, n}}
    full = [n for n, scan in scans.items() if scan.rows]
    if name is None:
        shown = {s.name for s in sheets if s.visible == SheetVisibleEnum.Visible}
        name = _meant(full, shown)
    elif not full:
        raise fault("tables.sheet_empty", name=name)
    _check_size({name: scans[name]})
    _check_texts(archive, {files[name]: scans[name]})
    others = ", ".join(other for other in full if other != name)
    notes = (Finding("tables.sheets_left", {"names": others}, sheet=name),) if others else ()
    return OpenSheet(workbook.get_sheet_by_name(name), scans[name], notes)


def _all(
    archive: ZipFile, files: dict[str, str], workbook: CalamineWorkbook
) -> tuple[OpenSheet, ...]:
    sheets = [s for s in workbook.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
    scans = {sheet.name: _scan(archive, files[sheet.name]) for sheet in sheets}
    full = [name for name, scan in scans.items() if scan.rows]
    if not full:
        raise fault("tables.workbook_empty")
    shown = {s.name for s in sheets if s.visible == SheetVisibleEnum.Visible}
    names = [name for name in full if name in shown] or full
    _check_size({name: scans[name] for name in names})
    _check_texts(archive, {files[name]: scans[name] for name in names})
    hidden = ", ".join(name for name in full if name not in names)
    left = (Finding("tables.sheets_left", {"names": hidden}, sheet=names[0]),) if hidden else ()
    return tuple(
        OpenSheet(workbook.get_sheet_by_name(name), scans[name], left if name == names[0] else ())
        for name in names
    )


def _scan(archive: ZipFile, file: str) -> SheetScan:
    with archive.open(file) as stream:
        return SheetScan(stream)


def _meant(full: list[str], shown: set[str]) -> str:
    """Tell which sheet is meant when none is named."""
    if not full:
        raise fault("tables.workbook_empty")
    candidates = [name for name in full if name in shown]
    if len(candidates) == 1:
        return candidates[0]
    for_actors = [name for name in candidates if _MEANT.search(_plain(name))]
    if len(for_actors) == 1:
        return for_actors[0]
    raise fault("tables.sheet_choice", names=", ".join(candidates or full))


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKD", name).casefold()


def _check_size(scans: Mapping[str, SheetScan]) -> None:
    """Refuse a few cells so far apart that the rectangle around them fills the memory."""
    sides = {name: _sides(scan) for name, scan in scans.items()}
    areas = {name: height * width for name, (height, width) in sides.items()}
    if sum(areas.values()) > _MOST_CELLS:
        name = max(areas, key=areas.__getitem__)
        height, width = sides[name]
        details = {"height": height, "width": width, "most": _MOST_CELLS // 1_000_000}
        raise InventoryError(Finding("tables.sheet_size", details, sheet=name))


def _sides(scan: SheetScan) -> tuple[int, int]:
    columns = [column_number(letters) for letters in scan.letters]
    return max(scan.rows) - min(scan.rows) + 1, max(columns) - min(columns) + 1


def _check_texts(archive: ZipFile, scans: Mapping[str, SheetScan]) -> None:
    """Refuse long texts that stand in the file once, and in so many cells as fill the memory."""
    shared = sum(scan.shared for scan in scans.values())
    listed = next((n for n in archive.namelist() if n.lower() == "xl/sharedstrings.xml"), None)
    # No text is longer than the list of all: most sheets need no closer look.
    if listed is None or shared * archive.getinfo(listed).file_size <= _limit(archive):
        return
    with archive.open(listed) as stream:
        sizes = shared_sizes(stream)
    if shared * max(sizes, default=0) > _limit(archive):
        total = 0
        for file in scans:
            with archive.open(file) as stream:
                total += spelled_size(stream, sizes)
        _refuse_bomb(archive, total)
