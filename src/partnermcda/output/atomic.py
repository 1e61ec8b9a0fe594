"""Files written whole or not at all.

Each file is written beside its target under a name of its own, and brought to the disk; then all
take their places, one after the other, each in one step that cannot be seen half done. Whatever
goes wrong before the last step, the old files stand as they were.

A run that is killed leaves its unfinished files behind; the next run into the same target removes
them. It knows them from those of a run that is alive because the living hold a lock on theirs.
"""

import errno
import glob
import os
import secrets
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final, TypeAlias

from partnermcda.output.faults import told

if sys.platform != "win32":
    import fcntl

Writer: TypeAlias = Callable[[Path], None]
"""Writes one file at the path it is given."""

# A name may have 255 bytes, a character up to 4 of them.
_SHOWN: Final = 50


def write_whole(files: Mapping[Path, Writer]) -> None:
    """Write several files, all of them or none.

    Parameters
    ----------
    files : mapping of Path to callable
        For each file what writes it, given the path to write to. The writers are called, and
        the files put in place, in this order.

    Raises
    ------
    OutputError
        If the system refuses. As with any other error, and with Ctrl-C, the files that were
        there before are then as they were, and nothing new is left behind.

    Notes
    -----
    A file that is replaced hands on its permissions. A link stays a link: what it points to is
    replaced. Two runs into one target do not mix; the last one stands.

    Examples
    --------
    >>> folder = Path(getfixture("tmp_path"))
    >>> write_whole({folder / "a.txt": lambda path: path.write_text("whole") and None})
    >>> [file.name for file in folder.iterdir()]
    ['a.txt']
    """
    writers = {Path(os.path.realpath(path)): write for path, write in files.items()}
    folders = sorted({target.parent for target in writers})
    with ExitStack() as unfinished:
        with _alone_in(folders):
            for target in writers:
                _remove_strays(target)
            partials = {t: unfinished.enter_context(_partial(t)) for t in writers}
        for target, partial in partials.items():
            with told(target):
                writers[target](partial)
                _bring_to_disk(partial, target)
        with _alone_in(folders):
            _put_in_place(partials)


def partial_path(target: Path) -> Path:
    """Name a file on its way to `target`: hidden, and never the same twice.

    Parameters
    ----------
    target : Path

    Returns
    -------
    Path
    """
    return target.with_name(f".{target.name[:_SHOWN]}.{secrets.token_hex(6)}.partial")


def scratch_path(partial: Path) -> Path:
    """Name the folder in which the writer of a file may keep what it needs meanwhile.

    Parameters
    ----------
    partial : Path
        The file as it is being written.

    Returns
    -------
    Path
        The writer makes and removes it; should it be killed, the next run removes it.
    """
    return partial.with_name(f"{partial.name}.scratch")


@contextmanager
def _partial(target: Path) -> Iterator[Path]:
    path = partial_path(target)
    try:
        with told(target):
            # What may be private is never readable by others, not even unfinished.
            path.touch(0o600 if target.exists() else 0o666, exist_ok=False)
        with _held(path):
            yield path
    finally:
        _discard(path)


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Hold a lock that tells other runs this one is alive."""
    if sys.platform == "win32":  # an open file could not be renamed there
        yield
        return
    with told(path):
        handle = os.open(path, os.O_RDONLY)
    try:
        _lock(handle, wait=False)
        yield
    finally:
        os.close(handle)


def _bring_to_disk(partial: Path, target: Path) -> None:
    if target.exists():
        _hand_on(target.stat(), partial)
    with partial.open("rb+") as stream:
        os.fsync(stream.fileno())


def _hand_on(old: os.stat_result, path: Path) -> None:
    if sys.platform != "win32":
        with suppress(PermissionError):
            os.chown(path, old.st_uid, old.st_gid)
    with suppress(PermissionError):
        path.chmod(stat.S_IMODE(old.st_mode) & 0o777)


def _put_in_place(partials: Mapping[Path, Path]) -> None:
    old: dict[Path, Path | None] = {}
    try:
        for target, partial in partials.items():
            with told(target):
                old[target] = _copy_of(target)
                partial.replace(target)
        for folder in {target.parent for target in partials}:
            with told(folder):
                _bring_folder_to_disk(folder)
    except BaseException:
        for target, copy in old.items():
            _put_back(target, copy)
        raise
    finally:
        for copy in old.values():
            _discard(copy)


def _copy_of(target: Path) -> Path | None:
    """Hold on to the old file under a second name, until all new ones are in place."""
    if not target.exists():
        return None
    copy = partial_path(target)
    try:
        os.link(target, copy)
    except OSError:  # a file system without links
        try:
            copy.touch(0o600)
            shutil.copy2(target, copy)
        except BaseException:
            _discard(copy)
            raise
    return copy


def _put_back(target: Path, copy: Path | None) -> None:
    if copy:
        with suppress(OSError):
            copy.replace(target)
    else:
        _discard(target)


def _bring_folder_to_disk(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network file systems cannot do this for a folder; the renames stand all the same.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


@contextmanager
def _alone_in(folders: Iterable[Path]) -> Iterator[None]:
    """Wait until no other run starts or ends in these folders."""
    with ExitStack() as locked:
        if sys.platform != "win32":
            for folder in folders:
                with told(folder):
                    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
                locked.callback(os.close, handle)
                _lock(handle, wait=True)
        yield


def _lock(handle: int, *, wait: bool) -> bool:
    """Tell whether this run now holds the file alone; it does until it ends or closes it."""
    if sys.platform == "win32":
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:  # held by another run, or a file system without locks
        return False
    return True


def _remove_strays(target: Path) -> None:
    pattern = f".{glob.escape(target.name[:_SHOWN])}.*.partial"
    for stray in target.parent.glob(pattern):
        with suppress(OSError):
            handle = os.open(stray, os.O_RDONLY)
            try:
                if _lock(handle, wait=False):
                    shutil.rmtree(scratch_path(stray), ignore_errors=True)
                    stray.unlink()
            finally:
                os.close(handle)


def _discard(path: Path | None) -> None:
    if path:
        with suppress(OSError):
            path.unlink()
