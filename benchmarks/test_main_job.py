"""The main job at size: a register in Parquet to a ranking in Parquet, through the command line's
own functions. Timed only by `make bench`; in the tests it runs once, small, so that it cannot rot.
"""

import subprocess
import sys

import pytest

from benchmarks.registers import write_register
from partnermcda.job import Job, run, save

SCRIPT = """
import sys
from pathlib import Path
from time import perf_counter
begun = perf_counter()
from partnermcda.job import Job, run, save
from partnermcda.output import compare_results
imported = perf_counter()
outcome = run(Job(sys.argv[1], "expand_unserved"))
ran = perf_counter()
save(outcome, sys.argv[2])
done = perf_counter()
steps = [("imports", imported - begun), *outcome.seconds, ("write", done - ran)]
total = done - begun
for step, seconds in steps:
    print(f"{step:10} {seconds:6.2f} s {seconds / total:5.0%}")
# Not getrusage: its peak begins with that of the process that started this one.
peak = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024
print(f"{'in all':10} {total:6.2f} s; peak memory {peak:.0f} MB")
"""


@pytest.fixture
def register(benchmark, tmp_path):
    """A million actors in 10,000 cities to measure, a few to see that it works."""
    actors, cities = (2_000, 20) if benchmark.disabled else (1_000_000, 10_000)
    path = tmp_path / "actors.parquet"
    write_register(path, actors, cities)
    return path, actors, cities


def test_a_register_in_parquet_to_a_ranking_in_parquet(benchmark, register):
    path, actors, cities = register

    def main_job():
        outcome = run(Job(str(path), "expand_unserved"))
        save(outcome, path.with_name("ranking.parquet"))
        return outcome

    outcome = benchmark.pedantic(main_job, rounds=1 if benchmark.disabled else 3)
    assert len(outcome.ranking) == actors
    assert outcome.ranking.summary().cities == cities


def test_the_share_of_each_step_and_the_peak_of_memory(benchmark, register):
    path, actors, cities = register
    command = [sys.executable, "-c", SCRIPT, str(path), str(path.with_name("ranking.parquet"))]
    options = {"check": True, "capture_output": True, "text": True}
    done = benchmark.pedantic(subprocess.run, (command,), options, rounds=1)
    print(f"\n{actors} actors in {cities} cities\n{done.stdout}")
    assert path.with_name("ranking.parquet").exists()
