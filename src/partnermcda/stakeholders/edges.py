"""Who complements whom: the pairs that cover more together than either does alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from partnermcda.capability import Holdings
from partnermcda.capability.pairing import adding, brought, shareable
from partnermcda.catalog import Catalog
from partnermcda.core.arrays import Bools, Floats, Ints

_BLOCK: Final = 1 << 17
"""Pairs looked at at once: what stays in a processor's cache."""
_TOLERANCE: Final = 1e-12
"""What is no more than this is nothing: shares lie in [0, 1]."""
_SURE: Final = 2.0
"""What puts gains that are certain before any that is not, of which none is above 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Covers:
    """Shares of K needs that m actors cover alone, and how two of them cover one together."""

    low: Floats
    """(m, K) least share possible."""
    mid: Floats
    """(m, K) central share."""
    high: Floats
    """(m, K) greatest share possible."""
    names: tuple[str, ...]
    """(K,) capabilities."""
    adds: Floats
    """(3, K) how far two shares add up, at least, centrally, at most; 0 where the better counts."""

    def giving(self) -> Iterator[tuple[Floats, Floats, Floats]]:
        """Shares of givers and of takers, and how far they add up: least, central, most."""
        yield self.low, self.high, self.adds[0]
        yield self.mid, self.mid, self.adds[1]
        yield self.high, self.low, self.adds[2]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """The e strongest pairs, each once."""

    first: Ints
    """(e,) the actor that stands first in the inventory."""
    second: Ints
    """(e,) the other."""
    found: int
    """Pairs that complement each other at all, kept or not."""


def covers_of(holdings: Holdings, catalog: Catalog, need: Floats) -> Covers:
    """Find what share of each need every actor covers alone.

    Parameters
    ----------
    holdings : Holdings
        Of m actors.
    catalog : Catalog
        With how each capability is covered.
    need : (K,) array
        How much of each is needed.

    Returns
    -------
    Covers
        Of what is needed. A bridge takes no part: it takes three.
    """
    asked = shareable(holdings, catalog, need)
    low, mid, high = (
        holdings.cover(need, side)[:, asked] for side in (holdings.low, holdings.mid, holdings.high)
    )
    names = tuple(np.array(holdings.capabilities, dtype=object)[asked])
    return Covers(low, mid, high, names, adding(catalog, asked))


def strongest_pairs(covers: Covers, starts: Ints, most: int) -> Pairs:
    """Find the pairs of each city that complement each other most.

    Parameters
    ----------
    covers : Covers
        Of m actors, city by city, in the order in which equals are preferred.
    starts : (c,) array of int
        First actor of each city.
    most : int
        How many pairs each actor chooses; those chosen by either are kept.

    Returns
    -------
    Pairs
    """
    sizes = np.diff(starts, append=len(covers.mid))
    chosen, found = [np.zeros((0, 2), dtype=np.int64)], 0
    for size in np.unique(sizes[sizes > 1]).tolist():
        # Cities of one size are one array, however many there are.
        first = starts[sizes == size]
        step = max(1, _BLOCK // size**2)
        for begin in range(0, len(first), step):
            rows = first[begin : begin + step, None] + np.arange(size)
            for pairs, count in _city_pairs(covers, rows, most):
                chosen.append(pairs)
                found += count
    # A pair that both choose is kept once.
    each = np.unique(np.sort(np.concatenate(chosen), axis=1), axis=0)
    return Pairs(each[:, 0], each[:, 1], found // 2)


def _city_pairs(covers: Covers, rows: Ints, most: int) -> Iterator[tuple[Ints, int]]:
    """Pairs chosen by some actors of cities of one size, and how many there are at all."""
    size = rows.shape[1]
    step = max(1, _BLOCK // rows.size)
    (low_give, low_take, low_adds), (give, take, adds), _ = covers.giving()
    for begin in range(0, size, step):
        own = rows[:, begin : begin + step]
        sure = _gains(low_give, low_take, low_adds, own, rows)
        gain = _gains(give, take, adds, own, rows)
        gain[own[:, :, None] == rows[:, None, :]] = 0.0
        strength = np.where((sure > 0) & (gain > 0), _SURE + sure, gain)
        yield _choose(strength, own, rows, most), int(np.count_nonzero(gain))


def _gains(give: Floats, take: Floats, adds: Floats, own: Ints, rows: Ints) -> Floats:
    """(c, b, s) what each actor and each other of its city cover together beyond the better."""
    shape = (*own.shape, rows.shape[1])
    brings, takes = np.zeros(shape), np.zeros(shape)
    for k in range(len(adds)):
        brings += brought(give[own, k][:, :, None], take[rows, k][:, None, :], adds[k])
        takes += brought(give[rows, k][:, None, :], take[own, k][:, :, None], adds[k])
    return _shared(brings, takes, len(adds))


def _choose(strength: Floats, own: Ints, rows: Ints, most: int) -> Ints:
    """(e, 2) the strongest partners of each actor, the first of equals."""
    chosen = []
    for _ in range(min(most, rows.shape[1] - 1)):
        best = strength.argmax(axis=2)
        value = np.take_along_axis(strength, best[:, :, None], axis=2)[:, :, 0]
        partner = np.take_along_axis(rows, best, axis=1)
        chosen.append(np.stack([own[value > 0], partner[value > 0]], axis=1))
        np.put_along_axis(strength, best[:, :, None], 0.0, axis=2)
    return np.concatenate(chosen) if chosen else np.zeros((0, 2), dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Exchange:
    """What e pairs gain, and what each of the two brings to the other of K capabilities."""

    low: Floats
    """(e,) a gain that is certain; the true one can be more."""
    mid: Floats
    """(e,) central gain."""
    high: Floats
    """(e,) a gain that cannot be exceeded."""
    brings: tuple[Bools, Bools]
    """(e, K) twice: what the first brings to the second centrally, and the other way round."""
    certain: tuple[Bools, Bools]
    """(e, K) twice: the same, whatever is not known."""


def exchanges(covers: Covers, pairs: Pairs) -> Exchange:
    """Find what pairs gain and what each brings.

    Parameters
    ----------
    covers : Covers
        Of K needs.
    pairs : Pairs

    Returns
    -------
    Exchange
    """
    low, certain = _both_ways(covers, pairs, 0)
    mid, brings = _both_ways(covers, pairs, 1)
    high, _ = _both_ways(covers, pairs, 2)
    return Exchange(low, mid, high, brings, certain)


def _both_ways(covers: Covers, pairs: Pairs, side: int) -> tuple[Floats, tuple[Bools, Bools]]:
    give, take, adds = [*covers.giving()][side]
    shape = (len(pairs.first), len(covers.names))
    brings, takes = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    total, back = np.zeros(shape[0]), np.zeros(shape[0])
    for k in range(shape[1]):
        one = brought(give[pairs.first, k], take[pairs.second, k], adds[k])
        other = brought(give[pairs.second, k], take[pairs.first, k], adds[k])
        brings[:, k], takes[:, k] = one > _TOLERANCE, other > _TOLERANCE
        total += one
        back += other
    return _shared(total, back, shape[1]), (brings, takes)


def _shared(brings: Floats, takes: Floats, needs: int) -> Floats:
    gain: Floats = np.minimum(brings, takes) / max(1, needs)
    gain[gain <= _TOLERANCE] = 0.0
    return gain
