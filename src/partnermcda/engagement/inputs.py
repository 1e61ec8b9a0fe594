"""What conditions look at: values, pillars, evidence, capabilities, and what the frame says."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from partnermcda.capability import holdings
from partnermcda.capability.pairing import shareable
from partnermcda.catalog import Catalog
from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.evaluation import CriterionValues, Unknown, criterion_values
from partnermcda.evaluation.pillars import pillar_shares, pillar_values
from partnermcda.weights import Weights

TOLERANCE = 1e-12
"""Values this near a threshold are at it."""


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """Lowest, central and highest of something, of any shape."""

    low: Floats
    mid: Floats
    high: Floats

    def each(self) -> tuple[Floats, Floats, Floats]:
        """All three, the lowest first."""
        return self.low, self.mid, self.high


@dataclass(frozen=True, slots=True, eq=False)
class Foremost:
    """A figure that is the best or the worst of some capabilities."""

    sides: Sides
    """(m,) bounds of the figure."""
    shares: Floats
    """(m, K) what it is the best or the worst of, centrally; NaN for what does not count."""
    sure: Bools
    """(m, K) whether that is known."""
    open: Bools
    """(m, K) the capabilities that could move it."""


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """All that is known of m actors, city by city."""

    frame: pd.DataFrame
    """Checked: the actors."""
    catalog: Catalog
    values: CriterionValues
    """Their values, criterion by criterion."""
    weights: Weights
    """Of the catalog's entries."""
    cover: Sides
    """(m, K) share of each need that each covers alone."""
    asked: Bools
    """(K,) what is needed and two actors can share."""
    candidates: Bools
    """(m,) who can be a partner: plays no role, and is not stopped by a gate."""
    leads: Bools
    """(m,) whose capabilities the plan has already: who plays a role."""
    starts: Ints
    """(c,) first actor of each city."""

    @classmethod
    def of(
        cls,
        frame: pd.DataFrame,
        catalog: Catalog,
        unknown: Unknown,
        *,
        weights: Weights,
        need: Floats,
        candidates: Bools,
        leads: Bools,
        starts: Ints,
    ) -> "Inputs":
        """Bring together what is known of some actors."""
        held = holdings(frame, catalog, unknown)
        cover = Sides(*(held.cover(need, side) for side in (held.low, held.mid, held.high)))
        return cls(
            frame,
            catalog,
            criterion_values(frame, catalog, unknown),
            weights,
            cover,
            shareable(held, catalog, need),
            candidates,
            leads,
            starts,
        )

    def __len__(self) -> int:
        return len(self.frame)

    def criterion(self, name: str) -> int:
        """Position of a criterion."""
        return [criterion.id for criterion in self.catalog.criteria].index(name)

    def pillar(self, name: str) -> tuple[Sides, list[int]]:
        """Find the value of a pillar, and the criteria that move it."""
        (pillar,) = (pillar for pillar in self.catalog.pillars if pillar.id == name)
        columns = [self.criterion(criterion.id) for criterion in pillar.criteria]
        sides = Sides(*pillar_values(self.values, self.catalog, pillar, self.weights))
        if pillar.combine is not None:
            return sides, columns
        shares = pillar_shares(pillar, self.weights)
        return sides, [j for j, share in zip(columns, shares, strict=True) if share > 0]

    def evidence(self) -> Floats:
        """Share of the weight that was observed; (m,) array."""
        missing = np.zeros(len(self))
        for entry, weight in self.weights.to_dict().items():
            pillars = [p for p in self.catalog.pillars if p.id == entry]
            names = [c.id for p in pillars for c in p.criteria] or [entry]
            columns = [self.criterion(name) for name in names]
            missing += weight * (1 - self.values.evidence[:, columns]).sum(axis=1) / len(names)
        return np.clip(1 - missing, 0, 1)

    def brings_missing(self) -> Foremost:
        """Find the best of what each actor covers and the plan lacks."""
        # What who leads may cover in full may be missing, what it covers in full is not.
        had = [self._at_city(np.maximum, np.where(self.leads[:, None], c, 0)) for c in self._each()]
        lacking = [self.asked & (side < 1 - TOLERANCE) for side in (had[2], had[1], had[0])]
        low, mid, high = (
            np.where(lacks, cover, 0.0) for lacks, cover in zip(lacking, self._each(), strict=True)
        )
        sides = Sides(*(x.max(axis=1, initial=0.0) for x in (low, mid, high)))
        moves = (low < high) & (high > sides.low[:, None])
        return Foremost(sides, np.where(lacking[1], mid, np.nan), low >= high, moves)

    def lacks_held(self) -> Foremost:
        """Find the worst of what each actor covers and another candidate covers in full."""
        held = [self._held(side) for side in (self.cover.high, self.cover.mid, self.cover.low)]
        low, mid, high = (
            np.where(has, cover, 1.0) for has, cover in zip(held, self._each(), strict=True)
        )
        sides = Sides(*(x.min(axis=1, initial=1.0) for x in (low, mid, high)))
        moves = (low < high) & (low < sides.high[:, None])
        return Foremost(sides, np.where(held[1], mid, np.nan), low >= high, moves)

    def _each(self) -> tuple[Floats, Floats, Floats]:
        return self.cover.each()

    def _held(self, cover: Floats) -> Bools:
        """(m, K) whether a candidate of the same city other than the actor covers it in full."""
        full = (cover >= 1 - TOLERANCE) & self.candidates[:, None] & self.asked
        found: Bools = self._at_city(np.add, full.astype(np.int64)) > full
        return found

    def _at_city(self, ufunc: np.ufunc, x: Floats | Ints) -> Floats:
        """(m, K) what is found in each actor's city."""
        sizes = np.diff(self.starts, append=len(x))
        found: Floats = np.repeat(ufunc.reduceat(x, self.starts, axis=0), sizes, axis=0)
        return found
