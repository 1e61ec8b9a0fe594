"""The smallest change of the weight vector by which another actor draws level with the leader."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from partnermcda.core import arguments
from partnermcda.core.aggregation import closeness
from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.nearest.bracket import nearest_tie
from partnermcda.core.nearest.halfspace import DISTANCES, Distance, nearest_in_halfspace
from partnermcda.core.nearest.ties import Duel
from partnermcda.core.ranks import TOLERANCE
from partnermcda.core.segments import segment_sizes
from partnermcda.core.sums import weighted_sum

_SCORES: Final = ("closeness", "weighted_sum")


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """How far weights have to move, in each of c cities, for the leader to lead alone no more.

    Examples
    --------
    >>> change = smallest_change(np.array([[0.9, 0.2], [0.4, 0.8]]), np.array([0.6, 0.4]),
    ...                          score="weighted_sum")
    >>> change.leader, change.rival, change.distance.round(3), change.weights.round(3)
    (array([0]), array([1]), array([0.109]), array([[0.545, 0.455]]))
    """

    leader: Ints
    """(c,) row of the leader; -1 in a city without actors."""
    rival: Ints
    """(c,) row of who draws level with it; -1 where nobody was found."""
    weights: Floats
    """(c, n) nearest weights under which it does; NaN where there are none."""
    distance: Floats
    """(c,) how far they are from those given; infinite where there are none."""
    low: Floats
    """(c,) no weights nearer than this will do. Equal to `distance` for the weighted sum."""


def smallest_change(
    r: Floats,
    weights: Floats,
    *,
    norm: Distance = "l1",
    starts: Ints | None = None,
    score: str = "closeness",
    ideal: Floats | None = None,
    anti_ideal: Floats | None = None,
) -> Change:
    r"""Find the nearest weights under which another actor is at least as good as the leader.

    Parameters
    ----------
    r : (m, n) array
        Values; in every column more is better.
    weights : (n,) array
        Weights, none negative; brought to sum 1.
    norm : {"l1", "l2"}
        How a change is measured: :math:`\sum_j |v_j - w_j|`, twice the weight that is moved, or
        :math:`\sqrt{\sum_j (v_j - w_j)^2}`.
    starts : (c,) array of int, optional
        First row of each city.
    score : {"closeness", "weighted_sum"}
        Euclidean closeness, or the weighted sum.
    ideal, anti_ideal : (n,) arrays, optional
        Fixed ideals; without them the best and the worst value of each column in each city.

    Returns
    -------
    Change

    Raises
    ------
    MethodError
        If a value is not finite, or the arguments do not fit together.

    Notes
    -----
    The weights under which one rival is at least as good are a half-space for the weighted sum,
    so the nearest of them is exact (:func:`~partnermcda.core.nearest.halfspace`), and the nearest
    rival gives the answer [1]_. For closeness they are bounded by a surface of the fourth degree.
    There, ties are found by going from one linear approximation to the next, each confirmed by
    scoring, and nearer ones are excluded by a proof: the true distance lies between `low` and
    `distance`, of which `low` is 90 % or more as a rule. Equals are a change of 0.

    References
    ----------
    .. [1] T. Wolters and B. Mareschal, "Novel types of sensitivity analysis for additive MCDM
       methods", Eur. J. Oper. Res. 81(2), 1995.

    Examples
    --------
    >>> r = np.array([[0.9, 0.2, 0.5], [0.4, 0.8, 0.5]])
    >>> change = smallest_change(r, np.array([0.5, 0.3, 0.2]), score="weighted_sum")
    >>> change.distance.round(3), change.weights.round(3), change.rival
    (array([0.127]), array([[0.436, 0.364, 0.2  ]]), array([1]))
    """
    r = np.asarray(arguments.as_values(r), dtype=float)
    m, n = r.shape
    arguments.one_of("change.measure", norm, DISTANCES)
    arguments.one_of("change.score", score, _SCORES)
    w = arguments.as_weights(np.reshape(weights, -1), n)[0]
    # First by the largest, as a sum of large weights can overflow.
    w = w / w.max()
    w = w / w.sum()
    first = arguments.as_starts(starts, m)
    points = [None if z is None else arguments.as_point(z, n) for z in (ideal, anti_ideal)]
    if score == "closeness":
        scores = closeness(r, w, first, ideal=points[0], anti_ideal=points[1])
    else:
        scores = weighted_sum(r, w)
    sizes = segment_sizes(m, first)
    begin = np.cumsum(sizes) - sizes
    cities = [slice(b, b + size) for b, size in zip(begin, sizes, strict=True)]
    found = [_of_city(r[rows], scores[rows], w, norm, score, points) for rows in cities]
    leader, rival, nearest, distance, low = (np.array(part) for part in zip(*found, strict=True))
    # Rows of a city become rows of all; nobody stays nobody.
    leader, rival = (np.where(place < 0, -1, place + begin) for place in (leader, rival))
    return Change(leader, rival, nearest, distance, low)


def _of_city(
    r: Floats,
    scores: Floats,
    weights: Floats,
    norm: Distance,
    score: str,
    points: list[Floats | None],
) -> tuple[int, int, Floats, float, float]:
    """Leader, rival, weights, distance and what it is at least; places counted from the first."""
    nowhere = np.full(len(weights), np.nan)
    if len(r) < 2:
        return len(r) - 1, -1, nowhere, np.inf, np.inf
    leader = int(scores.argmax())
    level = scores >= scores[leader] - TOLERANCE
    level[leader] = False
    if level.any():
        return leader, int(level.argmax()), weights, 0.0, 0.0
    others = np.delete(np.arange(len(r)), leader)
    if score == "weighted_sum":
        far, found = nearest_in_halfspace(weights, r[others] - r[leader], norm)
        best = int(far.argmin())
        if np.isinf(far[best]):
            return leader, -1, nowhere, np.inf, np.inf
        return leader, int(others[best]), found[best], float(far[best]), float(far[best])
    ideal = r.max(axis=0) if points[0] is None else points[0]
    anti_ideal = r.min(axis=0) if points[1] is None else points[1]
    up, down = (r - anti_ideal) ** 2, (r - ideal) ** 2
    duel = Duel(weights, norm, up[leader], down[leader], up[others], down[others])
    low, distance, nearest, rival = nearest_tie(duel)
    return leader, -1 if rival < 0 else int(others[rival]), nearest, distance, low
