"""Arrays in, arrays out; numpy only.

Letters for shapes, always in this order of axes: m actors, n criteria, s weight vectors, k judges,
c cities. Several cities are rows laid end to end, with ``starts`` their first rows.
"""

from partnermcda.core.aggregation import closeness, distances
from partnermcda.core.ahp import (
    complete,
    consensus,
    consistency_index,
    consistency_ratio,
    eigenvalue_gradient,
    geometric_consistency_index,
    judge_distances,
    koczkodaj,
    pool,
    pool_priorities,
    principal_eigenpair,
    principal_eigenvalue,
    priorities,
    random_index,
    reciprocal_matrix,
    repairs,
    stands_far,
    worst_triad,
)
from partnermcda.core.column_statistics import ColumnStatistics
from partnermcda.core.correlations import kendall, spearman, weighted_spearman, ws
from partnermcda.core.elicitation import at_ranks, rank_order_centroid, rank_reciprocal, rank_sum
from partnermcda.core.gathering import gather_statistics
from partnermcda.core.judgement_draws import draw_priorities
from partnermcda.core.leaders import leaders
from partnermcda.core.nearest import Change, smallest_change
from partnermcda.core.normalization import minmax, peak, total, value, vector
from partnermcda.core.ranks import rank, rank_bounds
from partnermcda.core.selection import top_k
from partnermcda.core.shapley import score_parts
from partnermcda.core.smaa import SMAA, LeaderAcceptability, Uncertain, leader_acceptability, smaa
from partnermcda.core.stability import (
    Stability,
    WeightPath,
    critical_changes,
    stability,
    weight_intervals,
    weight_path,
)
from partnermcda.core.sums import ordered_sum, weighted_product, weighted_sum
from partnermcda.core.topsis import closeness_by, topsis
from partnermcda.core.variance import shapley_effects, step_points
from partnermcda.core.voting import borda, copeland, duels, kemeny
from partnermcda.core.weight_space import draw_weights, weights_from_uniforms
from partnermcda.core.weighting import (
    critic_weights,
    deviation_weights,
    entropy_weights,
    merec_weights,
)

__all__ = [
    "SMAA",
    "Change",
    "ColumnStatistics",
    "LeaderAcceptability",
    "Stability",
    "Uncertain",
    "WeightPath",
    "at_ranks",
    "borda",
    "closeness",
    "closeness_by",
    "complete",
    "consensus",
    "consistency_index",
    "consistency_ratio",
    "copeland",
    "critic_weights",
    "critical_changes",
    "deviation_weights",
    "distances",
    "draw_priorities",
    "draw_weights",
    "duels",
    "eigenvalue_gradient",
    "entropy_weights",
    "gather_statistics",
    "geometric_consistency_index",
    "judge_distances",
    "kemeny",
    "kendall",
    "koczkodaj",
    "leader_acceptability",
    "leaders",
    "merec_weights",
    "minmax",
    "ordered_sum",
    "peak",
    "pool",
    "pool_priorities",
    "principal_eigenpair",
    "principal_eigenvalue",
    "priorities",
    "random_index",
    "rank",
    "rank_bounds",
    "rank_order_centroid",
    "rank_reciprocal",
    "rank_sum",
    "reciprocal_matrix",
    "repairs",
    "score_parts",
    "shapley_effects",
    "smaa",
    "smallest_change",
    "spearman",
    "stability",
    "stands_far",
    "step_points",
    "top_k",
    "topsis",
    "total",
    "value",
    "vector",
    "weight_intervals",
    "weight_path",
    "weighted_product",
    "weighted_spearman",
    "weighted_sum",
    "weights_from_uniforms",
    "worst_triad",
    "ws",
]
