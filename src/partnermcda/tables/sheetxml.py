"""What the files inside a workbook say and its cells, once read, no longer tell."""

from collections.abc import Callable, Sequence
from posixpath import join, normpath
from typing import IO, Final
from xml.parsers import expat
from zipfile import ZipFile

from partnermcda.tables.table import column_letter, column_number

_DIGITS: Final = "0123456789"
_TRUE: Final = frozenset({"1", "true"})
_ROOT: Final = "worksheet"

Cell = tuple[str, int, str]


class SheetScan:
    """One pass over the XML of a sheet.

    Calamine shows error cells and formulas without a result as empty cells, and lays sheets out
    as full rectangles however few cells they hold; this pass finds both beforehand.

    Parameters
    ----------
    stream : binary file
        The XML of the sheet.

    Raises
    ------
    ValueError
        If it is no XML, or a cell has no place.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self.rows: set[int] = set()
        """Rows that hold a cell, counted from 1."""
        self.letters: set[str] = set()
        """Columns that hold a cell."""
        self.errors: list[Cell] = []
        """Error cells: column, row, and what they show."""
        self.uncached: list[Cell] = []
        """Formulas whose result is not in the file: column, row, nothing."""
        self.hidden_rows: set[int] = set()
        """Rows that are not shown."""
        self.hidden_columns: list[tuple[int, int]] = []
        """Runs of columns that are not shown, first and last, counted from 1."""
        self.shared = 0
        """Cells whose text stands in the list all sheets share."""
        self._prefix: int | None = None
        self._row = 0
        self._letters = ""
        self._kind = "n"
        self._formula = False
        self._text = ""
        self._parser = parser(self._start)
        self._parser.ParseFile(stream)
        self._end_cell()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._prefix is None:
            self._prefix = len(name) - len(_ROOT)
        tag = name[self._prefix :]
        if tag == "c":
            self._end_cell()
            self._start_cell(attributes)
        elif tag == "v":
            self._hold()
            self.shared += self._kind == "s"
            if self._formula or self._kind == "e":
                self._parser.CharacterDataHandler = self._read
        elif tag == "f":
            self._hold()
            self._formula = True
        elif tag == "is":
            self._hold()
        elif tag == "row":
            self._start_row(attributes)
        else:
            self._end_cell()
            if tag == "col" and attributes.get("hidden") in _TRUE:
                self.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._end_cell()
        self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
        self._letters = ""
        if attributes.get("hidden") in _TRUE:
            self.hidden_rows.add(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        if place is None:  # some writers leave the place to be counted
            place = f"{column_letter(column_number(self._letters))}{self._row}"
        self._letters = place.rstrip(_DIGITS)
        self._row = int(place[len(self._letters) :])
        self._kind = attributes.get("t", "n")

    def _hold(self) -> None:
        self.rows.add(self._row)
        self.letters.add(self._letters)

    def _read(self, text: str) -> None:
        self._text += text

    def _end_cell(self) -> None:
        if self._kind == "e":
            self.errors.append((self._letters, self._row, self._text))
        elif self._formula and self._kind != "str" and not self._text.strip():
            self.uncached.append((self._letters, self._row, ""))
        if self._formula or self._kind == "e":
            self._parser.CharacterDataHandler = None
        self._formula, self._kind, self._text = False, "n", ""


def shared_sizes(stream: IO[bytes]) -> list[int]:
    """Measure the texts that the sheets of a workbook share.

    Parameters
    ----------
    stream : binary file
        The XML of the shared texts.

    Returns
    -------
    list of int
        Bytes of each text in UTF-8.
    """
    sizes: list[int] = []

    def start(name: str, _: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "si":
            sizes.append(0)
        made.CharacterDataHandler = measure if tag == "t" and sizes else None

    def measure(text: str) -> None:
        sizes[-1] += len(text.encode())

    made = parser(start)
    made.ParseFile(stream)
    return sizes


def spelled_size(stream: IO[bytes], sizes: Sequence[int]) -> int:
    """Measure the shared texts of a sheet as often as its cells name them.

    Parameters
    ----------
    stream : binary file
        The XML of the sheet.
    sizes : sequence of int
        Bytes of each shared text.

    Returns
    -------
    int
        Bytes the texts take when each cell has its own.
    """
    total, kind, place = 0, "n", ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal kind
        tag = name.rpartition(":")[2]
        kind = attributes.get("t", "n") if tag == "c" else kind
        made.CharacterDataHandler = read if tag == "v" and kind == "s" else None

    def read(text: str) -> None:
        nonlocal place
        place += text

    def end(_: str) -> None:
        nonlocal total, place
        if place:
            total, place = total + sizes[int(place)], ""
        made.CharacterDataHandler = None

    made = parser(start)
    made.EndElementHandler = end
    made.ParseFile(stream)
    return total


def parser(start: Callable[[str, dict[str, str]], None]) -> expat.XMLParserType:
    """Make a parser that calls `start` with the name and attributes of every element."""
    made = expat.ParserCreate()
    made.buffer_text = True
    made.StartElementHandler = start
    return made


def sheet_files(archive: ZipFile) -> dict[str, str]:
    """Find the file of each sheet.

    Parameters
    ----------
    archive : ZipFile
        The workbook.

    Returns
    -------
    dict of str to str
        Name of the sheet to name of its file, in the order of the workbook.
    """
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(_: str, attributes: dict[str, str]) -> None:
        if "Id" in attributes:
            targets[attributes["Id"]] = normpath(join("/xl", attributes["Target"])).lstrip("/")

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet":
            key = next(value for key, value in attributes.items() if key.endswith(":id"))
            sheets[attributes["name"]] = targets[key]

    parser(relation).Parse(archive.read("xl/_rels/workbook.xml.rels"), True)
    parser(sheet).Parse(archive.read("xl/workbook.xml"), True)
    return sheets
