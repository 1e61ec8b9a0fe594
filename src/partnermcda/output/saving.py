"""A result and its manifest, written together."""

from collections.abc import Callable
from pathlib import Path

from partnermcda.catalog import Catalog
from partnermcda.output.atomic import write_whole
from partnermcda.output.document import as_json
from partnermcda.output.files import fingerprint, seen_from
from partnermcda.output.manifest import Manifest, ResultFile
from partnermcda.output.tables import result_writer
from partnermcda.output.target import check_target, manifest_path
from partnermcda.ranking import Ranking


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
        text = as_json(made[0])
        partial.write_text(text + "\n", encoding="utf-8", newline="\n")

    write_whole({result: write_first, manifest: write_second})
    return made[0]
