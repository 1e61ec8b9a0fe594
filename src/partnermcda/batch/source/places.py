"""Where files lie: on this machine, or wherever fsspec reaches."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from stat import S_ISREG
from typing import Any, Final, Protocol, TypeAlias
from urllib.parse import unquote

import pyarrow as pa

from partnermcda.errors import Finding, InventoryError, short
from partnermcda.tables.reading import recognized, told_of
from partnermcda.tables.table import fault

_ADDRESS: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)(::.*)?://")
_TAGS: Final = ("ETag", "etag", "mtime", "LastModified", "last_modified", "created")

Span: TypeAlias = tuple[str, int, int]
"""Path of a file, first byte, and the byte behind the last."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that lies in a source."""

    parts: tuple[str, ...]
    """Names of its folders within the source, and its own."""
    path: str
    """Where it is opened."""
    name: str
    """What it is called before the user."""
    size: int | None
    """Its bytes; None for what is no file."""
    modified: str
    """When it was last changed, or the tag of its version; empty where that is not known."""


class Place(Protocol):
    """What reading asks of the place where files lie."""

    remote: bool

    def found(self) -> list[Found]:
        """List what lies here, hidden things left out; a file alone has no parts."""

    def spans(self, spans: Sequence[Span]) -> list[bytes | BaseException]:
        """Read bytes of files; what could not be read is told by its error."""

    def open(self, path: str) -> pa.NativeFile:
        """Open a file."""

    def stamp(self, handle: pa.NativeFile) -> tuple[int, int]:
        """Size of an open file, and when it was last changed, in ns; 0 where that is not known."""


def place_of(name: str) -> Place:
    """Find the place of a source.

    Parameters
    ----------
    name : str
        A file, a folder, or an address such as ``s3://bucket/folder``.

    Returns
    -------
    Place

    Raises
    ------
    InventoryError
        If it needs a package that is not installed, or is not known.
    """
    address = _ADDRESS.match(name)
    if address is None:
        return _Local(name)
    files, path = _file_system(name, address[1])
    local = import_module("fsspec.implementations.local").LocalFileSystem
    return _Local(path) if isinstance(files, local) else _Remote(files, path)


def hive_key(folder: str) -> str:
    """Key of a folder named ``key=value``; empty for others.

    Examples
    --------
    >>> hive_key("city=Dakar"), hive_key("Dakar"), hive_key("=Dakar")
    ('city', '', '')
    """
    key, equals, _ = folder.partition("=")
    return unquote(key).strip() if equals else ""


def _file_system(name: str, protocol: str) -> tuple[Any, str]:
    try:
        fsspec = import_module("fsspec")
    except ImportError:
        raise fault("batch.source.fsspec", protocol=protocol) from None
    try:
        files, path = fsspec.core.url_to_fs(name)
    except (ImportError, OSError) as error:
        raise fault("batch.source.library", protocol=protocol, hint=short(error)) from None
    except ValueError:
        raise fault("batch.source.protocol", protocol=protocol) from None
    return files, path


def _is_hidden(name: str, *, folder: bool) -> bool:
    return name.startswith(".") or (name.startswith("_") and not (folder and hive_key(name)))


class _Local:
    """Files of this machine."""

    remote = False

    def __init__(self, root: str) -> None:
        self._root = root

    def found(self) -> list[Found]:
        path, kind = recognized(self._root)
        if kind != "parquet":
            raise fault("batch.source.kind")
        if path.is_dir():
            return list(self._inside(str(path.absolute()), ()))
        return [self._seen((), str(path.absolute()), path.stat())]

    def _inside(self, folder: str, parts: tuple[str, ...]) -> Iterator[Found]:
        with told_of(self._name(parts)), os.scandir(folder) as listed:
            entries = [(entry, entry.is_dir()) for entry in listed]
        for entry, is_folder in entries:
            below = (*parts, entry.name)
            if _is_hidden(entry.name, folder=is_folder):
                continue
            if not is_folder:
                yield self._seen(below, entry.path, entry.stat() if entry.is_file() else None)
            elif self._is_entered(below):
                yield from self._inside(entry.path, below)

    def _is_entered(self, parts: tuple[str, ...]) -> bool:
        """Look into folders ``key=value``; one step into others, to tell what is left there."""
        keys = [hive_key(part) for part in parts]
        # Links that lead back to a folder above end here.
        if keys[-1] and keys[-1] in keys[:-1]:
            raise InventoryError(
                Finding(
                    "batch.source.hive_twice", {"name": short(keys[-1])}, file=self._name(parts)
                )
            )
        return all(keys[:-1])

    def _seen(self, parts: tuple[str, ...], path: str, stat: os.stat_result | None) -> Found:
        name = self._name(parts)
        if stat is None:
            return Found(parts, path, name, None, "")
        return Found(parts, path, name, stat.st_size, str(stat.st_mtime_ns))

    def _name(self, parts: tuple[str, ...]) -> str:
        # Names that are no UTF-8 can be told all the same.
        return str(Path(self._root, *parts)).encode("utf-8", "replace").decode()

    def spans(self, spans: Sequence[Span]) -> list[bytes | BaseException]:
        return [_bytes_of(*span) for span in spans]

    def open(self, path: str) -> pa.NativeFile:
        # Whatever has taken the file's place: opening a pipe would wait for ever.
        if not S_ISREG(Path(path).stat().st_mode):
            raise FileNotFoundError(path)
        return pa.OSFile(path, "rb")

    def stamp(self, handle: pa.NativeFile) -> tuple[int, int]:
        stat = os.fstat(handle.fileno())
        return stat.st_size, stat.st_mtime_ns


class _Remote:
    """Files of any file system of fsspec."""

    remote = True

    def __init__(self, files: Any, root: str) -> None:
        self._files, self._root = files, root

    def found(self) -> list[Found]:
        try:
            about = self._files.info(self._root)
        except FileNotFoundError:
            raise fault("tables.missing") from None
        if about["type"] != "directory":
            return [self._seen((), about)]
        listed = self._files.find(self._root, detail=True).values()
        seen = [self._seen(self._parts(about["name"]), about) for about in listed]
        return [
            found
            for found in seen
            if not any(_is_hidden(folder, folder=True) for folder in found.parts[:-1])
            and not _is_hidden(found.parts[-1], folder=False)
        ]

    def _parts(self, path: str) -> tuple[str, ...]:
        return tuple(path[len(self._root) :].strip("/").split("/"))

    def _seen(self, parts: tuple[str, ...], about: Any) -> Found:
        path = about["name"]
        modified = next((str(about[tag]) for tag in _TAGS if about.get(tag)), "")
        return Found(parts, path, self._files.unstrip_protocol(path), about["size"], modified)

    def spans(self, spans: Sequence[Span]) -> list[bytes | BaseException]:
        paths, starts, stops = (list(part) for part in zip(*spans, strict=True))
        # All at once where the file system can: far away each answer takes its time.
        read: list[bytes | BaseException] = self._files.cat_ranges(
            paths, starts, stops, on_error="return"
        )
        return read

    def open(self, path: str) -> pa.NativeFile:
        return pa.PythonFile(self._files.open(path, "rb"), mode="r")

    def stamp(self, handle: pa.NativeFile) -> tuple[int, int]:
        return handle.size(), 0


def _bytes_of(path: str, start: int, stop: int) -> bytes | BaseException:
    try:
        with Path(path).open("rb") as opened:
            opened.seek(start)
            return opened.read(stop - start)
    except OSError as error:
        return error
