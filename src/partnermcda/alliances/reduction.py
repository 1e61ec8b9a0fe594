"""Candidates without whom the best coalitions are as good."""

import numpy as np

from partnermcda.alliances.rules import Bridge, Problem, Rule, Union
from partnermcda.core.arrays import Bools, Floats, Ints

_BLOCK = 128
"""Candidates compared at a time with all others, so that memory stays small."""


def undominated(problem: Problem, best: int = 1) -> Ints:
    """Find the candidates among whom the best sets are.

    Parameters
    ----------
    problem : Problem
        With m candidates.
    best : int
        How many sets are wanted.

    Returns
    -------
    (r,) array of int
        Positions, in order.

    Notes
    -----
    A candidate is dominated by one who brings at least as much of everything in every state,
    costs no more, stands on no side of a bridge where the other does not, and is in no pair that
    cannot work together; of two alike the first dominates. A set with a dominated member has at
    most ``size - 1`` of those who dominate it, so any other of them can take its place at no loss.
    With ``size - 1 + best`` of them there are `best` sets at least as good, all of which come
    first where sets are ordered by value and then by their members' places in dominance: so none
    of the best sets needs that candidate.
    """
    brought, sides = _brought(problem), _sides(problem)
    m = len(problem)
    enough = problem.size - 1 + best
    bound = np.zeros(m, dtype=bool)
    bound[problem.forced] = True
    paired = np.zeros(m, dtype=bool)
    paired[[i for pair in problem.pairs for i in pair]] = True
    if m <= enough:
        return np.arange(m)
    able = ~paired
    counts = np.zeros(m, dtype=np.int64)
    for start in range(0, m, _BLOCK):
        rows = np.arange(start, min(start + _BLOCK, m))
        counts[rows] = _dominators(brought, sides, able, rows)
    return np.flatnonzero((counts < enough) | bound)


def _dominators(brought: Floats, sides: Bools, able: Bools, rows: Ints) -> Ints:
    """Count who dominates each of some candidates."""
    better = np.broadcast_to(able, (len(rows), len(able))).copy()
    same = np.ones_like(better)
    for column in brought.T:
        mine = column[rows, None]
        better &= column >= mine
        same &= column == mine
    for side in sides.T:
        better &= ~side | side[rows, None]
        same &= side == side[rows, None]
    earlier = np.arange(len(able)) < rows[:, None]
    # Two alike dominate one another, so only the first of them counts.
    alike_and_later = same & ~earlier
    return np.asarray((better & ~alike_and_later).sum(axis=1))


def _brought(problem: Problem) -> Floats:
    """All that is good in a candidate, each column the more the better; (m, p)."""
    parts = [_of_rule(rule) for rule in problem.rules]
    return np.column_stack([*parts, -problem.cost])


def _of_rule(rule: Rule) -> Floats:
    # More than the need is no better, for the sum neither: it is capped there.
    shares = np.minimum(1.0, rule.shares).T
    if isinstance(rule, Union):
        return np.column_stack([shares, rule.districts])
    return np.asarray(shares)


def _sides(problem: Problem) -> Bools:
    sides = [rule.sides for rule in problem.rules if isinstance(rule, Bridge)]
    return np.column_stack([np.zeros((len(problem), 0), dtype=bool), *sides])
