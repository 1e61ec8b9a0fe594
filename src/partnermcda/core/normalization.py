"""Raw values to a scale on which more is better."""

import numpy as np

from partnermcda.core.arrays import Bools, Floats


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
