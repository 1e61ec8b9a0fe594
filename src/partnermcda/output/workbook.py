"""A ranking as an Excel workbook: the ranking, who is not in it, and what it rests on."""

import io
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from partnermcda.catalog import Catalog
from partnermcda.errors import Finding, OutputError
from partnermcda.messages import say
from partnermcda.output.about import Line, about_rows
from partnermcda.output.atomic import scratch_path
from partnermcda.output.document import NotRankedActor, left_out_records
from partnermcda.ranking import Ranking

MOST_ROWS: Final = 1_048_575
"""Rows of a sheet, below its header."""
LONGEST: Final = 32_767
"""Longest text of a cell, in UTF-16 units."""

# A fixed date: the same ranking gives the same bytes.
_CREATED: Final = datetime(2000, 1, 1)
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_WIDTHS: Final = (
    {"city": 22, "actor_id": 20, "actor": 40, "actor_type": 20, "reason": 50}
    | dict.fromkeys(("criterion", "node", "judge", "a", "b"), 28)
    | dict.fromkeys(("local_priority", "consistency_ratio", "random_index"), 16)
    | dict.fromkeys(("lever", "partner", "capability", "layer", "from", "to", "question"), 28)
    | dict.fromkeys(("because", "to_find_out", "first_settle", "only_brings", "could_fill"), 48)
    | dict.fromkeys(("members", "short", "capabilities", "certain", "who"), 48)
    | dict.fromkeys(("quadrant", "quadrants", "salience", "saliences", "layers"), 28)
)
_SCORE: Final = "0.000"
_SHARE: Final = "0 %"
_ENDS: Final = ("", "_low", "_high")
_FORMATS: Final = (
    {f"score{end}": _SCORE for end in _ENDS}
    | {f"{name}{end}": _SHARE for name in ("cover", "coverage") for end in _ENDS}
    | {
        f"{name}{end}": "0.00"
        for name in ("strength", "gain", "power", "interest")
        for end in _ENDS
    }
    | {f"{name}{end}": "0.00" for name in ("legitimacy", "urgency") for end in _ENDS}
    | dict.fromkeys(("evidence", "weight", "loss", "most"), _SHARE)
    | dict.fromkeys(("value", "need"), "0.00")
)
_LISTED: Final = 100
_SHOWN: Final = 80


def write_excel(ranking: Ranking, path: Path, *, catalog: Catalog | None, language: str) -> None:
    """Write a ranking as an Excel workbook.

    Parameters
    ----------
    ranking : Ranking
    path : Path
    catalog : Catalog or None
        For labels of criteria and orientations.
    language : {"en", "fr"}
        Language of everything but the names of the columns, which scripts rely on.

    Raises
    ------
    OutputError
        If a sheet has more rows, or a cell more characters, than Excel can hold.
    """
    frames = {"ranking": ranking.to_frame(), "not_ranked": _left_out(ranking, language)}
    about = about_rows(ranking, catalog, language)
    write_book(frames, about, path, texts=("city", "actor_id", "actor"), language=language)


def write_book(
    frames: Mapping[str, pd.DataFrame],
    about: Iterable[Line],
    path: Path,
    *,
    texts: Sequence[str],
    language: str,
) -> None:
    """Write tables as the sheets of a workbook, and what they rest on as its last.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        By the sheet's name in the table of messages.
    about : iterable of tuple
        As :func:`about_rows` makes it.
    path : Path
    texts : sequence of str
        Columns that hold texts of any length.
    language : {"en", "fr"}

    Raises
    ------
    OutputError
        If a sheet has more rows, or a cell more characters, than Excel can hold.
    """
    findings = [*_row_findings(frames, language), *_text_findings(frames, texts, language)]
    if findings:
        raise OutputError(findings)
    with _scratch_folder(scratch_path(path)) as folder:
        path.write_bytes(_book(frames, about, language, folder))


def _left_out(ranking: Ranking, language: str) -> pd.DataFrame:
    frame = pd.DataFrame(left_out_records(ranking), columns=list(NotRankedActor.model_fields))
    reasons = {reason: say(f"output.reason.{reason}", language) for reason in set(frame["reason"])}
    return frame.assign(reason=frame["reason"].map(reasons))


