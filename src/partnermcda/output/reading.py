"""Tables read back from results as they were written."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple
from zipfile import BadZipFile, ZipFile

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineWorkbook

from partnermcda.errors import Finding, OutputError
from partnermcda.output.faults import os_finding
from partnermcda.output.tables import METADATA
from partnermcda.output.versioning import refuse_other_formats
from partnermcda.tables.formulas import unguarded

_DAMAGE: Final = (
    pa.ArrowException,
    BadZipFile,
    CalamineError,
    RuntimeError,
    TypeError,
    ValueError,
)
_MOST_UNPACKED: Final = 2 << 30
_LARGEST_BLOCK: Final = 1 << 30


class Shape(NamedTuple):
    """What a table of a result looks like, and where it stands."""

    schema: pa.Schema
    """Its columns, with the type of each."""
    format: str
    """What the file says it is, as ``partnermcda-ranking/1``."""
    sheet: int
    """Its place among the sheets of a workbook."""
    rows: Callable[[bytes], list[dict[str, Any]]]
    """Takes its rows out of JSON."""

    @property
    def texts(self) -> list[str]:
        """Columns of texts."""
        return [field.name for field in self.schema if pa.types.is_string(field.type)]


def read_table(path: str | Path, shape: Shape) -> pd.DataFrame:
    """Read a table of a result back as it was written.

    Parameters
    ----------
    path : str or Path
        Ends in ``.csv``, ``.parquet``, ``.xlsx`` or ``.json``.
    shape : Shape

    Returns
    -------
    DataFrame
        A text that is not known is empty, a number NaN.

    Raises
    ------
    OutputError
        If it cannot be read, is not such a result, or was written by a newer version.
    """
    file = Path(path)
    read = _READERS.get(file.suffix.lower())
    if read is None:
        raise OutputError(Finding("output.suffix", {"suffix": file.suffix}, file=str(file)))
    try:
        table = read(file, shape)
        if table.column_names != shape.schema.names:
            raise OutputError(not_a_result(file))
        frame: pd.DataFrame = table.cast(shape.schema).to_pandas()
    except OutputError:
        raise
    except OSError as fault:
        # A checksum that does not hold comes as an OSError too, but not from the system.
        finding = os_finding(fault, file) if fault.errno else not_a_result(file)
        raise OutputError(finding) from None
    except _DAMAGE:
        raise OutputError(not_a_result(file)) from None
    return frame.fillna(dict.fromkeys(shape.texts, ""))


def not_a_result(file: Path) -> Finding:
    """Say that a file is not what was asked for."""
    return Finding("output.not_a_result", file=str(file))


def _read_csv(file: Path, shape: Shape) -> pa.Table:
    # A block holds whole rows, and a name may be of any length: all in one, where that can be.
    block = min(max(1, file.stat().st_size), _LARGEST_BLOCK)
    table = pa_csv.read_csv(
        file,
        read_options=pa_csv.ReadOptions(block_size=block),
        parse_options=pa_csv.ParseOptions(newlines_in_values=True),
        convert_options=pa_csv.ConvertOptions(column_types=shape.schema, strings_can_be_null=False),
    )
    texts = {*shape.texts}
    plain = [unguarded(table[n]) if n in texts else table[n] for n in table.column_names]
    return pa.table(plain, names=table.column_names)


def _read_parquet(file: Path, shape: Shape) -> pa.Table:
    with pq.ParquetFile(file, page_checksum_verification=True) as parquet:
        stated = (parquet.schema_arrow.metadata or {}).get(METADATA)
        facts = json.loads(stated) if stated else None
        refuse_other_formats(facts, shape.format, file, "output.not_a_result")
        return parquet.read()


def _read_excel(file: Path, shape: Shape) -> pa.Table:
    with ZipFile(file) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > _MOST_UNPACKED:
        details = {"size": size >> 20, "most": _MOST_UNPACKED >> 20}
        raise OutputError(Finding("output.unpacked", details, file=str(file)))
    with CalamineWorkbook.from_path(file) as book:
        header, *rows = book.get_sheet_by_index(shape.sheet).to_python()
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in header]
    named = dict(zip(map(str, header), columns, strict=True))
    for name in named.keys() - {*shape.texts}:
        named[name] = [None if cell == "" else cell for cell in named[name]]
    return pa.table(named).cast(shape.schema)


def _read_json(file: Path, shape: Shape) -> pa.Table:
    raw = file.read_bytes()
    refuse_other_formats(json.loads(raw), shape.format, file, "output.not_a_result")
    return pa.Table.from_pylist(shape.rows(raw), schema=shape.schema)


_READERS: Final[Mapping[str, Callable[[Path, Shape], pa.Table]]] = {
    ".csv": _read_csv,
    ".parquet": _read_parquet,
    ".xlsx": _read_excel,
    ".json": _read_json,
}
