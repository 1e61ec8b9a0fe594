"""Parts written so that they add up as they are shown."""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from partnermcda.core.arrays import Floats
from partnermcda.messages import say

_FEWEST: Final = 2
_MOST: Final = 12


class Style(NamedTuple):
    """How parts are written."""

    language: str
    """``en`` or ``fr``."""
    most: int
    """How many parts are named; the others are summed up."""
    signed: bool
    """Whether what is above 0 has a sign."""


def digits_for(parts: Floats, total: float) -> int:
    """Count the decimals by which parts can be told apart, and their total from 0.

    Parameters
    ----------
    parts : (n,) array
        Figures to be written.
    total : float
        What they sum to.

    Returns
    -------
    int
        At least 2, so that the largest figure has two digits that count, and at most 12.

    Examples
    --------
    >>> digits_for(np.array([0.4, -0.1]), 0.3), digits_for(np.array([0.4, -0.396]), 0.004)
    (2, 3)
    """
    largest = max(float(np.abs(parts).max(initial=0.0)), abs(total))
    wanted = [_FEWEST]
    if largest > 0:
        wanted.append(1 - math.floor(math.log10(largest)))
    if abs(total) > 0:
        wanted.append(-math.floor(math.log10(abs(total))))
    return min(max(wanted), _MOST)


def in_units(value: float, digits: int) -> int:
    """Count the units of the last decimal written."""
    return round(float(value) * 10.0**digits)


def written(units: int, digits: int, style: Style) -> str:
    """Write a figure.

    Parameters
    ----------
    units : int
        Units of its last decimal.
    digits : int
        Number of its decimals.
    style : Style
        How it is written.

    Returns
    -------
    str

    Examples
    --------
    >>> written(-125, 2, Style("en", 5, True)), written(125, 2, Style("fr", 5, True))
    ('−1.25', '+1,25')
    """
    sign = "−" if units < 0 else "+" if style.signed and units > 0 else ""
    text = f"{abs(units) / 10**digits:,.{digits}f}"
    if style.language == "fr":
        text = text.replace(",", "\u202f").replace(".", ",")
    return f"{sign}{text}"


def listed(labels: Sequence[str], parts: Floats, total: int, digits: int, style: Style) -> str:
    """List the largest parts and the sum of the others, which add up to a total.

    Parameters
    ----------
    labels : sequence of str
        Names of the n parts.
    parts : (n,) array
        The parts; those that are 0 are not named.
    total : int
        What they sum to, in units of the last decimal.
    digits : int
        Number of decimals.
    style : Style
        How they are written.

    Returns
    -------
    str

    Examples
    --------
    >>> listed(["reach", "skills", "data"], np.array([0.234, -0.053, 0.014]), 20, 2,
    ...        Style("en", 2, True))
    'reach +0.24, skills −0.05, others (1) +0.01'
    """
    order = np.argsort(-np.abs(parts), kind="stable").tolist()
    order = [j for j in order if parts[j]]
    shown = [j for j in order[: max(style.most, 0)] if in_units(abs(parts[j]), digits)]
    others = order[len(shown) :]
    figures = [float(parts[j]) for j in shown]
    names = [labels[j] for j in shown]
    if others:
        figures.append(float(parts[others].sum()))
        names.append(say("explain.others", style.language, count=len(others)))
    units = _adding_up(figures, total, digits)
    pieces = (f"{n} {written(u, digits, style)}" for n, u in zip(names, units, strict=True))
    return say("explain.and", style.language).join(pieces)


def _adding_up(figures: Sequence[float], total: int, digits: int) -> list[int]:
    """Round down, then give what is missing to the largest remainders."""
    scaled = [figure * 10**digits for figure in figures]
    units = [math.floor(value) for value in scaled]
    by_remainder = sorted(range(len(units)), key=lambda j: units[j] - scaled[j])
    for j in by_remainder[: total - sum(units)]:
        units[j] += 1
    return units
