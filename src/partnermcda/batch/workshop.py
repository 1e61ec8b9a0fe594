"""What a run leaves behind while it works: finished parts, and what they were made of."""

import json
import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from partnermcda.batch.block import Ranked
from partnermcda.batch.faults import fault_table
from partnermcda.batch.parts import WRITTEN, Part
from partnermcda.batch.tally import Tally
from partnermcda.errors import Finding, OutputError, short
from partnermcda.messages import LANGUAGES, say
from partnermcda.output.faults import told
from partnermcda.output.files import fingerprint
from partnermcda.output.folder import staging_of
from partnermcda.output.tables import SCHEMA

WORK: Final = "_work"
"""Folder of what is not part of the result; it is gone when the result is whole."""
SCORED: Final = f"{WORK}/scored"
"""Folder of parts that are ranked within their cities only, where all are ranked together."""
SIDES: Final = ("cities", "pillars", "faults")
"""Tables beside the ranking."""
_PLAN: Final = "plan.json"


@dataclass(frozen=True, slots=True)
class Done:
    """A part that is finished: its file stands in the folder of the result."""

    index: int
    """Number of the part."""
    rows: int
    """Actors in its file."""
    bytes: int
    """Size of its file."""
    sha256: str
    """Hash of its file."""
    tally: Tally
    """What was counted."""
    sides: Mapping[str, str]
    """Hash of each table beside it that is not yet the result's."""


def open_workshop(staging: Path, rests_on: Mapping[str, str], *, restart: bool) -> Path:
    """Take up the work that a stopped run left, or begin.

    Parameters
    ----------
    staging : Path
        The folder that is being filled.
    rests_on : mapping of str to str
        What the result rests on, by name.
    restart : bool
        Whether finished parts are thrown away.

    Returns
    -------
    Path
        Folder for what is not part of the result.

    Raises
    ------
    OutputError
        If the finished parts rest on something else, with all that differs.
    """
    work = staging / WORK
    plan = work / _PLAN
    with told(staging):
        if restart or not _read_json(plan):
            clear(staging)
            work.mkdir(exist_ok=True)
            _write_json(plan, dict(rests_on))
            return work
        before = _read_json(plan)
    names = [name for name in rests_on if before.get(name) != rests_on[name]]
    if names and not _holds(work):
        return open_workshop(staging, rests_on, restart=True)
    if names:
        raise OutputError(
            [
                Finding(
                    "batch.other_run",
                    {
                        "what": {lang: say(f"batch.rests_on.{name}", lang) for lang in LANGUAGES},
                        **_differing(before.get(name, ""), rests_on[name]),
                    },
                    file=str(staging),
                )
                for name in names
            ]
        )
    return work


def _holds(work: Path) -> bool:
    """Tell whether a stopped run has left anything worth keeping."""
    return any(work.glob("[0-9]*.json")) or any(work.glob("sort/*.parquet"))


def _differing(before: str, now: str) -> dict[str, str]:
    """Of options, tell only those that differ."""
    try:
        old, new = json.loads(before), json.loads(now)
    except ValueError:
        return {"before": short(before or "–"), "now": short(now)}
    names = [name for name in new if old.get(name) != new[name]]
    return {
        "before": short(", ".join(f"{name}: {old.get(name)}" for name in names)),
        "now": short(", ".join(f"{name}: {new[name]}" for name in names)),
    }


def rows_kept(target: Path) -> int:
    """Count the rows that an unfinished run has ranked for good.

    Parameters
    ----------
    target : Path
        Folder of the result that is not there yet.

    Returns
    -------
    int
        Rows of its finished parts, which the next run takes up.
    """
    records = map(_read_json, (staging_of(target) / WORK).glob("[0-9]*.json"))
    return sum(int(record["tally"]["rows"]) for record in records if record)


