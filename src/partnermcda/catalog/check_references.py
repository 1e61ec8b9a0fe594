"""Checks of references: whatever a part names must be there."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import islice
from typing import Any, Final, TypeAlias

from partnermcda.catalog.plain import Fault, Found, Place, as_list, as_map, each, ids, text

Known: TypeAlias = Mapping[str, Mapping[str, None]]
"""The ids there are of each kind, in the order of the file."""

_LISTS: Final = {
    "pillar": "pillars",
    "actor_type": "actor_types",
    "rating": "ratings",
    "role": "roles",
    "flag": "flags",
    "gate": "gates",
    "attribute": "attributes",
    "ramp": "ramps",
    "capability": "capabilities",
}
_NAMED: Final = {
    "value": "criterion",
    "answer": "criterion",
    "unknown": "criterion",
    "pillar": "pillar",
    "flag": "flag",
    "type": "actor_type",
    "tier": "tier",
}
# A hostile file may hold thousands of names, each of them wrong.
_LISTED: Final = 100
_SINGLE: Final = ("answer", "pillar")
_MEASURED: Final = ("sum", "best", "union")
_TESTED: Final = ("value", "answer", "pillar", "evidence", "brings_missing", "lacks_held")


def type_faults(data: Any) -> Iterator[Fault]:
    """Tell what actor types and roles name and the catalog does not have."""
    known = _known(data)
    for place, actor_type in each(data, "actor_types"):
        priors, silent = as_map(actor_type.get("priors")), as_map(actor_type.get("silent"))
        yield from _keys((*place, "priors"), priors, "criterion", known)
        yield from _keys((*place, "silent"), silent, "criterion", known)
        for name, prior in priors.items():
            here = (*place, "priors", name)
            yield from _one(here, as_map(prior), "rating", "rating", known)
            yield from _one(here, as_map(prior), "only_if", "flag", known)
            if name in silent and not as_map(prior).get("only_if"):
                yield (*place, "silent", name), "catalog.not_silent", {"name": name}
    for place, role in each(data, "roles"):
        yield from _one(place, role, "flag", "flag", known)
        yield from _many(place, role, "types", "actor_type", known)


def engagement_faults(data: Any) -> Iterator[Fault]:
    """Tell what levers, capabilities, needs and layers name and the catalog does not have."""
    known = _known(data)
    tiers = {text(gate, "id"): ids(gate, "tiers") for _, gate in each(data, "gates")}
    for place, lever in each(data, "levers"):
        yield from _many(place, lever, "typical", "actor_type", known)
        begun = as_map(lever.get("place"))
        yield from _one((*place, "place"), begun, "attribute", "attribute", known)
        yield from _one((*place, "place"), begun, "need", "criterion", known)
        for where, condition in _conditions(lever):
            here = (*place, *where)
            of_gate = tiers.get(text(condition, "gate"), {})
            yield from _condition(here, condition, {**known, "tier": of_gate})
            yield from _tests(here, condition)
    for place, capability in each(data, "capabilities"):
        yield from _one(place, capability, "criterion", "criterion", known)
        cover = text(capability, "cover")
        if cover in _MEASURED and not text(capability, "criterion"):
            yield (*place, "cover"), "catalog.capability_criterion", {"cover": cover}
        yield from _one(place, capability, "attribute", "attribute", known)
        yield from _many(place, capability, "roles", "role", known)
        yield from _many(place, capability, "between", "actor_type", known)
        yield from _many(place, capability, "given_by", "actor_type", known)
    for place, need in each(data, "needs"):
        yield from _keys((*place, "levels"), as_map(need.get("levels")), "capability", known)
    for place, layer in each(data, "layers"):
        yield from _many(place, layer, "types", "actor_type", known)
        yield from _many(place, layer, "serves", "capability", known)


def derivation_faults(data: Any) -> Iterator[Fault]:
    """Tell what rules for attributes name and the catalog does not have."""
    known = _known(data)
    tiers = {text(gate, "id"): ids(gate, "tiers") for _, gate in each(data, "gates")}
    for place, rule in each(data, "derived"):
        yield from _one(place, rule, "id", "attribute", known)
        yield from _one(place, rule, "pillar", "pillar", known)
        yield from _many(place, rule, "best", "criterion", known)
        yield from _one(place, rule, "gate", "gate", known)
        of_gate = tiers.get(text(rule, "gate"), {})
        yield from _rated((*place, "tiers"), rule.get("tiers"), "tier", {**known, "tier": of_gate})
        yield from _rated((*place, "roles"), rule.get("roles"), "role", known)


def _rated(place: Place, ratings: Any, kind: str, known: Known) -> Iterator[Fault]:
    found = as_map(ratings)
    yield from _keys(place, found, kind, known)
    yield from _unknown((((*place, key), name) for key, name in found.items()), "rating", known)


def _known(data: Any) -> Known:
    return {
        "criterion": ids(data, "pillars", "criteria"),
        **{kind: ids(data, key) for kind, key in _LISTS.items()},
    }


def _conditions(lever: Any) -> Iterator[Found]:
    for i, alternatives in enumerate(as_list(lever.get("when"))):
        for j, condition in enumerate(as_list(alternatives)):
            yield ("when", i, j), as_map(condition)


def _condition(place: Place, condition: Any, known: Known) -> Iterator[Fault]:
    on = text(condition, "on")
    yield from _one(place, condition, "ramp", "ramp", known)
    yield from _one(place, condition, "gate", "gate", known)
    if on in _NAMED:
        yield from _many(place, condition, "names", _NAMED[on], known)
        if not as_list(condition.get("names")):
            yield (*place, "names"), "catalog.condition_names", {"on": on}
    if on in _SINGLE and len(as_list(condition.get("names"))) > 1:
        yield (*place, "names"), "catalog.condition_single", {"on": on}
    if on == "tier" and not text(condition, "gate"):
        yield (*place, "on"), "catalog.condition_gate", {}


def _tests(place: Place, condition: Any) -> Iterator[Fault]:
    on = text(condition, "on")
    tests = [key for key in ("ramp", "at_least", "at_most") if condition.get(key) is not None]
    if on and len(tests) != (on in _TESTED):
        code = "catalog.condition_test" if on in _TESTED else "catalog.condition_no_test"
        yield (*place, "on"), code, {"on": on}


def _keys(place: Place, found: Iterable[str], kind: str, known: Known) -> Iterator[Fault]:
    yield from _unknown((((*place, key), key) for key in found), kind, known)


def _one(place: Place, part: Any, key: str, kind: str, known: Known) -> Iterator[Fault]:
    if text(part, key):
        yield from _unknown([((*place, key), part[key])], kind, known)


def _many(place: Place, part: Any, key: str, kind: str, known: Known) -> Iterator[Fault]:
    names = enumerate(as_list(part.get(key)))
    yield from _unknown((((*place, key, i), name) for i, name in names), kind, known)


def _unknown(found: Iterable[tuple[Place, object]], kind: str, known: Known) -> Iterator[Fault]:
    for place, name in found:
        if isinstance(name, str) and name not in known[kind]:
            names = _nearest(name, known[kind])
            yield place, f"catalog.no_{kind}", {"name": name, "names": names}


def _nearest(name: str, known: Iterable[str]) -> str:
    listed = list(islice(known, _LISTED))
    near = get_close_matches(name, listed, n=_LISTED, cutoff=0.5)
    return ", ".join([*near, *(other for other in listed if other not in near)]) or "–"
