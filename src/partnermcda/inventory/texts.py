"""Read cells as text: ids, names and cities as they are, categories as a mapping names them."""

import unicodedata
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from partnermcda.core.arrays import Bools
from partnermcda.errors import short
from partnermcda.inventory.cells import LARGEST, Cells
from partnermcda.inventory.keys import text_bytes
from partnermcda.inventory.ledger import Ledger

INVISIBLE = r"\p{Cf}"
"""Characters that are not seen, as zero-width spaces and marks of direction."""

_LOOK_ALIKE = r"\p{Latin}[\p{Cyrillic}\p{Greek}]|[\p{Cyrillic}\p{Greek}]\p{Latin}"


def read_text(cells: Cells, column: str, ledger: Ledger) -> Any:
    """Read cells as text that must not change: an id, a name, a city.

    Parameters
    ----------
    cells : Cells
        m cells. Text stays as it is, but for outer space and Unicode's composed form.
    column : str
        Column as the user named it.
    ledger : Ledger
        Takes a fault for every cell that is no text, a note on numbers and recomposed letters.

    Returns
    -------
    (m,) pyarrow array of string
        Null where the cell is empty. A cell at fault is not empty.
    """
    if not cells.texts.null_count:
        return _composed(cells.texts, column, ledger)
    rounded = (np.abs(cells.numbers) >= LARGEST) & ~cells.too_large
    kinds = {
        "inventory.date_for_text": cells.dates,
        "inventory.boolean_for_text": cells.booleans,
        "inventory.no_value": cells.others,
        "inventory.rounded_id": rounded,
    }
    for code, wrong in kinds.items():
        ledger.cells(code, wrong, column, cells.raw.array)
    good = np.isfinite(cells.numbers) & ~cells.booleans & ~rounded
    if good.any():
        ledger.note("inventory.number_as_text", {"count": int(good.sum())}, column=column)
    texts = _composed(cells.texts, column, ledger)
    if good.any():
        texts = pc.coalesce(texts, number_texts(cells, good))
    wrong = np.any(list(kinds.values()), axis=0)
    return pc.coalesce(texts, _written(cells.raw, wrong)) if wrong.any() else texts


def read_categories(cells: Cells) -> Any:
    """Read cells as categories, as a mapping names them: ``Outro``, ``1``, ``0.5``, ``true``.

    Parameters
    ----------
    cells : Cells

    Returns
    -------
    (m,) pyarrow dictionary array of string
        Null where the cell is empty. A whole number is written without decimals.
    """
    categories = change_each(cells.texts.dictionary_encode(), plain_category)
    if not cells.texts.null_count:
        return categories
    parts = []
    numbers = np.isfinite(cells.numbers) & ~cells.booleans
    if numbers.any():
        parts.append(number_texts(cells, numbers))
    if cells.booleans.any():
        truth = pa.array(cells.numbers == 1, mask=~cells.booleans).cast(pa.large_string())
        parts.append(truth)
    if cells.dates.any() or cells.others.any():
        parts.append(_written(cells.raw, cells.dates | cells.others))
    if not parts:
        return categories
    return pc.coalesce(categories.dictionary_decode(), *parts).dictionary_encode()


def change_each(categories: Any, change: Callable[[Any], Any]) -> Any:
    """Change every distinct category once.

    Parameters
    ----------
    categories : (m,) pyarrow dictionary array of string
    change : callable
        From (u,) distinct categories to what they become, null where that is nothing.

    Returns
    -------
    (m,) pyarrow dictionary array of string
    """
    # Two categories may become the same one.
    changed = change(categories.dictionary).dictionary_encode()
    codes = changed.indices.take(categories.indices)
    return pa.DictionaryArray.from_arrays(codes, changed.dictionary)


def plain_category(texts: Any) -> Any:
    """Write categories in one way: composed, trimmed, ``1.0`` as ``1``; empty is null."""
    trimmed = pc.utf8_trim_whitespace(_recomposed(texts))
    whole = pc.replace_substring_regex(trimmed, r"^(-?[0-9]+)\.0+$", r"\1")
    return pc.if_else(pc.equal(whole, ""), None, whole)


def number_texts(cells: Cells, chosen: Bools) -> Any:
    """Write numbers as text, whole ones without decimals; null where not `chosen`."""
    size = len(cells)
    if not chosen.any():
        return pa.nulls(size, pa.large_string())
    exact = chosen & cells.too_large
    whole = chosen & ~exact & (cells.numbers == np.floor(cells.numbers))
    values = np.where(whole, cells.numbers, 0).astype(np.int64)
    parts = [
        pa.array(values, mask=~whole).cast(pa.large_string()),
        pa.array(cells.numbers, mask=~(chosen & ~whole & ~exact)).cast(pa.large_string()),
    ]
    return pc.coalesce(*parts, _written(cells.raw, exact)) if exact.any() else pc.coalesce(*parts)


def _written(raw: pd.Series, chosen: Bools) -> Any:
    written = np.full(len(raw), None, dtype=object)
    written[chosen] = np.frompyfunc(str, 1, 1)(raw.to_numpy(dtype=object)[chosen])
    return pa.array(written, pa.large_string())


def _composed(texts: Any, column: str, ledger: Ledger) -> Any:
    if _is_composed(texts):
        return texts
    trimmed = pc.utf8_trim_whitespace(texts)
    if not is_ascii(trimmed):
        composed = _recomposed(trimmed)
        changed = int(pc.sum(pc.not_equal(composed, trimmed)).as_py() or 0)
        if changed:
            ledger.note("inventory.recomposed", {"count": changed}, column=column)
        trimmed = composed
    empty = pc.equal(pc.binary_length(trimmed), 0)
    return pc.if_else(empty, None, trimmed) if pc.any(empty).as_py() else trimmed


def _recomposed(texts: Any) -> Any:
    """Bring texts to Unicode's composed form (NFC)."""
    if is_ascii(texts):
        return texts
    # By Python, one distinct text after the other: pyarrow before 26 decomposes under NFC.
    coded = texts.dictionary_encode()
    composed = [unicodedata.normalize("NFC", text) for text in coded.dictionary.to_pylist()]
    return pa.array(composed, texts.type).take(coded.indices)


def is_ascii(texts: Any) -> bool:
    """Tell whether all letters of texts are ASCII; what lies hidden below a null counts."""
    _, data = text_bytes(texts)
    return bool(data.max(initial=0) < 128)


def _is_composed(texts: Any) -> bool:
    """Tell, by its bytes, whether no text is empty, none has outer space and all are ASCII."""
    starts, data = text_bytes(texts)
    if texts.null_count or not data.size or np.diff(starts).min() == 0:
        return False
    ends = np.minimum(data[starts[:-1]], data[starts[1:] - 1])
    return bool(ends.min() > ord(" ") and data.max() < 127)


def tell_look_alikes(texts: Any, column: str, ledger: Ledger) -> None:
    """Note characters that are not seen, and letters of two scripts side by side.

    Parameters
    ----------
    texts : (m,) pyarrow array of string
    column : str
        Column as the user named it.
    ledger : Ledger
        Takes the notes.
    """
    if is_ascii(texts):
        return
    patterns = {"inventory.invisible": INVISIBLE, "inventory.look_alike": _LOOK_ALIKE}
    for code, pattern in patterns.items():
        found = pc.fill_null(pc.match_substring_regex(texts, pattern), False)
        positions = np.flatnonzero(np.asarray(found))
        if len(positions):
            first = positions[0]
            place = {"row": ledger.row(first), "value": short(ascii(texts[int(first)].as_py()))}
            ledger.note(code, {"count": len(positions)}, column=column, **place)
