"""Registers in Parquet: which rows lie where, and reading them row group by row group."""

from partnermcda.batch.source.facts import fingerprint_source, source_facts
from partnermcda.batch.source.model import Group, Source, SourceFile
from partnermcda.batch.source.opening import open_source
from partnermcda.batch.source.reading import Reader

__all__ = [
    "Group",
    "Reader",
    "Source",
    "SourceFile",
    "fingerprint_source",
    "open_source",
    "source_facts",
]
