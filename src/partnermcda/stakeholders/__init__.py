"""The map of the ecosystem: who counts, who sits on which layer, who complements whom."""

from partnermcda.stakeholders.mapmaking import ecosystem
from partnermcda.stakeholders.result import Ecosystem

__all__ = ["Ecosystem", "ecosystem"]
