"""Frames in memory are taken as they are, whichever library made them."""

import warnings

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from partnermcda.tables import read_table

TEXT = pd.StringDtype("pyarrow")
COLUMNS = {"actor_id": ["007", None], "reach": [1.5, None], "staff": [3, None]}


class Interchanged:
    """A frame that offers nothing but the interchange protocol."""

    def __init__(self, table):
        self._table = table

    def __dataframe__(self, **options):
        return self._table.__dataframe__(**options)


class Streamed:
    """A frame that offers nothing but its Arrow columns."""

    def __init__(self, table):
        self._table = table

    def __arrow_c_stream__(self, requested_schema=None):
        return self._table.__arrow_c_stream__(requested_schema)


@pytest.mark.parametrize(
    "make",
    [
        pl.DataFrame,
        pa.table,
        pa.record_batch,
        lambda columns: Streamed(pa.table(columns)),
        lambda columns: Interchanged(pa.table(columns)),
    ],
    ids=["polars", "pyarrow", "record batch", "stream", "interchange"],
)
def test_a_frame_of_any_library_is_read_without_loss(make):
    table = read_table(make(COLUMNS))
    assert (table.kind, table.file, table.sheet, table.notes) == ("typed", "", "", ())
    assert table.frame.index.tolist() == [1, 2]
    assert table.frame.dtypes.astype(str).tolist() == ["string", "float64", "Int64"]
    assert table.frame["actor_id"].dtype == TEXT
    assert table.frame.loc[1].tolist() == ["007", 1.5, 3]
    assert table.frame.loc[2].isna().all()


def test_categories_of_polars_are_text():
    frame = pl.DataFrame({"kind": ["ngo", None]}, schema={"kind": pl.Categorical})
    assert read_table(frame).frame["kind"].dtype == TEXT


def test_a_frame_of_pandas_keeps_its_types_and_is_left_alone():
    given = pd.DataFrame({"id": ["a", "b"], 2021: [1, 2]}, index=["x", "y"])
    given.attrs["mine"] = 1
    before = given.copy()
    table = read_table(given)
    assert list(table.frame) == ["id", "2021"]
    assert table.frame.index.tolist() == [1, 2]
    assert table.frame["2021"].dtype == np.int64
    assert table.frame.attrs == {}
    table.frame.loc[1, "2021"] = 99
    pd.testing.assert_frame_equal(given, before)
    assert given.attrs == {"mine": 1}


def test_names_given_twice_are_told_even_when_alike_only_as_text(faults):
    found = faults(pd.DataFrame([[1, 2, 3, 4]], columns=["a", "a", 1, "1"]))
    assert [(f.code, f.column) for f in found] == [
        ("tables.header_repeated", "a"),
        ("tables.header_repeated", "1"),
    ]


@pytest.mark.parametrize("label", [None, "", " ", float("nan"), pd.NA])
def test_a_column_without_a_name_is_told(codes, label):
    assert codes(pd.DataFrame([[1, 2]], columns=["a", label])) == ["tables.header_empty"]


@pytest.mark.parametrize(
    "frame",
    [pd.DataFrame({"a": []}), pd.DataFrame(), pl.DataFrame({"a": []}), pa.table({"a": []})],
    ids=["pandas", "empty", "polars", "pyarrow"],
)
def test_a_frame_without_rows_is_told(codes, frame):
    assert codes(frame) == ["tables.no_rows"]


@pytest.mark.parametrize("thing", [None, 3, [["a"]], {"a": [1]}, np.ones((2, 2)), b"a,b\n1,2\n"])
def test_what_is_no_table_is_answered_with_what_is(faults, thing):
    (found,) = faults(thing)
    assert (found.code, found.details["type"]) == ("tables.source", type(thing).__name__)


@pytest.mark.parametrize("thing", [pl.Series([1]), pa.array([1]), pa.chunked_array([[1]])])
def test_a_single_column_is_no_table(codes, thing):
    assert codes(thing) == ["tables.frame"]


def test_columns_of_no_use_are_all_told(faults):
    found = faults(pa.table({"a": [1], "b": [[1]], "c": [b"x"]}))
    assert [(f.code, f.column) for f in found] == [("tables.type", "b"), ("tables.type", "c")]


@pytest.mark.parametrize(
    "broken",
    [
        lambda texts: pd.array(texts(pa.string()), dtype=pd.ArrowDtype(pa.string())),
        lambda texts: pd.array(texts(pa.large_string()), dtype="string[pyarrow]"),
        lambda _: pd.array(["\ud800", "a"], dtype="string[python]"),
    ],
)
def test_texts_a_frame_holds_damaged_are_told(faults, broken, broken_texts):
    (found,) = faults(pd.DataFrame({"id": ["a", "b"], "city": broken(broken_texts)}))
    assert (found.code, found.column) == ("tables.text_damaged", "city")


def test_times_of_a_zone_that_does_not_exist_are_told(faults):
    times = pa.chunked_array([pa.array([1, 2], pa.timestamp("us", "Foo/Bar"))])
    frame = pd.DataFrame({"id": ["a", "b"], "since": pd.arrays.ArrowExtensionArray(times)})
    (found,) = faults(frame)
    assert (found.code, found.details) == ("tables.zone", {"zone": "Foo/Bar"})


def test_a_frame_has_no_sheets(codes):
    assert codes(pd.DataFrame({"a": [1]}), sheet="A") == ["tables.sheet_unused"]


def test_reading_a_frame_warns_of_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read_table(pl.DataFrame(COLUMNS))
