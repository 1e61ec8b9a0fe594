"""Writing how far a ranking can be trusted, with a manifest of what that rests on."""

from pathlib import Path
from typing import Final

from partnermcda.errors import Finding, MethodError
from partnermcda.job.recording import check_output, make_manifest
from partnermcda.job.robustness import Assessment
from partnermcda.job.running import OnStep, unheard
from partnermcda.output import (
    Manifest,
    ResultFile,
    RobustnessDocument,
    TableName,
    Writer,
    manifest_path,
    robustness_document,
    robustness_writer,
    write_with_manifest,
)

_TABLES: Final = (".csv", ".parquet")
"""Endings of files that hold one table."""


def check_table(path: str | Path | None, table: TableName | None) -> None:
    """Make sure that a table is asked for only where a file holds one.

    Parameters
    ----------
    path : str or Path or None
        Where the result shall go, if anywhere.
    table : {"actors", "weights", "survey"} or None
        What was asked for.

    Raises
    ------
    MethodError
        If the file holds all tables, or there is none.
    """
    if table is not None and not (path and _holds_one(Path(path))):
        raise MethodError(Finding("robustness.table", value=table))


def save_assessment(
    found: Assessment,
    path: str | Path,
    table: TableName | None = None,
    language: str = "en",
    on_step: OnStep = unheard,
) -> Path:
    """Write how far a ranking can be trusted, and a manifest: both, or neither.

    Parameters
    ----------
    found : Assessment
    path : str or Path
        Ends in ``.csv``, ``.parquet``, ``.xlsx`` or ``.json``.
    table : {"actors", "weights", "survey"}, optional
        Which table a CSV or Parquet file holds, actors without it; the others hold all.
    language : {"en", "fr"}
        Language of the words in a workbook or in JSON.
    on_step : callable
        Told ``write`` as writing begins.

    Returns
    -------
    Path
        The manifest's.

    Raises
    ------
    MethodError
        If a table is asked for where all are written.
    OutputError
        If it cannot be written; then what was there before is as it was.
    """
    check_table(path, table)
    check_output(found.outcome.job, path)
    on_step("write")
    target = Path(path)
    chosen: TableName | None = table or "actors" if _holds_one(target) else None
    write_with_manifest(
        assessment_writer(found, target.suffix, chosen, language),
        target,
        lambda result: assessment_manifest(
            found, result, manifest_path(target).parent, chosen, language
        ),
    )
    return manifest_path(target)


def assessment_writer(
    found: Assessment, suffix: str, table: TableName | None, language: str
) -> Writer:
    """Make what writes an assessment, wherever it is told to.

    Parameters
    ----------
    found : Assessment
    suffix : str
    table : {"actors", "weights", "survey"} or None
    language : {"en", "fr"}

    Returns
    -------
    callable
        Takes a path.
    """
    catalog = found.outcome.catalog
    chosen = table or "actors"
    return robustness_writer(found.robustness, suffix, chosen, catalog=catalog, language=language)


def assessment_manifest(
    found: Assessment, result: ResultFile, folder: Path, table: TableName | None, language: str
) -> Manifest:
    """Write down what an assessment rests on.

    Parameters
    ----------
    found : Assessment
    result : ResultFile
        The file written.
    folder : Path
        Where the manifest lies.
    table : {"actors", "weights", "survey"} or None
        The table in the file.
    language : {"en", "fr"}

    Returns
    -------
    Manifest
    """
    made = make_manifest(found.outcome, result, folder, language)
    news = {"seconds": made.seconds + found.seconds, "robustness": found.robustness.drawing}
    return made.model_copy(update={**news, "table": table})


def assessment_document(found: Assessment, language: str = "en") -> RobustnessDocument:
    """Lay an assessment out as JSON is.

    Parameters
    ----------
    found : Assessment
    language : {"en", "fr"}
        Language of the notes.

    Returns
    -------
    RobustnessDocument
    """
    return robustness_document(found.robustness, found.outcome.catalog, language)


def _holds_one(path: Path) -> bool:
    return path.suffix.lower() in _TABLES
