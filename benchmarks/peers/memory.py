"""Peak memory of one contender, in a process of its own."""

import json
import subprocess
import sys
import warnings
from dataclasses import replace
from pathlib import Path

from benchmarks.peers.problems import Size

ROOT = Path(__file__).parents[2]
PROCESS = Path("/proc/self")
MEASURABLE = (PROCESS / "clear_refs").exists()


def beyond(section: str, size: Size, name: str) -> int:
    """Bytes a contender takes at its peak, beyond what it is given and what it answers."""
    command = [sys.executable, "-m", "benchmarks.peers.memory", section, name, size.to_json()]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return int(done.stdout)


def measure(section: str, name: str, size: Size) -> int:
    """Measure in this process, which must have done nothing of size before."""
    from benchmarks.peers.sections import SECTIONS

    (found,) = (s for s in SECTIONS if s.name == section)
    (contender,) = (c for c in found.contenders(size) if c.name == name)
    # First a small problem: modules, threads and translated loops are no cost of the large one.
    first = replace(
        size, m=min(size.m, 1_000), draws=min(size.draws, 20), cities=min(size.cities, 20)
    )
    contender.prepare(first.make())()
    call = contender.prepare(size.make().head(contender.most))
    (PROCESS / "clear_refs").write_text("5", encoding="ascii")
    before = _status("VmRSS")
    answer = call()
    peak = _status("VmHWM")
    answered = 0 if contender.fills else getattr(contender.finish(answer), "nbytes", 0)
    return max(0, peak - before - answered)


def _status(field: str) -> int:
    """Bytes of a field of this process's status."""
    text = (PROCESS / "status").read_text(encoding="ascii")
    return int(text.split(f"{field}:")[1].split()[0]) * 1024


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    print(measure(*sys.argv[1:3], Size(**json.loads(sys.argv[3]))))
