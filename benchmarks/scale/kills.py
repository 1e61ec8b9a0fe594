"""Runs killed at twenty random moments, each taken up again."""

import random
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

from benchmarks.scale.equality import CITIES, LARGEST, ROWS
from benchmarks.scale.measured import ROOT, command_for, measure
from benchmarks.scale.results import hash_of_folder
from benchmarks.scale.telling import tell
from benchmarks.scale.uneven import MAPPINGS, write_uneven

KILLS = 20


def run(folder: Path, most: int) -> list[dict[str, Any]]:
    """Kill runs over sorted and shuffled rows in turn; say what stood there and what came then."""
    scale = min(1.0, most / ROWS)
    sources = write_uneven(folder, *(max(1, int(x * scale)) for x in (ROWS, CITIES, LARGEST)))
    mapping = MAPPINGS["by town"]
    target, whole = folder / "target", {}
    for source in sources:
        begun = time.perf_counter()
        measure("rank", source, target, mapping=mapping)
        whole[source] = time.perf_counter() - begun, hash_of_folder(target)
        shutil.rmtree(target)
    moments = random.Random(7)  # noqa: S311
    found = []
    for turn in range(KILLS):
        source = sources[turn % 2]
        seconds, expected = whole[source]
        line = {"order": source.stem, "after": moments.random() * seconds, "of": seconds}
        line |= _killed(source, target, mapping, line["after"], expected)
        tell(f"  {turn + 1}: {line}")
        found.append(line)
    for source in sources:
        source.unlink()
    return found


def _killed(
    source: Path, target: Path, mapping: dict[str, Any], after: float, expected: str
) -> dict[str, Any]:
    command = command_for("rank", source, target, mapping=mapping)
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as going:
        time.sleep(after)
        going.kill()
    names = {expected: "the whole result", "absent": "nothing"}
    seen = names.get(hash_of_folder(target), "a part of a result")
    taken = measure("rank", source, target, mapping=mapping)
    same = hash_of_folder(target) == expected
    left = sorted(path.name for path in target.parent.glob(f".{target.name}*"))
    shutil.rmtree(target)
    told = {"seen": seen, "resumed": taken["resumed"], "parts": taken["parts"]}
    return {**told, "same": same, "left": left}
