"""Rows of many cities laid end to end: where each begins, and what holds within each."""

from collections.abc import Callable

import numpy as np

from partnermcda.core.arrays import Floats, Ints


def segment_sizes(m: int, starts: Ints | None = None) -> Ints:
    """Count the rows of each city.

    Parameters
    ----------
    m : int
        Number of rows in all.
    starts : (c,) array of int, optional
        First row of each city; without it all rows are one city.

    Returns
    -------
    (c,) array of int

    Examples
    --------
    >>> segment_sizes(5, np.array([0, 2]))
    array([2, 3])
    """
    first = np.zeros(1, dtype=np.int64) if starts is None else np.asarray(starts, dtype=np.int64)
    return np.diff(first, append=m)


def reduce_rows(
    reduce: Callable[[Floats, Ints], Floats], r: Floats, starts: Ints | None = None
) -> Floats:
    """Reduce every column within each city, and lay the result beside every row.

    Parameters
    ----------
    reduce : callable
        The ``reduceat`` of a ufunc, as ``np.maximum.reduceat``.
    r : (m, n) array
        Values.
    starts : (c,) array of int, optional
        First row of each city.

    Returns
    -------
    (m, n) array

    Examples
    --------
    >>> reduce_rows(np.maximum.reduceat, np.array([[1.0], [3.0], [2.0]]), np.array([0, 2]))
    array([[3.],
           [3.],
           [2.]])
    """
    if len(r) == 0:
        return r
    sizes = segment_sizes(len(r), starts)
    # A reduction of no rows would give the row that follows.
    first = (np.cumsum(sizes) - sizes)[sizes > 0]
    return np.repeat(reduce(r, first), sizes[sizes > 0], axis=0)
