"""Workers of a Dask cluster make the parts that threads make, byte by byte, come what may."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from distributed import Client, LocalCluster

import partnermcda as pm
from partnermcda.batch import distributed as module
from partnermcda.batch import parts as parts_module
from partnermcda.errors import InventoryError, MethodError, OutputError

from .registers import CATALOG, batch, contents, lay, parts_of, plain


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr(parts_module, "BLOCK", 10)
    monkeypatch.setattr(parts_module, "PART", 10)


@pytest.fixture
def _impatient(monkeypatch):
    monkeypatch.setattr(module, "_PATIENCE", 2)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A cluster of somebody else's."""
    with LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        memory_limit=0,
        dashboard_address="127.0.0.1:0",
        local_directory=str(tmp_path_factory.mktemp("dask")),
        silence_logs=50,
    ) as started:
        yield started


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return lay(plain(2000), tmp_path_factory.mktemp("source"), "several files")


@pytest.fixture
def expected(source, tmp_path):
    batch(source, tmp_path / "by threads")
    return contents(tmp_path / "by threads")


@contextmanager
def connected(cluster, workers):
    """Bring a cluster to so many workers."""
    cluster.scale(workers)
    with Client(cluster.scheduler_address, set_as_default=False) as client:
        client.wait_for_workers(workers)
        yield client


def by_dask(source, target, cluster=None, **options):
    address = cluster.scheduler_address if cluster else None
    return batch(source, target, engine="dask", scheduler=address, **options)


def once(act):
    """Do something when the first part is done."""
    acted = []

    def hear(progress):
        if progress.step == "rank" and progress.rows and not acted:
            acted.append(progress)
            act()

    hear.acted = acted
    return hear


def leftovers(folder):
    return [path.name for path in folder.rglob("*") if "dask" in path.name]


def test_any_number_of_workers_makes_the_bytes_that_threads_make(
    cluster, source, expected, tmp_path
):
    for workers in (1, 2, 3):
        with connected(cluster, workers):
            heard = []
            done = by_dask(source, tmp_path / f"{workers}", cluster, on_progress=heard.append)
        assert contents(tmp_path / f"{workers}") == expected
        ranked = [progress.rows for progress in heard if progress.step == "rank"]
        assert ranked == sorted(ranked)
        assert ranked[-1] == done.tally.rows
        assert len(ranked) > 10


def test_a_run_whose_worker_is_killed_ends_with_the_same_bytes(cluster, source, expected, tmp_path):
    with connected(cluster, 2) as client:
        before = client.run(os.getpid)
        assert len(before) == 2
        victim = min(before.values())
        hear = once(lambda: os.kill(victim, signal.SIGKILL))
        done = by_dask(source, tmp_path / "ranked", cluster, on_progress=hear)
        (killed,) = hear.acted
        assert killed.rows < done.tally.rows / 4
        assert victim not in client.run(os.getpid).values()
    assert contents(tmp_path / "ranked") == expected


def test_a_part_that_kills_every_worker_is_told_in_words(cluster, source, tmp_path):
    def deadly(x, weights, benefit=None, starts=None):
        import os
        import signal

        os.kill(os.getpid(), signal.SIGKILL)

    cluster.scheduler.allowed_failures, before = 0, cluster.scheduler.allowed_failures
    with connected(cluster, 1), pytest.raises(OutputError, match="was lost while it made it"):
        by_dask(
            source,
            tmp_path / "ranked",
            cluster,
            method=pm.Method("deadly", deadly, fixed_scale=True),
        )
    cluster.scheduler.allowed_failures = before
    assert not (tmp_path / "ranked").exists()
    assert not leftovers(tmp_path)


