"""The tables of a map: one row an actor, two rows a pair."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from partnermcda.catalog import Catalog
from partnermcda.core.arrays import Bools, Texts
from partnermcda.evaluation.standing import VERDICTS, Types, roles_of, verdicts_of
from partnermcda.matrix import texts
from partnermcda.stakeholders.attributes import Standing
from partnermcda.stakeholders.classes import CLASSES, QUADRANTS, placed
from partnermcda.stakeholders.edges import Exchange, Pairs
from partnermcda.stakeholders.layers import TEXT, Seats

IDENTITY: Final = ("city", "actor_id", "actor", "actor_type")


def actors_frame(
    inventory: pd.DataFrame,
    catalog: Catalog,
    standings: Mapping[str, Standing],
    seats: Seats,
    threshold: float,
) -> pd.DataFrame:
    """Lay out where each actor stands.

    Parameters
    ----------
    inventory : DataFrame
        Checked: m actors.
    catalog : Catalog
    standings : mapping of str to Standing
        The four attributes.
    seats : Seats
        Who sits on which layer.
    threshold : float
        From this value on an attribute is held.

    Returns
    -------
    DataFrame
        m rows, as :class:`Ecosystem` tells.
    """
    roles = roles_of(inventory, Types.of(inventory["actor_type"]), catalog)
    table: dict[str, Any] = {name: inventory[name].fillna("").to_numpy() for name in IDENTITY}
    table["role"] = texts([*(role.id for role in catalog.roles), ""])[roles]
    table["gate"] = texts([*VERDICTS, ""])[verdicts_of(inventory, catalog)]
    for name, standing in standings.items():
        table[name] = standing.mid
        table[f"{name}_low"], table[f"{name}_high"] = standing.low, standing.high
        table[f"{name}_derived"] = standing.derived
    power, interest, legitimacy, urgency = standings.values()
    table["quadrant"], table["quadrants"] = placed([power, interest], QUADRANTS, threshold)
    triple = [power, legitimacy, urgency]
    table["salience"], table["saliences"] = placed(triple, CLASSES, threshold)
    table["layers"] = listed(seats.sits, [layer.id for layer in catalog.layers])
    table["layers_derived"] = seats.derived
    return _as_texts(table)


def edges_frame(
    inventory: pd.DataFrame,
    cities: Texts,
    pairs: Pairs,
    exchange: Exchange,
    capabilities: Sequence[str],
) -> pd.DataFrame:
    """Lay out who brings what to whom, the strongest first of each actor.

    Parameters
    ----------
    inventory : DataFrame
        Checked: m actors.
    cities : (m,) array of str
        City of each, or one name for all.
    pairs : Pairs
        The e pairs.
    exchange : Exchange
        What they gain and bring.
    capabilities : sequence of str
        Names of the K capabilities.

    Returns
    -------
    DataFrame
        2 e rows, as :class:`Ecosystem` tells.
    """
    giver = np.concatenate([pairs.first, pairs.second])
    taker = np.concatenate([pairs.second, pairs.first])
    low, mid, high = (np.tile(side, 2) for side in (exchange.low, exchange.mid, exchange.high))
    ids, names = texts(inventory["actor_id"]), texts(inventory["actor"])
    table = {
        "city": cities[giver],
        "from_id": ids[giver],
        "from": names[giver],
        "to_id": ids[taker],
        "to": names[taker],
        "capabilities": listed(np.concatenate(exchange.brings), capabilities),
        "certain": listed(np.concatenate(exchange.certain), capabilities),
        "gain": mid,
        "gain_low": low,
        "gain_high": high,
    }
    order = np.lexsort((taker, -mid, -low, giver))
    return _as_texts({name: column[order] for name, column in table.items()})


def listed(held: Bools, names: Sequence[str]) -> Texts:
    """Name what each row holds.

    Parameters
    ----------
    held : (m, K) array of bool
    names : sequence of str
        What the K columns are.

    Returns
    -------
    (m,) array of str
        With semicolons between.

    Examples
    --------
    >>> listed(np.array([[True, True], [False, True], [False, False]]), ["funds", "staff"])
    array(['funds; staff', 'staff', ''], dtype=object)
    """
    # Many rows hold the same, so it is put in words once for each pattern.
    patterns, of_row = np.unique(np.packbits(held, axis=1), axis=0, return_inverse=True)
    kept = np.unpackbits(patterns, axis=1, count=len(names)).astype(bool)
    words = ["; ".join(np.array(names, dtype=object)[pattern]) for pattern in kept]
    return np.array(words, dtype=object)[of_row.ravel()]


def _as_texts(table: Mapping[str, Any]) -> pd.DataFrame:
    words = [name for name, column in table.items() if column.dtype == object]
    return pd.DataFrame(dict(table)).astype(dict.fromkeys(words, TEXT))
