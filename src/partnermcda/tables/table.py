"""A table as found: raw cells, and rows as the user counts them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
import pandas as pd

from partnermcda.errors import Finding, InventoryError, capped, short

TEXT: Final = pd.StringDtype("pyarrow")


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Cells as found in a file or a frame, nothing interpreted."""

    frame: pd.DataFrame
    """One row an actor; the index is the row as the user counts it."""
    file: str
    """The file as the user named it; empty for a frame in memory."""
    sheet: str
    """Sheet of a workbook; empty for anything else."""
    kind: Literal["text", "cells", "typed"]
    """What a cell is: text (CSV), a Python object (Excel), or of its column's type."""
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """How the file was read: ``encoding`` and ``separator`` of a text file."""
    notes: tuple[Finding, ...] = field(default=())
    """What was done that the user should know."""


@dataclass(frozen=True, slots=True)
class Header:
    """The names of the columns, checked."""

    keep: tuple[int, ...]
    """Positions of the columns that are kept."""
    names: tuple[str, ...]
    """Their names."""
    notes: tuple[Finding, ...]
    """What was left out."""
    faults: tuple[Finding, ...]
    """What is wrong with the names."""


def read_header(labels: Sequence[str], filled: Sequence[bool], *, corner: bool = False) -> Header:
    """Check the names of the columns and leave out those without name and content.

    Parameters
    ----------
    labels : sequence of str
        What stands in the header, one text a column, empty where nothing does.
    filled : sequence of bool
        Whether anything stands below.
    corner : bool
        Whether the first column that is kept may be without a name, as in a square table whose
        rows have names, too.

    Returns
    -------
    Header

    Examples
    --------
    >>> read_header(["id", "city", ""], [True, True, False]).names
    ('id', 'city')
    """
    keep = [j for j, label in enumerate(labels) if label or filled[j]]
    dropped = [column_letter(j) for j, label in enumerate(labels) if not (label or filled[j])]
    notes = (
        [Finding("tables.empty_columns", {"letters": short(", ".join(dropped))})] if dropped else []
    )
    nameless = [j for j in keep[corner:] if not labels[j]]
    faults = [
        Finding("tables.header_empty", {"number": j + 1, "letter": column_letter(j)})
        for j in nameless
    ]
    counts = Counter(label for label in labels if label)
    repeated = [label for label, count in counts.items() if count > 1]
    faults += [
        Finding(
            "tables.header_repeated",
            {"name": short(label), "letters": _letters_of(label, labels)},
            column=short(label),
        )
        for label in repeated
    ]
    return Header(tuple(keep), tuple(labels[j] for j in keep), tuple(notes), capped(faults))


def column_letter(position: int) -> str:
    """Name a column as a spreadsheet does.

    Examples
    --------
    >>> [column_letter(j) for j in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Count a spreadsheet's columns up to and including the one so named.

    Examples
    --------
    >>> [column_number(letters) for letters in ("", "A", "Z", "AA", "AAA")]
    [0, 1, 26, 27, 703]
    """
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def row_numbers(count: int) -> pd.Index:
    """Count the rows of a table that has no header row."""
    return pd.Index(np.arange(1, count + 1, dtype=np.int64))


def fault(code: str, **details: object) -> InventoryError:
    """Make the error that tells one fault of the whole table."""
    return InventoryError(Finding(code, details))


def _letters_of(label: str, labels: Sequence[str]) -> str:
    return short(", ".join(column_letter(j) for j, other in enumerate(labels) if other == label))
