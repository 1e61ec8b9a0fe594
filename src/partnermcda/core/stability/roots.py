r"""Where two actors tie as one weight moves: roots of a quadratic form.

Let one part of the weights have t in all and the rest 1 - t, each shared out as it was. With
:math:`x = t^p` and :math:`y = (1 - t)^p` the distances of an actor are

.. math:: (d^\pm)^p = x A^\pm + y B^\pm ,

so a is ahead of b where :math:`(d^-_a d^+_b)^p > (d^-_b d^+_a)^p`: where the form
:math:`c_2 x^2 + c_1 x y + c_0 y^2` is positive. A weighted sum is linear in t.
"""

from typing import Final, TypeAlias

import numpy as np

from partnermcda.core.arrays import Bools, Floats

Form: TypeAlias = tuple[Floats, Floats, Floats]
"""(g, q) coefficients c2, c1, c0."""
_NOISE: Final = 16 * float(np.finfo(float).eps)
"""Coefficients smaller than this share of what they are the difference of are nothing."""
_HERE: Final = 1e-7
"""A root this near to the weight itself is the tie under it, where there is one."""


def form(a: Floats, b: Floats) -> Form:
    """Compare pairs of actors under all weights at once.

    Parameters
    ----------
    a, b : (2, d, g, q) arrays
        What is moved and the rest, for g parts of the weights and q pairs; d is 2 for distances
        from anti-ideal and ideal, 1 for a sum.

    Returns
    -------
    tuple of three (g, q) arrays
        Coefficients of a form that is positive where a is ahead.
    """
    if a.shape[1] == 1:
        c1, c0 = a[:, 0] - b[:, 0]
        # Times x + y, which is 1.
        return c1, c1 + c0, c0
    (pa, qa), (ra, sa) = a
    (pb, qb), (rb, sb) = b
    middle = pa * sb + ra * qb - pb * sa - rb * qa
    return pa * qb - pb * qa, middle, ra * sb - rb * sa


def sizes(a: Floats, b: Floats) -> Form:
    """Say how large the numbers are whose differences make a form: what rounding is measured by.

    Parameters
    ----------
    a, b : (2, d, g, q) arrays

    Returns
    -------
    tuple of three (g, q) arrays
    """
    if a.shape[1] == 1:
        c1, c0 = np.abs(a[:, 0]) + np.abs(b[:, 0])
        return c1, c1 + c0, c0
    (pa, qa), (ra, sa) = a
    (pb, qb), (rb, sb) = b
    middle = pa * sb + ra * qb + pb * sa + rb * qa
    return pa * qb + pb * qa, middle, ra * sb + rb * sa


def surely_ahead(c: Form, low: Floats, high: Floats, p: float, noise: float) -> Bools:
    """Find pairs whose order cannot change between two weights.

    Parameters
    ----------
    c : tuple of three (g, q) arrays
    low, high : (g, 1) or (g, q) arrays
        Weights between which a form is looked at.
    p : int
    noise : float
        What a form must exceed.

    Returns
    -------
    (g, q) array of bool
        True where the form's three Bernstein coefficients are positive, hence all of it.
    """
    c2, c1, c0 = c
    (x, y), (u, v) = (low**p, (1 - low) ** p), (high**p, (1 - high) ** p)
    least = np.minimum(_at(c, x, y), _at(c, u, v))
    np.minimum(least, c2 * (x * u) + c1 * ((x * v + y * u) / 2) + c0 * (y * v), out=least)
    return np.asarray(least > noise)


def ends(a: Floats, b: Floats, at: Floats, p: float) -> tuple[Floats, Floats]:
    """Find how far the weights can move before b is ahead of a.

    Parameters
    ----------
    a, b : (2, d, g, q) arrays
        As :func:`form` takes them.
    at : (g, 1) array
        Where the weight is; a is ahead of b there, or as good.
    p : int
        Norm of the distances; 1 for a sum.

    Returns
    -------
    low, high : (g, q) arrays
        0 and 1 where b never is.
    """
    size = sizes(a, b)
    c = _without_noise(form(a, b), size)
    x, y = at**p, (1 - at) ** p
    tied = np.abs(_at(c, x, y)) <= _NOISE * _at(size, x, y)
    falling = _slope(c, x, y)
    low, high = np.zeros(tied.shape), np.ones(tied.shape)
    for root in _roots(*c):
        t = _weight(root, p)
        t[tied & (np.abs(t - at) <= _HERE)] = np.nan
        np.copyto(high, t, where=(t > at) & (t < high))
        np.copyto(low, t, where=(t < at) & (t > low))
    # A tie at the weight itself: b is ahead on the side to which the form falls.
    np.copyto(high, at, where=tied & (falling < 0))
    np.copyto(low, at, where=tied & (falling > 0))
    return low, high


def crossings(a: Floats, b: Floats, p: float) -> Floats:
    """Find every weight at which two actors change places.

    Parameters
    ----------
    a, b : (2, d, 1, q) arrays
        As :func:`form` takes them.
    p : int

    Returns
    -------
    (u,) array
        Rising, within (0, 1).
    """
    roots = _roots(*_without_noise(form(a, b), sizes(a, b)))
    found = np.unique(np.concatenate([_weight(root, p)[0] for root in roots]))
    return np.asarray(found[(found > 0) & (found < 1)])


def _without_noise(c: Form, size: Form) -> Form:
    """Put 0 for what is but rounding: the coefficients of actors that are equal."""
    c2, c1, c0 = (np.where(np.abs(v) <= _NOISE * s, 0.0, v) for v, s in zip(c, size, strict=True))
    return c2, c1, c0


def _at(c: Form, x: Floats, y: Floats) -> Floats:
    c2, c1, c0 = c
    return np.asarray(c2 * (x * x) + c1 * (x * y) + c0 * (y * y))


def _slope(c: Form, x: Floats, y: Floats) -> Floats:
    """Sign of the form's change as x / y grows, where it is 0; of its curvature where that is."""
    c2, c1, c0 = c
    change = np.where(y > 0, 2 * c2 * x + c1 * y, -c1 * x - 2 * c0 * y)
    return np.where(change == 0, np.where(y > 0, c2, -c0), change)


def _roots(c2: Floats, c1: Floats, c0: Floats) -> tuple[Floats, Floats]:
    """Both roots of x / y; NaN where the form does not change its sign."""
    with np.errstate(all="ignore"):
        largest = np.maximum(np.maximum(np.abs(c2), np.abs(c1)), np.abs(c0))
        c2, c1, c0 = c2 / largest, c1 / largest, c0 / largest
        inner = c1 * c1 - 4 * c2 * c0
        q = -(c1 + np.copysign(np.sqrt(inner), c1)) / 2
        one, other = q / c2, c0 / q
        for root in (one, other):
            root[~((inner > 0) & (root > 0))] = np.nan
    return one, other


def _weight(root: Floats, p: float) -> Floats:
    """Weight at which x / y is so much."""
    # Written so that an infinite root is all the weight.
    return np.asarray(1 / (1 + 1 / (np.sqrt(root) if p == 2 else root)))
