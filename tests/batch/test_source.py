"""Rows come row group by row group as they were written, or it is told what is wrong and where."""

import os
import shutil
import sys
from contextlib import suppress
from multiprocessing import Pipe
from pathlib import Path

import fsspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fsspec.implementations.memory import MemoryFile
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermcda.batch.source import Reader, fingerprint_source, open_source, source_facts
from partnermcda.batch.source.thrift import read_struct
from partnermcda.errors import InventoryError
from partnermcda.messages import LANGUAGES
from partnermcda.tables import read_table


def write(path, columns, **options):
    """Write a Parquet file whose pages have checksums."""
    path.parent.mkdir(parents=True, exist_ok=True)
    table = columns if isinstance(columns, pa.Table) else pa.table(columns)
    pq.write_table(table, path, write_page_checksum=True, **options)
    return path


def register(count=40, seed=3):
    rng = np.random.default_rng(seed)
    return pa.table(
        {
            "id": pa.array([f"A{i}" for i in range(count)], pa.string()),
            "city": pa.array(np.sort(rng.choice(["Dakar", "Mbour", "Thiès"], count)), pa.string()),
            "reach": pa.array(rng.random(count), mask=rng.random(count) < 0.2),
            "staff": pa.array(rng.integers(0, 9, count)),
        }
    )


def read_all(source, columns=None, dictionary=()):
    with Reader(source) as reader:
        names = source.schema.names if columns is None else columns
        return pa.concat_tables(reader.read(group, names, dictionary) for group in source.groups)


def flipped(content, group, column):
    """Flip a bit in the last page of a column."""
    chunk = pq.ParquetFile(pa.BufferReader(content)).metadata.row_group(group).column(column)
    start = chunk.dictionary_page_offset or chunk.data_page_offset
    damaged = bytearray(content)
    damaged[start + chunk.total_compressed_size - 1] ^= 1
    return bytes(damaged)


def faults(act, *arguments):
    """Do what fails, and return its findings, each of which can be said."""
    with pytest.raises(InventoryError) as caught:
        act(*arguments)
    for finding in caught.value.findings:
        assert all("None" not in finding.text(language) for language in LANGUAGES)
    return caught.value.findings


def told(act, *arguments):
    return [(f.code, Path(f.file).name, f.column) for f in faults(act, *arguments)]


@pytest.fixture
def grouped(tmp_path):
    return write(tmp_path / "actors.parquet", register(), row_group_size=10, data_page_size=64)


@pytest.fixture
def memory():
    files = fsspec.filesystem("memory")
    yield files
    files.store.clear()
    files.pseudo_dirs[:] = [""]


