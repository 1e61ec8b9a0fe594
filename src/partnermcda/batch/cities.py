"""Which cities there are, how many rows each has, and whether its rows stand together."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from partnermcda.core.arrays import Ints
from partnermcda.inventory.columns import read_city
from partnermcda.inventory.ledger import Ledger
from partnermcda.inventory.register import open_register
from partnermcda.mapping import Plan
from partnermcda.tables.frames import to_frame

_MOST: Final = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Cities:
    """The cities of some rows, or of all; censuses of rows one behind the other add up."""

    names: Any
    """(c,) distinct cities, sorted."""
    sizes: Ints
    """(c,) number of rows of each."""
    sorted: bool
    """Whether the rows stand in the order of their cities."""
    first: str = ""
    """City of the first row."""
    last: str = ""
    """City of the last row."""

    def __add__(self, other: "Cities") -> "Cities":
        return add_up([self, other])


def cities_of(texts: Any) -> Cities:
    """Take the census of some rows.

    Parameters
    ----------
    texts : (m,) pyarrow array of string
        City of each row, at least one.

    Returns
    -------
    Cities

    Examples
    --------
    >>> found = cities_of(pa.array(["Dakar", "Dakar", "Thiès"], pa.large_string()))
    >>> found.names.to_pylist(), found.sizes, found.sorted
    (['Dakar', 'Thiès'], array([2, 1]), True)
    """
    coded = texts.dictionary_encode()
    names, places = in_order(coded.dictionary)
    codes = places[np.asarray(coded.indices)]
    rising = bool((np.diff(codes) >= 0).all())
    ends = (texts[0].as_py(), texts[-1].as_py())
    return Cities(names, np.bincount(codes, minlength=len(names)), rising, *ends)


def add_up(parts: Iterable[Cities]) -> Cities:
    """Add up the censuses of rows that stand one behind the other.

    Parameters
    ----------
    parts : iterable of Cities
        In the order of the rows; at least one.

    Returns
    -------
    Cities
    """
    waiting: list[Cities] = []
    for part in parts:
        waiting.append(part)
        if sum(len(each.names) for each in waiting) > _MOST:
            waiting = [_sum(waiting)]
    return _sum(waiting)


def _sum(parts: list[Cities]) -> Cities:
    if len(parts) == 1:
        return parts[0]
    coded = pa.concat_arrays([part.names for part in parts]).dictionary_encode()
    names, places = in_order(coded.dictionary)
    codes = places[np.asarray(coded.indices)]
    sizes = np.zeros(len(names), dtype=np.int64)
    np.add.at(sizes, codes, np.concatenate([part.sizes for part in parts]))
    joins = pairwise(parts)
    rising = all(part.sorted for part in parts) and all(a.last <= b.first for a, b in joins)
    return Cities(names, sizes, rising, parts[0].first, parts[-1].last)


def in_order(names: Any) -> tuple[Any, Ints]:
    """Sort distinct names; say where each went.

    Parameters
    ----------
    names : (c,) pyarrow array of string

    Returns
    -------
    (c,) pyarrow array of string, (c,) array of int
    """
    order = np.asarray(pc.sort_indices(names), dtype=np.int64)
    places = np.empty_like(order)
    places[order] = np.arange(len(order))
    return names.take(pa.array(order)), places


def city_texts(rows: pa.Table, plan: Plan) -> Any:
    """Read the city of each row; empty where there is none, which is told when rows are checked.

    Parameters
    ----------
    rows : pyarrow.Table
        With the columns the city comes from.
    plan : Plan

    Returns
    -------
    (m,) pyarrow array of string
    """
    source = plan.columns["city"]
    if len(source.reads) != 1:
        return city_column(to_frame(rows), plan)
    # A city is read once, however many rows it has.
    name = source.reads[0]
    coded = rows.column(name).combine_chunks()
    if not isinstance(coded, pa.DictionaryArray):
        coded = coded.dictionary_encode(null_encoding="encode")
    indices = pc.fill_null(coded.indices, len(coded.dictionary))
    distinct = pa.concat_arrays([coded.dictionary, pa.nulls(1, coded.dictionary.type)])
    return city_column(to_frame(pa.table({name: distinct})), plan).take(indices)


def city_column(frame: pd.DataFrame, plan: Plan) -> Any:
    """Read the city of each row as it stands, as :func:`city_texts` does.

    Parameters
    ----------
    frame : DataFrame
        m rows, with the columns the city comes from.
    plan : Plan

    Returns
    -------
    (m,) pyarrow array of string
    """
    only = plan.model_copy(
        update={"columns": {"city": plan.columns["city"]}, "criteria": {}, "keep": ()}
    )
    register = open_register(frame, only, ())
    # What is wrong with a cell is told when its row is checked.
    texts = read_city(register, only, Ledger("", "", range(len(frame))))
    return pc.fill_null(texts, "")


def codes_of(texts: Any, cities: Cities) -> Any:
    """Give each row the number of its city, in the order of the cities.

    Parameters
    ----------
    texts : (m,) pyarrow array of string
        City of each row.
    cities : Cities
        All there are.

    Returns
    -------
    (m,) pyarrow array of int32
    """
    return pc.index_in(texts, value_set=cities.names)
