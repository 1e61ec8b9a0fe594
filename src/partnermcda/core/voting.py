"""One order from many: Borda, Copeland and Kemeny."""

from typing import Final

import numpy as np

from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.ranks import rank
from partnermcda.errors import Finding, MethodError

KEMENY_MOST: Final = 15
"""Most actors whose Kemeny order is found: 2^15 sets of them are looked at."""


def duels(ranks: Ints | Floats) -> Floats:
    """Count in how many orders each actor is ahead of each other.

    Parameters
    ----------
    ranks : (q, m) array
        Ranks of m actors in q orders, 1 the best; equals may share one.

    Returns
    -------
    (m, m) array
        Orders in which the actor of the row is ahead of that of the column; equals count a half.

    Raises
    ------
    MethodError
        If these are no ranks.

    Examples
    --------
    >>> duels(np.array([[1, 2, 3], [1, 3, 2], [2, 1, 3]]))
    array([[0., 2., 3.],
           [1., 0., 2.],
           [0., 1., 0.]])
    """
    given = _as_ranks(ranks)
    ahead = np.zeros((given.shape[1],) * 2)
    for order in given:
        ahead += (order[:, None] < order) + (order[:, None] == order) / 2
    np.fill_diagonal(ahead, 0.0)
    return ahead


def borda(ranks: Ints | Floats) -> Floats:
    r"""Give each actor the number of others it is ahead of, over all orders.

    Parameters
    ----------
    ranks : (q, m) array
        Ranks of m actors in q orders, 1 the best; equals may share one.

    Returns
    -------
    (m,) array
        Points: :math:`\sum_b d_{ab}` with the :func:`duels` d, so that equals have half a point of
        each other [1]_; more is better.

    Raises
    ------
    MethodError
        If these are no ranks.

    References
    ----------
    .. [1] J.-C. de Borda, "Mémoire sur les élections au scrutin", Histoire de l'Académie royale des
       sciences, 1781.

    Examples
    --------
    >>> borda(np.array([[1, 2, 3], [1, 3, 2], [2, 1, 3]]))
    array([5., 3., 1.])
    """
    given = _as_ranks(ranks)
    # Not by duels: their table grows with the square of the actors.
    places = rank(-given, ties="average", tolerance=0.0)
    return np.asarray((given.shape[1] - places).sum(axis=0))


def copeland(ranks: Ints | Floats) -> Floats:
    r"""Give each actor its duels won less those lost.

    Parameters
    ----------
    ranks : (q, m) array
        Ranks of m actors in q orders, 1 the best; equals may share one.

    Returns
    -------
    (m,) array
        :math:`\sum_b \operatorname{sign}(d_{ab} - d_{ba})` with the :func:`duels` d [1]_; more is
        better.

    Raises
    ------
    MethodError
        If these are no ranks.

    References
    ----------
    .. [1] A. H. Copeland, "A reasonable social welfare function", University of Michigan, 1951.

    Examples
    --------
    >>> copeland(np.array([[1, 2, 3], [1, 3, 2], [2, 1, 3]]))
    array([ 2.,  0., -2.])
    """
    ahead = duels(ranks)
    return np.asarray(np.sign(ahead - ahead.T).sum(axis=1))


def kemeny(ranks: Ints | Floats) -> tuple[Ints, float]:
    r"""Find the orders that disagree least with the given ones, in all.

    Parameters
    ----------
    ranks : (q, m) array
        Ranks of m actors in q orders, 1 the best; equals may share one. At most fifteen actors.

    Returns
    -------
    order : (m,) array of int
        Actors, the best first: of several such orders the one that names the first rows first.
    others : float
        How many orders are as good, beside this one.

    Raises
    ------
    MethodError
        If these are no ranks, or of more actors than can be looked at.

    Notes
    -----
    The order that makes the sum of :math:`d_{ba}` over all pairs with a before b least, d being the
    :func:`duels`: the Kendall distances to the given orders [1]_. Found exactly, by dynamic
    programming over the sets of actors that stand first [2]_.

    References
    ----------
    .. [1] J. G. Kemeny, "Mathematics without numbers", Daedalus 88(4), 1959.
    .. [2] M. Held and R. M. Karp, "A dynamic programming approach to sequencing problems", J. Soc.
       Ind. Appl. Math. 10(1), 1962, :doi:`10.1137/0110015`.

    Examples
    --------
    >>> kemeny(np.array([[1, 2, 3], [1, 3, 2], [2, 1, 3]]))
    (array([0, 1, 2]), 0.0)
    """
    ahead = duels(ranks)
    m = len(ahead)
    if m > KEMENY_MOST:
        raise MethodError(Finding("consensus.too_many", {"m": m, "most": KEMENY_MOST}))
    # In halves, so that sums are exact.
    cost, ways = _least(np.rint(2 * ahead).astype(np.int64))
    order, left = [], (1 << m) - 1
    halves = np.rint(2 * ahead).astype(np.int64)
    while left:
        rows = [a for a in range(m) if left >> a & 1]
        lost = {a: sum(halves[b, a] for b in rows) for a in rows}
        first = next(a for a in rows if cost[left & ~(1 << a)] + lost[a] == cost[left])
        order.append(first)
        left &= ~(1 << first)
    return np.array(order, dtype=np.int64), float(ways[-1] - 1)


def _least(halves: Ints) -> tuple[Ints, Floats]:
    """For every set of actors the least disagreement of an order of it, and how many have that."""
    m = len(halves)
    cost, ways = np.zeros(1 << m, dtype=np.int64), np.ones(1 << m)
    sets = np.arange(1 << m)
    sizes = sum((sets >> a & 1) for a in range(m))
    # For an actor put before all of a set: what others of the set would have had against it.
    lost = np.zeros((m, 1 << m), dtype=np.int64)
    for b in range(m):
        lost[:, sets >> b & 1 == 1] += halves[b][:, None]
    for size in range(1, m + 1):
        here = sets[sizes == size]
        tried = np.full((m, len(here)), np.iinfo(np.int64).max)
        for a in range(m):
            within = here >> a & 1 == 1
            rest = here[within] & ~(1 << a)
            tried[a, within] = cost[rest] + lost[a, rest]
        cost[here] = tried.min(axis=0)
        counts = np.zeros(len(here))
        for a in range(m):
            best = tried[a] == cost[here]
            counts[best] += ways[here[best] & ~(1 << a)]
        ways[here] = counts
    return cost, ways


def _as_ranks(ranks: Ints | Floats) -> Floats:
    try:
        given = np.asarray(ranks, dtype=float)
    except (TypeError, ValueError):
        raise MethodError(Finding("consensus.ranks", {"shape": np.shape(ranks)})) from None
    if given.ndim != 2 or not given.size or not np.isfinite(given).all():
        raise MethodError(Finding("consensus.ranks", {"shape": given.shape}))
    return given


def in_order(points: Floats) -> Ints:
    """Rank by points, more being better; equals share the best of their ranks.

    Parameters
    ----------
    points : (m,) array

    Returns
    -------
    (m,) array of int

    Examples
    --------
    >>> in_order(np.array([2.0, 5.0, 2.0]))
    array([2, 1, 2])
    """
    return np.asarray(rank(points, tolerance=0.0), dtype=np.int64)
