"""Rows sorted beyond memory are the same rows, whole or not there, whatever happens meanwhile."""

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermcda.batch.carrying import Carrier
from partnermcda.batch.sorting import bring_together, clear
from partnermcda.errors import InventoryError, MethodError, OutputError

LITTLE = 24 << 20
"""Bytes that suffice for some hundred thousand rows."""
KEYS = ["city", "row"]

ENDLESS = """
import sys
from pathlib import Path
import numpy as np
import pyarrow as pa
from partnermcda.batch.sorting import bring_together

def rows():
    rng, first = np.random.default_rng(0), 0
    while True:
        values = {f"x{j}": rng.random(50_000) for j in range(8)}
        row = np.arange(first, first + 50_000)
        yield pa.record_batch({"city": rng.integers(0, 99, 50_000), "row": row, **values})
        first += 50_000
        if first == 2_000_000:
            print("going", flush=True)

folder, limit = Path(sys.argv[1]), int(sys.argv[2])
if limit:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    bring_together(rows(), ["city", "row"], folder, memory=100 << 20)
except ValueError as error:
    print(error)
"""
"""A run that ends only if it is ended."""


def shuffled(m, seed=0):
    rng = np.random.default_rng(seed)
    return pa.table({
        "city": pa.array(rng.integers(0, 50, m), pa.int32()),
        "row": np.arange(m),
        "actor": pa.array([f"Å{i}" for i in range(m)], mask=rng.random(m) < 0.1),
        **{f"x{j}": pa.array(rng.random(m), mask=rng.random(m) < 0.1) for j in range(8)},
    })  # fmt: skip


def in_memory(table, keys=KEYS):
    return table.sort_by([(key, "ascending") for key in keys])


CELLS = {
    pa.float64(): st.floats(),
    pa.float32(): st.floats(width=32),
    pa.float16(): st.floats(width=16).map(np.float16),
    pa.int8(): st.integers(-128, 127),
    pa.uint64(): st.integers(0, 2**64 - 1),
    pa.bool_(): st.booleans(),
    pa.string(): st.text(max_size=20),
    pa.large_string(): st.text(max_size=20),
    pa.string_view(): st.text(max_size=20),
    pa.binary(): st.binary(max_size=20),
    pa.date32(): st.dates(),
    pa.timestamp("ns", "Africa/Dakar"): st.integers(-(2**63) + 1, 2**63 - 1),
    pa.time64("ns"): st.integers(0, 86_399_999_999_999),
    pa.duration("s"): st.integers(-(2**40), 2**40),
    pa.decimal128(20, 3): st.decimals(-(10**16), 10**16, places=3),
    pa.null(): st.none(),
    pa.list_(pa.float64()): st.lists(st.floats(allow_nan=False), max_size=3),
    pa.dictionary(pa.int8(), pa.string()): st.sampled_from(["ngo", "start-up", ""]),
}


@st.composite
def tables(draw):
    """Columns of every type with nulls, two of them named alike but for a capital."""
    m = draw(st.integers(1, 12))
    columns = {
        "City": pa.array(draw(st.lists(st.text(max_size=3), min_size=m, max_size=m)), pa.string()),
        "row": pa.array(draw(st.permutations(range(m))), pa.int64()),
    }
    for kind in draw(st.lists(st.sampled_from(list(CELLS)), max_size=6, unique_by=str)):
        cells = draw(st.lists(st.none() | CELLS[kind], min_size=m, max_size=m))
        columns["city" if "city" not in columns else str(kind)] = pa.array(cells, kind)
    return pa.table(columns)


def bits(column):
    """Cells as they lie in memory, so that one NaN differs from another."""
    cells = column.combine_chunks()
    sizes = {16: pa.int16(), 32: pa.int32(), 64: pa.int64()}
    plain = pa.types.is_floating(cells.type) or pa.types.is_temporal(cells.type)
    return (cells.view(sizes[cells.type.bit_width]) if plain else cells).to_pylist()


@settings(max_examples=60, deadline=None)
@given(tables())
def test_sorted_rows_have_the_types_and_bits_they_had(tmp_path_factory, table):
    folder = tmp_path_factory.mktemp("sort")
    file = bring_together(table.to_batches(max_chunksize=5), ["City", "row"], folder, memory=LITTLE)
    plain = table.cast(Carrier.of(table.schema).plain)
    cities, rows = (table[name].to_pylist() for name in ("City", "row"))
    order = sorted(range(len(table)), key=lambda at: (cities[at].encode(), rows[at]))
    found = pq.read_table(file)
    assert found.column_names == plain.column_names
    for after, before in zip(found.columns, plain.columns, strict=True):
        assert after.type == before.type
        assert bits(after) == [bits(before)[row] for row in order]


