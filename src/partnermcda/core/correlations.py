"""How alike two rankings of the same actors are."""

import math

import numpy as np

from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.order import ascending
from partnermcda.errors import Finding, MethodError


def kendall(a: Ints | Floats, b: Ints | Floats) -> float:
    r"""Kendall's rank correlation, ties allowed for (τ-b).

    Parameters
    ----------
    a, b : (m,) arrays
        Ranks of two or more actors, 1 the best, as :func:`~partnermcda.core.rank` gives them with
        any `ties`.

    Returns
    -------
    float
        From -1, one ranking is the other reversed, to 1, both are the same:

        .. math:: \tau_b = \frac{P - Q}{\sqrt{(n_0 - n_a)(n_0 - n_b)}}

        with P pairs of actors in the same order, Q in opposite orders, :math:`n_0` in all, and
        :math:`n_a`, :math:`n_b` tied in one of the rankings [1]_. Swapping the rankings or
        permuting the actors changes no bit.

    Raises
    ------
    MethodError
        If these are no rankings of the same actors, or one of them tells nobody apart.

    Notes
    -----
    Pairs in opposite orders are counted in :math:`O(m \log m)`, as Knight does [2]_.

    References
    ----------
    .. [1] M. G. Kendall, "The treatment of ties in ranking problems", Biometrika 33(3), 1945,
       :doi:`10.1093/biomet/33.3.239`.
    .. [2] W. R. Knight, "A computer method for calculating Kendall's tau with ungrouped data",
       J. Am. Stat. Assoc. 61(314), 1966, :doi:`10.1080/01621459.1966.10480879`.

    Examples
    --------
    >>> kendall(np.array([1, 2, 3, 4]), np.array([1, 3, 2, 4])).__round__(3)
    0.667
    """
    a, b = _rankings(a, b)
    by_b = ascending(b)[0]
    order = by_b[ascending(a[by_b])[0]]
    a, b = a[order], b[order]
    sequence, sorted_b = ascending(b)
    pairs, of_a, of_b = math.comb(len(a), 2), _tied(a[1:] != a[:-1]), _tied(np.diff(sorted_b) != 0)
    of_both = _tied((a[1:] != a[:-1]) | (b[1:] != b[:-1]))
    surplus = pairs - of_a - of_b + of_both - 2 * _inversions(sequence)
    return surplus / math.sqrt((pairs - of_a) * (pairs - of_b))


def spearman(a: Ints | Floats, b: Ints | Floats) -> float:
    r"""Spearman's rank correlation.

    Parameters
    ----------
    a, b : (m,) arrays
        Ranks of two or more actors, 1 the best. Where there are ties, ``ties="average"`` of
        :func:`~partnermcda.core.rank` gives the usual coefficient.

    Returns
    -------
    float
        From -1, one ranking is the other reversed, to 1, both are the same:

        .. math:: \rho = \frac{\sum_i (a_i - \bar a)(b_i - \bar b)}
                  {\sqrt{\sum_i (a_i - \bar a)^2 \sum_i (b_i - \bar b)^2}},

        the linear correlation of the ranks [1]_, to about 1e-15.

    Raises
    ------
    MethodError
        If these are no rankings of the same actors, or one of them tells nobody apart.

    References
    ----------
    .. [1] C. Spearman, "The proof and measurement of association between two things", Am. J.
       Psychol. 15(1), 1904, :doi:`10.2307/1412159`.

    Examples
    --------
    >>> spearman(np.array([1, 2, 3, 4]), np.array([1, 3, 2, 4]))
    0.8
    """
    a, b = _rankings(a, b)
    a, b = a - a.mean(), b - b.mean()
    rho = float((a * b).sum() / math.sqrt((a * a).sum() * (b * b).sum()))
    return min(max(rho, -1.0), 1.0)


