"""The manifest beside a result: what was run on what, so that anyone can run it again."""

import platform
from collections.abc import Mapping
from typing import Annotated, Final, Literal

import numpy as np
import pandas as pd
from pydantic import AwareDatetime, Field

from partnermcda.output.document import CatalogUsed, Counts, Record, SetAside, Share
from partnermcda.output.drawing import Drawing, TableName

MANIFEST_FORMAT: Final = "partnermcda-manifest/1"

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Size = Annotated[int, Field(ge=0)]
# Lists in Python, too: JSON knows nothing else.
Names = Annotated[tuple[str, ...], Field(strict=False)]


class CatalogFile(CatalogUsed):
    """The catalog, and where its file lies."""

    path: str | None
    """Its file, as seen from the manifest; null for a built-in catalog."""


class MappingFile(Record):
    """The mapping from the register's columns to the catalog's criteria."""

    name: str
    version: str
    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
    """SHA-256 of its file; empty for a mapping made in memory."""
    path: str | None
    """Its file, as seen from the manifest; null for a mapping made in memory."""


class InputFile(Record):
    """A file that was read."""

    path: str
    """As seen from the manifest, with forward slashes."""
    sha256: Sha256
    bytes: Size


class ResultFile(InputFile):
    """The file that was written."""

    format: Literal["csv", "parquet", "xlsx", "json"]


class Software(Record):
    """What the result was computed with, beside partnermcda."""

    python: str
    numpy: str
    pandas: str


class ActorCounts(Counts):
    """What became of actors and answers."""

    known: Mapping[str, Size]
    """Answers known, for each criterion."""
    clipped: Mapping[str, Size]
    """Answers beyond the bounds of their criterion, brought to 0 or 1."""


class SourceOptions(Record):
    """Where the actors came from."""

    inventory: str
    """File or folder with the actors, as seen from the manifest."""
    sheet: str | None
    """Sheet of a workbook."""
    decimal: Literal["point", "comma"] | None
    """Decimal sign, where the file leaves it open."""


class Options(SourceOptions):
    """What was asked for and has no other place in the manifest."""

    method: str
    """Method of scoring."""
    by: Literal["city"] | None
    """Rank within each city; null for all together."""
    unknown: Literal["interval", "prior", "refuse"]
    """What a missing answer is."""
    set_aside: str | Share | Names
    """Criteria that are not judged: by rule, by share of answers, or by name."""
    rank_roles: Names
    """Roles whose actors are ranked all the same."""
    gates: Literal["show", "exclude"]
    """Whether actors that fail a gate are ranked."""
    min_evidence: Share
    """Least share of observed weight an actor is ranked with."""
    language: Literal["en", "fr"]
    """Language of the words in a workbook."""


class Run(Record):
    """What every manifest tells of a run."""

    format: str
    """What the manifest says it is."""
    version: str
    """Version of partnermcda that wrote it."""
    software: Software
    created: AwareDatetime
    """When, in UTC."""
    seconds: Annotated[float, Field(ge=0)]
    """How long it took."""
    catalog: CatalogFile
    mapping: MappingFile | None
    inputs: tuple[InputFile, ...]


class Manifest(Run):
    """What was run on what."""

    format: Literal["partnermcda-manifest/1"]
    orientation: str
    """Aim of the project whose judgements weigh the criteria; empty with a file of weights."""
    weights: Mapping[str, Share]
    """Weight of each criterion that was judged; they sum to 1."""
    consistency: Mapping[str, float]
    """Consistency ratio of every node of judgements."""
    random_index: str
    """Table of random indices behind the consistency ratios."""
    weights_file: InputFile | None = None
    """File the weights were read from; absent where an orientation gave them."""
    options: Options
    """Everything else that was asked for."""
    set_aside: SetAside
    counts: ActorCounts
    result: ResultFile
    robustness: Drawing | None = None
    """What was drawn; absent where the result is a ranking."""
    table: TableName | None = None
    """Table of a CSV or Parquet file that says how far a ranking can be trusted; else absent."""


def software_here() -> Software:
    """Say what is computing.

    Returns
    -------
    Software
    """
    return Software(python=platform.python_version(), numpy=np.__version__, pandas=pd.__version__)
