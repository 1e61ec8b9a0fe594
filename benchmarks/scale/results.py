"""One hash for a ranking, wherever and in however many files it stands."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq


def parts_of(folder: Path) -> list[Path]:
    """Files of a ranking, in order."""
    return sorted(folder.glob("part-*.parquet"))


def hash_of_rows(folder: Path) -> str:
    """SHA-256 of all values of a ranking, row by row in order, whatever files they stand in."""
    hashes: dict[str, list[hashlib._Hash]] = {}
    for part in parts_of(folder):
        with pq.ParquetFile(part) as file:
            for batch in file.iter_batches():
                for name, column in zip(batch.schema.names, batch.columns, strict=True):
                    pair = hashes.setdefault(name, [hashlib.sha256(), hashlib.sha256()])
                    for found, raw in zip(pair, _bytes(column), strict=True):
                        found.update(raw)
    whole = [(name, *(found.hexdigest() for found in pair)) for name, pair in hashes.items()]
    return hashlib.sha256(repr(whole).encode()).hexdigest()


def _bytes(column: pa.Array) -> tuple[bytes, bytes]:
    """Values of a column as bytes, and how long each is; a gap is an empty text."""
    if not pa.types.is_string(column.type):
        return np.asarray(column).tobytes(), b""
    column = pc.fill_null(column, "")
    lengths = np.asarray(pc.binary_length(column), dtype=np.int32)
    return "".join(column.to_pylist()).encode(), lengths.tobytes()


def hash_of_bytes(folder: Path) -> str:
    """SHA-256 of the files of a ranking."""
    return _of(file.read_bytes() for file in parts_of(folder))


def hash_of_folder(folder: Path) -> str:
    """SHA-256 of every file of a result; ``absent`` without one."""
    if not folder.exists():
        return "absent"
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return _of(file.name.encode() + file.read_bytes() for file in files)


def _of(pieces: Iterable[bytes]) -> str:
    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
    return found.hexdigest()