def test_what_a_worker_refuses_is_told_as_by_threads(cluster, source, tmp_path):
    def strict(x, weights, benefit=None, starts=None):
        from partnermcda.errors import Finding, MethodError

        raise MethodError([Finding("rank.by", {"name": "x"}), Finding("rank.gates", {"name": "y"})])

    with connected(cluster, 1), pytest.raises(MethodError) as raised:
        by_dask(
            source,
            tmp_path / "ranked",
            cluster,
            method=pm.Method("strict", strict, fixed_scale=True),
        )
    assert [finding.code for finding in raised.value.findings] == ["rank.by", "rank.gates"]


def test_faults_are_listed_as_by_threads(cluster, tmp_path):
    table = plain(300)
    likert = next(
        c.id for c in CATALOG.criteria if c.scale == "likert5" and c.id in table.schema.names
    )
    place = table.schema.get_field_index(likert)
    source = lay(table.set_column(place, likert, [[9.0] * len(table)]), tmp_path / "source")
    told = []
    for name, engine in (("threads", batch), ("dask", by_dask)):
        options = {} if engine is batch else {"cluster": cluster}
        with connected(cluster, 1), pytest.raises(InventoryError) as raised:
            engine(source, tmp_path / name, **options)
        told.append([(f.code, f.details.get("count")) for f in raised.value.findings])
        assert (tmp_path / f"{name}.faults.parquet").exists()
    assert told[0] == told[1]


def test_ctrl_c_closes_the_cluster_and_keeps_what_is_finished(source, expected, tmp_path):
    target, staging = tmp_path / "ranked", tmp_path / ".ranked.staging"
    hear, before = once(lambda: signal.raise_signal(signal.SIGINT)), set(children())
    with pytest.raises(KeyboardInterrupt):
        by_dask(source, target, workers=1, on_progress=hear)
    assert soon(lambda: set(children()) <= before)
    assert not target.exists()
    assert not leftovers(staging)
    kept = len(parts_of(staging))
    assert kept
    assert batch(source, target).resumed == kept
    assert contents(target) == expected


def soon(holds):
    """Whether something comes to hold within ten seconds."""
    end = time.monotonic() + 10
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


def children():
    """Processes that this one began and that still run."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return {line for line in listed.splitlines() if "spawn_main" in line}


@pytest.mark.usefixtures("_impatient")
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nowhere"])
def test_a_scheduler_that_does_not_answer_is_told_in_words(source, tmp_path, address):
    with pytest.raises(OutputError, match=f"no Dask scheduler answers at {address} within 2 s"):
        batch(source, tmp_path / "ranked", engine="dask", scheduler=address)
    assert not leftovers(tmp_path)


@pytest.mark.usefixtures("_impatient")
def test_a_scheduler_without_workers_is_told_in_words(source, tmp_path):
    with (
        LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0", silence_logs=50) as empty,
        pytest.raises(OutputError, match="has no worker"),
    ):
        by_dask(source, tmp_path / "ranked", empty)


def test_dask_that_is_not_installed_is_told_in_words(source, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MethodError, match=r"pip install 'partnermcda\[dask\]'"):
        batch(source, tmp_path / "ranked", engine="dask")


def test_a_worker_that_does_not_see_the_folder_is_told_in_words(tmp_path):
    order = module._Order(
        tmp_path / "_work" / "dask-1" / "task.bytes", "0" * 64, module._versions()
    )
    with pytest.raises(OutputError, match="does not see the folder") as raised:
        module._task(order)
    assert raised.value.findings[0].file == str(tmp_path)


def test_a_task_that_is_not_what_was_written_is_not_read(tmp_path):
    path = tmp_path / "_work" / "dask-1" / "task.bytes"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"cos\nsystem\n(S'true'\ntR.")
    with pytest.raises(OutputError, match="does not see the folder"):
        module._task(module._Order(path, "0" * 64, module._versions()))


def test_a_worker_with_other_versions_is_told_in_words(tmp_path):
    order = module._Order(tmp_path / "task.bytes", "", "partnermcda 0.0.1")
    with pytest.raises(OutputError, match=r"this run began with partnermcda 0\.0\.1"):
        module._task(order)
