"""Logarithms that lose no digits where values are close: without a difference of equal numbers."""

from typing import Final

import numpy as np

from partnermcda.core.arrays import Floats

_SMALL: Final = 0.1
_TERMS: Final = 8


def surplus(d: Floats) -> Floats:
    """(1 + d) ln(1 + d) - d, never negative, without a difference of nearly equal numbers."""
    s = d / (2 + d)
    # ln(1 + d) = 2 (s + s³/3 + s⁵/5 + …) = 2 s (1 + rest)
    rest = np.zeros_like(s)
    for k in reversed(range(1, _TERMS)):
        rest = s * s * (1 / (2 * k + 1) + rest)
    near = 2 * s * (s + (1 + s) * rest) / (1 - s)
    with np.errstate(divide="ignore", invalid="ignore"):
        far = np.where(d > -1, (1 + d) * np.log1p(d), 0.0) - d
    return np.where(np.abs(d) < _SMALL, near, far)


def log_ratio(high: Floats, low: Floats) -> Floats:
    """ln(high / low), to the last digits where they are close."""
    close = high / 2 < low
    difference = np.divide(high - low, low, out=np.zeros_like(high), where=close)
    return np.where(close, np.log1p(difference), np.log(high) - np.log(low))