class TestReading:
    @settings(max_examples=40)
    @given(
        sizes=st.lists(st.integers(0, 7), min_size=1, max_size=4).filter(any),
        per_group=st.integers(1, 4),
    )
    def test_a_folder_has_the_rows_and_row_numbers_of_read_table(
        self, tmp_path_factory, sizes, per_group
    ):
        folder = tmp_path_factory.mktemp("all")
        for number, size in enumerate(sizes):
            write(folder / f"{number}.parquet", register(size, number), row_group_size=per_group)
        source, table = open_source(folder), read_table(folder)
        assert source.rows == len(table.frame)
        first = [group.first for group in source.groups]
        rows = [group.rows for group in source.groups]
        assert first == [1 + sum(rows[:j]) for j in range(len(rows))]
        assert [group.index for group in source.groups] == list(range(len(rows)))
        expected = pa.Table.from_pandas(table.frame, preserve_index=False)
        assert read_all(source) == expected.cast(source.schema)

    def test_files_and_notes_are_those_of_read_table(self, tmp_path):
        for name in ("b", "a", "B", "a b", "a-", "é", "_old", ".part"):
            write(tmp_path / f"{name}.parquet", {"id": [name]})
        (tmp_path / "notes.txt").write_text("x")
        (tmp_path / "more").mkdir()
        (tmp_path / "more" / "read.me").touch()
        os.mkfifo(tmp_path / "pipe.parquet")
        source, table = open_source(tmp_path), read_table(tmp_path)
        assert read_all(source)["id"].to_pylist() == table.frame["id"].tolist()
        assert len(source.files) == 6
        (note,) = source.notes
        assert (note.code, note.file) == ("tables.others_left", str(tmp_path))
        assert note.details["names"] == "more/read.me, notes.txt, pipe.parquet"

    def test_columns_come_in_the_order_asked_for(self, grouped):
        source = open_source(grouped)
        read = read_all(source, ["staff", "id"])
        assert read == register().select(["staff", "id"])

    def test_names_are_without_blanks_and_a_name_that_begins_another_is_its_own(self, tmp_path):
        columns = {" a ": [1], "a.b": [2], "__index_level_0__": [9]}
        source = open_source(write(tmp_path / "x.parquet", columns))
        assert source.schema.names == ["a", "a.b"]
        assert [note.code for note in source.notes] == ["tables.index_dropped"]
        assert read_all(source, ["a"]).to_pydict() == {"a": [1]}
        assert source.files[0].nulls == ({"a": 0, "a.b": 0, "__index_level_0__": 0},)

    @pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view()])
    def test_texts_come_as_numbers_of_a_dictionary_where_that_is_asked(self, tmp_path, kind):
        columns = {"t": pa.array(["x", None, "y", "x"], kind), "n": [1, 2, 3, 4]}
        source = open_source(write(tmp_path / "x.parquet", columns, row_group_size=3))
        read = read_all(source, dictionary=("t", "n"))
        assert read.schema.field("t").type == pa.dictionary(pa.int32(), pa.string())
        assert read.schema.field("n").type == pa.int64()
        assert read["t"].to_pylist() == ["x", None, "y", "x"]
        assert read_all(source)["t"].type == kind

    def test_gaps_are_counted_by_the_footer(self, tmp_path):
        columns = {"a": [1, None, None], "b": pa.array([None] * 3, pa.string()), "c": pa.nulls(3)}
        path = write(tmp_path / "x.parquet", columns, row_group_size=2)
        assert open_source(path).files[0].nulls == ({"a": 1, "b": 2}, {"a": 1, "b": 1})
        pq.write_table(pa.table(columns), path, write_statistics=False)
        source = open_source(path)
        assert source.files[0].nulls == ({},)
        assert read_all(source).to_pydict()["a"] == [1, None, None]

    def test_a_column_of_numbers_of_a_dictionary_stays_one(self, tmp_path):
        texts = pa.array(["x", None, "y", "x"]).dictionary_encode()
        source = open_source(write(tmp_path / "x.parquet", {"t": texts}, row_group_size=3))
        assert source.schema.field("t").type == texts.type
        assert read_all(source)["t"].to_pylist() == ["x", None, "y", "x"]

    def test_footers_longer_than_the_first_look_are_read_whole(self, tmp_path):
        table = register(2000)
        path = write(tmp_path / "x.parquet", table, row_group_size=5)
        source = open_source(path)
        assert source.files[0].footer_size > 1 << 16
        assert len(source.groups) == 400
        assert read_all(source) == table

    def test_groups_without_rows_are_no_groups(self, tmp_path):
        path = tmp_path / "x.parquet"
        with pq.ParquetWriter(path, register(0).schema) as writer:
            for count in (2, 0, 3):
                writer.write_table(register(count))
        source = open_source(path)
        assert source.files[0].groups == (2, 0, 3)
        assert [(g.index, g.number, g.rows, g.first) for g in source.groups] == [
            (0, 0, 2, 1),
            (1, 2, 3, 3),
        ]
        assert read_all(source).num_rows == 5

    def test_a_source_can_be_sent_to_a_worker(self, grouped, monkeypatch, tmp_path):
        monkeypatch.chdir(tmp_path)
        source = open_source("actors.parquet")
        here, there = Pipe()
        here.send(source)
        received = there.recv()
        assert received == source
        monkeypatch.chdir("/")
        assert read_all(received) == register()

    def test_one_file_is_open_at_most(self, tmp_path):
        for number in range(5):
            write(tmp_path / "all" / f"{number}.parquet", register(4), row_group_size=2)
        source = open_source(tmp_path / "all")

        def opened():
            links = Path("/proc/self/fd").iterdir()
            return sum("all" in str(link.readlink()) for link in links if link.is_symlink())

        with Reader(source) as reader:
            for group in source.groups:
                reader.read(group, ["id"])
                assert opened() == 1
        assert opened() == 0

    def test_a_group_too_large_for_memory_is_noted(self, tmp_path):
        path = write(
            tmp_path / "x.parquet",
            {"a": pa.nulls((1 << 21) + 1, pa.bool_())},
            row_group_size=1 << 22,
        )
        (note,) = open_source(path).notes
        assert (note.code, note.details["rows"]) == ("batch.source.group_large", (1 << 21) + 1)


