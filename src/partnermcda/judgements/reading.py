"""Judgements from a file, whichever of three shapes it has."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final, Literal, get_args

from partnermcda.core.arguments import one_of
from partnermcda.errors import Finding, InventoryError, JudgementsError, short
from partnermcda.judgements.cells import Cells
from partnermcda.judgements.checks import Answer
from partnermcda.judgements.long import is_long, read_long
from partnermcda.judgements.names import Names, spelling_faults
from partnermcda.judgements.pairs import Answers, Asked
from partnermcda.judgements.square import is_square, read_square
from partnermcda.judgements.survey import Negative, read_survey, survey_columns
from partnermcda.tables.sheets import read_sheets

Shape = Literal["long", "square", "survey"]

_SCALE: Final = 9 * (1 + 1e-6)
_OURS: Final = frozenset({"empty_file", "header_none", "no_rows", "sheet_empty", "workbook_empty"})
"""What tables tell of actors, and is told of judgements here."""


def read_answers(
    file: str,
    *,
    sheet: str | None = None,
    names: Names | None = None,
    negative: Negative | None = None,
) -> Answers:
    """Read the answers in a file.

    Parameters
    ----------
    file : str
        CSV, Excel (.xlsx) or Parquet.
    sheet : str, optional
        The only sheet to be read.
    names : Names, optional
        What nodes and the things compared may be called.
    negative : {"first", "second"}, optional
        What a negative number of a survey means.

    Returns
    -------
    Answers
        With every fault of the file.

    Raises
    ------
    JudgementsError
        If the file cannot be read, or has none of the shapes.
    """
    if negative is not None:
        one_of("judgements.negative_side", negative, get_args(Negative))
    try:
        tables = read_sheets(file, sheet=sheet)
    except InventoryError as error:
        raise JudgementsError([_told(found) for found in error.findings]) from None
    every = [Cells.of(table) for table in tables]
    shapes = [_shape(cells, names) for cells in every]
    chosen = _chosen(file, every, shapes)
    if negative and "survey" not in [shapes[i] for i in chosen]:
        raise JudgementsError(Finding("judgements.sign_unused", file=file))
    asked = Asked()
    for i, cells in enumerate(every):
        # Sheets that could not be read at all are told with the first that could, read or not.
        asked.notes += [n for n in cells.notes if i in chosen or n.code == "tables.sheets_left"]
    for i in chosen:
        _read(every[i], shapes[i], names, negative, asked)
    left = ", ".join(cells.sheet for i, cells in enumerate(every) if i not in chosen)
    if left:
        asked.notes.append(Finding("tables.sheets_left", {"names": left}, file=file))
    _check(asked, file)
    return asked.told()


def _told(found: Finding) -> Finding:
    fault = found.code.removeprefix("tables.")
    return replace(found, code=f"judgements.{fault}") if fault in _OURS else found


def _shape(cells: Cells, names: Names | None) -> Shape | None:
    """Tell the shape of a table by its header and its first column."""
    if is_long(cells):
        return "long"
    if is_square(cells):
        return "square"
    columns = survey_columns(cells, names)
    return "survey" if columns.pairs or columns.doubtful else None


def _chosen(file: str, every: list[Cells], shapes: list[Shape | None]) -> list[int]:
    """Choose the sheets to be read: all squares, or the only table of another shape."""
    shaped = [i for i, shape in enumerate(shapes) if shape is not None]
    if not shaped:
        headers = [header for cells in every for header in cells.headers if header]
        told = {"headers": short(", ".join(headers))}
        raise JudgementsError(Finding("judgements.shape_unknown", told, file=file))
    if len(shaped) > 1 and {shapes[i] for i in shaped} != {"square"}:
        told = {"names": ", ".join(every[i].sheet for i in shaped)}
        raise JudgementsError(Finding("judgements.sheet_choice", told, file=file))
    return shaped


def _read(
    cells: Cells,
    shape: Shape | None,
    names: Names | None,
    negative: Negative | None,
    asked: Asked,
) -> None:
    if shape == "long":
        read_long(cells, names, asked)
    elif shape == "square":
        read_square(cells, names, asked)
    else:
        read_survey(cells, names, negative, asked)


def _check(asked: Asked, file: str) -> None:
    """Tell what only shows in all answers of a file."""
    asked.faults += [*_sheets_repeated(asked.answers), *spelling_faults(asked.answers)]
    ratios = [answer.ratio for answer in asked.answers]
    beyond = sum(ratio.low * _SCALE < 1 or ratio.high > _SCALE for ratio in ratios)
    if beyond:
        asked.notes.append(Finding("judgements.beyond", {"count": beyond}, file=file))


def _sheets_repeated(answers: Iterable[Answer]) -> Iterator[Finding]:
    """Find sheets that hold the judgements of one judge on one node."""
    first: dict[tuple[str, str], str] = {}
    told: set[tuple[str, str, str]] = set()
    for answer in answers:
        key, sheet = (answer.judge, answer.node), answer.place.sheet
        if first.setdefault(key, sheet) != sheet and (*key, sheet) not in told:
            told.add((*key, sheet))
            names = {"judge": short(answer.judge), "node": short(answer.node)}
            yield Finding(
                "judgements.sheet_repeated",
                {**names, "other": first[key]},
                file=answer.place.file,
                sheet=sheet,
            )
