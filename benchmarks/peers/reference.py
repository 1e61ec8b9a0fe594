"""Right answers, in the longest floating point numpy has: what every contender is held to."""

import numpy as np

BLOCK = 65_536
# How far from the end of an interval the leader may change, from the best answer to a wrong one.
REACHES = (1e-12, 1e-9, 1e-6, 1e-3, 1e-2, 1e-1)
# J. A. Alonso and M. T. Lamata, doi:10.1142/S0218488506004114: how inconsistent matrices of an
# order are when they are filled at random.
RANDOM_INDEX = {3: 0.5245, 5: 1.1086, 10: 1.4854}


def closeness(x, rows, weights, benefit, starts=None):
    """Closeness of some rows under vector normalization, ideals from the data."""
    if starts is None:
        return _closeness(_blocks(x), x[rows], weights, benefit)
    ends = np.append(starts[1:], len(x))
    cities = np.unique(np.searchsorted(starts, rows, side="right") - 1)
    whole = [x[starts[city] : ends[city]] for city in cities]
    return np.concatenate([_closeness([city], city, weights, benefit) for city in whole])


def whole_cities(m, starts, rows):
    """All rows of the cities that hold `rows`."""
    ends = np.append(starts[1:], m)
    cities = np.unique(np.searchsorted(starts, rows, side="right") - 1)
    return np.concatenate([np.arange(starts[city], ends[city]) for city in cities])


def minmax_closeness(x, weights, benefit):
    """Closeness of every row under each of some weight vectors, with minmax normalization."""
    long = x.astype(np.longdouble)
    low, high = long.min(axis=0), long.max(axis=0)
    gap = (np.where(benefit, high, low) - long) / (high - low)
    rest = 1 - np.abs(gap)
    return np.array([_ratio(np.square(w * gap), np.square(w * rest)) for w in weights])


def _blocks(x):
    return [x[i : i + BLOCK] for i in range(0, len(x), BLOCK)]


def _closeness(blocks, rows, weights, benefit):
    squares = sum(np.square(block.astype(np.longdouble)).sum(axis=0) for block in blocks)
    low = np.min([block.min(axis=0) for block in blocks], axis=0)
    high = np.max([block.max(axis=0) for block in blocks], axis=0)
    scale = np.asarray(weights, dtype=np.longdouble) / np.sqrt(squares)
    best, worst = np.where(benefit, high, low), np.where(benefit, low, high)
    return _ratio(
        np.square((rows.astype(np.longdouble) - best) * scale),
        np.square((rows.astype(np.longdouble) - worst) * scale),
    )


def _ratio(to_best, to_worst):
    to_best, to_worst = np.sqrt(to_best.sum(axis=1)), np.sqrt(to_worst.sum(axis=1))
    return to_worst / (to_best + to_worst)


def priorities(a):
    """Principal eigenvectors, summing to 1, and consistency ratios of pairwise matrices."""
    order = a.shape[-1]
    long = a.astype(np.longdouble)
    power = long
    # The power 2^25: of two eigenvalues a millionth apart the smaller one has died out.
    for _ in range(25):
        power = np.einsum("bih,bhk->bik", power, power)
        power /= power.max(axis=(1, 2), keepdims=True)
    vectors = power.sum(axis=2)
    vectors /= vectors.sum(axis=1, keepdims=True)
    values = np.einsum("bik,bk->b", long, vectors)
    return vectors, (values - order) / ((order - 1) * RANDOM_INDEX[order])


def minmax(x, benefit, starts):
    """Values from 0 to 1 within each city."""
    sizes = np.diff(starts, append=len(x))
    low = np.repeat(np.minimum.reduceat(x, starts), sizes, axis=0)
    high = np.repeat(np.maximum.reduceat(x, starts), sizes, axis=0)
    return np.where(benefit, x - low, high - x) / (high - low)


def nearness(r, weights):
    """Squared distance from the worst by that from the best: orders rows as closeness does."""
    squares = np.square(weights)
    return (np.square(r) @ squares) / (np.square(1 - r) @ squares)


def acceptability(x, weights, benefit):
    """Share of draws a row has each rank, beside the mean weights under which it is first."""
    r = minmax(x, benefit, np.zeros(1, dtype=int))
    ranks = np.array([np.argsort(np.argsort(-nearness(r, w))) for w in weights])
    shares = np.array([np.bincount(of_row, minlength=len(r)) for of_row in ranks.T]) / len(weights)
    with np.errstate(invalid="ignore"):
        central = ((ranks == 0).T @ weights) / (ranks == 0).sum(axis=0)[:, None]
    return np.column_stack((shares, central))


def leader_shares(r, weights, starts):
    """Share of draws a row is the best of its city."""
    sizes = np.diff(starts, append=len(r))
    counts = np.zeros(len(r))
    for w in weights:
        key = nearness(r, w)
        counts += key == np.repeat(np.maximum.reduceat(key, starts), sizes)
    return counts / len(weights)


def ends_apart(r, weights, intervals):
    """How near the ends of each weight's interval the leader changes, and nowhere within."""
    leader = nearness(r, weights).argmax()

    def leads(j, t):
        moved = weights / (1 - weights[j]) * (1 - t)
        moved[j] = t
        return nearness(r, moved).argmax() == leader

    def changes(j, end, inward, reach):
        within = leads(j, np.clip(end + inward * reach, 0, 1))
        return within and (end in (0, 1) or not leads(j, np.clip(end - inward * reach, 0, 1)))

    worst = 0.0
    for j, (low, high) in enumerate(intervals):
        if not all(leads(j, t) for t in np.linspace(low, high, 7)[1:-1]):
            return 1.0
        for end, inward in ((low, 1), (high, -1)):
            near = (reach for reach in REACHES if changes(j, end, inward, reach))
            worst = max(worst, next(near, 1.0))
    return worst
