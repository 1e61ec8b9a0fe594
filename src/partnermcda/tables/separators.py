"""Which character separates the fields of a text file, and whether its quotes are sound."""

import csv
import io
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np

from partnermcda.tables.table import fault

SEPARATORS: Final = (",", ";", "\t", "|")
_RECORDS: Final = 100
_SAMPLE: Final = 1 << 20
_BLOCK: Final = 1 << 24
_QUOTE: Final = ord('"')


@dataclass(frozen=True, slots=True)
class Layout:
    """How the first records of a text look under one separator."""

    separator: str
    """The separator."""
    width: int
    """Fields of the header."""
    usual: int
    """Fields of most records."""
    share: float
    """Share of the records that have `usual` fields."""


def find_layout(text: bytes) -> Layout:
    r"""Recognize the separator by how steady the number of fields is.

    Parameters
    ----------
    text : bytes
        UTF-8; the first record is the header.

    Returns
    -------
    Layout

    Raises
    ------
    InventoryError
        If two separators fit alike, or the header fits none of the rows.

    Examples
    --------
    >>> find_layout(b"id;value\n1;2,5\n2;3,5\n").separator
    ';'
    """
    sample = text[:_SAMPLE].decode("utf-8", errors="ignore")
    complete = len(text) <= _SAMPLE
    layouts = [_layout(sample, separator, complete) for separator in SEPARATORS]
    chosen = _choose(layouts)
    if chosen is None:
        raise fault("tables.separator")
    if chosen.width != chosen.usual:
        raise fault("tables.header_fields", found=chosen.width, usual=chosen.usual)
    return chosen


def broken_quotes(text: bytes, separator: str) -> int | None:
    """Find the first record with text after a closing quote, or with a quote never closed.

    Parameters
    ----------
    text : bytes
        UTF-8.
    separator : str
        Separator of the fields.

    Returns
    -------
    int or None
        Number of the record, counted from 1; None where the quotes are sound.
    """
    if b'"' not in text or _quotes_are_plain(text, separator):
        return None
    lines = io.TextIOWrapper(io.BytesIO(text), encoding="utf-8", newline="")
    reader = csv.reader(lines, delimiter=separator, strict=True)
    record = 0
    try:
        for record, _ in enumerate(reader, start=1):  # noqa: B007
            pass
    except csv.Error:
        return record + 1
    return None


def _layout(sample: str, separator: str, complete: bool) -> Layout:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    records: list[list[str]] = []
    with suppress(csv.Error):  # a field too long: what was read so far must do
        records.extend(islice(reader, _RECORDS + 1))
    if not complete and 1 < len(records) <= _RECORDS:
        records.pop()
    widths = [len(record) for record in records if any(map(str.strip, record))] or [1]
    counts = Counter(widths)
    usual = max(counts, key=lambda width: (counts[width], width == widths[0]))
    return Layout(separator, widths[0], usual, counts[usual] / len(widths))


def _choose(layouts: list[Layout]) -> Layout | None:
    steady = [layout for layout in layouts if layout.usual > 1]
    named = [layout for layout in layouts if layout.width > 1]
    if not steady and not named:
        return max(layouts, key=lambda layout: layout.share)
    best = max(layout.share for layout in steady or named)
    fitting = [layout for layout in steady or named if layout.share == best]
    return fitting[0] if len(fitting) == 1 and best >= 0.5 else None


def _quotes_are_plain(text: bytes, separator: str) -> bool:
    """Tell whether quotes stand only around whole fields and doubled inside them."""
    codes = np.frombuffer(text, dtype=np.uint8)
    border = np.zeros(256, dtype=bool)
    border[[_QUOTE, ord(separator), ord("\n"), ord("\r")]] = True
    seen = 0
    for start in range(0, len(codes), _BLOCK):
        places = start + np.flatnonzero(codes[start : start + _BLOCK] == _QUOTE)
        opening, closing = places[seen % 2 :: 2], places[1 - seen % 2 :: 2]
        before = opening[opening > 0] - 1
        after = closing[closing < len(codes) - 1] + 1
        if not (border[codes[before]].all() and border[codes[after]].all()):
            return False
        seen += len(places)
    return seen % 2 == 0
