r"""Distances to two ideals, under one or many weight vectors: the one loop behind every TOPSIS.

With ideals :math:`z^\pm` in the unit of the values and a divisor :math:`u_j` for each column,

.. math:: (d^\pm_i)^2 = \sum_j (w_j / u_j)^2 (x_{ij} - z^\pm_j)^2 .

The difference is taken before anything is rounded, and no normalized matrix is built. Each step is
elementwise and in a fixed order, so the bits of a row's score hang on that row and its city alone.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal, NamedTuple, TypeAlias

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.core.blocks import PIECE, Block, Room, padded, share_out, split, units, worth
from partnermcda.core.extremes import common_power, exponents_of, ordinary
from partnermcda.core.statistics import Added, Statistics, Values, observe

Norm: TypeAlias = Literal[1, 2] | float

NORMS: Final = (1, 2, math.inf)
_CELLS: Final = 1 << 19
_FEWEST: Final = 16


class Yardstick(NamedTuple):
    """What rows are measured by, city by city."""

    points: Floats
    """(2, n, q) anti-ideal and ideal, in the unit of the values."""
    divisor: Floats
    """(n, q) what 1 in the result is in the unit of the values; infinite: takes no part."""
    exponents: Ints | None = None
    """(n, q) powers of two by which values out of the ordinary are divided first."""
    powers: Ints | None = None
    """(n, q) powers of two by which their differences are then too small."""
    span: Floats | None = None
    """(n, q) how far the values and both points lie apart."""
    usual: Bools | None = None
    """(q,) cities that are measured as they are, as if the others were not there."""


@dataclass(frozen=True, slots=True)
class Task:
    """Values, weights, and how to make a yardstick of what is observed."""

    values: Values
    weights: Floats
    """(s, n) array."""
    p: Norm
    added: Added
    """What the yardstick needs summed up."""
    given: bool
    """Whether both ideals are given, the same for every city."""
    plain: bool
    """Whether the weights can be squared as they are."""
    keeps_unit: bool
    """Whether distances are in the unit of the values, or measured by the divisors alone."""
    yardstick: Callable[[Statistics, Ints | None], Yardstick]
    """Takes statistics, and the powers of two by which values were divided for them."""
    refuse: Callable[[], None]
    """Raises if a value is one that the formula cannot take."""
    finish: Callable[[Floats, Floats | None, int, Block], None]
    """Takes the (2, k) sums for anti-ideal and ideal, the (1, q) factors by which their roots are
    too small, the number of the weight vector, and the rows."""


def measure(task: Task, starts: Ints | None, threads: int) -> None:
    """Measure every row.

    Parameters
    ----------
    task : Task
    starts : (c,) array of int or None
        First row of each city.
    threads : int
    """
    m, n = task.values.x.shape
    threads = worth(threads, m * n * len(task.weights))
    # No more than a piece: whether sums are cut must not hang on the number of criteria.
    rows = min(max(_CELLS // (2 * n), _FEWEST), PIECE)
    if m <= rows and (task.given or starts is None):
        _measure_small(task, rows, (Block.of(m),) if m else ())
        return
    blocks = split(0, m, rows) if task.given else list(units(m, starts, rows))
    small = [block for block in blocks if len(block) <= rows]
    share_out(partial(_measure_small, task, rows), small, threads)
    for city in blocks:
        if len(city) > rows:
            _measure_large(task, city, rows, threads)


def measure_by(
    task: Task,
    starts: Ints | None,
    known: Callable[[Block, Ints | None], Statistics],
    threads: int,
) -> None:
    """Measure every row by statistics that are known beforehand.

    Parameters
    ----------
    task : Task
        Its `refuse` raises, too, if a value lies beyond the statistics of its city.
    starts : (c,) array of int or None
        First row of each city.
    known : callable
        Takes a block, and powers of two to divide by first; gives its cities' statistics.
    threads : int
    """
    m, n = task.values.x.shape
    rows = min(max(_CELLS // (2 * n), _FEWEST), PIECE)
    parts: list[Block] = []
    for unit in units(m, starts, rows):
        parts += split(unit.first, unit.last, rows) if len(unit) > rows else [unit]

    def one_after_the_other(share: Iterable[Block]) -> None:
        room = Room(n, min(rows, m))
        with np.errstate(all="ignore"):
            for block in share:
                _measure(task, block, _yardstick_by(task, block, known, room), room)

    share_out(one_after_the_other, parts, worth(threads, m * n * len(task.weights)))


def _measure_small(task: Task, rows: int, blocks: Iterable[Block]) -> None:
    """Observe and measure block after block, each while it is in the cache."""
    m, n = task.values.x.shape
    room = Room(n, min(rows, m))
    with np.errstate(all="ignore"):
        for block in blocks:
            _measure(task, block, _yardstick(task, block, room, 1), room)


def _measure_large(task: Task, city: Block, rows: int, threads: int) -> None:
    """Observe a city as a whole, then measure its rows in parts."""
    n = task.values.x.shape[1]
    with np.errstate(all="ignore"):
        stick = _yardstick(task, city, Room(n, PIECE), threads)

    def parts(share: Iterable[Block]) -> None:
        room = Room(n, rows)
        with np.errstate(all="ignore"):
            for block in share:
                _measure(task, block, stick, room)

    share_out(parts, split(city.first, city.last, rows), threads)


def _yardstick(task: Task, block: Block, room: Room, threads: int) -> Yardstick:
    seen = observe(task.values, block, task.added, room, threads)
    stick = task.yardstick(seen, None)
    if task.plain and ordinary(seen.low, seen.high):
        return stick
    again = partial(observe, task.values, block, task.added, room, threads)
    return _scaled(task, seen, stick, again)


def _yardstick_by(
    task: Task, block: Block, known: Callable[[Block, Ints | None], Statistics], room: Room
) -> Yardstick:
    seen = known(block, None)
    low, high, _ = observe(task.values, block, "", room, 1)
    # What is not a number is neither above nor below.
    if not ((low >= seen.low) & (high <= seen.high)).all():
        task.refuse()
    stick = task.yardstick(seen, None)
    if task.plain and ordinary(seen.low, seen.high):
        return stick
    return _scaled(task, seen, stick, partial(known, block))


def _scaled(
    task: Task, seen: Statistics, stick: Yardstick, again: Callable[[Ints], Statistics]
) -> Yardstick:
    """Make the yardstick of values divided by powers of two, which are observed again."""
    if not (np.isfinite(seen.low).all() and np.isfinite(seen.high).all()):
        task.refuse()
    exponents = exponents_of(*_range(task, seen, stick), task.values.inverse)
    cities = zip(seen.low.T, seen.high.T, strict=True)
    usual = np.array([task.plain and ordinary(low, high) for low, high in cities])
    exponents[:, usual] = 0
    seen = again(exponents)
    stick = task.yardstick(seen, exponents)
    low, high = _range(task, seen, stick)
    powers = exponents if task.keeps_unit else np.zeros_like(exponents)
    return stick._replace(exponents=exponents, powers=powers, span=high - low, usual=usual)


def _range(task: Task, seen: Statistics, stick: Yardstick) -> tuple[Floats, Floats]:
    """Find the ends of the scale: both ideals if given, else as far as the values reach."""
    low, high = stick.points.min(axis=0), stick.points.max(axis=0)
    if task.given:
        return low, high
    return np.minimum(low, seen.low), np.maximum(high, seen.high)


def _measure(task: Task, block: Block, stick: Yardstick, room: Room) -> None:
    k = len(block)
    width = padded(k)
    parts, totals = room.parts(width), room.totals(width)
    t = task.values.read(block, room, stick.exponents)
    np.subtract(t, block.spread(stick.points), out=parts[:, :, :k])
    if task.p == 2:
        np.multiply(parts, parts, out=parts)
    else:
        np.abs(parts, out=parts)
    for i, (coefficients, factors) in enumerate(_coefficients(task, stick)):
        if task.p == math.inf:
            weighed = room.weighed(width)
            np.multiply(parts, block.spread(coefficients, width), out=weighed)
            np.maximum.reduce(weighed, axis=1, out=totals)
        elif coefficients.shape[1] == 1:
            np.einsum("j,zjb->zb", coefficients[:, 0], parts, out=totals)
        else:
            np.einsum("jb,zjb->zb", block.spread(coefficients, width), parts, out=totals)
        task.finish(totals[:, :k], factors, i, block)


def _coefficients(task: Task, stick: Yardstick) -> Iterator[tuple[Floats, Floats | None]]:
    """For each weight vector, what the differences count, and what their sum is too small by."""
    for w in task.weights[:, :, None]:
        factors = None
        if stick.powers is None or stick.span is None or stick.usual is None:
            share = w / stick.divisor
        else:
            top = np.frexp(w.max())[1]
            share = np.ldexp(w, -top) / stick.divisor
            common = common_power(share * stick.span, stick.powers)
            share = np.where(stick.span > 0, np.ldexp(share, stick.powers - common), 0.0)
            share = np.where(stick.usual, w / stick.divisor, share)
            factors = np.where(stick.usual, 1.0, np.ldexp(1.0, common + top))
        yield (share * share if task.p == 2 else share), factors


def write_closeness(out: Floats, p: Norm) -> Callable[[Floats, Floats | None, int, Block], None]:
    """Make what turns sums into closeness.

    Parameters
    ----------
    out : (s, m) array
        Where closeness goes.
    p : {1, 2, inf}
        Norm of the distances.

    Returns
    -------
    callable
        As :class:`Task` takes it.
    """

    def write(sums: Floats, factors: Floats | None, draw: int, block: Block) -> None:
        del factors
        to_anti_ideal, to_ideal = sums
        np.divide(to_ideal, to_anti_ideal, out=to_ideal)
        if p == 2:
            np.sqrt(to_ideal, out=to_ideal)
        np.add(to_ideal, 1.0, out=to_ideal)
        score = np.divide(1.0, to_ideal, out=out[draw, block.first : block.last])
        # Values and weights are finite here, so only 0 / 0 is not a number.
        if np.isnan(np.maximum.reduce(score)):
            score[np.isnan(score)] = 0.5

    return write


def write_distances(
    to_anti_ideal: Floats, to_ideal: Floats, p: Norm
) -> Callable[[Floats, Floats | None, int, Block], None]:
    """Make what turns sums into distances.

    Parameters
    ----------
    to_anti_ideal, to_ideal : (s, m) arrays
        Where the distances go.
    p : {1, 2, inf}
        Norm of the distances.

    Returns
    -------
    callable
        As :class:`Task` takes it.
    """

    def write(sums: Floats, factors: Floats | None, draw: int, block: Block) -> None:
        if p == 2:
            np.sqrt(sums, out=sums)
        if factors is not None:
            np.multiply(sums, block.spread(factors), out=sums)
        to_anti_ideal[draw, block.first : block.last] = sums[0]
        to_ideal[draw, block.first : block.last] = sums[1]

    return write
