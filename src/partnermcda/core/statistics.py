"""What is known of each column before anybody is scored: its ends, and what it adds up to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

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
        copy = room.values[:, : len(block)]
        # Turning rows into columns is fastest where both stay in the nearest cache.
        for i in range(0, len(block), _COPIED):
            np.copyto(copy[:, i : i + _COPIED], t[:, i : i + _COPIED])
        if exponents is not None:
            np.ldexp(copy, -block.spread(exponents), out=copy)
        if self.inverse is not None:
            copy[self.inverse] = 1.0 / copy[self.inverse]
        return copy


@dataclass(frozen=True, slots=True)
class Statistics:
    """Statistics of the columns of q cities. Those of the parts of a city can be merged."""

    low: Floats
    """(n, q) lowest values."""
    high: Floats
    """(n, q) highest values."""
    total: Floats
    """(n, q) sums of the values or of their squares; zeros where neither is asked for."""


def observe(
    values: Values, unit: Block, added: Added, room: Room, exponents: Ints | None = None
) -> Statistics:
    """Take the statistics of whole cities.

    Parameters
    ----------
    values : Values
    unit : Block
        Whole cities.
    added : {"", "values", "squares"}
        What to sum up.
    room : Room
    exponents : (n, q) array of int, optional
        Powers of two by which each city's columns are divided first.

    Returns
    -------
    Statistics
    """

    def reduce(ufunc: np.ufunc, part: Floats, out: Floats) -> None:
        ufunc.reduceat(part, unit.starts, 1, None, out)

    found = np.zeros((3, values.x.shape[1], len(unit.starts)))
    _observe(values.read(unit, room, exponents), added, room, found, reduce)
    return Statistics(*found)


def observe_pieces(
    values: Values, city: Block, added: Added, threads: int, exponents: Ints | None = None
) -> Statistics:
    """Take the statistics of one city, piece by piece.

    Parameters
    ----------
    values, added, exponents
        As for :func:`observe`.
    city : Block
        A city of many rows.
    threads : int
        How many threads may share the pieces.

    Returns
    -------
    Statistics
    """
    pieces = split(city.first, city.last, PIECE)
    found = np.zeros((3, values.x.shape[1], len(pieces)))

    # Unlike `reduceat`, this lets other threads work meanwhile.
    def reduce(ufunc: np.ufunc, part: Floats, out: Floats) -> None:
        ufunc.reduce(part, axis=1, keepdims=True, out=out)

    def take(share: Iterable[int]) -> None:
        room = Room(values.x.shape[1], PIECE)
        with np.errstate(all="ignore"):
            for i in share:
                t = values.read(pieces[i], room, exponents)
                _observe(t, added, room, found[:, :, i : i + 1], reduce)

    share_out(take, range(len(pieces)), threads)
    low, high, total = found
    return Statistics(
        low.min(axis=1, keepdims=True),
        high.max(axis=1, keepdims=True),
        total.sum(axis=1, keepdims=True),
    )


def _observe(
    t: Floats,
    added: Added,
    room: Room,
    found: Floats,
    reduce: Callable[[np.ufunc, Floats, Floats], None],
) -> None:
    """Write lowest and highest values and sums, some columns at a time."""
    n, k = t.shape
    columns = max(_CELLS // k, 1)
    for j in range(0, n, columns):
        part, (low, high, total) = t[j : j + columns], found[:, j : j + columns]
        reduce(np.minimum, part, low)
        reduce(np.maximum, part, high)
        if added == "squares":
            part = np.multiply(part, part, out=room.parts[0, : len(part), :k])
        if added:
            reduce(np.add, part, total)
