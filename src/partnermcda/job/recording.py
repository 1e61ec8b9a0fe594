"""Writing what came of a job, with a manifest of what it rests on."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from partnermcda.catalog import Catalog, builtin_catalogs
from partnermcda.inventory import Reading
from partnermcda.job.running import Outcome
from partnermcda.job.sources import Input, OnStep, Source, unheard
from partnermcda.output import (
    MANIFEST_FORMAT,
    ActorCounts,
    CatalogFile,
    InputFile,
    Manifest,
    MappingFile,
    Options,
    RankingDocument,
    ResultFile,
    check_target,
    count_actors,
    manifest_path,
    ranking_document,
    seen_from,
    set_aside,
    software_here,
    write_result,
)
from partnermcda.ranking import SetAside
from partnermcda.version import __version__


def check_output(source: Source, path: str | Path) -> None:
    """Make sure, before any work, that a result can be written.

    Parameters
    ----------
    source : Source
        What will be read.
    path : str or Path
        Where the result shall go.

    Raises
    ------
    OutputError
        If it cannot.
    """
    own = None if source.catalog in builtin_catalogs() else source.catalog
    read = (source.inventory, source.mapping, own, source.weights)
    # Unlike Path.exists, this never raises, whatever the name.
    there = [name for name in read if name and os.path.exists(name)]  # noqa: PTH110
    check_target(path, there)


def save(
    outcome: Outcome, path: str | Path, language: str = "en", on_step: OnStep = unheard
) -> Path:
    """Write a result and its manifest: both, or neither.

    Parameters
    ----------
    outcome : Outcome
        What came of a job.
    path : str or Path
        Ends in ``.csv``, ``.parquet``, ``.xlsx`` or ``.json``.
    language : {"en", "fr"}
        Language of the words in a workbook.
    on_step : callable
        Told ``write`` as writing begins.

    Returns
    -------
    Path
        The manifest's.

    Raises
    ------
    OutputError
        If it cannot be written; then what was there before is as it was.
    """
    on_step("write")
    folder = manifest_path(path).parent
    write_result(
        outcome.ranking,
        path,
        lambda result: make_manifest(outcome, result, folder, language),
        catalog=outcome.catalog,
        language=language,
    )
    return manifest_path(path)


def document(outcome: Outcome) -> RankingDocument:
    """Lay a result out as JSON is.

    Parameters
    ----------
    outcome : Outcome
        What came of a job.

    Returns
    -------
    RankingDocument
    """
    return ranking_document(outcome.ranking, outcome.catalog)


def make_manifest(outcome: Outcome, result: ResultFile, folder: Path, language: str) -> Manifest:
    """Write down what a result rests on.

    Parameters
    ----------
    outcome : Outcome
        What came of the job.
    result : ResultFile
        The file written.
    folder : Path
        Where the manifest lies; paths are as seen from there.
    language : {"en", "fr"}
        Language of the words in the result.

    Returns
    -------
    Manifest
    """
    ranking, weights, given = outcome.ranking, outcome.ranking.weights, outcome.weights_file
    return Manifest(
        format=MANIFEST_FORMAT,
        **run_facts(outcome.job, outcome, folder),
        orientation=outcome.job.orientation,
        weights=weights.to_dict(),
        consistency=dict(weights.consistency),
        random_index=weights.random_index,
        weights_file=input_file(given, folder) if given else None,
        options=_options(outcome, folder, language),
        set_aside=set_aside(ranking),
        counts=ActorCounts(
            **count_actors(ranking).model_dump(),
            known={count.criterion: count.known for count in outcome.reading.criteria},
            clipped=dict(outcome.clipped),
        ),
        result=result,
    )


class Ran(Protocol):
    """What came of a run of any kind."""

    @property
    def catalog(self) -> Catalog:
        """The criteria."""

    @property
    def reading(self) -> Reading:
        """How the actors were read."""

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Files that were read."""

    @property
    def seconds(self) -> tuple[tuple[str, float], ...]:
        """How long each step took."""


def run_facts(source: Source, ran: Ran, folder: Path) -> dict[str, Any]:
    """Write down what every manifest tells of a run.

    Parameters
    ----------
    source : Source
        What was asked to be read.
    ran : Ran
        What came of it.
    folder : Path
        Where the manifest lies.

    Returns
    -------
    dict
        Fields of a manifest.
    """
    return {
        "version": __version__,
        "software": software_here(),
        "created": datetime.now(UTC).replace(microsecond=0),
        "seconds": sum(seconds for _, seconds in ran.seconds),
        "catalog": _catalog_file(ran.catalog, source.catalog, folder),
        "mapping": _mapping_file(ran.reading, source.mapping, folder),
        "inputs": tuple(input_file(file, folder) for file in ran.inputs),
    }


def input_file(file: Input, folder: Path) -> InputFile:
    """Name a file that was read, as seen from the manifest."""
    return InputFile(path=seen_from(folder, file.path), sha256=file.sha256, bytes=file.bytes)


def _catalog_file(catalog: Catalog, asked: str, folder: Path) -> CatalogFile:
    return CatalogFile(
        name=catalog.catalog,
        version=catalog.version,
        sha256=catalog.sha256,
        path=None if asked in builtin_catalogs() else seen_from(folder, asked),
    )


def _mapping_file(reading: Reading, asked: str | None, folder: Path) -> MappingFile | None:
    if asked is None:
        return None
    return MappingFile(
        name=reading.mapping,
        version=reading.mapping_version,
        sha256=reading.mapping_sha256,
        path=seen_from(folder, asked),
    )


def _options(outcome: Outcome, folder: Path, language: str) -> Options:
    job, rule = outcome.job, outcome.job.set_aside
    return Options(
        inventory=seen_from(folder, job.inventory),
        sheet=job.sheet,
        decimal=job.decimal,
        method=outcome.ranking.method,
        by=job.by,
        unknown=job.unknown,
        set_aside=_plain(rule),
        rank_roles=tuple(job.rank_roles),
        gates=job.gates,
        min_evidence=job.min_evidence,
        language="fr" if language == "fr" else "en",
    )


def _plain(rule: SetAside) -> str | float | tuple[str, ...]:
    if isinstance(rule, str):
        return rule
    return float(rule) if isinstance(rule, (int, float)) else tuple(rule)