class TestHive:
    def test_keys_become_columns_of_text_in_the_order_of_the_folders(self, tmp_path):
        for folder, ids in {
            "city=Thi%C3%A8s/year=2024": ["c"],
            "city=Dakar/year=2025": ["b"],
            "city=Dakar/year=2024": ["a"],
            "city=__HIVE_DEFAULT_PARTITION__/year=2024": ["d", "e"],
            "city=a%2Fb+c/year=": ["f"],
        }.items():
            write(tmp_path / folder / "part.parquet", {"id": ids})
        source = open_source(tmp_path)
        assert source.schema.names == ["id", "city", "year"]
        expected = {
            "id": ["a", "b", "c", "d", "e", "f"],
            "city": ["Dakar", "Dakar", "Thiès", None, None, "a/b+c"],
            "year": ["2024", "2025", "2024", "2024", "2024", ""],
        }
        rows = sorted(zip(*expected.values(), strict=True), key=str)
        read = read_all(source).to_pydict()
        assert sorted(zip(*read.values(), strict=True), key=str) == rows
        parts = [Path(file.relative).parts for file in source.files]
        assert parts == sorted(parts)
        coded = read_all(source, ["city"], dictionary=["city"])
        assert coded["city"].type == pa.dictionary(pa.int32(), pa.string())
        assert coded["city"].to_pylist() == read["city"]

    def test_a_data_set_of_pyarrow_is_read_as_pyarrow_reads_it(self, tmp_path):
        table = register()
        pq.write_to_dataset(table, tmp_path, partition_cols=["city", "staff"])
        read = read_all(open_source(tmp_path))
        read = read.set_column(3, "staff", read["staff"].cast(pa.int64()))
        assert read.select(table.column_names).sort_by("id") == table.sort_by("id")

    def test_keys_that_begin_with_a_line_are_keys(self, tmp_path):
        write(tmp_path / "_zone=1" / "x.parquet", {"id": ["a"]})
        write(tmp_path / "_zone=1" / "_temporary" / "x.parquet", {"id": ["b"]})
        assert read_all(open_source(tmp_path)).to_pydict() == {"id": ["a"], "_zone": ["1"]}

    def test_other_keys_are_told(self, tmp_path):
        write(tmp_path / "city=a" / "x.parquet", {"id": ["a"]})
        write(tmp_path / "town=a" / "y.parquet", {"id": ["a"]})
        write(tmp_path / "z.parquet", {"id": ["a"]})
        found = faults(open_source, tmp_path)
        assert [(f.code, Path(f.file).name, f.details["found"]) for f in found] == [
            ("batch.source.hive_keys", "y.parquet", "town"),
            ("batch.source.hive_keys", "z.parquet", "–"),
        ]

    def test_a_key_that_is_a_column_is_told(self, tmp_path):
        write(tmp_path / "city=a" / "x.parquet", {"id": ["a"], "city ": ["a"]})
        assert told(open_source, tmp_path) == [("batch.source.hive_column", "x.parquet", "city")]

    def test_files_in_other_folders_are_told(self, tmp_path):
        write(tmp_path / "city=a" / "x.parquet", {"id": ["a"]})
        write(tmp_path / "Dakar" / "y.parquet", {"id": ["a"]})
        write(tmp_path / "city=a" / "old" / "z.parquet", {"id": ["a"]})
        assert told(open_source, tmp_path) == [
            ("batch.source.folder_deep", "y.parquet", ""),
            ("batch.source.folder_deep", "z.parquet", ""),
        ]

    def test_links_that_lead_in_circles_are_told(self, tmp_path):
        write(tmp_path / "x.parquet", {"id": ["a"]})
        (tmp_path / "city=a").symlink_to(tmp_path)
        (tmp_path / "town=b").symlink_to(tmp_path)
        (found,) = faults(open_source, tmp_path)
        assert found.code == "batch.source.hive_twice"

    def test_folders_that_are_no_text_are_told(self, tmp_path):
        write(tmp_path / "city=%E8" / "x.parquet", {"id": ["a"]})
        shutil.copytree(os.fsencode(tmp_path / "city=%E8"), os.fsencode(tmp_path) + b"/city=\xe8")
        codes = [finding.code for finding in faults(open_source, tmp_path)]
        assert codes == ["batch.source.name_text"] * 2


