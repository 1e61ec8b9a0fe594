"""Every rank along the way of one weight from 0 to 1: where it changes, exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.stability.parts import ScoreName
from partnermcda.core.stability.problem import Problem, pose
from partnermcda.core.stability.roots import crossings
from partnermcda.errors import Finding, MethodError

_SAME: Final = 1e-12
"""Changes no further apart than this are one."""
_MOST: Final = 1 << 20
"""Most pairs of actors that are compared."""
_LARGEST: Final = 1 << 26
"""Most ranks that are laid out."""


@dataclass(frozen=True, slots=True, eq=False)
class WeightPath:
    """Ranks of q actors as one weight goes from 0 to 1.

    Examples
    --------
    >>> r = np.array([[1.0, 0.1], [0.6, 0.7], [0.1, 0.9]])
    >>> path = weight_path(r, np.array([0.5, 0.5]), [0], score="weighted_sum")
    >>> path.breaks.round(3), path.ranks
    (array([0.286, 0.471, 0.6  ]), array([[3, 2, 1],
           [3, 1, 2],
           [2, 1, 3],
           [1, 2, 3]]))
    """

    rows: Ints
    """(q,) the actors looked at."""
    breaks: Floats
    """(b,) weights at which one of them ties, rising, within (0, 1)."""
    ranks: Ints
    """(b + 1, q) their ranks before the first, between two of them, and beyond the last; those who
    are equal all the way share a rank."""


def weight_path(
    r: Floats,
    weights: Floats,
    group: Sequence[int],
    *,
    rows: Sequence[int] | Ints | None = None,
    score: ScoreName = "closeness",
    ideal: Floats | None = None,
    anti_ideal: Floats | None = None,
    p: float = 2,
) -> WeightPath:
    """Follow ranks as one weight goes from 0 to 1 and the others are rescaled alike.

    Parameters
    ----------
    r : (m, n) array
        Values of one city; in every column more is better.
    weights : (n,) array
        Weights of the criteria, none negative; brought to sum 1.
    group : sequence of int
        Position of the criterion that moves, or of several that move together.
    rows : sequence of int, optional
        Actors to look at, q of them, among all; without it everybody.
    score : {"closeness", "weighted_sum"}
        How actors are scored.
    ideal, anti_ideal : (n,) arrays, optional
        Fixed ideals; without them the best and the worst value of each column.
    p : {1, 2}
        Norm of the distances.

    Returns
    -------
    WeightPath

    Raises
    ------
    MethodError
        If a value is NaN or infinite, the arguments do not fit together, or more than a million
        pairs of actors would have to be compared.

    Notes
    -----
    An actor's rank changes only where it ties with somebody, and where that is has a closed form:
    see :func:`~partnermcda.core.stability.stability`. So nothing is sampled and no change missed.

    Examples
    --------
    >>> r = np.array([[1.0, 0.1], [0.6, 0.7], [0.1, 0.9]])
    >>> weight_path(r, np.array([0.5, 0.5]), [1], rows=[1]).ranks[:, 0]
    array([2, 1, 2])
    """
    asked = pose(r, weights, None, [group], score, ideal, anti_ideal, p)
    m = len(asked.r)
    looked = np.arange(m) if rows is None else _as_rows(rows, m)
    if len(looked) * m > _MOST:
        raise MethodError(Finding("stability.pairs", {"pairs": len(looked) * m, "most": _MOST}))
    terms = asked.terms(asked.r, np.zeros(1, dtype=np.int64))
    found = [crossings(terms[..., [i]], terms, asked.terms.p) for i in looked]
    breaks = _apart(np.concatenate([*found, np.empty(0)]))
    if (len(breaks) + 1) * m > _LARGEST:
        pieces = (len(breaks) + 1) * m
        raise MethodError(Finding("stability.ranks", {"ranks": pieces, "most": _LARGEST}))
    edges = np.concatenate(([0.0], breaks, [1.0]))
    return _ranked(asked, terms, looked, breaks, (edges[1:] + edges[:-1]) / 2)


def _ranked(
    asked: Problem, terms: Floats, looked: Ints, breaks: Floats, middles: Floats
) -> WeightPath:
    """Rank between all breaks, and leave out those at which nobody's rank changes."""
    ranks = np.array([_ranks(asked, terms, looked, t) for t in middles])
    changes = (ranks[1:] != ranks[:-1]).any(axis=1)
    return WeightPath(looked, breaks[changes], ranks[np.append(True, changes)])


def _ranks(asked: Problem, terms: Floats, looked: Ints, t: float) -> Ints:
    """1 and how many are ahead, by more than rounding."""
    p = asked.terms.p
    moved, rest = terms[:, :, 0]
    totals = moved * t**p + rest * (1 - t) ** p
    with np.errstate(all="ignore"):
        keys = totals[0] if len(totals) == 1 else totals[0] / (totals[0] + totals[1])
    keys[np.isnan(keys)] = 0.5
    order = np.sort(keys)
    margin = _SAME * max(float(np.abs(order[[0, -1]]).max()), float(np.finfo(float).tiny))
    ahead = len(order) - np.searchsorted(order, keys[looked] + margin, "right")
    return np.asarray(1 + ahead)


def _apart(found: Floats) -> Floats:
    """Take changes that are apart by rounding alone as one."""
    rising = np.sort(found)
    return np.asarray(rising[np.diff(rising, prepend=-1.0) > _SAME])


def _as_rows(rows: Sequence[int] | Ints, m: int) -> Ints:
    looked = np.asarray(rows)
    whole = looked.ndim == 1 and looked.dtype.kind in "iu"
    if not whole or not ((looked >= 0) & (looked < m)).all():
        raise MethodError(Finding("stability.rows", {"m": m}))
    return looked
