"""Layers of the digital city: who sits on which, and which are empty."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from partnermcda.capability.listed import entries_of
from partnermcda.catalog import Catalog
from partnermcda.catalog.words import fold, nearest, spellings
from partnermcda.core.arrays import Bools, Floats, Ints, Texts
from partnermcda.errors import Finding, InventoryError, capped, short
from partnermcda.evaluation.standing import Types
from partnermcda.inventory import user_rows

ATTRIBUTE: Final = "layers"
TEXT: Final = pd.StringDtype("pyarrow")
_NAMED: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Seats:
    """Who sits on which of L layers, m actors."""

    sits: Bools
    """(m, L) whether an actor sits on a layer."""
    derived: Bools
    """(m,) whether that was not given, but is what the guide says of its type."""

    def take(self, rows: Ints) -> "Seats":
        """Pick some actors."""
        return Seats(self.sits[rows], self.derived[rows])


def seats_of(inventory: pd.DataFrame, catalog: Catalog) -> Seats:
    """Find the layers on which each actor sits: those given, else those usual for its type.

    Parameters
    ----------
    inventory : DataFrame
        Checked: m actors.
    catalog : Catalog
        With L layers.

    Returns
    -------
    Seats

    Raises
    ------
    InventoryError
        If a layer is given that the catalog does not have: all of them.
    """
    types = Types.of(inventory["actor_type"])
    sits = np.zeros((len(inventory), len(catalog.layers)), dtype=bool)
    for j, layer in enumerate(catalog.layers):
        sits[:, j] = types.among(layer.types)
    derived = np.ones(len(inventory), dtype=bool)
    if ATTRIBUTE in inventory and catalog.layers:
        lists, of_actor = _given_lists(inventory, catalog)
        derived = np.asarray(~lists.any(axis=1))[of_actor]
        sits = np.where(derived[:, None], sits, lists[of_actor])
    return Seats(sits, derived)


def _given_lists(inventory: pd.DataFrame, catalog: Catalog) -> tuple[Bools, Ints]:
    """Distinct lists of layers, the last of which is empty, and which of them each actor has."""
    codes, texts = pd.factorize(inventory[ATTRIBUTE])
    words = {
        fold(word): j
        for j, layer in enumerate(catalog.layers)
        for word in spellings(layer.id, layer.label)
    }
    lists = np.zeros((len(texts) + 1, len(catalog.layers)), dtype=bool)
    faults = []
    for code, text in enumerate(texts):
        for word in sorted(entries_of(str(text))):
            if word in words:
                lists[code, words[word]] = True
            else:
                faults.append(_unknown_layer(word, catalog, inventory, codes == code))
    if faults:
        raise InventoryError(capped(faults))
    return lists, codes


def _unknown_layer(word: str, catalog: Catalog, inventory: pd.DataFrame, rows: Bools) -> Finding:
    names = [layer.id for layer in catalog.layers]
    row = int(user_rows(inventory)[np.flatnonzero(rows)[0]])
    details = {"nearest": nearest(word, names), "names": ", ".join(names)}
    value = short(word)
    return Finding("ecosystem.layer", details, value=value, row=row, column=ATTRIBUTE)


def layers_frame(
    seats: Seats,
    catalog: Catalog,
    need: Floats,
    cities: tuple[Ints, Texts],
    names: Texts,
) -> pd.DataFrame:
    """Lay out every layer of every city.

    Parameters
    ----------
    seats : Seats
        Of m actors, city by city.
    catalog : Catalog
        With L layers and K capabilities.
    need : (K,) array
        How much of each capability is needed; 0 where none is.
    cities : (m,) array of int and (c,) array of str
        City of each actor, as a place among c names.
    names : (m,) array of str
        Names of the actors.

    Returns
    -------
    DataFrame
        c times L rows: ``city, layer, actors, given, who, empty, needed, warning``.
    """
    of_actor, known = cities
    layers = [layer.id for layer in catalog.layers]
    shape = (len(known), len(layers))
    given = seats.sits & ~seats.derived[:, None]
    counted, noted = (_counted(held, of_actor, shape) for held in (seats.sits, given))
    wanted = layers_needed(catalog, need)
    empty, needed = counted == 0, np.array([wanted[name] for name in layers], dtype=bool)
    missing, by_type = empty & needed, (counted > 0) & (noted == 0)
    table = {
        "city": np.repeat(known, len(layers)),
        "layer": np.array(layers * len(known), dtype=object),
        "actors": counted.ravel(),
        "given": noted.ravel(),
        "who": _who(names, seats.sits, counted),
        "empty": empty.ravel(),
        "needed": np.tile(needed, len(known)),
        "warning": np.select([missing, by_type], ["missing", "by_type"], "").ravel(),
    }
    return pd.DataFrame(table).astype(dict.fromkeys(("city", "layer", "who", "warning"), TEXT))


def layers_needed(catalog: Catalog, need: Floats) -> Mapping[str, bool]:
    """Tell which layers carry a capability that is needed.

    Parameters
    ----------
    catalog : Catalog
        With K capabilities.
    need : (K,) array
        How much of each is needed.

    Returns
    -------
    mapping of str to bool
        By id of the layer.
    """
    asked = {c.id for c, amount in zip(catalog.capabilities, need, strict=True) if amount > 0}
    return {layer.id: bool(asked & set(layer.serves)) for layer in catalog.layers}


def _counted(held: Bools, of_actor: Ints, shape: tuple[int, int]) -> Ints:
    """Count the actors of each city on each layer; (c, L) array."""
    columns = [np.bincount(of_actor[column], minlength=shape[0]) for column in held.T]
    return np.array(columns, dtype=np.int64).reshape(shape[::-1]).T


def _who(names: Texts, sits: Bools, counted: Ints) -> Texts:
    """Name the first few actors of each city and layer, and how many more there are."""
    who = np.empty(counted.shape, dtype=object)
    for j, column in enumerate(sits.T):
        there, stops = names[column], np.cumsum(counted[:, j])
        spans = zip(stops - counted[:, j], stops, strict=True)
        who[:, j] = [_listed(there[start:stop]) for start, stop in spans]
    return who.ravel()


def _listed(names: Texts) -> str:
    more = f" (+{len(names) - _NAMED})" if len(names) > _NAMED else ""
    return "; ".join(names[:_NAMED]) + more
