"""Which pairs of actors decide whether an answer stands."""

from typing import Final, Protocol

import numpy as np

from partnermcda.core.arrays import Ints
from partnermcda.core.blocks import Block
from partnermcda.core.stability.nearest import Nearest
from partnermcda.core.stability.problem import Problem
from partnermcda.core.stability.roots import ends, form, surely_ahead

_SEEDS: Final = 64
_LARGE: Final = 4096


class Pairs(Protocol):
    """Looks at the pairs that decide, block by block."""

    def begin(self, found: Nearest) -> None:
        """Look at what brings others out of reach."""

    def __call__(self, block: Block, found: Nearest) -> None:
        """Add the ends of the pairs of a block."""


class Rivals:
    """The best k of each city against everybody else there.

    Parameters
    ----------
    asked : Problem
    k : int
    """

    def __init__(self, asked: Problem, k: int) -> None:
        self._asked, self._best = asked, asked.best(k)
        cities = np.arange(len(self._best))
        self._terms = [asked.terms(asked.r[rows], cities) for rows in self._best.T]

    def begin(self, found: Nearest) -> None:
        """Look first at those that come next in large cities, so that few others are near."""
        asked, k = self._asked, self._best.shape[1]
        for city in np.flatnonzero(asked.sizes > _LARGE).tolist():
            first = int(asked.starts[city])
            scores = asked.scores[first : first + int(asked.sizes[city])]
            few = min(k + _SEEDS, len(scores))
            rows = first + np.sort(np.argpartition(-scores, few - 1)[:few])
            self._look(rows, np.array([city]), found)

    def __call__(self, block: Block, found: Nearest) -> None:
        """Add the ends of the pairs of a block."""
        city = int(np.searchsorted(self._asked.starts, block.first, "right")) - 1
        cities = block.spread(np.arange(city, city + len(block.starts)))
        self._look(np.arange(block.first, block.last), cities, found)

    def _look(self, rows: Ints, cities: Ints, found: Nearest) -> None:
        asked = self._asked
        at, p = asked.parts.weights[:, None], asked.terms.p
        theirs = asked.terms(asked.r[rows], cities)
        rival = ~(rows[:, None] == self._best[cities]).any(axis=1)
        for place, own in enumerate(self._terms):
            mine = own[..., cities]
            between = found.low[:, cities], found.high[:, cities]
            safe = surely_ahead(form(mine, theirs), *between, p, asked.terms.noise).all(axis=0)
            near = np.flatnonzero(rival & ~safe & (self._best[cities, place] >= 0))
            if len(near):
                lead = mine if len(cities) == 1 else mine[..., near]
                low, high = ends(lead, theirs[..., near], at, p)
                of = np.repeat(cities, len(near)) if len(cities) == 1 else cities[near]
                found.take(low, high, rows[near], of)


class Neighbors:
    """Each actor against the next one of its city, under the weights as they are.

    Parameters
    ----------
    asked : Problem
    """

    def __init__(self, asked: Problem) -> None:
        self._asked, self._order = asked, asked.order()

    def begin(self, found: Nearest) -> None:
        """All pairs are looked at in turn."""

    def __call__(self, block: Block, found: Nearest) -> None:
        """Add the ends of the pairs of a block."""
        asked = self._asked
        rows = self._order[block.first : block.last + 1]
        cities = np.searchsorted(asked.starts, rows, "right") - 1
        terms = asked.terms(asked.r[rows], cities)
        pairs = np.flatnonzero(cities[1:] == cities[:-1])
        if len(pairs):
            at, p = asked.parts.weights[:, None], asked.terms.p
            low, high = ends(terms[..., pairs], terms[..., pairs + 1], at, p)
            found.take(low, high, rows[pairs + 1], cities[pairs])
