"""Which of the things found in a source are its files, and what their folders tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from partnermcda.batch.source.places import Found, hive_key
from partnermcda.errors import Finding, InventoryError, capped, short
from partnermcda.tables.table import fault

_GAP: Final = "__HIVE_DEFAULT_PARTITION__"


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of a source, in the order of their rows."""

    files: tuple[Found, ...]
    """The files, by the names of their folders and their own."""
    hive: tuple[tuple[tuple[str, str | None], ...], ...]
    """Keys and values of the folders of each file."""
    notes: tuple[Finding, ...]
    """What was passed over."""


def laid_out(found: Sequence[Found]) -> Layout:
    """Tell the files of a source from what lies beside them.

    Parameters
    ----------
    found : sequence of Found

    Returns
    -------
    Layout

    Raises
    ------
    InventoryError
        If there are no files, or their folders do not fit together.
    """
    found = sorted(found, key=lambda file: file.parts)
    files = [file for file in found if _is_read(file)]
    deep = [file for file in files if not all(map(hive_key, file.parts[:-1]))]
    if deep:
        told = {file.parts[:-1]: file for file in deep}.values()
        raise InventoryError(
            capped(Finding("batch.source.folder_deep", file=file.name) for file in told)
        )
    if not files:
        raise fault("tables.folder_empty")
    hive, faults = [], []
    for file in files:
        try:
            file.path.encode()
            hive.append(tuple(map(_hive, file.parts[:-1])))
        except UnicodeError:
            faults.append(Finding("batch.source.name_text", file=file.name))
    if faults:
        raise InventoryError(capped(faults))
    differing = _differing_keys(files, [tuple(key for key, _ in folders) for folders in hive])
    if differing:
        raise InventoryError(capped(differing))
    return Layout(tuple(files), tuple(hive), _notes(found, files))


def _is_read(file: Found) -> bool:
    # A file that was named itself may be named in any way.
    return file.size is not None and (not file.parts or file.parts[-1].endswith(".parquet"))


def _hive(folder: str) -> tuple[str, str | None]:
    value = unquote(folder.partition("=")[2], errors="strict")
    return hive_key(folder), None if value == _GAP else value


def _differing_keys(files: Sequence[Found], keys: Sequence[tuple[str, ...]]) -> list[Finding]:
    return [
        Finding(
            "batch.source.hive_keys",
            {
                "found": short("/".join(ours) or "–"),
                "expected": short("/".join(keys[0]) or "–"),
                "first": short("/".join(files[0].parts)),
            },
            file=file.name,
        )
        for file, ours in zip(files, keys, strict=True)
        if ours != keys[0]
    ]


def _notes(found: Sequence[Found], files: Sequence[Found]) -> tuple[Finding, ...]:
    read = {file.parts for file in files}
    others = ["/".join(file.parts) for file in found if file.parts not in read]
    return (Finding("tables.others_left", {"names": short(", ".join(others))}),) if others else ()
