"""By which lever each actor is engaged, how strongly, and what to find out or settle first."""

from partnermcda.engagement.engaging import levers
from partnermcda.engagement.result import Levers

__all__ = ["Levers", "levers"]
