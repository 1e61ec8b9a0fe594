"""Scores of some actors under some draws, by which ranks are counted."""

from collections.abc import Callable
from typing import Final

import numpy as np

from partnermcda.core.aggregation import closeness
from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.blocks import Block
from partnermcda.core.smaa.rules import Rules
from partnermcda.core.sums import weighted_sum

# Above this number of multiplications OpenBLAS starts threads of its own.
_PRODUCT: Final = 1 << 18
_EPSILON: Final = float(np.finfo(float).eps)


class Room:
    """Where totals are added up, taken once and used again and again."""

    def __init__(self) -> None:
        self._cells = np.empty(0)

    def take(self, count: int, shape: tuple[int, int]) -> Floats:
        """Lay out as many arrays as there are totals; what they held is lost."""
        size = count * shape[0] * shape[1]
        if self._cells.size < size:
            self._cells = np.empty(size)
        return self._cells[:size].reshape(count, *shape)


class Known:
    """Scores of the actors of some cities whose values are known.

    Parameters
    ----------
    values : (m, n) array
    weights : (s, n) array
    rules : Rules
    block : Block
        Whole cities.
    room : Room
        Of the thread that asks.
    """

    def __init__(
        self, values: Floats, weights: Floats, rules: Rules, block: Block, room: Room
    ) -> None:
        self._rules, self._block, self._room = rules, block, room
        self._values = np.asarray(values[block.first : block.last], dtype=float)
        self._weights = weights
        columns = np.ascontiguousarray(self._values.T)
        self.slack = rounding(len(columns))
        """How far a score can be off what `exactly` gives."""
        if rules.score == "weighted_sum":
            size = max(columns.max(initial=0), -columns.min(initial=0))
            self.slack *= float(size) * max(float(weights.sum(axis=1).max()), 1.0)
        low, high = columns.min(axis=1), columns.max(axis=1)
        self._plain = rules.p != np.inf and rules.plain(low, high, weights)
        self._terms = rules.terms(columns, block) if self._plain else ()

    def take(self, some: slice) -> Floats:
        """Score under some draws.

        Parameters
        ----------
        some : slice
            b draws.

        Returns
        -------
        (b, rows) array
            Its last bits hang on which draws and rows are scored together.
        """
        return self.scores_of(self.keys(some))

    def keys(self, some: slice) -> Floats:
        """Order actors under some draws: (b, rows) numbers that rise with the score.

        They are overwritten when the next are asked for.
        """
        if not self._plain:
            return self._exactly(self._weights[some])
        with np.errstate(all="ignore"):
            factors = self._rules.factors(self._weights[some])
            totals = self._room.take(len(self._terms), (len(factors), len(self._values)))
            for term, total in zip(self._terms, totals, strict=True):
                _multiply(factors, term, total)
            return self._rules.keys_of(list(totals))

    def scores_of(self, keys: Floats) -> Floats:
        """Turn keys into scores."""
        return self._rules.scores_of(keys) if self._plain else keys

    def keys_at(self, scores: Floats) -> Floats:
        """Turn scores into keys that reach them."""
        return self._rules.keys_at(scores) if self._plain else scores

    def exactly(self, some: Ints) -> Floats:
        """Score under some draws, each score by itself.

        Parameters
        ----------
        some : (b,) array of int
            Draws.

        Returns
        -------
        (b, rows) array
        """
        return self._exactly(self._weights[some])

    def _exactly(self, weights: Floats) -> Floats:
        if self._rules.score == "weighted_sum":
            return weighted_sum(self._values, weights, threads=1)
        rules = self._rules
        ideals = {"ideal": rules.ideal, "anti_ideal": rules.anti_ideal}
        starts = self._block.starts
        return closeness(self._values, weights, starts, p=rules.p, threads=1, **ideals)


class Drawn:
    """Scores of the actors of some cities whose values are drawn, too.

    Parameters
    ----------
    take : callable
        Gives the next tables of values.
    weights : (s, n) array
    rules : Rules
    block : Block
        Whole cities.
    """

    slack = 0.0
    """Scores are computed one by one, and do not hang on what is scored together."""

    def __init__(
        self, tables: Callable[[int], Floats], weights: Floats, rules: Rules, block: Block
    ) -> None:
        self._tables, self._weights, self._rules, self._block = tables, weights, rules, block

    def take(self, some: slice) -> Floats:
        """Score under the next draws.

        Parameters
        ----------
        some : slice
            b draws; slices follow one another.

        Returns
        -------
        (b, rows) array
        """
        weights = self._weights[some]
        return weigh(self._rules, self.next(len(weights)), weights)

    def keys(self, some: slice) -> Floats:
        """Order actors under the next draws: by their scores."""
        return self.take(some)

    def scores_of(self, keys: Floats) -> Floats:
        """Keys are scores."""
        return keys

    def keys_at(self, scores: Floats) -> Floats:
        """Scores are keys."""
        return scores

    def next(self, size: int) -> tuple[Floats, ...]:
        """Take the next tables of values, as what is weighed and added up.

        Parameters
        ----------
        size : int

        Returns
        -------
        tuple of (n, b, rows) arrays
        """
        return self._rules.terms(self._tables(size), self._block)


def weigh(rules: Rules, terms: tuple[Floats, ...], weights: Floats) -> Floats:
    """Score tables of values.

    Parameters
    ----------
    rules : Rules
    terms : tuple of (n, b, rows) arrays
        As the rules lay them out.
    weights : (b, n) or (1, n) array

    Returns
    -------
    (b, rows) array
        Each score by itself: it does not hang on what is scored together.
    """
    with np.errstate(all="ignore"):
        size = terms[0].shape[1]
        factors = np.repeat(rules.factors(weights).T, size // len(weights), axis=1)
        largest = rules.score == "closeness" and rules.p == np.inf
        return rules.scores_of(rules.keys_of([_added(factors, term, largest) for term in terms]))


def rounding(n: int) -> float:
    """How far two ways to add up n weighed terms can lie apart, in terms of closeness.

    Parameters
    ----------
    n : int

    Returns
    -------
    float
    """
    return 4 * (n + 8) * _EPSILON


def _multiply(factors: Floats, terms: Floats, totals: Floats) -> None:
    """Multiply (b, n) by (n, rows), in parts that OpenBLAS leaves to one thread."""
    part = max(_PRODUCT // factors.size, 1)
    for i in range(0, terms.shape[1], part):
        np.matmul(factors, terms[:, i : i + part], out=totals[:, i : i + part])


def _added(factors: Floats, terms: Floats, largest: bool) -> Floats:
    """Weigh (n, b, rows) terms and add them up, or take the largest, in the order of columns."""
    if not largest:
        return np.asarray(np.einsum("jb,jbr->br", factors, terms))
    totals: Floats = factors[0, :, None] * terms[0]
    for factor, term in zip(factors[1:], terms[1:], strict=True):
        np.maximum(totals, factor[:, None] * term, out=totals)
    return totals
