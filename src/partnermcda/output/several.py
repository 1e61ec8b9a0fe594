"""Results of several tables: as CSV or Parquet one of them, as Excel or JSON all, and read back."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa

from partnermcda.errors import Finding, MethodError
from partnermcda.messages import say
from partnermcda.output.about import Line
from partnermcda.output.atomic import Writer
from partnermcda.output.comparison import Comparison, compare_tables
from partnermcda.output.document import Record
from partnermcda.output.files import fingerprint
from partnermcda.output.reading import Shape, read_table
from partnermcda.output.tables import write_csv, write_json, write_parquet
from partnermcda.output.workbook import write_book
from partnermcda.version import __version__

_ONE: Final = (".csv", ".parquet")
"""Endings of files that hold one table."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What a kind of result with several tables looks like."""

    format: str
    """What a file says it is, as ``partnermcda-robustness/1``."""
    schemas: Mapping[str, pa.Schema]
    """Columns of each table, with their types; the first is the one a file of one table holds."""
    keys: Mapping[str, tuple[str, ...]]
    """Columns of each table that say which row is which."""
    rows: Callable[[bytes, str], list[dict[str, Any]]]
    """Takes the rows of a table out of JSON."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the tables."""
        return tuple(self.schemas)

    def chosen(self, path: str | Path, table: str | None) -> str | None:
        """Tell which table a file holds; None where it holds all."""
        return (table or self.names[0]) if holds_one(path) else None


@dataclass(frozen=True, slots=True)
class Contents:
    """What there is to write of one result."""

    frame: Callable[[Any], pd.DataFrame]
    """Lays one of the tables out."""
    facts: Mapping[str, object]
    """What a Parquet file says of itself, beside its format."""
    document: Callable[[], Record]
    """Lays all out as JSON is."""
    about: Callable[[], Iterable[Line]]
    """What it rests on, line by line."""


def holds_one(path: str | Path) -> bool:
    """Tell whether a file of this name holds one table only.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    bool
    """
    return Path(path).suffix.lower() in _ONE


def check_table(path: str | Path | None, table: str | None) -> None:
    """Make sure that a table is asked for only where a file holds one.

    Parameters
    ----------
    path : str or Path or None
        Where the result shall go, if anywhere.
    table : str or None
        What was asked for.

    Raises
    ------
    MethodError
        If the file holds all tables, or there is none.
    """
    if table is not None and not (path and holds_one(path)):
        raise MethodError(Finding("output.table", value=table))


def tables_writer(
    kind: Tables, contents: Contents, suffix: str, table: str | None, language: str
) -> Writer:
    """Make what writes a result of several tables, wherever it is told to.

    Parameters
    ----------
    kind : Tables
    contents : Contents
    suffix : str
        ``.csv``, ``.parquet``, ``.xlsx`` or ``.json``, in either case.
    table : str or None
        Which table a CSV or Parquet file holds, the first without it; the others hold all.
    language : {"en", "fr"}
        Language of the words in an Excel file.

    Returns
    -------
    callable
        Takes a path.
    """
    name = table or kind.names[0]
    writers: dict[str, Writer] = {
        ".csv": lambda path: write_csv(_arrow(kind, contents, name), path),
        ".parquet": partial(_write_parquet, kind, contents, name),
        ".xlsx": partial(_write_excel, kind, contents, language),
        ".json": lambda path: write_json(contents.document(), path),
    }
    return writers[suffix.lower()]


def compare_several(
    kind: Tables, old: str | Path, new: str | Path, table: str | None
) -> Comparison:
    """Compare two files of a kind of result with several tables.

    Parameters
    ----------
    kind : Tables
    old, new : str or Path
    table : str or None
        Which table they hold, if they are CSV or Parquet.

    Returns
    -------
    Comparison
        Of the rows of all their tables.

    Raises
    ------
    OutputError
        If one of them cannot be read, or is no such file.
    """
    if fingerprint(old) == fingerprint(new):
        return Comparison(True, True, 0.0, 0, 0, 0)
    names = (table or kind.names[0],) if holds_one(old) else kind.names
    found = [_compared(kind, Path(old), Path(new), name) for name in names]
    return Comparison(
        same_bytes=False,
        same_ranks=all(one.same_ranks for one in found),
        largest_difference=max(one.largest_difference for one in found),
        only_old=sum(one.only_old for one in found),
        only_new=sum(one.only_new for one in found),
        differing=sum(one.differing for one in found),
    )


def records(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Take the rows of a table as plain data.

    Parameters
    ----------
    frame : DataFrame

    Yields
    ------
    dict
        What is no number is none.
    """
    columns = [frame[name].tolist() for name in frame]
    for row in zip(*columns, strict=True):
        cells = (None if isinstance(c, float) and math.isnan(c) else c for c in row)
        yield dict(zip(map(str, frame), cells, strict=True))


def _compared(kind: Tables, old: Path, new: Path, table: str) -> Comparison:
    rows = partial(_rows, kind, table)
    shape = Shape(kind.schemas[table], kind.format, kind.names.index(table), rows)
    return compare_tables(read_table(old, shape), read_table(new, shape), kind.keys[table])


def _rows(kind: Tables, table: str, raw: bytes) -> list[dict[str, Any]]:
    return kind.rows(raw, table)


def _arrow(kind: Tables, contents: Contents, table: str) -> pa.Table:
    frame = contents.frame(table)
    if "actor_type" in frame:
        frame["actor_type"] = frame["actor_type"].mask(frame["actor_type"] == "")
    arrow = pa.Table.from_pandas(frame, schema=kind.schemas[table], preserve_index=False)
    return arrow.replace_schema_metadata()


def _write_parquet(kind: Tables, contents: Contents, table: str, path: Path) -> None:
    stated = {"format": kind.format, "version": __version__, "table": table, **contents.facts}
    write_parquet(_arrow(kind, contents, table), stated, path)


def _write_excel(kind: Tables, contents: Contents, language: str, path: Path) -> None:
    frames = {sheet_name(kind, name): _with_gaps(contents.frame(name)) for name in kind.names}
    texts = {f.name for s in kind.schemas.values() for f in s if pa.types.is_string(f.type)}
    write_book(frames, contents.about(), path, texts=sorted(texts), language=language)


def sheet_name(kind: Tables, table: str) -> str:
    """Name the sheet of a table as the table of messages does."""
    room = kind.format.partition("/")[0].removeprefix("partnermcda-")
    return f"{room}_{table}"


def _with_gaps(frame: pd.DataFrame) -> pd.DataFrame:
    """Let columns of numbers hold empty cells as well."""
    return frame.astype(dict.fromkeys(frame.select_dtypes("number").columns, object))


def told_lines(notes: Iterable[Finding], language: str) -> Iterator[Line]:
    """List what is to be known of a result.

    Parameters
    ----------
    notes : iterable of Finding
    language : {"en", "fr"}

    Yields
    ------
    tuple
    """
    yield "title", say("output.about.told", language)
    for number, note in enumerate(notes, start=1):
        yield "plain", str(number), note.text(language)
    yield ("plain",)
