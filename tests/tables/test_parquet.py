"""Parquet is read without loss, and what is damaged or does not fit together is told."""

import datetime as dt
import decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from partnermcda.tables import read_table

TEXT = pd.StringDtype("pyarrow")
SMALL = {"actor_id": ["a", "b"], "reach": [1.0, None]}


@pytest.fixture
def write(tmp_path):
    def written(columns, name="actors.parquet", **options):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        table = columns if isinstance(columns, pa.Table) else pa.table(columns)
        pq.write_table(table, path, write_page_checksum=True, **options)
        return path

    return written


def test_columns_keep_their_kind(write):
    stamp = dt.datetime(2026, 3, 1, 12, 30)
    columns = {
        "text": ["é", None],
        "long": pa.array(["x", None], pa.large_string()),
        "words": pa.array(["u", None]).dictionary_encode(),
        "whole": [2**53 + 1, None],
        "real": [0.1, None],
        "yes": [True, None],
        "price": pa.array([decimal.Decimal("0.10"), None], pa.decimal128(10, 2)),
        "when": [stamp, None],
        "nothing": pa.nulls(2),
    }
    table = read_table(write(columns))
    frame = table.frame
    assert (table.kind, frame.index.tolist()) == ("typed", [1, 2])
    assert frame.index.dtype == "int64"
    assert [frame[name].dtype == TEXT for name in ("text", "long", "words", "nothing")] == [
        True
    ] * 4
    assert frame.loc[1].tolist()[:8] == ["é", "x", "u", 2**53 + 1, 0.1, True, 0.1, stamp]
    assert frame.loc[2].isna().all()
    assert str(frame["whole"].dtype) == "Int64"
    assert str(frame["yes"].dtype) == "boolean"
    assert frame["price"].dtype == "float64"


def test_ids_written_as_long_decimals_are_not_rounded(write, faults):
    digits = decimal.Decimal("12345678901234567890")
    (found,) = faults(write({"id": pa.array([digits], pa.decimal128(20, 0))}))
    assert (found.code, found.column) == ("tables.decimal", "id")


@pytest.mark.parametrize("values", [[[1]], [{"a": 1}], [b"x"], pa.array([1], pa.time64("ns"))])
def test_a_column_of_no_use_is_told(write, faults, values):
    (found,) = faults(write({"actor_id": ["a"], "odd": values}))
    assert (found.code, found.column) == ("tables.type", "odd")


def test_a_file_is_known_by_its_content(write, tmp_path):
    path = write(SMALL).rename(tmp_path / "actors.csv")
    assert read_table(path).kind == "typed"


def test_a_name_that_begins_another_is_a_column_of_its_own(write):
    frame = read_table(write({"a": [1], "a.b": [2], "a.b.c": [3]})).frame
    assert frame.loc[1].to_dict() == {"a": 1, "a.b": 2, "a.b.c": 3}


def test_the_index_pandas_writes_is_left_out(tmp_path, noted):
    path = tmp_path / "actors.parquet"
    pd.DataFrame(SMALL, index=[7, 9]).to_parquet(path)
    table, notes = noted(path)
    assert list(table.frame) == ["actor_id", "reach"]
    assert notes == ["tables.index_dropped"]


def test_a_file_without_rows_is_told(write, codes):
    assert codes(write(pa.table(SMALL).slice(0, 0))) == ["tables.no_rows"]


def test_repeated_names_are_told(write, codes):
    path = write(pa.table([["a"], ["b"]], names=["x", "x "]))
    assert codes(path) == ["tables.header_repeated"]


def test_damaged_texts_and_unknown_zones_are_told(write, faults, broken_texts):
    columns = {
        "id": broken_texts(pa.string()),
        "city": broken_texts(pa.string()).dictionary_encode(),
        "since": pa.array([1, 2], pa.timestamp("us", "Foo/Bar")),
        "until": pa.array([1, 2], pa.timestamp("us", "Africa/Dakar")),
    }
    assert [(f.code, f.column) for f in faults(write(columns))] == [
        ("tables.text_damaged", "id"),
        ("tables.text_damaged", "city"),
        ("tables.zone", "since"),
    ]


def test_a_text_named_parquet_is_told(tmp_path, codes):
    path = tmp_path / "actors.parquet"
    path.write_text("a,b\n1,2\n")
    assert codes(path) == ["tables.not_parquet"]


