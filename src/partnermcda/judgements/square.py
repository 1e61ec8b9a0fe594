"""Square tables of judgements: what is compared names the rows and the columns."""

import re
from dataclasses import replace
from typing import Final, NamedTuple

from partnermcda.catalog.words import fold
from partnermcda.errors import Finding, short
from partnermcda.judgements.cells import Cells, clean
from partnermcda.judgements.checks import Answer, Place
from partnermcda.judgements.names import JUDGE, Names, Pair, resolved
from partnermcda.judgements.pairs import Asked
from partnermcda.judgements.values import parse_cell

_PARTS: Final = re.compile(r"\s+[-–—]\s+|\s*[·|]\s*")
_UNNAMED: Final = re.compile(r"(?:sheet|feuil|feuille|tabelle|hoja)? ?\d*")
_CORNERS: Final = frozenset(
    {
        *("criteria", "criterion", "critere", "criteres", "item", "items", "element", "elements"),
        *("name", "names", "nom", "noms", "a b", "matrix", "matrice"),
    }
)
"""What a corner may say without naming the node."""


class _Title(NamedTuple):
    node: str
    """Empty where nothing names it."""
    judge: str


def is_square(cells: Cells) -> bool:
    """Tell whether a table is meant to be square.

    Parameters
    ----------
    cells : Cells

    Returns
    -------
    bool
        Whether most columns, but the first, are named like rows.
    """
    columns = cells.headers[1:]
    rows = {clean(cell) for cell in cells.columns[0]}
    return bool(columns) and 2 * sum(name in rows for name in columns) > len(columns)


def read_square(cells: Cells, names: Names | None, asked: Asked) -> None:
    """Read a table that is a pairwise matrix.

    Parameters
    ----------
    cells : Cells
        Names in the header and in the first column, in whatever order. The node is told by the
        corner, or by the title of the sheet; ``node - judge`` there tells the judge, too.
    names : Names or None
        What nodes and the things compared may be called.
    asked : Asked
        Takes in what is read.
    """
    title = _title(cells, names)
    rows, columns = [clean(cell) for cell in cells.columns[0]], cells.headers[1:]
    faults = _name_faults(cells, rows, columns)
    if faults:
        asked.faults += faults
        return
    given: set[tuple[str, str]] = set()
    pairs = _pairs(cells, names, title.node, asked)
    for (row, column), pair in pairs.items():
        place = cells.place(row, column)
        asked.ask(title.judge, pair, Place(cells.file, cells.sheet))
        value = cells.columns[column][row]
        if value is None:
            continue
        ratio = parse_cell(value)
        if isinstance(ratio, Finding):
            asked.refuse(title.judge, ratio, place)
        else:
            asked.take(Answer(title.judge, *pair, ratio, place, square=True))
            given.add((pair.a, pair.b))
    half = sum(a != b and (b, a) not in given for a, b in given)
    if half:
        asked.notes.append(cells.finding("judgements.one_half", count=half))


def _title(cells: Cells, names: Names | None) -> _Title:
    """Tell node and judge from the corner and the title of the sheet."""
    corner = "" if fold(cells.headers[0]) in _CORNERS else cells.headers[0]
    title = clean(cells.sheet)
    parts = [part for part in _PARTS.split(title) if part]
    # A name that holds a bar or a dash itself is no pair of names.
    if len(parts) == 2 and (names is None or names.node(title) is None):
        return _Title(*parts)
    if _UNNAMED.fullmatch(fold(title)) or not title:
        return _Title(corner, JUDGE)
    if corner and fold(corner) != fold(title):
        return _Title(corner, title)
    return _Title(title, JUDGE)


def _name_faults(cells: Cells, rows: list[str], columns: tuple[str, ...]) -> list[Finding]:
    faults = []
    for position, name in enumerate(rows):
        place = cells.place(position, 0)._replace(column="")
        if not name:
            faults.append(place._replace(value=None).finding("judgements.row_nameless"))
        elif name in rows[:position]:
            other = cells.rows[rows.index(name)]
            found = place.finding("judgements.row_repeated", name=short(name), other_row=other)
            faults.append(found)
        elif name not in columns:
            faults.append(place.finding("judgements.row_alone", name=short(name)))
    for j, name in enumerate(columns, start=1):
        if name not in rows:
            faults.append(cells.finding("judgements.column_alone", j, name=short(name)))
    return faults


def _pairs(
    cells: Cells, names: Names | None, node: str, asked: Asked
) -> dict[tuple[int, int], Pair]:
    """Name the pair of each cell, row by row; what is not known is told once."""
    pairs: dict[tuple[int, int], Pair] = {}
    told: set[str] = set()
    order = {name: j for j, name in enumerate(cells.headers[1:], start=1)}
    by_column = sorted((order[clean(cell)], i) for i, cell in enumerate(cells.columns[0]))
    for _, row in by_column:
        for b, column in order.items():
            a = clean(cells.columns[0][row])
            pair = resolved(names, node, a, b)
            if isinstance(pair, Pair):
                pairs[row, column] = pair
                continue
            if not (a == b and node == ""):
                asked.faults += _once(pair, cells, told)
    return pairs


def _once(found: tuple[Finding, ...], cells: Cells, told: set[str]) -> list[Finding]:
    fresh = [finding for finding in found if repr(finding) not in told]
    told |= {repr(finding) for finding in fresh}
    return [replace(finding, file=cells.file, sheet=cells.sheet) for finding in fresh]
