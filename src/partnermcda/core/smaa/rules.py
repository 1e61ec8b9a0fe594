"""How values and weights become scores, and what orders actors as scores do."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from partnermcda.core.arrays import Floats
from partnermcda.core.blocks import Block
from partnermcda.core.extremes import ordinary
from partnermcda.core.kernel import Norm

ScoreName: TypeAlias = Literal["closeness", "weighted_sum"]
_LEAST: Final = 2.0**-200


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """How values and weights become scores."""

    score: ScoreName
    ideal: Floats | None
    anti_ideal: Floats | None
    p: Norm

    def terms(self, values: Floats, block: Block) -> tuple[Floats, ...]:
        """Lay out what is weighed and added up.

        Parameters
        ----------
        values : (n, ..., rows) array
            Of the actors of a block.
        block : Block

        Returns
        -------
        tuple of (n, ..., rows) arrays
            Differences to anti-ideal and ideal, to the power p; of a weighted sum the values.
        """
        if self.score == "weighted_sum":
            return (values,)
        sides = ((self.anti_ideal, np.minimum), (self.ideal, np.maximum))
        return tuple(self._apart(values, block, point, extreme) for point, extreme in sides)

    def factors(self, weights: Floats) -> Floats:
        """Turn (b, n) weights into what the terms are multiplied by."""
        squared = self.score == "closeness" and self.p == 2
        return weights * weights if squared else weights

    def keys_of(self, totals: list[Floats]) -> Floats:
        """Turn totals into numbers that order actors as their scores do, and overwrite them."""
        if self.score == "weighted_sum":
            return totals[0]
        to_anti_ideal, to_ideal = totals
        keys = np.divide(to_ideal, to_anti_ideal, out=to_ideal)
        np.negative(keys, out=keys)
        # Totals are finite, so only 0 / 0 is not a number.
        if np.isnan(np.minimum.reduce(keys, axis=None, initial=0)):
            keys[np.isnan(keys)] = -1.0
        return keys

    def scores_of(self, keys: Floats) -> Floats:
        """Turn keys into scores."""
        if self.score == "weighted_sum":
            return keys
        ratio = np.negative(keys)
        if self.p == 2:
            np.sqrt(ratio, out=ratio)
        np.add(ratio, 1.0, out=ratio)
        return np.divide(1.0, ratio, out=ratio)

    def keys_at(self, scores: Floats) -> Floats:
        """Turn scores into the keys that reach them."""
        if self.score == "weighted_sum":
            return scores
        with np.errstate(divide="ignore"):
            ratio = np.where(scores > 0, (1 - scores) / scores, np.inf)
        return -(ratio * ratio) if self.p == 2 else -ratio

    def plain(self, low: Floats, high: Floats, weights: Floats) -> bool:
        """Whether nothing overflows or vanishes where values and weights are squared.

        Parameters
        ----------
        low, high : (n,) arrays
            Lowest and highest values.
        weights : (s, n) array

        Returns
        -------
        bool
        """
        points = [z for z in (self.ideal, self.anti_ideal) if z is not None]
        low, high = np.min([low, *points], axis=0), np.max([high, *points], axis=0)
        used = weights[weights > 0]
        fine = used.min() > _LEAST and used.max() < 1 / _LEAST
        return bool(fine) and ordinary(low[:, None], high[:, None])

    def _apart(
        self, values: Floats, block: Block, point: Floats | None, extreme: np.ufunc
    ) -> Floats:
        if point is None:
            observed = block.spread(extreme.reduceat(values, block.starts, axis=-1))
        else:
            observed = point.reshape(-1, *[1] * (values.ndim - 1))
        apart = values - observed
        return apart * apart if self.p == 2 else np.abs(apart)
