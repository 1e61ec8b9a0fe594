"""The manifest beside levers, a coalition or a map."""

from collections.abc import Mapping
from typing import Final, Literal

from partnermcda.output.document import Count, Record, Share
from partnermcda.output.manifest import InputFile, ResultFile, Run, SourceOptions
from partnermcda.output.partnership.asked import Asked

PARTNERSHIP_FORMAT: Final = "partnermcda-partnership/1"


class PartnershipOptions(SourceOptions):
    """What was asked for of levers, a coalition and a map alike."""

    city: str | None
    """The only city looked at; null for all."""
    needs: str
    """Needs of the catalog."""
    levels: Mapping[str, Share]
    """Capabilities of which another level was asked for, with that level."""
    unknown: Literal["interval", "prior", "refuse"]
    """What a missing answer is."""
    language: Literal["en", "fr"]
    """Language of the words in the result."""


class PartnershipCounts(Record):
    """How many actors there were, and how many answers."""

    rows: Count
    """Actors in the inventory."""
    known: Mapping[str, Count]
    """Answers known, for each criterion."""


class PartnershipManifest(Run):
    """What was run on what."""

    format: Literal["partnermcda-partnership/1"]
    orientation: str
    """Aim of the project whose judgements weigh the criteria; empty where a file of weights does,
    and where criteria are not weighed."""
    weights: Mapping[str, Share]
    """Weight of each criterion; empty where criteria are not weighed."""
    weights_file: InputFile | None = None
    """File the weights were read from; absent where there is none."""
    options: PartnershipOptions
    """What was asked for in any case."""
    asked: Asked
    """What was asked of levers, of a coalition or of a map."""
    counts: PartnershipCounts
    table: str | None = None
    """Table of a CSV or Parquet file; absent where the file holds all."""
    result: ResultFile
