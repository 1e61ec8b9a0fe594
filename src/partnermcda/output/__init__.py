"""Results and their manifests: written whole or not at all, compared, and described by schemas."""

from partnermcda.output.atomic import Writer
from partnermcda.output.comparison import Comparison, compare_results
from partnermcda.output.document import (
    RankingDocument,
    as_json,
    count_actors,
    ranking_document,
    set_aside,
)
from partnermcda.output.drawing import Drawing, Spread, TableName
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
from partnermcda.output.robustness import Robustness
from partnermcda.output.robustness_document import RobustnessDocument, robustness_document
from partnermcda.output.robustness_leads import Lead, leads
from partnermcda.output.robustness_tables import compare_robustness, robustness_writer
from partnermcda.output.saving import write_result, write_with_manifest
from partnermcda.output.schemas import json_schema
from partnermcda.output.tables import result_writer, write_ranking
from partnermcda.output.target import check_target, manifest_path
from partnermcda.output.weights import Origin, weights_document, write_weights

__all__ = [
    "MANIFEST_FORMAT",
    "ActorCounts",
    "CatalogFile",
    "Comparison",
    "Drawing",
    "InputFile",
    "Lead",
    "Manifest",
    "MappingFile",
    "Options",
    "Origin",
    "RankingDocument",
    "ResultFile",
    "Robustness",
    "RobustnessDocument",
    "Spread",
    "TableName",
    "Writer",
    "as_json",
    "check_target",
    "compare_results",
    "compare_robustness",
    "count_actors",
    "files_of",
    "fingerprint",
    "found_from",
    "json_schema",
    "leads",
    "manifest_path",
    "ranking_document",
    "read_manifest",
    "result_writer",
    "robustness_document",
    "robustness_writer",
    "seen_from",
    "set_aside",
    "software_here",
    "weights_document",
    "write_ranking",
    "write_result",
    "write_weights",
    "write_with_manifest",
]