class TestFileSystems:
    @pytest.fixture
    def everywhere(self, tmp_path, memory):
        for number in range(3):
            path = write(tmp_path / f"city={number}" / "x.parquet", register(9).drop(["city"]))
            memory.pipe(f"/r/city={number}/x.parquet", path.read_bytes())
        memory.pipe("/r/_SUCCESS", b"x")
        memory.pipe("/r/_old/x.parquet", b"x")
        return tmp_path

    @pytest.mark.parametrize("address", ["memory://r", "memory://r/", "simplecache::memory://r"])
    def test_rows_and_hashes_are_the_same_wherever_files_lie(self, everywhere, address):
        here, there = open_source(everywhere), open_source(address)
        assert read_all(there) == read_all(here)
        assert read_all(there, ["city", "id"], ["city"]) == read_all(here, ["city", "id"], ["city"])
        assert (there.schema, there.groups) == (here.schema, here.groups)
        assert fingerprint_source(there) == fingerprint_source(here)
        assert there.notes == ()

    def test_an_address_of_this_machine_is_a_path(self, everywhere):
        source = open_source(f"file://{everywhere}")
        assert source.files == open_source(everywhere).files
        assert read_all(source) == read_all(open_source(everywhere))

    def test_a_single_file_has_an_address_too(self, everywhere):
        source = open_source("memory://r/city=1/x.parquet")
        assert source.schema.names == ["id", "reach", "staff"]
        assert source.files[0].name.endswith("/r/city=1/x.parquet")

    def test_faults_there_are_told_as_here(self, everywhere, memory):
        memory.pipe("/r/city=1/x.parquet", b"PAR1")
        memory.pipe("/r/city=2/x.parquet", b"")
        assert told(open_source, "memory://r") == [("tables.parquet_damaged", "x.parquet", "")] * 2
        assert told(open_source, "memory://nothing") == [("tables.missing", "nothing", "")]
        memory.pipe("/e/a.txt", b"x")
        assert told(open_source, "memory://e") == [("tables.folder_empty", "e", "")]

    def test_changes_there_are_told_as_here(self, everywhere, memory):
        source = open_source("memory://r")
        content = memory.cat("/r/city=0/x.parquet")
        memory.pipe("/r/city=0/x.parquet", content[:100] + b"!" + content[100:])
        memory.rm("/r/city=1/x.parquet")
        memory.pipe("/r/city=2/x.parquet", flipped(memory.cat("/r/city=2/x.parquet"), 0, 0))
        with Reader(source) as reader:
            codes = [told(reader.read, group, ["id"])[0][0] for group in source.groups]
        assert codes == [
            "batch.source.changed",
            "batch.source.vanished",
            "tables.parquet_group",
        ]

    def test_what_is_not_installed_is_told(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "s3fs", None)
        (found,) = faults(open_source, "s3://bucket/all")
        assert (found.code, found.file) == ("batch.source.library", "s3://bucket/all")
        assert "s3fs" in found.problem()
        assert [f.code for f in faults(open_source, "nowhere://x")] == ["batch.source.protocol"]
        monkeypatch.setitem(sys.modules, "fsspec", None)
        (found,) = faults(open_source, "memory://r")
        assert "pip install 'partnermcda[fsspec]'" in found.right()


class TestTrouble:
    """A file system whose answers fail once a file has been opened."""

    @pytest.fixture
    def far(self, memory, grouped, monkeypatch):
        trouble = []

        class Far(MemoryFile):
            def read(self, size=-1):
                if trouble and self.tell() < 1000:
                    raise trouble[0]
                return super().read(size)

        memory.pipe("/r/x.parquet", grouped.read_bytes())
        source = open_source("memory://r")
        opened = memory.open
        monkeypatch.setattr(
            type(memory),
            "open",
            lambda _, path, *options: Far(memory, path, opened(path).getvalue()),
        )
        return source, trouble

    @pytest.mark.parametrize(
        "error",
        [
            TimeoutError("no answer"),
            ConnectionResetError(104, "no answer"),
            OSError(5, "no answer"),
            MemoryError("no answer"),
        ],
    )
    def test_what_could_not_be_read_is_not_called_damaged(self, far, error):
        source, trouble = far
        with Reader(source) as reader:
            assert len(reader.read(source.groups[3], ["id"])) == 10
            trouble.append(error)
            (found,) = faults(reader.read, source.groups[0], ["id"])
            assert (found.code, found.column) == ("batch.source.group_unread", "id")
            assert "no answer" in found.details["reason"]
            trouble.clear()
            assert len(reader.read(source.groups[0], ["id"])) == 10

    def test_a_file_that_vanished_after_it_was_opened_is_told(self, far):
        source, trouble = far
        trouble.append(FileNotFoundError("/r/x.parquet"))
        with Reader(source) as reader:
            assert told(reader.read, source.groups[0], ["id"]) == [
                ("batch.source.vanished", "x.parquet", "")
            ]


