"""Answers brought together: what repeats, what contradicts, and the matrices they make."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import numpy as np

from partnermcda.core.ahp.matrices import MOST, RECIPROCITY, pairwise_faults
from partnermcda.core.arrays import Floats
from partnermcda.errors import Finding, short
from partnermcda.judgements.values import Ratio

_EXACT: Final = 1e-12
"""How far a reciprocal may be from the exact one without being called rounded."""


class Place(NamedTuple):
    """Where something stands, and what."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    """As the user counts it; of pairs handed over by a program, their number."""
    column: str = ""
    value: str | None = None

    def finding(self, code: str, **details: object) -> Finding:
        """Tell what was found here."""
        return Finding(code, details, **self._asdict())


_NOWHERE: Final = Place()


@dataclass(frozen=True, slots=True)
class Answer:
    """What one judge said about one pair, and where."""

    judge: str
    node: str
    a: str
    b: str
    ratio: Ratio
    """How many times more `a` counts than `b`."""
    place: Place = _NOWHERE
    square: bool = False
    """Whether it stands in a square table, which holds every pair in both directions."""

    def mirrored(self) -> "Answer":
        """Return the same answer, told of `b`."""
        return replace(self, a=self.b, b=self.a, ratio=self.ratio.mirrored())

    def found(self, code: str, **details: object) -> Finding:
        """Tell something of this answer, at its place."""
        who = {"judge": self.judge, "node": self.node, "a": self.a, "b": self.b}
        named = {name: short(text) for name, text in who.items()}
        place = self.place._replace(value=self.place.value or self.ratio.text())
        return place.finding(code, **named, **details)


class Arrays(NamedTuple):
    """The matrices of every node, and what was found while making them."""

    judges: tuple[str, ...]
    items: Mapping[str, tuple[str, ...]]
    stacks: Mapping[str, Floats]
    """Node to (3, k, j, j) array: lowest, most likely and highest judgements."""
    notes: tuple[Finding, ...]
    faults: tuple[Finding, ...]


def gathered(
    answers: Iterable[Answer],
    judges: Iterable[str] = (),
    items: Mapping[str, Iterable[str]] | None = None,
) -> Arrays:
    """Bring answers together, node by node.

    Parameters
    ----------
    answers : iterable of Answer
    judges : iterable of str
        Judges that come first, whether they answered or not.
    items : mapping of str to iterable of str, optional
        Things compared in each node that come first, whether they were compared or not.

    Returns
    -------
    Arrays
        Judges, nodes and things in the order in which they first appear. With faults, the
        stacks are empty.
    """
    kept: dict[tuple[str, str, str, str], Answer] = {}
    order = {node: dict.fromkeys(things) for node, things in (items or {}).items()}
    heard = dict.fromkeys(judges)
    faults: list[Finding] = []
    counts = {"repeated": 0, "rounded": 0}
    for answer in answers:
        heard.setdefault(answer.judge)
        order.setdefault(answer.node, {}).update({answer.a: None, answer.b: None})
        faults += _keep(answer, kept, counts)
    things = {node: tuple(names) for node, names in order.items()}
    faults += _order_faults(things)
    stacks = {} if faults else _stacks(kept.values(), tuple(heard), things)
    notes = [
        Finding(f"judgements.{name}", {"count": count}) for name, count in counts.items() if count
    ]
    return Arrays(tuple(heard), things, stacks, tuple(notes), tuple(faults))


def _keep(
    answer: Answer, kept: dict[tuple[str, str, str, str], Answer], counts: dict[str, int]
) -> Iterator[Finding]:
    """Take an answer in, or tell how it contradicts what was said before of the same pair."""
    key = (answer.judge, answer.node, answer.a, answer.b)
    back = (answer.judge, answer.node, answer.b, answer.a)
    if answer.a == answer.b:
        if abs(answer.ratio.low - 1) > RECIPROCITY or abs(answer.ratio.high - 1) > RECIPROCITY:
            yield answer.found("judgements.diagonal")
    elif key in kept:
        if not _same(answer.ratio, kept[key].ratio):
            yield _contradiction(answer, kept[key])
        counts["repeated"] += 1
    elif back not in kept:
        kept[key] = answer
    else:
        yield from _keep_mirrored(answer, back, kept, counts)


def _keep_mirrored(
    answer: Answer,
    back: tuple[str, str, str, str],
    kept: dict[tuple[str, str, str, str], Answer],
    counts: dict[str, int],
) -> Iterator[Finding]:
    """Take in what was said before of the same pair from its other side."""
    before = kept[back]
    if _rounds(answer.ratio, before.ratio):
        kept[back] = replace(before, ratio=answer.ratio.mirrored())
    elif not (_rounds(before.ratio, answer.ratio) or _same(answer.ratio.mirrored(), before.ratio)):
        yield _contradiction(answer, before)
        return
    if not _same(answer.ratio.mirrored(), before.ratio, _EXACT):
        counts["rounded"] += 1
    elif not (answer.square and before.square):
        counts["repeated"] += 1


def _same(ratio: Ratio, other: Ratio, tolerance: float = RECIPROCITY) -> bool:
    return all(
        abs(here - there) <= tolerance * there
        for here, there in zip(ratio[:3], other[:3], strict=True)
    )


def _rounds(exact: Ratio, rounded: Ratio) -> bool:
    """Whether one, below 1, is the reciprocal of the other as far as its digits go."""
    if rounded.decimals is None or not exact.certain or rounded.mode >= 1:
        return False
    half = 0.5 * 10.0**-rounded.decimals
    return abs(rounded.mode - 1 / exact.mode) <= half * (1 + RECIPROCITY)


def _contradiction(answer: Answer, before: Answer) -> Finding:
    """Tell two judgements that cannot both hold, with the place of each."""
    alike = answer.place.row == before.place.row
    kind = "contradiction" if answer.a == before.a else "reversed"
    code = f"judgements.{kind}_columns" if alike else f"judgements.{kind}"
    there = {"other_row": before.place.row, "other_column": before.place.column}
    return answer.found(code, other=before.place.value or before.ratio.text(), **there)


def _order_faults(items: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    for node, names in items.items():
        if len(names) > MOST:
            details = {"node": short(node), "order": len(names), "most": MOST}
            yield Finding("judgements.order", details)


def _stacks(
    answers: Iterable[Answer], judges: tuple[str, ...], items: Mapping[str, tuple[str, ...]]
) -> dict[str, Floats]:
    at_judge = {name: place for place, name in enumerate(judges)}
    at_item = {node: {name: j for j, name in enumerate(names)} for node, names in items.items()}
    stacks = {node: blank_stack(len(judges), len(names)) for node, names in items.items()}
    for answer in answers:
        k, places, stack = at_judge[answer.judge], at_item[answer.node], stacks[answer.node]
        a, b = places[answer.a], places[answer.b]
        stack[:, k, a, b] = answer.ratio[:3]
        stack[:, k, b, a] = answer.ratio.mirrored()[:3]
    return stacks


def blank_stack(k: int, j: int) -> Floats:
    """Make the matrices of a node in which nothing was asked yet.

    Parameters
    ----------
    k : int
        Number of judges.
    j : int
        Number of things compared.

    Returns
    -------
    (3, k, j, j) array
        NaN, with ones on the diagonals.
    """
    stack = np.full((3, k, j, j), np.nan)
    stack[..., range(j), range(j)] = 1
    return stack


def name_faults(judges: tuple[str, ...], items: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    """Find names that are empty or repeated, and nodes that compare too much or nothing.

    Parameters
    ----------
    judges : tuple of str
    items : mapping of str to tuple of str
        Node to what it compares.

    Yields
    ------
    Finding
    """
    if not items or not judges:
        yield Finding("judgements.none")
    for name in _repeated(judges):
        yield Finding("judgements.judge_repeated", {"judge": short(name)})
    for node, names in items.items():
        for name in _repeated(names):
            yield Finding("judgements.item_repeated", {"node": short(node), "item": short(name)})
        if not names:
            yield Finding("judgements.node_empty", {"node": short(node)})
    if any(not name for names in (judges, items, *items.values()) for name in names):
        yield Finding("judgements.name_empty")
    yield from _order_faults(items)


def stack_faults(
    node: str, names: tuple[str, ...], judges: tuple[str, ...], bounds: tuple[Floats, ...]
) -> Iterator[Finding]:
    """Find what is wrong with the matrices of a node, told in names.

    Parameters
    ----------
    node : str
    names : tuple of str
        The j things it compares.
    judges : tuple of str
        The k judges.
    bounds : tuple of three (k, j, j) arrays
        Lowest, most likely and highest judgements.

    Yields
    ------
    Finding
    """
    expected = (len(judges), len(names), len(names))
    for a in bounds:
        if a.shape != expected:
            details = {"node": short(node), "shape": a.shape, "expected": expected}
            yield Finding("judgements.shape", details)
            return
    low, mode, high = bounds

    def told(code: str, matrix: int, row: int, column: int, **more: Any) -> Finding:
        answer = Answer(judges[matrix], node, names[row], names[column], Ratio(1, 1, 1))
        return replace(answer.found(code, **more), value=short(mode[matrix, row, column]))

    sound = True
    for fault in pairwise_faults(mode):
        sound = False
        code = f"judgements.matrix_{fault.kind}"
        yield told(code, fault.matrix, fault.row, fault.column, other=short(fault.other))
    if sound:
        for matrix, row, column in np.argwhere(_wrong_bounds(low, mode, high)).tolist():
            ends = {"low": low[matrix, row, column], "high": high[matrix, row, column]}
            shown = {name: short(float(end)) for name, end in ends.items()}
            yield told("judgements.bounds", matrix, row, column, **shown)


def _wrong_bounds(low: Floats, mode: Floats, high: Floats) -> Any:
    """Where bounds do not lie around a judgement, or do not mirror those of the pair reversed."""
    with np.errstate(all="ignore"):
        inside = (low > 0) & (low <= mode) & (mode <= high) & np.isfinite(high)
        mirrored = np.abs(low * np.swapaxes(high, -1, -2) - 1) <= RECIPROCITY
    unasked = np.isnan(low) & np.isnan(mode) & np.isnan(high)
    return np.triu(~((inside & mirrored) | unasked))


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
