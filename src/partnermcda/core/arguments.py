"""What every function of the core takes is brought into one form, or refused."""

import math
from collections.abc import Collection

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.core.blocks import cores
from partnermcda.errors import Finding, MethodError


def as_values(x: Floats) -> Floats:
    """Take a decision matrix as it lies.

    Parameters
    ----------
    x : (m, n) array
        float32 stays float32, anything else becomes float64.

    Returns
    -------
    (m, n) array

    Raises
    ------
    MethodError
        If it has not two axes.
    """
    x = np.asarray(x)
    if x.dtype != np.float64 and x.dtype != np.float32:
        x = x.astype(float)
    if x.ndim != 2:
        raise MethodError(Finding("core.shape", {"shape": x.shape}))
    return x


def as_weights(weights: Floats, n: int) -> Floats:
    """Take one weight vector or many.

    Parameters
    ----------
    weights : (n,) or (s, n) array
    n : int
        Number of criteria.

    Returns
    -------
    (s, n) array

    Raises
    ------
    MethodError
        If their number is another, one is negative or not finite, or all of a vector are zero.
    """
    w = np.asarray(weights, dtype=float)
    if w.ndim not in (1, 2) or w.shape[-1] != n or n == 0:
        raise MethodError(Finding("core.weights_shape", {"shape": w.shape, "n": n}))
    w = w.reshape(-1, n)
    for vector in w.tolist():
        if not (all(0 <= value < math.inf for value in vector) and any(vector)):
            raise MethodError(Finding("core.weights"))
    return w


def as_benefit(benefit: Bools, n: int) -> Bools:
    """Take directions.

    Parameters
    ----------
    benefit : (n,) array of bool
    n : int
        Number of criteria.

    Returns
    -------
    (n,) array of bool

    Raises
    ------
    MethodError
        If their number is another, or they are no truth values.
    """
    given = np.asarray(benefit)
    if given.shape != (n,) or given.dtype != bool:
        raise MethodError(Finding("core.benefit", {"n": n}))
    return given


def as_point(point: Floats, n: int) -> Floats:
    """Take an ideal.

    Parameters
    ----------
    point : (n,) array
    n : int
        Number of criteria.

    Returns
    -------
    (n,) array

    Raises
    ------
    MethodError
        If their number is another, or one is not finite.
    """
    given = np.asarray(point, dtype=float)
    if given.shape != (n,) or not np.isfinite(given).all():
        raise MethodError(Finding("core.point", {"n": n}))
    return given


def as_starts(starts: Ints | None, m: int) -> Ints | None:
    """Take the first row of each city.

    Parameters
    ----------
    starts : (c,) array of int or None
    m : int
        Number of rows in all.

    Returns
    -------
    (c,) array of int or None

    Raises
    ------
    MethodError
        If they do not begin at 0, fall, or reach beyond the rows.
    """
    if starts is None:
        return None
    first = np.asarray(starts)
    rises = first.ndim == 1 and first.dtype.kind in "iu" and len(first) > 0
    if not (rises and first[0] == 0 and first[-1] <= m and (first[1:] >= first[:-1]).all()):
        raise MethodError(Finding("core.starts", {"m": m}))
    return first.astype(np.int64, copy=False)


def as_out(out: Floats | None, weights: Floats, m: int) -> tuple[Floats, Floats]:
    """Take the array that scores go to, or make one.

    Parameters
    ----------
    out : (m,) or (s, m) array, or None
    weights : (n,) or (s, n) array
        As given: one vector asks for (m,), several for (s, m).
    m : int
        Number of rows.

    Returns
    -------
    out, rows : arrays
        What is to be returned, and an (s, m) view of it.

    Raises
    ------
    MethodError
        If it is no array of floats of that shape.
    """
    shape = (*np.shape(weights)[:-1], m)
    if out is None:
        out = np.empty(shape)
    elif np.shape(out) != shape or np.asarray(out).dtype.kind != "f":
        raise MethodError(Finding("core.out", {"shape": shape}))
    return out, out[None] if out.ndim == 1 else out


def as_count(k: int) -> int:
    """Take how many of the best are wanted.

    Parameters
    ----------
    k : int

    Returns
    -------
    int

    Raises
    ------
    MethodError
        If it is no whole number, or negative.
    """
    if k != int(k) or k < 0:
        raise MethodError(Finding("core.count", {"k": k}))
    return int(k)


def as_threads(threads: int | None) -> int:
    """Take a number of threads; None is one for each core at hand.

    Parameters
    ----------
    threads : int or None

    Returns
    -------
    int

    Raises
    ------
    MethodError
        If there would be none.
    """
    if threads is None:
        return cores()
    if threads < 1:
        raise MethodError(Finding("core.threads", {"threads": threads}))
    return threads


def one_of(code: str, given: object, names: Collection[object]) -> None:
    """Refuse an option that is none of those there are.

    Parameters
    ----------
    code : str
        Of the finding.
    given : object
    names : collection

    Raises
    ------
    MethodError
    """
    if given not in names:
        listed = ", ".join(str(name) for name in names)
        raise MethodError(Finding(code, {"name": given, "names": listed}))
