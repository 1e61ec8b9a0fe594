"""What each actor brings of what a service needs, in the units in which needs are told."""

from partnermcda.capability.holdings import Holdings, holdings
from partnermcda.capability.needs import Needs, needed

__all__ = ["Holdings", "Needs", "holdings", "needed"]