def clear(staging: Path) -> None:
    """Throw away what a run has left behind."""
    for path in staging.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def finished(staging: Path, home: Path, part: Part) -> Done | None:
    """Find what a stopped run has finished of a part; nothing if its file is not what it was.

    Parameters
    ----------
    staging : Path
        Folder that is being filled.
    home : Path
        Folder of the parts.
    part : Part

    Returns
    -------
    Done or None
    """
    with told(staging):
        told_of = _read_json(_record(staging, part.index))
    if not told_of:
        return None
    hashes = {side_path(staging, name, part): sha256 for name, sha256 in told_of["sides"].items()}
    hashes[home / part.name] = told_of["sha256"]
    if any(not file.exists() or fingerprint(file)[0] != hashes[file] for file in hashes):
        return None
    return Done(**{**told_of, "tally": Tally.from_plain(told_of["tally"])})


class PartWriter:
    """Writes the file of a part and the tables beside it; they count when it is finished.

    Parameters
    ----------
    staging : Path
        The folder that is being filled.
    home : Path
        The folder of the parts.
    part : Part
    language : {"en", "fr"}
        Language of what is said of faults.
    """

    def __init__(self, staging: Path, home: Path, part: Part, language: str) -> None:
        self._staging, self._part, self._language = staging, part, language
        # Two workers may be at the same part, where one was thought dead.
        self._mark = f"{os.getpid()}-{secrets.token_hex(4)}.unfinished"
        self._unfinished = staging / WORK / f"{part.name}.{self._mark}"
        self._whole = home / part.name
        self._writer: Any = None
        self._sides: dict[str, list[pa.Table]] = {name: [] for name in SIDES}
        self._tally = Tally()
        self._rows = 0

    def __enter__(self) -> "PartWriter":
        with told(self._staging):
            self._writer = pq.ParquetWriter(self._unfinished, SCHEMA, **WRITTEN)
        return self

    def __exit__(self, *_: object) -> None:
        if self._writer is not None:
            with told(self._staging):
                self._writer.close()

    def write(self, block: Ranked, top: int | None) -> None:
        """Add what came of a block, or the best `top` of each city."""
        actors = block.actors
        if top is not None:
            actors = actors.filter(pc.less_equal(actors.column("rank"), top))
        with told(self._staging):
            self._writer.write_table(actors, row_group_size=max(len(actors), 1))
        self._rows += len(actors)
        self._tally += block.tally
        self._sides["cities"].append(block.cities)
        self._sides["pillars"].append(block.pillars)
        self._sides["faults"].append(fault_table(block.faults, self._language))

    def finish(self) -> Done:
        """Put the file in its place; its record comes last, so that it is seen only when whole."""
        with told(self._staging):
            self._writer.close()
            self._writer = None
            hashes = {}
            for name, tables in self._sides.items():
                path = side_path(self._staging, name, self._part)
                unfinished = path.with_suffix(f".{self._mark}")
                pq.write_table(pa.concat_tables(tables), unfinished, write_page_checksum=True)
                hashes[name] = fingerprint(unfinished)[0]
                unfinished.replace(path)
            sha256, size = fingerprint(self._unfinished)
            self._unfinished.replace(self._whole)
            done = Done(self._part.index, self._rows, size, sha256, self._tally, hashes)
            _write_json(_record(self._staging, self._part.index), asdict(done))
        return done


def side_path(staging: Path, name: str, part: Part) -> Path:
    """Say where a table beside the ranking of a part stands."""
    return staging / WORK / f"{name}-{part.index:05d}.parquet"


def _record(staging: Path, index: int) -> Path:
    return staging / WORK / f"{index:05d}.json"


def _write_json(path: Path, data: Mapping[str, Any]) -> None:
    whole = path.with_suffix(f".{secrets.token_hex(4)}.unfinished")
    whole.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    whole.replace(path)


def _read_json(path: Path) -> dict[str, Any]:
    """Read notes of a run; what a power cut has left of them is nothing."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}
