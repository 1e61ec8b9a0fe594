"""Running totals in whole numbers, so that they do not hang on the order of what is added.

A share is counted in units of a power of two, as small as the number of draws allows; so its
rounding lies far below what draws can tell.
"""

from typing import Final

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints

_BITS: Final = 62
_BYTE: Final = 255


def unit_of(draws: int) -> int:
    """How many units one whole draw is counted as, so that all of them fit.

    Parameters
    ----------
    draws : int

    Returns
    -------
    int

    Examples
    --------
    >>> unit_of(1000) == 2**52
    True
    """
    return 1 << (_BITS - draws.bit_length())


class Ranks:
    """How often each of q actors has each place.

    Parameters
    ----------
    draws : int
        How many there are in all.
    q : int
    """

    def __init__(self, draws: int, q: int) -> None:
        self._draws, self._unit = draws, unit_of(draws)
        # An actor among g equals gains a share of 1 / g at the first of their places, and loses it
        # behind the last.
        self._steps = np.zeros((q, q + 1), dtype=np.int64)

    def add(self, actors: Ints, first: Ints, equals: Ints) -> None:
        """Add some actors of some draws.

        Parameters
        ----------
        actors, first, equals : (k,) arrays of int
            Who, the best place, and how many share it.
        """
        share = np.rint(self._unit / equals).astype(np.int64)
        steps, places = self._steps.reshape(-1), actors * self._steps.shape[1] + first
        np.add.at(steps, places, share)
        np.subtract.at(steps, places + equals, share)

    def shares(self) -> Floats:
        """(q, q) shares of all draws."""
        counts = np.cumsum(self._steps[:, :-1], axis=1)
        return np.asarray(counts / self._unit / self._draws)


class Duels:
    """How often each of q actors is ahead of each other one; equals count a half each.

    Parameters
    ----------
    draws : int
        How many there are in all.
    q : int
    """

    def __init__(self, draws: int, q: int) -> None:
        self._draws, self._q = draws, q
        self._halves = np.zeros((q, q), dtype=np.int64)
        self._places = np.empty((min(_BYTE, draws), q), np.uint16 if q < 1 << 16 else np.int64)
        self._filled, self._tied = 0, False

    def add(self, places: Ints, tied: bool) -> None:
        """Add some draws.

        Parameters
        ----------
        places : (b * q,) array of int
            Of all actors, draw after draw.
        tied : bool
            Whether any share a place.
        """
        self._tied |= tied
        left = places.reshape(-1, self._q)
        while len(left):
            some = left[: len(self._places) - self._filled]
            self._places[self._filled : self._filled + len(some)] = some
            self._filled += len(some)
            left = left[len(some) :]
            if self._filled == len(self._places):
                self._settle()

    def shares(self) -> Floats:
        """(q, q) shares of all draws."""
        self._settle()
        return np.asarray(self._halves / (2 * self._draws))

    def _settle(self) -> None:
        places, halves = self._places[: self._filled], self._halves
        for i in range(self._q - 1 if self._filled else 0):
            own, others = places[:, i, None], places[:, i + 1 :]
            ahead = _column_counts(own < others)
            even = _column_counts(own == others) if self._tied else 0
            halves[i, i + 1 :] += 2 * ahead + even
            halves[i + 1 :, i] += 2 * (self._filled - ahead) - even
        self._filled, self._tied = 0, False


def _column_counts(true: Bools) -> Ints:
    """Count what is true in each column of up to 255 rows, in bytes: many are added at a time."""
    counts = np.add.reduce(true.view(np.uint8), axis=0, dtype=np.uint8)
    return np.asarray(counts, dtype=np.int64)


class Leads:
    """How often each of m actors is first, by which weights, and among the best k.

    Parameters
    ----------
    weights : (s, n) array
        Of all draws.
    m, k : int
    """

    def __init__(self, weights: Floats, m: int, k: int) -> None:
        s, n = weights.shape
        self._k, self._draws, self._unit = k, s, unit_of(s)
        self._weights = weights / weights.sum(axis=1, keepdims=True)
        self._first, self._top = np.zeros((2, m), dtype=np.int64)
        self._sums, self._squares = np.zeros((2, m, n), dtype=np.int64)

    def add(self, actors: Ints, draws: Ints, first: Ints, equals: Ints) -> None:
        """Add some actors of some draws: all that are first or among the best k.

        Parameters
        ----------
        actors, draws, first, equals : (j,) arrays of int
            Who, in which draw, the best place from 0, and how many share it.
        """
        if self._k != 1:
            among = np.clip(self._k - first, 0, equals)
            np.add.at(self._top, actors, self._units(among / equals))
        ahead = first == 0
        actors, shares = actors[ahead], 1 / equals[ahead]
        np.add.at(self._first, actors, self._units(shares))
        weights = self._weights[draws[ahead]]
        weighed = weights * shares[:, None]
        n = weights.shape[1]
        # numpy adds to many places of one axis much faster than to those of two.
        cells = (actors[:, None] * n + np.arange(n)).reshape(-1)
        np.add.at(self._sums.reshape(-1), cells, self._units(weighed).reshape(-1))
        np.add.at(self._squares.reshape(-1), cells, self._units(weighed * weights).reshape(-1))

    def first(self) -> Floats:
        """(m,) shares of draws in which an actor is first."""
        return np.asarray(self._first / self._unit / self._draws)

    def top(self) -> Floats:
        """(m,) shares of draws in which an actor is among the best k."""
        counts = self._first if self._k == 1 else self._top
        return np.asarray(counts / self._unit / self._draws)

    def central_weights(self) -> tuple[Floats, Floats]:
        """(m, n) means of the weights under which an actor is first, and their errors."""
        central, error = np.full((2, *self._sums.shape), np.nan)
        led = np.flatnonzero(self._first)
        times = (self._first[led] / self._unit)[:, None]
        mean = central[led] = self._sums[led] / self._unit / times
        spread = np.clip(self._squares[led] / self._unit / times - mean**2, 0, None)
        error[led] = np.sqrt(spread / np.where(times > 1, times - 1, np.nan))
        return central, error

    def _units(self, shares: Floats) -> Ints:
        return np.rint(shares * self._unit).astype(np.int64)
