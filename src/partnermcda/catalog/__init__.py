"""Catalogs: what is asked of an actor, how an answer is valued, and how it is weighed."""

from partnermcda.catalog.engagement import (
    Capability,
    Condition,
    Derivation,
    Layer,
    Lever,
    Need,
    Place,
    Ramp,
)
from partnermcda.catalog.load import builtin_catalogs, load_catalog
from partnermcda.catalog.model import Catalog
from partnermcda.catalog.parts import (
    ActorType,
    Attribute,
    Combination,
    Criterion,
    Flag,
    Gate,
    Orientation,
    Pillar,
    Prior,
    Rating,
    Role,
    Tier,
    Words,
)
from partnermcda.catalog.scales import SCALES, Scale

__all__ = [
    "SCALES",
    "ActorType",
    "Attribute",
    "Capability",
    "Catalog",
    "Combination",
    "Condition",
    "Criterion",
    "Derivation",
    "Flag",
    "Gate",
    "Layer",
    "Lever",
    "Need",
    "Orientation",
    "Pillar",
    "Place",
    "Prior",
    "Ramp",
    "Rating",
    "Role",
    "Scale",
    "Tier",
    "Words",
    "builtin_catalogs",
    "load_catalog",
]
