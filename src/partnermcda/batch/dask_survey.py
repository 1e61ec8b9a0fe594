"""What is found out of partitions before they are ranked; findings of partitions add up."""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from partnermcda.batch.cities import cities_of, city_column
from partnermcda.batch.evidence import Evidence, evidence_of
from partnermcda.batch.faults import read_block
from partnermcda.batch.step import Step
from partnermcda.core.arrays import Ints
from partnermcda.errors import Finding, capped
from partnermcda.inventory.decimals import Proofs, proofs_of
from partnermcda.inventory.ledger import Ledger
from partnermcda.inventory.register import open_register
from partnermcda.mapping import Plan
from partnermcda.tables import Table

_SLACK: Final = 1.25
"""How many times its even share a partition may hold before cities are sent elsewhere."""
_TEXT: Final = pa.large_string()


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Where the rows of c cities are."""

    names: Any
    """(c,) distinct cities."""
    rows: Ints
    """(c,) rows of each."""
    partitions: Ints
    """(c,) number of partitions that have some of them."""
    home: Ints
    """(c,) partition that has most of them, the first of several."""
    most: Ints
    """(c,) rows there."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What a first look at partitions finds."""

    sizes: Mapping[int, int]
    """Rows of each partition."""
    spread: Spread
    """Where the rows of the cities are."""
    proofs: Mapping[str, Proofs] = field(default_factory=dict)
    """What cells prove about the decimal sign, by column of numbers that are texts."""


def look_at(table: Table, plan: Plan, shares: Sequence[str], partition: int) -> Look:
    """Take a first look at a partition.

    Parameters
    ----------
    table : Table
        Of the columns that say the city, and the columns of numbers that are texts.
    plan : Plan
    shares : sequence of str
        Attributes that are numbers.
    partition : int
        Its number.

    Returns
    -------
    Look
    """
    size = len(table.frame)
    register = open_register(table.frame, plan, shares)
    ledger = Ledger("", "", table.frame.index)
    proofs = {name: proofs_of(column, ledger) for name, column in register.numbers.items()}
    census = cities_of(city_column(table.frame, plan).cast(_TEXT))
    ones = np.ones(len(census.names), dtype=np.int64)
    spread = Spread(census.names, census.sizes, ones, partition * ones, census.sizes)
    return Look({partition: size}, spread, proofs)


def no_look(partition: int) -> Look:
    """Say what is found in a partition without rows."""
    none = np.empty(0, dtype=np.int64)
    return Look({partition: 0}, Spread(pa.array([], _TEXT), none, none, none, none))


def all_looks(looks: Sequence[Look]) -> Look:
    """Add up what was found in partitions, in their order."""
    proofs: dict[str, Proofs] = {}
    for look in looks:
        for name, found in look.proofs.items():
            proofs[name] = proofs.get(name, Proofs()) + found
    sizes = {partition: size for look in looks for partition, size in look.sizes.items()}
    return Look(sizes, _all_spreads([look.spread for look in looks]), proofs)


def _all_spreads(spreads: Sequence[Spread]) -> Spread:
    coded = pa.concat_arrays([spread.names for spread in spreads]).dictionary_encode()
    codes, size = np.asarray(coded.indices), len(coded.dictionary)
    rows, partitions, home, most = (
        np.concatenate([getattr(spread, name) for spread in spreads])
        for name in ("rows", "partitions", "home", "most")
    )
    order = np.lexsort((home, -most, codes))
    first = order[np.flatnonzero(np.diff(codes[order], prepend=-1))]
    sums = np.zeros((2, size), dtype=np.int64)
    np.add.at(sums[0], codes, rows)
    np.add.at(sums[1], codes, partitions)
    return Spread(coded.dictionary, sums[0], sums[1], home[first], most[first])


def moves(look: Look) -> dict[str, int]:
    """Choose one partition for every city whose rows are split over several.

    Parameters
    ----------
    look : Look
        At all partitions.

    Returns
    -------
    dict of str to int
        Partition by city, of split cities only: the largest first, each to where most of its rows
        are while that partition stays near an even share; else to the smallest partition.

    Examples
    --------
    >>> def look(partition, cities, sizes):
    ...     sizes, ones = np.array(sizes), np.ones(len(sizes), int)
    ...     names = pa.array(cities, pa.large_string())
    ...     spread = Spread(names, sizes, ones, partition * ones, sizes)
    ...     return Look({partition: int(sizes.sum())}, spread)
    >>> moves(all_looks([look(0, ["a", "b"], [3, 1]), look(1, ["b", "c"], [2, 2])]))
    {'b': 1}
    """
    spread, split = look.spread, look.spread.partitions > 1
    stay = np.bincount(spread.home[~split], spread.rows[~split], minlength=len(look.sizes))
    loads = stay.astype(np.int64).tolist()
    limit = _SLACK * sum(look.sizes.values()) / max(len(loads), 1)
    smallest = [(load, partition) for partition, load in enumerate(loads)]
    heapq.heapify(smallest)
    chosen = {}
    places = np.flatnonzero(split)
    for place in places[np.argsort(-spread.rows[places], kind="stable")]:
        size, target = int(spread.rows[place]), int(spread.home[place])
        while smallest[0][0] != loads[smallest[0][1]]:  # what has grown since stands further down
            heapq.heappop(smallest)
        least, where = smallest[0]
        if loads[target] + size > max(limit, least + size):
            target = where
        loads[target] += size
        heapq.heappush(smallest, (loads[target], target))
        chosen[spread.names[int(place)].as_py()] = target
    return chosen


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """What a closer look at partitions finds."""

    faults: tuple[Finding, ...]
    """Rows at fault."""
    evidence: Evidence
    """How much is known of each entry of the matrix."""
    sends: Mapping[int, tuple[int, ...]]
    """By partition, the others that it sends rows to."""


def check(table: Table, step: Step, goes: Mapping[str, int], partition: int) -> Check:
    """Take a closer look at a partition.

    Parameters
    ----------
    table : Table
    step : Step
        With no criteria set aside.
    goes : mapping of str to int
        Partition by city, of split cities.
    partition : int
        Its number.

    Returns
    -------
    Check
    """
    # Whether an id is repeated in its city is told when cities are whole.
    read = read_block(table, step)
    to = targets(table, step.plan, goes, partition)
    sends = {partition: tuple(np.setdiff1d(to, [partition]).tolist())}
    return Check(capped(read.faults), evidence_of(read, step), sends)


def targets(table: Table, plan: Plan, goes: Mapping[str, int], partition: int) -> Ints:
    """Say to which partition each row of a partition belongs.

    Parameters
    ----------
    table : Table
    plan : Plan
    goes : mapping of str to int
        Partition by city, of split cities.
    partition : int
        Its number.

    Returns
    -------
    (m,) array of int
    """
    to = np.full(len(table.frame), partition)
    if goes:
        names = pa.array(goes, _TEXT)
        cities = city_column(table.frame, plan).cast(_TEXT)
        places = np.asarray(pc.fill_null(pc.index_in(cities, value_set=names), -1))
        to[places >= 0] = np.fromiter(goes.values(), np.int64)[places[places >= 0]]
    return to


def no_check(step: Step, partition: int) -> Check:
    """Say what is found in a partition without rows."""
    return Check((), Evidence.none(step.catalog), {partition: ()})


def all_checks(checks: Sequence[Check]) -> Check:
    """Add up what was found in partitions, in their order."""
    return Check(
        capped(fault for check in checks for fault in check.faults),
        reduce(add, (check.evidence for check in checks)),
        {partition: to for check in checks for partition, to in check.sends.items()},
    )
