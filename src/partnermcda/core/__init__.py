"""Arrays in, arrays out; numpy only.

Letters for shapes, always in this order of axes: m actors, n criteria, s weight vectors, k judges,
c cities. Several cities are rows laid end to end, with ``starts`` their first rows.
"""

from partnermcda.core.aggregation import closeness, distances
from partnermcda.core.ahp import (
    consistency_ratio,
    principal_eigenvalue,
    priorities,
    reciprocal_matrix,
)
from partnermcda.core.correlations import kendall, spearman, weighted_spearman, ws
from partnermcda.core.leaders import leaders
from partnermcda.core.normalization import minmax, peak, total, value, vector
from partnermcda.core.ranks import rank, rank_bounds
from partnermcda.core.selection import top_k
from partnermcda.core.sums import ordered_sum, weighted_product, weighted_sum
from partnermcda.core.topsis import topsis

__all__ = [
    "closeness",
    "consistency_ratio",
    "distances",
    "kendall",
    "leaders",
    "minmax",
    "ordered_sum",
    "peak",
    "principal_eigenvalue",
    "priorities",
    "rank",
    "rank_bounds",
    "reciprocal_matrix",
    "spearman",
    "top_k",
    "topsis",
    "total",
    "value",
    "vector",
    "weighted_product",
    "weighted_spearman",
    "weighted_sum",
    "ws",
]
