"""Cut a register into parts and blocks of whole cities."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np

from partnermcda.core.arrays import Ints

BLOCK: Final = 3 << 15
"""Rows that are ranked in one step; more where a city has more."""
PART: Final = 1 << 19
"""Rows that become one file, by one worker."""


WRITTEN: Final[Mapping[str, Any]] = {
    "write_page_checksum": True,
    "use_dictionary": ["city", "actor_type"],
}
"""How such a file is written: damage is found out, and what is repeated is written once."""


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that become one file of the result."""

    index: int
    """Its number, from 0."""
    bounds: tuple[int, ...]
    """Borders of its blocks, as positions among all rows."""

    @property
    def name(self) -> str:
        """Name of its file."""
        return f"part-{self.index:05d}.parquet"

    @property
    def rows(self) -> int:
        """Number of its rows."""
        return self.bounds[-1] - self.bounds[0]

    def blocks(self) -> Iterator[tuple[int, int]]:
        """First row of each block, and the one behind its last."""
        return pairwise(self.bounds)


def cut(sizes: Sequence[int] | Ints) -> tuple[Part, ...]:
    """Cut the rows of cities that stand one behind the other.

    Parameters
    ----------
    sizes : (c,) array of int
        Number of rows of each city.

    Returns
    -------
    tuple of Part
        They hang on the sizes alone: neither on memory nor on who does the work.

    Examples
    --------
    >>> [part.bounds for part in cut([2, 3])]
    [(0, 5)]
    """
    ends = np.cumsum(np.asarray(sizes, dtype=np.int64))
    borders = _borders(ends, BLOCK)
    firsts = [0]
    for place, border in enumerate(borders):
        if border - borders[firsts[-1]] >= PART and place < len(borders) - 1:
            firsts.append(place)
    stops = [*firsts[1:], len(borders) - 1]
    return tuple(
        Part(index, tuple(borders[first : stop + 1]))
        for index, (first, stop) in enumerate(zip(firsts, stops, strict=True))
    )


def _borders(ends: Ints, most: int) -> list[int]:
    """Put as many whole cities together as keep to `most` rows, and one at least."""
    borders = [0]
    place = 0
    while place < len(ends):
        fit = int(np.searchsorted(ends, borders[-1] + most, side="right"))
        place = max(fit, place + 1)
        borders.append(int(ends[place - 1]))
    return borders
