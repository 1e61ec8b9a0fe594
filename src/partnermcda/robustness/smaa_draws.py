"""Draws of weights, brought to the criteria that are judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np

from partnermcda.core.arguments import as_weights
from partnermcda.core.arrays import Floats
from partnermcda.errors import Finding, WeightsError
from partnermcda.ranking.contest import Contest
from partnermcda.weighing import WeightDraws
from partnermcda.weights import Weights


@runtime_checkable
class Space(Protocol):
    """Where weights can be drawn from, as many as are wanted."""

    @property
    def names(self) -> tuple[str, ...]:
        """Criteria."""
        ...

    def draw(self, size: int, rng: np.random.Generator) -> WeightDraws:
        """Draw `size` weight vectors."""
        ...


Given: TypeAlias = "Floats | Sequence[Sequence[float]] | WeightDraws | Space"


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Weight vectors with the names of their columns, and what is to be known of them."""

    names: tuple[str, ...]
    """Criteria, in the order of the values."""
    weights: Floats
    """(s, n)."""
    notes: tuple[Finding, ...] = ()

    def __len__(self) -> int:
        return len(self.weights)

    @property
    def mean(self) -> Weights:
        """Mean of the draws."""
        return Weights(self.names, self.weights.mean(axis=0))

    def and_more(self, others: "Drawn") -> "Drawn":
        """Append other draws."""
        weights = np.concatenate((self.weights, others.weights))
        news = tuple(note for note in others.notes if note not in self.notes)
        return Drawn(self.names, weights, self.notes + news)

    def judged(self, contest: Contest) -> Floats:
        """Leave out the weights of what is not judged, and rescale the others alike.

        Parameters
        ----------
        contest : Contest

        Returns
        -------
        (s, n) array
            Weights of the criteria judged.

        Raises
        ------
        WeightsError
            If a draw gives all its weight to what is not judged.
        """
        if not contest.set_aside:
            return self.weights
        kept = self.weights[:, [self.names.index(name) for name in contest.criteria]]
        totals = kept.sum(axis=1, keepdims=True)
        empty = int(np.count_nonzero(totals == 0))
        if empty:
            names = ", ".join(contest.set_aside)
            raise WeightsError(Finding("smaa.nothing_left", {"count": empty, "names": names}))
        return np.asarray(kept / totals)

    def share_of(self, names: Sequence[str]) -> float:
        """Mean share of the weight that some criteria carry."""
        return float(self.weights[:, [self.names.index(name) for name in names]].sum(axis=1).mean())


def as_drawn(draws: Given, names: tuple[str, ...]) -> Drawn:
    """Take draws of weights.

    Parameters
    ----------
    draws : (s, n) array or WeightDraws
        An array's columns stand in the order of the names.
    names : tuple of str
        Criteria of the values.

    Returns
    -------
    Drawn

    Raises
    ------
    WeightsError
        If a name is missing or unknown, or there are no draws.
    MethodError
        If the array does not fit, or a weight is negative or not finite.
    """
    notes: tuple[Finding, ...] = ()
    given: object = draws
    if isinstance(draws, WeightDraws):
        given, notes = draws.along(names), draws.notes
    weights = as_weights(np.asarray(given, dtype=float), len(names))
    if not len(weights):
        raise WeightsError(Finding("smaa.no_draws"))
    return Drawn(names, weights / weights.sum(axis=1, keepdims=True), notes)


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """Where draws come from."""

    draws: Given
    names: tuple[str, ...]
    """Criteria of the values."""
    generator: np.random.Generator | None
    """For draws from a space."""

    def take(self, size: int) -> Drawn:
        """Draw so many from a space, or take all that were given."""
        if isinstance(self.draws, Space) and self.generator is not None:
            return as_drawn(self.draws.draw(size, self.generator), self.names)
        return as_drawn(self.draws, self.names)
