"""Ways for one actor to get better, and the least share of each that is enough."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnermcda.core.arrays import Bools, Floats
from partnermcda.explaining.cells import first_share
from partnermcda.explaining.improvement_result import Improvement
from partnermcda.explaining.units import Unit
from partnermcda.ranking.contest import Contest

if TYPE_CHECKING:
    from partnermcda.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Way:
    """Criteria that get better together."""

    name: str
    """Of the criterion or pillar."""
    pillar: bool
    columns: tuple[int, ...]
    """Places of its criteria in the contest."""
    unit: Unit
    """What a single criterion is counted in."""


@dataclass(frozen=True, slots=True, eq=False)
class Climb:
    """From where one actor is to the score it shall reach; the method is on the fixed scale."""

    contest: Contest
    now: Floats
    """(n,) values of the actor."""
    best: Floats
    """(n,) the best values there are."""
    known: Bools
    """(n,) which of its values are known."""
    target: float
    """Score to be reached, more is better."""
    precision: float
    """What a step may be at most, as a share of a scale."""

    def take(self, ways: tuple[Way, ...]) -> tuple[Improvement, ...]:
        """Find the least of each way that is enough.

        Parameters
        ----------
        ways : tuple of Way

        Returns
        -------
        tuple of Improvement
        """
        ends = np.tile(self.now, (len(ways), 1))
        for end, way in zip(ends, ways, strict=True):
            end[list(way.columns)] = self.best[list(way.columns)]

        def enough(share: Floats) -> Bools:
            gone = share[:, None]
            return self._reach(np.where(gone < 1, self.now + gone * (ends - self.now), ends))

        share = first_share(len(ways), enough)
        share[enough(np.zeros(len(ways)))] = 0.0
        share[~enough(np.ones(len(ways)))] = np.nan
        return tuple(self._told(way, float(s)) for way, s in zip(ways, share, strict=True))

    def _told(self, way: Way, share: float) -> Improvement:
        known = bool(self.known[list(way.columns)].all())
        if way.pillar:
            return Improvement(way.name, True, known, share)
        (j,) = way.columns
        start = way.unit.counted(float(self.now[j]))
        now = start if known else np.nan
        if np.isnan(share):
            return Improvement(way.name, False, known, share, now)
        if share == 0:
            return Improvement(way.name, False, known, share, now, start)
        exact = way.unit.counted(float(self.now[j] + share * (self.best[j] - self.now[j])))
        step = way.unit.step(exact, self.precision)
        needed = self._in_steps(way, exact, step)
        return Improvement(way.name, False, known, share, now, needed, step)

    def _in_steps(self, way: Way, exact: float, step: float) -> float:
        """Least whole number of steps that is enough, found near what is exactly enough."""
        more = 0
        while not self._enough(way, way.unit.up_to(exact, step, more)):
            more += 1
        return way.unit.up_to(exact, step, more)

    def _enough(self, way: Way, counted: float) -> bool:
        x = self.now.copy()
        x[way.columns[0]] = way.unit.entry(counted)
        return bool(self._reach(x[None])[0])

    def _reach(self, x: Floats) -> Bools:
        contest = self.contest
        score = contest.method.score(x, contest.weights.values, contest.benefit, None)
        return (score if contest.method.higher_is_better else -score) >= self.target


def ways_of(contest: Contest, catalog: "Catalog | None", *, pillars: bool) -> Iterator[Way]:
    """List what can get better: every criterion that is judged, then pillars.

    Parameters
    ----------
    contest : Contest
        Who is compared, by what.
    catalog : Catalog or None
        Where units and pillars are from.
    pillars : bool
        Whether pillars get better as a whole.

    Yields
    ------
    Way
    """
    place = {name: j for j, name in enumerate(contest.criteria)}
    if catalog is None:
        for name, j in place.items():
            yield Way(name, False, (j,), _plain(contest, j))
        return
    ordered = [p.id for p in catalog.pillars if p.combine]
    for name, j in place.items():
        unit = Unit() if name in ordered else Unit.of(catalog.criterion(name))
        yield Way(name, name in ordered, (j,), unit)
    for pillar in catalog.pillars if pillars else ():
        columns = tuple(place[name] for name in pillar.entries if name in place)
        if columns and not pillar.combine:
            yield Way(pillar.id, True, columns, Unit())


def _plain(contest: Contest, j: int) -> Unit:
    """Values are told as they are given."""
    cost = contest.benefit is not None and not contest.benefit[j]
    return Unit(rising=not cost)
