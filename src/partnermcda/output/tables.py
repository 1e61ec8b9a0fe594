"""A ranking as CSV, Parquet, Excel or JSON; the name of the file chooses."""

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from partnermcda.catalog import Catalog
from partnermcda.errors import Finding, OutputError
from partnermcda.messages import LANGUAGES
from partnermcda.output.atomic import Writer, write_whole
from partnermcda.output.document import RESULT_FORMAT, Record, as_json, ranking_document
from partnermcda.output.target import check_target
from partnermcda.output.workbook import write_excel
from partnermcda.ranking import Ranking
from partnermcda.tables.formulas import guarded
from partnermcda.version import __version__

TEXTS: Final = ("city", "actor_id", "actor", "actor_type")
NUMBERS: Final = ("score", "score_low", "score_high", "rank", "rank_best", "rank_worst", "evidence")
RANKS: Final = ("rank", "rank_best", "rank_worst")
SCHEMA: Final = pa.schema(
    [
        *((name, pa.string()) for name in TEXTS),
        *((name, pa.int64() if name in RANKS else pa.float64()) for name in NUMBERS),
    ]
)
"""Columns of a result, with the type of each."""

METADATA: Final = b"partnermcda"
"""Key under which a Parquet file says what it is."""

_NEEDS_QUOTES: Final = '[",;\t\r\n]'
_SLICE: Final = 1 << 16
_ROW_GROUP: Final = 1 << 17
_LARGE: Final = pa.large_string()  # a slice of long names can pass 2 GB
_SHOWN: Final = 80


def write_ranking(
    ranking: Ranking,
    path: str | Path,
    *,
    catalog: Catalog | None = None,
    language: str = "en",
) -> None:
    """Write a ranking, whole or not at all, in the format its name asks for.

    Parameters
    ----------
    ranking : Ranking
    path : str or Path
        Ends in ``.csv``, ``.parquet``, ``.xlsx`` or ``.json``.
    catalog : Catalog, optional
        The catalog it was made with; JSON names it, Excel shows its labels.
    language : {"en", "fr"}
        Language of the words in an Excel file.

    Raises
    ------
    OutputError
        If the name ends otherwise, there are no words in that language, a score is not finite,
        the ranking does not fit the format, or the system refuses.

    Notes
    -----
    The columns are those of :meth:`Ranking.to_frame`. The same ranking gives the same bytes.
    A text in CSV that a spreadsheet would run as a formula gets an apostrophe before it; in the
    other formats texts have a type and stand as they are. Excel keeps 16 digits of a number,
    the others all.
    """
    target = Path(path)
    check_target(target)
    writer = result_writer(ranking, target.suffix, catalog=catalog, language=language)
    write_whole({target: writer})


def result_writer(
    ranking: Ranking, suffix: str, *, catalog: Catalog | None = None, language: str = "en"
) -> Writer:
    """Make what writes a ranking in the format of a suffix, wherever it is told to.

    Parameters
    ----------
    ranking : Ranking
    suffix : str
        ``.csv``, ``.parquet``, ``.xlsx`` or ``.json``, in either case.
    catalog : Catalog, optional
    language : {"en", "fr"}

    Returns
    -------
    callable
        Takes a path.

    Raises
    ------
    OutputError
        If there are no words in that language, or a score is not finite.
    """
    if language not in LANGUAGES:
        details = {"languages": ", ".join(LANGUAGES)}
        raise OutputError(Finding("output.language", details, value=str(language)[:_SHOWN]))
    _refuse_not_finite(ranking)
    writers: dict[str, Writer] = {
        ".csv": partial(_write_csv, ranking),
        ".parquet": partial(_write_parquet, ranking),
        ".xlsx": partial(write_excel, ranking, catalog=catalog, language=language),
        ".json": partial(_write_json, ranking, catalog),
    }
    return writers[suffix.lower()]


