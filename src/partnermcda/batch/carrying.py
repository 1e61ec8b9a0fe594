"""Carry columns of any type through DuckDB, so that they come back bit for bit."""

from dataclasses import dataclass

import pyarrow as pa
from pyarrow import types


@dataclass(frozen=True, slots=True)
class Carrier:
    """How columns are carried: numbered, as DuckDB takes `a` and `A` for one name."""

    plain: pa.Schema
    """Columns as they come back: those of dictionaries are plain."""
    schema: pa.Schema
    """Columns as they are carried."""

    @classmethod
    def of(cls, schema: pa.Schema) -> "Carrier":
        """Find out how to carry columns.

        Parameters
        ----------
        schema : Schema

        Returns
        -------
        Carrier

        Examples
        --------
        >>> Carrier.of(pa.schema({"since": pa.timestamp("ns", "UTC"), "Since": pa.string()})).schema
        c0: int64
        c1: string
        """
        plain = pa.schema([field.with_type(_plain(field.type)) for field in schema])
        carried = [(f"c{place}", _carried(field.type)) for place, field in enumerate(plain)]
        return cls(plain, pa.schema(carried))

    def name(self, column: str) -> str:
        """Name under which a column is carried.

        Parameters
        ----------
        column : str

        Returns
        -------
        str
        """
        return str(self.schema.names[self.plain.get_field_index(column)])

    def carried(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Make a batch ready.

        Parameters
        ----------
        batch : RecordBatch
            Of the schema this carrier is for.

        Returns
        -------
        RecordBatch
        """
        columns = [
            _as(column if column.type == field.type else column.cast(field.type), carried.type)
            for column, field, carried in zip(batch.columns, self.plain, self.schema, strict=True)
        ]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)

    def restored(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Make a batch what it was.

        Parameters
        ----------
        batch : RecordBatch
            As DuckDB gives it back.

        Returns
        -------
        RecordBatch
        """
        columns = [
            _as(column.cast(carried.type), field.type)
            for column, field, carried in zip(batch.columns, self.plain, self.schema, strict=True)
        ]
        return pa.RecordBatch.from_arrays(columns, schema=self.plain)


def _plain(kind: pa.DataType) -> pa.DataType:
    return _plain(kind.value_type) if types.is_dictionary(kind) else kind


def _carried(kind: pa.DataType) -> pa.DataType:
    """Dates and short floats go as whole numbers of the same bits, of which nothing is rounded."""
    if types.is_temporal(kind) and not types.is_interval(kind):
        return pa.int32() if kind.bit_width == 32 else pa.int64()
    if types.is_float16(kind):
        return pa.int16()
    return pa.int8() if types.is_null(kind) else kind


def _as(column: pa.Array, kind: pa.DataType) -> pa.Array:
    if column.type == kind:
        return column
    if types.is_null(kind):
        return pa.nulls(len(column))
    return column.cast(kind) if types.is_null(column.type) else column.view(kind)
