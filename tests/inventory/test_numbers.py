"""Numbers are read as people write them, or the cell is told; nothing is guessed or dropped."""

import datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from partnermcda.inventory import reading_of
from tests.inventory.actors import cells, faults, notes, read


def column(frame, name):
    return frame[name].tolist()


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12", 12.0),
        ("-0", 0.0),
        ("+7", 7.0),
        (" 12 ", 12.0),
        ("1 200", 1200.0),
        ("1\u00a0200", 1200.0),
        ("1\u202f200", 1200.0),
        ("1'200", 1200.0),
        ("1’200", 1200.0),
        ("1.5e3", 1500.0),
        ("1.234e2", 123.4),
        ("0.123", 0.123),
        (".5", 0.5),
        ("12345.678", 12345.678),
        ("1 234.567", 1234.567),
        ("1,234.56", 1234.56),
        ("1,234,567", 1234567.0),
        ("3,5", 3.5),
        ("0,123", 0.123),
        ("1.234,56", 1234.56),
        ("1 234,5", 1234.5),
        ("1.234.567", 1234567.0),
        ("1,5E+2", 150.0),
    ],
)
def test_a_number_that_can_be_read_in_one_way_is_read_so(written, number):
    assert column(read(1, res_human=[written]), "res_human") == [number]


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", "n/a", "NA", "nd", "N.D.", "nc", "-", "–", "?", "inconnu", "Unknown"),
        *("none", "null", "so", "s.o.", "nan", "non renseigné"),
    ],
)
def test_words_for_not_known_are_not_known_and_counted(written):
    frame = read(2, res_human=[written, "3"])
    assert np.isnan(frame["res_human"].iloc[0])
    assert frame["res_human"].iloc[1] == 3
    counted = [c for c in reading_of(frame).criteria if c.criterion == "res_human"]
    assert (counted[0].known, counted[0].unknown) == (1, 1)
    assert ("inventory.unknown_written" in notes(frame)) == bool(written.strip())


@pytest.mark.parametrize(
    "written",
    ["abc", "12 apples", "1.2.3", "1,23,4", "12/05", "1..2", "--3", "0x1F", "1_000", "e5"],
)
def test_text_where_numbers_belong_is_told_with_the_value_and_the_unit(written):
    (fault,) = faults(2, res_human=["1", written])
    assert (fault.code, fault.row, fault.value) == ("inventory.not_a_number", 2, written)
    assert "full-time" in fault.right("en")
    assert "temps plein" in fault.right("fr")


def test_a_percentage_is_a_share_or_points_and_counted():
    frame = read(2, res_field_reach=["12 %", "0.5"], dig_current_use=["12%", "50"])
    assert column(frame, "res_field_reach") == [0.12, 0.5]
    assert column(frame, "dig_current_use") == [12, 50]
    assert notes(frame)["inventory.percent_share"].details["count"] == 1
    assert notes(frame)["inventory.percent_points"].details["count"] == 1


def test_a_percentage_elsewhere_is_a_fault():
    assert cells(faults(2, res_human=["12 %", "3"])) == [("inventory.percent", 1, "12 %")]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("€ 1 200", "EUR"),
        ("1 200 EUR", "EUR"),
        ("1,200.00 €", "EUR"),
        ("$1,200.00", "$"),
        ("US$ 1200", "USD"),
        ("£1200", "GBP"),
        ("R$ 1.200,00", "BRL"),
        ("1 200 F CFA", "CFA"),
        ("1200 FCFA", "CFA"),
        ("XOF 1200", "CFA"),
        ("UGX 1200", "UGX"),
        ("-€1200", "EUR"),
    ],
)
def test_a_currency_is_set_aside_and_told(written, code):
    sign = "-" if written.startswith("-") else ""
    if sign:
        assert [f.code for f in faults(1, res_financial=[written])] == ["inventory.impossible"]
        return
    frame = read(1, res_financial=[written])
    assert column(frame, "res_financial") == [1200]
    assert notes(frame)["inventory.currency_set_aside"].details["found"] == f"{code} (1)"


