"""The best few of each city under many draws, without sorting the others."""

from typing import Final

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.core.blocks import Block
from partnermcda.core.ranks import TOLERANCE
from partnermcda.core.segments import segment_sizes
from partnermcda.core.smaa.places import places
from partnermcda.core.smaa.scoring import Drawn, Known
from partnermcda.core.smaa.tally import Leads

_MARGIN: Final = 4 * TOLERANCE
"""Scores this far below the k-th best are looked at too: room for ties."""
_GROUPS: Final = 1 << 15
_PENDING: Final = 1 << 18


class Search:
    """Finds the best k of each city of a block, part of the draws after part, and adds them.

    Parameters
    ----------
    scores : Known or Drawn
    block : Block
    k : int
    leads : Leads
        Where they are added.
    numbers : (s,) array of int
        What each draw is called there.
    """

    def __init__(
        self, scores: Known | Drawn, block: Block, k: int, leads: Leads, numbers: Ints
    ) -> None:
        self._scores, self._block, self._leads, self._numbers = scores, block, leads, numbers
        self._k = max(k, 1)
        self._sizes = segment_sizes(len(block), block.starts)
        self._near: list[tuple[Ints, Floats]] = []
        self._reach: list[Floats] = []
        self._first = 0

    def look(self, part: slice) -> None:
        """Note who is near the best under some draws.

        Parameters
        ----------
        part : slice
            Draws; parts follow one another.
        """
        scores, block = self._scores, self._block
        keys = scores.keys(part)
        reach = scores.scores_of(self._kth_best(keys)) - _MARGIN - 2 * scores.slack
        near = np.flatnonzero(keys >= block.spread(scores.keys_at(reach)))
        cells = near + (part.start - self._first) * len(block)
        self._near.append((cells, scores.scores_of(keys.reshape(-1)[near])))
        self._reach.append(reach)
        groups = sum(reach.size for reach in self._reach)
        if isinstance(scores, Drawn):
            # These values are not drawn twice.
            self.settle(keys)
        elif groups > _GROUPS or sum(len(cells) for cells, _ in self._near) > _PENDING:
            self.settle()

    def settle(self, keys: Floats | None = None) -> None:
        """Place those noted, and add them.

        Parameters
        ----------
        keys : (b, rows) array, optional
            Scores of everybody under the draws since the last time, if they are at hand.
        """
        if not self._near:
            return
        cells, values = (np.concatenate(column) for column in zip(*self._near, strict=True))
        reach = np.concatenate(self._reach)
        first, equals, unsure = self._placed(cells, values, reach)
        draws, rows = np.divmod(cells, len(self._block))
        if unsure.any():
            again = np.flatnonzero(unsure)
            if keys is None and isinstance(self._scores, Known):
                keys = self._scores.exactly(self._first + again)
                self._add_all(again, keys)
            elif keys is not None:
                self._add_all(again, keys[again])
            kept = ~unsure[draws]
            draws, rows, first, equals = draws[kept], rows[kept], first[kept], equals[kept]
        self._leads.add(rows, self._numbers[self._first + draws], first, equals)
        self._first += len(reach)
        self._near, self._reach = [], []

    def _placed(self, cells: Ints, values: Floats, reach: Floats) -> tuple[Ints, Ints, Bools]:
        """Places of those near the best, how many share them, and draws that do not settle so."""
        cities = reach.shape[1]
        draws, rows = np.divmod(cells, len(self._block))
        group = draws * cities + np.searchsorted(self._block.starts, rows, "right") - 1
        sizes = np.bincount(group, minlength=reach.size)
        first, equals = np.zeros_like(rows), np.ones_like(rows)
        unsure = np.zeros(len(reach), dtype=bool)
        many = sizes[group] > 1
        if many.any():
            among = places(values[many], sizes[sizes > 1], self._scores.slack)
            first[many], equals[many] = among.first, among.equals
            unsure[np.flatnonzero(sizes > 1)[among.unsure] // cities] = True
            # A chain of equals may go on beyond those looked at.
            low = (values < reach.reshape(-1)[group] + 2 * TOLERANCE) & (first < self._k)
            unsure[draws[low]] = True
        return first, equals, unsure

    def _add_all(self, draws: Ints, scores: Floats) -> None:
        """Place and add everybody under a few draws."""
        rows = len(self._block)
        for draw, row in zip(draws.tolist(), scores, strict=True):
            found = places(row, self._sizes, 0.0)
            number = np.full(rows, self._numbers[self._first + draw])
            self._leads.add(np.arange(rows), number, found.first, found.equals)

    def _kth_best(self, keys: Floats) -> Floats:
        """(b, q) k-th best of each city; minus infinity where it has fewer actors."""
        if self._k == 1:
            return np.asarray(np.maximum.reduceat(keys, self._block.starts, axis=1))
        best = np.full((len(keys), len(self._sizes)), -np.inf)
        for city in np.flatnonzero(self._sizes >= self._k).tolist():
            first, size = self._block.starts[city], self._sizes[city]
            some = keys[:, first : first + size]
            best[:, city] = np.partition(some, size - self._k, axis=1)[:, size - self._k]
        return best
