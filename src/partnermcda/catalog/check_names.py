"""Checks of names: each id once, none that is taken, no word that means two things."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from partnermcda.catalog.plain import Fault, Found, Place, as_list, as_map, each, text
from partnermcda.catalog.words import IDENTITY, IDENTITY_WORDS, fold
from partnermcda.yamlfile import path_text

COLUMNS: Final = (*IDENTITY, "outside", "row")
"""Columns of an inventory that are not the catalog's to name."""
RESULTS: Final = (
    *("score", "score_low", "score_high", "rank", "rank_best", "rank_worst", "evidence"),
)
"""Columns a ranking adds."""

_LISTS: Final = (
    *("actor_types", "ratings", "roles", "orientations", "ramps", "levers"),
    *("capabilities", "needs", "layers", "derived"),
)
# These become columns of one table, so no two of them may share a name.
_COLUMN_LISTS: Final = ("flags", "attributes", "gates")
_NODE: Final = "pillars"
_NOTHING: Final[Mapping[str, str]] = {}


def name_faults(data: Any) -> Iterator[Fault]:
    """Ids that are repeated, or taken."""
    for key in _LISTS:
        yield from _repeated(each(data, key))
    for place, gate in each(data, "gates"):
        yield from _repeated((((*place, *inner), tier) for inner, tier in each(gate, "tiers")))
    columns = [*_columns(data)]
    yield from _repeated([*each(data, "pillars"), *columns])
    named = [*columns, *each(data, "pillars")]
    yield from _reserved(named, (*COLUMNS, *RESULTS, _NODE), "catalog.reserved")


def synonym_faults(data: Any) -> Iterator[Fault]:
    """Words by which one would find two actor types, ratings, tiers of a gate or columns."""
    yield from _clashes(each(data, "actor_types"))
    yield from _clashes(each(data, "ratings"))
    taken = {fold(word): name for name, words in IDENTITY_WORDS.items() for word in words}
    yield from _clashes(_columns(data), taken)
    for place, gate in each(data, "gates"):
        yield from _clashes((((*place, *inner), tier) for inner, tier in each(gate, "tiers")))


def _columns(data: Any) -> Iterator[Found]:
    """Everything that is a column of an inventory."""
    yield from each(data, "pillars", "criteria")
    for key in _COLUMN_LISTS:
        yield from each(data, key)


def _repeated(parts: Iterable[Found]) -> Iterator[Fault]:
    first: dict[str, Place] = {}
    for place, part in parts:
        name = text(part, "id")
        if name and name in first:
            details = {"name": name, "first": path_text(first[name])}
            yield (*place, "id"), "catalog.repeated", details
        first.setdefault(name, place)


def _reserved(parts: Iterable[Found], taken: tuple[str, ...], code: str) -> Iterator[Fault]:
    for place, part in parts:
        name = text(part, "id")
        if name in taken:
            yield (*place, "id"), code, {"name": name, "names": ", ".join(taken)}


def _clashes(parts: Iterable[Found], taken: Mapping[str, str] = _NOTHING) -> Iterator[Fault]:
    owner = dict(taken)
    for place, part in parts:
        name = text(part, "id")
        for inner, word in _words(part):
            other = owner.setdefault(fold(word), name)
            if other != name:
                details = {"word": word, "name": name, "other": other}
                yield (*place, *inner), "catalog.synonym", details


def _words(part: Any) -> Iterator[tuple[Place, str]]:
    label = as_map(part.get("label"))
    candidates: list[tuple[Place, Any]] = [
        (("id",), part.get("id")),
        *((("label", language), label.get(language)) for language in ("en", "fr")),
        *((("synonyms", i), word) for i, word in enumerate(as_list(part.get("synonyms")))),
    ]
    for place, word in candidates:
        if isinstance(word, str) and fold(word):
            yield place, word
