"""JSON Schemas of our files, so that tools in any language can check and call us."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel

from partnermcda.catalog import Catalog
from partnermcda.mapping import RegisterMapping
from partnermcda.output.document import RankingDocument
from partnermcda.output.manifest import Manifest
from partnermcda.output.partnership import PartnershipManifest
from partnermcda.output.robustness_document import RobustnessDocument
from partnermcda.weightfile.document import WeightsDocument

SchemaName = Literal[
    "catalog",
    "mapping",
    "result",
    "manifest",
    "weights",
    "robustness",
    "levers",
    "coalition",
    "map",
    "partnership",
]


def json_schema(name: SchemaName) -> dict[str, Any]:
    """Give the JSON Schema of a kind of file.

    Parameters
    ----------
    name : str
        ``catalog``, ``mapping``, ``result``, ``manifest``, ``weights``, ``robustness``, ``levers``,
        ``coalition``, ``map``, or ``partnership``: the manifest of these three.

    Returns
    -------
    dict
        A schema of draft 2020-12. What no schema can say (that references hold, that weights
        sum to 1) is checked when the file is read.

    Examples
    --------
    >>> json_schema("manifest")["title"]
    'partnermcda manifest'
    """
    schema = _models()[name].model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": f"partnermcda {name}",
    }


def _models() -> Mapping[SchemaName, type[BaseModel]]:
    # Here, because of those who import this room few ask for the forms of partnerships.
    from partnermcda.output.partnership.documents import DOCUMENTS

    return {
        "catalog": Catalog,
        "mapping": RegisterMapping,
        "result": RankingDocument,
        "manifest": Manifest,
        "weights": WeightsDocument,
        "robustness": RobustnessDocument,
        "partnership": PartnershipManifest,
        "levers": DOCUMENTS["levers"],
        "coalition": DOCUMENTS["coalition"],
        "map": DOCUMENTS["map"],
    }
