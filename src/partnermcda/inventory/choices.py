"""Read cells that hold one of a catalog's words: types of actors, flags, tiers of gates."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from partnermcda.catalog.words import Vocabulary
from partnermcda.core.arrays import Bools
from partnermcda.errors import short
from partnermcda.inventory.ledger import Ledger
from partnermcda.inventory.numerals import UNKNOWN
from partnermcda.inventory.texts import change_each


def read_choices(categories: Any, words: Vocabulary, code: str, column: str, ledger: Ledger) -> Any:
    """Read words as the ids they mean.

    Parameters
    ----------
    categories : (m,) pyarrow dictionary array of string
        The cells, null where they are empty.
    words : Vocabulary
        What can be said.
    code : str
        Key of the sentence for a word that is not known.
    column : str
        Column as the user named it.
    ledger : Ledger
        Takes a fault for every word that is not known, a note on spellings that differ.

    Returns
    -------
    (m,) pyarrow dictionary array of string
        Ids; null where nothing is said.
    """
    distinct = categories.dictionary
    found = words.find(distinct.to_pylist())
    lowered = pc.utf8_lower(distinct)
    silent = np.asarray(pc.is_in(lowered, value_set=pa.array(UNKNOWN, distinct.type))) & (found < 0)
    codes = np.asarray(pc.fill_null(categories.indices, -1))
    meanings = np.array([*words.meanings, None], dtype=object)[found]
    _refuse(distinct, (found < 0) & ~silent, codes, words, code, column, ledger)
    _tell_spellings(distinct, meanings, codes, column, ledger)
    return change_each(categories, lambda _: pa.array(meanings, distinct.type))


def _refuse(
    distinct: Any,
    wrong: Bools,
    codes: Any,
    words: Vocabulary,
    code: str,
    column: str,
    ledger: Ledger,
) -> None:
    names = ", ".join(dict.fromkeys(words.meanings))

    def tell(found: int) -> None:
        text = distinct[int(found)].as_py()
        cells = np.flatnonzero(codes == found)
        details = {"nearest": words.nearest(text), "names": names, "count": len(cells)}
        place = {"column": column, "row": ledger.row(cells[0]), "value": short(text)}
        ledger.fault(code, details, **place)

    ledger.each(np.flatnonzero(wrong), tell)


def _tell_spellings(distinct: Any, meanings: Any, codes: Any, column: str, ledger: Ledger) -> None:
    """Note how often a word was not written as its id."""
    differs = pc.not_equal(pa.array(meanings, distinct.type), distinct)
    changed = np.asarray(pc.fill_null(differs, False))
    counts = np.bincount(codes[codes >= 0], minlength=len(changed))
    if changed.any():
        first = int(np.flatnonzero(changed)[0])
        details = {"count": int(counts[changed].sum()), "meaning": meanings[first]}
        value = short(distinct[first].as_py())
        ledger.note("inventory.spelling", details, column=column, value=value)
