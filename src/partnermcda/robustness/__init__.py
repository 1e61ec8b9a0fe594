"""How far a ranking can be trusted: whatever the weights, near them, and where it would change."""

from partnermcda.robustness.acceptability import smaa
from partnermcda.robustness.changes import SmallestChange, smallest_change
from partnermcda.robustness.paths import WeightPath, weight_path
from partnermcda.robustness.smaa_result import Acceptability
from partnermcda.robustness.stability import WeightStability, weight_stability

__all__ = [
    "Acceptability",
    "SmallestChange",
    "WeightPath",
    "WeightStability",
    "smaa",
    "smallest_change",
    "weight_path",
    "weight_stability",
]
