"""The mixed-integer program of a coalition."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from partnermcda.alliances.rules import Best, Bridge, Problem, Summed, Union
from partnermcda.core.arrays import Floats, Ints


@dataclass(slots=True)
class Program:
    """Maximize gain · x under A x ≤ limits and 0 ≤ x ≤ 1, some of x whole; built up row by row."""

    gain: list[Floats] = field(default_factory=list)
    whole: list[Floats] = field(default_factory=list)
    width: int = 0
    limits: list[float] = field(default_factory=list)
    entries: list[tuple[Ints, Ints, Floats]] = field(default_factory=list)

    def variables(self, gain: Floats, *, whole: bool = False) -> Ints:
        """Add variables with these gains; return their positions."""
        start, self.width = self.width, self.width + len(gain)
        self.gain.append(np.asarray(gain, dtype=float))
        self.whole.append(np.full(len(gain), float(whole)))
        return np.arange(start, self.width)

    def row(self, columns: Sequence[Ints], factors: Sequence[Floats | float], limit: float) -> None:
        """Add Σ factor · x ≤ limit."""
        across = np.concatenate(columns)
        values = np.concatenate(
            [np.broadcast_to(f, c.shape) for c, f in zip(columns, factors, strict=True)]
        )
        down = np.full(len(across), len(self.limits))
        self.entries.append((down, across, values))
        self.limits.append(limit)

    def matrix(self) -> Any:
        """Return A as a sparse array."""
        from scipy.sparse import csr_array

        down, across, values = (np.concatenate(part) for part in zip(*self.entries, strict=True))
        return csr_array((values, (down, across)), shape=(len(self.limits), self.width))


def program_of(problem: Problem, known: Sequence[Sequence[int]]) -> tuple[Program, Ints]:
    """Write a problem as a program.

    Parameters
    ----------
    problem : Problem
        With m candidates.
    known : sequence of sequences of int
        Sets that shall not be found again.

    Returns
    -------
    program : Program
    members : (m,) array of int
        Positions of the variables that tell who takes part. The program's value lacks the
        penalty of the first member, which is none.
    """
    program = Program()
    m = len(problem)
    x = program.variables(np.full(m, -problem.penalty), whole=True)
    program.row([x], [-1.0], -1.0)
    program.row([x], [1.0], float(problem.size))
    if np.isfinite(problem.budget):
        scale = max(1.0, float(problem.budget))
        program.row([x], [problem.cost / scale], problem.budget / scale)
    for i in problem.forced:
        program.row([x[[i]]], [-1.0], -1.0)
    for a, b in problem.pairs:
        program.row([x[[a, b]]], [1.0], 1.0)
    for found in known:
        inside = np.zeros(m, dtype=bool)
        inside[list(found)] = True
        program.row([x], [np.where(inside, 1.0, -1.0)], len(found) - 1.0)
    for rule, weight in zip(problem.rules, problem.weights, strict=True):
        if weight > 0:
            states = len(rule.shares)
            for state in range(states):
                _ADD[type(rule)](rule, program, x, state, weight / states)
    return program, x


def _summed(rule: Summed, program: Program, x: Ints, state: int, weight: float) -> None:
    cover = program.variables(np.array([weight]))
    # One who covers the need alone covers no more than that.
    shares = np.minimum(1.0, rule.shares[state])
    brings = shares > 0
    program.row([cover, x[brings]], [1.0, -shares[brings]], 0.0)


def _best(rule: Best, program: Program, x: Ints, state: int, weight: float) -> None:
    _add_best(rule.shares[state], program, x, weight)


def _union(rule: Union, program: Program, x: Ints, state: int, weight: float) -> None:
    shares = rule.shares[state]
    worked = np.flatnonzero(rule.districts.any(axis=0))
    if not len(worked):
        _add_best(shares, program, x, weight)
        return
    cover = program.variables(np.array([weight]))
    districts = program.variables(np.zeros(len(worked)))
    program.row([cover, districts], [1.0, -rule.unit], 0.0)
    for variable, district in zip(districts, worked, strict=True):
        program.row([np.array([variable]), x[rule.districts[:, district]]], [1.0, -1.0], 0.0)
    if shares.any():
        # Either the union of what is listed counts, or one of whom only a share is known.
        listed = program.variables(np.zeros(1), whole=True)
        program.row([cover, listed], [1.0, -1.0], 0.0)
        levels = _add_best(shares, program, x, weight)
        program.row([listed, levels], [1.0, 1.0], 1.0)


def _bridge(rule: Bridge, program: Program, x: Ints, state: int, weight: float) -> None:
    cover = program.variables(np.array([weight]))
    sides = program.variables(np.zeros(rule.sides.shape[1]))
    for variable, side in zip(sides, rule.sides.T, strict=True):
        for member in x[side]:
            program.row([np.array([member]), np.array([variable])], [1.0, -1.0], 0.0)
    given, shares = _best_levels(rule.shares[state], program, x, 0.0)
    program.row([cover, sides, given], [1.0, 1.0, -shares], float(len(sides)))


def _add_best(shares: Floats, program: Program, x: Ints, weight: float) -> Ints:
    return _best_levels(shares, program, x, weight)[0]


def _best_levels(shares: Floats, program: Program, x: Ints, weight: float) -> tuple[Ints, Floats]:
    """Add one variable for each level that somebody reaches; at most one of them counts."""
    shares = np.minimum(1.0, shares)
    levels, of_level = np.unique(shares, return_inverse=True)
    levels_above = np.flatnonzero(levels > 0)
    chosen = program.variables(weight * levels[levels_above])
    for variable, level in zip(chosen, levels_above, strict=True):
        program.row([np.array([variable]), x[of_level == level]], [1.0, -1.0], 0.0)
    if len(chosen):
        program.row([chosen], [1.0], 1.0)
    return chosen, levels[levels_above]


_ADD: Final[Mapping[type, Callable[[Any, Program, Ints, int, float], None]]] = {
    Summed: _summed,
    Best: _best,
    Union: _union,
    Bridge: _bridge,
}
"""How a rule is written for one state of the world."""
