"""From values to scores and ranks, within each city or all together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np

from partnermcda import core
from partnermcda.core.arrays import Bools, Floats, Ints, Texts
from partnermcda.core.ranks import TOLERANCE
from partnermcda.core.segments import segment_sizes
from partnermcda.errors import Finding, MethodError
from partnermcda.methods import Method


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """The figures of k actors."""

    score: Floats
    low: Floats
    high: Floats
    rank: Ints
    best: Ints
    worst: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """What is scored: k actors, in the order they are given, city by city."""

    actors: Texts
    """(k,) names, for what is refused."""
    criteria: tuple[str, ...]
    """Names of the columns."""
    weights: Floats
    """(n,) weights."""
    benefit: Bools | None
    """(n,) true where more is better; None for all."""
    starts: Ints | None
    """First row of each city; None for one city."""


def by_city(cities: Texts) -> tuple[Ints, Ints]:
    """Put the rows of each city together.

    Parameters
    ----------
    cities : (k,) array of str
        City of each row.

    Returns
    -------
    order, starts : (k,) and (c,) arrays of int
        Rows city by city, and where each city begins among them.
    """
    import pandas as pd

    city = pd.factorize(cities)[0]
    order = np.argsort(city, kind="stable")
    return order, np.flatnonzero(np.diff(city[order], prepend=-1))


def score_known(method: Method, x: Floats, block: Block) -> Scores:
    """Score and rank actors of whom everything is known.

    Parameters
    ----------
    method : Method
        How.
    x : (k, n) array
        Values.
    block : Block
        What they are.

    Returns
    -------
    Scores

    Raises
    ------
    MethodError
        If the method cannot take these values, with the names of actor and criterion.
    """
    gain = _gain(method, x, block, lambda _: None)
    return _ranked(method, gain, gain, gain, block.starts)


def score_intervals(method: Method, low: Floats, mid: Floats, high: Floats, block: Block) -> Scores:
    """Score and rank actors of whom some values are intervals.

    Parameters
    ----------
    method : Method
        On the fixed scale.
    low, mid, high : (k, n) arrays
        Lowest, central and highest values.
    block : Block
        What they are.

    Returns
    -------
    Scores

    Raises
    ------
    MethodError
        If the method cannot take these values, with the names of actor and criterion.
    """

    def open_end(place: tuple[int, int]) -> str | None:
        return "rank.open_end" if low[place] < high[place] else None

    least, middle, most = (_gain(method, v, block, open_end) for v in (low, mid, high))
    # A weighted product goes through logarithms, and its last bits may fall when a value rises.
    least, most = np.minimum(least, middle), np.maximum(most, middle)
    return _ranked(method, least, middle, most, block.starts)


def _gain(
    method: Method, x: Floats, block: Block, instead: Callable[[tuple[int, int]], str | None]
) -> Floats:
    """Score so that more is better."""
    with _with_names(block, instead):
        scores = np.asarray(method.score(x, block.weights, block.benefit, block.starts))
    if scores.shape != (len(x),) or not np.isfinite(scores).all():
        raise MethodError(Finding("rank.no_scores", {"method": method.name, "actors": len(x)}))
    return scores if method.higher_is_better else -scores


@contextmanager
def _with_names(block: Block, instead: Callable[[tuple[int, int]], str | None]) -> Iterator[None]:
    """Tell what a method refuses by the names of actors and criteria."""
    try:
        yield
    except MethodError as error:
        raise MethodError([_named(found, block, instead) for found in error.findings]) from None


def _named(
    found: Finding, block: Block, instead: Callable[[tuple[int, int]], str | None]
) -> Finding:
    if found.row is None:
        return found
    actor = str(block.actors[found.row - 1])
    if not found.column:
        return replace(found, row=None, path=actor)
    j = int(found.column) - 1
    code = instead((found.row - 1, j)) or found.code
    return replace(found, code=code, row=None, column=block.criteria[j], path=actor)


def _ranked(method: Method, low: Floats, mid: Floats, high: Floats, starts: Ints | None) -> Scores:
    tolerance = _tolerance(low, high, method.higher_is_better)
    ranks = core.rank(mid, starts, tolerance=tolerance).astype(np.int64, copy=False)
    if low is high:
        best, worst = ranks, _last_of_equals(ranks, starts)
    else:
        best, worst = core.rank_bounds(low, high, starts, tolerance=tolerance)
        # A chain of near-equals can reach further than the tolerance of a single pair.
        best, worst = np.minimum(best, ranks), np.maximum(worst, ranks)
    if method.higher_is_better:
        return Scores(mid, low, high, ranks, best, worst)
    return Scores(-mid, -high, -low, ranks, best, worst)


def _last_of_equals(ranks: Ints, starts: Ints | None) -> Ints:
    """Rank that an actor would have behind all its equals: with every value known, the worst."""
    m = len(ranks)
    first = 0 if starts is None else np.repeat(starts, segment_sizes(m, starts))
    place = first + ranks
    return ranks + np.bincount(place, minlength=m)[place] - 1


def _tolerance(low: Floats, high: Floats, higher_is_better: bool) -> float:
    """How far apart rounding can put equals: beyond [0, 1], in proportion to the scores."""
    least, most = float(low.min()), float(high.max())
    if not higher_is_better:
        least, most = -most, -least
    return TOLERANCE if least >= 0 and most <= 1 else TOLERANCE * max(-least, most)
