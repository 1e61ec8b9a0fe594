"""One large city measured by Euclidean closeness: its leaders are sifted, not scored."""

from dataclasses import replace
from typing import Final

import numpy as np

from partnermcda.core.arrays import Ints
from partnermcda.core.blocks import Block
from partnermcda.core.leaders import leaders
from partnermcda.core.smaa.draws import Draws
from partnermcda.core.smaa.places import places
from partnermcda.core.smaa.scoring import rounding, weigh
from partnermcda.core.smaa.tally import Leads

_DRAWS: Final = 4_096


def sifts(asked: Draws) -> bool:
    """Tell whether leaders can be sifted.

    Parameters
    ----------
    asked : Draws

    Returns
    -------
    bool
    """
    return asked.certain and asked.rules.score == "closeness" and asked.rules.p == 2


def sift(asked: Draws, city: Block, k: int, threads: int, leads: Leads) -> Ints:
    """Add those among the best k of a city, under all draws where nobody else is as good.

    Parameters
    ----------
    asked : Draws
    city : Block
    k : int
    threads : int
    leads : Leads
        Where they are added.

    Returns
    -------
    (j,) array of int
        Draws that are left.
    """
    values = np.asarray(asked.values)[city.first : city.last]
    rules, left = asked.rules, np.ones(len(asked), dtype=bool)
    low, high = values.min(axis=0).astype(float), values.max(axis=0).astype(float)
    if not rules.plain(low, high, asked.weights):
        return np.flatnonzero(left)
    ideals = {"ideal": rules.ideal, "anti_ideal": rules.anti_ideal}
    best = leaders(values, asked.weights, k + 1, threads=threads, **ideals)
    ideal = high if rules.ideal is None else rules.ideal
    anti_ideal = low if rules.anti_ideal is None else rules.anti_ideal
    rules = replace(rules, ideal=ideal, anti_ideal=anti_ideal)
    for i in range(0, len(asked), _DRAWS):
        some = slice(i, min(i + _DRAWS, len(asked)))
        rows, draws = best[some].reshape(-1), np.arange(some.start, some.stop)
        table = values[rows].astype(float).T.reshape(-1, len(draws), k + 1)
        terms = rules.terms(table, city)
        scores = weigh(rules, terms, asked.weights[some]).reshape(-1)
        found = places(scores, np.full(len(draws), k + 1), rounding(values.shape[1]))
        # Equals of the last one looked at may stand outside.
        open_end = (found.first < k) & (found.first + found.equals > k)
        left[some] = found.unsure | open_end.reshape(-1, k + 1).any(axis=1)
        kept = ~np.repeat(left[some], k + 1)
        which = np.repeat(draws, k + 1)[kept]
        leads.add(rows[kept], which, found.first[kept], found.equals[kept])
    return np.flatnonzero(left)
