"""The nearest tie of TOPSIS's leader with any rival, between two proven ends."""

from typing import Final

import numpy as np

from partnermcda.core.arrays import Floats
from partnermcda.core.nearest.ties import Duel

_TOGETHER: Final = 64
_MOST: Final = 256
"""Rivals of one city for whom ties are looked for; of the others only the plain bound is used."""

_HALVINGS: Final = 12
_FARTHEST: Final = {"l1": 2.0 + 1e-6, "l2": 2.0**0.5 + 1e-6}
"""A little more than any weights are apart."""


def nearest_tie(duel: Duel) -> tuple[float, float, Floats, int]:
    """Find weights near those given under which some rival ties with the leader.

    Parameters
    ----------
    duel : Duel
        The leader and q rivals, all behind it under the weights given.

    Returns
    -------
    low, distance : float
        No weights nearer than `low` give a tie; those found are `distance` away, infinitely far
        where none were found.
    weights : (n,) array
        The weights found; NaN where there are none.
    rival : int
        Who ties there; -1 where nobody does.
    """
    safe = np.where(_never(duel), np.inf, duel.safe())
    order = np.argsort(safe, kind="stable")[:_MOST]
    distance, weights, rival = np.inf, np.full(len(duel.weights), np.nan), -1
    ties: dict[int, Floats] = {}
    for i in range(0, len(order), _TOGETHER):
        part = order[i : i + _TOGETHER]
        part = part[safe[part] < distance]
        if not len(part):
            break
        far, found = duel.some(part).ties()
        ties.update((int(b), w) for b, w in zip(part, found, strict=True))
        if far.min() < distance:
            best = int(far.argmin())
            distance, weights, rival = float(far[best]), found[best], int(part[best])
    low = min(distance, float(np.delete(safe, order).min(initial=np.inf)))
    for b in order[safe[order] < low]:
        low = min(low, _proven(duel, int(b), float(safe[b]), low, ties.get(int(b), weights)))
    return low, distance, weights, rival


def _never(duel: Duel) -> Floats:
    """Who is behind the leader by every criterion, and so under all weights."""
    no_better = (duel.ups <= duel.up) & (duel.downs >= duel.down)
    behind = (duel.ups < duel.up) | (duel.downs > duel.down)
    return np.asarray((no_better & behind).all(axis=1))


def _proven(duel: Duel, rival: int, safe: float, wanted: float, tie: Floats) -> float:
    """Push up the distance within which a rival does not tie, as far as is wanted."""
    sharp = duel.weights if np.isnan(tie).any() else tie
    low, high = safe, min(wanted, _FARTHEST[duel.norm])
    if duel.excluded(rival, sharp, high):
        return wanted
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if duel.excluded(rival, sharp, middle):
            low = middle
        else:
            high = middle
    return low
