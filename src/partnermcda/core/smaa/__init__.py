"""Stochastic multicriteria acceptability analysis: how often each actor comes where.

Ranks are counted over draws of weights, and of values where those are not known, in running totals:
the scores of all actors under all draws are never held. Counts are whole numbers, so they do not
hang on the order of draws, on blocks or on threads.
"""

from partnermcda.core.smaa.counting import smaa
from partnermcda.core.smaa.leading import leader_acceptability
from partnermcda.core.smaa.quantiles import SHAPES, Shape
from partnermcda.core.smaa.result import SMAA, LeaderAcceptability
from partnermcda.core.smaa.uncertain import Uncertain

__all__ = [
    "SHAPES",
    "SMAA",
    "LeaderAcceptability",
    "Shape",
    "Uncertain",
    "leader_acceptability",
    "smaa",
]
