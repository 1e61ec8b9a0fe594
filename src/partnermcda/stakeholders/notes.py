"""What a map tells beside its tables: what was derived, left open, cut or left out."""

from collections.abc import Iterator

import numpy as np

from partnermcda.catalog import Catalog
from partnermcda.core.arrays import Floats
from partnermcda.errors import Finding
from partnermcda.stakeholders.attributes import ATTRIBUTES
from partnermcda.stakeholders.classes import UNDECIDED
from partnermcda.stakeholders.result import Ecosystem


def notes_of(
    found: Ecosystem, catalog: Catalog, need: Floats, pairs: int, left_out: int
) -> tuple[Finding, ...]:
    """Tell what a map rests on.

    Parameters
    ----------
    found : Ecosystem
        The map.
    catalog : Catalog
        With K capabilities.
    need : (K,) array
        How much of each is needed.
    pairs : int
        Pairs that complement each other, kept or not.
    left_out : int
        Actors that take no part.

    Returns
    -------
    tuple of Finding
    """
    if_outside = [Finding("ecosystem.outside", {"count": left_out})] if left_out else []
    return (
        *if_outside,
        *_about_actors(found),
        *_about_layers(found, catalog),
        *_about_pairs(found, catalog, need, pairs),
    )


def _about_actors(found: Ecosystem) -> Iterator[Finding]:
    actors = found.actors
    for name in ATTRIBUTES:
        if count := int(actors[f"{name}_derived"].sum()):
            details = {"name": name, "count": count, "actors": len(actors)}
            yield Finding("ecosystem.derived", details)
    undecided = {name: int((actors[name] == UNDECIDED).sum()) for name in ("quadrant", "salience")}
    if any(undecided.values()):
        yield Finding("ecosystem.open", {**undecided, "actors": len(actors)})


def _about_layers(found: Ecosystem, catalog: Catalog) -> Iterator[Finding]:
    actors, layers = found.actors, found.layers
    if not catalog.layers:
        return
    seated = actors["layers"] != ""
    if count := int((actors["layers_derived"] & seated).sum()):
        yield Finding("ecosystem.by_type", {"count": count, "actors": len(actors)})
    if count := int((~seated).sum()):
        yield Finding("ecosystem.nowhere", {"count": count, "actors": len(actors)})
    cities = layers["city"].nunique()
    for layer in catalog.layers:
        missing = (layers["layer"] == layer.id) & (layers["warning"] == "missing")
        if count := int(missing.sum()):
            details = {"layer": layer.id, "count": count, "cities": cities}
            if layer.types:
                types = ", ".join(layer.types)
                yield Finding("ecosystem.layer_empty", {**details, "types": types})
            else:
                yield Finding("ecosystem.layer_unusual", details)


def _about_pairs(found: Ecosystem, catalog: Catalog, need: Floats, pairs: int) -> Iterator[Finding]:
    kept = len(found.edges) // 2
    if pairs > kept:
        details = {"kept": kept, "found": pairs, "most": found.most}
        yield Finding("ecosystem.cut", details)
    if unsure := int(np.count_nonzero(found.edges["gain_low"] == 0)) // 2:
        yield Finding("ecosystem.unsure", {"count": unsure, "kept": kept})
    bridges = [
        capability.id
        for capability, amount in zip(catalog.capabilities, need, strict=True)
        if capability.cover == "bridge" and amount > 0
    ]
    if bridges and kept:
        yield Finding("ecosystem.bridge", {"names": ", ".join(bridges)})
