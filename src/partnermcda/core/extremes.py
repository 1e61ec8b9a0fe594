"""Powers of two that keep squares from overflowing and from vanishing.

Dividing by a power of two rounds nothing. It is done only where magnitudes ask for it.
"""

from typing import Final

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints

_LARGE: Final = 2.0**200
_SMALL: Final = 2.0**-100
_LEAST_WEIGHT: Final = 2.0**-300
_SMALLEST: Final = -1030


def ordinary(low: Floats, high: Floats) -> bool:
    """Tell whether values can be squared as they are.

    Parameters
    ----------
    low, high : (n, q) arrays
        Lowest and highest values of each column.

    Returns
    -------
    bool
        False where any is NaN, infinite, above 2²⁰⁰, or below 2⁻¹⁰⁰ without being 0.
    """
    size = np.maximum(high, -low)
    # What is not a number is neither above nor below.
    if not np.maximum.reduce(size, axis=None) < _LARGE:
        return False
    if np.minimum.reduce(size, axis=None) > _SMALL:
        return True
    return bool(((size == 0) | ((size > _SMALL) & (size < _LARGE))).all())


def ordinary_weights(weights: Floats) -> bool:
    """Tell whether weights can be squared as they are.

    Parameters
    ----------
    weights : (s, n) array
        None negative.

    Returns
    -------
    bool
    """
    some = [w for vector in weights.tolist() for w in vector if w]
    return bool(min(some) > _LEAST_WEIGHT and 1.0 / _LARGE < max(some) < _LARGE)


def exponents_of(low: Floats, high: Floats, inverse: Bools | None) -> Ints:
    """Find the powers of two that bring columns to a magnitude of about 1.

    Parameters
    ----------
    low, high : (n, q) arrays
        Lowest and highest values of each column, of its reciprocals where `inverse`.
    inverse : (n,) array of bool or None

    Returns
    -------
    (n, q) array of int
        0 for columns of zeros.
    """
    exponents = np.frexp(np.maximum(high, -low))[1].astype(np.int64)
    if inverse is not None:
        # A reciprocal overflows only if the value is among the very smallest.
        turned = np.where(np.isinf(high), _SMALLEST, -exponents)
        exponents = np.where(inverse[:, None], turned, exponents)
    return exponents


def common_power(part: Floats, powers: Ints) -> Ints:
    """Find the power of two of the largest of a city's parts.

    Parameters
    ----------
    part : (n, q) array
        Parts, none negative.
    powers : (n, q) array of int
        Powers of two they are to be multiplied by.

    Returns
    -------
    (1, q) array of int
        0 where all parts are 0.
    """
    size = np.where(part > 0, np.frexp(part)[1] + powers, np.iinfo(np.int32).min)
    power = size.max(axis=0, keepdims=True).astype(np.int64)
    return np.where((part > 0).any(axis=0, keepdims=True), power, 0)
