"""The main job at size: a register in Parquet to a ranking in Parquet, through the command line's
own functions. Timed only by `make bench`; in the tests it runs once, small, so that it cannot rot.
"""

import resource
import subprocess
import sys

import pytest

from benchmarks.registers import write_register
from partnermcda.job import Job, run, save

SCRIPT = """
import resource, sys
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
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{'in all':10} {total:6.2f} s; peak memory {peak:.0f} MB")
"""


@pytest.fixture
def size(request):
    """A million actors in 10,000 cities to measure, a few to see that it works."""
    return (2_000, 20) if request.config.option.benchmark_disable else (1_000_000, 10_000)


def test_a_register_in_parquet_to_a_ranking_in_parquet(benchmark, tmp_path, size):
    actors, cities = size
    source, result = tmp_path / "actors.parquet", tmp_path / "ranking.parquet"
    write_register(source, actors, cities)

    def main_job():
        outcome = run(Job(str(source), "expand_unserved"))
        save(outcome, result)
        return outcome

    outcome = benchmark.pedantic(main_job, rounds=1 if actors < 10_000 else 3)
    assert len(outcome.ranking) == actors
    assert outcome.ranking.summary().cities == cities


def test_the_share_of_each_step_and_the_peak_of_memory(tmp_path, size):
    actors, cities = size
    source, result = tmp_path / "actors.parquet", tmp_path / "ranking.parquet"
    write_register(source, actors, cities)
    command = [sys.executable, "-c", SCRIPT, str(source), str(result)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    print(f"\n{actors} actors in {cities} cities\n{told}")
    assert result.exists()
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 2_000 * 1024
