"""Contenders timed in turn, so that whatever else the machine does strikes all alike."""

import math
import statistics
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from benchmarks.peers.contenders import Contender
from benchmarks.peers.problems import Problem, Size

Judge = Callable[[Any], float]
MOST_ROUNDS = 15
# A call is repeated until it takes this long, for the clock's own cost not to count.
SHORTEST = 0.002


@dataclass(frozen=True, slots=True)
class Time:
    """What one contender took for one problem."""

    name: str
    size: Size
    """The size it was given: smaller than asked where the contender is slow."""
    seconds: float
    """Median of the rounds."""
    rounds: int
    difference: float | None
    """Largest relative difference from the right answer; None where there is none to compare."""

    @property
    def nanoseconds(self) -> float:
        """Time per row, or per pair of a row and a weight vector."""
        return self.seconds / (self.size.m * self.size.draws) * 1e9


def race(
    problem: Problem, contenders: Iterable[Contender], *, seconds: float, fewest: int = 3
) -> tuple[Time, ...]:
    """Check every contender's answer, then time all of them round after round.

    `seconds` is what one contender may take in all; a slow one has `fewest` rounds all the same.
    """
    with warnings.catch_warnings():
        # What other libraries warn of is theirs; here their answers are looked at.
        warnings.simplefilter("ignore")
        posed = Posed(problem)
        runners = [Runner(*posed.to(c), c, seconds, fewest) for c in contenders]
        for turn in range(MOST_ROUNDS):
            for runner in runners:
                runner.run(turn)
    return tuple(runner.result() for runner in runners)


class Posed:
    """A problem with its right answer, whole and cut, each made once."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.made = problem, {}

    def to(self, contender: Contender) -> tuple[Problem, Judge]:
        """What a contender is given, and what judges its answer."""
        if contender.most not in self.made:
            head = self.problem.head(contender.most)
            self.made[contender.most] = head, head.judge()
        return self.made[contender.most]


class Runner:
    """A contender in a race, warm."""

    def __init__(
        self, problem: Problem, judge: Judge, contender: Contender, seconds: float, fewest: int
    ) -> None:
        self.size, self.name, self.times = problem.size, contender.name, []
        self.call = contender.prepare(problem)
        answer = contender.finish(self.call())
        self.difference = None if answer is None else judge(answer)
        del answer
        once = self.clock(1)
        self.number = max(1, math.ceil(SHORTEST / once)) if once < SHORTEST else 1
        affordable = int(seconds / (once * self.number))
        rounds = min(MOST_ROUNDS, max(fewest, affordable))
        # Spread over the race, so that a slow contender meets the same weather as the others.
        self.turns = {i * MOST_ROUNDS // rounds for i in range(rounds)}

    def clock(self, number: int) -> float:
        """Time of one call, as the mean of `number`."""
        begun = perf_counter()
        for _ in range(number):
            self.call()
        return (perf_counter() - begun) / number

    def run(self, turn: int) -> None:
        """Run, if it is this contender's turn."""
        if turn in self.turns:
            self.times.append(self.clock(self.number))

    def result(self) -> Time:
        """What came of it."""
        return Time(
            self.name,
            self.size,
            statistics.median(self.times),
            len(self.times),
            self.difference,
        )
