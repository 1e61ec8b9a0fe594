"""Whether a file writes 3.5 or 3,5 is proven by the file or asked; it is never guessed."""

import pytest

from partnermcda.errors import InventoryError
from partnermcda.inventory import read_inventory
from tests.inventory.actors import CATALOG, actors, cells, faults, notes, read, told


def financial(**columns):
    frame = read(2, **columns)
    return frame["res_financial"].tolist()


@pytest.mark.parametrize("proof", ["3,5", "1.234,56", "0,123", "1.234.567", "1 234,5", "1,5e3"])
def test_a_decimal_comma_anywhere_settles_the_whole_file(proof):
    assert financial(res_financial=["1.234", "1"], res_human=[proof, "1"]) == [1234, 1]
    assert financial(res_financial=["1,234", "1"], res_human=[proof, "1"]) == [1.234, 1]


@pytest.mark.parametrize("proof", ["3.5", "1,234.56", "0.123", "1,234,567", "1'234.5", "1.5e3"])
def test_a_decimal_point_anywhere_settles_the_whole_file(proof):
    assert financial(res_financial=["1.234", "1"], res_human=[proof, "1"]) == [1.234, 1]
    assert financial(res_financial=["1,234", "1"], res_human=[proof, "1"]) == [1234, 1]


def test_what_was_settled_is_noted_with_its_reading():
    note = notes(read(2, res_financial=["1.234", "2.345"], res_human=["3,5", "1"]))
    settled = note["inventory.decimal_settled"]
    assert (settled.value, settled.row, settled.details["count"]) == ("1.234", 1, 2)
    assert settled.details["read"] == "1234"
    assert "1234" in settled.right("fr")


@pytest.mark.parametrize("written", ["1.234", "1,234", "12.345", "-12.345", "999,999"])
def test_a_column_that_nothing_settles_is_asked_about(written):
    (fault,) = faults(2, res_financial=[written, "7"], res_human=["1", "1 200"])
    assert (fault.code, fault.row, fault.value) == ("inventory.decimal_doubtful", 1, written)
    assert "--decimal" in fault.right("en")
    assert "--decimal" in fault.right("fr")


def test_every_doubtful_column_is_asked_about_once():
    found = faults(2, res_financial=["1.234", "2.345"], res_human=["1.234", "1"])
    assert [(f.code, f.column, f.details["count"]) for f in found] == [
        ("inventory.decimal_doubtful", "res_financial", 2),
        ("inventory.decimal_doubtful", "res_human", 1),
    ]


def test_other_faults_of_a_doubtful_column_are_told_too():
    found = faults(3, res_financial=["1.234", "-5", "x"])
    assert sorted(f.code for f in found) == [
        "inventory.decimal_doubtful",
        "inventory.impossible",
        "inventory.not_a_number",
    ]


@pytest.mark.parametrize(("decimal", "number"), [("point", 1.234), ("comma", 1234)])
def test_the_user_settles_it(decimal, number):
    assert financial(res_financial=["1.234", "1"], decimal=decimal) == [number, 1]


def test_a_number_of_the_other_kind_than_the_user_says_is_a_fault():
    found = faults(2, res_financial=["3,5", "1.234"], decimal="point")
    assert cells(found) == [("inventory.decimal_mixed", 1, "3,5")]


def test_where_a_file_proves_both_each_column_is_read_by_its_own_proof():
    frame = read(2, res_financial=["3,5", "1.234"], res_human=["3.5", "1,234"])
    assert frame["res_financial"].tolist() == [3.5, 1234]
    assert frame["res_human"].tolist() == [3.5, 1234]


def test_where_a_file_proves_both_a_column_without_proof_is_asked_about():
    columns = {"res_financial": ["3,5", "1"], "res_human": ["3.5", "1"]}
    (fault,) = faults(2, **columns, dig_deploy_months=["1.234", "1"])
    assert (fault.code, fault.column) == ("inventory.decimal_doubtful", "dig_deploy_months")


def test_cells_of_the_minority_in_a_mixed_column_are_faults():
    assert cells(faults(3, res_financial=["3,5", "1.5", "2.5"])) == [
        ("inventory.decimal_mixed", 1, "3,5")
    ]
    assert cells(faults(2, res_financial=["3,5", "1.5"])) == [("inventory.decimal_mixed", 1, "3,5")]


def test_numbers_that_are_numbers_already_prove_nothing():
    (fault,) = faults(2, res_financial=["1.234", "1"], res_human=[3.5, 1.0])
    assert fault.code == "inventory.decimal_doubtful"


def test_an_unknown_decimal_sign_is_refused():
    with pytest.raises(InventoryError) as refused:
        read_inventory(actors(1), CATALOG, decimal="dot")
    (fault,) = told(refused.value.findings)
    assert (fault.code, fault.value) == ("inventory.decimal_option", "dot")
