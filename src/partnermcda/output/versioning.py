"""Formats of our own files: this version reads its own, and says who wrote a newer one."""

import re
from pathlib import Path
from typing import Any, Final

from partnermcda.errors import Finding, OutputError

_SHOWN: Final = 80


def refuse_other_formats(data: Any, expected: str, file: Path, otherwise: str) -> None:
    """Refuse data that is not what this version writes.

    Parameters
    ----------
    data : object
        What a file holds, or says of itself.
    expected : str
        Format this version writes, as ``partnermcda-manifest/1``.
    file : Path
        The file a user would look at.
    otherwise : str
        Code of the finding for data that is something else altogether.

    Raises
    ------
    OutputError
        If the format is not `expected`; for a newer one it says which version wrote it.
    """
    stated = data.get("format") if isinstance(data, dict) else None
    if stated == expected:
        return
    room, _, newest = expected.partition("/")
    match = (
        re.fullmatch(rf"{room}/([1-9][0-9]{{0,5}})", stated) if isinstance(stated, str) else None
    )
    if match and int(match[1]) > int(newest):
        details = {"format": stated, "version": str(data.get("version", "?"))[:_SHOWN]}
        raise OutputError(Finding("output.newer", details, file=str(file)))
    raise OutputError(Finding(otherwise, file=str(file)))
