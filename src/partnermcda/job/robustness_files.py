"""Writing how far a ranking can be trusted, with a manifest of what that rests on."""

from pathlib import Path

from partnermcda.job.recording import check_output, make_manifest
from partnermcda.job.robustness import Assessment
from partnermcda.job.sources import OnStep, unheard
from partnermcda.output import (
    ROBUSTNESS,
    Manifest,
    ResultFile,
    RobustnessDocument,
    Writer,
    check_table,
    robustness_contents,
    robustness_document,
    tables_writer,
    write_tables,
)


def save_assessment(
    found: Assessment,
    path: str | Path,
    table: str | None = None,
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
    return write_tables(
        ROBUSTNESS,
        robustness_contents(found.robustness, found.outcome.catalog, language),
        path,
        lambda result, folder, chosen: assessment_manifest(found, result, folder, chosen, language),
        table=table,
        language=language,
    )


def assessment_writer(found: Assessment, suffix: str, table: str | None, language: str) -> Writer:
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
    contents = robustness_contents(found.robustness, found.outcome.catalog, language)
    return tables_writer(ROBUSTNESS, contents, suffix, table, language)


def assessment_manifest(
    found: Assessment, result: ResultFile, folder: Path, table: str | None, language: str
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
