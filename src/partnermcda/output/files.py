"""Files as a manifest names them: by hash and size, and by a path that survives a move."""

import hashlib
import os
from pathlib import Path
from typing import Final

from partnermcda.errors import Finding, OutputError
from partnermcda.output.faults import told

_CHUNK: Final = 1 << 20


def fingerprint(path: str | Path) -> tuple[str, int]:
    """Take the SHA-256 and the size of a file, of any size, in little memory.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    sha256 : str
    bytes : int

    Raises
    ------
    OutputError
        If it cannot be read.

    Examples
    --------
    >>> file = Path(getfixture("tmp_path")) / "empty"
    >>> file.touch()
    >>> fingerprint(file)
    ('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 0)
    """
    digest, size = hashlib.sha256(), 0
    with told(Path(path)), Path(path).open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def files_of(path: str | Path) -> list[Path]:
    """List the files an input consists of: itself, or for a folder all that lie in it.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    list of Path
        In an order that does not hang on the system.

    Raises
    ------
    OutputError
        If there is no such file or folder.
    """
    source = Path(path)
    if source.is_dir():
        inside = (file for file in source.rglob("*") if file.is_file())
        return sorted(inside, key=lambda file: file.relative_to(source).parts)
    if not source.exists():
        raise OutputError(Finding("output.gone", file=str(source)))
    return [source]


def seen_from(folder: str | Path, path: str | Path) -> str:
    """Name a file as seen from a folder, so that both can be moved together.

    Parameters
    ----------
    folder, path : str or Path

    Returns
    -------
    str
        With forward slashes; absolute only where the two lie on different drives.

    Examples
    --------
    >>> seen_from("out", "data/actors.csv")
    '../data/actors.csv'
    """
    # Real paths, because `..` after a link leads elsewhere.
    real, base = os.path.realpath(path), os.path.realpath(folder)
    try:
        return Path(os.path.relpath(real, base)).as_posix()
    except ValueError:
        return Path(real).as_posix()


def found_from(folder: str | Path, name: str) -> Path:
    """Find a file again that :func:`seen_from` named.

    Parameters
    ----------
    folder : str or Path
    name : str

    Returns
    -------
    Path

    Examples
    --------
    >>> found_from("/data/out", "../actors.csv").as_posix()
    '/data/actors.csv'
    """
    return Path(os.path.normpath(Path(os.path.realpath(folder)) / name))
