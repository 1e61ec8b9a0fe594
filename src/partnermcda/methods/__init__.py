"""How values and weights become scores."""

from partnermcda.methods.model import Method
from partnermcda.methods.offered import (
    METHODS,
    TOPSIS,
    TOPSIS_OBSERVED,
    WEIGHTED_PRODUCT,
    WEIGHTED_SUM,
    as_method,
    method,
    parameters_of,
)

__all__ = [
    "METHODS",
    "TOPSIS",
    "TOPSIS_OBSERVED",
    "WEIGHTED_PRODUCT",
    "WEIGHTED_SUM",
    "Method",
    "as_method",
    "method",
    "parameters_of",
]
