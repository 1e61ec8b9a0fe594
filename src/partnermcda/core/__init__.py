"""Arrays in, arrays out; numpy only.

Letters for shapes, always in this order of axes: m actors, n criteria, s weight vectors, k judges,
c cities. Several cities are rows laid end to end, with ``starts`` their first rows.
"""

from partnermcda.core.aggregation import (
    closeness,
    distances,
    ordered_sum,
    weighted_product,
    weighted_sum,
)
from partnermcda.core.ahp import (
    consistency_ratio,
    principal_eigenvalue,
    priorities,
    reciprocal_matrix,
)
from partnermcda.core.normalization import minmax, peak, total, value, vector
from partnermcda.core.ranks import rank, rank_bounds

__all__ = [
    "closeness",
    "consistency_ratio",
    "distances",
    "minmax",
    "ordered_sum",
    "peak",
    "principal_eigenvalue",
    "priorities",
    "rank",
    "rank_bounds",
    "reciprocal_matrix",
    "total",
    "value",
    "vector",
    "weighted_product",
    "weighted_sum",
]
