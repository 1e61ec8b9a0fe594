"""Results and their manifests: written whole or not at all, compared, and described by schemas."""

from partnermcda.output.comparison import Comparison, compare_results
from partnermcda.output.document import (
    RankingDocument,
    as_json,
    count_actors,
    ranking_document,
    set_aside,
)
from partnermcda.output.files import files_of, fingerprint, found_from, seen_from
from partnermcda.output.manifest import (
    MANIFEST_FORMAT,
    ActorCounts,
    CatalogFile,
    InputFile,
    Manifest,
    MappingFile,
    Options,
    ResultFile,
    read_manifest,
    software_here,
)
from partnermcda.output.saving import write_result
from partnermcda.output.schemas import json_schema
from partnermcda.output.tables import write_ranking
from partnermcda.output.target import check_target, manifest_path
from partnermcda.output.weights import Origin, weights_document, write_weights

__all__ = [
    "MANIFEST_FORMAT",
    "ActorCounts",
    "CatalogFile",
    "Comparison",
    "InputFile",
    "Manifest",
    "MappingFile",
    "Options",
    "Origin",
    "RankingDocument",
    "ResultFile",
    "as_json",
    "check_target",
    "compare_results",
    "count_actors",
    "files_of",
    "fingerprint",
    "found_from",
    "json_schema",
    "manifest_path",
    "ranking_document",
    "read_manifest",
    "seen_from",
    "set_aside",
    "software_here",
    "weights_document",
    "write_ranking",
    "write_result",
    "write_weights",
]
