"""Raw values to a scale on which more is better.

:func:`value` measures by fixed bounds. The classical ones, :func:`vector`, :func:`minmax`,
:func:`total` and :func:`peak`, measure each value by the others of its column, within its city.
They take float64 or float32 and give the same, with sums in float64; their result has the same
bits in every memory layout, and for a city alone or among others.

A column that tells nobody apart takes no part in distances to observed ideals: where the formula
would be 0 / 0 it gives zeros, and elsewhere the same number to all. Nothing is ever NaN.
"""

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.core.columns import each_column, near_one, ratio
from partnermcda.core.refusals import no_share, not_finite, refuse_columns
from partnermcda.core.segments import reduce_rows


def value(x: Floats, low: Floats, high: Floats, benefit: Bools, log: Bools | None = None) -> Floats:
    r"""Bring raw values to [0, 1] by fixed bounds.

    Parameters
    ----------
    x : (m, n) array
        Raw values, each column in its own unit; NaN where not known.
    low, high : (n,) arrays
        Bounds of each column in the same units, ``low < high``.
    benefit : (n,) array of bool
        True where more is better, false where less is better.
    log : (n,) array of bool, optional
        True where the scale is logarithmic; there ``low > 0``.

    Returns
    -------
    (m, n) array
        Values in [0, 1], NaN where `x` is NaN. What lies beyond a bound gets the bound's value.

    Notes
    -----
    With :math:`t` the identity or :math:`\log_{10}`,

    .. math:: v_{ij} = \frac{t(x_{ij}) - t(l_j)}{t(h_j) - t(l_j)} \quad\text{or, for a cost,}\quad
              v_{ij} = \frac{t(h_j) - t(x_{ij})}{t(h_j) - t(l_j)},

    clipped to [0, 1]: a value function with fixed bounds, so a value never hangs on who else is
    compared [1]_. Zero on a logarithmic scale is its far end, not an error.

    References
    ----------
    .. [1] V. Belton and T. J. Stewart, "Multiple Criteria Decision Analysis", Springer, 2002,
       :doi:`10.1007/978-1-4615-1495-4`.

    Examples
    --------
    >>> x = np.array([[10.0, 3.0], [1000.0, np.nan]])
    >>> low, high = np.array([1.0, 1.0]), np.array([1000.0, 5.0])
    >>> value(x, low, high, np.array([True, False]), np.array([True, False])).round(3)
    array([[0.333, 0.5  ],
           [1.   ,   nan]])
    """
    x = np.asarray(x, dtype=float)
    m, n = x.shape
    logs = np.zeros(n, dtype=bool) if log is None else log
    v = np.empty((m, n), order="F")
    for j in range(n):
        v[:, j] = _column(x[:, j], low[j], high[j], cost=not benefit[j], log=bool(logs[j]))
    return v


def vector(x: Floats, benefit: Bools, starts: Ints | None = None) -> Floats:
    r"""Divide each column by its Euclidean length.

    Parameters
    ----------
    x : (m, n) array
        Raw values, all finite.
    benefit : (n,) array of bool
        True where more is better, false where less is better.
    starts : (c,) array of int, optional
        First row of each city, where `x` holds several laid end to end.

    Returns
    -------
    (m, n) array
        Values in [-1, 1]. Negative values stay negative. A column of zeros stays zeros.

    Raises
    ------
    MethodError
        If a value is NaN or infinite.

    Notes
    -----
    .. math:: r_{ij} = \frac{x_{ij}}{\sqrt{\sum_k x_{kj}^2}} \quad\text{or, for a cost,}\quad
              r_{ij} = -\frac{x_{ij}}{\sqrt{\sum_k x_{kj}^2}}.

    The textbook [1]_ divides costs as it divides benefits and then takes the lowest value as
    their ideal. With the negative the ideal is the highest value everywhere, and every
    difference to an ideal is the textbook's, to the last bit; its ideal is the negative of ours.

    References
    ----------
    .. [1] C.-L. Hwang and K. Yoon, "Multiple Attribute Decision Making", Springer, 1981,
       :doi:`10.1007/978-3-642-48318-9`.

    Examples
    --------
    >>> vector(np.array([[3.0, 3.0], [4.0, 4.0]]), np.array([True, False]))
    array([[ 0.6, -0.6],
           [ 0.8, -0.8]])
    """
    x = np.asarray(x)
    refuse_columns(x, lambda j: not_finite(x[:, j]))
    return each_column(x, benefit, starts, _vector)


def minmax(x: Floats, benefit: Bools, starts: Ints | None = None) -> Floats:
    r"""Bring the worst value of each column to 0 and the best to 1.

    Parameters
    ----------
    x, benefit, starts
        As for :func:`vector`.

    Returns
    -------
    (m, n) array
        Values in [0, 1], whatever the signs in `x`. A constant column gives zeros.

    Raises
    ------
    MethodError
        If a value is NaN or infinite.

    Notes
    -----
    .. math:: r_{ij} = \frac{x_{ij} - \min_k x_{kj}}{\max_k x_{kj} - \min_k x_{kj}}
              \quad\text{or, for a cost,}\quad
              r_{ij} = \frac{\max_k x_{kj} - x_{ij}}{\max_k x_{kj} - \min_k x_{kj}},

    the linear normalization of [1]_.

    References
    ----------
    .. [1] S. Opricovic and G.-H. Tzeng, "Compromise solution by MCDM methods: a comparative
       analysis of VIKOR and TOPSIS", Eur. J. Oper. Res. 156(2), 2004,
       :doi:`10.1016/S0377-2217(03)00020-1`.

    Examples
    --------
    >>> minmax(np.array([[1.0, -1.0], [2.0, 3.0], [5.0, 1.0]]), np.array([True, False]))
    array([[0.  , 1.  ],
           [0.25, 0.  ],
           [1.  , 0.5 ]])
    """
    x = np.asarray(x)
    refuse_columns(x, lambda j: not_finite(x[:, j]))
    return each_column(x, benefit, starts, _minmax)


