"""Checks of numbers: bounds, ramps, ordered weights, and one judgement for every pair."""

import math
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from partnermcda.catalog.plain import Fault, Found, as_list, as_map, each, number, text
from partnermcda.catalog.scales import SCALES
from partnermcda.core.ahp import RANDOM_INDEX

NODE: Final = "pillars"
"""The node of judgements that compares the pillars."""

_LISTED: Final = 100
_STEPS: Final = 5
_MOST: Final = len(RANDOM_INDEX["alonso-lamata"]) + 2


def number_faults(data: Any) -> Iterator[Fault]:
    """Bounds, ordered weights and judgements that cannot be."""
    for found in each(data, "pillars", "criteria"):
        yield from _bounds(found)
        yield from _anchors(found)
    for place, rating in each(data, "ratings"):
        yield from _reversed(place, rating)
    for place, ramp in each(data, "ramps"):
        if number(ramp, "zero") is not None and number(ramp, "zero") == number(ramp, "one"):
            yield (*place, "one"), "catalog.ramp", {"zero": ramp["zero"]}
    for found in each(data, "pillars"):
        yield from _ordered(found)
    for found in each(data, "orientations"):
        yield from _judgements(data, found)


def _bounds(found: Found) -> Iterator[Fault]:
    place, criterion = found
    yield from _reversed(place, criterion)
    low, high = number(criterion, "low"), number(criterion, "high")
    if criterion.get("transform") == "log10" and low is not None and low <= 0:
        yield (*place, "low"), "catalog.log_bounds", {"low": low}
    scale = {str(name): scale for name, scale in SCALES.items()}.get(text(criterion, "scale"))
    if scale is None:
        return
    details = {"scale": criterion["scale"], "interval": scale.interval()}
    if low is not None and low < scale.minimum:
        yield (*place, "low"), "catalog.bounds_impossible", details
    if high is not None and high > scale.maximum:
        yield (*place, "high"), "catalog.bounds_impossible", details


def _reversed(place: tuple[str | int, ...], part: Any) -> Iterator[Fault]:
    low, high = number(part, "low"), number(part, "high")
    if low is not None and high is not None and not low < high:
        yield (*place, "low"), "catalog.bounds_reversed", {"low": low, "high": high}


def _anchors(found: Found) -> Iterator[Fault]:
    place, criterion = found
    count = len(as_list(criterion.get("anchors")))
    if count and text(criterion, "scale") and criterion["scale"] != "likert5":
        yield (*place, "anchors"), "catalog.anchors_scale", {"scale": criterion["scale"]}
    elif count not in (0, _STEPS):
        yield (*place, "anchors"), "catalog.anchors", {"count": count}


def _ordered(found: Found) -> Iterator[Fault]:
    place, pillar = found
    given = as_list(as_map(pillar.get("combine")).get("ordered"))
    weights = [w for w in given if isinstance(w, int | float)]
    if not weights or len(weights) != len(given):
        return
    here = (*place, "combine", "ordered")
    criteria = len(as_list(pillar.get("criteria")))
    if len(weights) != criteria:
        yield here, "catalog.ordered_size", {"found": len(weights), "expected": criteria}
    if not math.isclose(total := math.fsum(weights), 1, rel_tol=0, abs_tol=1e-9):
        yield here, "catalog.ordered_sum", {"total": round(total, 9)}
    if weights != sorted(weights, reverse=True):
        yield here, "catalog.ordered_order", {}


def _judgements(data: Any, found: Found) -> Iterator[Fault]:
    place, orientation = found
    here = (*place, "judgements")
    given = orientation.get("judgements")
    if not isinstance(given, dict):
        return
    pillars = {text(p, "id"): p for _, p in each(data, "pillars")}
    sizes = {NODE: len(as_list(as_map(data).get("pillars")))} | {
        name: len(as_list(pillar.get("criteria"))) for name, pillar in pillars.items()
    }
    for node, upper in given.items():
        if node not in sizes:
            details = {"name": node, "names": ", ".join(islice(sizes, _LISTED))}
            yield (*here, node), "catalog.node_unknown", details
        elif isinstance(upper, list | tuple) and len(upper) != _pairs(sizes[node]):
            yield (*here, node), "catalog.judgements_size", _count(node, len(upper), sizes[node])
    for node, size in sizes.items():
        if size > _MOST and not as_map(pillars.get(node)).get("combine"):
            details = {"node": node, "size": size, "most": _MOST}
            yield (*here, node), "catalog.judgements_order", details
        # A pillar combined in order needs no judgements of its own.
        needed = _pairs(size) > 0 and not as_map(pillars.get(node)).get("combine")
        if node not in given and needed:
            yield (*here, node), "catalog.node_missing", _count(node, 0, size)


def _pairs(size: int) -> int:
    return size * (size - 1) // 2


def _count(node: str, found: int, size: int) -> dict[str, Any]:
    return {"node": node, "found": found, "expected": _pairs(size), "size": size}
