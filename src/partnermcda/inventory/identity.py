"""Hold that every actor of a city has its own id, and tell ids that only look different."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from partnermcda.core.arrays import Ints
from partnermcda.errors import short
from partnermcda.inventory.cells import as_text
from partnermcda.inventory.keys import Keys, mixed, text_keys
from partnermcda.inventory.ledger import Ledger
from partnermcda.inventory.texts import INVISIBLE, is_ascii

_ROWS: Final = 100
_PAIRS: Final = 10


def refuse_duplicates(frame: pd.DataFrame, column: str, ledger: Ledger) -> None:
    """Fault every id that occurs twice in a city, with all its rows; note those nearly so.

    Parameters
    ----------
    frame : DataFrame
        With ``city`` and ``actor_id``.
    column : str
        The id's column as the user named it.
    ledger : Ledger
        Takes faults and notes.
    """
    cities, ids = as_text(frame["city"]), as_text(frame["actor_id"])
    rows = _suspects(cities, ids)
    if len(rows):
        chosen = pa.array(rows)
        _tell(_Names.of(cities.take(chosen)), _Names.of(ids.take(chosen)), rows, column, ledger)


def _suspects(cities: Any, ids: Any) -> Ints:
    """Find the rows whose city and id are at least nearly those of another row.

    Nearly always it is none. By numbers that is seen without a list of all ids there are.
    """
    known = np.arange(len(ids))
    if cities.null_count or ids.null_count:
        known = np.flatnonzero(pc.and_(pc.is_valid(cities), pc.is_valid(ids)))
        cities, ids = cities.take(pa.array(known)), ids.take(pa.array(known))
    keys = mixed(_Names.of(cities).folded().astype(np.uint64)) ^ _folded_keys(ids)
    ordered = np.sort(keys)
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    return known[np.isin(keys, twice)] if len(twice) else known[:0]


def _folded_keys(names: Any) -> Keys:
    if is_ascii(names):
        return text_keys(_folded(names))
    coded = _Names.of(names)
    return text_keys(_folded(coded.distinct))[coded.codes]


def _tell(cities: "_Names", ids: "_Names", rows: Ints, column: str, ledger: Ledger) -> None:
    """Tell repeated and nearly repeated ids among some rows of the frame."""
    exact = _group(cities.codes, ids.codes)

    def tell(positions: Ints) -> None:
        places = [ledger.row(rows[p]) for p in positions[:_ROWS]]
        details = {
            "rows": ", ".join(map(str, places)) + (" …" if len(positions) > _ROWS else ""),
            "count": len(positions),
            "city": cities.text(positions[0]),
        }
        place = {"column": column, "row": places[0], "value": ids.text(positions[0])}
        ledger.fault("inventory.duplicate", details, **place)

    ledger.each(_repeated(exact), tell)
    _tell_near_duplicates(cities, ids, exact, rows, column, ledger)


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    """A column of names: the distinct ones, and which of them each row has."""

    distinct: Any
    codes: Ints

    @classmethod
    def of(cls, texts: Any) -> "_Names":
        encoded = texts.dictionary_encode()
        return cls(encoded.dictionary, np.asarray(encoded.indices, dtype=np.int64))

    def text(self, position: Any) -> str:
        return short(self.distinct[int(self.codes[position])].as_py())

    def folded(self) -> Ints:
        """Say which name each row has when case, width and unseen characters are set aside."""
        codes = np.asarray(_folded(self.distinct).dictionary_encode().indices, dtype=np.int64)
        return codes[self.codes]


def _tell_near_duplicates(
    cities: _Names, ids: _Names, exact: Ints, rows: Ints, column: str, ledger: Ledger
) -> None:
    loose = _group(cities.folded(), ids.folded())
    if np.array_equal(loose, exact):
        return
    pairs = [
        (positions[0], other)
        for positions in _repeated(loose)
        for other in positions[1:]
        if exact[other] != exact[positions[0]]
    ]
    if pairs:
        listing = "; ".join(
            f"{ids.text(a)} ({ledger.row(rows[a])}) ~ {ids.text(b)} ({ledger.row(rows[b])})"
            for a, b in pairs[:_PAIRS]
        )
        details = {"count": len(pairs), "pairs": listing}
        ledger.note("inventory.near_duplicate", details, column=column)


def _group(cities: Ints, ids: Ints) -> Ints:
    """One number per city and id."""
    return np.asarray(cities * (ids.max(initial=0) + 1) + ids)


def _repeated(groups: Ints) -> list[Ints]:
    """Positions of every group that has more than one, in the order of the rows."""
    doubled = pd.Series(groups).duplicated(keep=False).to_numpy()
    positions = np.flatnonzero(doubled)
    order = positions[np.argsort(groups[positions], kind="stable")]
    borders = np.flatnonzero(np.diff(groups[order])) + 1
    found = np.split(order, borders) if len(order) else []
    return sorted(found, key=lambda group: int(group[0]))


def _folded(texts: Any) -> Any:
    if is_ascii(texts):
        return pc.ascii_lower(texts)
    folded = pc.utf8_normalize(pc.utf8_lower(texts), form="NFKC")
    seen = pc.replace_substring_regex(folded, INVISIBLE, "")
    return pc.utf8_trim_whitespace(seen)
