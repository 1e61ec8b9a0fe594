"""A folder of results, seen whole or not at all.

It is filled beside its target under a hidden name, marked as done, brought to the disk, and takes
its place in one step; a result that was there before stands until that step. Whoever fills it
holds a lock on it, so that a second run into the same target is refused. A run that is killed
leaves what it has finished behind, for the next one to go on from.
"""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from partnermcda.errors import Finding, OutputError
from partnermcda.output.faults import told

if sys.platform != "win32":
    import fcntl

DONE: Final = "_SUCCESS"
"""Empty file that a whole result has; readers of folders of Parquet pass over such names."""

_HERE: Final = -100  # AT_FDCWD: paths as they are
_EXCHANGE: Final = 2  # RENAME_EXCHANGE


@contextmanager
def folder_whole(target: Path) -> Iterator[Path]:
    """Fill a folder, all of it or none.

    Parameters
    ----------
    target : Path
        Where the folder shall stand. What is there may be an older result, or empty.

    Yields
    ------
    Path
        The folder to fill. It holds what an unfinished run into the same target left behind.

    Raises
    ------
    OutputError
        If another run is filling it, something else than a result is there, or the system
        refuses. As with any other error, and with Ctrl-C, what stood at `target` stands as it
        was, and what was finished is kept for the next run.

    Examples
    --------
    >>> target = Path(getfixture("tmp_path")) / "ranked"
    >>> with folder_whole(target) as folder:
    ...     _ = (folder / "part-0.parquet").write_bytes(b"whole")
    ...     target.exists()
    False
    >>> sorted(file.name for file in target.iterdir())
    ['_SUCCESS', 'part-0.parquet']
    """
    target = Path(os.path.realpath(target))
    with told(target):
        _recover(target)
    _refuse_foreign(target)
    staging = staging_of(target)
    with _alone(staging, target):
        with told(staging):
            if (staging / DONE).exists():  # an old result whose place was taken
                _empty(staging)
        with _seen_from_outside(staging, target):
            yield staging
        with told(target):
            _bring_to_disk(staging)
            _put_in_place(staging, target)


@contextmanager
def _seen_from_outside(staging: Path, target: Path) -> Iterator[None]:
    """Name the folder the user asked for, where the one that is being filled is complained of."""
    try:
        yield
    except OutputError as error:
        raise OutputError(
            found.at(str(target)) if found.file == str(staging) else found
            for found in error.findings
        ) from None


def staging_of(target: Path) -> Path:
    """Say where a folder is filled until it takes its place.

    Parameters
    ----------
    target : Path
        Its place.

    Returns
    -------
    Path
    """
    target = Path(os.path.realpath(target))
    return target.with_name(f".{target.name}.staging")


def _refuse_foreign(target: Path) -> None:
    """Never replace what this library did not make."""
    if not target.exists():
        return
    if not target.is_dir():
        raise OutputError(Finding("output.folder_is_file", file=str(target)))
    if any(target.iterdir()) and not (target / DONE).exists():
        raise OutputError(Finding("output.folder_foreign", file=str(target)))


@contextmanager
def _alone(staging: Path, target: Path) -> Iterator[None]:
    """Hold the folder that is being filled against every other run."""
    if sys.platform == "win32":
        staging.mkdir(exist_ok=True)
        yield
        return
    handle = None
    while handle is None:
        handle = _held(staging, target)
    try:
        yield
    finally:
        os.close(handle)


def _held(staging: Path, target: Path) -> int | None:
    """Lock the folder; none if it was moved meanwhile by the run that held it before."""
    with told(target):
        staging.mkdir(exist_ok=True)
        handle = os.open(staging, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise OutputError(Finding("output.folder_taken", file=str(target))) from None
    except OSError:  # a file system without locks
        return handle
    with suppress(FileNotFoundError):
        if os.path.samestat(os.fstat(handle), staging.stat()):
            return handle
    os.close(handle)
    return None


def _bring_to_disk(staging: Path) -> None:
    (staging / DONE).touch()
    if sys.platform == "win32":
        return
    for path in (*staging.iterdir(), staging):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _put_in_place(staging: Path, target: Path) -> None:
    if not target.exists():
        staging.rename(target)
        return
    if not _exchanged(staging, target):
        old = _old_path(target)
        target.rename(old)
        staging.rename(target)
        old.rename(staging)
    shutil.rmtree(staging, ignore_errors=True)


def _exchanged(staging: Path, target: Path) -> bool:
    """Let two folders change places in one step, where the system can."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if rename is None:
        return False
    paths = os.fsencode(staging), os.fsencode(target)
    refused: int = rename(_HERE, paths[0], _HERE, paths[1], _EXCHANGE)
    return not refused


def _old_path(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def _recover(target: Path) -> None:
    """Put an old result back that a run was killed over while it moved it aside."""
    old = _old_path(target)
    if old.is_dir() and not target.exists():
        old.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
