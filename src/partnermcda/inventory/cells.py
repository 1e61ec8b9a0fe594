"""Take a column apart by the kind of its cells: text, numbers, yes and no, dates."""

import datetime
import numbers
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from partnermcda.core.arrays import Bools, Floats, Ints

LARGEST: Final = 2.0**53
"""From here on, neighboring whole numbers are the same float64."""

_DATES: Final = (datetime.date, datetime.time, datetime.timedelta, pd.Period)
_NUMBERS: Final = (numbers.Real, Decimal)


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """A column of m cells, taken apart. A cell in none of the parts is empty."""

    raw: pd.Series
    """The cells as found."""
    numbers: Floats
    """(m,) numbers; NaN where a cell is none."""
    texts: Any
    """(m,) pyarrow array of text; null where a cell is none."""
    booleans: Bools
    """(m,) cells that are true or false; their `numbers` are 1 and 0."""
    dates: Bools
    """(m,) dates, times and durations."""
    others: Bools
    """(m,) anything else, as complex numbers and lists."""
    too_large: Bools
    """(m,) whole numbers from 2^53 on, which float64 cannot tell apart."""

    def __len__(self) -> int:
        return len(self.numbers)


def take_apart(column: pd.Series) -> Cells:
    """Sort the cells of a column by their kind.

    Parameters
    ----------
    column : Series
        m cells of any dtype.

    Returns
    -------
    Cells
    """
    dtype = column.dtype
    if _is_text(dtype):
        return _cells(column, texts=as_text(column))
    if pd.api.types.is_object_dtype(dtype) or isinstance(dtype, pd.CategoricalDtype):
        return _from_objects(column)
    if pd.api.types.is_complex_dtype(dtype):
        return _cells(column, others=column.notna().to_numpy(dtype=bool))
    if pd.api.types.is_bool_dtype(dtype):
        known = column.notna().to_numpy(dtype=bool)
        return _cells(column, column.to_numpy(dtype=float, na_value=np.nan), booleans=known)
    if pd.api.types.is_numeric_dtype(dtype):
        return _from_numbers(column)
    known = column.notna().to_numpy(dtype=bool)
    if _is_nested(dtype):
        return _cells(column, others=known)
    return _cells(column, dates=known)


def as_text(column: pd.Series) -> Any:
    """Make a pyarrow array of a column of text."""
    array = pa.array(column, from_pandas=True)
    chunks = array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])
    return chunks.cast(pa.large_string()).combine_chunks()


def no_text(size: int) -> Any:
    """Make a pyarrow array of no text at all."""
    # Zeros straight from the system take neither time nor room until somebody looks at them.
    nulls, starts = np.zeros(size // 8 + 1, np.uint8), np.zeros(size + 1, np.int64)
    buffers = [pa.py_buffer(nulls), pa.py_buffer(starts), pa.py_buffer(b"")]
    return pa.Array.from_buffers(pa.large_string(), size, buffers, null_count=size)


def _is_text(dtype: Any) -> bool:
    if isinstance(dtype, pd.CategoricalDtype):
        return _is_text(dtype.categories.dtype)
    if isinstance(dtype, pd.ArrowDtype):
        kind = dtype.pyarrow_dtype
        kind = kind.value_type if pa.types.is_dictionary(kind) else kind
        return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
    return isinstance(dtype, pd.StringDtype)


def _is_nested(dtype: Any) -> bool:
    return isinstance(dtype, pd.ArrowDtype) and not pa.types.is_temporal(dtype.pyarrow_dtype)


def _from_numbers(column: pd.Series) -> Cells:
    values = column.to_numpy(dtype=float, na_value=np.nan)
    whole = pd.api.types.is_integer_dtype(column.dtype)
    too_large = np.abs(values) >= LARGEST if whole else None
    return _cells(column, values, too_large=too_large)


def _from_objects(column: pd.Series) -> Cells:
    """Sort objects by their type, a whole type at a time."""
    raw = column.to_numpy(dtype=object)
    codes, types = pd.factorize(np.frompyfunc(type, 1, 1)(raw))
    signaling = _signaling(raw, codes, types)
    empty = pd.isna(np.where(signaling, "", raw))
    values = np.full(len(raw), np.nan)
    texts = np.full(len(raw), None, dtype=object)
    masks = {kind: np.zeros(len(raw), dtype=bool) for kind in _KINDS}
    masks["others"] |= signaling
    for code, found in enumerate(types):
        mine = ~empty & ~signaling & (codes == code)
        kind = _kind(found)
        if kind == "texts":
            texts[mine] = raw[mine]
        elif kind in ("numbers", "booleans"):
            values[mine] = np.frompyfunc(_float, 1, 1)(raw[mine])
        if kind in masks:
            masks[kind] |= mine
        if issubclass(found, numbers.Integral):
            masks["too_large"] |= mine & (np.abs(values) >= LARGEST)
    try:
        return _cells(column, values, texts=pa.array(texts, pa.large_string()), **masks)
    except UnicodeEncodeError:
        broken = np.frompyfunc(_is_broken, 1, 1)(texts).astype(bool)
        masks["others"] |= broken
        texts[broken] = None
        return _cells(column, values, texts=pa.array(texts, pa.large_string()), **masks)


def _signaling(raw: Any, codes: Ints, types: Any) -> Bools:
    """Find decimals that raise when they are compared or read; (m,) array of bool."""
    found = np.zeros(len(raw), dtype=bool)
    for code, kind in enumerate(types):
        if issubclass(kind, Decimal):
            mine = codes == code
            found[mine] = np.frompyfunc(kind.is_snan, 1, 1)(raw[mine]).astype(bool)
    return found


def _float(number: Any) -> float:
    try:
        return float(number)
    except OverflowError:
        return np.inf


def _is_broken(text: str | None) -> bool:
    """Whether a text has half a character, which no file can hold."""
    return text is not None and any("\ud800" <= letter <= "\udfff" for letter in text)


_KINDS: Final = ("booleans", "dates", "others", "too_large")


def _kind(found: type) -> str:
    if issubclass(found, str):
        return "texts"
    if issubclass(found, bool | np.bool_):
        return "booleans"
    if issubclass(found, _DATES) or issubclass(found, np.datetime64 | np.timedelta64):
        return "dates"
    return "numbers" if issubclass(found, _NUMBERS) else "others"


def _cells(
    raw: pd.Series, values: Floats | None = None, *, texts: Any = None, **masks: Bools | None
) -> Cells:
    size = len(raw)
    nothing = np.zeros(size, dtype=bool)
    given = {kind: mask for kind, mask in masks.items() if mask is not None}
    return Cells(
        raw,
        np.full(size, np.nan) if values is None else values,
        no_text(size) if texts is None else texts,
        **{**dict.fromkeys(_KINDS, nothing), **given},
    )
