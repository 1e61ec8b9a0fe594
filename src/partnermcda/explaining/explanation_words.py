"""Sentences that say what a score and a lead come from."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from partnermcda.core.arrays import Bools, Floats
from partnermcda.core.ranks import TOLERANCE
from partnermcda.explaining.explanation_figures import Style, digits_for, in_units, listed, written
from partnermcda.messages import say

if TYPE_CHECKING:
    from partnermcda.explaining.explanation_result import Explanation, Parts


def sentences(found: "Explanation", language: str, most: int) -> Iterator[str]:
    """Say what an explanation has found.

    Parameters
    ----------
    found : Explanation
        What is to be said.
    language : {"en", "fr"}
        Language of the sentences.
    most : int
        How many criteria a sentence names.

    Yields
    ------
    str
    """
    plain, signed = Style(language, most, signed=False), Style(language, most, signed=True)
    yield _head(found, plain)
    if found.catalog is not None and found.from_start.parts.any():
        yield _by_pillar(found, plain)
    if found.over_rival is not None:
        yield _lead(found, found.over_rival, signed)
    yield from _beside_median(found, signed)
    if not found.known[0].all():
        yield _unknown(found, plain)
    if found.lead_bounds is not None and not found.known.all():
        yield _certainty(found, found.lead_bounds, signed)


def _head(found: "Explanation", style: Style) -> str:
    contest, parts = found.contest, found.from_start
    digits = digits_for(parts.parts, parts.end)
    start, end = in_units(parts.start, digits), in_units(parts.end, digits)
    city = str(contest.cities[found.actor]) if contest.by else ""
    details = {
        "place": f"{city}{say('explain.colon', style.language)}" if city else "",
        "actor": contest.names[found.actor],
        "rank": found.ranks[0],
        "count": found.actors,
        "score": written(end, digits, style),
        "start": written(start, digits, style),
        "parts": _named(found, parts.parts, found.known[0], end - start, digits, style),
    }
    if not parts.parts.any():
        return say("explain.head_bare", style.language, **details)
    if found.counted_from == "best":
        return say("explain.head_from_best", style.language, **details)
    return say("explain.head_from_worst" if start else "explain.head", style.language, **details)


def _by_pillar(found: "Explanation", style: Style) -> str:
    parts, pillars = found.from_start, found.pillars()
    digits = digits_for(parts.parts, parts.end)
    total = in_units(parts.end, digits) - in_units(parts.start, digits)
    labels = [found.label(name, style.language) for name in pillars]
    sums = np.array([parts.parts[members].sum() for members in pillars.values()])
    told = listed(labels, sums, total, digits, style._replace(most=len(labels)))
    return say("explain.pillars", style.language, parts=told)


def _lead(found: "Explanation", over: "Parts", style: Style) -> str:
    favor, contest = _favor(found), found.contest
    own, other = found.ranks
    known: Bools = found.known[0] & found.known[1]
    parts, difference = favor * over.parts, favor * over.difference
    digits = digits_for(parts, difference)
    total = in_units(difference, digits)
    details = {
        "actor": contest.names[found.actor],
        "rival": contest.names[found.rival],
        "difference": written(abs(total), digits, style._replace(signed=False)),
        "parts": _named(found, parts, known, total, digits, style),
    }
    if not parts.any():
        return say("explain.alike", style.language, **details)
    if own == other:
        return say("explain.level", style.language, **details)
    return say("explain.ahead" if own < other else "explain.behind", style.language, **details)


def _beside_median(found: "Explanation", style: Style) -> Iterator[str]:
    """Name what is known and better or worse than the median, the most telling first."""
    parts = np.where(found.known[0], _favor(found) * found.over_median.parts, 0.0)
    digits = digits_for(parts, 0.0)
    for some in (np.maximum(parts, 0.0), np.minimum(parts, 0.0)):
        if not in_units(np.abs(some).max(), digits):
            continue
        total = in_units(some.sum(), digits)
        told = _named(found, some, found.known[0], total, digits, style)
        yield say(
            "explain.stronger" if total > 0 else "explain.weaker",
            style.language,
            count=found.actors,
            parts=told,
        )


def _unknown(found: "Explanation", style: Style) -> str:
    """Name what is not known, what could move the score most first."""
    moves = np.where(found.known[0], 0.0, found.alone_high - found.alone_low)
    digits = digits_for(moves, found.from_start.end)
    order = [j for j in np.argsort(-moves, kind="stable").tolist() if not found.known[0, j]]
    names = found.contest.criteria
    pieces = [
        say(
            "explain.between",
            style.language,
            name=found.label(names[j], style.language),
            **_ends((found.alone_low[j], found.alone_high[j]), digits, style),
        )
        for j in order[: max(style.most, 0)]
    ]
    if len(order) > len(pieces):
        count = len(order) - len(pieces)
        pieces.append(say("explain.others", style.language, count=count))
    told = say("explain.and", style.language).join(pieces)
    low, high = found.bounds[0]
    ends = _ends((low, high), digits, style)
    return say("explain.unknown", style.language, parts=told, count=len(order), **ends)


def _certainty(found: "Explanation", bounds: tuple[float, float], style: Style) -> str:
    """Say whether missing answers could turn round who is ahead."""
    low, high = sorted(_favor(found) * bound for bound in bounds)
    own, other = found.ranks
    names = found.contest.names
    details = {"actor": names[found.actor], "rival": names[found.rival]}
    if (own < other and low > TOLERANCE) or (own > other and high < -TOLERANCE):
        return say("explain.sure", style.language, **details)
    digits = digits_for(np.array([low, high]), 0.0)
    return say("explain.unsure", style.language, **_ends((low, high), digits, style), **details)


def _ends(ends: tuple[float, float], digits: int, style: Style) -> dict[str, str]:
    low, high = (written(in_units(end, digits), digits, style) for end in ends)
    return {"low": low, "high": high}


def _favor(found: "Explanation") -> int:
    """Sign of a difference of scores that is in the actor's favor."""
    return 1 if found.contest.method.higher_is_better else -1


def _named(
    found: "Explanation", parts: Floats, known: Bools, total: int, digits: int, style: Style
) -> str:
    labels = []
    for name, sure in zip(found.contest.criteria, known, strict=True):
        label = found.label(name, style.language)
        labels.append(label if sure else say("explain.guessed", style.language, name=label))
    return listed(labels, parts, total, digits, style)
