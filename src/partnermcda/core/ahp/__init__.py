"""Pairwise judgements of the analytic hierarchy process (AHP): one matrix, or a stack of them."""

from partnermcda.core.ahp.consensus import consensus, judge_distances, stands_far
from partnermcda.core.ahp.consistency import (
    consistency_index,
    consistency_ratio,
    geometric_consistency_index,
    koczkodaj,
)
from partnermcda.core.ahp.groups import pool, pool_priorities
from partnermcda.core.ahp.matrices import as_pairwise, pairwise_faults, reciprocal_matrix
from partnermcda.core.ahp.missing import complete
from partnermcda.core.ahp.priorities import (
    principal_eigenpair,
    principal_eigenvalue,
    priorities,
)
from partnermcda.core.ahp.random_index import RANDOM_INDEX, random_index
from partnermcda.core.ahp.repair import eigenvalue_gradient, repairs, worst_triad

__all__ = [
    "RANDOM_INDEX",
    "as_pairwise",
    "complete",
    "consensus",
    "consistency_index",
    "consistency_ratio",
    "eigenvalue_gradient",
    "geometric_consistency_index",
    "judge_distances",
    "koczkodaj",
    "pairwise_faults",
    "pool",
    "pool_priorities",
    "principal_eigenpair",
    "principal_eigenvalue",
    "priorities",
    "random_index",
    "reciprocal_matrix",
    "repairs",
    "stands_far",
    "worst_triad",
]
