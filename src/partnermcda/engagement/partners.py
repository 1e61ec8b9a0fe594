"""Who complements whom best: the pair that covers most beyond what either covers alone."""

from dataclasses import dataclass

import numpy as np

from partnermcda.capability.pairing import adding, brought
from partnermcda.core.arrays import Bools, Floats, Ints, Texts
from partnermcda.engagement.inputs import Inputs, Sides

LARGEST = 20_000
"""Candidates of one city among whom partners are looked for; all pairs are compared."""
_BLOCK = 1 << 15
"""Pairs compared at once: what stays in a processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class Partners:
    """The best partner of each of m actors."""

    rows: Ints
    """(m,) whose it is; -1 where none was sought or none complements the actor."""
    gain: Sides
    """(m,) bounds of what both gain, as a share of the needs."""
    unsought: int
    """Actors in cities too large to look for their partners."""


def find_partners(inputs: Inputs, seekers: Bools, actors: Texts, cities: Texts) -> Partners:
    """Find the best partner of some actors among the candidates of their city.

    Parameters
    ----------
    inputs : Inputs
        Of m actors, city by city.
    seekers : (m,) array of bool
        Whose partner is sought.
    actors, cities : (m,) arrays of str
        Ids and cities: of equals the first by id, then by city, is named.

    Returns
    -------
    Partners

    Notes
    -----
    All pairs of a city are compared, a block at a time: exact, and never a table of all pairs.
    """
    cover, adds = inputs.cover.mid[:, inputs.asked], adding(inputs.catalog, inputs.asked)
    rows, unsought = np.full(len(inputs), -1), 0
    for start, stop in zip(inputs.starts, [*inputs.starts[1:], len(inputs)], strict=True):
        seeking = start + np.flatnonzero(seekers[start:stop])
        offered = start + np.flatnonzero(inputs.candidates[start:stop])
        if len(offered) > LARGEST:
            unsought += len(seeking)
        elif len(seeking) and len(offered):
            names = [(actors[row], cities[row]) for row in offered]
            offered = offered[sorted(range(len(names)), key=names.__getitem__)]
            rows[seeking] = _best(cover, adds[1], seeking, offered)
    return Partners(rows, _gains(inputs, adds, rows), unsought)


def _best(cover: Floats, adds: Floats, seeking: Ints, offered: Ints) -> Ints:
    """Partner of each that seeks; -1 where none adds to it and gains from it."""
    counts = _differs(cover[np.union1d(seeking, offered)], adds)
    mine, theirs = (np.ascontiguousarray(cover[rows][:, counts].T) for rows in (seeking, offered))
    own_total, total = _row_sums(mine.T), _row_sums(theirs.T)
    step, found = max(1, _BLOCK // len(offered)), np.full(len(seeking), -1)
    for begin in range(0, len(seeking), step):
        these = slice(begin, begin + step)
        gain = _together(mine[:, these, None], theirs, adds[counts])
        gain -= np.maximum(own_total[these, None], total)
        gain[seeking[these, None] == offered] = 0.0
        best = gain.argmax(axis=1)
        # Sums of shares are exact to far more than that.
        gains = np.take_along_axis(gain, best[:, None], axis=1)[:, 0] > 1e-9
        found[these] = np.where(gains, offered[best], -1)
    return found


def _differs(cover: Floats, adds: Floats) -> Bools:
    """Capabilities in which some pair can gain: not those that all cover alike."""
    first = cover[0]
    alike = np.all(cover == first, axis=0)
    counts: Bools = ~(alike & ((adds == 0) | (first == 0) | (first == 1)))
    return counts


def _together(mine: Floats, theirs: Floats, adds: Floats) -> Floats:
    """(b, p) sum of the shares that pairs cover together."""
    shape = (mine.shape[1], theirs.shape[1])
    covered, one = np.zeros(shape), np.empty(shape)
    for k, share in enumerate(adds):
        if share < 1:
            np.maximum(mine[k], theirs[k], out=one)
            covered += one if share == 0 else np.multiply(one, 1 - share, out=one)
        if share > 0:
            np.minimum(np.add(mine[k], theirs[k], out=one), 1.0, out=one)
            covered += one if share == 1 else np.multiply(one, share, out=one)
    return covered


def _gains(inputs: Inputs, adds: Floats, partner: Ints) -> Sides:
    """Bounds of what m actors gain with their partners."""
    low, mid, high = (cover[:, inputs.asked] for cover in inputs.cover.each())
    # Least is what a giver has at least to a taker who has the most, and so on.
    pairs = ((low, high, adds[0]), (mid, mid, adds[1]), (high, low, adds[2]))
    both = np.flatnonzero(partner >= 0)
    found = []
    for give, take, share in pairs:
        gain = np.full(len(partner), np.nan)
        other = partner[both]
        gain[both] = np.minimum(
            _all_brought(give[both], take[other], share),
            _all_brought(give[other], take[both], share),
        ) / max(1, len(share))
        found.append(gain)
    return Sides(*found)


def _all_brought(give: Floats, take: Floats, adds: Floats) -> Floats:
    """Sum what givers add to takers, over all capabilities, in one order."""
    total = np.zeros(len(give))
    for k, share in enumerate(adds):
        total += brought(give[:, k], take[:, k], float(share))
    return total


def _row_sums(x: Floats) -> Floats:
    """Sum of each row, in one order whatever rows stand beside it."""
    total = np.zeros(len(x))
    for k in range(x.shape[1]):
        total += x[:, k]
    return total
