"""Weights from the values themselves: how far criteria tell actors apart.

They measure spread among the actors at hand, not importance: nobody is asked what matters. They
change when an actor comes or goes, which undoes what fixed bounds are for, a score that no other
actor can move. So rank by them only where nobody can be asked.

All take raw values in any unit. A criterion on which all are alike, but for rounding, has weight
0. Sums are in float64 and of deviations, so that values far from 0 lose no digits.
"""

from typing import Final

import numpy as np

from partnermcda.core.arguments import as_benefit, as_values
from partnermcda.core.arrays import Bools, Floats
from partnermcda.core.columns import near_one, ratio
from partnermcda.core.logarithms import log_ratio, surplus
from partnermcda.core.normalization import minmax
from partnermcda.core.refusals import not_finite, refuse_columns
from partnermcda.errors import Finding, MethodError

_ROUNDINGS: Final = 4
"""Values no further apart than this many last digits of the largest are equal."""
_AGREEING: Final = 1e-24


def entropy_weights(x: Floats, benefit: Bools) -> Floats:
    r"""Weigh criteria by the entropy of their shares.

    Parameters
    ----------
    x : (m, n) array
        Raw values, none negative.
    benefit : (n,) array of bool
        True where more is better. It is checked and has no effect: the classical form has no
        directions.

    Returns
    -------
    (n,) array
        Weights that sum to 1.

    Raises
    ------
    MethodError
        If a value is NaN, infinite or negative, or no criterion tells two actors apart.

    Notes
    -----
    With shares :math:`p_{ij} = x_{ij} / \sum_k x_{kj}` and :math:`0 \ln 0 = 0`,

    .. math:: w_j \propto 1 - e_j, \qquad e_j = -\frac{1}{\ln m} \sum_i p_{ij} \ln p_{ij}

    [1]_, with the entropy of [2]_. Computed as the distance of the shares from equal ones,
    :math:`(1 - e_j) \ln m = \sum_i p_{ij} \ln (m p_{ij})`, whose terms do not cancel.

    A change of unit changes no weight; a change of zero point (°C to K) does. A few very large
    values take most of the weight, so a criterion in money outweighs one from 1 to 5.

    References
    ----------
    .. [1] C.-L. Hwang and K. Yoon, "Multiple Attribute Decision Making", Springer, 1981,
       :doi:`10.1007/978-3-642-48318-9`.
    .. [2] C. E. Shannon, "A mathematical theory of communication", Bell Syst. Tech. J. 27(3),
       1948, :doi:`10.1002/j.1538-7305.1948.tb01338.x`.

    Examples
    --------
    >>> x = np.array([[1.0, 4.0, 1.0], [1.0, 0.0, 1.0], [0.0, 0.0, 1.0], [0.0, 0.0, 1.0]])
    >>> entropy_weights(x, np.array([True, True, False])).round(3)
    array([0.333, 0.667, 0.   ])
    """
    x, _ = _taken(x, benefit)
    refuse_columns(x, lambda j: _refused("weighting.negative", x[:, j], x[:, j] < 0))
    t = near_one(x, x.max(axis=0))
    mean = t.mean(axis=0)
    return _shares(surplus(ratio(_centered(t), np.broadcast_to(mean, t.shape))).sum(axis=0))


def deviation_weights(x: Floats, benefit: Bools) -> Floats:
    r"""Weigh criteria by the standard deviation of their values between 0 and 1.

    Parameters
    ----------
    x : (m, n) array
        Raw values.
    benefit : (n,) array of bool
        True where more is better. It is checked and has no effect: a column turned round spreads
        as far.

    Returns
    -------
    (n,) array
        Weights that sum to 1.

    Raises
    ------
    MethodError
        If a value is NaN or infinite, or no criterion tells two actors apart.

    Notes
    -----
    .. math:: w_j \propto \sigma_j,

    the standard deviation of :func:`~partnermcda.core.minmax` [1]_, so that neither unit nor zero
    point matters; whether by m or m - 1, it cancels out. Each criterion being stretched to its
    whole range, two groups of actors at its ends give it the most weight, a single outlier the
    least, however small the differences are in truth.

    References
    ----------
    .. [1] D. Diakoulaki, G. Mavrotas and L. Papayannakis, "Determining objective weights in
       multiple criteria problems: the CRITIC method", Comput. Oper. Res. 22(7), 1995,
       :doi:`10.1016/0305-0548(94)00059-H`.

    Examples
    --------
    >>> x = np.array([[0.0, 10.0], [1.0, 10.0], [0.5, 30.0]])
    >>> deviation_weights(x, np.array([True, True])).round(3)
    array([0.464, 0.536])
    """
    x, more = _taken(x, benefit)
    return _shares(_spread(minmax(x, more)))