def weighted_spearman(a: Ints | Floats, b: Ints | Floats) -> float:
    r"""Weighted rank correlation, in which the first ranks count most.

    Parameters
    ----------
    a, b : (m,) arrays
        Ranks of two or more actors, 1 the best. The coefficient is made for rankings without
        ties; with ``ties="average"`` it stays in [-1, 1].

    Returns
    -------
    float
        From -1, one ranking is the other reversed, to 1, both are the same [1]_:

        .. math:: r_w = 1 - \frac{6 \sum_i (a_i - b_i)^2 ((m - a_i + 1) + (m - b_i + 1))}
                  {m^4 + m^3 - m^2 - m}.

    Raises
    ------
    MethodError
        If these are no rankings of the same actors, or one of them tells nobody apart.

    References
    ----------
    .. [1] J. Pinto da Costa and C. Soares, "A weighted rank measure of correlation", Aust. N. Z.
       J. Stat. 47(4), 2005, :doi:`10.1111/j.1467-842X.2005.00413.x`.

    Examples
    --------
    >>> weighted_spearman(np.array([1, 2, 3, 4]), np.array([1, 3, 2, 4]))
    0.8
    """
    a, b = _rankings(a, b)
    m = len(a)
    distance = float((np.square(a - b) * (2 * m + 2 - (a + b))).sum())
    return 1 - 6 * distance / (m**4 + m**3 - m**2 - m)


def ws(a: Ints | Floats, b: Ints | Floats) -> float:
    r"""Similarity WS of a ranking to a reference, in which the first ranks count most.

    Parameters
    ----------
    a : (m,) array
        Ranks of two or more actors in the reference, 1 the best. WS is not symmetric.
    b : (m,) array
        Their ranks in the other ranking. The coefficient is made for rankings without ties; with
        ``ties="average"`` it stays in [0, 1].

    Returns
    -------
    float
        Up to 1, both are the same [1]_:

        .. math:: WS = 1 - \sum_i 2^{-a_i} \frac{|a_i - b_i|}{\max(|1 - a_i|, |m - a_i|)}.

    Raises
    ------
    MethodError
        If these are no rankings of the same actors, or one of them tells nobody apart.

    References
    ----------
    .. [1] W. Sałabun and K. Urbaniak, "A new coefficient of rankings similarity in decision-making
       problems", ICCS 2020, LNCS 12138, :doi:`10.1007/978-3-030-50417-5_47`.

    Examples
    --------
    >>> ws(np.array([1, 2, 3, 4]), np.array([1, 3, 2, 4]))
    0.8125
    """
    a, b = _rankings(a, b)
    farthest = np.maximum(a - 1, len(a) - a)
    return 1 - float((np.exp2(-a) * np.abs(a - b) / farthest).sum())


def _rankings(a: Ints | Floats, b: Ints | Floats) -> tuple[Floats, Floats]:
    first, second = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    if first.ndim != 1 or first.shape != second.shape or len(first) < 2:
        raise MethodError(Finding("core.rankings", {"a": first.shape, "b": second.shape}))
    for ranks in (first, second):
        strange = np.flatnonzero(~((ranks >= 1) & (ranks <= len(ranks))))
        if len(strange):
            row, value = int(strange[0]) + 1, f"{ranks[strange[0]]:g}"
            raise MethodError(Finding("core.no_rank", row=row, value=value, more=len(strange) - 1))
        if (ranks == ranks[0]).all():
            raise MethodError(Finding("core.flat", {}))
    return first, second


def _tied(changes: Ints) -> int:
    """Pairs of equals among sorted actors, if `changes` tells who differs from the one before."""
    edges = np.flatnonzero(np.concatenate([[True], changes, [True]]))
    sizes = np.diff(edges)
    return int((sizes * (sizes - 1) // 2).sum())


def _inversions(order: Ints) -> int:
    """Pairs of a permutation of 0 … m - 1 in which the greater comes first.

    Bit by bit from the highest, numbers without it are moved before those with it, among all that
    have the same higher bits. On its way each passes the greater ones it came after.
    """
    bits = (len(order) - 1).bit_length()
    size = 1 << bits
    # Those above m - 1 stand in their places already.
    t = np.concatenate([order, np.arange(len(order), size)])
    passed = 0
    for bit in reversed(range(bits)):
        half = 1 << bit
        high = (t & half).astype(bool)
        low = np.flatnonzero(~high)
        # The sum of where they were, less that of where they go: all places without this bit.
        passed += int(low.sum()) - size * (size - 1 - half) // 4
        t = np.stack([t[low].reshape(-1, half), t[high].reshape(-1, half)], axis=1).reshape(-1)
    return passed
