"""Survey exports: one row a respondent, one column a pair."""

from dataclasses import replace
from typing import Final, Literal

from partnermcda.catalog.words import fold
from partnermcda.errors import Finding, short
from partnermcda.judgements.cells import Cells, clean
from partnermcda.judgements.checks import Answer, Place
from partnermcda.judgements.headers import PairColumns, pair_columns
from partnermcda.judgements.names import Names, Pair, resolved
from partnermcda.judgements.pairs import Asked
from partnermcda.judgements.values import Ratio, parse_cell, plain_number

Negative = Literal["first", "second"]

_WHO: Final = (
    ("judge", "juge", "respondent", "répondant", "expert", "participant"),
    ("name", "nom", "full name", "nom complet"),
    ("e mail", "email", "mail", "courriel", "adresse e mail", "e mail address", "email address"),
    ("id", "identifiant", "token", "code", "response id", "id de la reponse"),
)
"""Columns that say who answered, the surest first."""
_EQUAL: Final = Ratio(1, 1, 1)


def survey_columns(cells: Cells, names: Names | None) -> PairColumns:
    """Find the columns of a table that are pairs.

    Parameters
    ----------
    cells : Cells
    names : Names or None
        What nodes and the things compared may be called.

    Returns
    -------
    PairColumns
    """
    return pair_columns(cells.headers, [_judged(column) for column in cells.columns], names)


def read_survey(cells: Cells, names: Names | None, negative: Negative | None, asked: Asked) -> None:
    """Read a table with one row a respondent and one column a pair.

    Parameters
    ----------
    cells : Cells
        Columns named ``A vs B``, ``A / B``, ``A | B`` or ``A_B``, perhaps with ``node:`` before.
    names : Names or None
        What nodes and the things compared may be called.
    negative : {"first", "second"} or None
        Which of a pair counts more where a number is negative, the other one where it is
        positive. None: numbers are ratios, none negative.
    asked : Asked
        Takes in what is read.
    """
    columns = survey_columns(cells, names)
    who = _who(cells, columns)
    _tell(cells, columns, who, negative, asked)
    pairs = _pairs(cells, columns, names, asked)
    untold = None if negative else _untold(cells, pairs)
    if untold:
        asked.faults.append(untold)
        return
    for row, number in enumerate(cells.rows):
        judge = str(number) if who is None else clean(cells.columns[who][row])
        if not judge:
            place = cells.place(row, who)._replace(value=None)
            asked.refuse("", Finding("judgements.missing"), place)
            continue
        for column, pair in pairs.items():
            asked.ask(judge, pair, cells.place(row))
            _take(cells, row, column, Answer(judge, *pair, _EQUAL), negative, asked)


def _take(
    cells: Cells, row: int, column: int, blank: Answer, negative: Negative | None, asked: Asked
) -> None:
    """Take what stands in a cell in as the answer to a pair."""
    value = cells.columns[column][row]
    if value is None:
        return
    place = cells.place(row, column)
    ratio = parse_cell(value) if negative is None else signed_ratio(value, negative)
    if isinstance(ratio, Finding):
        asked.refuse(blank.judge, ratio, place)
    else:
        asked.take(replace(blank, ratio=ratio, place=place))


def signed_ratio(value: object, negative: Negative) -> Ratio | Finding:
    """Read a judgement whose sign says which side counts more.

    Parameters
    ----------
    value : object
        What stands in the cell: a number from 1 on, or from -1 down. Both 1 and -1 are equal
        importance.
    negative : {"first", "second"}
        The side that counts more where the number is negative.

    Returns
    -------
    Ratio or Finding
        A fraction, words or bounds are refused: they say which side is meant by themselves, and
        that need not be the one the sign would.

    Examples
    --------
    >>> signed_ratio(-3, "first").mode, signed_ratio("3", "first").mode
    (3.0, 0.3333333333333333)
    """
    number = plain_number(value)
    if number is None or not 1 <= abs(number) < float("inf"):
        if number == 0:
            return Finding("judgements.zero_signed", value="0")
        return Finding("judgements.unsigned", value=short(value))
    first = (number < 0) == (negative == "first")
    ratio = Ratio(abs(number), abs(number), abs(number))
    return ratio if first else ratio.mirrored()


def _judged(column: tuple[object, ...]) -> bool:
    filled = [cell for cell in column if cell is not None]
    sound = sum(plain_number(cell) is not None or _is_ratio(cell) for cell in filled)
    return bool(filled) and 2 * sound >= len(filled)


def _is_ratio(cell: object) -> bool:
    return isinstance(parse_cell(cell), Ratio)


def _who(cells: Cells, columns: PairColumns) -> int | None:
    """Find the column that names the respondent."""
    folded = {fold(cells.headers[j]): j for j in reversed(columns.others)}
    known = [folded[fold(word)] for words in _WHO for word in words if fold(word) in folded]
    first = [0] if 0 in columns.others else []
    return next(iter([*known, *first]), None)


def _tell(
    cells: Cells,
    columns: PairColumns,
    who: int | None,
    negative: Negative | None,
    asked: Asked,
) -> None:
    """Tell what is not read, and how the rest is."""
    for j, doubtful in columns.doubtful.items():
        ways = short("; ".join(f"{way.a} vs {way.b}" for way in doubtful))
        asked.faults.append(cells.finding("judgements.doubtful", j, ways=ways))
    unread = [cells.headers[j] for j in columns.others if j != who and cells.headers[j]]
    if unread:
        names = short(", ".join(unread))
        asked.notes.append(cells.finding("judgements.unread", names=names))
    if who is None:
        asked.notes.append(cells.finding("judgements.rows_as_judges"))
    if negative is not None:
        asked.notes.append(cells.finding(f"judgements.signed_{negative}"))


def _pairs(
    cells: Cells, columns: PairColumns, names: Names | None, asked: Asked
) -> dict[int, Pair]:
    pairs: dict[int, Pair] = {}
    for column, split in columns.pairs.items():
        pair = resolved(names, split.node, split.a, split.b)
        if isinstance(pair, Pair):
            pairs[column] = pair
            continue
        place = Place(cells.file, cells.sheet, column=short(cells.headers[column]))
        for found in pair:
            asked.refuse("", found, place)
    return pairs


def _untold(cells: Cells, columns: dict[int, Pair]) -> Finding | None:
    """Ask what the sign means where numbers are negative."""
    places = [
        cells.place(row, column)
        for column in columns
        for row, cell in enumerate(cells.columns[column])
        if (plain_number(cell) or 0) < 0
    ]
    if not places:
        return None
    return places[0].finding("judgements.sign", count=len(places))
