"""What a ranking comes from, what it would take to change it, and what is worth finding out."""

from partnermcda.explaining.explanation import explain
from partnermcda.explaining.explanation_result import Explanation
from partnermcda.explaining.improving import Improvement, Improvements, improvements
from partnermcda.explaining.surveys import Survey, survey_first

__all__ = [
    "Explanation",
    "Improvement",
    "Improvements",
    "Survey",
    "explain",
    "improvements",
    "survey_first",
]
