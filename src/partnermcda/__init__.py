"""Ranks the local actors a city could partner with to bring digital tools to an urban service.

::

    import partnermcda as pm

    catalog = pm.load_catalog("urban-services")
    inventory = pm.read_inventory("actors.csv", catalog)
    values = pm.evaluate(inventory, catalog)
    ranking = pm.rank(values, catalog.weights("expand_unserved"))
    ranking.to_frame()

Importing this package loads numpy only; what needs more is loaded when it is first named.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from partnermcda import core
from partnermcda.elicitation import (
    BestWorst,
    best_worst,
    blend,
    objective_weights,
    points,
    rank_weights,
    swing,
)
from partnermcda.errors import (
    CatalogError,
    Finding,
    InventoryError,
    JudgementsError,
    MappingError,
    MethodError,
    OutputError,
    PartnerMCDAError,
    WeightsError,
)
from partnermcda.hierarchy import Hierarchy, global_priorities, leaf_weights, synthesize
from partnermcda.judgements import Judgements
from partnermcda.matrix import DecisionMatrix, ValueMatrix
from partnermcda.methods import (
    TOPSIS,
    TOPSIS_OBSERVED,
    WEIGHTED_PRODUCT,
    WEIGHTED_SUM,
    Method,
    method,
)
from partnermcda.version import __version__ as __version__
from partnermcda.weights import Weights

if TYPE_CHECKING:
    from partnermcda.alliances import (
        Coalition,
        CoalitionFront,
        Coalitions,
        coalition,
        coalitions,
        pareto,
    )
    from partnermcda.batch import Batch, Progress, rank_dask, rank_frames, rank_parquet
    from partnermcda.catalog import Catalog, builtin_catalogs, load_catalog
    from partnermcda.comparing import Comparison, RankReversal, compare, rank_reversal
    from partnermcda.engagement import Levers, levers
    from partnermcda.evaluation import evaluate
    from partnermcda.explaining import (
        Explanation,
        Improvements,
        Survey,
        explain,
        improvements,
        survey_first,
    )
    from partnermcda.inventory import inventory_schema, read_inventory, reading_of
    from partnermcda.job import Job, run, verify
    from partnermcda.output import json_schema, write_weights
    from partnermcda.ranking import Ranking, rank
    from partnermcda.robustness import (
        Acceptability,
        SmallestChange,
        WeightPath,
        WeightStability,
        smaa,
        smallest_change,
        weight_path,
        weight_stability,
    )
    from partnermcda.sensitivity import Choices, Sensitivity, global_sensitivity
    from partnermcda.stakeholders import Ecosystem, ecosystem
    from partnermcda.weighing import (
        JudgeClusters,
        JudgedWeights,
        WeightDraws,
        WeightSpace,
        ahp_weights,
        catalog_names,
        catalog_weights,
        draw_weights,
        judge_clusters,
    )
    from partnermcda.weightfile import read_weights

_HOME: Final = {
    "Acceptability": "robustness",
    "Batch": "batch",
    "Catalog": "catalog",
    "Choices": "sensitivity",
    "Coalition": "alliances",
    "CoalitionFront": "alliances",
    "Coalitions": "alliances",
    "Comparison": "comparing",
    "Ecosystem": "stakeholders",
    "Explanation": "explaining",
    "Improvements": "explaining",
    "Job": "job",
    "JudgeClusters": "weighing",
    "JudgedWeights": "weighing",
    "Levers": "engagement",
    "Progress": "batch",
    "RankReversal": "comparing",
    "Ranking": "ranking",
    "Sensitivity": "sensitivity",
    "SmallestChange": "robustness",
    "Survey": "explaining",
    "WeightDraws": "weighing",
    "WeightPath": "robustness",
    "WeightSpace": "weighing",
    "WeightStability": "robustness",
    "ahp_weights": "weighing",
    "builtin_catalogs": "catalog",
    "catalog_names": "weighing",
    "catalog_weights": "weighing",
    "coalition": "alliances",
    "coalitions": "alliances",
    "compare": "comparing",
    "draw_weights": "weighing",
    "ecosystem": "stakeholders",
    "evaluate": "evaluation",
    "explain": "explaining",
    "global_sensitivity": "sensitivity",
    "improvements": "explaining",
    "inventory_schema": "inventory",
    "json_schema": "output",
    "judge_clusters": "weighing",
    "levers": "engagement",
    "load_catalog": "catalog",
    "pareto": "alliances",
    "rank": "ranking",
    "rank_dask": "batch",
    "rank_frames": "batch",
    "rank_parquet": "batch",
    "rank_reversal": "comparing",
    "read_inventory": "inventory",
    "read_weights": "weightfile",
    "reading_of": "inventory",
    "run": "job",
    "smaa": "robustness",
    "smallest_change": "robustness",
    "survey_first": "explaining",
    "verify": "job",
    "weight_path": "robustness",
    "weight_stability": "robustness",
    "write_weights": "output",
}

__all__ = [
    "TOPSIS",
    "TOPSIS_OBSERVED",
    "WEIGHTED_PRODUCT",
    "WEIGHTED_SUM",
    "Acceptability",
    "Batch",
    "BestWorst",
    "Catalog",
    "CatalogError",
    "Choices",
    "Coalition",
    "CoalitionFront",
    "Coalitions",
    "Comparison",
    "DecisionMatrix",
    "Ecosystem",
    "Explanation",
    "Finding",
    "Hierarchy",
    "Improvements",
    "InventoryError",
    "Job",
    "JudgeClusters",
    "JudgedWeights",
    "Judgements",
    "JudgementsError",
    "Levers",
    "MappingError",
    "Method",
    "MethodError",
    "OutputError",
    "PartnerMCDAError",
    "Progress",
    "RankReversal",
    "Ranking",
    "Sensitivity",
    "SmallestChange",
    "Survey",
    "ValueMatrix",
    "WeightDraws",
    "WeightPath",
    "WeightSpace",
    "WeightStability",
    "Weights",
    "WeightsError",
    "ahp_weights",
    "best_worst",
    "blend",
    "builtin_catalogs",
    "catalog_names",
    "catalog_weights",
    "coalition",
    "coalitions",
    "compare",
    "core",
    "draw_weights",
    "ecosystem",
    "evaluate",
    "explain",
    "global_priorities",
    "global_sensitivity",
    "improvements",
    "inventory_schema",
    "json_schema",
    "judge_clusters",
    "leaf_weights",
    "levers",
    "load_catalog",
    "method",
    "objective_weights",
    "pareto",
    "points",
    "rank",
    "rank_dask",
    "rank_frames",
    "rank_parquet",
    "rank_reversal",
    "rank_weights",
    "read_inventory",
    "read_weights",
    "reading_of",
    "run",
    "smaa",
    "smallest_change",
    "survey_first",
    "swing",
    "synthesize",
    "verify",
    "weight_path",
    "weight_stability",
    "write_weights",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'partnermcda' has no attribute '{name}'")
    return getattr(import_module(f"partnermcda.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
