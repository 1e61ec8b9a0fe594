"""Every actor's rank, counted over draws."""

from collections.abc import Iterable

import numpy as np

from partnermcda.core import arguments
from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.blocks import Block, share_out, units, worth
from partnermcda.core.kernel import Norm
from partnermcda.core.segments import segment_sizes
from partnermcda.core.smaa.confidence import confidence_factors
from partnermcda.core.smaa.draws import Draws, Given, as_draws
from partnermcda.core.smaa.places import settled
from partnermcda.core.smaa.result import SMAA
from partnermcda.core.smaa.rules import ScoreName
from partnermcda.core.smaa.scoring import Room
from partnermcda.core.smaa.tally import Duels, Leads, Ranks


def smaa(
    r: Given,
    draws: Floats,
    starts: Ints | None = None,
    *,
    score: ScoreName = "closeness",
    ideal: Floats | None = None,
    anti_ideal: Floats | None = None,
    p: Norm = 2,
    threads: int | None = None,
) -> SMAA:
    r"""Count how often each actor has each rank when weights and values are drawn.

    Parameters
    ----------
    r : (m, n) or (s, m, n) array, or Uncertain
        Values, in every column more is better: known ones, one table for each draw, or bounds
        between which they are drawn.
    draws : (s, n) array
        Weight vectors, none negative, as :func:`partnermcda.core.draw_weights` gives them.
    starts : (c,) array of int, optional
        First row of each city, where there are several laid end to end. Ranks are counted within
        each, and ideals that are observed are its own.
    score : {"closeness", "weighted_sum"}
        What actors are ranked by.
    ideal, anti_ideal : (n,) arrays, optional
        Fixed ideals of the closeness; without them the best and the worst value of each column.
    p : {1, 2, inf}
        Norm of the distances behind the closeness.
    threads : int, optional
        How many threads may work on different cities; by default one for each core at hand.

    Returns
    -------
    SMAA
        Shares of draws and their standard errors. They do not hang on the order of draws or the
        number of threads, not even by the last bit.

    Raises
    ------
    MethodError
        If a value is not finite, or the arguments do not fit together.

    Notes
    -----
    The rank acceptability index [1]_ is the share of draws in which an actor has a rank, its
    central weights the mean of the weights by which it is first, its confidence factor the share
    of draws of values in which these make it first, and the pairwise winning index [2]_ the share
    of draws in which it is ahead of another. Ranks under a draw are those of
    :func:`partnermcda.core.rank`, but equals share their places in equal parts (and count a half
    against each other), so rows and columns of the acceptability both sum to 1.

    For s draws of m actors the time is that of sorting s times m scores, and of s m² / 2
    comparisons. Where that is too much, see :func:`leader_acceptability`.

    References
    ----------
    .. [1] R. Lahdelma and P. Salminen, "SMAA-2: stochastic multicriteria acceptability analysis
       for group decision making", Oper. Res. 49(3), 2001, :doi:`10.1287/opre.49.3.444.11220`.
    .. [2] P. Leskinen, J. Viitanen, A. Kangas and J. Kangas, "Alternatives to incorporate
       uncertainty and risk attitude in multicriteria evaluation of forest plans", For. Sci. 52(3),
       2006.

    Examples
    --------
    >>> from partnermcda.core import draw_weights
    >>> r = np.array([[1.0, 0.0], [0.7, 0.6], [0.0, 1.0]])
    >>> found = smaa(r, draw_weights(2, 99_999, 7), score="weighted_sum")
    >>> found.rank_acceptability.round(2)  # exactly 1/3, 1/6, 1/2; 10/33 …
    array([[0.33, 0.17, 0.5 ],
           [0.31, 0.69, 0.  ],
           [0.36, 0.14, 0.5 ]])
    """
    asked = as_draws(r, draws, starts, score, ideal, anti_ideal, p)
    m, n = asked.shape
    sizes = segment_sizes(m, asked.starts)
    q, s = int(sizes.max()), len(asked)
    ranks = np.zeros((m, q))
    winning = np.full((m, q), np.nan)
    central, error, confidence, doubt = (np.empty(shape) for shape in ((m, n), (m, n), m, m))

    def count(cities: Iterable[Block]) -> None:
        room = Room()
        for city in cities:
            rows = slice(city.first, city.last)
            some = slice(0, len(city))
            ranks[rows, some], winning[rows, some], leads = _count(asked, city, room)
            central[rows], error[rows] = leads.central_weights()
            confidence[rows], doubt[rows] = confidence_factors(asked, city, central[rows])

    work = worth(arguments.as_threads(threads), m * n * s)
    share_out(count, list(units(m, asked.starts, 1)), work)
    return SMAA(ranks, central, error, confidence, doubt, winning, s)


def _count(asked: Draws, city: Block, room: Room) -> tuple[Floats, Floats, Leads]:
    """Ranks, duels won and leads of the actors of one city."""
    q, s = len(city), len(asked)
    scores = asked.scores(city, room)
    ranks, leads = Ranks(s, q), Leads(asked.weights, q, 1)
    duels = Duels(s, q)
    for some in asked.parts(q):
        found = settled(scores, some, q)
        actors = np.tile(np.arange(q), some.stop - some.start)
        ranks.add(actors, found.first, found.equals)
        ahead = np.flatnonzero(found.first == 0)
        draws = some.start + ahead // q
        leads.add(actors[ahead], draws, found.first[ahead], found.equals[ahead])
        duels.add(found.first, bool((found.equals > 1).any()))
    return ranks.shares(), duels.shares(), leads
