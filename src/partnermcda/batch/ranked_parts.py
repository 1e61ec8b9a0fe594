"""Read parts that are ranked already, as often as need be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from partnermcda.output.faults import told
from partnermcda.output.tables import RANKS, SCHEMA

KNOWN: Final = pa.schema([field for field in SCHEMA if field.name not in RANKS])
"""Columns of a part that hold, whoever an actor is compared with."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A row group of a part."""

    first: int
    """Place of its first row among all rows of all parts."""
    rows: int
    """Number of its rows."""
    path: Path
    """File it is in."""
    file: Any
    """The same, opened."""
    index: int
    """Number of the group in its file."""

    def read(self, names: Sequence[str] = tuple(KNOWN.names)) -> pa.Table:
        """Read columns.

        Parameters
        ----------
        names : sequence of str
            Some of :data:`KNOWN`.

        Returns
        -------
        Table
            These columns, in this order.

        Raises
        ------
        OutputError
            If the system refuses.
        """
        with told(self.path):
            table = self.file.read_row_group(self.index, columns=list(names))
        return table.select(list(names)).cast(pa.schema([KNOWN.field(name) for name in names]))


@dataclass(frozen=True, slots=True)
class RankedParts:
    """Parts in their order."""

    paths: tuple[Path, ...]
    """Files."""
    rows: int
    """Number of rows of all."""

    @classmethod
    def of(cls, paths: Sequence[Path]) -> "RankedParts":
        """Count rows.

        Parameters
        ----------
        paths : sequence of Path

        Returns
        -------
        RankedParts

        Raises
        ------
        OutputError
            If the system refuses.
        """
        rows = 0
        for path in paths:
            with told(path):
                rows += pq.read_metadata(path).num_rows
        return cls(tuple(paths), rows)

    def groups(self) -> Iterator[Group]:
        """Go through all row groups.

        Yields
        ------
        Group
            It can be read until the next one is asked for.

        Raises
        ------
        OutputError
            If the system refuses.
        """
        first = 0
        for path in self.paths:
            # All of a file would be read ahead otherwise.
            with told(path), pq.ParquetFile(path, pre_buffer=False) as file:
                for index in range(file.num_row_groups):
                    rows = file.metadata.row_group(index).num_rows
                    yield Group(first, rows, path, file, index)
                    first += rows
