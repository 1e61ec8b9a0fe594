"""What was measured, and how to find a figure in it."""

from dataclasses import dataclass, field

from benchmarks.peers.clock import Time
from benchmarks.peers.contenders import OURS
from benchmarks.peers.limit import NAME as LIMIT
from benchmarks.peers.problems import Size


@dataclass(frozen=True, slots=True)
class Results:
    """Times of every race, and bytes beyond input and answer where they were measured."""

    times: dict[Size, tuple[Time, ...]] = field(default_factory=dict)
    memory: dict[tuple[Size, str], int] = field(default_factory=dict)

    def time(self, size: Size, name: str) -> Time | None:
        """One contender's time; None where it did not take part."""
        return next((t for t in self.times.get(size, ()) if t.name == name), None)

    def times_ours(self, size: Size, name: str, ours: str = OURS) -> float | None:
        """How many times ours a contender takes, for each row or pair."""
        theirs, own = self.time(size, name), self.time(size, ours)
        return theirs.nanoseconds / own.nanoseconds if theirs and own else None

    def times_limit(self, size: Size, name: str) -> float | None:
        """How many times the limit of memory a contender takes."""
        limit, time = self.time(size, LIMIT), self.time(size, name)
        return time.nanoseconds / limit.nanoseconds if limit and time else None
