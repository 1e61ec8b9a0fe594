"""Where a job's actors and weights come from, and the files they were read from."""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

import pandas as pd

from partnermcda.catalog import Catalog
from partnermcda.errors import Finding, WeightsError
from partnermcda.inventory import Reading, read_inventory, reading_of
from partnermcda.output import files_of, fingerprint
from partnermcda.weightfile.reading import entry_words, read_weight_file
from partnermcda.weights import Weights


class OnStep(Protocol):
    """Told the name of each step as it begins; and, within a long one, how far it has come."""

    def __call__(self, step: str, /, **reached: int) -> None:
        """Hear of a step."""


def unheard(step: str, /, **reached: int) -> None:
    """Let a step begin without telling anybody."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where actors and weights come from."""

    inventory: str
    """File or folder with the actors."""
    orientation: str = ""
    """Orientation of the catalog whose judgements weigh the criteria; empty with `weights`, and
    where criteria are not weighed."""
    catalog: str = "urban-services"
    """Name of a built-in catalog, or a file."""
    mapping: str | None = None
    """File that says how a register's columns become criteria."""
    sheet: str | None = None
    """Sheet of a workbook."""
    decimal: Literal["point", "comma"] | None = None
    """Decimal sign, where the file leaves it open."""
    weights: str | None = None
    """File with the weights, in place of an orientation."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was read, as it was when reading began."""

    path: Path
    """Where it lies."""
    sha256: str
    """Hash of its bytes."""
    bytes: int
    """Its size."""


class Gathered(NamedTuple):
    """What was read of a source."""

    inputs: tuple[Input, ...]
    """Files of the inventory, as they were when reading began."""
    inventory: pd.DataFrame
    reading: Reading


def gather(source: Source, catalog: Catalog) -> Gathered:
    """Read the actors of a source.

    Parameters
    ----------
    source : Source
    catalog : Catalog

    Returns
    -------
    Gathered

    Raises
    ------
    PartnerMCDAError
        If a file has faults, or an option does not fit: every fault at once.
    """
    # Taken before reading, so that a file changed meanwhile is found out when it is verified.
    inputs = tuple(_input(file) for file in _files(source.inventory))
    inventory = read_inventory(
        source.inventory, catalog, source.mapping, sheet=source.sheet, decimal=source.decimal
    )
    return Gathered(inputs, inventory, reading_of(inventory))


class Weighing(NamedTuple):
    """The weights, and the file they come from if they do."""

    weights: Weights
    file: Input | None = None
    notes: tuple[Finding, ...] = ()


def weighing_of(source: Source, catalog: Catalog) -> Weighing:
    """Weigh the criteria of a source.

    Parameters
    ----------
    source : Source
    catalog : Catalog

    Returns
    -------
    Weighing

    Raises
    ------
    WeightsError
        If there is no such orientation, or the file has faults.
    """
    if source.weights is None:
        return Weighing(catalog.weights(source.orientation))
    if source.orientation:
        raise WeightsError(Finding("weightfile.two_sources", {"name": source.orientation}))
    found = [_input(file) for file in _files(source.weights)]
    read = read_weight_file(source.weights, names=entry_words(catalog))
    file = found[0]
    # By name and hash, so that a result says the same of it wherever the file lies.
    origin = f"{file.path.name} (sha256 {file.sha256})"
    return Weighing(replace(read.weights, source=origin), file, read.notes)


def _input(file: Path) -> Input:
    return Input(file, *fingerprint(file))


def _files(inventory: str) -> list[Path]:
    # What cannot be read is complained of by the reader, with all that it accepts.
    readable = os.path.isfile(inventory) or os.path.isdir(inventory)  # noqa: PTH112, PTH113
    return files_of(inventory) if readable else []
