"""Turn the categories of a register into what a mapping says they mean."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from partnermcda.core.arrays import Bools, Ints
from partnermcda.errors import short
from partnermcda.inventory.ledger import Ledger
from partnermcda.inventory.texts import plain_category

_LISTED = 20


def look_up(
    categories: Any, recode: Mapping[str, Any], path: str, column: str, ledger: Ledger
) -> Ints:
    """Find each cell's category among those a mapping recodes.

    Parameters
    ----------
    categories : (m,) pyarrow dictionary array of string
        Null where the cell is empty.
    recode : mapping of str to object
        Categories with what they mean.
    path : str
        Place of the recode in the mapping.
    column : str
        Column of the register.
    ledger : Ledger
        Takes one fault that lists all categories the recode misses.

    Returns
    -------
    (m,) array of int
        Position in `recode`; -1 where the cell is empty or its category is missed.
    """
    known = plain_category(pa.array(list(recode), pa.large_string()))
    places = pc.index_in(categories.dictionary, value_set=known, skip_nulls=True)
    found = places.take(categories.indices)
    if found.null_count > categories.null_count:
        missed = pc.and_(pc.is_valid(categories), pc.is_null(found))
        details = _missed(categories.dictionary_decode().filter(missed))
        ledger.fault("mapping.unlisted", details, column=column, path=path)
    return np.asarray(pc.fill_null(found, -1), dtype=np.int64)


def matches(categories: Any, values: list[str]) -> Bools:
    """Tell which of m categories are one of `values`; (m,) array of bool."""
    chosen = plain_category(pa.array(values, pa.large_string()))
    found = np.asarray(pc.is_in(categories.dictionary, value_set=chosen, skip_nulls=True))
    codes = np.asarray(pc.fill_null(categories.indices, -1))
    return np.asarray(np.append(found, False)[codes], dtype=bool)


def code_text(code: object) -> str:
    """Write a code of a mapping as a register's cell would be read."""
    if isinstance(code, str):
        return code
    return str(code).lower() if isinstance(code, bool) else short(code)


def _missed(categories: Any) -> dict[str, object]:
    counts = pc.value_counts(categories).to_pylist()
    counts.sort(key=lambda entry: (-entry["counts"], entry["values"]))
    listing = ", ".join(f"{short(e['values'])} ({e['counts']})" for e in counts[:_LISTED])
    return {"found": listing + (" …" if len(counts) > _LISTED else ""), "count": len(counts)}
