"""What stands at the end of a Parquet file: its columns, its row groups, their statistics."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from partnermcda.batch.source.places import Found, Place
from partnermcda.batch.source.thrift import read_struct
from partnermcda.errors import Finding

_AT_FIRST: Final = 1 << 16
_END: Final = 8
MAGIC: Final = b"PAR1"
"""How a Parquet file begins and ends."""
_SCHEMA, _ROWS, _GROUPS = 2, 3, 4
"""Fields of a footer; :data:`_ROWS` is one of a row group, too."""
_LABEL, _CHILDREN = 4, 5
"""Fields of an element of the schema."""
_COLUMNS, _METADATA, _PATH, _STATISTICS, _NULLS = 1, 3, 3, 12, 3
"""Fields of a row group, of a column of it, of the column's metadata, and of its statistics."""
DAMAGE: Final = (pa.ArrowException, OSError, MemoryError)
"""What pyarrow raises over a file that is not sound."""


@dataclass(frozen=True, slots=True, eq=False)
class Footer:
    """The end of a file, read."""

    size: int
    """Its bytes."""
    sha256: str
    """SHA-256 of these bytes."""
    schema: pa.Schema
    """Its columns: their names as written, and their types."""
    groups: tuple[int, ...]
    """Rows of each row group."""
    nulls: tuple[dict[str, int], ...]
    """Gaps of each column in each row group, where they are counted."""


def read_footers(place: Place, files: Sequence[Found]) -> list[Footer | Finding]:
    """Read the ends of files, and nothing else of them.

    Parameters
    ----------
    place : Place
    files : sequence of Found

    Returns
    -------
    list of Footer or Finding
        For each file, in the same order, its footer or what is wrong with the file.
    """
    ends = _ends(place, ((file, _AT_FIRST) for file in files))
    longer = {
        j: _length(end)
        for j, end in enumerate(ends)
        if isinstance(end, bytes) and len(end) < _length(end) <= (files[j].size or 0)
    }
    if longer:
        again = _ends(place, ((files[j], length) for j, length in longer.items()))
        for j, end in zip(longer, again, strict=True):
            ends[j] = end
    return [_footer(file, end) for file, end in zip(files, ends, strict=True)]


def parsed(end: bytes) -> Footer:
    """Read a footer from its bytes, which are all there.

    Raises
    ------
    ArrowException, OSError, LookupError, TypeError or ValueError
        If they are no footer.
    """
    told = read_struct(end)
    groups = [group[_ROWS] for group in told[_GROUPS]]
    if sum(groups) != told[_ROWS] or min(groups, default=0) < 0:
        raise ValueError("the rows of the groups do not add up")
    if not all(_has_columns(group, told[_SCHEMA][1:]) for group in told[_GROUPS]):
        raise ValueError("the columns of the groups are not those of the file")
    with pq.ParquetFile(pa.BufferReader(MAGIC + end)) as opened:
        # By name and values only: that a column may have no gaps is no part of its type.
        schema = pa.schema([(column.name, column.type) for column in opened.schema_arrow])
    nulls = tuple(_nulls(group) for group in told[_GROUPS])
    return Footer(len(end), hashlib.sha256(end).hexdigest(), schema, tuple(groups), nulls)


def _ends(place: Place, wanted: Iterable[tuple[Found, int]]) -> list[bytes | BaseException]:
    sizes = [(file.path, file.size or 0, length) for file, length in wanted]
    return place.spans([(path, max(size - length, 0), size) for path, size, length in sizes])


def _length(end: bytes) -> int:
    """Bytes of the footer that ends here, its length and the mark behind it included."""
    return int.from_bytes(end[-_END:-4], "little") + _END


def _footer(file: Found, end: bytes | BaseException) -> Footer | Finding:
    if isinstance(end, FileNotFoundError):
        return Finding("batch.source.vanished", file=file.name)
    if not isinstance(end, bytes):
        return Finding("tables.unreadable", file=file.name)
    if not end.endswith(MAGIC) or len(end) < _length(end):
        return Finding("tables.parquet_damaged", file=file.name)
    try:
        return parsed(end[-_length(end) :])
    except (*DAMAGE, LookupError, TypeError, ValueError):
        return Finding("tables.parquet_damaged", file=file.name)


def _has_columns(group: Any, elements: Sequence[Any]) -> bool:
    """Compare the names that each column has twice: no checksum guards a footer."""
    if any(_CHILDREN in element for element in elements):
        return True
    paths = [chunk[_METADATA][_PATH] for chunk in group[_COLUMNS]]
    return paths == [[element[_LABEL]] for element in elements]


def _nulls(group: Any) -> dict[str, int]:
    columns = [chunk[_METADATA] for chunk in group[_COLUMNS]]
    return {
        ".".join(str(part, "utf-8") for part in column[_PATH]).strip(): column[_STATISTICS][_NULLS]
        for column in columns
        if _STATISTICS in column and _NULLS in column[_STATISTICS]
    }
