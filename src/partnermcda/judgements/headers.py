"""Which columns of a survey are pairs, and of what."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from partnermcda.judgements.names import Names, Pair, resolved

_VERSUS: Final = re.compile(r"\s+(?:vs\.?|versus|contre)\s+", re.IGNORECASE)
_MARKS: Final = (re.compile(r"\s*[/|]\s*"), re.compile("_"))
_NODE: Final = re.compile(r"\s*:\s*")


class Split(NamedTuple):
    """One way to read a header."""

    node: str
    """Empty where the header names none."""
    a: str
    b: str
    plain: bool
    """Whether it says `vs`, which nothing but a pair does."""


class PairColumns(NamedTuple):
    """The columns of a survey, sorted."""

    pairs: Mapping[int, Split]
    """Columns that are pairs."""
    doubtful: Mapping[int, tuple[Split, ...]]
    """Columns that can be read as several pairs, or as one with a name nobody knows."""
    others: tuple[int, ...]


def pair_columns(
    headers: Sequence[str], judged: Sequence[bool], names: Names | None
) -> PairColumns:
    """Find the columns that are pairs.

    Parameters
    ----------
    headers : sequence of str
    judged : sequence of bool
        Whether most of what stands below is a judgement.
    names : Names or None
        What nodes and the things compared may be called.

    Returns
    -------
    PairColumns
        ``A vs B`` is a pair. ``A / B`` and ``A | B`` are if one of the two is known, or
        judgements stand below; ``A_B`` if both are. Known is what `names` knows; without it, what
        stands in more than one such column.
    """
    splits = [tuple(_splits(header)) for header in headers]
    sides = _sides(splits)
    pairs: dict[int, Split] = {}
    doubtful: dict[int, tuple[Split, ...]] = {}
    for j, ways in enumerate(splits):
        found = _sure(ways, sides, names) or _likely(ways, headers[j], sides, judged[j], names)
        unsure = found or (_half_known(ways, sides) if judged[j] else ())
        if len(found) == 1:
            pairs[j] = found[0]
        elif unsure:
            doubtful[j] = unsure
    others = tuple(j for j in range(len(headers)) if j not in pairs and j not in doubtful)
    return PairColumns(pairs, doubtful, others)


def _splits(header: str) -> Iterator[Split]:
    """Every way to read a header as a pair."""
    plain = list(_cuts(header, _VERSUS))
    for mark in (_VERSUS,) if plain else _MARKS:
        for a, b in _cuts(header, mark):
            if a and b:
                yield Split("", a, b, bool(plain))
            for node, rest in _cuts(a, _NODE):
                if node and rest and b:
                    yield Split(node, rest, b, bool(plain))


def _cuts(text: str, mark: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    for found in mark.finditer(text):
        yield text[: found.start()], text[found.end() :]


def _sides(splits: Sequence[Sequence[Split]]) -> Counter[tuple[str, str]]:
    """Count the columns in which something stands on a side, node by node."""
    return Counter(
        side
        for ways in splits
        for side in {(way.node, name) for way in ways for name in (way.a, way.b)}
    )


def _sure(
    ways: Sequence[Split], sides: Counter[tuple[str, str]], names: Names | None
) -> tuple[Split, ...]:
    """Ways of reading in which both sides are known."""
    if names is not None:
        return tuple(w for w in ways if isinstance(resolved(names, w.node, w.a, w.b), Pair))
    known = tuple(w for w in ways if sides[w.node, w.a] > 1 and sides[w.node, w.b] > 1)
    named = tuple(way for way in known if way.node)
    return named or known


def _likely(
    ways: Sequence[Split],
    header: str,
    sides: Counter[tuple[str, str]],
    judged: bool,
    names: Names | None,
) -> tuple[Split, ...]:
    """Ways of reading in which a side is known, or the column speaks for a pair."""
    shown = [way for way in ways if way.plain or not _cut_at_underline(way, header)]
    if not shown:
        return ()
    named = tuple(way for way in shown if way.node) or tuple(shown)
    half = names is None and _half_known(named, sides)
    return named if shown[0].plain or judged or half else ()


def _half_known(ways: Sequence[Split], sides: Counter[tuple[str, str]]) -> tuple[Split, ...]:
    """Ways of reading in which a side stands in another column, too."""
    return tuple(way for way in ways if max(sides[way.node, way.a], sides[way.node, way.b]) > 1)


def _cut_at_underline(way: Split, header: str) -> bool:
    return header.endswith(f"{way.a}_{way.b}")
