"""Put together what stands beside the ranking in a folder of results."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from partnermcda.batch.faults import FAULTS
from partnermcda.batch.overview import CITIES, PILLARS
from partnermcda.batch.parts import Part
from partnermcda.batch.tally import Tally
from partnermcda.batch.workshop import SIDES, WORK, Done, clear, side_path
from partnermcda.errors import Finding, InventoryError
from partnermcda.output.faults import told
from partnermcda.output.files import fingerprint

MANIFEST: Final = "_manifest.json"
FORMAT: Final = "partnermcda-batch/1"
_SCHEMAS: Final = {"cities": CITIES, "pillars": PILLARS, "faults": FAULTS}


def write_sides(staging: Path, parts: Sequence[Part]) -> None:
    """Write the tables beside a ranking, each as one file: ``_cities.parquet`` and so on.

    Parameters
    ----------
    staging : Path
        Folder that is being filled, where the parts' tables are.
    parts : sequence of Part
        In order.
    """
    for name in SIDES:
        write_side(staging, name, parts, staging / f"_{name}.parquet")


def write_side(staging: Path, name: str, parts: Sequence[Part], target: Path) -> None:
    """Write one table beside a ranking."""
    with (
        told(target),
        pq.ParquetWriter(target, _SCHEMAS[name], write_page_checksum=True) as writer,
    ):
        for table in _pieces(staging, name, parts):
            writer.write_table(table)


def _pieces(staging: Path, name: str, parts: Sequence[Part]) -> Iterator[pa.Table]:
    for part in parts:
        with pq.ParquetFile(side_path(staging, name, part)) as file:
            yield file.read()


def write_manifest(
    staging: Path,
    rests_on: Mapping[str, str],
    facts: Mapping[str, Any],
    parts: Sequence[Done],
    tally: Tally,
) -> None:
    """Write down what a result rests on and what it is made of.

    The same inputs give the same bytes: how long it took, and when, is not in it.

    Parameters
    ----------
    staging : Path
    rests_on : mapping of str to str
        Hashes and options.
    facts : mapping
        Anything else that can be JSON.
    parts : sequence of Done
        In order.
    tally : Tally
        What was counted.
    """
    sides = [staging / f"_{name}.parquet" for name in SIDES]
    manifest = {
        "format": FORMAT,
        "rests_on": dict(rests_on),
        **facts,
        "counts": _counts(tally),
        "parts": [
            {
                "file": f"part-{p.index:05d}.parquet",
                "rows": p.rows,
                "bytes": p.bytes,
                "sha256": p.sha256,
            }
            for p in parts
        ],
        "tables": [{"file": side.name, "rows": _rows(side), **_printed(side)} for side in sides],
    }
    with told(staging):
        text = json.dumps(manifest, ensure_ascii=False, indent=2)
        (staging / MANIFEST).write_text(text + "\n", encoding="utf-8")
        shutil.rmtree(staging / WORK)


def refuse_faults(staging: Path, parts: Sequence[Part], target: Path, file: str) -> None:
    """Leave the faults beside the result that is not there, and nothing of what was made.

    Parameters
    ----------
    staging : Path
        Folder that is being filled.
    parts : sequence of Part
        That were made.
    target : Path
        Where the result would be.
    file : str
        The register.

    Raises
    ------
    InventoryError
        With the first fault of each kind, and how many others are like it.
    """
    beside = target.with_name(f"{target.name}.faults.parquet")
    write_side(staging, "faults", parts, beside)
    clear(staging)
    faults = pq.read_table(beside)
    details = {"count": len(faults), "listed": str(beside)}
    kinds = faults.column("kind").to_pylist()
    raise InventoryError(
        Finding(
            "batch.fault",
            {**details, "found": first["found"], "right": first["right"]},
            file=file,
            row=first["row"],
            column=first["column"],
            value=first["value"],
            more=count - 1,
        )
        for kind, count in Counter(kinds).items()
        for first in faults.slice(kinds.index(kind), 1).to_pylist()
    )


def total(parts: Sequence[Done]) -> Tally:
    """Add up what was counted in all parts."""
    tally = Tally()
    for part in parts:
        tally += part.tally
    return tally


def _counts(tally: Tally) -> dict[str, Any]:
    counts = asdict(tally)
    del counts["notes"], counts["unseen"]
    return counts


def _rows(path: Path) -> int:
    return int(pq.read_metadata(path).num_rows)


def _printed(path: Path) -> dict[str, Any]:
    sha256, size = fingerprint(path)
    return {"bytes": size, "sha256": sha256}