class TestWhatIsNoRegister:
    def test_what_is_not_there_or_no_file_is_told(self, tmp_path):
        os.mkfifo(tmp_path / "pipe")
        (tmp_path / "empty").mkdir()
        (tmp_path / "nothing.parquet").touch()
        (tmp_path / "text.csv").write_text("id\na\n")
        (tmp_path / "text.parquet").write_text("id\na\n")
        (tmp_path / "zip.parquet").write_bytes(b"PK\3\4")
        codes = {
            child: told(open_source, tmp_path / child)[0][0]
            for child in [*(path.name for path in tmp_path.iterdir()), "gone", "text.csv/x"]
        }
        assert codes == {
            "empty": "tables.folder_empty",
            "gone": "tables.missing",
            "nothing.parquet": "tables.empty_file",
            "pipe": "tables.not_a_file",
            "text.csv": "batch.source.kind",
            "text.csv/x": "tables.missing",
            "text.parquet": "tables.not_parquet",
            "zip.parquet": "batch.source.kind",
        }

    def test_a_folder_named_like_a_file_is_a_folder(self, tmp_path):
        write(tmp_path / "x.parquet" / "part-0.parquet", {"id": ["a"]})
        assert open_source(tmp_path / "x.parquet").rows == 1
        assert told(open_source, tmp_path) == [("batch.source.folder_deep", "part-0.parquet", "")]

    def test_a_register_without_rows_is_told(self, tmp_path):
        write(tmp_path / "a.parquet", register(0))
        write(tmp_path / "b.parquet", register(0))
        assert told(open_source, tmp_path) == [("tables.no_rows", tmp_path.name, "")]

    def test_columns_of_all_files_are_told_at_once(self, tmp_path):
        odd = pa.table([["a"], ["b"], [[1]]], names=["x", "x ", "l"])
        write(tmp_path / "a.parquet", {"x": ["a"], "y": [1]})
        write(tmp_path / "b.parquet", {"x": [1], "y": [1]})
        write(tmp_path / "c.parquet", pa.table({"y": [2], "x": ["b"]}))
        write(tmp_path / "d.parquet", odd)
        assert set(told(open_source, tmp_path)) == {
            ("tables.parquet_schema", "b.parquet", "x"),
            ("tables.header_repeated", "d.parquet", "x"),
            ("tables.type", "d.parquet", "l"),
            ("tables.parquet_schema", "d.parquet", "y"),
            ("tables.parquet_schema", "d.parquet", "x "),
            ("tables.parquet_schema", "d.parquet", "l"),
        }

    def test_a_column_that_has_no_gaps_by_its_type_is_the_same_column(self, tmp_path):
        strict = pa.schema([pa.field("id", pa.string(), nullable=False)])
        write(tmp_path / "a.parquet", pa.table({"id": ["a"]}, schema=strict))
        write(tmp_path / "b.parquet", {"id": ["b"]})
        assert read_all(open_source(tmp_path)).to_pydict() == {"id": ["a", "b"]}


