"""How time grows with actors, criteria and weight vectors."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from benchmarks.peers import clock, many_weights, one_city, picture
from benchmarks.peers.contenders import OURS, Contender, installed
from benchmarks.peers.problems import Size

ROWS = (10, 30, 100, 300, *(k * 10**e for e in (3, 4, 5, 6) for k in (1, 3)), 10**7)
CRITERIA = (2, 4, 8, 16, 32, 64)
DRAWS = (1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000)
# The rest would only thicken the bundle of lines: the tables have them.
SHOWN = {
    OURS,
    "numba, fused loops",
    one_city.NAIVE,
    "polars, expressions",
    "DuckDB, SQL",
    "scikit-criteria, pipeline",
    one_city.LOOSE,
    "pymcdm, as called by default",
}
# A curve waits for more weight vectors than a table, once.
LONGER = 10


@dataclass(frozen=True, slots=True)
class Curve:
    """One picture: what is varied, and the problem for each value of it."""

    name: str
    title: str
    axis: str
    values: tuple[int, ...]
    few: tuple[int, ...]
    """Values that take no time, to see that all works."""
    races: tuple[tuple[str, Callable[[int], Size], tuple[Contender, ...]], ...]
    """Suffix of the lines' names, size for a value, contenders."""


def _looped(contenders: Iterable[Contender]) -> tuple[Contender, ...]:
    """The same contenders with as many weight vectors as a curve waits for."""
    return tuple(
        replace(c, most=c.most and LONGER * c.most)
        for c in contenders
        if c.name != many_weights.COLUMNS
    )


LEADERS = tuple(c for c in many_weights.LEADERS if c.name == OURS)
ONE_CITY = tuple(c for c in one_city.CONTENDERS if c.name in SHOWN)
CURVES = (
    Curve(
        "rows",
        "TOPSIS of m actors by 8 criteria",
        "actors (m)",
        ROWS,
        ROWS[:3],
        (("", lambda m: Size("matrix", m), ONE_CITY),),
    ),
    Curve(
        "criteria",
        "TOPSIS of 100,000 actors by n criteria",
        "criteria (n)",
        CRITERIA,
        CRITERIA[:2],
        (("", lambda n: Size("matrix", 100_000, n), ONE_CITY),),
    ),
    Curve(
        "weights",
        "s weight vectors on 10,000 actors by 8 criteria",
        "weight vectors (s)",
        DRAWS,
        DRAWS[:2],
        (
            (
                "",
                lambda s: Size("draws", 10_000, order="C", draws=s),
                _looped(many_weights.CLOSENESS),
            ),
            (
                ", top 10",
                lambda s: Size("leaders", 10_000, order="C", draws=s, k=10),
                LEADERS,
            ),
        ),
    ),
)


def draw(*, quick: bool) -> dict[str, str]:
    """Measure every curve and draw it, as SVG."""
    given = {"seconds": 0.01, "most": 500} if quick else {"seconds": 0.3, "most": None}
    drawn = {}
    for curve in CURVES:
        print(curve.title, file=sys.stderr, flush=True)
        values = curve.few if quick else curve.values
        lines = measure(curve, values, **given)
        drawn[curve.name] = picture.draw(curve.title, curve.axis, lines)
    return drawn


def measure(
    curve: Curve, values: Iterable[int], *, seconds: float, most: int | None
) -> dict[str, list[tuple[int, float]]]:
    """Points of every line; one ends where its contender is given no more."""
    lines = {}
    for value in values:
        for suffix, size_for, contenders in curve.races:
            size = size_for(value)
            size = replace(size, m=min(size.m, most or size.m))
            problem = size.make()
            for time in clock.race(problem, installed(contenders), seconds=seconds, fewest=1):
                if time.size == size:
                    lines.setdefault(time.name + suffix, []).append((value, time.seconds))
    return lines
