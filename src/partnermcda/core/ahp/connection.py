"""Whether the judgements that were asked link all the things compared."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from partnermcda.core.arrays import Bools, Floats
from partnermcda.errors import Finding, JudgementsError, capped


class Parting(NamedTuple):
    """A matrix whose judgements leave groups of rows without a comparison between them."""

    matrix: int
    """Position of the matrix in the flattened stack."""
    parts: tuple[tuple[int, ...], ...]
    """Positions of the rows of each group."""


def connected(asked: Bools) -> Bools:
    """Tell whether each thing is linked to each other, directly or through others.

    Parameters
    ----------
    asked : (..., j, j) array of bool
        Whether a pair was asked; symmetric. The diagonal is not looked at.

    Returns
    -------
    (...) array of bool

    Examples
    --------
    >>> bool(connected(np.array([[True, False], [False, True]])))
    False
    """
    reached = np.zeros(asked.shape[:-1], dtype=bool)
    reached[..., 0] = True
    for _ in range(asked.shape[-1] - 1):
        further = reached | (asked & reached[..., None]).any(axis=-2)
        if (further == reached).all():
            break
        reached = further
    return np.asarray(reached.all(axis=-1))


def connected_parts(asked: Bools) -> tuple[tuple[int, ...], ...]:
    """Group the things compared by the links between them.

    Parameters
    ----------
    asked : (j, j) array of bool
        Whether a pair was asked; symmetric. The diagonal is not looked at.

    Returns
    -------
    tuple of tuples of int
        Positions of each group, rising; one group where everything is linked.

    Examples
    --------
    >>> asked = np.eye(4, dtype=bool)
    >>> asked[0, 2] = asked[2, 0] = True
    >>> connected_parts(asked)
    ((0, 2), (1,), (3,))
    """
    left, parts = list(range(len(asked))), []
    while left:
        part, edge = {left[0]}, [left[0]]
        while edge:
            linked = set(np.flatnonzero(asked[edge.pop()]).tolist()) - part
            part |= linked
            edge += linked
        parts.append(tuple(sorted(part)))
        left = [place for place in left if place not in part]
    return tuple(parts)


def partings(a: Floats) -> Iterator[Parting]:
    """Find every matrix whose judgements do not link all its rows.

    Parameters
    ----------
    a : (..., j, j) array
        Pairwise matrices, NaN = not asked.

    Yields
    ------
    Parting
    """
    asked = ~np.isnan(a).reshape(-1, *a.shape[-2:])
    for matrix in np.flatnonzero(~connected(asked)).tolist():
        yield Parting(matrix, connected_parts(asked[matrix]))


def require_connected(a: Floats) -> None:
    """Refuse matrices whose judgements do not link all their rows, naming the groups.

    Parameters
    ----------
    a : (..., j, j) array
        Pairwise matrices, NaN = not asked.

    Raises
    ------
    JudgementsError
    """
    if faults := [_told(parting) for parting in partings(a)]:
        raise JudgementsError(capped(faults))


def _told(parting: Parting) -> Finding:
    groups = [", ".join(str(place + 1) for place in part) for part in parting.parts]
    one, other = (part[0] + 1 for part in parting.parts[:2])
    details = {"matrix": parting.matrix + 1, "parts": " | ".join(groups)}
    return Finding("ahp.not_linked", {**details, "one": one, "other": other})
