"""Whether a folder of results is still what was written."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from partnermcda.batch.results import FORMAT, MANIFEST
from partnermcda.output.files import fingerprint
from partnermcda.output.manifest_reading import read_as


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    rows: int
    bytes: int
    sha256: str


class Held(BaseModel):
    """What a folder of results is made of, as its manifest says."""

    model_config = ConfigDict(frozen=True)

    parts: tuple[_File, ...]
    tables: tuple[_File, ...]

    @property
    def rows(self) -> int:
        """Rows of the ranking."""
        return sum(part.rows for part in self.parts)


def held_by(folder: Path) -> Held:
    """Read what a folder of results is made of.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    Held

    Raises
    ------
    OutputError
        If there is no manifest, or it has faults.
    """
    return read_as(Held, FORMAT, folder / MANIFEST)


def changed_files(folder: Path, held: Held) -> list[str]:
    """Name the files of a folder that are not what was written: other, lost or added ones.

    Parameters
    ----------
    folder : Path
    held : Held

    Returns
    -------
    list of str
        In order; empty where the folder is what it was.
    """
    written = {file.file: (file.sha256, file.bytes) for file in (*held.parts, *held.tables)}
    there = {path.name for path in folder.glob("*.parquet")}
    return sorted(
        name
        for name in written.keys() | there
        if name not in there or written.get(name) != fingerprint(folder / name)
    )
