"""Work in blocks that stay in the cache, shared out among threads.

Where blocks are cut hangs on the sizes of cities alone, never on the number of threads, so results
have the same bits for every number of them.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final, TypeVar

import numpy as np

from partnermcda.core.arrays import Floats, Ints

PIECE: Final = 32_768
"""Rows of a larger city that are summed up together: the last bits of a sum hang on it."""

_LANES: Final = 16
_CELLS_OF_A_THREAD: Final = 1 << 20
Item = TypeVar("Item")
Array = TypeVar("Array", Floats, Ints)
_ONE_CITY: Final = np.zeros(1, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that are worked on together: some cities, or a part of one."""

    first: int
    """First row."""
    last: int
    """First row behind it."""
    starts: Ints
    """(q,) first row of each city, counted from the block's first."""

    def __len__(self) -> int:
        return self.last - self.first

    @classmethod
    def of(cls, m: int) -> "Block":
        """Take all of m rows as one city.

        Parameters
        ----------
        m : int

        Returns
        -------
        Block
        """
        return cls(0, m, _ONE_CITY)

    def spread(self, by_city: Array, width: int = 0) -> Array:
        """Lay what is known of each city beside its rows.

        Parameters
        ----------
        by_city : (..., q) array
        width : int
            Rows to fill, if more than the block's; the last city's stands in what is beyond.

        Returns
        -------
        (..., 1) array for one city, else (..., rows)
        """
        if by_city.shape[-1] == 1:
            return by_city
        sizes = np.diff(self.starts, append=max(width, len(self)))
        return np.repeat(by_city, sizes, axis=-1)


def split(first: int, last: int, rows: int) -> list[Block]:
    """Cut the rows of one city into blocks.

    Parameters
    ----------
    first, last : int
        First row, and first row behind.
    rows : int
        Most rows in a block.

    Returns
    -------
    list of Block

    Examples
    --------
    >>> [(block.first, block.last) for block in split(0, 5, 2)]
    [(0, 2), (2, 4), (4, 5)]
    """
    return [Block(i, min(i + rows, last), _ONE_CITY) for i in range(first, last, rows)]


class Room:
    """Buffers for blocks of up to `rows` rows and n columns, taken once and used again and again.

    What is taken of them lies in one piece, as numpy is slower on short rows that do not. It is a
    whole number of the processor's lanes wide, and what lies beyond the last row is computed along:
    so the bits of a score do not hang on the place of its row.
    """

    def __init__(self, n: int, rows: int) -> None:
        self.n = n
        self.rows = padded(rows)
        self._parts = np.empty(2 * n * self.rows)
        self._totals = np.empty(2 * self.rows)

    def parts(self, width: int) -> Floats:
        """(2, n, width) differences from both ideals."""
        return self._parts[: 2 * self.n * width].reshape(2, self.n, width)

    def totals(self, width: int) -> Floats:
        """(2, width) sums of them."""
        return self._totals[: 2 * width].reshape(2, width)

    def values(self, width: int) -> Floats:
        """(n, width) copies of values."""
        return self._values[: self.n * width].reshape(self.n, width)

    def weighed(self, width: int) -> Floats:
        """(2, n, width) products."""
        return self._weighed[: 2 * self.n * width].reshape(2, self.n, width)

    @cached_property
    def _values(self) -> Floats:
        return np.empty(self.n * self.rows)

    @cached_property
    def _weighed(self) -> Floats:
        return np.empty(2 * self.n * self.rows)


def padded(rows: int) -> int:
    """Round up to a whole number of lanes.

    Parameters
    ----------
    rows : int

    Returns
    -------
    int

    Examples
    --------
    >>> padded(17)
    32
    """
    return -(-rows // _LANES) * _LANES


def units(m: int, starts: Ints | None, rows: int) -> Iterator[Block]:
    """Group whole cities up to a number of rows; a city with more stands alone.

    Parameters
    ----------
    m : int
        Number of rows in all.
    starts : (c,) array of int or None
        First row of each city, rising from 0; cities may be empty.
    rows : int
        Rows in a group, unless it is a single city.

    Yields
    ------
    Block

    Examples
    --------
    >>> [(unit.first, unit.last, len(unit.starts)) for unit in units(9, np.array([0, 2, 4]), 4)]
    [(0, 4, 2), (4, 9, 1)]
    """
    if starts is None:
        if m:
            yield Block.of(m)
        return
    edges = np.append(starts, m)
    edges = edges[np.append(edges[1:] > edges[:-1], True)]
    i = 0
    while i < len(edges) - 1:
        reach = int(np.searchsorted(edges, edges[i] + rows, "right")) - 1
        end = max(reach, i + 1)
        yield Block(int(edges[i]), int(edges[end]), edges[i:end] - edges[i])
        i = end


def share_out(work: Callable[[Iterable[Item]], None], items: Sequence[Item], threads: int) -> None:
    """Let threads take items until none are left.

    Parameters
    ----------
    work : callable
        Goes through the items it is given; each call sets its own buffers up.
    items : sequence
    threads : int
        How many threads to use at most.
    """
    threads = min(threads, len(items))
    if threads <= 1:
        work(items)
        return
    left = deque(items)
    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(work, _taken(left)) for _ in range(threads)]:
            done.result()


def _taken(left: deque[Item]) -> Iterator[Item]:
    while True:
        try:
            yield left.popleft()
        except IndexError:
            return


def worth(threads: int, cells: int) -> int:
    """Use no more threads than have enough to do.

    Parameters
    ----------
    threads : int
        How many there may be.
    cells : int
        Values to be looked at, each counted once for every weight vector.

    Returns
    -------
    int

    Examples
    --------
    >>> worth(8, 80_000), worth(8, 80_000_000)
    (1, 8)
    """
    return max(min(threads, cells // _CELLS_OF_A_THREAD), 1)


@cache
def cores() -> int:
    """Count the cores this process may use.

    Returns
    -------
    int
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
