"""Texts of a CSV file that a spreadsheet would run as formulas."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

# Spreadsheets run a cell that begins so, whatever white space, marks or quotes stand before it.
_RUNS: Final = r"""^[\p{Z}\p{C}'"]*[=+\-@＝＋－＠\t\r]"""
_GUARD: Final = "'"


def guarded(texts: pa.Array) -> pa.Array:
    """Put an apostrophe before texts that a spreadsheet would run.

    Parameters
    ----------
    texts : pyarrow.Array of string

    Returns
    -------
    pyarrow.Array

    Examples
    --------
    >>> guarded(pa.array(["=1+1", "Ada"])).to_pylist()
    ["'=1+1", 'Ada']
    """
    before = pc.binary_join_element_wise(
        pa.scalar(_GUARD, texts.type), texts, pa.scalar("", texts.type)
    )
    return pc.if_else(pc.match_substring_regex(texts, _RUNS), before, texts)


def unguarded(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Take the apostrophe from before texts of a CSV file that a spreadsheet would have run.

    Parameters
    ----------
    texts : pyarrow.Array or ChunkedArray of string
        As read from a file that was written here.

    Returns
    -------
    pyarrow.Array or ChunkedArray
        As they were before writing.

    Examples
    --------
    >>> unguarded(pa.array(["'=1+1", "'Ada"])).to_pylist()
    ['=1+1', "'Ada"]
    """
    # What runs still does with an apostrophe before it: these are the texts that were given one.
    runs = pc.match_substring_regex(texts, _RUNS)
    given = pc.and_(runs, pc.starts_with(texts, _GUARD))
    return pc.if_else(given, pc.utf8_slice_codeunits(texts, len(_GUARD)), texts)
