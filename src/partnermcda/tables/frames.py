"""Frames in memory: pandas, and whatever hands over Arrow columns."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.interchange
import pyarrow.types as kinds

from partnermcda.errors import Finding, InventoryError, capped, short
from partnermcda.tables.table import TEXT, Table, fault, read_header, row_numbers

_NULLABLE: Final = {
    pa.bool_(): pd.BooleanDtype(),
    pa.int8(): pd.Int8Dtype(),
    pa.int16(): pd.Int16Dtype(),
    pa.int32(): pd.Int32Dtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.uint8(): pd.UInt8Dtype(),
    pa.uint16(): pd.UInt16Dtype(),
    pa.uint32(): pd.UInt32Dtype(),
    pa.uint64(): pd.UInt64Dtype(),
    pa.string(): TEXT,
    pa.large_string(): TEXT,
}
_FLAT: Final = (
    kinds.is_integer,
    kinds.is_floating,
    kinds.is_boolean,
    kinds.is_decimal,
    kinds.is_date,
    kinds.is_timestamp,
    kinds.is_duration,
    kinds.is_time,
    kinds.is_null,
    kinds.is_string,
    kinds.is_large_string,
    kinds.is_string_view,
)


def read_frame(source: object) -> Table:
    """Take a frame held in memory; it is copied, its index is not used.

    Parameters
    ----------
    source : pandas.DataFrame or object with Arrow columns
        Polars and pyarrow tables among them.

    Returns
    -------
    Table

    Raises
    ------
    InventoryError
        If it is no frame, or its columns or their names have faults.

    Examples
    --------
    >>> read_frame(pd.DataFrame({"actor_id": ["a", "b"]}, index=[7, 8])).frame
      actor_id
    1        a
    2        b
    """
    frame = _copied(source) if isinstance(source, pd.DataFrame) else to_frame(_arrow(source))
    names = [_label(label) for label in frame.columns]
    check_names(names)
    if not len(frame):
        raise fault("tables.no_rows")
    frame.columns = pd.Index(names, dtype=object)
    frame.index = row_numbers(len(frame))
    frame.attrs = {}
    return Table(frame, "", "", "typed")


def check_names(names: list[str]) -> None:
    """Refuse columns without a name, and names given twice."""
    header = read_header(names, [True] * len(names))
    if header.faults:
        raise InventoryError(header.faults)


def to_frame(table: pa.Table) -> pd.DataFrame:
    """Turn Arrow columns into a frame, without loss; the Arrow columns are used up.

    Parameters
    ----------
    table : pyarrow.Table
        It must not be used afterwards.

    Returns
    -------
    pandas.DataFrame
        Text as ``string[pyarrow]``, whole numbers and booleans as nullable types.

    Raises
    ------
    InventoryError
        If a column is neither text, number, boolean nor date, its texts are no UTF-8, its time
        zone does not exist, or a decimal number has more digits than a float.

    Examples
    --------
    >>> to_frame(pa.table({"staff": [1, None]}))["staff"].dtype
    Int64Dtype()
    """
    refuse_types(table.schema)
    _refuse_damage(dict(zip(table.column_names, table.columns, strict=True)))
    faults: list[Finding] = []
    for j, name in enumerate(table.column_names):
        column, lost = _plain(table.column(j))
        if lost:
            faults += [Finding("tables.decimal", {"type": lost}, column=short(name))]
        elif column.type != table.field(j).type:
            table = table.set_column(j, name, column)
    if faults:
        raise InventoryError(faults)
    frame: pd.DataFrame = table.replace_schema_metadata(None).to_pandas(
        types_mapper=_NULLABLE.get, split_blocks=True, self_destruct=True, ignore_metadata=True
    )
    return frame


def refuse_types(schema: pa.Schema) -> None:
    """Refuse columns that hold neither text, numbers, booleans nor dates."""
    odd = [
        Finding("tables.type", {"type": short(column.type)}, column=short(column.name))
        for column in schema
        if not _is_flat(column.type)
    ]
    if odd:
        raise InventoryError(capped(odd))


def _refuse_damage(columns: Mapping[str, Any]) -> None:
    """Refuse texts that are no UTF-8, and times of zones that do not exist."""
    found = [finding for name, column in columns.items() for finding in _damage(name, column)]
    if found:
        raise InventoryError(capped(found))


def _damage(name: str, column: Any) -> list[Finding]:
    try:
        array = column if isinstance(column, pa.ChunkedArray) else pa.array(column)
        array.validate(full=True)
    except (pa.ArrowInvalid, UnicodeEncodeError):
        return [Finding("tables.text_damaged", column=short(name))]
    try:
        if kinds.is_timestamp(array.type):
            pa.array([0], array.type).to_pandas()
    except (KeyError, ValueError):
        return [Finding("tables.zone", {"zone": short(array.type.tz)}, column=short(name))]
    return []


def _copied(source: pd.DataFrame) -> pd.DataFrame:
    positions = [j for j, dtype in enumerate(source.dtypes) if _is_arrow(dtype)]
    _refuse_damage({_label(source.columns[j]): source.iloc[:, j] for j in positions})
    return source.copy()


def _is_arrow(dtype: Any) -> bool:
    """Tell columns pandas holds in Arrow, or as text that need not be sound."""
    dtype = dtype.categories.dtype if isinstance(dtype, pd.CategoricalDtype) else dtype
    return isinstance(dtype, pd.ArrowDtype | pd.StringDtype)


def _arrow(source: Any) -> pa.Table:
    try:
        if hasattr(source, "__arrow_c_stream__") or hasattr(source, "__arrow_c_array__"):
            return pa.table(source)
        if hasattr(source, "__dataframe__"):
            return pyarrow.interchange.from_dataframe(source)
    except (TypeError, ValueError, pa.ArrowException):
        raise fault("tables.frame", type=type(source).__name__) from None
    raise fault("tables.source", type=type(source).__name__)


def _label(label: Any) -> str:
    missing = label is None or label is pd.NA or label != label
    return "" if missing else str(label).strip()


def _is_flat(kind: pa.DataType) -> bool:
    if kinds.is_dictionary(kind):
        return _is_flat(kind.value_type)
    # Python's times have no nanoseconds.
    return kind != pa.time64("ns") and any(is_kind(kind) for is_kind in _FLAT)


def _plain(column: pa.ChunkedArray) -> tuple[pa.ChunkedArray, str]:
    """Decode what has a plainer type; name the type of decimals that a float cannot hold."""
    kind = column.type
    if kinds.is_dictionary(kind):
        return _plain(_decoded(column))
    if kinds.is_null(kind):
        return column.cast(pa.string()), ""
    if kinds.is_string_view(kind):
        return column.cast(pa.large_string()), ""
    if kinds.is_decimal(kind):
        floats = column.cast(pa.float64())
        return floats, "" if _same(column, floats) else str(kind)
    return column, ""


def _decoded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type.value_type
    kind = pa.large_string() if kinds.is_string_view(kind) else kind
    chunks = [chunk.dictionary.cast(kind).take(chunk.indices) for chunk in column.chunks]
    return pa.chunked_array(chunks, kind)


def _same(decimals: pa.ChunkedArray, floats: pa.ChunkedArray) -> bool:
    try:
        back = floats.cast(decimals.type)
    except pa.ArrowInvalid:
        return False
    return bool(pc.all(pc.equal(decimals, back), min_count=0).as_py())
