"""How far weights can move before the answer changes: exact, by where pairs of actors tie."""

from partnermcda.core.stability.changes import critical_changes
from partnermcda.core.stability.intervals import Stability, stability, weight_intervals
from partnermcda.core.stability.path import WeightPath, weight_path

__all__ = [
    "Stability",
    "WeightPath",
    "critical_changes",
    "stability",
    "weight_intervals",
    "weight_path",
]
