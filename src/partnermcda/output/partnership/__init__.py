"""Levers, coalitions and maps as files: what was asked, their tables, and their manifest."""

from partnermcda.output.partnership.asked import Asked, CoalitionAsked, LeversAsked, MapAsked
from partnermcda.output.partnership.manifest import (
    PARTNERSHIP_FORMAT,
    PartnershipCounts,
    PartnershipManifest,
    PartnershipOptions,
)

__all__ = [
    "PARTNERSHIP_FORMAT",
    "Asked",
    "CoalitionAsked",
    "LeversAsked",
    "MapAsked",
    "PartnershipCounts",
    "PartnershipManifest",
    "PartnershipOptions",
]
