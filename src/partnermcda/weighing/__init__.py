"""From judgements to weights, and to all that a group should know about them."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from partnermcda.weighing.ahp import ahp_weights
from partnermcda.weighing.draws import WeightDraws, draw_weights
from partnermcda.weighing.grouping import JudgeCluster, JudgeClusters, judge_clusters
from partnermcda.weighing.result import JudgedNode, JudgedWeights, LeftOut, Suggestion
from partnermcda.weighing.space import WeightSpace

if TYPE_CHECKING:
    from partnermcda.weighing.catalogs import catalog_names, catalog_weights

_OF_CATALOGS: Final = ("catalog_names", "catalog_weights")
"""What needs the catalog's room, which loads much more than numbers do."""

__all__ = [
    "JudgeCluster",
    "JudgeClusters",
    "JudgedNode",
    "JudgedWeights",
    "LeftOut",
    "Suggestion",
    "WeightDraws",
    "WeightSpace",
    "ahp_weights",
    "catalog_names",
    "catalog_weights",
    "draw_weights",
    "judge_clusters",
]


def __getattr__(name: str) -> Any:
    if name not in _OF_CATALOGS:
        raise AttributeError(f"module 'partnermcda.weighing' has no attribute '{name}'")
    return getattr(import_module("partnermcda.weighing.catalogs"), name)
