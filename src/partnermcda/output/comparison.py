"""Two results, side by side."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineWorkbook

from partnermcda.core.arrays import Bools
from partnermcda.errors import Finding, OutputError
from partnermcda.output.document import RESULT_FORMAT, RankingDocument
from partnermcda.output.faults import os_finding
from partnermcda.output.files import fingerprint
from partnermcda.output.tables import METADATA, NUMBERS, RANKS, SCHEMA, TEXTS
from partnermcda.output.versioning import refuse_other_formats
from partnermcda.tables.formulas import unguarded

_KEY: Final = ["city", "actor_id", "turn"]
_FIGURES: Final = tuple(name for name in NUMBERS if name not in RANKS)
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


@dataclass(frozen=True, slots=True)
class Comparison:
    """How much two results differ."""

    same_bytes: bool
    """Whether the files are the same, byte for byte."""
    same_ranks: bool
    """Whether both rank the same actors, of the same names and types, and each alike: rank, best
    and worst rank. Only figures can differ then."""
    largest_difference: float
    """Largest difference of a figure (score, bound of a score, evidence) among actors in both."""
    only_old: int
    """Actors in the old result only."""
    only_new: int
    """Actors in the new result only."""
    differing: int
    """Actors in both, with something that differs."""


def compare_results(old: str | Path, new: str | Path) -> Comparison:
    """Compare two results, of the same format or of different ones.

    Parameters
    ----------
    old, new : str or Path

    Returns
    -------
    Comparison

    Raises
    ------
    OutputError
        If one of them cannot be read, or is not a result.
    """
    if fingerprint(old) == fingerprint(new):
        return Comparison(True, True, 0.0, 0, 0, 0)
    rows = _by_actor(read_result(old)).merge(
        _by_actor(read_result(new)), "outer", _KEY, suffixes=("_old", "_new"), indicator=True
    )
    both = rows[rows["_merge"] == "both"]
    only_old, only_new = (
        int((rows["_merge"] == side).sum()) for side in ("left_only", "right_only")
    )
    names, figures = [*TEXTS[2:], *RANKS], [*_FIGURES]
    placed, valued = (_differing(both, columns) for columns in (names, figures))
    return Comparison(
        same_bytes=False,
        same_ranks=not (only_old or only_new or placed.any()),
        largest_difference=max(_largest(both, name) for name in _FIGURES),
        only_old=only_old,
        only_new=only_new,
        differing=int((placed | valued).sum()),
    )


def read_result(path: str | Path) -> pd.DataFrame:
    """Read a result back as it was written.

    Parameters
    ----------
    path : str or Path
        Ends in ``.csv``, ``.parquet``, ``.xlsx`` or ``.json``.

    Returns
    -------
    DataFrame
        The columns of a ranking; an unknown actor type is empty.

    Raises
    ------
    OutputError
        If it cannot be read, is not a result, or was written by a newer version.
    """
    file = Path(path)
    read = _READERS.get(file.suffix.lower())
    if read is None:
        raise OutputError(Finding("output.suffix", {"suffix": file.suffix}, file=str(file)))
    try:
        table = read(file)
        if table.column_names != SCHEMA.names:
            raise OutputError(_not_a_result(file))
        frame: pd.DataFrame = table.cast(SCHEMA).to_pandas()
        if not np.isfinite(frame[[*NUMBERS]].to_numpy(float)).all():
            raise OutputError(_not_a_result(file))
    except OutputError:
        raise
    except OSError as fault:
        # A checksum that does not hold comes as an OSError too, but not from the system.
        finding = os_finding(fault, file) if fault.errno else _not_a_result(file)
        raise OutputError(finding) from None
    except _DAMAGE:
        raise OutputError(_not_a_result(file)) from None
    return frame.fillna(dict.fromkeys(TEXTS, ""))


def _not_a_result(file: Path) -> Finding:
    return Finding("output.not_a_result", file=str(file))


def _read_csv(file: Path) -> pa.Table:
    # A block holds whole rows, and a name may be of any length: all in one, where that can be.
    block = min(max(1, file.stat().st_size), _LARGEST_BLOCK)
    table = pa_csv.read_csv(
        file,
        read_options=pa_csv.ReadOptions(block_size=block),
        parse_options=pa_csv.ParseOptions(newlines_in_values=True),
        convert_options=pa_csv.ConvertOptions(column_types=SCHEMA, strings_can_be_null=False),
    )
    texts = {name for name in TEXTS if name in table.column_names}
    plain = [unguarded(table[n]) if n in texts else table[n] for n in table.column_names]
    return pa.table(plain, names=table.column_names)


def _read_parquet(file: Path) -> pa.Table:
    with pq.ParquetFile(file, page_checksum_verification=True) as parquet:
        stated = (parquet.schema_arrow.metadata or {}).get(METADATA)
        facts = json.loads(stated) if stated else None
        refuse_other_formats(facts, RESULT_FORMAT, file, "output.not_a_result")
        return parquet.read()


def _read_excel(file: Path) -> pa.Table:
    with ZipFile(file) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > _MOST_UNPACKED:
        details = {"size": size >> 20, "most": _MOST_UNPACKED >> 20}
        raise OutputError(Finding("output.unpacked", details, file=str(file)))
    with CalamineWorkbook.from_path(file) as book:
        header, *rows = book.get_sheet_by_index(0).to_python()
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in header]
    return pa.table(dict(zip(map(str, header), columns, strict=True))).cast(SCHEMA)


def _read_json(file: Path) -> pa.Table:
    raw = file.read_bytes()
    refuse_other_formats(json.loads(raw), RESULT_FORMAT, file, "output.not_a_result")
    document = RankingDocument.model_validate_json(raw)
    return pa.Table.from_pylist([row.model_dump() for row in document.ranking], schema=SCHEMA)


_READERS: Final[Mapping[str, Callable[[Path], pa.Table]]] = {
    ".csv": _read_csv,
    ".parquet": _read_parquet,
    ".xlsx": _read_excel,
    ".json": _read_json,
}


def _by_actor(frame: pd.DataFrame) -> pd.DataFrame:
    # A file someone has edited may name an actor twice; the first is compared with the first.
    return frame.assign(turn=frame.groupby(["city", "actor_id"]).cumcount())


def _differing(both: pd.DataFrame, names: list[str]) -> Bools:
    differs = [(both[f"{name}_old"] != both[f"{name}_new"]).to_numpy(bool) for name in names]
    return np.asarray(np.any(differs, axis=0))


def _largest(both: pd.DataFrame, name: str) -> float:
    difference = (both[f"{name}_old"] - both[f"{name}_new"]).abs()
    return float(difference.max()) if len(difference) else 0.0