class TestDamage:
    @pytest.mark.parametrize("left", [1, 4, 7, 8, 500, -200, -8, -5, -4, -1])
    def test_a_file_cut_off_anywhere_is_told_with_all_others(self, grouped, tmp_path, left):
        folder = tmp_path / "all"
        content = grouped.read_bytes()
        folder.mkdir()
        (folder / "a.parquet").write_bytes(content)
        (folder / "b.parquet").write_bytes(content[:left])
        (folder / "c.parquet").write_bytes(b"")
        assert told(open_source, folder) == [
            ("tables.parquet_damaged", "b.parquet", ""),
            ("tables.parquet_damaged", "c.parquet", ""),
        ]

    def test_a_hole_in_the_middle_is_told(self, grouped):
        content = grouped.read_bytes()
        grouped.write_bytes(content[:100] + content[150:])
        source = open_source(grouped)
        found = faults(read_all, source)
        assert {f.code for f in found} <= {"tables.parquet_group", "batch.source.group_unread"}
        assert {f.details["groups"] for f in found} == {4}

    def test_a_flipped_bit_in_a_page_is_told_with_group_and_column(self, grouped):
        grouped.write_bytes(flipped(grouped.read_bytes(), 2, 2))
        source = open_source(grouped)
        (found,) = faults(read_all, source)
        assert (found.code, found.file) == ("tables.parquet_group", str(grouped))
        assert (found.column, found.details) == ("reach", {"group": 3, "groups": 4})
        assert len(read_all(source, ["id", "city"])) == 40
        with Reader(source) as reader:
            assert len(reader.read(source.groups[3], ["reach"])) == 10

    def test_a_flipped_bit_is_never_read_as_another_value(self, grouped):
        content, sound = grouped.read_bytes(), register()
        # No checksum guards a footer: there a bit may still change the name or kind of a column.
        pages = len(content) - open_source(grouped).files[0].footer_size
        rng = np.random.default_rng(11)
        refused = 0
        for place, bit in zip(rng.integers(4, pages, 150), rng.integers(8, size=150), strict=True):
            damaged = bytearray(content)
            damaged[place] ^= 1 << bit
            grouped.write_bytes(damaged)
            try:
                assert read_all(open_source(grouped)) == sound
            except InventoryError:
                refused += 1
        assert refused > 100

    def test_a_damaged_footer_is_told_and_ends_no_process(self, grouped):
        content = grouped.read_bytes()
        start = len(content) - open_source(grouped).files[0].footer_size
        rng = np.random.default_rng(12)
        refused = 0
        for place in rng.integers(start, len(content), 250):
            damaged = bytearray(content)
            damaged[place] ^= 1 << rng.integers(8)
            grouped.write_bytes(damaged)
            try:
                read_all(open_source(grouped))
            except InventoryError:
                refused += 1
        assert refused > 50

    def test_a_name_that_a_footer_spells_in_two_ways_is_told(self, grouped):
        content = grouped.read_bytes()
        place = content.rindex(b"staff")
        grouped.write_bytes(content[:place] + b"stoff" + content[place + 5 :])
        assert told(open_source, grouped) == [("tables.parquet_damaged", "actors.parquet", "")]

    def test_gaps_other_than_the_footer_counts_are_told(self, tmp_path):
        path = write(tmp_path / "x.parquet", {"a": [1, None, 3]}, use_dictionary=False)
        content = path.read_bytes()
        start = content.rindex(b"\x18\x08" + (3).to_bytes(8, "little"))
        place = content.index(b"\x16\x02", start)
        path.write_bytes(content[:place] + b"\x16\x04" + content[place + 2 :])
        (found,) = faults(read_all, open_source(path))
        assert (found.code, found.column) == ("batch.source.gaps", "a")
        assert found.details == {"group": 1, "groups": 1, "told": 2, "count": 1}

    def test_structs_without_end_in_one_another_are_refused(self):
        with pytest.raises(ValueError, match="too deep"):
            read_struct(b"\x1c" * 5000)

    @given(st.binary(max_size=60))
    def test_bytes_that_are_no_struct_are_refused_as_such(self, data):
        # Anything else that is raised ends the test.
        with suppress(ValueError):
            assert all(isinstance(number, int) for number in read_struct(data))


