"""The nearest ends found so far, of every city and part of the weights."""

from threading import Lock

import numpy as np

from partnermcda.core.arrays import Floats, Ints


class Nearest:
    """Ends of intervals, each with the row that makes it; shared by threads.

    Whoever comes first, the same remains: of equal ends that of the first row.

    Parameters
    ----------
    parts, cities : int
        Numbers g and c.
    """

    def __init__(self, parts: int, cities: int) -> None:
        self.low, self.high = np.zeros((parts, cities)), np.ones((parts, cities))
        """(g, c) ends."""
        self.below, self.above = (np.full((parts, cities), -1) for _ in range(2))
        """(g, c) rows; -1 for nobody."""
        self._lock = Lock()

    def take(self, low: Floats, high: Floats, rows: Ints, cities: Ints) -> None:
        """Keep what is nearer than what was found before.

        Parameters
        ----------
        low, high : (g, q) arrays
            Ends for q pairs.
        rows : (q,) array of int
            Who comes to a better place there.
        cities : (q,) array of int
            Where, rising.
        """
        starts = np.flatnonzero(np.diff(cities, prepend=-1))
        some = cities[starts]
        highest, below = _first(-low, rows, starts)
        lowest, above = _first(high, rows, starts)
        with self._lock:
            _keep(self.low, self.below, some, -highest, below, 1)
            _keep(self.high, self.above, some, lowest, above, -1)


def _first(found: Floats, rows: Ints, starts: Ints) -> tuple[Floats, Ints]:
    """(g, c) least of each city, and the first row that has it."""
    least = np.minimum.reduceat(found, starts, axis=1)
    sizes = np.diff(starts, append=found.shape[1])
    hit = found == np.repeat(least, sizes, axis=1)
    none = np.iinfo(rows.dtype).max
    return least, np.minimum.reduceat(np.where(hit, rows, none), starts, axis=1)


def _keep(end: Floats, who: Ints, cities: Ints, found: Floats, rows: Ints, sign: int) -> None:
    """Take over ends that are nearer, `sign` being the direction in which they come nearer."""
    old, held = end[:, cities], who[:, cities]
    nobody = 0.0 if sign > 0 else 1.0
    nearer = sign * found > sign * old
    better = (nearer | ((found == old) & ((rows < held) | (held < 0)))) & (found != nobody)
    end[:, cities] = np.where(better, found, old)
    who[:, cities] = np.where(better, rows, held)
