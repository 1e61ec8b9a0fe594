"""Results and their manifests: written whole or not at all, compared, and described by schemas."""

from partnermcda.output.atomic import write_whole
from partnermcda.output.comparison import Comparison, compare_results, read_result
from partnermcda.output.document import (
    CatalogUsed,
    Counts,
    RankingDocument,
    SetAside,
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
    ResultFile,
    Software,
    read_manifest,
    software_here,
    write_result,
)
from partnermcda.output.schemas import SchemaName, json_schema
from partnermcda.output.tables import write_ranking
from partnermcda.output.target import SUFFIXES, check_target, manifest_path

__all__ = [
    "MANIFEST_FORMAT",
    "SUFFIXES",
    "ActorCounts",
    "CatalogFile",
    "CatalogUsed",
    "Comparison",
    "Counts",
    "InputFile",
    "Manifest",
    "MappingFile",
    "RankingDocument",
    "ResultFile",
    "SchemaName",
    "SetAside",
    "Software",
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
    "read_result",
    "seen_from",
    "set_aside",
    "software_here",
    "write_ranking",
    "write_result",
    "write_whole",
]
