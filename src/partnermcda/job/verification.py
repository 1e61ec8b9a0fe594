"""Running a job again from its manifest, to say whether its result holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeAlias

from pydantic import BaseModel

from partnermcda.batch.holding import changed_files, held_by
from partnermcda.batch.results import MANIFEST as BATCH_MANIFEST
from partnermcda.catalog import load_catalog
from partnermcda.job.recording import make_manifest
from partnermcda.job.robustness import Assessment, assess
from partnermcda.job.robustness_files import assessment_manifest, assessment_writer
from partnermcda.job.running import Job, Outcome, run
from partnermcda.job.sources import OnStep, unheard
from partnermcda.output import (
    ROBUSTNESS,
    Comparison,
    Manifest,
    PartnershipManifest,
    Writer,
    compare_results,
    compare_several,
    files_of,
    fingerprint,
    found_from,
    read_manifest,
    result_writer,
    seen_from,
)
from partnermcda.version import __version__

_FACTS: Final = (
    "catalog",
    "mapping",
    "orientation",
    "weights",
    "consistency",
    "random_index",
    "set_aside",
    "counts",
    "result",
)
AnyManifest: TypeAlias = Manifest | PartnershipManifest

NEAR: Final = 1e-12
"""Scores that differ by no more than this are the same figures, rounded elsewhere."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a result is what its manifest says, and comes out again."""

    code: str
    """``identical``, ``equal``, ``different``, ``changed`` or ``misreported``; of a folder
    ``intact`` or ``touched``."""
    details: Mapping[str, Any] = field(default_factory=dict)
    """What the sentence about it needs."""

    @property
    def same(self) -> bool:
        """Whether the result holds."""
        return self.code in ("identical", "equal", "intact")

    def to_dict(self) -> dict[str, Any]:
        """Lay the verdict out as plain data."""
        return {"verdict": self.code, "same": self.same, **self.details}


def verify(manifest: str | Path, on_step: OnStep = unheard) -> Verdict:
    r"""Run again what a manifest records, and compare.

    Parameters
    ----------
    manifest : str or Path
        The manifest beside a result; or a folder of results, of which it is told whether its files
        are those that were written.
    on_step : callable
        Told the name of each step as it begins.

    Returns
    -------
    Verdict
        ``changed`` if a file is not what it was, ``identical`` if the result comes out byte for
        byte, ``equal`` if ranks are the same and scores differ by rounding only,
        ``misreported`` if then the manifest's own figures do not, else ``different``. Of a folder
        ``intact``, or ``touched`` if files are not what was written.

    Raises
    ------
    PartnerMCDAError
        If the manifest or a file cannot be read, or the job fails.

    Examples
    --------
    >>> from partnermcda.job import save
    >>> folder = Path(getfixture("tmp_path"))
    >>> header = "actor_id,actor,actor_type,city,res_technical"
    >>> rows = [header, "1,Ada,ngo,Dakar,4", "2,Bo,ngo,Dakar,2"]
    >>> _ = (folder / "actors.csv").write_text("\n".join(rows))
    >>> outcome = run(Job(str(folder / "actors.csv"), "balanced"))
    >>> verify(save(outcome, folder / "ranking.csv")).code
    'identical'
    """
    folder = Path(manifest).parent
    if Path(manifest).is_dir() or Path(manifest).name == BATCH_MANIFEST:
        return _intact(Path(manifest) if Path(manifest).is_dir() else folder)
    recorded = read_manifest(manifest)
    changed = _changed(recorded, folder)
    if changed:
        return Verdict("changed", {"files": ", ".join(changed)})
    found, remade = _again(recorded, folder, on_step)
    details = {
        "result": recorded.result.path,
        "rows": found.differing,
        "only_old": found.only_old,
        "only_new": found.only_new,
        "largest": found.largest_difference,
        "written": recorded.version,
        "now": __version__,
    }
    near = found.same_ranks and found.largest_difference <= NEAR
    if not (found.same_bytes or near):
        return Verdict("different", details)
    facts = [name for name in _FACTS if not _same_fact(recorded, remade, name)]
    if facts:
        return Verdict("misreported", {"facts": ", ".join(facts)})
    return Verdict("identical" if found.same_bytes else "equal", details)


def _intact(folder: Path) -> Verdict:
    """Tell whether a folder of results is what was written; a register is not ranked again."""
    held = held_by(folder)
    changed = changed_files(folder, held)
    if changed:
        return Verdict("touched", {"files": ", ".join(changed)})
    files = len(held.parts) + len(held.tables)
    return Verdict("intact", {"result": str(folder), "files": files, "rows": held.rows})


def _again(recorded: AnyManifest, folder: Path, on_step: OnStep) -> tuple[Comparison, AnyManifest]:
    """Run it again, and compare."""
    if isinstance(recorded, PartnershipManifest):
        return _engaged(recorded, folder, on_step)
    outcome, drawing = run(_job(recorded, folder), on_step), recorded.robustness
    if drawing is None:
        return _ranked(recorded, outcome, folder)
    return _assessed(recorded, assess(outcome, drawing, on_step), folder)


