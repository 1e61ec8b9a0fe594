"""How a set of partners covers a need: by the sum, the best, the union, or a bridge.

A set is a row of positions among the m candidates, filled up with m, which stands for nobody.
Amounts are shares of the need, under s states of the world: one, or one for each draw.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Summed:
    """What members bring adds up."""

    shares: Floats
    """(s, m) share of the need that each brings."""

    def cover(self, sets: Ints) -> Floats:
        """Share of the need that each of c sets covers; (s, c)."""
        return capped(_of(self.shares, sets).sum(axis=1))


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """The best member counts."""

    shares: Floats
    """(s, m) share of the need that each covers."""

    def cover(self, sets: Ints) -> Floats:
        """Share of the need that each of c sets covers; (s, c)."""
        return capped(_of(self.shares, sets).max(axis=1))


@dataclass(frozen=True, slots=True, eq=False)
class Union:
    """Districts in which any member works; of whom only a share is known, the least possible.

    Sets of which shares s are known have a union between max(s) and min(1, Σ s).
    """

    shares: Floats
    """(s, m) share of the need of those whose districts are not known; 0 for the others."""
    districts: Bools
    """(m, d) districts in which each works; none where they are not known."""
    unit: float
    """Share of the need that one district is."""

    def cover(self, sets: Ints) -> Floats:
        """Least share of the need that each of c sets covers; (s, c)."""
        alone = _of(self.shares, sets).max(axis=1)
        return capped(np.maximum(alone, self._listed(sets)))

    def most(self, sets: Ints) -> Floats:
        """Greatest share of the need that each of c sets may cover; (s, c)."""
        return capped(_of(self.shares, sets).sum(axis=1) + self._listed(sets))

    def _listed(self, sets: Ints) -> Floats:
        within = np.vstack([self.districts, np.zeros(self.districts.shape[1], dtype=bool)])
        return np.asarray(within[np.ascontiguousarray(sets.T)].any(axis=0).sum(axis=1) * self.unit)


@dataclass(frozen=True, slots=True, eq=False)
class Bridge:
    """Somebody who works with all sides, needed only where a set has members of each side."""

    shares: Floats
    """(s, m) share of the need that each covers."""
    sides: Bools
    """(m, q) side to which each belongs."""

    def cover(self, sets: Ints) -> Floats:
        """Share of the need that each of c sets covers, 1 where it is not needed; (s, c)."""
        within = np.vstack([self.sides, np.zeros(self.sides.shape[1], dtype=bool)])
        mixed = np.all(within[np.ascontiguousarray(sets.T)].any(axis=0), axis=1)
        given = capped(_of(self.shares, sets).max(axis=1))
        return np.where(mixed, given, 1.0)


Rule: TypeAlias = Summed | Best | Union | Bridge


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Which of m candidates, in the order of their ids, cover K needs best."""

    rules: tuple[Rule, ...]
    """(K,) how each need is covered."""
    weights: Floats
    """(K,) what each need counts, summing to 1."""
    penalty: float
    """What each member after the first costs."""
    size: int
    """Most members."""
    cost: Floats
    """(m,) what each costs."""
    budget: float
    """Most they may cost together."""
    forced: Ints
    """Positions of those who must take part."""
    pairs: tuple[tuple[int, int], ...] = field(default=())
    """Positions of those who cannot take part together."""

    def __len__(self) -> int:
        return len(self.cost)

    def covers(self, sets: Ints) -> Floats:
        """Share of each need that each of c sets covers, on average of all states; (c, K)."""
        return np.stack([rule.cover(sets).mean(axis=0) for rule in self.rules], axis=1)

    def values(self, sets: Ints) -> Floats:
        """Say what each of c sets is worth: the needs covered, less the penalty; (c,)."""
        members = (sets < len(self)).sum(axis=1)
        return np.asarray(self.covers(sets) @ self.weights - self.penalty * (members - 1))

    def allowed(self, sets: Ints) -> Bools:
        """Tell which of c sets, each without repetition, meet all demands; (c,)."""
        members = sets < len(self)
        count = members.sum(axis=1)
        spent = np.append(self.cost, 0.0)[sets].sum(axis=1)
        fits: Bools = (count >= 1) & (count <= self.size) & (spent <= within(self.budget))
        for position in self.forced:
            fits &= (sets == position).any(axis=1)
        for a, b in self.pairs:
            fits &= ~((sets == a).any(axis=1) & (sets == b).any(axis=1))
        return fits

    def some(self, kept: Ints) -> "Problem":
        """Return the same problem with only some of the candidates, all forced ones among them."""
        place = {int(old): new for new, old in enumerate(kept)}
        pairs = [(place[a], place[b]) for a, b in self.pairs if a in place and b in place]
        return Problem(
            rules=tuple(_some(rule, kept) for rule in self.rules),
            weights=self.weights,
            penalty=self.penalty,
            size=self.size,
            cost=self.cost[kept],
            budget=self.budget,
            forced=np.array([place[int(old)] for old in self.forced], dtype=np.int64),
            pairs=tuple(pairs),
        )


def capped(shares: Floats) -> Floats:
    """Count no need as covered more than once over."""
    return np.asarray(np.minimum(1.0, shares))


def within(budget: float) -> float:
    """Most that may be spent: the budget, and what rounding may add to a sum that equals it."""
    return budget + 1e-9 * max(1.0, abs(budget))


def as_sets(members: Iterable[int], nobody: int, width: int) -> Ints:
    """Write one set as a row, filled up with nobody; (1, width)."""
    listed = sorted(int(i) for i in members)
    filled = [*listed, *[nobody] * (width - len(listed))]
    return np.array([filled], dtype=np.int64)


def _of(shares: Floats, sets: Ints) -> Floats:
    """Shares of the members of each set; (s, t, c), 0 for nobody."""
    # Members come before sets, as numpy reduces long last axes several times as fast.
    nobody = np.zeros((len(shares), 1))
    return np.hstack([shares, nobody])[:, np.ascontiguousarray(sets.T)]


def _some(rule: Rule, kept: Ints) -> Rule:
    shares = rule.shares[:, kept]
    if isinstance(rule, Union):
        return Union(shares, rule.districts[kept], rule.unit)
    if isinstance(rule, Bridge):
        return Bridge(shares, rule.sides[kept])
    return type(rule)(shares)
