"""The first and the best few of every city, counted over draws without ranking the others."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from partnermcda.core import arguments
from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.blocks import Block, share_out, units, worth
from partnermcda.core.kernel import Norm
from partnermcda.core.smaa.draws import Draws, Given, as_draws
from partnermcda.core.smaa.result import LeaderAcceptability
from partnermcda.core.smaa.rules import ScoreName
from partnermcda.core.smaa.scoring import Room
from partnermcda.core.smaa.searching import Search
from partnermcda.core.smaa.sifting import sift, sifts
from partnermcda.core.smaa.tally import Leads

_ROWS: Final = 8192
_FOLD: Final = 8


def leader_acceptability(
    r: Given,
    draws: Floats,
    starts: Ints | None = None,
    k: int = 1,
    *,
    score: ScoreName = "closeness",
    ideal: Floats | None = None,
    anti_ideal: Floats | None = None,
    p: Norm = 2,
    threads: int | None = None,
) -> LeaderAcceptability:
    """Count how often each actor is first, and among the best k, of its city.

    Parameters
    ----------
    r : (m, n) or (s, m, n) array, or Uncertain
        Values, in every column more is better: known ones, one table for each draw, or bounds
        between which they are drawn.
    draws : (s, n) array
        Weight vectors, none negative.
    starts : (c,) array of int, optional
        First row of each city, where there are several laid end to end.
    k : int
        How many of the best.
    score, ideal, anti_ideal, p
        As for :func:`smaa`.
    threads : int, optional
        How many threads may work; by default one for each core at hand.

    Returns
    -------
    LeaderAcceptability
        The same shares as :func:`smaa` counts, to the last bit.

    Raises
    ------
    MethodError
        If a value is not finite, or the arguments do not fit together.

    Notes
    -----
    Of a city only those are sorted under a draw that reach its k-th best score, which is found
    without sorting; nothing else is ever held of a draw. In one large city that is measured by
    Euclidean closeness, they are sifted as by :func:`partnermcda.core.leaders`. Whatever lies so
    near that last digits decide is scored as :func:`partnermcda.core.closeness` does.

    Examples
    --------
    >>> from partnermcda.core import draw_weights
    >>> r = np.array([[1.0, 0.0], [0.7, 0.6], [0.0, 1.0]])
    >>> found = leader_acceptability(r, draw_weights(2, 20_000, 7), k=2, score="weighted_sum")
    >>> found.first.round(2), found.top.round(2)
    (array([0.34, 0.31, 0.36]), array([0.5, 1. , 0.5]))
    """
    asked = as_draws(r, draws, starts, score, ideal, anti_ideal, p)
    m, n = asked.shape
    k, count = arguments.as_count(k), arguments.as_threads(threads)
    first, top = np.empty((2, m))
    central, error = np.empty((2, m, n))

    def work(blocks: Iterable[Block]) -> None:
        room = Room()
        for block in blocks:
            rows = slice(block.first, block.last)
            leads = _lead(asked, block, k, count, room)
            first[rows], top[rows] = leads.first(), leads.top()
            central[rows], error[rows] = leads.central_weights()

    share_out(work, list(units(m, asked.starts, _ROWS)), worth(count, m * n * len(asked)))
    return LeaderAcceptability(first, top, central, error, len(asked))


def _lead(asked: Draws, block: Block, k: int, threads: int, room: Room) -> Leads:
    """Count over all draws who leads in some cities."""
    leads = Leads(asked.weights, len(block), k)
    left = np.arange(len(asked))
    if len(block) > _ROWS and k < len(block) // _FOLD and sifts(asked):
        left = sift(asked, block, k, threads, leads)
    if len(left):
        some = asked if len(left) == len(asked) else asked.by(asked.weights[left])
        search = Search(some.scores(block, room), block, k, leads, left)
        for part in some.parts(len(block)):
            search.look(part)
        search.settle()
    return leads
