"""Counting ranks: all of them where that is affordable, else who is first and in the top."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from partnermcda.core.arrays import Floats
from partnermcda.core.smaa import (
    SMAA,
    LeaderAcceptability,
    Uncertain,
    leader_acceptability,
    smaa,
)
from partnermcda.errors import Finding, MethodError
from partnermcda.ranking.contest import Contest
from partnermcda.ranking.geometry import Geometry, geometry
from partnermcda.robustness.smaa_result import Counts

Unknown: TypeAlias = Literal["uniform", "triangular", "normal", "middle"]
_MOST_PLACES: Final = 4_000_000
_MOST_SCORES: Final = 100_000_000
_MOST_DUELS: Final = 5_000_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """The actors of a contest as their method sees them, and what is done with the unknown."""

    contest: Contest
    seen: Geometry
    values: "Floats | Uncertain"
    """Values, or bounds between which they are drawn."""
    unknown: Unknown
    most: int
    """Places counted as the top."""

    @property
    def gaps(self) -> int:
        """How many values are not known."""
        return 0 if self.seen.certain else int(np.count_nonzero(self.seen.low < self.seen.high))

    def counts_all(self, draws: int) -> bool:
        """Whether every rank is counted, over so many draws."""
        sizes = self.contest.sizes.astype(float)
        k = len(self.contest)
        few = k * sizes.max() <= _MOST_PLACES and k * draws <= _MOST_SCORES
        return bool(few and np.square(sizes).sum() * draws <= _MOST_DUELS)

    def count(self, weights: Floats) -> Counts:
        """Count over draws of the weights of the criteria judged."""
        seen, starts = self.seen, self.contest.starts
        if self.counts_all(len(weights)):
            everything = smaa(
                self.values,
                weights,
                starts,
                score=seen.score,
                ideal=seen.ideal,
                anti_ideal=seen.anti_ideal,
                p=seen.p,
            )
            return _all(everything, self.most)
        leaders = leader_acceptability(
            self.values,
            weights,
            starts,
            self.most,
            score=seen.score,
            ideal=seen.ideal,
            anti_ideal=seen.anti_ideal,
            p=seen.p,
        )
        return _leaders(leaders)

    def notes(self, draws: int) -> Iterator[Finding]:
        """Tell what stands for what is not known, and what was not counted."""
        if self.gaps:
            yield Finding(f"smaa.values_{self.unknown}", {"count": self.gaps})
        if not self.counts_all(draws):
            yield Finding("smaa.leaders_only", {"actors": len(self.contest), "draws": draws})


def as_field(contest: Contest, unknown: Unknown, seed: int | None, most: int) -> Field:
    """See the actors of a contest as their method does.

    Parameters
    ----------
    contest : Contest
    unknown : {"uniform", "triangular", "normal", "middle"}
        How values that are not known are drawn, or that their middle stands for them.
    seed : int or None
        Where they come from.
    most : int
        Places counted as the top.

    Returns
    -------
    Field

    Raises
    ------
    MethodError
        If values are to be drawn and there is no seed, or the method has no closed form.
    """
    seen = geometry(contest)
    if seen.certain or unknown == "middle":
        return Field(contest, seen, seen.mid, unknown, most)
    if seed is None:
        raise MethodError(Finding("smaa.no_rng_values"))
    values = Uncertain(seen.low, seen.mid, seen.high, unknown, seed)
    return Field(contest, seen, values, unknown, most)


def _all(found: SMAA, most: int) -> Counts:
    return Counts(
        draws=found.draws,
        first=found.first,
        top=found.rank_acceptability[:, :most].sum(axis=1),
        central_weights=found.central_weights,
        central_weights_error=found.central_weights_error,
        expected_rank=found.expected_rank,
        expected_rank_error=found.expected_rank_error,
        confidence=found.confidence,
        rank_acceptability=found.rank_acceptability,
        pairwise_winning=found.pairwise_winning,
    )


def _leaders(found: LeaderAcceptability) -> Counts:
    uncounted = np.full(len(found.first), np.nan)
    return Counts(
        draws=found.draws,
        first=found.first,
        top=found.top,
        central_weights=found.central_weights,
        central_weights_error=found.central_weights_error,
        expected_rank=uncounted,
        expected_rank_error=uncounted,
        confidence=uncounted,
        rank_acceptability=None,
        pairwise_winning=None,
    )
