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
from partnermcda.errors import (
    CatalogError,
    Finding,
    InventoryError,
    MappingError,
    MethodError,
    OutputError,
    PartnerMCDAError,
    WeightsError,
)
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
    from partnermcda.catalog import Catalog, builtin_catalogs, load_catalog
    from partnermcda.evaluation import evaluate
    from partnermcda.inventory import inventory_schema, read_inventory, reading_of
    from partnermcda.job import Job, run, verify
    from partnermcda.output import json_schema
    from partnermcda.ranking import Ranking, rank

_HOME: Final = {
    "Catalog": "catalog",
    "Job": "job",
    "Ranking": "ranking",
    "builtin_catalogs": "catalog",
    "evaluate": "evaluation",
    "inventory_schema": "inventory",
    "json_schema": "output",
    "load_catalog": "catalog",
    "rank": "ranking",
    "read_inventory": "inventory",
    "reading_of": "inventory",
    "run": "job",
    "verify": "job",
}

__all__ = [
    "TOPSIS",
    "TOPSIS_OBSERVED",
    "WEIGHTED_PRODUCT",
    "WEIGHTED_SUM",
    "Catalog",
    "CatalogError",
    "DecisionMatrix",
    "Finding",
    "InventoryError",
    "Job",
    "MappingError",
    "Method",
    "MethodError",
    "OutputError",
    "PartnerMCDAError",
    "Ranking",
    "ValueMatrix",
    "Weights",
    "WeightsError",
    "builtin_catalogs",
    "core",
    "evaluate",
    "inventory_schema",
    "json_schema",
    "load_catalog",
    "method",
    "rank",
    "read_inventory",
    "reading_of",
    "run",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'partnermcda' has no attribute '{name}'")
    return getattr(import_module(f"partnermcda.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
