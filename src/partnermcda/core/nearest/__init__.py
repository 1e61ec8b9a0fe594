"""The smallest change of all weights together by which the leader no longer leads alone."""

from partnermcda.core.nearest.change import Change, smallest_change
from partnermcda.core.nearest.halfspace import DISTANCES, Distance

__all__ = ["DISTANCES", "Change", "Distance", "smallest_change"]
