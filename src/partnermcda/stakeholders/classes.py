"""Quadrants of power and interest, classes of salience: the ones an actor is or may be in."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from partnermcda.core.arrays import Bools, Texts
from partnermcda.stakeholders.attributes import Standing

UNDECIDED: Final = "undecided"
QUADRANTS: Final[Mapping[tuple[bool, ...], str]] = {
    (True, True): "manage_closely",
    (True, False): "keep_satisfied",
    (False, True): "keep_informed",
    (False, False): "monitor",
}
"""By power and interest."""
CLASSES: Final[Mapping[tuple[bool, ...], str]] = {
    (True, True, True): "definitive",
    (True, True, False): "dominant",
    (True, False, True): "dangerous",
    (False, True, True): "dependent",
    (True, False, False): "dormant",
    (False, True, False): "discretionary",
    (False, False, True): "demanding",
    (False, False, False): "none",
}
"""By power, legitimacy and urgency."""


def placed(
    standings: Sequence[Standing], names: Mapping[tuple[bool, ...], str], threshold: float
) -> tuple[Texts, Texts]:
    """Find the class each actor is in, and all it may be in.

    Parameters
    ----------
    standings : sequence of Standing
        The attributes the classes are made of, each of m actors.
    names : mapping of tuple of bool to str
        Class by whether each attribute is held: all there are.
    threshold : float
        From this value on an attribute is held.

    Returns
    -------
    one, all : (m,) arrays of str
        The class, ``undecided`` where it may be several; and all it may be in, with semicolons.

    Notes
    -----
    An attribute is held for sure where its lowest value reaches the threshold, and may be held
    where its highest does. Attributes that rest on different criteria, as those of the catalog
    do, take any values together, so every class told is possible and no other is.

    Examples
    --------
    >>> sure, open_ = np.array([0.9, 0.2]), np.array([0.0, 0.0])
    >>> power = Standing(sure, sure, sure, np.zeros(2, bool))
    >>> interest = Standing(open_, open_ + 0.5, np.array([1.0, 0.4]), np.ones(2, bool))
    >>> placed([power, interest], QUADRANTS, 0.5)
    (array(['undecided', 'monitor'], dtype=object),
     array(['manage_closely; keep_satisfied', 'monitor'], dtype=object))
    """
    every = [*names.values()]
    # What is possible is the same for many, so it is put in words once for each pattern.
    codes = _possible(standings, list(names), threshold) @ (1 << np.arange(len(every)))
    patterns, of_actor = np.unique(codes, return_inverse=True)
    lists = [[n for j, n in enumerate(every) if pattern >> j & 1] for pattern in patterns.tolist()]
    one = [found[0] if len(found) == 1 else UNDECIDED for found in lists]
    joined = ["; ".join(found) for found in lists]
    return np.array(one, dtype=object)[of_actor], np.array(joined, dtype=object)[of_actor]


def _possible(
    standings: Sequence[Standing], names: Sequence[tuple[bool, ...]], threshold: float
) -> Bools:
    """(m, classes) whether an actor may be in a class."""
    may = [(standing.low < threshold, standing.high >= threshold) for standing in standings]
    columns = [
        np.logical_and.reduce([sides[held] for sides, held in zip(may, name, strict=True)])
        for name in names
    ]
    return np.stack(columns, axis=1)
