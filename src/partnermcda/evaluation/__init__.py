"""Answers to values: what is known of each actor on the catalog's scale, and what is not."""

from partnermcda.evaluation.evaluating import evaluate
from partnermcda.evaluation.measuring import CriterionValues, Measured, criterion_values, measure
from partnermcda.evaluation.unknowns import Unknown, check_unknown

__all__ = [
    "CriterionValues",
    "Measured",
    "Unknown",
    "check_unknown",
    "criterion_values",
    "evaluate",
    "measure",
]
