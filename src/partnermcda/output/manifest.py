"""The manifest beside a result: what was run on what, so that anyone can run it again."""

import hashlib
import json
import platform
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeAlias

import numpy as np
import pandas as pd
from pydantic import AwareDatetime, Field

from partnermcda.catalog import Catalog
from partnermcda.errors import Finding, OutputError
from partnermcda.output.atomic import write_whole
from partnermcda.output.document import CatalogUsed, Counts, Record, SetAside, Share
from partnermcda.output.faults import told
from partnermcda.output.files import fingerprint, seen_from
from partnermcda.output.tables import result_writer
from partnermcda.output.target import check_target, manifest_path
from partnermcda.output.versioning import refuse_other_formats
from partnermcda.ranking import Ranking
from partnermcda.yamlfile import Document, load_model

MANIFEST_FORMAT: Final = "partnermcda-manifest/1"
MOST_BYTES: Final = 50_000_000
"""The longest manifest that is read."""


Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Size = Annotated[int, Field(ge=0)]
Scalar: TypeAlias = str | bool | int | float | None
Option: TypeAlias = Scalar | tuple[Scalar, ...]


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


class Manifest(Record):
    """What was run on what."""

    format: Literal["partnermcda-manifest/1"]
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
    orientation: str
    weights: Mapping[str, Share]
    """Weight of each criterion that was judged; they sum to 1."""
    consistency: Mapping[str, float]
    """Consistency ratio of every node of judgements."""
    random_index: str
    """Table of random indices behind the consistency ratios."""
    options: Mapping[str, Option]
    """Everything else that was asked for."""
    set_aside: SetAside
    counts: ActorCounts
    result: ResultFile


def write_result(
    ranking: Ranking,
    path: str | Path,
    make_manifest: Callable[[ResultFile], Manifest],
    *,
    catalog: Catalog | None = None,
    language: str = "en",
) -> Manifest:
    """Write a ranking and its manifest: both, or neither.

    Parameters
    ----------
    ranking : Ranking
    path : str or Path
        Ends in ``.csv``, ``.parquet``, ``.xlsx`` or ``.json``.
    make_manifest : callable
        Makes the manifest from the path, hash and size of the result.
    catalog : Catalog, optional
        The catalog the ranking was made with.
    language : {"en", "fr"}
        Language of the words in an Excel file.

    Returns
    -------
    Manifest

    Raises
    ------
    OutputError
        If the ranking does not fit the format or the system refuses; then what was there
        before is as it was.
    """
    result, manifest = Path(path), manifest_path(path)
    check_target(result)
    write_ranked = result_writer(ranking, result.suffix, catalog=catalog, language=language)
    made: list[Manifest] = []

    def write_first(partial: Path) -> None:
        write_ranked(partial)
        sha256, size = fingerprint(partial)
        name = seen_from(manifest.parent, result)
        kind = result.suffix.lower().removeprefix(".")
        facts = {"path": name, "sha256": sha256, "bytes": size, "format": kind}
        made.append(make_manifest(ResultFile.model_validate(facts)))

    def write_second(partial: Path) -> None:
        text = made[0].model_dump_json(indent=2)
        partial.write_text(text + "\n", encoding="utf-8", newline="\n")

    write_whole({result: write_first, manifest: write_second})
    return made[0]


def software_here() -> Software:
    """Say what is computing.

    Returns
    -------
    Software
    """
    return Software(python=platform.python_version(), numpy=np.__version__, pandas=pd.__version__)


def read_manifest(path: str | Path) -> Manifest:
    """Read a manifest.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    Manifest

    Raises
    ------
    OutputError
        If it cannot be read, is longer than 50 MB, is no manifest, was written by a newer
        version, or has faults; all faults are told, each with its place.
    """
    file = Path(path)
    raw = _bytes(file)
    data = _plain(raw, file)
    refuse_other_formats(data, MANIFEST_FORMAT, file, "output.not_a_manifest")
    document = Document(data, {}, str(file), hashlib.sha256(raw).hexdigest())
    return load_model(document, Manifest, OutputError)


def _bytes(file: Path) -> bytes:
    with told(file):
        if file.exists() and not file.is_file():
            raise OutputError(Finding("output.not_a_file", file=str(file)))
        with file.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise OutputError(Finding("output.manifest_size", {"most": MOST_BYTES}, file=str(file)))
    return raw


def _plain(raw: bytes, file: Path) -> Any:
    try:
        return json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_refuse_constant
        )
    except (ValueError, RecursionError):
        raise OutputError(Finding("output.not_json", file=str(file))) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse an object that names something twice: readers would differ in which counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
