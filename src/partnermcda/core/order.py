"""Sort scores: exactly, equals in the order of their rows, many cities at once."""

import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from partnermcda.core.arguments import as_starts
from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.core.blocks import units
from partnermcda.core.segments import segment_sizes
from partnermcda.errors import Finding, MethodError

BLOCK: Final = 32_768
"""Most rows of several cities that are sorted together: they stay in the cache, and 16 bits hold
the number of a city, by which numpy sorts in linear time."""

_FEW: Final = 2_048
_ALL_BUT_SIGN: Final = np.int64(2**63 - 1)


def as_scores(scores: Floats, starts: Ints | None = None) -> Floats:
    """Take scores as they lie.

    Parameters
    ----------
    scores : (m,) or (s, m) array
        float32 stays float32, anything else becomes float64.
    starts : (c,) array of int, optional
        First row of each city; such scores must be (m,).

    Returns
    -------
    (m,) or (s, m) array

    Raises
    ------
    MethodError
        If the shape is another, or a score is NaN.
    """
    scores = np.asarray(scores)
    if scores.dtype != np.float32:
        scores = np.asarray(scores, dtype=float)
    if scores.ndim != 1 and (scores.ndim != 2 or starts is not None):
        raise MethodError(Finding("core.rank_shape", {"shape": scores.shape}))
    if math.isnan(np.maximum.reduce(scores, axis=None, initial=-np.inf)):
        places = np.argwhere(np.isnan(scores))[:, -1]
        raise MethodError(Finding("core.rank_nan", row=int(places[0]) + 1, more=len(places) - 1))
    return scores


def as_tolerance(tolerance: float) -> float:
    """Take a distance up to which scores are equal.

    Parameters
    ----------
    tolerance : float

    Returns
    -------
    float

    Raises
    ------
    MethodError
        If it is negative or NaN.
    """
    if not tolerance >= 0:
        raise MethodError(Finding("core.tolerance", {"tolerance": tolerance}))
    return tolerance


def whole_cities(m: int, starts: Ints | None, rows: int = BLOCK) -> Iterator[tuple[slice, Ints]]:
    """Group cities up to a number of rows; a city with more stands alone.

    Parameters
    ----------
    m : int
        Number of rows in all.
    starts : (c,) array of int or None
        First row of each city, rising from 0; None for a single one. Empty cities are left out.
    rows : int
        Rows in a group, unless it is a single city.

    Yields
    ------
    slice, (q,) array of int
        Rows of a group, and how many each of its cities has.

    Raises
    ------
    MethodError
        If `starts` does not rise from 0, or reaches beyond the rows.

    Examples
    --------
    >>> list(whole_cities(4, np.array([0, 1, 1])))
    [(slice(0, 4, None), array([1, 3]))]
    """
    first = None if m == 0 else as_starts(starts, m)
    if first is not None:
        for unit in units(m, first, rows):
            yield slice(unit.first, unit.last), segment_sizes(len(unit), unit.starts)
    elif m > 0:
        yield slice(0, m), np.array([m])


def ascending(t: Floats) -> tuple[Ints, Floats]:
    """Sort numbers; equals keep their order.

    Parameters
    ----------
    t : (m,) array
        Numbers, none NaN.

    Returns
    -------
    order : (m,) array of int
        Where each number of the sorted ones stood.
    ordered : (m,) array
        The sorted numbers.

    Notes
    -----
    ``np.sort`` is three times faster than ``np.argsort``. So the bits of a float, which rise with
    it once those of negative ones are turned round, are sorted with the row in place of the last
    of them; the few numbers that differ only in bits replaced are then sorted among themselves.

    Examples
    --------
    >>> ascending(np.array([0.5, 0.1, 0.5, -2.0]))
    (array([3, 1, 0, 2]), array([-2. ,  0.1,  0.5,  0.5]))
    """
    t = np.add(t, 0.0, dtype=float)  # -0.0 becomes 0.0
    if len(t) < _FEW:
        order = t.argsort(kind="stable")
        return order, t[order]
    rows = (1 << (len(t) - 1).bit_length()) - 1
    bits = t.view(np.int64)
    keys = bits >> 63
    keys &= _ALL_BUT_SIGN
    keys ^= bits
    keys &= ~rows
    keys |= np.arange(len(t))
    keys.sort()
    order = keys & rows
    ordered = t[order]
    if (ordered[1:] < ordered[:-1]).any():
        alike = (keys[1:] ^ keys[:-1]) <= rows
        unsure = np.flatnonzero(np.append(alike, False) | np.append(False, alike))
        order[unsure] = order[unsure][np.argsort(ordered[unsure], kind="stable")]
        ordered[unsure] = t[order[unsure]]
    return order, ordered


def by_city(order: Ints, sizes: Ints) -> Ints:
    """Bring sorted rows into the order of their cities.

    Parameters
    ----------
    order : (m,) array of int
        Rows, sorted; or as many times m, then row i and row m + i are in the same city.
    sizes : (c,) array of int
        Rows of each city, no more than 65,536 cities.

    Returns
    -------
    (m,) array of int
        City after city, sorted within each as before.

    Examples
    --------
    >>> by_city(np.array([3, 1, 0, 2]), np.array([2, 2]))
    array([1, 0, 3, 2])
    """
    if len(sizes) == 1:
        return order
    city = np.repeat(np.arange(len(sizes), dtype=np.uint16), sizes)
    return order[np.argsort(city.take(order, mode="wrap"), kind="stable")]


def descending(scores: Floats, sizes: Ints, tolerance: float) -> tuple[Ints, Bools]:
    """Sort scores within each city, the best first; equals keep their order.

    Parameters
    ----------
    scores : (m,) array
        Scores, none NaN.
    sizes : (c,) array of int
        Rows of each city, none empty.
    tolerance : float
        Neighbors in this order that are no further apart are equal.

    Returns
    -------
    order : (m,) array of int
        Rows, city after city, in each the best first.
    fresh : (m,) array of bool
        Which of them are not equal to the one before.

    Examples
    --------
    >>> descending(np.array([0.1, 0.5, 0.5, 0.7]), np.array([3, 1]), 0.0)
    (array([1, 2, 0, 3]), array([ True, False,  True,  True]))
    """
    order, ordered = ascending(np.negative(scores))
    fresh = np.empty(len(order), dtype=bool)
    fresh[0] = True
    if len(sizes) > 1:
        order = by_city(order, sizes)
        ordered = np.negative(scores[order], dtype=float)
    # Equal infinities have no distance: NaN, which is not above any tolerance.
    with np.errstate(invalid="ignore", over="ignore"):
        np.greater(ordered[1:] - ordered[:-1], tolerance, out=fresh[1:])
    if len(sizes) > 1:
        fresh[np.cumsum(sizes[:-1])] = True
    return order, fresh
