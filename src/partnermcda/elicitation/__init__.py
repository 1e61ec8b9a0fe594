"""Weights in other ways than pairwise judgements: asked for directly, or taken from the values."""

from partnermcda.elicitation.best_worst import BestWorst, best_worst
from partnermcda.elicitation.blending import blend
from partnermcda.elicitation.objective import objective_weights
from partnermcda.elicitation.subjective import points, rank_weights, swing

__all__ = [
    "BestWorst",
    "best_worst",
    "blend",
    "objective_weights",
    "points",
    "rank_weights",
    "swing",
]
