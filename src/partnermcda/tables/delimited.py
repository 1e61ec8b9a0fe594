"""Text files: CSV, with whatever separator and encoding."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from partnermcda.core.arrays import Bools, Ints
from partnermcda.errors import Finding, InventoryError, capped, short
from partnermcda.tables.encoding import to_utf8
from partnermcda.tables.frames import to_frame
from partnermcda.tables.separators import Layout, broken_quotes, find_layout
from partnermcda.tables.table import Table, fault, read_header

_BLOCK: Final = 1 << 24
_BLANK_LINES: Final = re.compile(rb"(?:[ \t,;|]*(?:\r\n|\r|\n))*")
_LINE_END: Final = re.compile(rb"\r\n|\r|\n")
_MARKUP: Final = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<body")


@dataclass(slots=True)
class _OddRows:
    """What the parser says of records that do not have the header's number of fields."""

    before: int
    blank: list[int] = field(default_factory=list)
    wrong: list[tuple[int, int, str]] = field(default_factory=list)

    def __call__(self, row: Any) -> str:
        number = self.before + row.number
        if row.text.strip():
            self.wrong.append((number, row.actual_columns, short(row.text)))
        else:
            self.blank.append(number)
        return "skip"

    def faults(self, width: int) -> tuple[Finding, ...]:
        return capped(
            Finding("tables.fields", {"found": found, "expected": width}, row=row, value=text)
            for row, found, text in self.wrong
        )


def read_delimited(path: Path, *, corner: bool = False) -> Table:
    """Read a text file whose fields stand between separators.

    Parameters
    ----------
    path : Path
        The file.
    corner : bool
        Whether the first column may be without a name.

    Returns
    -------
    Table
        Every cell is text, trimmed; empty cells are missing.

    Raises
    ------
    InventoryError
        If encoding, separator, quotes, header or rows have faults.
    """
    text, encoding = to_utf8(path.read_bytes())
    lead = _BLANK_LINES.match(text)
    before = len(_LINE_END.findall(lead[0])) if lead else 0
    text = text[lead.end() :] if lead and lead.end() else text
    if not text.strip():
        raise fault("tables.empty_file")
    if text[:200].lstrip().lower().startswith(_MARKUP):
        raise fault("tables.markup")
    layout = find_layout(text)
    broken = broken_quotes(text, layout.separator)
    if broken is not None:
        raise InventoryError(Finding("tables.quote", row=before + broken))
    columns, rows, last = _parse(text, layout, before)
    del text
    table, rows, notes = _assemble(columns, rows, corner)
    frame = to_frame(table)
    frame.index = pd.Index(rows)
    notes = _notes(notes, encoding, last - 1 - len(rows))
    facts = MappingProxyType({"encoding": encoding, "separator": layout.separator})
    return Table(frame, "", "", "text", facts, tuple(notes))


def _parse(text: bytes, layout: Layout, before: int) -> tuple[list[pa.ChunkedArray], Ints, int]:
    """Cut the text into columns, the header as their first value; number and count the rows."""
    names = [str(j) for j in range(layout.width)]
    odd = _OddRows(before)
    try:
        table = pyarrow.csv.read_csv(
            pa.py_buffer(text if text.endswith((b"\n", b"\r")) else text + b"\n"),
            # Only one thread counts the rows.
            read_options=pyarrow.csv.ReadOptions(
                use_threads=False, block_size=_BLOCK, column_names=names
            ),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=layout.separator,
                newlines_in_values=b'"' in text,
                ignore_empty_lines=False,
                invalid_row_handler=odd,
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
                check_utf8=False,
            ),
        )
    except pa.ArrowInvalid:
        raise fault("tables.record_long", most=_BLOCK >> 20) from None
    if odd.wrong:
        raise InventoryError(odd.faults(layout.width))
    last = before + table.num_rows + len(odd.blank)
    rows = np.setdiff1d(np.arange(before + 1, last + 1), odd.blank, assume_unique=True)
    return table.columns, rows, last


def _assemble(
    columns: list[pa.ChunkedArray], rows: Ints, corner: bool
) -> tuple[pa.Table, Ints, list[Finding]]:
    """Name the columns, and leave out rows and columns in which nothing stands."""
    labels = [column[0].as_py().strip() for column in columns]
    cells = []
    while columns:  # one at a time, so that no more than one column exists twice
        cells.append(_trimmed(columns.pop(0).slice(1)))
    header = read_header(
        labels, [column.null_count < len(column) for column in cells], corner=corner
    )
    if header.faults:
        raise InventoryError(header.faults)
    table = pa.table([cells[j] for j in header.keep], names=list(header.names))
    filled = _filled(table)
    if not filled.any():
        raise InventoryError(Finding("tables.no_rows"))
    table = table if filled.all() else table.filter(pa.array(filled))
    return table, rows[1:][filled], list(header.notes)


def _trimmed(column: pa.ChunkedArray) -> pa.ChunkedArray:
    texts = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(pc.binary_length(texts), 0), pa.scalar(None, pa.string()), texts)


def _filled(table: pa.Table) -> Bools:
    """Tell which rows hold anything."""
    filled = np.zeros(table.num_rows, dtype=bool)
    for column in table.columns:
        filled |= column.is_valid().to_numpy()
        if filled.all():
            break
    return filled


def _notes(header: list[Finding], encoding: str, blank: int) -> list[Finding]:
    notes = list(header)
    if encoding not in {"utf-8", "utf-8-sig"}:
        notes.insert(0, Finding("tables.encoding_read", {"encoding": encoding}))
    if blank:
        notes.append(Finding("tables.blank_rows", {"count": blank}))
    return notes