def test_two_currencies_in_a_column_are_a_fault():
    (fault,) = faults(3, res_financial=["€ 100", "R$ 100", "100"])
    assert fault.code == "inventory.mixed_currencies"
    assert fault.details["found"] == "BRL (1), EUR (1)"
    assert fault.column == "res_financial"


def test_a_currency_where_no_money_belongs_is_a_fault():
    assert cells(faults(1, res_human=["€ 3"])) == [("inventory.currency", 1, "€ 3")]


def test_two_currencies_on_one_amount_are_no_number():
    assert [f.code for f in faults(1, res_financial=["€ 3 USD"])] == ["inventory.not_a_number"]


@pytest.mark.parametrize("written", ["1e400", "-1e400", "1e-400"])
def test_a_number_float64_cannot_hold_is_a_fault(written):
    assert cells(faults(1, res_financial=[written])) == [("inventory.beyond", 1, written)]


@pytest.mark.parametrize("value", [np.inf, -np.inf])
def test_infinity_is_a_fault_told_once(value):
    found = faults(2, res_financial=[1.0, value])
    assert [(f.code, f.row) for f in found] == [("inventory.infinite", 2)]


def test_whole_numbers_float64_cannot_tell_apart_are_a_fault():
    large = 2**53 + 1
    integers = pd.array([1, large], dtype="Int64")
    huge = pd.Series([1, 10**400], dtype=object)
    for values in ([1, large], ["1", large], ["1", str(large)], integers, huge):
        found = faults(2, res_financial=pd.Series(values))
        assert [(f.code, f.row) for f in found] == [("inventory.beyond_exact", 2)]
    assert column(read(2, res_financial=[1, 2**53 - 1]), "res_financial")[1] == 2**53 - 1


@pytest.mark.parametrize(
    "values",
    [
        np.array([1, 2, 3], dtype="uint8"),
        np.array([1, 2, 3], dtype="float32"),
        pd.array([1, 2, 3], dtype="Int64"),
        pd.array([1, 2, 3], dtype="Float64"),
        pd.array([1, 2, 3], dtype="int64[pyarrow]"),
        pd.array([Decimal(1), Decimal(2), Decimal(3)], dtype=object),
        [1, 2.0, Decimal(3)],
        ["1", 2, 3.0],
        pd.Categorical([1, 2, 3]),
        pd.Categorical(["1", "2", "3"]),
    ],
)
def test_numbers_of_every_type_are_the_same_numbers(values):
    assert column(read(res_human=pd.Series(values)), "res_human") == [1, 2, 3]


@pytest.mark.parametrize(
    "values",
    [
        [1.0, None, np.nan],
        [1, None, pd.NA],
        ["1", None, ""],
        pd.array([1, None, None], dtype="Int64"),
        pd.array([1, None, None], dtype="int64[pyarrow]"),
        [Decimal(1), Decimal("NaN"), pd.NaT],
    ],
)
def test_an_empty_cell_of_every_type_is_not_known(values):
    assert read(res_human=pd.Series(values))["res_human"].isna().tolist() == [False, True, True]


@pytest.mark.parametrize(
    "value",
    [
        datetime.datetime(2021, 1, 1),
        datetime.date(2021, 1, 1),
        datetime.time(12, 30),
        datetime.timedelta(days=1),
        pd.Timestamp("2021-01-01"),
        np.datetime64("2021-01-01"),
        pd.Period("2021-01"),
    ],
)
def test_dates_are_no_numbers(value):
    for values in ([value, value], [1.0, value]):
        found = faults(2, res_human=pd.Series(values, dtype=object))
        assert {f.code for f in found} == {"inventory.date"}
        assert len(found) == sum(not isinstance(v, float) for v in values)


