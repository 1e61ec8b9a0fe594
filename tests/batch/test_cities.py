"""The census of cities: pieces add up in any grouping, and order is that of code points."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from partnermcda.batch import cities as module
from partnermcda.batch.cities import add_up, cities_of, city_texts, codes_of
from partnermcda.mapping import load_mapping

from .registers import CATALOG, NAMES, OWN, own

ROWS = st.lists(st.sampled_from(NAMES[:6]), min_size=1, max_size=25)
RECODE = {name: name for name in NAMES} | {"zz": "yy"}
TEXTS = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=3), min_size=1)


def census(rows):
    return cities_of(pa.array(rows, pa.large_string()))


def told(cities):
    """All that a census says."""
    return cities.names.to_pylist(), cities.sizes.tolist(), cities.sorted, cities.first, cities.last


@given(ROWS, ROWS, ROWS)
def test_sums_are_associative(a, b, c):
    a, b, c = census(a), census(b), census(c)
    assert told((a + b) + c) == told(a + (b + c)) == told(add_up([a, b, c]))


@given(ROWS, ROWS)
def test_a_sum_is_the_census_of_all_rows(a, b):
    assert told(census(a) + census(b)) == told(census(a + b))


@given(TEXTS)
def test_cities_stand_in_the_order_of_code_points_with_their_sizes(rows):
    names, sizes, rising, first, last = told(census(rows))
    assert names == sorted(set(rows))
    assert sizes == [rows.count(name) for name in names]
    assert rising == (rows == sorted(rows))
    assert (first, last) == (rows[0], rows[-1])


@given(st.lists(ROWS, min_size=1, max_size=12))
def test_many_censuses_are_added_up_on_the_way(pieces):
    whole = told(census([row for piece in pieces for row in piece]))
    most, module._MOST = module._MOST, 3
    try:
        assert told(add_up(census(piece) for piece in pieces)) == whole
    finally:
        module._MOST = most


@given(TEXTS)
def test_codes_are_the_places_of_cities(rows):
    found = census(rows)
    codes = codes_of(pa.array(rows, pa.large_string()), found).to_pylist()
    assert [found.names[code].as_py() for code in codes] == rows


JOINED = load_mapping(OWN, CATALOG)
ALONE = load_mapping(
    {**OWN, "columns": {**OWN["columns"], "city": {"column": "commune", "recode": RECODE}}}, CATALOG
)


def test_a_city_joined_from_two_columns_is_read_row_by_row():
    table = own(60)
    texts = (table[name].to_pylist() for name in ("commune", "région"))
    expected = [f"{a} · {b}" for a, b in zip(*texts, strict=True)]
    assert city_texts(table, JOINED).to_pylist() == expected


def test_a_city_of_one_column_is_read_once_however_it_is_stored():
    table = own(200).select(["commune"])
    expected = ["yy" if name == "zz" else name for name in table["commune"].to_pylist()]
    coded = table.set_column(0, "commune", table["commune"].dictionary_encode())
    assert "yy" in expected
    assert city_texts(table, ALONE).to_pylist() == expected
    assert city_texts(coded, ALONE).to_pylist() == expected


def test_a_row_without_a_city_has_an_empty_one_until_rows_are_checked():
    rows = pa.table({"commune": pa.array(["Thiès", None, "  ", "Thiès"])})
    assert city_texts(rows, ALONE).to_pylist() == ["Thiès", "", "", "Thiès"]
    assert np.array_equal(census(city_texts(rows, ALONE).to_pylist()).sizes, [2, 2])
