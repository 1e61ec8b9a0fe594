"""What is known of each column before anybody is scored: its ends, and what it adds up to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.core.blocks import PIECE, Block, Room, share_out, split

Added = Literal["", "values", "squares"]
_FEW: Final = 4096
_CELLS: Final = 1 << 17
_COPIED: Final = 2048


@dataclass(frozen=True, slots=True)
class Values:
    """An (m, n) array as it is read: a block at a time, columns first, in float64."""

    x: Floats
    """(m, n) array of float64 or float32, in any layout."""
    inverse: Bools | None = None
    """(n,) true where a column stands for its reciprocals; None for nowhere."""

    def read(self, block: Block, room: Room, exponents: Ints | None = None) -> Floats:
        """Read a block.

        Parameters
        ----------
        block : Block
        room : Room
            Where a copy may be made.
        exponents : (n, q) array of int, optional
            Powers of two by which each city's columns are divided.

        Returns
        -------
        (n, k) array
            Not to be written to: it may be the values themselves.
        """
        x = self.x
        t = x[block.first : block.last].T
        as_they_are = self.inverse is None and exponents is None and x.dtype == float
        # A copy pays where many values of a column do not lie side by side.
        if as_they_are and (x.strides[0] == x.itemsize or t.size <= _FEW):
            return t
        copy = room.values(len(block))
        # Turning rows into columns is fastest where both stay in the nearest cache.
        for i in range(0, len(block), _COPIED):
            np.copyto(copy[:, i : i + _COPIED], t[:, i : i + _COPIED])
        if exponents is not None:
            np.ldexp(copy, -block.spread(exponents), out=copy)
        if self.inverse is not None:
            copy[self.inverse] = 1.0 / copy[self.inverse]
        return copy


class Statistics(NamedTuple):
    """Statistics of the columns of q cities. Those of the parts of a city can be merged."""

    low: Floats
    """(n, q) lowest values."""
    high: Floats
    """(n, q) highest values."""
    total: Floats
    """(n, q) sums of the values or of their squares; zeros where neither is asked for."""


def observe(
    values: Values,
    block: Block,
    added: Added,
    room: Room,
    threads: int,
    exponents: Ints | None = None,
) -> Statistics:
    """Take the statistics of every city of a block.

    Parameters
    ----------
    values : Values
    block : Block
        Some whole cities, or one of any size.
    added : {"", "values", "squares"}
        What to sum up.
    room : Room
        For blocks of no more than a piece.
    threads : int
        How many threads may share the pieces of a larger city.
    exponents : (n, q) array of int, optional
        Powers of two by which each city's columns are divided first.

    Returns
    -------
    Statistics
    """
    if len(block) > PIECE:
        return _observe_pieces(values, block, added, threads, exponents)
    t = values.read(block, room, exponents)
    found = np.zeros((3, len(t), len(block.starts)))
    for part, (low, high, total) in _some_columns(t, found):
        np.minimum.reduceat(part, block.starts, 1, None, low)
        np.maximum.reduceat(part, block.starts, 1, None, high)
        if added:
            np.add.reduceat(_to_add(part, added, room), block.starts, 1, None, total)
    return Statistics(*found)


def _observe_pieces(
    values: Values, city: Block, added: Added, threads: int, exponents: Ints | None
) -> Statistics:
    pieces = split(city.first, city.last, PIECE)
    found = np.zeros((3, values.x.shape[1], len(pieces)))

    def take(share: Iterable[int]) -> None:
        room = Room(values.x.shape[1], PIECE)
        with np.errstate(all="ignore"):
            for i in share:
                t = values.read(pieces[i], room, exponents)
                for part, (low, high, total) in _some_columns(t, found[:, :, i]):
                    # Unlike `reduceat`, these let other threads work meanwhile.
                    np.minimum.reduce(part, axis=1, out=low)
                    np.maximum.reduce(part, axis=1, out=high)
                    if added:
                        np.add.reduce(_to_add(part, added, room), axis=1, out=total)

    share_out(take, range(len(pieces)), threads)
    low, high, total = found
    return Statistics(
        low.min(axis=1, keepdims=True),
        high.max(axis=1, keepdims=True),
        total.sum(axis=1, keepdims=True),
    )


def _some_columns(t: Floats, found: Floats) -> Sequence[tuple[Floats, Floats]]:
    """As many columns at a time as stay in the cache, and where what is found goes."""
    n, k = t.shape
    columns = max(_CELLS // k, 1)
    if columns >= n:
        return ((t, found),)
    return [(t[j : j + columns], found[:, j : j + columns]) for j in range(0, n, columns)]


def _to_add(part: Floats, added: Added, room: Room) -> Floats:
    if added == "values":
        return part
    return np.multiply(part, part, out=room.parts(part.shape[1])[0, : len(part)])
