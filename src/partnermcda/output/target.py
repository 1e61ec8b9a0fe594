"""Where a result may be written: checked before any work is done."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from partnermcda.errors import Finding, OutputError
from partnermcda.output.atomic import partial_path
from partnermcda.output.faults import os_finding, told
from partnermcda.output.files import files_of, found_from, seen_from
from partnermcda.output.manifest_reading import read_manifest

SUFFIXES: Final = (".csv", ".parquet", ".xlsx", ".json")
"""How the name of a result may end, in either case."""

WEIGHT_SUFFIXES: Final = (".csv", ".xlsx", ".json")
"""How the name of a file of weights may end, in either case."""

_MANIFEST: Final = ".manifest.json"


def manifest_path(result: str | Path) -> Path:
    """Where the manifest of a result lies: beside it.

    Parameters
    ----------
    result : str or Path

    Returns
    -------
    Path

    Examples
    --------
    >>> manifest_path("out/ranking.csv").as_posix()
    'out/ranking.manifest.json'
    """
    path = Path(result)
    return path.with_name(f"{path.stem}{_MANIFEST}")


def check_target(path: str | Path, inputs: Iterable[str | Path] = ()) -> None:
    """Make sure, before any work, that a result can be written.

    Parameters
    ----------
    path : str or Path
        The result to write.
    inputs : iterable of str or Path
        Files and folders that are read, none of which may be written over.

    Raises
    ------
    OutputError
        If the name ends in none of `SUFFIXES`, the folder is not there or cannot be written,
        the result or its manifest would replace a folder, a device, a file set to be read only,
        one of the inputs or the manifest of another result, or a name cannot stand in a manifest.

    Examples
    --------
    >>> check_target("ranking.doc")
    Traceback (most recent call last):
    partnermcda.errors.OutputError: ranking.doc: '.doc' is not a kind of result; end the name in
    .csv, .parquet, .xlsx or .json
    """
    _check(Path(path), inputs, _Kind("output.suffix", SUFFIXES, manifest=True))


def check_weights_target(path: str | Path, inputs: Iterable[str | Path] = ()) -> None:
    """Make sure, before any work, that weights can be written.

    Parameters
    ----------
    path : str or Path
        Ends in ``.csv``, ``.xlsx`` or ``.json``.
    inputs : iterable of str or Path
        Files that are read, none of which may be written over.

    Raises
    ------
    OutputError
        As for :func:`check_target`; weights have no manifest.

    Examples
    --------
    >>> check_weights_target("weights.parquet")
    Traceback (most recent call last):
    partnermcda.errors.OutputError: weights.parquet: '.parquet' is not a kind of file of weights;
    end the name in .csv, .xlsx or .json
    """
    _check(Path(path), inputs, _Kind("output.weights_suffix", WEIGHT_SUFFIXES, manifest=False))


class _Kind(NamedTuple):
    """What is to be written."""

    wrong: str
    """Code of the finding for a name that ends otherwise."""
    suffixes: tuple[str, ...]
    manifest: bool
    """Whether a manifest goes beside it."""


def _check(target: Path, inputs: Iterable[str | Path], kind: _Kind) -> None:
    with told(target):
        findings = list(_findings(target, [Path(source) for source in inputs], kind))
    if findings:
        raise OutputError(findings)


def _findings(path: Path, inputs: list[Path], kind: _Kind) -> Iterator[Finding]:
    if unsayable := list(_unsayable(path, inputs)):
        yield from (Finding("output.name", file=ascii(str(name))) for name in unsayable)
        return
    if path.is_dir():
        yield Finding("output.is_folder", file=str(path))
        return
    if path.suffix.lower() not in kind.suffixes:
        yield Finding(kind.wrong, {"suffix": path.suffix}, file=str(path))
    if path.name.lower().endswith(_MANIFEST):
        yield Finding("output.manifest_name", file=str(path))
    if refused := _folder_finding(Path(os.path.realpath(path))):
        yield refused
        return
    yield from _inside_findings(path, inputs)
    yield from _file_findings(path, inputs)
    if kind.manifest:
        beside = list(_file_findings(manifest_path(path), inputs))
        yield from beside or _manifest_findings(path)


def _unsayable(path: Path, inputs: list[Path]) -> Iterator[Path]:
    """Find files that a manifest of this result could not name."""
    if not _sayable(str(path)):
        yield path
        return
    folders = [source for source in inputs if _sayable(str(source)) and source.is_dir()]
    inside = [file for folder in folders for file in files_of(folder)]
    for file in (path, *inputs, *inside):
        if not (_sayable(str(file)) and _sayable(seen_from(path.parent, file))):
            yield file


def _sayable(name: str) -> bool:
    """Tell whether the system and a manifest in UTF-8 can both hold the name."""
    return "\0" not in name and name.encode("utf-8", "replace").decode() == name


def _folder_finding(target: Path) -> Finding | None:
    folder = target.parent
    if not folder.exists():
        return Finding("output.no_folder", file=str(folder))
    if not folder.is_dir():
        return Finding("output.folder_is_file", file=str(folder))
    probe = partial_path(target)
    try:
        os.close(os.open(probe, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        probe.unlink(missing_ok=True)
    except FileNotFoundError:  # a folder of the system's own, as /proc, where nothing can be made
        return Finding("output.denied", file=str(folder))
    except OSError as error:
        return os_finding(error, folder)
    return None


def _inside_findings(path: Path, inputs: list[Path]) -> Iterator[Finding]:
    """Refuse what the next run would take for an input."""
    for source in inputs:
        if source.is_dir() and source.resolve() in path.resolve().parents:
            yield Finding("output.inside_input", {"folder": str(source)}, file=str(path))


def _file_findings(file: Path, inputs: list[Path]) -> Iterator[Finding]:
    if not file.exists():
        return
    if any(source.exists() and file.samefile(source) for source in inputs):
        yield Finding("output.is_input", file=str(file))
    elif file.is_dir():
        yield Finding("output.is_folder", file=str(file))
    elif not file.is_file():
        yield Finding("output.not_a_file", file=str(file))
    elif not os.access(file, os.W_OK):
        yield Finding("output.read_only", file=str(file))


def _manifest_findings(path: Path) -> Iterator[Finding]:
    """Refuse to take the manifest of another result, or what somebody else keeps there."""
    beside = manifest_path(path)
    if not beside.exists():
        return
    try:
        result = read_manifest(beside).result.path
    except OutputError:
        yield Finding("output.manifest_foreign", file=str(beside))
        return
    other = found_from(beside.parent, result)
    if other.exists() and not (path.exists() and other.samefile(path)):
        yield Finding("output.manifest_taken", {"result": result}, file=str(beside))
