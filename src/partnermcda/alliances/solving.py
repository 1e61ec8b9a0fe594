"""The best coalitions, proven or with what is left of the gap."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any, Final

import numpy as np

from partnermcda.alliances.model import program_of
from partnermcda.alliances.polishing import best_nearby, best_pair, polished
from partnermcda.alliances.reduction import undominated
from partnermcda.alliances.rules import Problem, as_sets
from partnermcda.core.arrays import Ints

PROVEN: Final = 1e-6
"""A gap up to this is none: the solver's own tolerance."""
_SCALE: Final = 1000.0
"""Values are told to the solver in thousandths, as its tolerances are absolute."""
_LEAST_SECONDS: Final = 0.1
_ROUNDING: Final = 1e-9
_INFEASIBLE: Final = 2
_PAIR: Final = 2
_FIGURES: Final = 4_000_000
"""So many pairs, in all states, are looked at one by one sooner than a program finds the best."""


@dataclass(frozen=True, slots=True)
class Found:
    """One of the best sets."""

    members: tuple[int, ...]
    """Positions of its members."""
    value: float
    """What it is worth."""
    gap: float
    """How much better the best set not found before may be at most."""
    ties: int
    """Sets as good that differ in one member."""


def solve(problem: Problem, best: int = 1, time_limit: float = 30.0) -> tuple[Found, ...]:
    """Find the best sets of a problem whose demands can be met, the best first.

    Parameters
    ----------
    problem : Problem
        With m candidates.
    best : int
        How many different sets; fewer where there are no more.
    time_limit : float
        Seconds for all of them together.

    Returns
    -------
    tuple of Found
        Each with its gap. Where time runs out, sets found by exchanging members one by one.

    Examples
    --------
    >>> from partnermcda.alliances.rules import Best
    >>> rule = Best(np.array([[0.2, 0.9, 0.5]]))
    >>> problem = Problem((rule,), np.ones(1), 0.01, 2, np.zeros(3), np.inf, np.zeros(0, int))
    >>> [(found.members, found.value) for found in solve(problem, best=2)]
    [((1,), 0.9), ((0, 1), 0.89)]
    """
    end = monotonic() + time_limit
    found: list[Found] = []
    for turn in range(best):
        seconds = max(_LEAST_SECONDS, (end - monotonic()) / (best - turn))
        one = _next(problem, [f.members for f in found], seconds)
        if one is None:
            break
        found.append(one)
    return tuple(sorted(found, key=lambda f: (-f.value, f.members)))


def _next(problem: Problem, known: Sequence[tuple[int, ...]], seconds: float) -> Found | None:
    """Find the best set that is none of those known; None where there is none."""
    end = monotonic() + seconds
    start = best_nearby(problem, known)
    if start is None:
        start, bound = _searched(problem, known, seconds)
    else:
        better, bound = _searched(_smaller(problem, start), known, end - monotonic())
        bound = max(bound, _value(problem, start))
        start = start if better is None else _better(problem, start, better)
    if start is None:
        return None
    members, ties = polished(problem, start, known)
    value = _value(problem, members)
    return Found(tuple(members.tolist()), value, max(0.0, bound - value), ties)


def _better(problem: Problem, *sets: Ints) -> Ints:
    return max(sets, key=lambda members: _value(problem, members))


def _value(problem: Problem, members: Ints) -> float:
    return float(problem.values(as_sets(members, len(problem), problem.size))[0])


def _smaller(problem: Problem, start: Ints) -> Problem:
    """Leave out sets so large that their penalty alone makes them no better than one at hand."""
    if problem.penalty <= 0:
        return problem
    most = (1 - _value(problem, start)) / problem.penalty
    # A set of n members is worth 1 - penalty (n - 1) at most.
    return replace(problem, size=min(problem.size, int(np.ceil(most - _ROUNDING))))


def _searched(
    problem: Problem, known: Sequence[tuple[int, ...]], seconds: float
) -> tuple[Ints | None, float]:
    """Look for the best set among those who can be in one; it, and the most there can be."""
    if problem.size < max(1, len(problem.forced)):
        return None, -np.inf
    kept = undominated(problem, 1 + len(known))
    # Sets with members that were left out cannot come again.
    inside = [members for members in known if np.isin(members, kept).all()]
    among = [tuple(np.searchsorted(kept, members).tolist()) for members in inside]
    small = problem.some(kept)
    if problem.size <= _PAIR and len(kept) ** 2 * len(problem.rules[0].shares) <= _FIGURES:
        chosen, bound = best_pair(small, among)
    else:
        chosen, bound = _run(small, among, max(_LEAST_SECONDS, seconds))
    return None if chosen is None else kept[chosen], bound


def _run(
    problem: Problem, known: Sequence[tuple[int, ...]], seconds: float
) -> tuple[Ints | None, float]:
    """Have the solver look for the best set; it, if one was found, and the most there can be."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    program, x = program_of(problem, known)
    found: Any = milp(
        -_SCALE * np.concatenate(program.gain),
        integrality=np.concatenate(program.whole),
        bounds=Bounds(0.0, 1.0),
        constraints=LinearConstraint(program.matrix(), -np.inf, np.array(program.limits)),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    bound = 1.0
    if found.status == _INFEASIBLE:
        bound = -np.inf
    elif found.mip_dual_bound is not None:
        bound = min(bound, problem.penalty - float(found.mip_dual_bound) / _SCALE)
    return None if found.x is None else np.flatnonzero(found.x[x] > 0.5), bound
