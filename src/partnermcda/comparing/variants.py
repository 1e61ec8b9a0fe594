"""The same actors with one left out, made worse or put beside: each variant a city of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from partnermcda.core import rank
from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.core.ranks import TOLERANCE
from partnermcda.methods import Method

_ROWS: Final = 100_000
"""Rows that are scored together, about."""


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """The m actors of one city, and how they are scored."""

    x: Floats
    """(m, n) values."""
    weights: Floats
    """(n,) weights."""
    benefit: Bools
    """(n,) true where more is better."""
    method: Method

    def __len__(self) -> int:
        return len(self.x)

    def ranks(self, x: Floats, starts: Ints | None = None) -> Ints:
        """Rank rows, of one city or of many variants laid end to end.

        Parameters
        ----------
        x : (q, n) array
        starts : (c,) array of int, optional

        Returns
        -------
        (q,) array of int
        """
        scores = np.asarray(self.method.score(x, self.weights, self.benefit, starts), dtype=float)
        gain = scores if self.method.higher_is_better else -scores
        tolerance = TOLERANCE * max(1.0, float(np.abs(gain).max(initial=0.0)))
        return np.asarray(rank(gain, starts, tolerance=tolerance), dtype=np.int64)

    def worse(self) -> Floats:
        """(m, n) everybody half the way to the worst value of each criterion."""
        worst = np.where(self.benefit, self.x.min(axis=0), self.x.max(axis=0))
        return np.asarray((self.x + worst) / 2)

    def without(self, rows: Ints) -> Iterator[tuple[int, Ints, Ints]]:
        """Leave each of some actors out in turn.

        Parameters
        ----------
        rows : (q,) array of int

        Yields
        ------
        changed : int
            The actor left out.
        kept : (u,) array of int
            The others.
        ranks : (u,) array of int
            Their ranks.
        """
        everybody = np.arange(len(self))
        for some in _parts(rows, len(self)):
            kept = [everybody[everybody != row] for row in some]
            ranks = self._ranked([self.x[others] for others in kept])
            yield from zip(some.tolist(), kept, ranks, strict=True)

    def replaced(self, rows: Ints) -> Iterator[tuple[int, Ints, Ints]]:
        """Make each of some actors worse in turn; yielded is as for `without`, with all kept."""
        worse = self.worse()
        everybody = np.arange(len(self))
        for some in _parts(rows, len(self)):
            tables = []
            for row in some:
                table = self.x.copy()
                table[row] = worse[row]
                tables.append(table)
            for row, found in zip(some.tolist(), self._ranked(tables), strict=True):
                yield row, everybody, found

    def beside(self, rows: Ints) -> Iterator[tuple[int, Ints, Ints]]:
        """Put beside everybody one who is worse than some actor; yielded is as for `without`."""
        worse = self.worse()
        everybody = np.arange(len(self))
        for some in _parts(rows, len(self) + 1):
            ranks = self._ranked([np.vstack((self.x, worse[row])) for row in some])
            for row, found in zip(some.tolist(), ranks, strict=True):
                yield row, everybody, found[:-1]

    def pairs(self) -> Ints:
        """(m, m) 1 where the actor of the row is ahead of the column's when only they compete."""
        m = len(self)
        first, second = np.triu_indices(m, 1)
        ahead = np.zeros((m, m), dtype=np.int64)
        step = _ROWS // 2
        for i in range(0, len(first), step):
            a, b = first[i : i + step], second[i : i + step]
            rows = np.column_stack((a, b)).reshape(-1)
            ranks = self.ranks(self.x[rows], np.arange(0, len(rows), 2)).reshape(-1, 2)
            ahead[a, b] = ranks[:, 0] < ranks[:, 1]
            ahead[b, a] = ranks[:, 1] < ranks[:, 0]
        return ahead

    def _ranked(self, tables: list[Floats]) -> list[Ints]:
        sizes = [len(table) for table in tables]
        starts = np.cumsum([0, *sizes[:-1]])
        return np.split(self.ranks(np.concatenate(tables), starts), starts[1:])


def _parts(rows: Ints, size: int) -> Iterator[Ints]:
    step = max(_ROWS // max(size, 1), 1)
    for i in range(0, len(rows), step):
        yield rows[i : i + step]
