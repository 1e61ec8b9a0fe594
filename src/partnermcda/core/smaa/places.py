"""Places of actors under draws; equals share theirs."""

from typing import NamedTuple

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.core.order import descending
from partnermcda.core.ranks import TOLERANCE
from partnermcda.core.smaa.scoring import Drawn, Known


class Places(NamedTuple):
    """Where actors stand, in groups that were sorted each by itself."""

    first: Ints
    """Best place of an actor and its equals, from 0."""
    equals: Ints
    """How many they are, the actor included."""
    unsure: Bools
    """By group: whether scores lie so near the tolerance that their last bits decide."""


def places(scores: Floats, sizes: Ints, slack: float) -> Places:
    """Find the places of actors.

    Parameters
    ----------
    scores : (k,) array
        Scores, group after group; at most 65,536 groups.
    sizes : (g,) array of int
        Actors of each group, none empty.
    slack : float
        How far a score can be off.

    Returns
    -------
    Places
        (k,) places and numbers of equals, and (g,) whether they are unsure.

    Examples
    --------
    >>> found = places(np.array([0.3, 0.9, 0.1 + 0.2, 0.1]), np.array([4]), 0.0)
    >>> found.first, found.equals
    (array([1, 0, 1, 3]), array([2, 1, 2, 1]))
    """
    if not len(scores):
        none = np.empty(0, dtype=np.int64)
        return Places(none, none, np.zeros(0, dtype=bool))
    order, fresh = descending(scores, sizes, TOLERANCE)
    edges = np.flatnonzero(fresh)
    counts = np.diff(edges, append=len(scores))
    group = np.repeat(np.arange(len(sizes)), sizes)
    begins = np.repeat(np.cumsum(sizes) - sizes, sizes)
    first, equals = np.empty((2, len(scores)), dtype=np.int64)
    first[order] = np.repeat(edges, counts) - begins
    equals[order] = np.repeat(counts, counts)
    unsure = np.zeros(len(sizes), dtype=bool)
    if slack:
        ordered = scores[order]
        near = np.abs(ordered[:-1] - ordered[1:] - TOLERANCE) < slack
        unsure[group[1:][near]] = True
    return Places(first, equals, unsure)


def settled(scores: Known | Drawn, some: slice, rows: int) -> Places:
    """Find the places of the actors of one city under some draws, exactly.

    Parameters
    ----------
    scores : Known or Drawn
        Of the city.
    some : slice
        b draws.
    rows : int
        Actors of the city.

    Returns
    -------
    Places
        (b * rows,) places and numbers of equals, draw after draw.
    """
    taken = scores.take(some)
    sizes = np.full(len(taken), rows)
    found = places(taken.reshape(-1), sizes, scores.slack)
    unsure = np.flatnonzero(found.unsure)
    if isinstance(scores, Known) and len(unsure):
        taken[unsure] = scores.exactly(some.start + unsure)
        found = places(taken.reshape(-1), sizes, 0.0)
    return found
