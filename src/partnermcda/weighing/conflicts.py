"""Whether statements about weights can be kept together, and which of them cannot."""

import math
from collections.abc import Sequence
from itertools import count
from typing import Final

import numpy as np

from partnermcda.core.arrays import Floats
from partnermcda.errors import Finding, WeightsError
from partnermcda.weighing.space_statements import Statement

_CLOSE: Final = 1e-9
"""Room below this is none: what linear programs can tell apart."""
_MOST_ROUNDS: Final = 60
"""Of the search for the smallest set."""


def inner_weights(statements: Sequence[Statement], n: int) -> Floats:
    r"""Find weights that keep all statements with as much room as there is.

    Parameters
    ----------
    statements : sequence of Statement
    n : int
        Number of weights.

    Returns
    -------
    (n,) array
        None negative, summing to 1.

    Raises
    ------
    WeightsError
        With a smallest set of statements that cannot be kept together, or that together leave
        no room where each by itself does.

    Notes
    -----
    The room is the optimum of a linear program: the largest t such that every inequality, those
    of weights not being negative among them, holds by t. Where there is none, the smallest set is
    searched for by hitting sets [1]_: whatever clashes has a statement of each set that must go
    for the rest to be kept, so the fewest that have are tried, and give one such set more until
    they clash. After sixty rounds statements are left out one by one instead, and what is then
    named is a set of which none can be spared, though there may be a smaller one.

    References
    ----------
    .. [1] A. Ignatiev, A. Previti, M. Liffiton and J. Marques-Silva, "Smallest MUS extraction with
       minimal hitting set dualization", CP 2015, LNCS 9255, Springer, 2015, pp. 173-182.
    """
    if not statements:
        return np.full(n, 1 / n)
    room, weights = _room(statements, n)
    if room > _CLOSE:
        return _exact(weights, statements)
    least = -_CLOSE if room < -_CLOSE else _CLOSE
    clash = _fewest(statements, n, least) or _thinned(statements, n, least)
    texts = {"count": len(clash), "statements": ", ".join(one.text for one in clash)}
    raise WeightsError(Finding("draws.conflict" if room < -_CLOSE else "draws.no_room", texts))


def _room(statements: Sequence[Statement], n: int) -> tuple[float, Floats]:
    """By how much all inequalities can hold at once; below 0 where they cannot."""
    from scipy.optimize import linprog

    loose = [one for one in statements if not one.equal]
    tight = [one for one in statements if one.equal]
    fixed = np.any([one.row != 0 for one in tight if one.fixed], axis=0) | np.zeros(n, dtype=bool)
    rows = np.concatenate((np.reshape([one.row for one in loose], (-1, n)), -np.eye(n)[~fixed]))
    most = np.concatenate(([one.most for one in loose], np.zeros(np.count_nonzero(~fixed))))
    # What is said of fixed weights alone holds or not, but needs no room.
    needs_room = (rows[:, ~fixed] != 0).any(axis=1)
    equations = np.stack([np.ones(n), *(one.row for one in tight)])
    found = linprog(
        np.append(np.zeros(n), -1.0),
        A_ub=np.column_stack((rows, needs_room)),
        b_ub=most,
        A_eq=np.column_stack((equations, np.zeros(len(equations)))),
        b_eq=[1.0, *(one.most for one in tight)],
        bounds=[(0, None)] * n + [(None, 1)],
        method="highs",
    )
    if found.status != 0:
        return -math.inf, np.full(n, np.nan)
    return float(found.x[-1]), np.asarray(found.x[:-1])


def _exact(weights: Floats, statements: Sequence[Statement]) -> Floats:
    """Meet equations to the last bits, which linear programs do not."""
    tight = [one for one in statements if one.equal]
    equations = np.stack([np.ones(len(weights)), *(one.row for one in tight)])
    off = np.array([1.0, *(one.most for one in tight)]) - equations @ weights
    return np.asarray(weights + np.linalg.lstsq(equations, off)[0])


def _fewest(statements: Sequence[Statement], n: int, least: float) -> list[Statement] | None:
    """Find the fewest statements that clash; None where the search takes too long."""
    missed: list[frozenset[int]] = []
    for _ in range(_MOST_ROUNDS):
        few = next(found for size in count() if (found := _hitting(missed, size)) is not None)
        if _clash([statements[i] for i in few], n, least):
            return [statements[i] for i in sorted(few)]
        grown = set(few)
        for i in range(len(statements)):
            if not _clash([statements[j] for j in grown | {i}], n, least):
                grown.add(i)
        missed.append(frozenset(range(len(statements))) - grown)
    return None


def _hitting(sets: Sequence[frozenset[int]], most: int) -> frozenset[int] | None:
    """Choose a few that no set goes without."""
    if not sets:
        return frozenset()
    smallest: frozenset[int] = min(sets, key=len)
    for one in sorted(smallest) if most else ():
        rest = _hitting([other for other in sets if one not in other], most - 1)
        if rest is not None:
            return rest | {one}
    return None


def _thinned(statements: Sequence[Statement], n: int, least: float) -> list[Statement]:
    """Leave out each statement without which the others still clash."""
    kept = list(statements)
    for one in statements:
        others = [other for other in kept if other is not one]
        kept = others if _clash(others, n, least) else kept
    return kept


def _clash(statements: Sequence[Statement], n: int, least: float) -> bool:
    return _room(statements, n)[0] <= least
