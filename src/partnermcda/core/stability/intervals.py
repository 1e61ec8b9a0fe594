"""How far one weight can move before the answer changes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal, TypeAlias

import numpy as np

from partnermcda.core import arguments
from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.blocks import Block, share_out, split, units
from partnermcda.core.stability.nearest import Nearest
from partnermcda.core.stability.pairs import Neighbors, Pairs, Rivals
from partnermcda.core.stability.parts import ScoreName
from partnermcda.core.stability.problem import Problem, pose
from partnermcda.errors import Finding, MethodError

Keep: TypeAlias = Literal["leader", "order"] | int
_CELLS: Final = 1 << 15
_FEWEST: Final = 16


@dataclass(frozen=True, slots=True, eq=False)
class Stability:
    """Between which weights the answer stands, and who changes it beyond.

    g parts of the weights, by default one a criterion; c cities, an axis that is missing where no
    first rows were given.

    Examples
    --------
    >>> found = stability(np.array([[0.9, 0.2], [0.5, 0.8]]), np.array([0.7, 0.3]),
    ...                   score="weighted_sum")
    >>> found.low.round(3), found.high.round(3), found.below, found.above
    (array([0.6, 0. ]), array([1. , 0.4]), array([ 1, -1]), array([-1,  1]))
    """

    low: Floats
    """(c, g) lowest weight; 0 where nothing changes beneath."""
    high: Floats
    """(c, g) highest weight; 1 where nothing changes beyond."""
    below: Ints
    """(c, g) row that comes to a better place beneath; -1 for nobody."""
    above: Ints
    """(c, g) row that comes to a better place beyond; -1 for nobody."""


def stability(
    r: Floats,
    weights: Floats,
    starts: Ints | None = None,
    *,
    keep: Keep = "leader",
    groups: Sequence[Sequence[int]] | None = None,
    score: ScoreName = "closeness",
    ideal: Floats | None = None,
    anti_ideal: Floats | None = None,
    p: float = 2,
    threads: int | None = None,
) -> Stability:
    r"""Find the weights between which the answer stands, and who changes it beyond.

    One weight is set to t and the others are rescaled alike to 1 - t; of a group, all its weights
    are rescaled alike to t in all.

    Parameters
    ----------
    r : (m, n) array
        Values; in every column more is better.
    weights : (n,) array
        Weights of the criteria, none negative; brought to sum 1.
    starts : (c,) array of int, optional
        First row of each city.
    keep : {"leader", "order"} or int
        What shall stand: who is first; everybody's place; or who the best k are, in any order.
    groups : sequence of sequences of int, optional
        Positions of criteria that move together, g groups; by default each moves by itself. A group
        without any weight shares it out alike once it has some, and so do the others where a
        group has all of it.
    score : {"closeness", "weighted_sum"}
        How actors are scored.
    ideal, anti_ideal : (n,) arrays, optional
        Fixed ideals; without them the best and the worst value of each column in each city.
    p : {1, 2}
        Norm of the distances.
    threads : int, optional
        How many threads may work; by default one for each core at hand.

    Returns
    -------
    Stability
        (c, g) arrays, or (g,) ones without `starts`. At an end two actors tie. Of those that are
        equal under the weights as they are the first row is ahead, and an interval may be that one
        weight. Where several come to a better place at once, one of them is named. Nobody in a city
        without actors.

    Raises
    ------
    MethodError
        If a value is NaN or infinite, or the arguments do not fit together.

    Notes
    -----
    With :math:`u = (t / (1 - t))^p` the distances of an actor are
    :math:`(d^\pm)^p = (1 - t)^p (u A^\pm + B^\pm)`, A from the criterion that moves and B from the
    others, so that a and b tie where
    :math:`(u A^-_a + B^-_a)(u A^+_b + B^+_b) = (u A^-_b + B^-_b)(u A^+_a + B^+_a)`: a quadratic
    in u, solved for every pair that matters. A weighted sum is linear in t. Pairs whose quadratic
    has three positive Bernstein coefficients between the ends found so far are passed over, as it
    has no root there.

    Who leads changes first with a pair of the leader, the best k with a pair across the cut, and
    the order with a pair of neighbors: other pairs need not be looked at.

    The idea for the weighted sum is in [1]_.

    References
    ----------
    .. [1] E. Triantaphyllou and A. Sánchez, "A sensitivity analysis approach for some
       deterministic multi-criteria decision-making methods", Decis. Sci. 28(1), 1997,
       :doi:`10.1111/j.1540-5915.1997.tb01306.x`.

    Examples
    --------
    >>> r = np.array([[1.0, 0.1], [0.6, 0.7], [0.1, 0.9]])
    >>> found = stability(r, np.array([0.5, 0.5]), keep="leader")
    >>> found.low.round(3), found.high.round(3), found.below, found.above
    (array([0.257, 0.42 ]), array([0.58 , 0.743]), array([2, 0]), array([0, 2]))
    """
    asked = pose(r, weights, starts, groups, score, ideal, anti_ideal, p)
    count = arguments.as_threads(threads)
    pairs = Neighbors(asked) if keep == "order" else Rivals(asked, _as_k(keep))
    found = Nearest(len(asked.parts.weights), len(asked.starts))
    pairs.begin(found)
    share_out(partial(_gather, pairs, found), list(_blocks(asked)), count)
    low, high, below, above = (
        np.full((asked.cities, len(asked.parts.weights)), nothing) for nothing in (0.0, 1.0, -1, -1)
    )
    low[asked.filled], high[asked.filled] = found.low.T, found.high.T
    below[asked.filled], above[asked.filled] = found.below.T, found.above.T
    if starts is None:
        return Stability(low[0], high[0], below[0], above[0])
    return Stability(low, high, below, above)


def weight_intervals(
    r: Floats,
    weights: Floats,
    *,
    starts: Ints | None = None,
    keep: Keep = "leader",
    groups: Sequence[Sequence[int]] | None = None,
    score: ScoreName = "closeness",
    ideal: Floats | None = None,
    anti_ideal: Floats | None = None,
    p: float = 2,
    threads: int | None = None,
) -> Floats:
    """Find the weights between which the answer stands.

    Parameters
    ----------
    r : (m, n) array
        Values; in every column more is better.
    weights : (n,) array
        Weights of the criteria, none negative; brought to sum 1.
    starts : (c,) array of int, optional
        First row of each city.
    keep : {"leader", "order"} or int
        What shall stand: who is first; everybody's place; or who the best k are, in any order.
    groups : sequence of sequences of int, optional
        Positions of criteria that move together, g groups; by default each moves by itself.
    score : {"closeness", "weighted_sum"}
        How actors are scored.
    ideal, anti_ideal : (n,) arrays, optional
        Fixed ideals; without them the best and the worst value of each column in each city.
    p : {1, 2}
        Norm of the distances.
    threads : int, optional
        How many threads may work; by default one for each core at hand.

    Returns
    -------
    (n, 2) or (c, n, 2) array
        Lowest and highest weight of each criterion, or of each group, the others rescaled alike.
        See :func:`stability`, which tells who takes over, too.

    Raises
    ------
    MethodError
        If a value is NaN or infinite, or the arguments do not fit together.

    Examples
    --------
    >>> r = np.array([[0.9, 0.2], [0.5, 0.8]])
    >>> weight_intervals(r, np.array([0.7, 0.3]), score="weighted_sum").round(3)
    array([[0.6, 1. ],
           [0. , 0.4]])
    """
    found = stability(
        r,
        weights,
        starts,
        keep=keep,
        groups=groups,
        score=score,
        ideal=ideal,
        anti_ideal=anti_ideal,
        p=p,
        threads=threads,
    )
    return np.stack((found.low, found.high), axis=-1)


def _as_k(keep: Keep) -> int:
    if isinstance(keep, str):
        arguments.one_of("stability.keep", keep, ("leader", "order"))
        return 1
    k = arguments.as_count(keep)
    if k < 1:
        raise MethodError(Finding("stability.none_kept", {"k": k}))
    return k


def _blocks(asked: Problem) -> Iterator[Block]:
    size = max(_CELLS // len(asked.parts.weights), _FEWEST)
    for unit in units(len(asked.r), asked.starts, size):
        if len(unit) <= size:
            yield unit
        else:
            yield from split(unit.first, unit.last, size)


def _gather(pairs: Pairs, found: Nearest, blocks: Iterable[Block]) -> None:
    for block in blocks:
        pairs(block, found)