def critic_weights(x: Floats, benefit: Bools) -> Floats:
    r"""Weigh criteria by their spread and by how little they agree with the others (CRITIC).

    Parameters
    ----------
    x : (m, n) array
        Raw values.
    benefit : (n,) array of bool
        True where more is better. A criterion turned round agrees with others where it contradicted
        them.

    Returns
    -------
    (n,) array
        Weights that sum to 1.

    Raises
    ------
    MethodError
        If a value is NaN or infinite, no criterion tells two actors apart, or all that do agree
        fully.

    Notes
    -----
    .. math:: w_j \propto \sigma_j \sum_k (1 - r_{jk})

    with :math:`\sigma_j` the standard deviation and :math:`r_{jk}` the linear correlation of
    :func:`~partnermcda.core.minmax`, in which more is better [1]_. Criteria on which all are alike
    take no part in the sums: one more of them changes no weight. A criterion that is alone in
    telling actors apart has weight 1.

    With few actors correlations are mostly chance, and a criterion at odds with all others is
    weighed up whether it matters or is merely noise.

    References
    ----------
    .. [1] D. Diakoulaki, G. Mavrotas and L. Papayannakis, "Determining objective weights in
       multiple criteria problems: the CRITIC method", Comput. Oper. Res. 22(7), 1995,
       :doi:`10.1016/0305-0548(94)00059-H`.

    Examples
    --------
    >>> x = np.array([[61.0, 1.1, 4.3], [20.7, 0.3, 4.3], [9.0, 3.3, 1.7], [-34.6, 3.3, 1.0]])
    >>> critic_weights(x, np.array([True, True, True])).round(3)
    array([0.202, 0.501, 0.297])
    """
    x, more = _taken(x, benefit)
    r = minmax(x, more)
    spread = _spread(r)
    apart = np.flatnonzero(spread)
    if len(apart) == 1:
        return (spread > 0).astype(float)
    directions = _centered(r[:, apart])
    directions /= np.sqrt(np.square(directions).sum(axis=0))
    conflict = np.zeros_like(spread)
    for j, column in zip(apart, directions.T, strict=True):
        # 1 - r of two directions is half the square of their distance: without a difference of
        # nearly equal numbers, so that what agrees is far below what does not.
        one_less = np.square(directions - column[:, None]).sum(axis=0) / 2
        conflict[j] = one_less[one_less > _AGREEING].sum()
    if len(apart) and not conflict.any():
        raise MethodError(Finding("weighting.no_conflict"))
    return _shares(spread * conflict)


def merec_weights(x: Floats, benefit: Bools) -> Floats:
    r"""Weigh criteria by what their removal does to the actors' performance (MEREC).

    Parameters
    ----------
    x : (m, n) array
        Raw values, all above 0.
    benefit : (n,) array of bool
        True where more is better.

    Returns
    -------
    (n,) array
        Weights that sum to 1.

    Raises
    ------
    MethodError
        If a value is NaN, infinite or not above 0, or no criterion tells two actors apart.

    Notes
    -----
    With :math:`n_{ij} = \min_k x_{kj} / x_{ij}` or, for a cost, :math:`x_{ij} / \max_k x_{kj}`,

    .. math:: w_j \propto \sum_i |S'_{ij} - S_i|, \qquad
              S_i = \ln \Bigl(1 + \frac{1}{n} \sum_k |\ln n_{ik}|\Bigr),

    :math:`S'_{ij}` being the same without criterion j in the sum [1]_. Each is measured by the
    worst value of its column: with values close to 0 a single one decides the weights. A change
    of unit changes no weight, a change of zero point does.

    References
    ----------
    .. [1] M. Keshavarz-Ghorabaee, M. Amiri, E. K. Zavadskas, Z. Turskis and J. Antucheviciene,
       "Determination of objective weights using a new method based on the removal effects of
       criteria (MEREC)", Symmetry 13(4), 2021, :doi:`10.3390/sym13040525`.

    Examples
    --------
    >>> x = np.array([[450.0, 54.0], [10.0, 2.0], [100.0, 31.0]])
    >>> merec_weights(x, np.array([True, False])).round(3)
    array([0.609, 0.391])
    """
    x, more = _taken(x, benefit)
    refuse_columns(x, lambda j: _refused("weighting.not_positive", x[:, j], x[:, j] <= 0))
    low, high = np.where(more, x.min(axis=0), x), np.where(more, x, x.max(axis=0))
    logs = log_ratio(high, low)
    # S' - S, of which only the part that is removed is left.
    removed = -np.log1p(-logs / (x.shape[1] + logs.sum(axis=1, keepdims=True)))
    return _shares(removed.sum(axis=0))


def _taken(x: Floats, benefit: Bools) -> tuple[Floats, Bools]:
    values = as_values(x)
    more = as_benefit(benefit, values.shape[1])
    if len(values) < 2:
        raise MethodError(Finding("weighting.alone", {"m": len(values)}))
    return _levelled(values), more


def _levelled(values: Floats) -> Floats:
    """In float64; a column whose values are equal but for rounding becomes one value."""
    t = values.astype(float)
    low, high = t.min(axis=0), t.max(axis=0)
    with np.errstate(over="ignore", invalid="ignore"):
        rounding = _ROUNDINGS * np.finfo(values.dtype).eps * np.maximum(-low, high)
        return np.where((high - low <= rounding) & np.isfinite(rounding), low, t)


def _refused(code: str, t: Floats, faulty: Bools) -> dict[str, Bools]:
    return {**not_finite(t), code: np.isfinite(t) & faulty}


def _shares(measured: Floats) -> Floats:
    if not measured.any():
        raise MethodError(Finding("weighting.alike"))
    shares: Floats = measured / measured.sum()
    return shares


def _centered(t: Floats) -> Floats:
    """Deviations from the mean; where all are alike 0, although the mean may be rounded."""
    return np.where(t.max(axis=0) > t.min(axis=0), t - t.mean(axis=0), 0.0)


def _spread(r: Floats) -> Floats:
    squares: Floats = np.square(_centered(r)).mean(axis=0)
    return np.sqrt(squares)
