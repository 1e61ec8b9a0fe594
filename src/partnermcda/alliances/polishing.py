"""Small steps on a coalition: exchanges that make it better, or as good with earlier ids."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from partnermcda.alliances.rules import Problem
from partnermcda.core.arrays import Floats, Ints

_EQUAL: Final = 1e-9
"""Values no further apart are equal."""
_WORK: Final = 8_000_000
"""Figures looked at in a step from each start; more starts than this allows are not made."""


def best_nearby(problem: Problem, known: Sequence[tuple[int, ...]]) -> Ints | None:
    """Improve several sets step by step, each begun with who is best at one of the needs.

    Parameters
    ----------
    problem : Problem
        With m candidates.
    known : sequence of tuple of int
        Sets that shall not be found again.

    Returns
    -------
    (t,) array of int or None
        Members of the best set found; None if there was none.
    """
    strongest = {int(rule.shares.mean(axis=0).argmax()) for rule in problem.rules}
    states = len(problem.rules[0].shares)
    step = len(problem) * problem.size**2 * states * len(problem.rules)
    starts = sorted(strongest - set(problem.forced.tolist()))[: max(1, _WORK // step)]
    begun = [problem.forced, *(np.append(problem.forced, i) for i in starts)]
    found = [polished(problem, np.sort(members), known)[0] for members in begun]
    row = {tuple(members.tolist()) for members in found if len(members)}
    values = {members: _value(problem, np.array(members), set(known)) for members in row}
    top = min(values, key=lambda members: (-values[members], members), default=())
    return np.array(top, dtype=np.int64) if values.get(top, -np.inf) > -np.inf else None


def best_pair(problem: Problem, known: Sequence[tuple[int, ...]]) -> tuple[Ints | None, float]:
    """Find the best set of one or two members by looking at all of them.

    Parameters
    ----------
    problem : Problem
        With m candidates.
    known : sequence of tuple of int
        Sets that shall not be found again.

    Returns
    -------
    members : (t,) array of int or None
        None if no set is allowed.
    value : float
        What it is worth.
    """
    m = len(problem)
    first, second = np.triu_indices(m)
    # One with itself stands for one alone.
    sets = np.column_stack([first, np.where(first == second, m, second)])[:, : problem.size]
    sets = sets[first == second] if problem.size == 1 else sets
    sets = sets[problem.allowed(sets)]
    left_out = set(known)
    for i in np.argsort(-problem.values(sets), kind="stable"):
        members = _members(problem, sets[i])
        if tuple(members.tolist()) not in left_out:
            return members, _value(problem, members, left_out)
    return None, -np.inf


def polished(problem: Problem, start: Ints, known: Sequence[tuple[int, ...]]) -> tuple[Ints, int]:
    """Improve a set by adding, leaving out or exchanging one member at a time.

    Parameters
    ----------
    problem : Problem
        With m candidates.
    start : (t,) array of int
        Members to start with, in order; perhaps none.
    known : sequence of tuple of int
        Sets that shall not be found again.

    Returns
    -------
    members : (t,) array of int
        No worse than the start; among sets one exchange apart that are as good, the smaller one,
        then the one with the earlier members. The start itself where no step is allowed.
    ties : int
        How many sets one exchange apart are as good.
    """
    left_out = set(known)
    at, value = start, _value(problem, start, left_out)
    while True:
        sets, values = _neighbors(problem, at, left_out)
        top = max(value, float(values.max(initial=-np.inf)))
        equal = [_members(problem, sets[i]) for i in np.flatnonzero(values >= top - _EQUAL)]
        stays = value >= top - _EQUAL
        first = min([*equal, *([at] if stays else [])], key=_early, default=at)
        if first is at:
            return at, len(equal)
        at, value = first, max(value, _value(problem, first, left_out))


def _early(members: Ints) -> tuple[int, tuple[int, ...]]:
    return len(members), tuple(members.tolist())


def _members(problem: Problem, row: Ints) -> Ints:
    return np.sort(row[row < len(problem)])


def _value(problem: Problem, members: Ints, known: set[tuple[int, ...]]) -> float:
    if not 0 < len(members) <= problem.size or tuple(members.tolist()) in known:
        return -np.inf
    row = np.full((1, problem.size), len(problem))
    row[0, : len(members)] = members
    return float(problem.values(row)[0]) if problem.allowed(row)[0] else -np.inf


def _neighbors(problem: Problem, members: Ints, known: set[tuple[int, ...]]) -> tuple[Ints, Floats]:
    """All sets allowed that differ in one member, and what they are worth."""
    m, t = len(problem), len(members)
    width = max(min(problem.size, t + 1), t, 1)
    others = np.setdiff1d(np.arange(m), members)
    blocks = []
    for i in range(t):
        left = np.delete(members, i)
        blocks.append(_rows(left, [m], m, width))
        blocks.append(_rows(left, others, m, width))
    if t < width:
        blocks.append(_rows(members, others, m, width))
    sets = np.vstack(blocks)
    sets = sets[problem.allowed(sets)]
    if known:
        fresh = [tuple(_members(problem, row).tolist()) not in known for row in sets]
        sets = sets[np.array(fresh, dtype=bool)]
    return sets, problem.values(sets)


def _rows(members: Ints, last: Ints | list[int], nobody: int, width: int) -> Ints:
    rows = np.full((len(last), width), nobody)
    rows[:, : len(members)] = members
    rows[:, -1] = last
    return rows
