"""Files as a manifest names them: by hash and size, and by a path that survives a move."""

import hashlib
import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

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
        If it is no ordinary file, or cannot be read.

    Examples
    --------
    >>> file = Path(getfixture("tmp_path")) / "empty"
    >>> file.touch()
    >>> fingerprint(file)
    ('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 0)
    """
    digest, size = hashlib.sha256(), 0
    with open_ordinary(Path(path)) as stream, told(Path(path)):
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def open_ordinary(path: Path) -> BinaryIO:
    """Open a file to read its bytes, and nothing that is no file: a device may never end.

    Parameters
    ----------
    path : Path

    Returns
    -------
    binary stream

    Raises
    ------
    OutputError
        If it is a folder, a device or a pipe, or the system refuses.
    """
    with told(path):
        try:
            mode = path.stat().st_mode
        except ValueError:  # a name that no system can hold
            raise OutputError(Finding("output.name", file=ascii(str(path)))) from None
        if not stat.S_ISREG(mode):
            raise OutputError(Finding("output.not_a_file", file=str(path)))
        return path.open("rb")


def files_of(path: str | Path) -> list[Path]:
    """List the files an input consists of: itself, or the Parquet files read from a folder.

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
        If there is no such file or folder, or the folder cannot be read.
    """
    source = Path(path)
    if source.is_dir():
        # The reader's own rule: what else lies there may change, and the result is the same.
        with told(source):
            inside = [file for file in source.iterdir() if not file.name.startswith((".", "_"))]
        return sorted(file for file in inside if file.suffix == ".parquet" and file.is_file())
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
