"""Lists that inventories hold as text: districts, kinds of data, functions."""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd

from partnermcda.catalog import Catalog
from partnermcda.catalog.words import fold
from partnermcda.core.arrays import Bools

_BETWEEN: Final = re.compile(r"[;,|\n]")
# Lists of a million actors are made of few words.
_folded = lru_cache(maxsize=1 << 16)(fold)


def entries_of(text: str) -> frozenset[str]:
    """Take a list apart that is written as text.

    Parameters
    ----------
    text : str
        Entries between semicolons, commas, bars or ends of lines.

    Returns
    -------
    frozenset of str
        Entries, written alike whatever their capitals, accents and spaces.

    Examples
    --------
    >>> sorted(entries_of("Médina; Plateau,medina"))
    ['medina', 'plateau']
    """
    return frozenset(found for part in _BETWEEN.split(text) if (found := _folded(part)))


def entries(column: pd.Series) -> list[frozenset[str] | None]:
    """Take the lists of m actors apart.

    Parameters
    ----------
    column : Series
        (m,) texts; NA where nothing is known.

    Returns
    -------
    list of frozenset of str or None
        None where nothing is known: no text, or one without entries.
    """
    codes, texts = pd.factorize(column)
    lists = [*(entries_of(str(text)) or None for text in texts), None]
    return [lists[code] for code in codes]


def asked_in(column: pd.Series, asked: Collection[str]) -> tuple[Bools, Bools]:
    """Tell which actors have something asked in their list.

    Parameters
    ----------
    column : Series
        (m,) texts; NA where nothing is known.
    asked : collection of str
        Entries, one of which is enough.

    Returns
    -------
    given, has : (m,) arrays of bool
        Whether there is a list, and whether it has any of them.
    """
    codes, texts = pd.factorize(column)
    wanted = {fold(word) for word in asked}
    lists = [entries_of(str(text)) for text in texts]
    given = np.array([*(bool(found) for found in lists), False])[codes]
    has = np.array([*(bool(found & wanted) for found in lists), False])[codes]
    return given, has


def unread(inventory: pd.DataFrame, catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """Find entries of lists that no capability asks for, so that nobody takes them as counted.

    Parameters
    ----------
    inventory : DataFrame
        Checked.
    catalog : Catalog
        Whose capabilities say what they look for in which list; districts may be any.

    Returns
    -------
    dict of str to tuple of str
        For each such list, its entries that count nothing, in order.
    """
    asked: dict[str, set[str]] = {}
    for capability in catalog.capabilities:
        if capability.attribute is not None and capability.cover != "union":
            words = capability.data_kinds or (capability.id,)
            asked.setdefault(capability.attribute, set()).update(map(fold, words))
    found = {
        name: frozenset().union(*map(entries_of, inventory[name].dropna().unique())) - words
        for name, words in asked.items()
    }
    return {name: tuple(sorted(words)) for name, words in found.items() if words}
