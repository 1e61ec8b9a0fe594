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
    software_here,
)
from partnermcda.output.manifest_reading import read_manifest
from partnermcda.output.partnership import (
    PARTNERSHIP_FORMAT,
    Asked,
    CoalitionAsked,
    LeversAsked,
    MapAsked,
    PartnershipCounts,
    PartnershipManifest,
    PartnershipOptions,
)
from partnermcda.output.robustness import Robustness
from partnermcda.output.robustness_document import RobustnessDocument, robustness_document
from partnermcda.output.robustness_leads import Lead, leads
from partnermcda.output.robustness_tables import ROBUSTNESS, robustness_contents
from partnermcda.output.saving import write_result, write_tables
from partnermcda.output.schemas import json_schema
from partnermcda.output.several import check_table, compare_several, tables_writer
from partnermcda.output.tables import result_writer, write_ranking
from partnermcda.output.target import check_target, manifest_path
from partnermcda.output.weights import Origin, weights_document, write_weights

__all__ = [
    "MANIFEST_FORMAT",
    "PARTNERSHIP_FORMAT",
    "ROBUSTNESS",
    "ActorCounts",
    "Asked",
    "CatalogFile",
    "CoalitionAsked",
    "Comparison",
    "Drawing",
    "InputFile",
    "Lead",
    "LeversAsked",
    "Manifest",
    "MapAsked",
    "MappingFile",
    "Options",
    "Origin",
    "PartnershipCounts",
    "PartnershipManifest",
    "PartnershipOptions",
    "RankingDocument",
    "ResultFile",
    "Robustness",
    "RobustnessDocument",
    "Spread",
    "TableName",
    "Writer",
    "as_json",
    "check_table",
    "check_target",
    "compare_results",
    "compare_several",
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
    "robustness_contents",
    "robustness_document",
    "seen_from",
    "set_aside",
    "software_here",
    "tables_writer",
    "weights_document",
    "write_ranking",
    "write_result",
    "write_tables",
    "write_weights",
]