def result_table(ranking: Ranking) -> pa.Table:
    """Lay a ranking out as an Arrow table.

    Parameters
    ----------
    ranking : Ranking

    Returns
    -------
    pyarrow.Table
        Columns and types of `SCHEMA`; an unknown actor type is null.
    """
    frame = ranking.to_frame()
    frame["actor_type"] = frame["actor_type"].mask(frame["actor_type"] == "")
    return pa.Table.from_pandas(
        frame, schema=SCHEMA, preserve_index=False
    ).replace_schema_metadata()


def _refuse_not_finite(ranking: Ranking) -> None:
    columns = {name: getattr(ranking, name) for name in NUMBERS if name not in RANKS}
    findings = [
        Finding("output.not_finite", {"count": int(bad)}, column=name)
        for name, values in columns.items()
        if (bad := np.count_nonzero(~np.isfinite(values)))
    ]
    if findings:
        raise OutputError(findings)


def _write_csv(ranking: Ranking, path: Path) -> None:
    write_csv(result_table(ranking), path)


def write_csv(table: pa.Table, path: Path) -> None:
    """Write a table as CSV.

    Parameters
    ----------
    table : pyarrow.Table
        Of texts and numbers.
    path : Path
    """
    with path.open("wb") as stream:
        stream.write(",".join(table.column_names).encode() + b"\n")
        for start in range(0, len(table), _SLICE):
            _write_lines(table.slice(start, _SLICE).combine_chunks(), stream)


def _write_lines(rows: pa.Table, stream: BinaryIO) -> None:
    cells = [_cells(rows[name].combine_chunks()) for name in rows.column_names]
    lines = _joined(cells, ",")
    ended = _joined([lines, _text("")], "\n")
    # Arrow keeps the texts of a column end to end: that is the file.
    _, offsets, characters = ended.buffers()
    stop = np.frombuffer(offsets, dtype=np.int64)[len(ended)]
    stream.write(memoryview(characters)[:stop])


def _cells(column: pa.Array) -> pa.Array:
    texts = pc.cast(column, _LARGE)
    if not pa.types.is_string(column.type):
        return texts
    harmless = guarded(texts)
    doubled = pc.replace_substring(harmless, '"', '""')
    quoted = _joined([_text('"'), doubled, _text('"')], "")
    return pc.if_else(pc.match_substring_regex(harmless, _NEEDS_QUOTES), quoted, harmless)


def _joined(parts: list[Any], separator: str) -> pa.Array:
    return pc.binary_join_element_wise(
        *parts, _text(separator), null_handling="replace", null_replacement=""
    )


def _text(text: str) -> pa.Scalar:
    return pa.scalar(text, _LARGE)


def _write_parquet(ranking: Ranking, path: Path) -> None:
    facts = {
        "format": RESULT_FORMAT,
        "version": __version__,
        "method": ranking.method,
        "by": ranking.by,
    }
    write_parquet(result_table(ranking), facts, path)


def write_parquet(table: pa.Table, facts: Mapping[str, object], path: Path) -> None:
    """Write a table as Parquet.

    Parameters
    ----------
    table : pyarrow.Table
    facts : mapping of str to object
        What the file says of itself: its format, and whatever else is plain data.
    path : Path
    """
    with path.open("wb") as stream:  # given a path, pyarrow would delete it when writing fails
        pq.write_table(
            table.combine_chunks().replace_schema_metadata({METADATA: json.dumps(facts)}),
            stream,
            row_group_size=_ROW_GROUP,
            compression="zstd",
            write_page_checksum=True,
        )


def _write_json(ranking: Ranking, catalog: Catalog | None, path: Path) -> None:
    write_json(ranking_document(ranking, catalog), path)


def write_json(record: Record, path: Path) -> None:
    """Write a record as JSON.

    Parameters
    ----------
    record : Record
    path : Path
    """
    path.write_text(as_json(record) + "\n", encoding="utf-8", newline="\n")
