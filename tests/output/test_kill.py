"""A run that is killed, or meets a limit of the system, harms nothing that was there before."""

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from partnermcda.errors import OutputError
from partnermcda.output import (
    fingerprint,
    manifest_path,
    read_manifest,
    write_result,
)
from partnermcda.output.atomic import write_whole
from partnermcda.output.comparison import read_result
from partnermcda.output.tables import result_writer

from .rankings import manifest_of, ranking_of

ROOT = Path(__file__).parents[2]
FORMATS = [".csv", ".parquet", ".xlsx", ".json"]
START = """
    import json, os, random, resource, signal, sys, time
    from pathlib import Path
    from partnermcda.errors import OutputError
    from partnermcda.output import manifest_path, write_result
    from tests.output.rankings import manifest_of, ranking_of
    target = Path(sys.argv[1])
    manifest = manifest_path(target)
    ranking = ranking_of([f"New, actor {i}" for i in range(int(sys.argv[2]))])
"""
# The parent reads and writes bytes only, so it has no threads of its own when it forks.
KILLED = """
    old = {file: file.read_bytes() for file in (target, manifest)}
    random.seed(7)

    def fork():
        child = os.fork()
        if not child:
            write_result(ranking, target, manifest_of)
            os._exit(0)
        return child

    started = time.monotonic()
    os.waitpid(fork(), 0)
    whole = time.monotonic() - started
    new = {file: file.read_bytes() for file in old}
    names = {**{raw: "old" for raw in old.values()}, **{raw: "new" for raw in new.values()}}
    for turn in range(20):
        for file, raw in old.items():
            file.write_bytes(raw)
        child = fork()
        time.sleep(whole * (turn + random.random()) / 20)
        os.kill(child, signal.SIGKILL)
        killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
        found = [names.get(file.read_bytes(), "broken") for file in old]
        print(json.dumps([killed, *found, len(os.listdir(target.parent))]))
"""
LIMITED = """
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
    try:
        write_result(ranking, target, manifest_of)
    except OutputError as error:
        print(error.findings[0].code, error.__suppress_context__)
"""
INTERRUPTED = """
    def stopped(result):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(5)

    try:
        write_result(ranking, target, stopped)
    except KeyboardInterrupt:
        print("stopped")
"""


def run(script, target, rows):
    """Run a script in a process of its own; say what it printed, line by line."""
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(START + script), target, str(rows)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
    )
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture
def old(tmp_path, request):
    """An old result with its manifest."""
    target = tmp_path / f"ranking{request.param}"
    write_result(ranking_of(["Old"]), target, manifest_of)
    return target


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize(
    ("old", "rows"), [(".csv", 20_000), (".parquet", 20_000), (".xlsx", 500)], indirect=["old"]
)
def test_a_run_killed_at_any_moment_leaves_files_that_are_whole(old, rows):
    ends = [json.loads(line) for line in run(KILLED, old, rows)]
    assert len(ends) == 20
    found = [(result, manifest) for _, result, manifest, _ in ends]
    assert set(found) <= {("old", "old"), ("new", "old"), ("new", "new")}
    # Most moments fall before the files take their places, and leave something unfinished.
    assert found.count(("old", "old")) >= 5
    assert sum(killed and files > 2 for killed, _, _, files in ends) >= 2
    made = write_result(ranking_of(["Next"]), old, manifest_of)
    assert set(contents(old.parent)) == {old.name, manifest_path(old).name}
    assert read_manifest(manifest_path(old)) == made
    assert fingerprint(old) == (made.result.sha256, made.result.bytes)
    assert read_result(old)["actor"].tolist() == ["Next"]


@pytest.mark.parametrize("old", FORMATS, indirect=True)
def test_a_file_that_cannot_grow_is_told_and_the_old_one_stays(old):
    before = contents(old.parent)
    assert run(LIMITED, old, 2000) == ["output.too_big True"]
    assert contents(old.parent) == before


@pytest.mark.parametrize("old", FORMATS, indirect=True)
def test_ctrl_c_between_result_and_manifest_leaves_the_old_pair(old):
    before = contents(old.parent)
    assert run(INTERRUPTED, old, 100) == ["stopped"]
    assert contents(old.parent) == before


@pytest.mark.parametrize("old", FORMATS, indirect=True)
def test_a_disk_that_is_full_is_told_and_the_old_result_stays(old):
    before = contents(old.parent)
    write = result_writer(ranking_of(["New"] * 2000), old.suffix)

    def write_to_a_full_disk(path):
        path.unlink()
        path.symlink_to("/dev/full")
        write(path)

    with pytest.raises(OutputError) as caught:
        write_whole({old: write_to_a_full_disk})
    assert [finding.code for finding in caught.value.findings] == ["output.full"]
    assert contents(old.parent) == before
