"""Answers to values: what is known of each actor on the catalog's scale, and what is not."""

from partnermcda.evaluation.evaluating import evaluate
from partnermcda.evaluation.measuring import Measured, measure
from partnermcda.evaluation.unknowns import Unknown, check_unknown

__all__ = ["Measured", "Unknown", "check_unknown", "evaluate", "measure"]
