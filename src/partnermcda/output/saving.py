"""A result and its manifest, written together."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from partnermcda.catalog import Catalog
from partnermcda.output.atomic import Writer, write_whole
from partnermcda.output.files import fingerprint, seen_from
from partnermcda.output.manifest import Manifest, ResultFile, Run
from partnermcda.output.several import Contents, Tables, tables_writer
from partnermcda.output.tables import result_writer, write_json
from partnermcda.output.target import check_target, manifest_path
from partnermcda.ranking import Ranking

AnyRun = TypeVar("AnyRun", bound=Run)


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
        If the place or the language is refused, the ranking does not fit the format or the
        system refuses; then what was there before is as it was.
    """
    check_target(path)
    write = result_writer(ranking, Path(path).suffix, catalog=catalog, language=language)
    return write_with_manifest(write, path, make_manifest)


def write_with_manifest(
    write: Writer, path: str | Path, make_manifest: Callable[[ResultFile], AnyRun]
) -> AnyRun:
    """Write a result of any kind and its manifest: both, or neither.

    Parameters
    ----------
    write : callable
        Writes the result at the path it is given.
    path : str or Path
        Where the result shall be; a place that was checked.
    make_manifest : callable
        Makes the manifest from the path, hash and size of the result.

    Returns
    -------
    Run
        The manifest.

    Raises
    ------
    OutputError
        If the system refuses; then what was there before is as it was.
    """
    result, manifest = Path(path), manifest_path(path)
    made: list[AnyRun] = []

    def write_first(partial: Path) -> None:
        write(partial)
        sha256, size = fingerprint(partial)
        name = seen_from(manifest.parent, result)
        kind = result.suffix.lower().removeprefix(".")
        facts = {"path": name, "sha256": sha256, "bytes": size, "format": kind}
        made.append(make_manifest(ResultFile.model_validate(facts)))

    def write_second(partial: Path) -> None:
        write_json(made[0], partial)

    write_whole({result: write_first, manifest: write_second})
    return made[0]


def write_tables(
    kind: Tables,
    contents: Contents,
    path: str | Path,
    make_manifest: Callable[[ResultFile, Path, str | None], Run],
    *,
    table: str | None,
    language: str,
) -> Path:
    """Write a result of several tables and its manifest: both, or neither.

    Parameters
    ----------
    kind : Tables
    contents : Contents
    path : str or Path
        Where the result shall be; a place that was checked.
    make_manifest : callable
        Makes the manifest from the file written, the folder it lies in and the table in it.
    table : str or None
        Which table a CSV or Parquet file holds, the first without it; the others hold all.
    language : {"en", "fr"}
        Language of the words in an Excel file.

    Returns
    -------
    Path
        The manifest's.

    Raises
    ------
    OutputError
        If the system refuses; then what was there before is as it was.
    """
    target, manifest, chosen = Path(path), manifest_path(path), kind.chosen(path, table)
    write = tables_writer(kind, contents, target.suffix, chosen, language)
    write_with_manifest(
        write, target, lambda result: make_manifest(result, manifest.parent, chosen)
    )
    return manifest
