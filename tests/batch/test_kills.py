"""Killed, out of room, or robbed of its rows: a run leaves the old result or the whole new one."""

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from partnermcda.batch import parts as parts_module
from partnermcda.batch import workshop
from partnermcda.errors import InventoryError, OutputError

from .registers import batch, contents, lay, plain

ROOT = Path(__file__).parents[2]
START = """
    import hashlib, json, os, random, resource, shutil, signal, sys, time, traceback
    from pathlib import Path
    import duckdb
    from partnermcda.batch import parts
    from partnermcda.errors import OutputError
    from tests.batch.registers import batch

    parts.BLOCK, parts.PART = 60, 30
    source, folder = map(Path, sys.argv[1:3])
    target, old = folder / "ranked", folder / "old"
    random.seed(11)

    def state(folder):
        if not folder.exists():
            return "absent"
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        told = b"".join(file.name.encode() + file.read_bytes() for file in files)
        return hashlib.sha256(told).hexdigest()

    # The parent reads and writes bytes only, so it has no threads of its own when it forks.
    def fork(heard=lambda _: None):
        child = os.fork()
        if child:
            return child
        try:
            batch(source, target, on_progress=heard)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)

    def finish():
        assert os.waitpid(fork(), 0)[1] == 0

    def told(child, whole, names):
        left = any(target.parent.glob(".ranked.*"))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found = names.get(state(target), "broken")
        finish()
        after = names.get(state(target), "broken")
        print(json.dumps([found, after, left, sorted(os.listdir(folder))]), flush=True)
"""
KILLED = """
    started = time.monotonic()
    finish()
    whole = time.monotonic() - started
    names = {state(target): "new", state(old): "old", "absent": "absent"}
    for turn in range(10):
        shutil.rmtree(target)
        if turn % 2:
            shutil.copytree(old, target)
        child = fork()
        time.sleep(whole * (turn + random.random()) / 10)
        told(child, whole, names)
"""
KILLED_SORTING = """
    finish()
    names = {state(target): "new", state(old): "old", "absent": "absent"}
    for turn in range(6):
        shutil.rmtree(target)
        read, write = os.pipe()

        def heard(progress):
            if progress.step == "sort":
                os.write(write, b"s")

        child = fork(heard)
        os.read(read, 1)
        time.sleep(random.uniform(0, 0.1))
        told(child, None, names)
        os.close(read)
        os.close(write)
"""
LIMITED = """
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
    try:
        batch(source, target)
    except OutputError as error:
        print(json.dumps([error.findings[0].code, error.__suppress_context__]))
"""


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr(parts_module, "BLOCK", 60)
    monkeypatch.setattr(parts_module, "PART", 30)


@pytest.fixture
def folder(tmp_path):
    """A folder of results with an old one."""
    (tmp_path / "results").mkdir()
    batch(lay(plain(40), tmp_path / "before"), tmp_path / "results" / "old")
    return tmp_path / "results"


def run(script, source, folder):
    """Run a script in a process of its own; say what it printed, line by line."""
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(START + script), source, folder],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("layout", ["one file", "shuffled"])
def test_killed_at_any_moment_no_part_of_a_result_is_seen_and_the_next_run_is_the_same(
    tmp_path, folder, layout
):
    ends = run(KILLED, lay(plain(), tmp_path / "source", layout), folder)
    assert len(ends) == 10
    for turn, (found, after, _, files) in enumerate(ends):
        assert found in ("new", "old" if turn % 2 else "absent")
        assert after == "new"
        assert files == ["old", "ranked"]
    assert sum(left for _, _, left, _ in ends) >= 3


def test_killed_while_sorting_nothing_of_it_is_left_after_the_next_run(tmp_path, folder):
    ends = run(KILLED_SORTING, lay(plain(), tmp_path / "source", "shuffled"), folder)
    assert [(after, files) for _, after, _, files in ends] == [("new", ["old", "ranked"])] * 6
    assert sum(left for _, _, left, _ in ends) >= 3


@pytest.mark.parametrize("layout", ["one file", "shuffled"])
def test_a_file_that_cannot_grow_is_told_and_the_old_result_stays(tmp_path, folder, layout):
    (folder / "old").rename(folder / "ranked")
    before = contents(folder / "ranked")
    source = lay(plain(), tmp_path / "source", layout)
    assert run(LIMITED, source, folder) == [["output.too_big", True]]
    assert contents(folder / "ranked") == before


@pytest.mark.parametrize("which", [0, 2, "sides"])
def test_a_disk_that_is_full_is_told_and_the_run_goes_on_when_there_is_room(
    tmp_path, folder, monkeypatch, which
):
    source = lay(plain(), tmp_path / "source")
    batch(source, folder / "whole")
    before = contents(folder / "old")
    writer = workshop.pq.ParquetWriter
    opened = []

    def writer_on_a_full_disk(path, *args, **options):
        opened.append(path)
        side = Path(path).name.startswith("_")
        full = side if which == "sides" else len(opened) > which
        return writer("/dev/full" if full else path, *args, **options)

    monkeypatch.setattr(workshop.pq, "ParquetWriter", writer_on_a_full_disk)
    with pytest.raises(OutputError) as error:
        batch(source, folder / "old", threads=1)
    assert [finding.code for finding in error.value.findings] == ["output.full"]
    assert contents(folder / "old") == before
    monkeypatch.setattr(workshop.pq, "ParquetWriter", writer)
    done = batch(source, folder / "old")
    assert done.resumed == (done.parts if which == "sides" else which)
    assert contents(folder / "old") == contents(folder / "whole")


def gone(file):
    file.unlink()


def cut(file):
    file.write_bytes(file.read_bytes()[:-40])


def flipped(file):
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 3] ^= 4
    file.write_bytes(bytes(raw))


def other_columns(file):
    import pyarrow.parquet as pq

    pq.write_table(pq.read_table(file).drop_columns(["res_technical"]), file)


@pytest.mark.parametrize("harm", [gone, cut, flipped, other_columns])
def test_rows_that_cannot_be_read_midway_are_told_with_their_file(tmp_path, folder, harm):
    source = lay(plain(), tmp_path / "source", "several files")
    batch(source, folder / "whole")
    file = sorted(source.iterdir())[-1]
    kept, before, harmed = file.read_bytes(), contents(folder / "old"), []

    def heard(progress):
        if progress.step == "rank" and not harmed:
            harmed.append(harm(file))

    with pytest.raises(InventoryError) as error:
        batch(source, folder / "old", on_progress=heard, threads=1)
    assert {finding.file for finding in error.value.findings} == {str(file)}
    assert all(finding.text("en") != finding.text("fr") for finding in error.value.findings)
    assert contents(folder / "old") == before
    file.write_bytes(kept)
    batch(source, folder / "old", restart=True)
    assert contents(folder / "old") == contents(folder / "whole")


def test_a_flipped_bit_is_told_with_its_row_group(tmp_path):
    source = lay(plain(), tmp_path / "source")
    flipped(source)
    with pytest.raises(InventoryError) as error:
        batch(source, tmp_path / "ranked")
    (finding,) = error.value.findings
    assert "row group" in finding.text("en")
    assert not (tmp_path / "ranked").exists()
