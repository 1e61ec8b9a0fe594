"""Where random numbers come from, and how many draws of how many weights are wanted."""

from collections.abc import Callable, Iterator
from numbers import Integral
from typing import Final, TypeAlias

import numpy as np

from partnermcda.core.arrays import Floats
from partnermcda.errors import Finding, short

BLOCK: Final = 4096
"""Candidates at a time. How many are wanted must not change which there are."""

Points: TypeAlias = Callable[[int], Iterator[Floats]]
"""From a number of dimensions to (BLOCK, dimensions) arrays of uniform numbers, without end."""


def as_generator(rng: np.random.Generator | int) -> np.random.Generator:
    """Take a generator as it is, or make one of a seed.

    Parameters
    ----------
    rng : numpy.random.Generator or int

    Returns
    -------
    numpy.random.Generator
    """
    return rng if isinstance(rng, np.random.Generator) else np.random.default_rng(int(rng))


def random_points(generator: np.random.Generator) -> Points:
    """Offer independent uniform numbers.

    Parameters
    ----------
    generator : numpy.random.Generator

    Returns
    -------
    callable
        From a number of dimensions to (BLOCK, dimensions) arrays in [0, 1), without end.
    """

    def points(dimensions: int) -> Iterator[Floats]:
        while True:
            yield generator.random((BLOCK, dimensions))

    return points


def rng_faults(rng: object) -> Iterator[Finding]:
    """Find out whether random numbers can come from this.

    Parameters
    ----------
    rng : object

    Yields
    ------
    Finding
    """
    if not (isinstance(rng, np.random.Generator) or (_is_whole(rng) and rng >= 0)):  # type: ignore[operator]
        yield Finding("draws.rng", {"kind": type(rng).__name__, "given": short(rng)})


def size_faults(size: object) -> Iterator[Finding]:
    """Find out whether as many can be drawn.

    Parameters
    ----------
    size : object

    Yields
    ------
    Finding
    """
    if not _is_whole(size) or size < 0:  # type: ignore[operator]
        yield Finding("draws.size", {"given": short(size)})


def count_faults(n: object) -> Iterator[Finding]:
    """Find out whether there can be as many criteria.

    Parameters
    ----------
    n : object

    Yields
    ------
    Finding
    """
    if not _is_whole(n) or n < 1:  # type: ignore[operator]
        yield Finding("draws.n", {"given": short(n)})


def _is_whole(given: object) -> bool:
    return isinstance(given, Integral) and not isinstance(given, bool)