def test_a_column_of_dates_is_told_cell_by_cell():
    found = faults(3, res_human=pd.to_datetime(["2021-01-01", None, "2021-01-02"]))
    assert [(f.code, f.row) for f in found] == [("inventory.date", 1), ("inventory.date", 3)]


def test_true_and_false_are_numbers_only_on_a_scale_of_0_and_1():
    frame = read(3, res_field_reach=[True, False, None])
    assert column(frame, "res_field_reach")[:2] == [1, 0]
    assert notes(frame)["inventory.booleans_read"].details["count"] == 2
    assert [f.code for f in faults(2, res_human=[True, 2])] == ["inventory.boolean"]
    assert len(faults(2, res_human=pd.array([True, False], dtype="boolean"))) == 2


def test_complex_numbers_and_lists_are_no_answers():
    assert [f.code for f in faults(1, res_human=[1 + 2j])] == ["inventory.no_value"]
    assert [f.code for f in faults(2, res_human=[[1], 2])] == ["inventory.no_value"]
    nested = pd.array([[1], [2]], dtype=pd.ArrowDtype(pa.list_(pa.int64())))
    assert len(faults(2, res_human=nested)) == 2


def test_half_a_character_is_no_answer():
    broken = pd.Series(["\ud800", "2"], dtype=object)
    assert [f.code for f in faults(2, res_human=broken)] == ["inventory.no_value"]


@pytest.mark.parametrize(
    ("word", "likert"),
    [
        *(("very high", 5), ("très élevé", 5), ("ÉLEVÉE", 4), ("moyen", 3), ("faible", 2)),
        *(("VL", 1), ("very_low", 1), ("2.5", 2.5), ("2,5", 2.5), ("4", 4)),
    ],
)
def test_words_are_steps_of_a_likert_scale(word, likert):
    assert column(read(1, res_technical=[word]), "res_technical") == [likert]


def test_a_word_that_is_no_step_is_told_with_the_words_there_are():
    (fault,) = faults(1, res_technical=["superb"])
    assert fault.code == "inventory.not_a_rating"
    assert "very high (5)" in fault.right("en")
    assert "très élevé (5)" in fault.right("fr")


def test_a_word_elsewhere_is_told_with_the_unit():
    (fault,) = faults(1, dig_deploy_months=["high"])
    assert fault.code == "inventory.not_a_number"
    assert "months" in fault.right("en")
    assert "mois" in fault.right("fr")


def test_an_amount_plainly_in_another_unit_is_noted():
    amounts = [1.0, 2.0, 3.0, 4e6, np.nan]
    note = notes(read(5, res_financial=amounts))["inventory.other_unit"]
    assert (note.row, note.value, note.details["count"]) == (4, "4000000", 1)
    assert "inventory.other_unit" not in notes(read(5, dig_deploy_months=amounts))
    assert "inventory.other_unit" not in notes(read(4, res_financial=[1.0, 2.0, 3.0, 2.4e6]))


def test_at_most_100_cells_of_a_column_are_listed_and_the_rest_counted():
    found = faults(250, res_human=["x"] * 250)
    assert len(found) == 100
    assert found[-1].more == 150
    assert sum(f.more for f in found) == 150
    impossible = faults(250, res_human=[-1.0] * 250)
    assert (len(impossible), impossible[-1].more) == (100, 150)


def test_all_faults_of_a_file_are_told_together():
    found = faults(
        3,
        res_human=["x", "1", "2"],
        res_technical=[6, 1, 2],
        eq_tariff_ratio=[0.0, 1, 2],
        colour=["red"] * 3,
    )
    assert {f.code for f in found} == {
        "inventory.not_a_number",
        "inventory.impossible",
        "inventory.unknown_column",
    }
    assert len(found) == 4


@pytest.mark.parametrize("name", ["actor_id", "res_human"])
def test_a_decimal_that_raises_when_it_is_read_is_a_fault_of_its_cell(name):
    found = faults(2, **{name: [Decimal("sNaN"), Decimal("7")]})
    assert cells(found) == [("inventory.no_value", 1, "sNaN")]
