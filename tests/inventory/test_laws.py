"""What holds of every inventory: numbers come back exactly, order is nothing, nothing is lost."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermcda.errors import InventoryError
from partnermcda.inventory import Reading, read_inventory, reading_of
from partnermcda.inventory.numerals import take_numerals, to_numbers
from tests.inventory.actors import CATALOG, actors, read

EXAMPLES = settings(max_examples=30, deadline=None)
GROUPS = {"point": ["", ",", " ", "\u202f", "'"], "comma": ["", ".", " ", "\u00a0", "'"]}
NUMBERS = st.decimals(0, 10**9, places=2, allow_nan=False)


def written(number, decimal, group):
    """A number with two decimals as people write it."""
    text = f"{number:,.2f}".replace(",", "_").replace(".", "," if decimal == "comma" else ".")
    return text.replace("_", group)


@st.composite
def columns(draw):
    decimal = draw(st.sampled_from(sorted(GROUPS)))
    numbers = draw(st.lists(NUMBERS, min_size=1, max_size=8))
    groups = [draw(st.sampled_from(GROUPS[decimal])) for _ in numbers]
    return numbers, [written(*part) for part in zip(numbers, [decimal] * 8, groups, strict=False)]


@EXAMPLES
@given(columns())
def test_numbers_in_any_style_come_back_exactly_where_the_file_proves_the_style(column):
    numbers, texts = column
    frame = read(len(texts), res_financial=texts)
    assert frame["res_financial"].tolist() == [float(number) for number in numbers]


@given(st.decimals(-(10**12), 10**12, places=2), st.sampled_from(sorted(GROUPS)), st.integers(0, 4))
def test_a_signed_number_in_any_style_is_that_number(number, decimal, group):
    text = written(number, decimal, GROUPS[decimal][group])
    texts = take_numerals(pa.array([text, f" {text} %"], pa.large_string()))
    assert to_numbers(texts, decimal).tolist() == [float(number)] * 2


@EXAMPLES
@given(st.lists(st.floats(0, 1e300), min_size=1, max_size=8))
def test_floats_come_back_to_the_last_bit_as_numbers_and_as_text(numbers):
    numbers = [number for number in numbers if number == 0 or number > 1e-300] or [0.5]
    assert read(len(numbers), res_financial=numbers)["res_financial"].tolist() == numbers
    texts = [repr(number) for number in numbers]
    frame = read(len(numbers), res_financial=texts, decimal="point")
    assert frame["res_financial"].tolist() == numbers


TABLE = actors(
    6,
    actor_type=["ngo", "ONG", "start-up", None, "Mairie", "ngo"],
    city=["Dakar", "Thiès", "Dakar", "Thiès", "Dakar", "Saint-Louis"],
    res_financial=["1.234", "1.234,5", "n/a", "€ 7", "0", ""],
    res_technical=["élevé", "2,5", "faible", "1", None, "5"],
    res_field_reach=["12 %", "0,5", "1", None, "0", "1"],
    sse=["oui", "non", None, "oui", "non", "oui"],
    power=["0,1", "0,2", "5 %", None, "1", "0"],
)
PLAIN = read_inventory(TABLE, CATALOG)


@EXAMPLES
@given(st.permutations(range(6)), st.permutations(range(len(TABLE.columns))))
def test_the_order_of_rows_and_columns_does_not_matter(rows, order):
    frame = read_inventory(TABLE.iloc[rows, order].reset_index(drop=True), CATALOG)
    expected = PLAIN.iloc[rows].set_axis(frame.index)
    pd.testing.assert_frame_equal(frame, expected, check_exact=True)


@EXAMPLES
@given(st.lists(st.sampled_from(["1", "2,5", "n/a", "", "12 %", "0"]), min_size=1, max_size=9))
def test_every_answer_is_counted_once(texts):
    frame = read(len(texts), dig_current_use=texts)
    for count in reading_of(frame).criteria:
        assert count.known + count.unknown == len(texts)
        assert count.known == frame[count.criterion].notna().sum()


@EXAMPLES
@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=6, unique=True))
def test_names_of_any_letters_are_kept(names):
    names = [name for name in names if not any("\ud800" <= c <= "\udfff" for c in name)]
    frame = read(len(names), actor=pd.Series(names, dtype=object)) if names else PLAIN
    assert len(frame) == (len(names) or 6)


def test_a_frame_carries_its_reading_through_pandas_and_through_parquet(tmp_path):
    reading = reading_of(PLAIN)
    assert isinstance(reading, Reading)
    assert reading_of(PLAIN.iloc[:2].copy()) == reading
    PLAIN.to_parquet(tmp_path / "checked.parquet")
    again = reading_of(pd.read_parquet(tmp_path / "checked.parquet"))
    assert (again.rows, again.criteria) == (reading.rows, reading.criteria)
    assert [note.text() for note in again.notes] == [note.text() for note in reading.notes]


def test_a_frame_of_ones_own_does_not_say_how_it_was_read():
    with pytest.raises(InventoryError, match="read_inventory"):
        reading_of(pd.DataFrame())


def test_reading_does_not_change_what_it_reads():
    before = TABLE.copy(deep=True)
    read_inventory(TABLE, CATALOG)
    pd.testing.assert_frame_equal(TABLE, before)


def test_rows_are_counted_as_the_user_counts_them(tmp_path):
    file = tmp_path / "actors.csv"
    TABLE.to_csv(file, index=False, sep=";")
    assert read_inventory(file, CATALOG).index.tolist() == [2, 3, 4, 5, 6, 7]
    assert PLAIN.index.tolist() == [1, 2, 3, 4, 5, 6]


def test_a_file_is_read_as_the_same_frame(tmp_path):
    for name in ("actors.csv", "actors.xlsx", "actors.parquet"):
        file = tmp_path / name
        {
            "actors.csv": lambda file: TABLE.to_csv(file, index=False, sep=";"),
            "actors.xlsx": lambda file: TABLE.to_excel(file, index=False),
            "actors.parquet": lambda file: TABLE.to_parquet(file),
        }[name](file)
        frame = read_inventory(file, CATALOG)
        pd.testing.assert_frame_equal(frame.set_axis(PLAIN.index), PLAIN)
        assert reading_of(frame).file == str(file)
        assert np.isnan(frame["res_financial"].iloc[2])