def total(x: Floats, benefit: Bools, starts: Ints | None = None) -> Floats:
    r"""Share of each value in the sum of its column.

    Parameters
    ----------
    x, benefit, starts
        As for :func:`vector`; no value negative, and none zero where less is better.

    Returns
    -------
    (m, n) array
        Values in [0, 1] that sum to 1 down each column. A column of zeros stays zeros.

    Raises
    ------
    MethodError
        If a value is NaN, infinite or negative, or zero where less is better.

    Notes
    -----
    .. math:: r_{ij} = \frac{x_{ij}}{\sum_k x_{kj}} \quad\text{or, for a cost,}\quad
              r_{ij} = \frac{1 / x_{ij}}{\sum_k 1 / x_{kj}},

    as in [1]_.

    References
    ----------
    .. [1] E. K. Zavadskas and Z. Turskis, "A new additive ratio assessment (ARAS) method in
       multicriteria decision-making", Technol. Econ. Dev. Econ. 16(2), 2010,
       :doi:`10.3846/tede.2010.10`.

    Examples
    --------
    >>> total(np.array([[1.0, 1.0], [3.0, 3.0]]), np.array([True, False]))
    array([[0.25, 0.75],
           [0.75, 0.25]])
    """
    x = np.asarray(x)
    refuse_columns(x, lambda j: no_share(x[:, j], cost=not benefit[j]))
    return each_column(x, benefit, starts, _total)


def peak(x: Floats, benefit: Bools, starts: Ints | None = None) -> Floats:
    r"""Ratio of each value to the best of its column.

    Parameters
    ----------
    x, benefit, starts
        As for :func:`vector`; no value negative, and none zero where less is better.

    Returns
    -------
    (m, n) array
        Values in [0, 1], 1 the best of each column. A column of zeros stays zeros.

    Raises
    ------
    MethodError
        If a value is NaN, infinite or negative, or zero where less is better.

    Notes
    -----
    .. math:: r_{ij} = \frac{x_{ij}}{\max_k x_{kj}} \quad\text{or, for a cost,}\quad
              r_{ij} = \frac{\min_k x_{kj}}{x_{ij}},

    as in [1]_.

    References
    ----------
    .. [1] E. K. Zavadskas, Z. Turskis, J. Antucheviciene and A. Zakarevicius, "Optimization of
       weighted aggregated sum product assessment", Elektron. Elektrotech. 122(6), 2012,
       :doi:`10.5755/j01.eee.122.6.1810`.

    Examples
    --------
    >>> peak(np.array([[1.0, 1.0], [4.0, 4.0]]), np.array([True, False]))
    array([[0.25, 1.  ],
           [1.  , 0.25]])
    """
    x = np.asarray(x)
    refuse_columns(x, lambda j: no_share(x[:, j], cost=not benefit[j]))
    return each_column(x, benefit, starts, _peak)


def _column(x: Floats, low: float, high: float, *, cost: bool, log: bool) -> Floats:
    # A contiguous copy, as logarithms of strided and of contiguous arrays may differ in the
    # last bit, and a value must not hang on where its row lies.
    t = np.ascontiguousarray(x, dtype=float)
    if log:
        with np.errstate(divide="ignore"):
            t = np.log10(np.maximum(t, 0.0))
        low, high = np.log10(low), np.log10(high)
    share = (high - t if cost else t - low) / (high - low)
    return np.clip(share, 0.0, 1.0)


def _vector(t: Floats, cost: bool, starts: Ints | None) -> Floats:
    t = near_one(t, reduce_rows(np.maximum.reduceat, np.abs(t), starts))
    share = ratio(t, np.sqrt(reduce_rows(np.add.reduceat, t * t, starts)))
    # Not -share, which would give a zero a sign.
    return 0.0 - share if cost else share


def _minmax(t: Floats, cost: bool, starts: Ints | None) -> Floats:
    t = near_one(t, reduce_rows(np.maximum.reduceat, np.abs(t), starts))
    high = reduce_rows(np.maximum.reduceat, t, starts)
    low = reduce_rows(np.minimum.reduceat, t, starts)
    return ratio(high - t if cost else t - low, high - low)


def _total(t: Floats, cost: bool, starts: Ints | None) -> Floats:
    if cost:
        # What overflows here is a share of the sum too small for any float: 1 / inf is 0.
        with np.errstate(over="ignore"):
            t = 1.0 / near_one(t, reduce_rows(np.minimum.reduceat, t, starts))
    else:
        t = near_one(t, reduce_rows(np.maximum.reduceat, t, starts))
    return ratio(t, reduce_rows(np.add.reduceat, t, starts))


def _peak(t: Floats, cost: bool, starts: Ints | None) -> Floats:
    if cost:
        return ratio(reduce_rows(np.minimum.reduceat, t, starts), t)
    return ratio(t, reduce_rows(np.maximum.reduceat, t, starts))
