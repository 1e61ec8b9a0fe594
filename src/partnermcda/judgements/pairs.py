"""Answers as they come in: who was asked what, what was said, and what is wrong with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from partnermcda.errors import Finding, short
from partnermcda.judgements.checks import Answer, Place
from partnermcda.judgements.names import Pair
from partnermcda.judgements.values import is_blank, parse_ratio


@dataclass(frozen=True, slots=True)
class Answers:
    """What was read, wherever it came from."""

    answers: tuple[Answer, ...]
    judges: tuple[str, ...]
    """Everybody who was asked."""
    items: dict[str, tuple[str, ...]]
    """Every node with all that was to be compared, whether anybody answered or not."""
    faults: tuple[Finding, ...]
    notes: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Asked:
    """A collection of answers in the making."""

    answers: list[Answer] = field(default_factory=list)
    judges: dict[str, Place] = field(default_factory=dict)
    """Everybody who was asked, with the place where that stands first."""
    items: dict[str, dict[str, None]] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    heard: set[str] = field(default_factory=set)
    """Who answered something, be it wrong."""

    def ask(self, judge: str, pair: Pair, place: Place) -> None:
        """Note that a judge was asked about a pair."""
        self.judges.setdefault(judge, place)
        self.items.setdefault(pair.node, {}).update({pair.a: None, pair.b: None})

    def take(self, answer: Answer) -> None:
        """Take an answer in."""
        self.heard.add(answer.judge)
        self.answers.append(answer)

    def refuse(self, judge: str, found: Finding, place: Place) -> None:
        """Note what is wrong at a place."""
        self.heard.add(judge)
        value = found.value if place.value is None else place.value
        self.faults.append(place._replace(value=value).finding(found.code, **found.details))

    def told(self) -> Answers:
        """Close the collection; judges who answered nothing at all are faults."""
        silent = [
            place._replace(value=None).finding("judgements.silent", judge=short(judge))
            for judge, place in self.judges.items()
            if judge not in self.heard
        ]
        return Answers(
            tuple(self.answers),
            tuple(self.judges),
            {node: tuple(names) for node, names in self.items.items()},
            (*self.faults, *silent),
            tuple(self.notes),
        )


def pair_answers(rows: Iterable[tuple[Any, ...]], node: str, judge: str) -> Answers:
    """Read tuples of names with a judgement.

    Parameters
    ----------
    rows : iterable of tuple
        ``(a, b, judgement)`` or ``(judge, node, a, b, judgement)``.
    node : str
        The node of pairs that name none.
    judge : str
        The judge of pairs that name none.

    Returns
    -------
    Answers
        Rows count the pairs from 1.
    """
    asked = Asked()
    for row, given in enumerate(rows, start=1):
        place = Place(row=row)
        names = _names(given, judge, node)
        if names is None:
            asked.refuse("", Finding("judgements.tuple", value=short(given)), place)
            continue
        who, pair = names
        asked.ask(who, pair, place)
        if is_blank(given[-1]):
            continue
        ratio = parse_ratio(given[-1])
        if isinstance(ratio, Finding):
            asked.refuse(who, ratio, place)
        else:
            asked.take(Answer(who, *pair, ratio, place))
    return asked.told()


def _names(given: object, judge: str, node: str) -> tuple[str, Pair] | None:
    """Judge, node and the two things compared; None if it is no such tuple."""
    if isinstance(given, str) or not isinstance(given, Sequence) or len(given) not in {3, 5}:
        return None
    names = (judge, node, *given[:2]) if len(given) == 3 else tuple(given[:4])
    if not all(isinstance(name, str) and name.strip() for name in names):
        return None
    who, where, a, b = (name.strip() for name in names)
    return who, Pair(where, a, b)
