"""Writing what came of a job with its manifest, and running it again to verify it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from partnermcda.catalog import builtin_catalogs, load_catalog
from partnermcda.job.running import Job, OnStep, Outcome, run, unheard
from partnermcda.output import (
    MANIFEST_FORMAT,
    ActorCounts,
    CatalogFile,
    InputFile,
    Manifest,
    MappingFile,
    RankingDocument,
    ResultFile,
    check_target,
    compare_results,
    count_actors,
    fingerprint,
    found_from,
    manifest_path,
    ranking_document,
    read_manifest,
    seen_from,
    set_aside,
    software_here,
    write_ranking,
    write_result,
)
from partnermcda.version import __version__

NEAR: Final = 1e-12
"""Scores that differ by no more than this are the same figures, rounded elsewhere."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a result is what its manifest says, and comes out again."""

    code: str
    """``identical``, ``equal``, ``different`` or ``changed``."""
    details: Mapping[str, Any] = field(default_factory=dict)
    """What the sentence about it needs."""

    @property
    def same(self) -> bool:
        """Whether the result holds."""
        return self.code in ("identical", "equal")

    def to_dict(self) -> dict[str, Any]:
        """Lay the verdict out as plain data."""
        return {"verdict": self.code, "same": self.same, **self.details}


def check_output(job: Job, path: str | Path) -> None:
    """Make sure, before any work, that a job's result can be written.

    Parameters
    ----------
    job : Job
        What will be read.
    path : str or Path
        Where the result shall go.

    Raises
    ------
    OutputError
        If it cannot.
    """
    read = (job.inventory, job.mapping, job.catalog)
    check_target(path, [name for name in read if name and Path(name).exists()])


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
        lambda result: _manifest(outcome, result, folder, language),
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


def verify(manifest: str | Path, on_step: OnStep = unheard) -> Verdict:
    r"""Run again what a manifest records, and compare.

    Parameters
    ----------
    manifest : str or Path
        The manifest beside a result.
    on_step : callable
        Told the name of each step as it begins.

    Returns
    -------
    Verdict
        ``changed`` if a file is not what it was, ``identical`` if the result comes out byte for
        byte, ``equal`` if ranks are the same and scores differ by rounding only, else
        ``different``.

    Raises
    ------
    PartnerMCDAError
        If the manifest or a file cannot be read, or the job fails.

    Examples
    --------
    >>> folder = Path(getfixture("tmp_path"))
    >>> header = "actor_id,actor,actor_type,city,res_technical"
    >>> rows = [header, "1,Ada,ngo,Dakar,4", "2,Bo,ngo,Dakar,2"]
    >>> _ = (folder / "actors.csv").write_text("\n".join(rows))
    >>> outcome = run(Job(str(folder / "actors.csv"), "balanced"))
    >>> verify(save(outcome, folder / "ranking.csv")).code
    'identical'
    """
    recorded = read_manifest(manifest)
    folder = Path(manifest).parent
    changed = _changed(recorded, folder)
    if changed:
        return Verdict("changed", {"files": ", ".join(changed)})
    outcome = run(_job(recorded, folder), on_step)
    old = found_from(folder, recorded.result.path)
    with TemporaryDirectory() as scratch:
        new = Path(scratch) / old.name
        language = str(recorded.options["language"])
        write_ranking(outcome.ranking, new, catalog=outcome.catalog, language=language)
        found = compare_results(old, new)
    if found.same_bytes:
        return Verdict("identical", {"result": recorded.result.path})
    difference = {"rows": found.differing, "largest": found.largest_difference}
    details = {**difference, "written": recorded.version, "now": __version__}
    near = found.same_ranks and found.largest_difference <= NEAR
    return Verdict("equal" if near else "different", details)


def _changed(recorded: Manifest, folder: Path) -> list[str]:
    """Files that are not what they were, by name."""
    expected = [(file.path, file.sha256) for file in (*recorded.inputs, recorded.result)]
    if recorded.catalog.path is not None:
        expected.append((recorded.catalog.path, recorded.catalog.sha256))
    if recorded.mapping is not None and recorded.mapping.path is not None:
        expected.append((recorded.mapping.path, recorded.mapping.sha256))
    changed = [name for name, sha in expected if fingerprint(found_from(folder, name))[0] != sha]
    if recorded.catalog.path is None and _builtin_sha256(recorded) != recorded.catalog.sha256:
        changed.append(recorded.catalog.name)
    return changed


def _builtin_sha256(recorded: Manifest) -> str:
    return load_catalog(recorded.catalog.name).sha256


def _job(recorded: Manifest, folder: Path) -> Job:
    """Make the job as it was, with files where they are now."""
    catalog, mapping, asked = recorded.catalog, recorded.mapping, dict(recorded.options)
    inventory = found_from(folder, str(asked.pop("inventory")))
    del asked["language"]
    return Job(
        inventory=str(inventory),
        orientation=recorded.orientation,
        catalog=str(found_from(folder, catalog.path)) if catalog.path else catalog.name,
        mapping=str(found_from(folder, mapping.path)) if mapping and mapping.path else None,
        **asked,  # type: ignore[arg-type] # the manifest's own model says which they are
    )


def _manifest(outcome: Outcome, result: ResultFile, folder: Path, language: str) -> Manifest:
    ranking, weights = outcome.ranking, outcome.ranking.weights
    return Manifest(
        format=MANIFEST_FORMAT,
        version=__version__,
        software=software_here(),
        created=datetime.now(UTC).replace(microsecond=0),
        seconds=sum(seconds for _, seconds in outcome.seconds),
        catalog=_catalog_file(outcome, folder),
        mapping=_mapping_file(outcome, folder),
        inputs=tuple(
            InputFile(path=seen_from(folder, file.path), sha256=file.sha256, bytes=file.bytes)
            for file in outcome.inputs
        ),
        orientation=outcome.job.orientation,
        weights=weights.to_dict(),
        consistency=dict(weights.consistency),
        random_index=weights.random_index,
        options=_options(outcome.job, folder, language),
        set_aside=set_aside(ranking),
        counts=ActorCounts(
            **count_actors(ranking).model_dump(),
            known={count.criterion: count.known for count in outcome.reading.criteria},
            clipped=dict(outcome.clipped),
        ),
        result=result,
    )


def _catalog_file(outcome: Outcome, folder: Path) -> CatalogFile:
    catalog, asked = outcome.catalog, outcome.job.catalog
    return CatalogFile(
        name=catalog.catalog,
        version=catalog.version,
        sha256=catalog.sha256,
        path=None if asked in builtin_catalogs() else seen_from(folder, asked),
    )


def _mapping_file(outcome: Outcome, folder: Path) -> MappingFile | None:
    asked, reading = outcome.job.mapping, outcome.reading
    if asked is None:
        return None
    return MappingFile(
        name=reading.mapping,
        version=reading.mapping_version,
        sha256=reading.mapping_sha256,
        path=seen_from(folder, asked),
    )


def _options(job: Job, folder: Path, language: str) -> dict[str, Any]:
    """Everything asked for that has no place of its own in the manifest."""
    told = ("orientation", "catalog", "mapping")
    asked = {f.name: getattr(job, f.name) for f in fields(job) if f.name not in told}
    return {**asked, "inventory": seen_from(folder, job.inventory), "language": language}
