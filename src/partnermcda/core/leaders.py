"""The best actors under each of many weight vectors, without the scores of all the others."""

from collections.abc import Iterable
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from partnermcda.core import arguments
from partnermcda.core.aggregation import closeness
from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.blocks import PIECE, Block, Room, padded, share_out, split
from partnermcda.core.extremes import ordinary, ordinary_weights
from partnermcda.core.kernel import write_closeness
from partnermcda.core.ranks import TOLERANCE, rank
from partnermcda.core.selection import top_k
from partnermcda.core.statistics import Values, observe

Singles: TypeAlias = NDArray[np.float32]
_ROWS: Final = 2048
_FOLD: Final = 8
_TOGETHER: Final = 256
_GROUPS: Final = 64
# Above this number of multiplications OpenBLAS starts threads of its own.
_PRODUCT: Final = 1 << 18
_DRAWS: Final = 1000
# More actors than this within reach of the best are not told apart by their keys.
_CROWD: Final = 1 << 14
# Scores this far below the k-th best are looked at too: room for ties and for rounding.
_MARGIN: Final = 4 * TOLERANCE


def leaders(
    r: Floats,
    weights: Floats,
    k: int = 1,
    *,
    ideal: Floats | None = None,
    anti_ideal: Floats | None = None,
    threads: int | None = None,
) -> Ints:
    r"""Find the k best actors by closeness under each weight vector.

    Parameters
    ----------
    r : (m, n) array
        Values; in every column more is better.
    weights : (n,) or (s, n) array
        Weights of the criteria, none negative.
    k : int
        How many actors.
    ideal, anti_ideal : (n,) arrays, optional
        Fixed ideals; without them the best and the worst value of each column.
    threads : int, optional
        How many threads may work, if there is enough to do; by default one for each core at hand.

    Returns
    -------
    (k,) or (s, k) array of int
        Rows, the best first, equals in the order of rows; -1 where there are fewer than k. The
        same as ``top_k(closeness(r, weights, …), k)``.

    Raises
    ------
    MethodError
        If a value is NaN or infinite, or the arguments do not fit together.

    Notes
    -----
    Actors are sifted by :math:`(d^+ / d^-)^2` in float32, which orders them as closeness does but
    for its last digits: it takes two matrix products and a division for all weight vectors at once,
    and unlike :math:`d^{-2} / (d^{+2} + d^{-2})` it loses no digit near the ideal. Actors that
    could be among the k best, whatever those digits are, are then scored in full. The (s, m) scores
    are never held.

    Examples
    --------
    >>> r = np.array([[1.0, 0.0], [0.6, 0.6], [0.0, 1.0]])
    >>> leaders(r, np.array([[0.8, 0.2], [0.5, 0.5], [0.2, 0.8]]), 2)
    array([[0, 1],
           [1, 0],
           [2, 1]])
    """
    r = arguments.as_values(r)
    m, n = r.shape
    w = arguments.as_weights(weights, n)
    k, count = arguments.as_count(k), arguments.as_threads(threads)
    rows = np.full((len(w), k), -1, dtype=np.int64)
    points, span, plain = _points(r, ideal, anti_ideal, count)
    sifts = plain and ordinary_weights(w) and 0 < k <= min(m, _ROWS // _FOLD)
    for i in range(0, len(w), _DRAWS):
        some, best = w[i : i + _DRAWS], rows[i : i + _DRAWS]
        left = np.arange(len(some))
        if sifts:
            left = _choose(r, points, some, _sift(r, points, span, some, k, count), best)
        for j in left:
            scores = closeness(r, some[j], ideal=ideal, anti_ideal=anti_ideal, threads=count)
            best[j] = top_k(scores, k)
    return rows.reshape(*np.shape(weights)[:-1], k)


class _Sieve:
    """The actors that may be among the k best, as far as one thread has seen the rows."""

    def __init__(self, s: int, k: int, n: int) -> None:
        self.slack = _slack(n)
        self.best = np.full((s, k), np.inf)
        """Keys of k actors, none better than the k best there are."""
        self.reach = np.full(s, np.inf)
        """Keys beyond which nobody is among the k best, or as good as one of them."""
        self.counts = np.zeros(s, dtype=np.int64)
        self.found: list[tuple[Ints, Ints, Singles]] = []

    def take(self, keys: Singles, draw: int, block: Block) -> None:
        """Keep what may be among the best, of (q, rows) keys for the draws from `draw` on."""
        folded = keys.reshape(len(keys), _FOLD, -1)
        least = folded.min(axis=1)
        some = slice(draw, draw + len(keys))
        # Written so that a key that is not a number is within reach.
        near = ~(least.min(axis=1) > self.reach[some]) & (self.counts[some] <= _CROWD)
        if near.any():
            hot = np.flatnonzero(near)
            self._tighten(hot + draw, least[hot])
            self._keep(hot, draw, folded, least[hot], block)

    def _tighten(self, draws: Ints, least: Singles) -> None:
        """Bring the reach down: the k-th least of groups' least is no better than that of all."""
        k = self.best.shape[1]
        groups = least.reshape(len(least), -1, max(_GROUPS, 1 << (k - 1).bit_length())).min(axis=1)
        both = np.concatenate((self.best[draws], groups), axis=1)
        self.best[draws] = np.partition(both, k - 1, axis=1)[:, :k]
        self.reach[draws] = _reach(self.best[draws].max(axis=1), self.slack)
        # An actor at both ideals has no key.
        self.counts[draws[np.isnan(least).any(axis=1)]] += _CROWD + 1

    def _keep(self, hot: Ints, draw: int, folded: Singles, least: Singles, block: Block) -> None:
        """Note who is within reach, looking only into groups whose least is."""
        which, group = np.nonzero(least <= self.reach[hot + draw, None])
        draws = hot[which] + draw
        keys = folded[hot[which], :, group]
        hit, fold = np.nonzero(keys <= self.reach[draws, None])
        rows = fold * least.shape[1] + group[hit]
        # What is beyond the last row has a key, too.
        there = rows < len(block)
        found = draws[hit][there], rows[there] + block.first, keys[hit, fold][there]
        self.found.append(found)
        self.counts += np.bincount(found[0], minlength=len(self.counts))


def _sift(r: Floats, points: Floats, span: Floats, w: Floats, k: int, threads: int) -> list[_Sieve]:
    n = r.shape[1]
    # Differences in shares of the span, and weights of the largest: what float32 can hold.
    shares = w * span[:, 0]
    with np.errstate(invalid="ignore"):
        shares /= shares.max(axis=1, keepdims=True)
    divisor = np.where(span > 0, span, 1.0)
    many = max(_PRODUCT // (_ROWS * n), 1)
    squares = np.resize((shares * shares).astype(np.float32), (-(-len(w) // many), many, n))
    together = -(-_TOGETHER // many)
    sieves: list[_Sieve] = []

    def sift(share: Iterable[Block]) -> None:
        sieve = _Sieve(len(w), k, n)
        parts = np.zeros((2, n, _ROWS), dtype=np.float32)
        sums = np.empty((2, together, many, _ROWS), dtype=np.float32)
        with np.errstate(all="ignore"):
            for block in share:
                differences = (r[block.first : block.last].T - points) / divisor
                np.multiply(differences, differences, out=parts[:, :, : len(block)])
                for i in range(0, len(squares), together):
                    keys = _keys(squares[i : i + together], parts, sums, len(block))
                    sieve.take(keys[: len(w) - i * many], i * many, block)
        sieves.append(sieve)

    share_out(sift, split(0, len(r), _ROWS), threads)
    return sieves


def _keys(squares: Singles, parts: Singles, sums: Singles, rows: int) -> Singles:
    """Squared distances to the ideal, in those to the anti-ideal; infinite beyond `rows`."""
    to_anti_ideal, to_ideal = sums[0, : len(squares)], sums[1, : len(squares)]
    np.matmul(squares, parts[0], out=to_anti_ideal)
    np.matmul(squares, parts[1], out=to_ideal)
    keys = np.divide(to_ideal, to_anti_ideal, out=to_ideal).reshape(-1, _ROWS)
    keys[:, rows:] = np.inf
    return keys


def _slack(n: int) -> float:
    """How far a key can be off, in parts of itself: n products and their sum, twice, in float32."""
    return 4.0 * (n + 8) * float(np.finfo(np.float32).eps)


def _reach(keys: Floats, slack: float) -> Floats:
    """Bring keys to the margin below, in terms of closeness, and allow for what they are off."""
    lowest = 1.0 / (1.0 + np.sqrt(keys * (1.0 + slack))) - _MARGIN
    return np.where(lowest > 0, ((1.0 - lowest) / lowest) ** 2, np.inf) * (1.0 + slack)


def _choose(r: Floats, points: Floats, w: Floats, sieves: list[_Sieve], rows: Ints) -> Ints:
    """Write the k best of those found into `rows`; tell for which draws that does not do."""
    s, k = rows.shape
    best = np.concatenate([sieve.best for sieve in sieves], axis=1)
    slack = _slack(r.shape[1])
    reach = _reach(np.partition(best, k - 1, axis=1)[:, k - 1], slack)
    found = [part for sieve in sieves for part in sieve.found]
    draws, actors, keys = (np.concatenate(column) for column in zip(*found, strict=True))
    crowded = np.max([sieve.counts for sieve in sieves], axis=0) > _CROWD
    near = (keys <= reach[draws]) & ~crowded[draws]
    order = np.lexsort((actors[near], draws[near]))
    draws, actors = draws[near][order], actors[near][order]
    with np.errstate(all="ignore"):
        scores = _scores(r, points, w, draws, actors)
    starts = np.searchsorted(draws, np.arange(s))
    ranks = rank(scores, starts)
    first = np.lexsort((actors, ranks, draws))
    chosen = np.flatnonzero(~crowded)
    rows[chosen] = actors[first[starts[chosen, None] + np.arange(k)]]
    last = np.zeros(s, dtype=np.int64)
    last[chosen] = ranks[first[starts[chosen] + k - 1]]
    # Those as good as the last may go on beyond what was looked at.
    tied = ranks == last[draws]
    lowest = np.full(s, np.inf)
    np.minimum.at(lowest, draws[tied], scores[tied])
    seen = 1.0 / (1.0 + np.sqrt(reach / (1.0 + slack)))
    return np.flatnonzero(crowded | (lowest < seen + 2 * TOLERANCE))


def _scores(r: Floats, points: Floats, w: Floats, draws: Ints, actors: Ints) -> Floats:
    """Score pairs of draw and actor as the kernel does, so that they have the same bits."""
    scores = np.empty(len(draws))
    room, write = Room(r.shape[1], _ROWS), write_closeness(scores[None], 2)
    for block in split(0, len(draws), _ROWS):
        k, some = len(block), slice(block.first, block.last)
        width = padded(k)
        parts, sums, squares = room.parts(width), room.totals(width), room.values(width)
        np.subtract(r[actors[some]].T, points, out=parts[:, :, :k])
        np.multiply(parts, parts, out=parts)
        np.square(w[draws[some]].T, out=squares[:, :k])
        np.einsum("jb,zjb->zb", squares, parts, out=sums)
        write(sums[:, :k], None, 0, block)
    return scores


def _points(
    r: Floats, ideal: Floats | None, anti_ideal: Floats | None, threads: int
) -> tuple[Floats, Floats, bool]:
    """Lay (2, n, 1) anti-ideal and ideal out, and (n, 1) spans; tell if all can be squared."""
    m, n = r.shape
    if not m:
        return np.zeros((2, n, 1)), np.zeros((n, 1)), False
    seen = observe(Values(r), Block.of(m), "", Room(n, min(m, PIECE)), threads)
    points = np.array((seen.low, seen.high))
    for i, point in enumerate((anti_ideal, ideal)):
        if point is not None:
            points[i] = arguments.as_point(point, n)[:, None]
    low = np.minimum(seen.low, points.min(axis=0))
    high = np.maximum(seen.high, points.max(axis=0))
    with np.errstate(all="ignore"):
        return points, high - low, ordinary(low, high)
