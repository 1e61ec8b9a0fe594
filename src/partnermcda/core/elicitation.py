"""Weights from an order: what is known of weights when people only said which comes first."""

import numpy as np

from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.ranks import rank
from partnermcda.errors import Finding, MethodError, short


def rank_order_centroid(n: int) -> Floats:
    r"""Center of all weights that have one order.

    Parameters
    ----------
    n : int
        Number of criteria.

    Returns
    -------
    (n,) array
        Weights from the first to the last, summing to 1.

    Raises
    ------
    MethodError
        If there is no criterion.

    Notes
    -----
    .. math:: w_k = \frac{1}{n} \sum_{i=k}^n \frac{1}{i},

    the mean of all weights with :math:`w_1 \ge \dots \ge w_n`, each as likely as any other
    [1]_. The steepest of the three: the first of five counts eleven times as much as the last.

    References
    ----------
    .. [1] F. H. Barron and B. E. Barrett, "Decision quality using ranked attribute weights",
       Manage. Sci. 42(11), 1996, :doi:`10.1287/mnsc.42.11.1515`.

    Examples
    --------
    >>> rank_order_centroid(4).round(3)
    array([0.521, 0.271, 0.146, 0.062])
    """
    places = _places(n)
    return np.cumsum(1.0 / places[::-1])[::-1] / n


def rank_sum(n: int) -> Floats:
    r"""Weights that fall by equal steps.

    Parameters
    ----------
    n : int
        Number of criteria.

    Returns
    -------
    (n,) array
        Weights from the first to the last, summing to 1.

    Raises
    ------
    MethodError
        If there is no criterion.

    Notes
    -----
    .. math:: w_k = \frac{2 (n + 1 - k)}{n (n + 1)},

    the flattest of the three [1]_.

    References
    ----------
    .. [1] W. G. Stillwell, D. A. Seaver and W. Edwards, "A comparison of weight approximation
       techniques in multiattribute utility decision making", Organ. Behav. Hum. Perform. 28(1),
       1981, :doi:`10.1016/0030-5073(81)90015-5`.

    Examples
    --------
    >>> rank_sum(4)
    array([0.4, 0.3, 0.2, 0.1])
    """
    places = _places(n)
    weights: Floats = (n + 1 - places) / places.sum()
    return weights


def rank_reciprocal(n: int) -> Floats:
    r"""Weights in proportion to 1, 1/2, 1/3 and so on.

    Parameters
    ----------
    n : int
        Number of criteria.

    Returns
    -------
    (n,) array
        Weights from the first to the last, summing to 1.

    Raises
    ------
    MethodError
        If there is no criterion.

    Notes
    -----
    .. math:: w_k = \frac{1 / k}{\sum_i 1 / i}

    [1]_: the first stands out, the last ones hardly differ.

    References
    ----------
    .. [1] W. G. Stillwell, D. A. Seaver and W. Edwards, "A comparison of weight approximation
       techniques in multiattribute utility decision making", Organ. Behav. Hum. Perform. 28(1),
       1981, :doi:`10.1016/0030-5073(81)90015-5`.

    Examples
    --------
    >>> rank_reciprocal(4).round(3)
    array([0.48, 0.24, 0.16, 0.12])
    """
    reciprocals = 1.0 / _places(n)
    weights: Floats = reciprocals / reciprocals.sum()
    return weights


def at_ranks(weights: Floats, ranks: Ints) -> Floats:
    """Give weights from the first to the last to things by their ranks.

    Parameters
    ----------
    weights : (n,) array
        Weights from the first to the last.
    ranks : (n,) array of int
        Competition ranks, as :func:`~partnermcda.core.rank` gives them: 1, 2, 2, 4.

    Returns
    -------
    (n,) array
        Equals share the mean of the weights of the places they take up.

    Raises
    ------
    MethodError
        If these are no competition ranks of as many things.

    Examples
    --------
    >>> at_ranks(rank_sum(4), np.array([2, 4, 1, 2]))
    array([0.25, 0.1 , 0.4 , 0.25])
    """
    given = np.asarray(ranks)
    if given.shape != weights.shape or (rank(-given.astype(float)) != given).any():
        raise MethodError(Finding("weighting.ranks", {"ranks": short(given.tolist())}))
    starts, group, sizes = np.unique(given.astype(int) - 1, return_inverse=True, return_counts=True)
    return (np.add.reduceat(weights, starts) / sizes)[group]


def _places(n: int) -> Ints:
    if n != int(n) or n < 1:
        raise MethodError(Finding("weighting.criteria", {"n": n}))
    return np.arange(1, int(n) + 1)
