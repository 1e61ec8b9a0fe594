"""How strongly levers fire: the weakest of what must hold, each the strongest alternative."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from partnermcda.catalog import Catalog, Lever
from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.engagement.conditions import Reading, read
from partnermcda.engagement.inputs import Inputs, Sides
from partnermcda.engagement.subjects import Subjects

_DIGITS = 12
"""Strengths are told to so many decimals, so that equals are equal however they were reached."""


@dataclass(frozen=True, slots=True, eq=False)
class Fired:
    """One lever, for m actors."""

    strength: Sides
    """(m,) bounds of how strongly it fires, in [0, 1]."""
    parts: tuple[Reading, ...]
    """What must hold all together, each by its strongest alternative."""


def fire(inputs: Inputs, subjects: Subjects) -> list[Fired]:
    """Find how strongly every lever of the catalog fires.

    Parameters
    ----------
    inputs : Inputs
        What is known of m actors.
    subjects : Subjects

    Returns
    -------
    list of Fired
        In the catalog's order.
    """
    catalog = inputs.catalog
    found = [_fired(lever, inputs, subjects) for lever in catalog.levers]
    first = [f.strength for f in found]
    return [
        fired
        if lever.otherwise_below is None
        else _otherwise(lever.otherwise_below, first, catalog)
        for lever, fired in zip(catalog.levers, found, strict=True)
    ]


def floor(catalog: Catalog) -> float:
    """Strength below which a lever counts as not firing: that below which another takes its place.

    Parameters
    ----------
    catalog : Catalog

    Returns
    -------
    float
        0 where no lever stands in for others.
    """
    return max((lever.otherwise_below or 0.0 for lever in catalog.levers), default=0.0)


def _fired(lever: Lever, inputs: Inputs, subjects: Subjects) -> Fired:
    parts = [_strongest([read(c, inputs, subjects) for c in group]) for group in lever.when]
    if not parts:
        nothing = np.zeros(len(inputs))
        return Fired(Sides(nothing, nothing, nothing), ())
    low, mid, high = (
        np.round(np.min([part.degree.each()[side] for part in parts], axis=0), _DIGITS)
        for side in range(3)
    )
    # A part decides where it can be the weakest.
    decides = [(low < high) & (part.degree.low < high) for part in parts]
    return Fired(
        Sides(low, mid, high),
        tuple(_where(part, rows) for part, rows in zip(parts, decides, strict=True)),
    )


def _strongest(readings: Sequence[Reading]) -> Reading:
    """Alternatives as one: the strongest counts."""
    if len(readings) == 1:
        return readings[0]
    low, mid, high = (np.array([r.degree.each()[side] for r in readings]) for side in range(3))
    first, least = mid.argmax(axis=0), low.max(axis=0)
    every = np.arange(len(least))
    return Reading(
        Sides(least, mid.max(axis=0), high.max(axis=0)),
        np.array([r.cause for r in readings])[first, every],
        np.array([r.figure for r in readings])[first, every],
        # An alternative that cannot beat what is certain moves nothing.
        tuple(
            (number, rows & (most > least))
            for r, most in zip(readings, high, strict=True)
            for number, rows in r.open
        ),
    )


def _where(reading: Reading, rows: Bools) -> Reading:
    open_ = tuple((number, where & rows) for number, where in reading.open)
    return Reading(reading.degree, reading.cause, reading.figure, open_)


def _otherwise(below: float, others: Sequence[Sides], catalog: Catalog) -> Fired:
    """Fire fully where no other lever is as strong as some figure."""
    rest = [
        side
        for side, lever in zip(others, catalog.levers, strict=True)
        if lever.otherwise_below is None
    ]
    weakest, central, strongest = (
        np.max([side.each()[i] for side in rest], axis=0, initial=0.0) for i in range(3)
    )
    sides = (strongest < below, central < below, weakest < below)
    return Fired(Sides(*(side.astype(float) for side in sides)), ())


def strongest_first(fired: Sequence[Fired], catalog: Catalog, most: int) -> Iterator[Ints]:
    """Choose the levers of each actor that are told, the strongest first.

    Parameters
    ----------
    fired : sequence of Fired
        Every lever, for m actors.
    catalog : Catalog
    most : int
        How many are told.

    Yields
    ------
    (m,) array of int
        Number of the lever in the first place, the second, and so on; -1 for none.
    """
    low, mid, high = (
        np.stack([f.strength.each()[side] for f in fired], axis=1) for side in range(3)
    )
    left = _told(mid, high, catalog)
    for _ in range(min(most, len(fired))):
        found = left
        for figure in (mid, low, high):
            best = np.where(found, figure, -1.0)
            found = found & (best == best.max(axis=1, keepdims=True))
        place = np.where(found.any(axis=1), found.argmax(axis=1), -1)
        yield place
        left = left.copy()
        left[np.arange(len(left)), place] &= place < 0


def _told(mid: Floats, high: Floats, catalog: Catalog) -> Bools:
    """(m, L) levers that fire, and those that would if an unknown proved right."""
    fires = (high > 0) & (high >= floor(catalog))
    stands_in = [lever.otherwise_below is not None for lever in catalog.levers]
    told: Bools = np.where(stands_in, mid > 0, fires)
    return told
