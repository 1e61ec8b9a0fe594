"""One job in a process of its own: seconds and peak memory, told as JSON."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
JOBS = ("read and write", "read and write, tuned", "rank", "rank by workers", "rank in memory")


def measure(job: str, source: Path, target: Path, **options: Any) -> dict[str, Any]:
    """Run a job in a fresh process, once the disk is quiet; say what it took."""
    os.sync()
    command = command_for(job, source, target, **options)
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    return json.loads(done.stdout.splitlines()[-1])


def command_for(job: str, source: Path, target: Path, **options: Any) -> list[str]:
    """Command that runs a job in a process of its own."""
    given = json.dumps(options)
    return [sys.executable, "-m", "benchmarks.scale.measured", job, source, target, given]


def main() -> None:
    job, source, target, options = sys.argv[1], *map(Path, sys.argv[2:4]), json.loads(sys.argv[4])
    run = {
        "read and write": _by_pyarrow("read_and_write"),
        "read and write, tuned": _by_pyarrow("read_and_write_tuned"),
        "rank": _rank,
        "rank by workers": _rank_by_workers,
        "rank in memory": _rank_in_memory,
    }[job]
    peak = _Peak()
    told = run(source, target, options)
    print(json.dumps({**told, "peak": peak.end()}))


def _by_pyarrow(name: str) -> Callable[[Path, Path, Mapping[str, Any]], dict[str, Any]]:
    def run(source: Path, target: Path, _: Mapping[str, Any]) -> dict[str, Any]:
        from benchmarks.scale import baseline

        target.mkdir()
        begun = time.perf_counter()
        getattr(baseline, name)(source, target)
        written = time.perf_counter()
        baseline.bring_to_disk(target)
        return {"seconds": written - begun, "to disk": time.perf_counter() - begun}

    return run


def _rank(source: Path, target: Path, options: Mapping[str, Any]) -> dict[str, Any]:
    import partnermcda as pm

    catalog = pm.load_catalog("urban-services")
    weights = catalog.weights("balanced")
    begun = time.perf_counter()
    done = pm.rank_parquet(source, target, catalog, weights, **options)
    seconds = time.perf_counter() - begun
    steps = dict(done.seconds)
    told = {"seconds": seconds, "steps": steps, "together": done.together}
    return {**told, "rows": done.tally.rows, "parts": done.parts, "resumed": done.resumed}


def _rank_by_workers(source: Path, target: Path, options: Mapping[str, Any]) -> dict[str, Any]:
    from partnermcda.batch.distributed import connected

    begun = time.perf_counter()
    with connected(None, options["workers"], target.parent) as client:
        start = time.perf_counter() - begun
        ours = {"engine": "dask", "scheduler": client.scheduler.address}
        return {**_rank(source, target, ours), "start": start}


def _rank_in_memory(source: Path, target: Path, options: Mapping[str, Any]) -> dict[str, Any]:
    import partnermcda as pm
    from partnermcda.output import write_ranking

    catalog = pm.load_catalog("urban-services")
    inventory = pm.read_inventory(source, catalog, options.get("mapping"))
    ranking = pm.rank(pm.evaluate(inventory, catalog), catalog.weights("balanced"))
    target.mkdir()
    write_ranking(ranking, target / "part-00000.parquet")
    return {}


class _Peak:
    """Largest memory of this process and its children together, looked at ten times a second."""

    def __init__(self) -> None:
        self._most = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._stop.wait(0.1):
            children = sum(_bytes(pid, "VmRSS") for pid in _children(os.getpid()))
            if children:
                self._most = max(self._most, children + _bytes(os.getpid(), "VmRSS"))

    def end(self) -> int:
        """Bytes; what this process alone held at its peak is known exactly."""
        self._stop.set()
        self._thread.join()
        return max(self._most, _bytes(os.getpid(), "VmHWM"))


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in task.read_text(encoding="ascii").split()]
        except OSError:
            continue
    return found + [grandchild for child in found for grandchild in _children(child)]


def _bytes(pid: int, field: str) -> int:
    """Bytes of a field of a process's status; 0 if it has just ended."""
    try:
        text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    _, found, rest = text.partition(f"{field}:")
    return int(rest.split()[0]) * 1024 if found else 0


if __name__ == "__main__":
    main()
