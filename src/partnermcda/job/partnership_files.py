"""Writing levers, a coalition or a map, with a manifest of what they rest on."""

from pathlib import Path

from partnermcda.job.partnership import Findings
from partnermcda.job.recording import check_output, input_file, run_facts
from partnermcda.job.sources import OnStep, unheard
from partnermcda.output import (
    PARTNERSHIP_FORMAT,
    PartnershipCounts,
    PartnershipManifest,
    PartnershipOptions,
    ResultFile,
    Writer,
    check_table,
    seen_from,
    tables_writer,
    write_tables,
)
from partnermcda.output.partnership.tables import partnership_contents, partnership_tables


def save_findings(
    found: Findings,
    path: str | Path,
    table: str | None = None,
    language: str = "en",
    on_step: OnStep = unheard,
) -> Path:
    """Write levers, a coalition or a map, and a manifest: both, or neither.

    Parameters
    ----------
    found : Findings
    path : str or Path
        Ends in ``.csv``, ``.parquet``, ``.xlsx`` or ``.json``.
    table : str, optional
        Which table a CSV or Parquet file holds, the first without it; the others hold all.
    language : {"en", "fr"}
        Language of the words in a workbook or in JSON, and of the questions of a sheet.
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
    check_output(found.search, path)
    on_step("write")
    return write_tables(
        partnership_tables(found.partnership.kind),
        partnership_contents(found.partnership, language),
        path,
        lambda result, folder, chosen: findings_manifest(found, result, folder, chosen, language),
        table=table,
        language=language,
    )


def findings_writer(found: Findings, suffix: str, table: str | None, language: str) -> Writer:
    """Make what writes levers, a coalition or a map, wherever it is told to.

    Parameters
    ----------
    found : Findings
    suffix : str
    table : str or None
    language : {"en", "fr"}

    Returns
    -------
    callable
        Takes a path.
    """
    kind = partnership_tables(found.partnership.kind)
    contents = partnership_contents(found.partnership, language)
    return tables_writer(kind, contents, suffix, table, language)


def findings_manifest(
    found: Findings, result: ResultFile, folder: Path, table: str | None, language: str
) -> PartnershipManifest:
    """Write down what levers, a coalition or a map rest on.

    Parameters
    ----------
    found : Findings
    result : ResultFile
        The file written.
    folder : Path
        Where the manifest lies.
    table : str or None
        The table in the file.
    language : {"en", "fr"}

    Returns
    -------
    PartnershipManifest
    """
    search, reading = found.search, found.reading
    given = found.weighing.file if found.weighing else None
    return PartnershipManifest(
        format=PARTNERSHIP_FORMAT,
        **run_facts(search, found, folder),
        orientation=search.orientation,
        weights=found.partnership.weights,
        weights_file=input_file(given, folder) if given else None,
        options=PartnershipOptions(
            inventory=seen_from(folder, search.inventory),
            sheet=search.sheet,
            decimal=search.decimal,
            city=search.city,
            needs=search.needs,
            levels=dict(search.levels),
            unknown=search.unknown,
            language="fr" if language == "fr" else "en",
        ),
        asked=search.asked,
        counts=PartnershipCounts(
            rows=reading.rows, known={count.criterion: count.known for count in reading.criteria}
        ),
        table=table,
        result=result,
    )
