"""How often actors are first by their own central weights, when values are drawn."""

from typing import Final

import numpy as np

from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.blocks import Block
from partnermcda.core.ranks import TOLERANCE
from partnermcda.core.smaa.draws import Draws
from partnermcda.core.smaa.places import places, settled
from partnermcda.core.smaa.result import share_error
from partnermcda.core.smaa.scoring import Room, weigh
from partnermcda.core.smaa.tally import unit_of

_FEWEST: Final = 1_000
"""Draws of values that are looked at for each leader at least, if there are as many."""
_SCORES: Final = 1 << 22
"""Scores up to which all of them are."""


def confidence_factors(asked: Draws, city: Block, central: Floats) -> tuple[Floats, Floats]:
    """Count how often actors are first by their own central weights.

    Parameters
    ----------
    asked : Draws
    city : Block
        Of q actors.
    central : (q, n) array
        Central weights, NaN where there are none.

    Returns
    -------
    share, error : (q,) arrays
        NaN for those without central weights.
    """
    share, error = np.full((2, len(city)), np.nan)
    leaders = np.flatnonzero(~np.isnan(central[:, 0]))
    weights = central[leaders]
    if asked.certain:
        share[leaders], error[leaders] = _at_once(asked.by(weights), city, leaders), 0.0
        return share, error
    size = min(len(asked), max(_FEWEST, _SCORES // (len(leaders) * len(city))))
    share[leaders] = _over_draws(asked.by(asked.weights[:size]), city, leaders, weights)
    error[leaders] = share_error(share[leaders], size)
    return share, error


def _at_once(asked: Draws, city: Block, leaders: Ints) -> Floats:
    q, scores = len(city), asked.scores(city, Room())
    shares = np.empty(len(leaders))
    for some in asked.parts(q):
        found = settled(scores, some, q)
        own = np.arange(some.stop - some.start) * q + leaders[some]
        shares[some] = np.where(found.first[own] == 0, 1 / found.equals[own], 0.0)
    return shares


def _over_draws(asked: Draws, city: Block, leaders: Ints, weights: Floats) -> Floats:
    q, scores, unit = len(city), asked.drawn(city), unit_of(len(asked))
    totals = np.zeros(len(leaders), dtype=np.int64)
    for some in asked.parts(q):
        terms = scores.next(some.stop - some.start)
        for i, actor in enumerate(leaders.tolist()):
            taken = weigh(asked.rules, terms, weights[i : i + 1])
            totals[i] += _leads(taken, actor, unit)
    return np.asarray(totals / unit / len(asked))


def _leads(scores: Floats, actor: int, unit: int) -> int:
    """Count in how many draws an actor is first, in units; equals share."""
    q = scores.shape[1]
    # A chain of equals reaches no further down.
    near = scores >= scores.max(axis=1, keepdims=True) - q * TOLERANCE
    crowd = near.sum(axis=1)
    ahead = near[:, actor]
    found = scores[ahead & (crowd > 1)]
    equals = places(found.reshape(-1), np.full(len(found), q), 0.0)
    shared = equals.equals[actor::q][equals.first[actor::q] == 0]
    alone = int(np.count_nonzero(ahead & (crowd == 1)))
    return alone * unit + int(np.rint(unit / shared).astype(np.int64).sum())
