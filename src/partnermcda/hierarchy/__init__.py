"""Hierarchies of criteria: the tree, the priorities of all that is in it, and scores from it."""

from partnermcda.hierarchy.priorities import Local, global_priorities, leaf_weights
from partnermcda.hierarchy.synthesis import synthesize
from partnermcda.hierarchy.tree import Hierarchy

__all__ = ["Hierarchy", "Local", "global_priorities", "leaf_weights", "synthesize"]
