"""Registers of any size, written row group by row group, always the same."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.registers import TYPES
from partnermcda import load_catalog

GROUP = 1 << 18
PER_CITY = 100
GAPS = 0.1
_FACTOR = 1_000_003
CRITERIA = load_catalog("urban-services").criteria[:8]
IDENTITY = ("city", "actor_id", "actor", "actor_type")
COLUMNS = (*IDENTITY, *(criterion.id for criterion in CRITERIA))


def write_actors(path: Path, rows: int, *, shuffled: bool = False) -> None:
    """Write a register of `rows` actors, by city or in no order, with checksummed pages."""
    ends = np.cumsum(_sizes(rows))
    writer = None
    for first in range(0, rows, GROUP):
        size = min(GROUP, rows - first)
        rng = np.random.default_rng([17, first])
        number = np.arange(first, first + size)
        if shuffled:
            number = number * _factor(rows) % rows
        table = pa.table({**_names(number, ends, rng), **_answers(size, rng)})
        writer = writer or pq.ParquetWriter(
            path, table.schema, write_page_checksum=True, use_dictionary=["city", "actor_type"]
        )
        writer.write_table(table, row_group_size=GROUP)
    writer.close()


def _sizes(rows: int) -> np.ndarray:
    """Actors of each city: a hundred on average, very uneven."""
    raw = np.random.default_rng(3).lognormal(0.0, 1.2, max(1, rows // PER_CITY))
    sizes = np.maximum(1, (raw / raw.sum() * rows).astype(np.int64))
    while sizes.sum() > rows:
        sizes[np.argmax(sizes)] -= sizes.sum() - rows
    sizes[np.argmin(sizes)] += rows - sizes.sum()
    return sizes


def _factor(rows: int) -> int:
    """A number that visits every row once when rows are counted by it."""
    factor = _FACTOR
    while np.gcd(factor, rows) > 1:
        factor += 2
    return factor


def _names(number: np.ndarray, ends: np.ndarray, rng: np.random.Generator) -> dict[str, pa.Array]:
    city, inverse = np.unique(np.searchsorted(ends, number, side="right"), return_inverse=True)
    names = pc.binary_join_element_wise("City ", _padded(city, 8), "")
    digits = _padded(number, 9)
    types = pa.array(TYPES).take(pa.array(rng.integers(0, len(TYPES), len(number))))
    return {
        "city": names.take(pa.array(inverse)),
        "actor_id": pc.binary_join_element_wise("A", digits, ""),
        "actor": pc.binary_join_element_wise("Partner ", digits, ""),
        "actor_type": types,
    }


def _padded(numbers: np.ndarray, width: int) -> pa.Array:
    return pc.ascii_lpad(pc.cast(pa.array(numbers), pa.string()), width, "0")


def _answers(size: int, rng: np.random.Generator) -> dict[str, pa.Array]:
    return {name: pa.array(x, mask=rng.random(size) < GAPS) for name, x in _values(size, rng)}


def _values(size: int, rng: np.random.Generator) -> Iterator[tuple[str, np.ndarray]]:
    for criterion in CRITERIA:
        if criterion.scale == "likert5":
            yield criterion.id, rng.integers(1, 6, size).astype(float)
        else:
            low, high = criterion.low, criterion.high
            yield criterion.id, low + rng.random(size) ** 3 * (high - low)
