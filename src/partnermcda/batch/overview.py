"""One line a city for the committee, and one a city and pillar for the heat map."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pyarrow as pa

from partnermcda.catalog import Catalog
from partnermcda.core.arrays import Floats, Ints
from partnermcda.matrix import ValueMatrix
from partnermcda.weights import Weights

CITIES: Final = pa.schema(
    [
        ("city", pa.string()),
        ("actors", pa.int64()),
        *((name, pa.string()) for name in ("leader_id", "leader", "leader_type")),
        *((name, pa.float64()) for name in ("score", "score_low", "score_high")),
        *((name, pa.string()) for name in ("second_id", "second")),
        *((name, pa.float64()) for name in ("lead", "evidence")),
        ("possible_leaders", pa.int64()),
        ("cannot_be_told_apart", pa.bool_()),
    ]
)
"""Columns of the table of cities."""

PILLARS: Final = pa.schema(
    [
        *((name, pa.string()) for name in ("city", "pillar")),
        *((name, pa.float64()) for name in ("weight", "mean", "best", "leader", "evidence")),
    ]
)
"""Columns of the table of pillars."""


def city_table(actors: pa.Table) -> pa.Table:
    """Tell of every city who leads, and how surely.

    Parameters
    ----------
    actors : pyarrow.Table
        A ranking of whole cities, by city, rank and id.

    Returns
    -------
    pyarrow.Table
        One row a city: number of actors ranked, the leader with its score and interval, the
        second, the lead (null where there is no second), the leader's evidence, how many could
        be first, and whether that is more than one, so that they cannot be told apart.
    """
    starts = _starts(actors)
    sizes = np.diff(starts, append=len(actors))
    seconds = np.minimum(starts + 1, max(len(actors) - 1, 0))
    alone = sizes < 2
    score = actors.column("score").to_numpy()
    possible = actors.column("rank_best").to_numpy() == 1
    could = np.add.reduceat(possible.astype(np.int64), starts) if len(starts) else starts
    first, second = actors.take(pa.array(starts)), actors.take(pa.array(seconds, mask=alone))
    columns = [
        first.column("city"),
        pa.array(sizes),
        *(first.column(name) for name in ("actor_id", "actor", "actor_type")),
        *(first.column(name) for name in ("score", "score_low", "score_high")),
        *(second.column(name) for name in ("actor_id", "actor")),
        pa.array(np.abs(score[starts] - score[seconds]), mask=alone),
        first.column("evidence"),
        pa.array(could),
        pa.array(could > 1),
    ]
    return pa.table(columns, names=CITIES.names).cast(CITIES)


def pillar_table(
    actors: pa.Table, values: ValueMatrix, rows: Ints, weights: Weights, catalog: Catalog
) -> pa.Table:
    """Tell of every city how strong its actors are, pillar by pillar.

    Parameters
    ----------
    actors : pyarrow.Table
        A ranking of whole cities, by city, rank and id.
    values : ValueMatrix
        Their values, among others.
    rows : (k,) array of int
        Rows in `values` of the actors of the table.
    weights : Weights
        Of the criteria judged.
    catalog : Catalog
        Says which criteria make a pillar.

    Returns
    -------
    pyarrow.Table
        One row a city and pillar that has weight: the pillar's weight, the mean and the best of
        the actors' central values in it, the leader's, and the mean share of it that was observed.
    """
    starts = _starts(actors)
    city, given = actors.column("city").take(pa.array(starts)), weights.to_dict()
    tables = []
    for pillar in catalog.pillars:
        names = [n for n in (pillar.id, *(c.id for c in pillar.criteria)) if given.get(n, 0) > 0]
        if not names:
            continue
        weight = sum(given[name] for name in names)
        shares = {values.column(name): given[name] / weight for name in names}
        value = _together(values.mid, shares, rows)
        columns = [
            city,
            pa.repeat(pillar.id, len(starts)),
            pa.repeat(weight, len(starts)),
            _mean(value, starts),
            np.maximum.reduceat(value, starts) if len(starts) else value,
            value[starts],
            _mean(_together(values.evidence, shares, rows), starts),
        ]
        tables.append(pa.table(columns, names=PILLARS.names).cast(PILLARS))
    return _by_city(pa.concat_tables(tables), len(starts))


def _together(x: Floats, shares: Mapping[int, float], rows: Ints) -> Floats:
    """Add up columns by their shares, for some rows."""
    sums = np.zeros(len(rows))
    for column, share in shares.items():
        sums += share * x[:, column].take(rows)
    return sums


def _starts(actors: pa.Table) -> Ints:
    """Find the first actor of each city."""
    if not len(actors):
        return np.empty(0, dtype=np.int64)
    codes = actors.column("city").combine_chunks().dictionary_encode()
    indices = np.asarray(codes.indices if isinstance(codes, pa.DictionaryArray) else codes)
    return np.flatnonzero(np.diff(indices, prepend=-1))


def _mean(x: Floats, starts: Ints) -> Floats:
    if not len(starts):
        return x
    sizes = np.diff(starts, append=len(x))
    return np.add.reduceat(x, starts) / sizes


def _by_city(table: pa.Table, cities: int) -> pa.Table:
    """Put what stands pillar by pillar city by city."""
    if not cities:
        return table
    return table.take(pa.array(np.arange(len(table)).reshape(-1, cities).T.ravel()))