class TestFolders:
    def test_files_follow_one_another_by_name(self, write, tmp_path, noted):
        write({"id": ["c"], "x": [3]}, "all/b.parquet")
        write({"id": ["a", "b"], "x": [1, 2]}, "all/a.parquet")
        write(pa.table({"x": [4], "id": ["d"]}), "all/c.parquet")
        (tmp_path / "all" / "_SUCCESS").touch()
        (tmp_path / "all" / "notes.txt").write_text("x")
        table, notes = noted(tmp_path / "all")
        assert table.frame["id"].tolist() == ["a", "b", "c", "d"]
        assert table.frame["x"].tolist() == [1, 2, 3, 4]
        assert table.frame.index.tolist() == [1, 2, 3, 4]
        assert table.file == str(tmp_path / "all")
        assert notes == ["tables.others_left"]
        assert table.notes[0].details["names"] == "notes.txt"

    def test_a_file_of_another_schema_is_told_with_its_columns(self, write, tmp_path, faults):
        write({"id": ["a"], "x": [1.0], "y": [1]}, "all/a.parquet")
        write({"id": ["b"], "x": ["1"], "z": [1]}, "all/b.parquet")
        found = faults(tmp_path / "all")
        assert {(f.code, f.column) for f in found} == {
            ("tables.parquet_schema", name) for name in "xyz"
        }
        assert {f.file for f in found} == {str(tmp_path / "all" / "b.parquet")}

    def test_files_that_differ_only_in_whether_a_column_may_have_gaps_are_of_one_schema(
        self, write, tmp_path
    ):
        for name, nullable in (("a", True), ("b", False)):
            schema = pa.schema([pa.field("id", pa.string(), nullable, {"note": name})])
            write(pa.table({"id": [name]}, schema), f"all/{name}.parquet")
        assert read_table(tmp_path / "all").frame["id"].tolist() == ["a", "b"]

    def test_a_damaged_file_of_a_folder_is_named(self, write, tmp_path, faults):
        write(SMALL, "all/a.parquet")
        damaged = write(SMALL, "all/b.parquet")
        damaged.write_bytes(damaged.read_bytes()[:-9])
        (found,) = faults(tmp_path / "all")
        assert (found.code, found.file) == ("tables.parquet_damaged", str(damaged))

    def test_a_folder_without_parquet_is_told(self, tmp_path, codes):
        (tmp_path / "a.csv").write_text("a,b\n1,2\n")
        assert codes(tmp_path) == ["tables.folder_empty"]

    def test_files_in_folders_within_are_not_left_out_in_silence(self, write, tmp_path, codes):
        write(SMALL, "a.parquet")
        write(SMALL, "city=Dakar/b.parquet")
        assert codes(tmp_path) == ["tables.folder_deep"]


class TestDamage:
    @pytest.fixture
    def grouped(self, write):
        columns = {"id": [f"a{i}" for i in range(400)], "x": np.arange(400.0)}
        return write(columns, row_group_size=100)

    def test_a_truncated_file_is_told(self, grouped, codes):
        content = grouped.read_bytes()
        for kept in range(4, len(content), 307):
            grouped.write_bytes(content[:kept])
            assert codes(grouped) == ["tables.parquet_damaged"]

    def test_a_damaged_page_is_told_with_row_group_and_column(self, grouped, faults):
        chunk = pq.ParquetFile(grouped).metadata.row_group(2).column(1)
        content = bytearray(grouped.read_bytes())
        content[chunk.data_page_offset + chunk.total_compressed_size // 4] ^= 1
        grouped.write_bytes(content)
        (found,) = faults(grouped)
        assert (found.code, found.column) == ("tables.parquet_group", "x")
        assert found.details == {"group": 3, "groups": 4}

    def test_a_flipped_bit_is_never_read_as_another_value(self, grouped, tmp_path):
        content, sound = grouped.read_bytes(), read_table(grouped).frame
        rng = np.random.default_rng(7)
        silent = 0
        for _ in range(150):
            damaged = bytearray(content)
            damaged[rng.integers(4, len(damaged))] ^= 1 << rng.integers(8)
            grouped.write_bytes(damaged)
            try:
                frame = read_table(grouped).frame
            except ValueError:
                continue
            silent += not frame.equals(sound)
        assert silent == 0
