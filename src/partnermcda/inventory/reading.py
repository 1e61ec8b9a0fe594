"""What is told of an inventory's reading: how much each criterion got, and what was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from partnermcda.errors import Finding


@dataclass(frozen=True, slots=True)
class CriterionCount:
    """How many answers a criterion got, of the actors that are candidates."""

    criterion: str
    """Id of the criterion."""
    source: str
    """Column it came from; with its denominator as ``column / per``; empty if from nowhere."""
    known: int
    """Actors whose answer is known."""
    unknown: int
    """Actors whose answer is not known."""
    limited: int = 0
    """Answers a mapping's limits cut or set to not known."""
    zero_denominators: int = 0
    """Answers not known because the denominator was zero."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How an inventory was read. Lies in ``frame.attrs["reading"]``."""

    file: str
    """File as the user named it; empty for a frame."""
    sheet: str
    """Sheet of a workbook."""
    facts: Mapping[str, str]
    """What was recognized about the file, as its encoding."""
    rows: int
    """Rows read, all of them in the frame."""
    outside: int
    """Rows outside what a mapping keeps; they are in the frame and are not candidates."""
    criteria: tuple[CriterionCount, ...]
    """One count per criterion of the catalog, in its order."""
    notes: tuple[Finding, ...]
    """What was done and the user should know."""
    mapping: str = ""
    """Name of the mapping; empty if there is none."""
    mapping_version: str = ""
    """Version of the mapping."""
    mapping_sha256: str = ""
    """Hash of the mapping."""

    def __deepcopy__(self, memo: Mapping[int, Any]) -> "Reading":
        # pandas copies the attributes of a frame deeply at every step; nothing in here changes.
        return self