def _engaged(
    recorded: PartnershipManifest, folder: Path, on_step: OnStep
) -> tuple[Comparison, AnyManifest]:
    """Compare levers, a coalition or a map with what comes out again."""
    # Here, because most runs are of rankings and need nothing of it.
    from partnermcda.job.partnership import Search, find
    from partnermcda.job.partnership_files import findings_manifest, findings_writer
    from partnermcda.output.partnership.tables import partnership_tables

    table, options = recorded.table, recorded.options
    asked = options.model_dump(include={"city", "needs", "levels", "unknown"})
    search = Search(**_source(recorded, folder), asked=recorded.asked, **asked)
    again = find(search, on_step)
    write = findings_writer(again, Path(recorded.result.path).suffix, table, options.language)
    compare = partial(compare_several, partnership_tables(recorded.asked.kind), table=table)
    found = _compared(recorded, folder, write, compare)
    return found, findings_manifest(again, recorded.result, folder, table, options.language)


def _ranked(recorded: Manifest, outcome: Outcome, folder: Path) -> tuple[Comparison, Manifest]:
    """Compare a ranking with what came out again."""
    language, suffix = recorded.options.language, Path(recorded.result.path).suffix
    write = result_writer(outcome.ranking, suffix, catalog=outcome.catalog, language=language)
    found = _compared(recorded, folder, write, compare_results)
    return found, make_manifest(outcome, recorded.result, folder, language)


def _assessed(recorded: Manifest, again: Assessment, folder: Path) -> tuple[Comparison, Manifest]:
    """Compare how far a ranking could be trusted with what came out again."""
    table, language = recorded.table, recorded.options.language
    write = assessment_writer(again, Path(recorded.result.path).suffix, table, language)
    compare = partial(compare_several, ROBUSTNESS, table=table)
    found = _compared(recorded, folder, write, compare)
    return found, assessment_manifest(again, recorded.result, folder, table, language)


def _compared(
    recorded: AnyManifest, folder: Path, write: Writer, compare: Callable[[Path, Path], Comparison]
) -> Comparison:
    """Write the result again beside nothing of the user's, and compare."""
    old = found_from(folder, recorded.result.path)
    with TemporaryDirectory() as scratch:
        new = Path(scratch) / old.name
        write(new)
        return compare(old, new)


def _same_fact(recorded: AnyManifest, remade: AnyManifest, name: str) -> bool:
    """Compare what both manifests tell of something; what is not their business is the same."""
    return _alike(getattr(recorded, name, None), getattr(remade, name, None))


def _alike(recorded: Any, again: Any) -> bool:
    """Compare two facts, figures but for rounding."""
    if isinstance(recorded, BaseModel) and isinstance(again, BaseModel):
        return _alike(recorded.model_dump(), again.model_dump())
    if isinstance(recorded, Mapping) and isinstance(again, Mapping):
        return recorded.keys() == again.keys() and all(
            _alike(value, again[name]) for name, value in recorded.items()
        )
    if isinstance(recorded, float) and isinstance(again, float):
        return abs(recorded - again) <= NEAR
    return bool(recorded == again)


def _changed(recorded: AnyManifest, folder: Path) -> list[str]:
    """Files that are not what they were, or were not there, by name."""
    files = {file.path: (file.sha256, file.bytes) for file in recorded.inputs}
    inventory = found_from(folder, recorded.options.inventory)
    now = {seen_from(folder, file) for file in files_of(inventory)}
    changed = sorted(now ^ files.keys())
    for file in filter(None, (recorded.result, recorded.weights_file)):
        files[file.path] = (file.sha256, file.bytes)
    changed += [
        name
        for name, print_ in files.items()
        if name not in changed and fingerprint(found_from(folder, name)) != print_
    ]
    catalog, mapping = recorded.catalog, recorded.mapping
    if catalog.path is None and load_catalog(catalog.name).sha256 != catalog.sha256:
        changed.append(catalog.name)
    for part in (catalog, mapping):
        if part is not None and part.path is not None:
            sha256, _ = fingerprint(found_from(folder, part.path))
            changed += [part.path] if sha256 != part.sha256 else []
    return changed


def _job(recorded: Manifest, folder: Path) -> Job:
    """Make the job as it was, with files where they are now."""
    asked = recorded.options.model_dump(exclude={"inventory", "sheet", "decimal", "language"})
    return Job(**_source(recorded, folder), **asked)


def _source(recorded: AnyManifest, folder: Path) -> dict[str, Any]:
    """Say where actors and weights came from, with files where they are now."""
    catalog, mapping, weights = recorded.catalog, recorded.mapping, recorded.weights_file
    options = recorded.options
    return {
        "inventory": str(found_from(folder, options.inventory)),
        "orientation": recorded.orientation,
        "catalog": str(found_from(folder, catalog.path)) if catalog.path else catalog.name,
        "mapping": str(found_from(folder, mapping.path)) if mapping and mapping.path else None,
        "sheet": options.sheet,
        "decimal": options.decimal,
        "weights": str(found_from(folder, weights.path)) if weights else None,
    }
