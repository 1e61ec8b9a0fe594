"""What a score comes from: the difference between two actors, shared out among criteria."""

from collections.abc import Callable
from typing import Final

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.core.weight_space import as_generator, rng_faults
from partnermcda.errors import Finding, MethodError, short

EXACT: Final = 20
"""Most criteria whose parts are computed from all coalitions."""

_TOGETHER: Final = 1 << 14
_FEWEST: Final = 2


def score_parts(
    score: Callable[[Floats], Floats],
    values: Floats,
    reference: Floats,
    *,
    pairs: int = 1000,
    rng: np.random.Generator | int | None = None,
) -> tuple[Floats, Floats]:
    r"""Each criterion's part in the difference between two scores.

    Parameters
    ----------
    score : callable
        Takes (q, n) values and gives (q,) scores, each row's by its own values alone.
    values : (n,) array
        Values of an actor.
    reference : (n,) array
        Values of whom or what it is compared with: another actor, or the worst there is.
    pairs : int
        How many pairs of orders are drawn, 2 or more, where more than 20 criteria differ.
    rng : numpy.random.Generator or int, optional
        Generator or seed of these draws; needed there, and not used elsewhere.

    Returns
    -------
    parts, errors : (n,) arrays
        Parts that sum to the score of `values` less that of `reference`, and their standard errors:
        0 where all coalitions were looked at. A criterion in which both are equal has no part.

    Raises
    ------
    MethodError
        If an argument is none of those above, or a score is not finite.

    Notes
    -----
    The part of a criterion is its Shapley value [1]_: what the score gains when the criterion goes
    from the reference's value to the actor's, averaged over all orders in which the n criteria
    that differ can do so. With :math:`v(S)` the score with the actor's values in S and the
    reference's elsewhere,

    .. math:: \phi_j = \sum_{S \not\ni j} \frac{|S|!\,(n - |S| - 1)!}{n!}
              \bigl(v(S \cup \{j\}) - v(S)\bigr), \qquad \sum_j \phi_j = v(N) - v(\emptyset).

    Of a sum it is that criterion's summand. Up to 20 criteria all :math:`2^n` coalitions are
    scored; beyond, orders are drawn [2]_, each together with its reverse, and every order's parts
    sum to the difference.

    References
    ----------
    .. [1] L. S. Shapley, "A value for n-person games", in Contributions to the Theory of Games II,
       Princeton University Press, 1953, :doi:`10.1515/9781400881970-018`.
    .. [2] J. Castro, D. Gómez and J. Tejada, "Polynomial calculation of the Shapley value based on
       sampling", Comput. Oper. Res. 36(5), 2009, :doi:`10.1016/j.cor.2008.04.004`.

    Examples
    --------
    >>> from partnermcda.core import weighted_product
    >>> weights = np.array([0.5, 0.5])
    >>> parts, errors = score_parts(lambda x: weighted_product(x, weights),
    ...                             np.array([1.0, 0.25]), np.array([0.25, 0.25]))
    >>> parts, errors
    (array([0.25, 0.  ]), array([0., 0.]))
    """
    values, reference = _as_pair(values, reference)
    parts, errors = np.zeros(len(values)), np.zeros(len(values))
    players = np.flatnonzero(values != reference)
    if not len(players):
        return parts, errors
    game = _game(score, values, reference, players)
    if len(players) <= EXACT:
        parts[players] = _by_coalitions(game, len(players))
    else:
        orders = _drawn(len(players), pairs, rng)
        parts[players], errors[players] = _by_orders(game, orders)
    return parts, errors


def _as_pair(values: Floats, reference: Floats) -> tuple[Floats, Floats]:
    a, b = np.asarray(values, dtype=float), np.asarray(reference, dtype=float)
    if a.ndim != 1 or a.shape != b.shape or not (np.isfinite(a).all() and np.isfinite(b).all()):
        raise MethodError(Finding("parts.values", {"values": a.shape, "reference": b.shape}))
    return a, b


def _game(
    score: Callable[[Floats], Floats], values: Floats, reference: Floats, players: Ints
) -> Callable[[Bools], Floats]:
    """From (k, q) truth values, which of k players have joined, to the (q,) scores."""
    here, there = values[players, None], reference[players, None]

    def worth(joined: Bools) -> Floats:
        # Columns in one piece are what scores are computed from fastest.
        columns = np.repeat(reference[:, None], joined.shape[1], axis=1)
        columns[players] = np.where(joined, here, there)
        rows = columns.T
        scores = np.asarray(score(rows), dtype=float)
        if scores.shape != (len(rows),) or not np.isfinite(scores).all():
            raise MethodError(Finding("parts.scores", {"count": len(rows), "shape": scores.shape}))
        return scores

    return worth


def _by_coalitions(game: Callable[[Bools], Floats], k: int) -> Floats:
    """Parts of k players from the worth of all their coalitions, numbered by who has joined."""
    worth, size = np.empty(1 << k), np.empty(1 << k, dtype=np.int64)
    for i in range(0, 1 << k, _TOGETHER):
        codes = np.arange(i, min(i + _TOGETHER, 1 << k))
        joined = (codes >> np.arange(k)[:, None] & 1).astype(bool)
        worth[codes], size[codes] = game(joined), joined.sum(axis=0)
    # Share of the orders in which exactly these come before: s! (k - s - 1)! / k!.
    share = np.ones(k)
    for s in range(1, k):
        share[s] = share[s - 1] * s / (k - s)
    share /= k
    parts = np.empty(k)
    for j in range(k):
        without, with_j = np.moveaxis(worth.reshape(-1, 2, 1 << j), 1, 0)
        before = size.reshape(-1, 2, 1 << j)[:, 0]
        parts[j] = np.sum((with_j - without) * share[before])
    return parts


def _drawn(k: int, pairs: int, rng: np.random.Generator | int | None) -> Ints:
    """Orders of k players."""
    if rng is None:
        raise MethodError(Finding("parts.rng", {"count": k, "most": EXACT}))
    faults = list(rng_faults(rng))
    if not _is_whole(pairs) or pairs < _FEWEST:
        faults.append(Finding("parts.pairs", value=short(pairs)))
    if faults:
        raise MethodError(faults)
    return as_generator(rng).permuted(np.tile(np.arange(k), (pairs, 1)), axis=1)


def _is_whole(given: object) -> bool:
    return isinstance(given, int | np.integer) and not isinstance(given, bool)


def _by_orders(game: Callable[[Bools], Floats], orders: Ints) -> tuple[Floats, Floats]:
    """Parts of k players averaged over orders and their reverses, with standard errors."""
    pairs, k = orders.shape
    earned = np.empty((pairs, k))
    # A block has at least one order, however many players come in it.
    step = max(_TOGETHER // (2 * (k + 1)), 1)
    for i in range(0, pairs, step):
        block = orders[i : i + step]
        earned[i : i + step] = (_earned(game, block) + _earned(game, block[:, ::-1])) / 2
    return earned.mean(axis=0), earned.std(axis=0, ddof=1) / np.sqrt(pairs)


def _earned(game: Callable[[Bools], Floats], orders: Ints) -> Floats:
    """Find what each player adds when it joins, in each of q orders: (q, k)."""
    q, k = orders.shape
    place = np.argsort(orders, axis=1)
    joined = place.T[:, :, None] < np.arange(k + 1)
    worth = game(joined.reshape(k, -1)).reshape(q, k + 1)
    return np.take_along_axis(np.diff(worth, axis=1), place, axis=1)
