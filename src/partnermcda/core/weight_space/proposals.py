"""Weights drawn from the smallest simplex around a region, kept where they lie within."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from partnermcda.core.arrays import Bools, Floats
from partnermcda.core.weight_space.orders import Completions, completions
from partnermcda.core.weight_space.region import Region
from partnermcda.core.weight_space.simplex import weights_from_uniforms
from partnermcda.core.weight_space.sources import BLOCK, Points

_FEWEST: Final = BLOCK // 100
"""Of the first block that must be kept for rejection to be worth while."""


@dataclass(frozen=True, slots=True, eq=False)
class _Simplex:
    """Weights that rise, or fall, from a corner; in an order drawn, where there is one."""

    free: Bools
    fixed: Floats
    """(n,) weights of those that are not free."""
    corner: Floats
    """(k,) of those that are."""
    scale: float
    ranks: Completions | None

    @property
    def volume(self) -> float:
        """Logarithm, up to what all have in common."""
        k = len(self.corner)
        part = math.log(self.ranks.count) - math.lgamma(k + 1) if self.ranks else 0.0
        return (k - 1) * math.log(abs(self.scale)) + part if k > 1 else 0.0

    def draws(self, points: Points) -> Iterator[Floats]:
        k = len(self.corner)
        for u in points(k - 1 + (self.ranks.uniforms if self.ranks else 0)):
            v = weights_from_uniforms(u[:, : k - 1])
            if self.ranks:
                falling = -np.sort(-v, axis=1)
                np.put_along_axis(v, self.ranks.of(u[:, k - 1 :]), falling, axis=1)
            weights = np.tile(self.fixed, (len(u), 1))
            weights[:, self.free] = self.corner + self.scale * v
            yield weights


def candidates(region: Region, points: Points) -> Iterator[Floats]:
    """Draw weights from a simplex that holds a region.

    Parameters
    ----------
    region : Region
    points : callable
        Where uniform numbers come from.

    Yields
    ------
    (BLOCK, n) array
    """
    free = region.free
    if not free.any():
        while True:
            yield np.tile(region.low, (BLOCK, 1))
    yield from min(_simplexes(region), key=lambda simplex: simplex.volume).draws(points)


def _simplexes(region: Region) -> Iterator[_Simplex]:
    free, mass, k = region.free, region.mass, int(np.count_nonzero(region.free))
    low, high = region.low[free], region.high[free]
    # What the others must leave, or must take, is a bound, too.
    least = np.maximum(low, mass - (high.sum() - high))
    most = np.minimum(high, mass - (low.sum() - low))
    yield _Simplex(free, region.low, least, mass - least.sum(), None)
    if k > 1:
        yield _Simplex(free, region.low, most, mass - most.sum(), None)
    above = region.above[np.ix_(free, free)]
    ranks = completions(above) if above.any() else None
    if ranks:
        common = least.min()
        yield _Simplex(free, region.low, np.full(k, common), mass - k * common, ranks)


def kept(drawn: Iterator[Floats], region: Region, size: int) -> Floats | None:
    """Keep what lies within a region.

    Parameters
    ----------
    drawn : iterator of (BLOCK, n) arrays
    region : Region
    size : int
        How many are wanted.

    Returns
    -------
    (s, n) array or None
        None where fewer than one in a hundred of the first block would be kept.
    """
    found = []
    total = 0
    for block in drawn:
        held = block[region.holds(block)]
        found.append(region.within(held))
        total += len(held)
        if len(found) == 1 and total < _FEWEST:
            return None
        if total >= size:
            break
    return np.concatenate(found)[:size]
