"""Bring stretches of rows from row groups, each group read once for all who need it."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack

import pyarrow as pa

from partnermcda.batch.parts import BLOCK
from partnermcda.batch.source import Reader, Source
from partnermcda.batch.step import ROW, as_table, numbered
from partnermcda.tables import Table


class RowReader:
    """Reads stretches of rows that follow one another; a context manager.

    Parameters
    ----------
    source : Source
        Where the rows are.
    columns : sequence of str
        What is needed of them. Without :data:`ROW` in the source rows are counted as they stand.
    name : str, optional
        What the user calls the register, if that is not the source.
    """

    def __init__(self, source: Source, columns: Sequence[str], name: str = "") -> None:
        self._source, self._name = source, name or source.name
        self._counted = ROW in source.schema.names
        self._columns = [*columns, ROW] if self._counted else list(columns)
        self._held: list[tuple[int, pa.Table]] = []
        self._open = ExitStack()

    def __enter__(self) -> "RowReader":
        self._reader = self._open.enter_context(Reader(self._source))
        return self

    def __exit__(self, *_: object) -> None:
        self._held = []
        self._open.close()

    def read(self, start: int, stop: int) -> pa.Table:
        """Read the rows from `start` up to `stop`, counted from 0 over all files.

        Parameters
        ----------
        start, stop : int
            `start` is not less than that of the last stretch.

        Returns
        -------
        pyarrow.Table
        """
        self._held = [(first, rows) for first, rows in self._held if first + len(rows) > start]
        held = {first for first, _ in self._held}
        for group in self._source.groups:
            first = group.first - 1
            if first < stop and first + group.rows > start and first not in held:
                rows = self._reader.read(group, self._columns)
                self._held.append((first, rows if self._counted else numbered(rows, group.first)))
        pieces = [
            rows.slice(max(start - first, 0), stop - max(start, first))
            for first, rows in sorted(self._held, key=lambda held: held[0])
        ]
        return pa.concat_tables([piece for piece in pieces if len(piece)])

    def table(self, start: int, stop: int) -> Table:
        """Read the same rows as a table as found."""
        return as_table(self.read(start, stop), self._name)

    def groups(self) -> Iterator[pa.Table]:
        """Read all rows, group by group."""
        for group in self._source.groups:
            rows = self._reader.read(group, self._columns)
            yield rows if self._counted else numbered(rows, group.first)

    def tables(self) -> Iterator[Table]:
        """Read all rows as tables as found, none with more rows than a block."""
        for rows in self.groups():
            for first in range(0, len(rows), BLOCK):
                yield as_table(rows.slice(first, BLOCK), self._name)
