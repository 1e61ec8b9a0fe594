"""Columns one by one, and arithmetic that neither overflows nor vanishes."""

from collections.abc import Callable

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints


def each_column(
    x: Floats,
    benefit: Bools,
    starts: Ints | None,
    normalize: Callable[[Floats, bool, Ints | None], Floats],
) -> Floats:
    """Normalize column after column in float64.

    Parameters
    ----------
    x : (m, n) array
        Raw values.
    benefit : (n,) array of bool
        True where more is better, false where less is better.
    starts : (c,) array of int or None
        First row of each city.
    normalize : callable
        Takes a column, whether less is better, and `starts`.

    Returns
    -------
    (m, n) array
        Of float32 where `x` is.

    Examples
    --------
    >>> x = np.array([[1.0, 2.0]])
    >>> each_column(x, np.array([True, False]), None, lambda t, cost, starts: -t if cost else t)
    array([[ 1., -2.]])
    """
    r = np.empty_like(x, dtype=x.dtype if x.dtype == np.float32 else float, order="F")
    for j in range(x.shape[1]):
        # A contiguous copy, as the order in which numpy sums hangs on how values lie.
        column = np.ascontiguousarray(x[:, j], dtype=float)
        r[:, j] = normalize(column, not benefit[j], starts)
    return r


def near_one(t: Floats, magnitude: Floats) -> Floats:
    """Scale by the power of two that brings `magnitude` into [0.5, 1).

    Parameters
    ----------
    t, magnitude : (m,) arrays
        Values, and what each is to be measured by; where that is 0, nothing is scaled.

    Returns
    -------
    (m,) array
        The digits of `t` with other exponents: nothing is rounded, unless beside its magnitude
        it is too small to count.

    Examples
    --------
    >>> near_one(np.array([3.0, -8.0]), np.array([8.0, 8.0]))
    array([ 0.1875, -0.5   ])
    """
    return np.ldexp(t, -np.frexp(magnitude)[1])


def ratio(part: Floats, whole: Floats) -> Floats:
    """Divide what stands beside one another.

    Parameters
    ----------
    part, whole : (m,) arrays
        No whole negative.

    Returns
    -------
    (m,) array
        0 where the whole is 0: nothing there tells actors apart.

    Examples
    --------
    >>> ratio(np.array([1.0, 0.0]), np.array([4.0, 0.0]))
    array([0.25, 0.  ])
    """
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
