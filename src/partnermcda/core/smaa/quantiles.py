"""From uniform random numbers to values between bounds."""

import math
from typing import Final, Literal, TypeAlias, get_args

import numpy as np

from partnermcda.core.arrays import Floats

Shape: TypeAlias = Literal["uniform", "triangular", "normal"]
SHAPES: Final = get_args(Shape)
_DEVIATIONS: Final = 4.0
"""Standard deviations of a normal number between its bounds."""

_CENTER: Final = (
    (
        2509.0809287301227,
        33430.57558358813,
        67265.7709270087,
        45921.95393154987,
        13731.69376550946,
        1971.5909503065513,
        133.14166789178438,
        3.3871328727963665,
    ),
    (
        5226.495278852545,
        28729.085735721943,
        39307.89580009271,
        21213.794301586597,
        5394.196021424751,
        687.1870074920579,
        42.31333070160091,
        1.0,
    ),
)
_TAIL: Final = (
    (
        0.0007745450142783414,
        0.022723844989269184,
        0.2417807251774506,
        1.2704582524523684,
        3.6478483247632045,
        5.769497221460691,
        4.630337846156546,
        1.4234371107496835,
    ),
    (
        1.0507500716444169e-09,
        0.0005475938084995345,
        0.015198666563616457,
        0.14810397642748008,
        0.6897673349851,
        1.6763848301838038,
        2.053191626637759,
        1.0,
    ),
)


class Quantiles:
    """Values of u cells, each with its bounds, below which given shares of its values lie.

    Parameters
    ----------
    shape : {"uniform", "triangular", "normal"}
    low, mid, high : (u,) arrays
        ``low <= mid <= high`` and ``low < high``.
    """

    def __init__(self, shape: Shape, low: Floats, mid: Floats, high: Floats) -> None:
        self._low, self._mid, self._high = low, mid, high
        self._width = high - low
        self._values = getattr(self, f"_{shape}")
        if shape == "normal":
            self._deviation = self._width / _DEVIATIONS
            self._least = normal_share((low - mid) / self._deviation)
            self._range = normal_share((high - mid) / self._deviation) - self._least

    def __call__(self, shares: Floats) -> Floats:
        """Turn shares into values.

        Parameters
        ----------
        shares : (s, u) array
            In [0, 1).

        Returns
        -------
        (s, u) array
        """
        return np.asarray(np.clip(self._values(shares), self._low, self._high))

    def _uniform(self, shares: Floats) -> Floats:
        return self._low + self._width * shares

    def _triangular(self, shares: Floats) -> Floats:
        left = self._mid - self._low
        rising = self._low + np.sqrt(shares * (self._width * left))
        falling = self._high - np.sqrt((1 - shares) * (self._width * (self._high - self._mid)))
        return np.where(shares * self._width < left, rising, falling)

    def _normal(self, shares: Floats) -> Floats:
        between = self._least + shares * self._range
        return np.asarray(self._mid + self._deviation * normal_quantile(between))


def normal_share(z: Floats) -> Floats:
    """Share of normal numbers below given ones.

    Parameters
    ----------
    z : (u,) array

    Returns
    -------
    (u,) array

    Examples
    --------
    >>> normal_share(np.array([0.0, 1.96])).round(3)
    array([0.5  , 0.975])
    """
    # Most intervals have their middle in the middle: few numbers, many times.
    some, back = np.unique(z, return_inverse=True)
    shares = np.array([math.erfc(-x / math.sqrt(2)) / 2 for x in some.tolist()])
    return np.asarray(shares[back])


def normal_quantile(share: Floats) -> Floats:
    r"""Find the normal number below which a share of them lies.

    Parameters
    ----------
    share : array
        From 1e-11 to 1 - 1e-11.

    Returns
    -------
    array
        To about 16 digits [1]_.

    References
    ----------
    .. [1] M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution",
       Appl. Stat. 37(3), 1988, :doi:`10.2307/2347330`.

    Examples
    --------
    >>> normal_quantile(np.array([0.5, 0.975])).round(3)
    array([0.  , 1.96])
    """
    apart = share - 0.5
    z = np.asarray(apart * _ratio(_CENTER, 0.180625 - apart * apart))
    outer = np.abs(apart) > 0.425
    far = np.minimum(share, 1 - share)[outer]
    z[outer] = np.copysign(_ratio(_TAIL, np.sqrt(-np.log(far)) - 1.6), apart[outer])
    return z


def _ratio(coefficients: tuple[tuple[float, ...], tuple[float, ...]], t: Floats) -> Floats:
    top, bottom = (np.polyval(np.array(some), t) for some in coefficients)
    return np.asarray(top / bottom)
