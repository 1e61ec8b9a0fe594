"""What scores are made of: the part whose weight moves, and the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints

ScoreName: TypeAlias = Literal["closeness", "weighted_sum"]
_NOISE: Final = 1e-14


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Parts of the weights, each of which can move while all others are rescaled alike."""

    weights: Floats
    """(g,) weight of each part."""
    moved: Floats
    """(g, n) how a part shares out its weight."""
    rest: Floats
    """(g, n) how all others share out theirs."""

    @classmethod
    def of(cls, weights: Floats, groups: Sequence[Sequence[int]]) -> "Parts":
        """Split weights into what moves and the rest, for each group.

        Parameters
        ----------
        weights : (n,) array
            Summing to 1.
        groups : sequence of sequences of int
            Positions of the criteria of each part.

        Returns
        -------
        Parts
        """
        within = np.zeros((len(groups), len(weights)), dtype=bool)
        for inside, group in zip(within, groups, strict=True):
            inside[list(group)] = True
        sums = np.where(within, weights, 0.0).sum(axis=1)
        return cls(sums, _shares(weights, within), _shares(weights, ~within))

    def at(self, part: int, t: Floats) -> Floats:
        """Weights where one part has t in all.

        Parameters
        ----------
        part : int
        t : (s,) array

        Returns
        -------
        (s, n) array
        """
        share = np.asarray(t, dtype=float)[:, None]
        return np.asarray(share * self.moved[part] + (1 - share) * self.rest[part])


def _shares(weights: Floats, within: Bools) -> Floats:
    """Of each part 1 in all; alike where none of it has a weight."""
    kept = np.where(within, weights, 0.0)
    total = kept.sum(axis=1, keepdims=True)
    alike = within / np.maximum(within.sum(axis=1, keepdims=True), 1)
    return np.asarray(np.where(total > 0, kept / np.where(total > 0, total, 1.0), alike))


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """From values to what is moved and the rest, for rows of any cities."""

    score: ScoreName
    p: float
    """Norm of the distances; 1 for a sum."""
    points: Floats
    """(2, n, c) anti-ideal and ideal of each city."""
    shares: Floats
    """(2, g, n) how the part moved and the rest share out their weight, to the power p."""

    @property
    def noise(self) -> float:
        """How large a form of these terms can be by rounding alone."""
        low, high = self.points
        if self.score == "weighted_sum":
            return _NOISE * float(np.max(np.abs(self.points), initial=0.0))
        return float(_NOISE * np.max(high - low, initial=0.0) ** (2 * self.p))

    def __call__(self, rows: Floats, cities: Ints) -> Floats:
        """Lay out what is moved and the rest.

        Parameters
        ----------
        rows : (q, n) array
        cities : (q,) array of int
            City of each row, or (1,) for all of them.

        Returns
        -------
        (2, d, g, q) array
            d is 2 for distances, to the power p, and 1 for a sum.
        """
        columns = np.ascontiguousarray(rows.T, dtype=float)
        if self.score == "weighted_sum":
            return np.asarray((self.shares @ columns)[:, None])
        apart = columns - self.points[..., cities]
        apart = apart * apart if self.p == 2 else np.abs(apart)
        return np.asarray(self.shares[:, None] @ apart)
