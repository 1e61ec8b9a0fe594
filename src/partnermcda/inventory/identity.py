"""Hold that every actor of a city has its own id, and tell ids that only look different."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from partnermcda.core.arrays import Ints
from partnermcda.errors import short
from partnermcda.inventory.cells import as_text
from partnermcda.inventory.ledger import Ledger
from partnermcda.inventory.texts import INVISIBLE

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
    cities, ids = _Names.of(frame["city"]), _Names.of(frame["actor_id"])
    exact = _group(cities.codes, ids.codes)

    def tell(positions: Ints) -> None:
        rows = [ledger.row(p) for p in positions[:_ROWS]]
        details = {
            "rows": ", ".join(map(str, rows)) + (" …" if len(positions) > _ROWS else ""),
            "count": len(positions),
            "city": cities.text(positions[0]),
        }
        place = {"column": column, "row": rows[0], "value": ids.text(positions[0])}
        ledger.fault("inventory.duplicate", details, **place)

    ledger.each(_repeated(exact), tell)
    _tell_near_duplicates(cities, ids, exact, column, ledger)


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    """A column of names: the distinct ones, and which of them each row has."""

    distinct: Any
    codes: Ints

    @classmethod
    def of(cls, column: pd.Series) -> "_Names":
        encoded = as_text(column).dictionary_encode()
        codes = np.asarray(pc.fill_null(encoded.indices, -1), dtype=np.int64)
        return cls(encoded.dictionary, codes)

    def text(self, position: Any) -> str:
        return short(self.distinct[int(self.codes[position])].as_py())

    def folded(self) -> Ints:
        """Say which name each row has when case, width and unseen characters are set aside."""
        folded = _folded(self.distinct)
        if folded.equals(self.distinct):
            return self.codes
        codes = np.asarray(folded.dictionary_encode().indices, dtype=np.int64)
        return np.append(codes, -1)[self.codes]


def _tell_near_duplicates(
    cities: _Names, ids: _Names, exact: Ints, column: str, ledger: Ledger
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
            f"{ids.text(a)} ({ledger.row(a)}) ~ {ids.text(b)} ({ledger.row(b)})"
            for a, b in pairs[:_PAIRS]
        )
        details = {"count": len(pairs), "pairs": listing}
        ledger.note("inventory.near_duplicate", details, column=column)


def _group(cities: Ints, ids: Ints) -> Ints:
    """One number per city and id; -1 where one of them is not known."""
    together = cities * (ids.max(initial=0) + 1) + ids
    return np.where((cities < 0) | (ids < 0), -1, together)


def _repeated(groups: Ints) -> list[Ints]:
    """Positions of every group that has more than one, in the order of the rows."""
    doubled = pd.Series(groups).duplicated(keep=False).to_numpy() & (groups >= 0)
    positions = np.flatnonzero(doubled)
    order = positions[np.argsort(groups[positions], kind="stable")]
    borders = np.flatnonzero(np.diff(groups[order])) + 1
    found = np.split(order, borders) if len(order) else []
    return sorted(found, key=lambda group: int(group[0]))


def _folded(texts: Any) -> Any:
    folded = pc.utf8_lower(texts)
    if pc.all(pc.string_is_ascii(texts)).as_py() in (True, None):
        return folded
    seen = pc.replace_substring_regex(pc.utf8_normalize(folded, form="NFKC"), INVISIBLE, "")
    return pc.utf8_trim_whitespace(seen)
