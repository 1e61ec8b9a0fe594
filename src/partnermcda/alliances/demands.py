"""Demands that cannot be met together: the smallest set of them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from partnermcda.alliances.rules import within
from partnermcda.core.arrays import Bools, Floats
from partnermcda.errors import Finding


@dataclass(frozen=True, slots=True, eq=False)
class Demands:
    """What m actors of a city are asked for, before anybody is left out."""

    ids: tuple[str, ...]
    """(m,) ids, in order."""
    cost: Floats
    """(m,) what each costs."""
    fails: Bools
    """(m,) who fails a gate, where those are left out."""
    must: Bools
    """(m,) who must take part."""
    barred: Bools
    """(m,) who must not."""
    pairs: tuple[tuple[int, int], ...]
    """Positions of those who cannot take part together."""
    size: int
    """Most members."""
    budget: float
    """Most they may cost together."""

    def conflict(self) -> tuple[Finding, ...]:
        """Find the smallest set of demands that cannot be met together; empty if all can.

        Returns
        -------
        tuple of Finding
            One for each demand, by kind and id.

        Notes
        -----
        The only demand that asks for members is `must`. All demands can be met unless two of one
        actor conflict, two who must take part cannot do so together, those who must are too many
        or cost too much; or nobody is left who could take part. Each of these is looked for by
        itself with the fewest demands it takes, so the smallest of them is the smallest of all.
        """
        found = [*self._of_one(), *self._of_pairs(), *self._of_all(), *self._of_nobody()]
        return min(found, key=len, default=())

    def _of_one(self) -> Iterator[tuple[Finding, ...]]:
        for i in np.flatnonzero(self.must).tolist():
            if self.fails[i]:
                yield self._must(i), Finding("coalition.demand_gates")
            if self.barred[i]:
                yield self._must(i), self._not(i)

    def _of_pairs(self) -> Iterator[tuple[Finding, ...]]:
        for a, b in self.pairs:
            if self.must[a] and self.must[b]:
                details = {"a": self.ids[a], "b": self.ids[b]}
                yield self._must(a), self._must(b), Finding("coalition.demand_pair", details)

    def _of_all(self) -> Iterator[tuple[Finding, ...]]:
        members = np.flatnonzero(self.must)
        if len(members) > self.size:
            first = tuple(self._must(i) for i in members[: self.size + 1].tolist())
            yield (*first, Finding("coalition.demand_size", {"size": self.size}))
        dearest = members[np.argsort(-self.cost[members], kind="stable")]
        beyond = np.flatnonzero(np.cumsum(self.cost[dearest]) > within(self.budget))
        if len(beyond):
            most = np.sort(dearest[: beyond[0] + 1])
            yield (*(self._must(i) for i in most.tolist()), self._budget())

    def _of_nobody(self) -> Iterator[tuple[Finding, ...]]:
        dear = self.cost > within(self.budget)
        for gates in (False, True):
            for budget in (False, True):
                left = ~(gates & self.fails | budget & dear)
                if (self.barred | ~left).all():
                    general = [Finding("coalition.demand_gates")] * gates
                    general += [self._budget()] * budget
                    yield (*(self._not(i) for i in np.flatnonzero(left).tolist()), *general)

    def _must(self, i: int) -> Finding:
        return Finding("coalition.demand_must", {"id": self.ids[i]})

    def _not(self, i: int) -> Finding:
        return Finding("coalition.demand_not", {"id": self.ids[i]})

    def _budget(self) -> Finding:
        return Finding("coalition.demand_budget", {"budget": f"{self.budget:g}"})