def _row_findings(frames: Mapping[str, pd.DataFrame], language: str) -> Iterator[Finding]:
    for name, frame in frames.items():
        if len(frame) > MOST_ROWS:
            details = {"count": len(frame), "most": MOST_ROWS}
            yield Finding("output.excel_rows", details, sheet=say(f"output.sheet.{name}", language))


def _text_findings(
    frames: Mapping[str, pd.DataFrame], texts: Sequence[str], language: str
) -> Iterator[Finding]:
    for name, frame in frames.items():
        for column in frame.columns.intersection(list(texts)):
            long = _too_long(frame[column])
            for n, text in enumerate(long[:_LISTED], start=1):
                yield Finding(
                    "output.excel_text",
                    {"count": _units(text), "most": LONGEST},
                    sheet=say(f"output.sheet.{name}", language),
                    column=column,
                    value=text[:_SHOWN],
                    more=len(long) - _LISTED if n == _LISTED else 0,
                )


def _too_long(texts: "pd.Series[str]") -> list[str]:
    # A character is one or two units, so only a text of half the limit can pass it.
    candidates = texts[texts.str.len().to_numpy(float) > LONGEST // 2]
    return [text for text in candidates if _units(text) > LONGEST]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _book(
    frames: Mapping[str, pd.DataFrame], about: Iterable[Line], language: str, folder: str
) -> memoryview:
    file = io.BytesIO()  # in memory, so that a full disk leaves no half-made archive open
    book = xlsxwriter.Workbook(file, {**_OPTIONS, "tmpdir": folder})
    book.set_properties({"created": _CREATED})
    try:
        for name, frame in frames.items():
            _add_table(book, say(f"output.sheet.{name}", language), frame)
        _add_about(book, say("output.sheet.about", language), about)
        book.close()
    except FileCreateError as error:
        raise error.args[0] from None
    finally:
        _close_scratch_files(book)
    return file.getbuffer()


@contextmanager
def _scratch_folder(folder: Path) -> Iterator[str]:
    folder.mkdir()
    try:
        yield str(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _close_scratch_files(book: Any) -> None:
    sheets = book.worksheets()
    streams = (book.fh, *(sheet.fh for sheet in sheets), *(sheet.row_data_fh for sheet in sheets))
    for stream in filter(None, streams):
        with suppress(OSError):
            stream.close()


def _add_table(book: Any, name: str, frame: pd.DataFrame) -> None:
    sheet = book.add_worksheet(name)
    header = book.add_format({"bold": True, "bottom": 1})
    names = [str(column) for column in frame]
    formats = [book.add_format({"num_format": _FORMATS.get(c, "General")}) for c in names]
    for j, column in enumerate(names):
        sheet.set_column(j, j, _WIDTHS.get(column, 11))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(frame), 1), len(names) - 1)
    _write_row(sheet, 0, names, [header] * len(names))
    cells = (frame[column] for column in names)
    columns = (np.where(cell.notna(), cell.astype(object), "").tolist() for cell in cells)
    for i, row in enumerate(zip(*columns, strict=True), start=1):
        _write_row(sheet, i, row, formats)


def _add_about(book: Any, name: str, rows: Iterable[Line]) -> None:
    sheet = book.add_worksheet(name)
    formats = {
        "title": book.add_format({"bold": True, "bottom": 1}),
        "share": book.add_format({"num_format": "0.0 %", "align": "left"}),
        "score": book.add_format({"num_format": _SCORE, "align": "left"}),
        "plain": book.add_format({"align": "left"}),
    }
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 1, 60)
    for i, (kind, *cells) in enumerate(rows):
        _write_row(sheet, i, cells, [formats[kind]] * len(cells))


def _write_row(sheet: Any, i: int, cells: Sequence[Any], formats: Sequence[Any]) -> None:
    for j, (cell, form) in enumerate(zip(cells, formats, strict=True)):
        if not isinstance(cell, str):
            sheet.write_number(i, j, cell, form)
        elif cell.startswith("<r>") and cell.endswith("</r>"):
            # The library would take the text for markup of its own and write it raw.
            sheet.write_rich_string(i, j, cell[0], cell[1:3], cell[3:], form)
        else:
            sheet.write_string(i, j, cell, form)