@pytest.mark.parametrize("threads", [1, 2])
def test_memory_and_threads_change_no_byte(tmp_path, threads):
    table = shuffled(200_000)
    files = [
        bring_together(table.to_batches(), KEYS, tmp_path / str(memory), memory=memory, threads=t)
        for memory, t in ((LITTLE, 1), (1 << 29, threads))
    ]
    assert files[0].read_bytes() == files[1].read_bytes()
    assert pq.read_table(files[0]).equals(in_memory(table))


def test_row_groups_have_the_size_that_is_asked_for(tmp_path):
    stream = shuffled(10_000).to_reader()
    file = bring_together(stream, KEYS, tmp_path, memory=LITTLE, rows_per_group=3000)
    metadata = pq.read_metadata(file)
    groups = [metadata.row_group(i).num_rows for i in range(metadata.num_row_groups)]
    assert groups == [3000, 3000, 3000, 1000]
    assert [path.name for path in tmp_path.iterdir()] == ["sorted.parquet"]


def test_a_whole_file_is_not_made_again(tmp_path):
    file = bring_together(shuffled(100).to_batches(), KEYS, tmp_path, memory=LITTLE)
    before = file.stat()
    assert bring_together(iter(()), KEYS, tmp_path, memory=LITTLE) == file
    assert file.stat() == before


@pytest.mark.parametrize("kind", [InventoryError, OSError, MemoryError])
def test_what_the_rows_raise_comes_out_as_it_is(tmp_path, kind):
    fault = kind(())

    def rows():
        yield from shuffled(1000).to_batches()
        raise fault

    with pytest.raises(kind) as told:
        bring_together(rows(), KEYS, tmp_path, memory=LITTLE)
    assert told.value is fault
    assert list(tmp_path.iterdir()) == []


def test_rows_that_are_lost_are_noticed(tmp_path, monkeypatch):
    whole = Carrier.carried
    monkeypatch.setattr(Carrier, "carried", lambda self, batch: whole(self, batch.slice(1)))
    with pytest.raises(OutputError, match="of 1000 rows that were read, 999 came out of sorting"):
        bring_together(shuffled(1000).to_batches(), KEYS, tmp_path, memory=LITTLE)
    assert list(tmp_path.iterdir()) == []


def test_without_duckdb_it_is_said_how_to_install_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(MethodError, match=r"pip install 'partnermcda\[duckdb\]'"):
        bring_together(shuffled(10).to_batches(), KEYS, tmp_path, memory=LITTLE)


@pytest.mark.parametrize("memory", [1 << 10, 4 << 20])
def test_too_little_memory_is_told_with_one_that_works(tmp_path, memory):
    batches = shuffled(200_000).to_batches()
    with pytest.raises(MethodError, match="of memory; allow it 256 MiB"):
        bring_together(batches, KEYS, tmp_path, memory=memory)
    assert list(tmp_path.iterdir()) == []
    assert bring_together(batches, KEYS, tmp_path, memory=1 << 28).exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="a folder is needed here"):
        bring_together(shuffled(9).to_batches(), KEYS, tmp_path / "file" / "sort", memory=LITTLE)


def test_a_disk_that_takes_no_more_is_told(tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", ENDLESS, str(tmp_path), str(20 << 20)],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert f"{tmp_path}/sorting: the file would be larger than the system allows" in run.stdout
    assert run.stderr == ""
    assert list(tmp_path.iterdir()) == []


def ended(folder, by):
    """Begin a run without end, and end it when it has put sorted rows on the disk."""
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS, str(folder), "0"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as run:  # fmt: skip
        assert run.stdout.readline() == "going\n"
        begun = time.perf_counter()
        os.kill(run.pid, by)
        run.wait(timeout=30)
        return time.perf_counter() - begun, run.stderr.read()


def test_ctrl_c_stops_soon_and_leaves_nothing(tmp_path):
    seconds, said = ended(tmp_path, signal.SIGINT)
    assert said.rstrip().endswith("KeyboardInterrupt")
    assert list(tmp_path.iterdir()) == []
    assert seconds < 5  # a second on a machine that does nothing else


def test_what_a_kill_leaves_is_removed_and_nothing_else(tmp_path):
    ended(tmp_path, signal.SIGKILL)
    assert list(tmp_path.iterdir()) != []
    assert not (tmp_path / "sorted.parquet").exists()
    (tmp_path / "other.parquet").touch()
    clear(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["other.parquet"]
    clear(tmp_path / "nothing")


def test_the_next_run_goes_on_where_one_was_killed(tmp_path):
    ended(tmp_path, signal.SIGKILL)
    table = shuffled(1000)
    assert pq.read_table(bring_together(table.to_batches(), KEYS, tmp_path, memory=LITTLE)).equals(
        in_memory(table)
    )
    assert [path.name for path in tmp_path.iterdir()] == ["sorted.parquet"]
