"""How far a ranking can be trusted, as CSV, Parquet, Excel or JSON, and read back."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pandas as pd
import pyarrow as pa

from partnermcda.catalog import Catalog
from partnermcda.messages import say
from partnermcda.output.about import Line, about_rows
from partnermcda.output.atomic import Writer
from partnermcda.output.comparison import Comparison, compare_tables
from partnermcda.output.drawing import TABLES, TableName
from partnermcda.output.files import fingerprint
from partnermcda.output.reading import Shape, read_table
from partnermcda.output.robustness import COUNTED, RANKS, Robustness
from partnermcda.output.robustness_document import (
    ROBUSTNESS_FORMAT,
    RobustnessDocument,
    robustness_document,
)
from partnermcda.output.tables import write_csv, write_json, write_parquet
from partnermcda.output.workbook import write_book
from partnermcda.version import __version__

_WHOLE: Final = (".xlsx", ".json")
"""Endings of files that hold every table."""
_KEYS: Final[Mapping[TableName, tuple[str, ...]]] = MappingProxyType(
    {
        "actors": ("city", "actor_id"),
        "weights": ("city", "criterion"),
        "survey": ("city", "actor_id", "criterion"),
    }
)


def _columns(texts: tuple[str, ...], kinds: Mapping[str, pa.DataType]) -> pa.Schema:
    return pa.schema([*((name, pa.string()) for name in texts), *kinds.items()])


def _numbers(*names: str) -> dict[str, pa.DataType]:
    return dict.fromkeys(names, pa.float64())


SCHEMAS: Final[Mapping[TableName, pa.Schema]] = MappingProxyType(
    {
        "actors": _columns(
            ("city", "actor_id", "actor", "actor_type"),
            dict.fromkeys(RANKS, pa.int64()) | _numbers(*COUNTED),
        ),
        "weights": _columns(
            ("city", "criterion"),
            _numbers("weight", "low", "high")
            | dict.fromkeys(("below", "above"), pa.string())
            | _numbers("room"),
        ),
        "survey": _columns(
            ("city", "actor_id", "actor", "criterion"),
            {"changes": pa.bool_()}
            | _numbers("share", "score_low", "score_high")
            | dict.fromkeys(("enters", "leaves"), pa.string()),
        ),
    }
)
"""Columns of each table, with their types."""


def robustness_writer(
    found: Robustness,
    suffix: str,
    table: TableName = "actors",
    *,
    catalog: Catalog | None = None,
    language: str = "en",
) -> Writer:
    """Make what writes how far a ranking can be trusted, wherever it is told to.

    Parameters
    ----------
    found : Robustness
    suffix : str
        ``.csv``, ``.parquet``, ``.xlsx`` or ``.json``, in either case.
    table : {"actors", "weights", "survey"}
        Which table a CSV or Parquet file holds; the other two formats hold all three.
    catalog : Catalog, optional
        The catalog the ranking was made with.
    language : {"en", "fr"}
        Language of the words in an Excel or JSON file.

    Returns
    -------
    callable
        Takes a path.
    """
    writers: dict[str, Writer] = {
        ".csv": partial(_write_csv, found, table),
        ".parquet": partial(_write_parquet, found, table),
        ".xlsx": partial(_write_excel, found, catalog, language),
        ".json": partial(_write_json, found, catalog, language),
    }
    return writers[suffix.lower()]


def compare_robustness(old: str | Path, new: str | Path, table: TableName) -> Comparison:
    """Compare two files that say how far a ranking can be trusted.

    Parameters
    ----------
    old, new : str or Path
    table : {"actors", "weights", "survey"}
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
    names = TABLES if Path(old).suffix.lower() in _WHOLE else (table,)
    found = [_compared(Path(old), Path(new), name) for name in names]
    return Comparison(
        same_bytes=False,
        same_ranks=all(one.same_ranks for one in found),
        largest_difference=max(one.largest_difference for one in found),
        only_old=sum(one.only_old for one in found),
        only_new=sum(one.only_new for one in found),
        differing=sum(one.differing for one in found),
    )


def _compared(old: Path, new: Path, table: TableName) -> Comparison:
    shape = _shape(table)
    return compare_tables(read_table(old, shape), read_table(new, shape), _KEYS[table])


def _arrow(found: Robustness, table: TableName) -> pa.Table:
    frame = found.to_frame(table)
    if table == "actors":
        frame["actor_type"] = frame["actor_type"].mask(frame["actor_type"] == "")
    arrow = pa.Table.from_pandas(frame, schema=SCHEMAS[table], preserve_index=False)
    return arrow.replace_schema_metadata()


def _write_csv(found: Robustness, table: TableName, path: Path) -> None:
    write_csv(_arrow(found, table), path)


def _write_parquet(found: Robustness, table: TableName, path: Path) -> None:
    facts = {
        "format": ROBUSTNESS_FORMAT,
        "version": __version__,
        "table": table,
        **found.drawing.model_dump(),
    }
    write_parquet(_arrow(found, table), facts, path)


def _write_json(found: Robustness, catalog: Catalog | None, language: str, path: Path) -> None:
    write_json(robustness_document(found, catalog, language), path)


def _write_excel(found: Robustness, catalog: Catalog | None, language: str, path: Path) -> None:
    frames = {f"trust_{name}": _with_gaps(found.to_frame(name)) for name in TABLES}
    about = [*_about(found, language), *about_rows(found.ranking, catalog, language)]
    texts = ("city", "actor_id", "actor", "criterion", "enters", "leaves")
    write_book(frames, about, path, texts=texts, language=language)


def _with_gaps(frame: pd.DataFrame) -> pd.DataFrame:
    """Let columns of numbers hold empty cells as well."""
    return frame.astype(dict.fromkeys(frame.select_dtypes("number").columns, object))


def _about(found: Robustness, language: str) -> Iterator[Line]:
    yield "title", say("robustness.about", language)
    for name, value in found.drawing.model_dump(exclude_none=True).items():
        yield "plain", say(f"robustness.about.{name}", language), value
    yield ("plain",)
    yield "title", say("output.about.told", language)
    for number, note in enumerate(found.notes, start=1):
        yield "plain", str(number), note.text(language)
    yield ("plain",)


def _shape(table: TableName) -> Shape:
    def rows(raw: bytes) -> list[dict[str, Any]]:
        return _rows(RobustnessDocument.model_validate_json(raw), table)

    return Shape(SCHEMAS[table], ROBUSTNESS_FORMAT, TABLES.index(table), rows)


def _rows(document: RobustnessDocument, table: TableName) -> list[dict[str, Any]]:
    places = {"actors": "actors", "weights": "weight_intervals", "survey": "survey"}
    records = (record.model_dump() for record in getattr(document, places[table]))
    return [{n: _cell(record[n]) for n in SCHEMAS[table].names} for record in records]


def _cell(value: Any) -> Any:
    return ", ".join(value) if isinstance(value, tuple) else value