class TestChangesMidway:
    @pytest.fixture
    def folder(self, grouped, tmp_path):
        folder = tmp_path / "all"
        for name in "ab":
            write(folder / f"{name}.parquet", register(), row_group_size=20)
        return folder

    def test_a_file_that_vanished_is_told(self, folder):
        source = open_source(folder)
        (folder / "b.parquet").unlink()
        assert told(read_all, source) == [("batch.source.vanished", "b.parquet", "")]
        shutil.rmtree(folder)
        assert told(read_all, source) == [("batch.source.vanished", "a.parquet", "")]

    @pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
    def test_a_file_whose_place_was_taken_is_told(self, folder, make):
        source = open_source(folder)
        (folder / "a.parquet").unlink()
        make(folder / "a.parquet")
        assert told(read_all, source) == [("batch.source.vanished", "a.parquet", "")]

    def test_a_file_that_was_replaced_is_told(self, folder):
        source = open_source(folder)
        write(folder / "a.parquet", register().drop(["city"]))
        assert told(read_all, source) == [("batch.source.changed", "a.parquet", "")]

    def test_a_file_of_the_same_size_and_another_footer_is_told(self, folder):
        path = folder / "a.parquet"
        before = open_source(folder)
        content = path.read_bytes()
        path.write_bytes(content.replace(b"parquet-cpp-arrow", b"parquet-cpp-other"))
        assert path.stat().st_size == len(content)
        assert told(read_all, before) == [("batch.source.changed", "a.parquet", "")]

    @pytest.mark.parametrize("end", [b"", b"x", None])
    def test_a_file_written_to_while_it_is_read_is_told(self, folder, end):
        source, path = open_source(folder), folder / "a.parquet"
        with Reader(source) as reader:
            assert len(reader.read(source.groups[0], ["id"])) == 20
            content = path.read_bytes()
            with path.open("wb") as opened:
                opened.write(content + end if end else content[:200])
                if end == b"":
                    opened.truncate(0)
            os.utime(path, ns=(1, 1))
            assert told(reader.read, source.groups[1], ["id"]) == [
                ("batch.source.changed", "a.parquet", "")
            ]
            assert len(reader.read(source.groups[2], ["id"])) == 20

    def test_a_file_that_was_only_touched_is_read_on(self, folder):
        source = open_source(folder)
        with Reader(source) as reader:
            reader.read(source.groups[0], ["id"])
            os.utime(folder / "a.parquet", ns=(1, 1))
            assert len(reader.read(source.groups[1], ["id"])) == 20

    def test_a_file_put_in_its_place_while_it_is_read_does_not_disturb(self, folder, tmp_path):
        source = open_source(folder)
        with Reader(source) as reader:
            reader.read(source.groups[0], ["id"])
            write(tmp_path / "new.parquet", {"id": ["z"]}).replace(folder / "a.parquet")
            assert reader.read(source.groups[1], ["id"]) == register().select(["id"])[20:]

    def test_what_may_not_be_read_is_told(self, folder):
        source = open_source(folder)
        # A link to itself is refused to everybody, the administrator too.
        (folder / "a.parquet").unlink()
        (folder / "a.parquet").symlink_to(folder / "a.parquet")
        assert told(read_all, source) == [("tables.unreadable", "a.parquet", "")]
        (folder / "city=a").symlink_to(folder / "city=a")
        assert told(open_source, folder / "city=a") == [("tables.unreadable", "city=a", "")]


class TestKnowingItAgain:
    def test_a_copy_elsewhere_is_the_same(self, tmp_path):
        for name in "ab":
            write(tmp_path / "one" / f"{name}.parquet", register())
        shutil.copytree(tmp_path / "one", tmp_path / "two")
        one, two = open_source(tmp_path / "one"), open_source(tmp_path / "two")
        assert fingerprint_source(one) == fingerprint_source(two)
        assert [set(fact) for fact in source_facts(one)] == [
            {"path", "bytes", "rows", "footer_sha256"}
        ] * 2
        assert [fact["path"] for fact in source_facts(one)] == ["a.parquet", "b.parquet"]

    @pytest.mark.parametrize("change", ["rename", "add", "remove", "rewrite", "move"])
    def test_any_change_of_files_shows(self, tmp_path, change):
        for name in "ab":
            write(tmp_path / f"{name}.parquet", register().drop(["city"]))
        before = fingerprint_source(open_source(tmp_path))
        path = tmp_path / "a.parquet"
        if change == "rename":
            path.rename(tmp_path / "c.parquet")
        elif change == "add":
            shutil.copy(path, tmp_path / "c.parquet")
        elif change == "remove":
            path.unlink()
        elif change == "move":
            for name in "ab":
                (tmp_path / f"city={name}").mkdir()
                (tmp_path / f"{name}.parquet").rename(tmp_path / f"city={name}" / "x.parquet")
        else:
            write(path, register(seed=4).drop(["city"]))
        assert fingerprint_source(open_source(tmp_path)) != before
