"""What is known of a register before its rows are read."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from partnermcda.errors import Finding


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One Parquet file, as its footer tells it."""

    path: str
    """Where it is opened."""
    name: str
    """The file as the user knows it."""
    relative: str
    """Its place within the source, with ``/`` between folders."""
    size: int
    """Its bytes."""
    modified: str
    """When it was last changed, or the tag of its version; empty where that is not known."""
    footer_size: int
    """Bytes of its footer."""
    footer_sha256: str
    """SHA-256 of these bytes."""
    hive: tuple[tuple[str, str | None], ...]
    """Key and value of each folder ``key=value`` it lies in; None for a gap."""
    groups: tuple[int, ...]
    """Rows of each row group."""
    nulls: tuple[Mapping[str, int], ...]
    """Gaps of each column, for each row group; only columns whose gaps the footer counts."""


@dataclass(frozen=True, slots=True)
class Group:
    """One row group that has rows."""

    index: int
    """Its number among all groups, from 0."""
    file: int
    """Number of its file, from 0."""
    number: int
    """Its number within the file, from 0."""
    rows: int
    """Number of its rows."""
    first: int
    """Its first row as the user counts over all files, from 1."""


@dataclass(frozen=True, slots=True)
class Source:
    """A register in Parquet: which rows lie where. Its rows are not held."""

    name: str
    """The source as the user named it."""
    files: tuple[SourceFile, ...]
    """The files, in the order of their rows."""
    schema: pa.Schema
    """Columns without blanks around their names; those of Hive folders last, as text."""
    written: Mapping[str, str]
    """How each column of the files, by its name in `schema`, is named in them."""
    groups: tuple[Group, ...]
    """The row groups, in the order of their rows."""
    rows: int
    """Number of rows."""
    notes: tuple[Finding, ...]
    """What was passed over."""
