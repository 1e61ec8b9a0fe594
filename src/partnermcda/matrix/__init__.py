"""Actors by criteria: raw values as they are, or values on the catalog's scale with intervals."""

from partnermcda.matrix.decisions import DecisionMatrix
from partnermcda.matrix.values import ValueMatrix, texts

__all__ = ["DecisionMatrix", "ValueMatrix", "texts"]
