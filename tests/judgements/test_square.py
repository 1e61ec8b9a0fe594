"""Square tables: names in the first row and the first column."""

import datetime

import numpy as np
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from partnermcda.judgements import Judgements
from tests.judgements.files import codes, note_codes, placed, read_faults, text_file, workbook
from tests.judgements.strategies import equal, judgements

READ = Judgements.read


def square(names, a, corner=""):
    """Rows of a square table, gaps left empty."""
    cells = [["" if x != x else x for x in row] for row in np.asarray(a).tolist()]
    rows = [[name, *row] for name, row in zip(names, cells, strict=True)]
    return [[corner, *names], *rows]


def table(upper, corner=""):
    """Rows of a table of three, the cells of which are given row by row."""
    return [
        [corner, "x", "y", "z"],
        *([name, *row] for name, row in zip("xyz", upper, strict=True)),
    ]


SOUND = [[1, 3, 5], ["1/3", 1, 2], ["1/5", "1/2", 1]]


@given(judgements(certain=True))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10, deadline=None
)
def test_what_is_written_to_a_workbook_is_read_back(tmp_path, given_):
    sheets = {
        f"{node} - {judge}": square(names, given_.matrices[node][k])
        for k, judge in enumerate(given_.judges)
        for node, names in given_.items.items()
    }
    assert equal(READ(workbook(tmp_path, sheets)), given_, exactly=False)


@given(judgements(most_judges=1, most_nodes=1, certain=True))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10, deadline=None
)
def test_what_is_written_to_a_text_file_is_read_back(tmp_path, given_):
    ((node, names),) = given_.items.items()
    rows = square(names, given_.matrices[node][0], node)
    said = READ(text_file(tmp_path, rows))
    assert dict(said.items) == {node: names}
    assert np.allclose(said.matrices[node], given_.matrices[node], equal_nan=True, rtol=1e-12)


def test_a_text_file_may_leave_the_corner_empty(tmp_path):
    said = READ(text_file(tmp_path, table(SOUND)))
    assert dict(said.items) == {"goal": ("x", "y", "z")}
    assert said.matrices["goal"][0, 2].tolist() == [0.2, 0.5, 1]
    assert note_codes(said) == []


@pytest.mark.parametrize("corner", ["Critère", "criteria", "Éléments"])
def test_a_corner_that_names_no_node_leaves_it_to_the_title(tmp_path, corner):
    assert list(READ(text_file(tmp_path, table(SOUND, corner))).items) == ["goal"]
    assert list(READ(workbook(tmp_path, {"Priorités": table(SOUND, corner)})).items) == [
        "Priorités"
    ]


@pytest.mark.parametrize("dash", [" - ", " – ", " · ", "|", " | "])
def test_a_title_may_name_node_and_judge(tmp_path, dash):
    sheets = {f"goal{dash}city": table(SOUND), f"goal{dash}ngo": table(SOUND)}
    said = READ(workbook(tmp_path, sheets))
    assert said.judges == ("city", "ngo")
    assert dict(said.items) == {"goal": ("x", "y", "z")}


def test_a_corner_names_the_node_and_the_title_the_judge(tmp_path):
    sheets = {"city": table(SOUND, "needs"), "ngo": table(SOUND, "needs")}
    said = READ(workbook(tmp_path, sheets))
    assert (said.judges, list(said.items)) == (("city", "ngo"), ["needs"])


@pytest.mark.parametrize("title", ["Sheet1", "Feuil1", "Feuille 1"])
def test_a_title_nobody_gave_names_nothing(tmp_path, title):
    said = READ(workbook(tmp_path, {title: table(SOUND)}))
    assert (said.judges, list(said.items)) == (("judge",), ["goal"])


def test_one_half_is_enough_and_is_noted(tmp_path):
    said = READ(text_file(tmp_path, table([["", "3", "5"], ["", "", "2"], ["", "", ""]])))
    whole = READ(text_file(tmp_path, table(SOUND)))
    assert equal(said, whole)
    assert note_codes(said) == ["one_half"]
    assert said.notes[0].details["count"] == 3


def test_pairs_empty_on_both_sides_were_not_asked(tmp_path):
    said = READ(text_file(tmp_path, table([["1", "3", ""], ["1/3", "1", "2"], ["", "1/2", "1"]])))
    assert np.isnan(said.matrices["goal"][0]).sum() == 2
    assert note_codes(said) == []


def test_rows_in_another_order_than_columns_are_aligned_by_name(tmp_path):
    rows = table(SOUND)
    turned = [rows[0], rows[3], rows[1], rows[2]]
    assert equal(READ(text_file(tmp_path, turned)), READ(text_file(tmp_path, rows)))


def test_rounded_reciprocals_are_exact_and_counted(tmp_path):
    rows = table([["1", "3", "0,17"], ["0,33", "1", "2"], ["6", "0.5", "1"]])
    said = READ(text_file(tmp_path, rows))
    assert said.matrices["goal"][0].tolist() == [[1, 3, 1 / 6], [1 / 3, 1, 2], [6, 0.5, 1]]
    assert note_codes(said) == ["rounded"]
    assert said.notes[0].details["count"] == 2


def test_halves_that_contradict_each_other_are_shown_both(tmp_path):
    rows = table([["1", "3", "5"], ["2", "1", "2"], ["0,18", "1/2", "1"]])
    found = read_faults(text_file(tmp_path, rows))
    assert codes(found) == ["reversed", "reversed"]
    assert (found[0].row, found[0].column) == (3, "x")
    assert "'y' over 'x' is 2 here, and 'x' over 'y' is 3 in row 2" in found[0].text()
    assert "'z' over 'x' is 0,18 here, and 'x' over 'z' is 5 in row 2" in found[1].text()


def test_each_fault_has_its_own_words_and_its_cell(tmp_path):
    rows = table([["2", "0", "plenty"], ["-1", "1", "inf"], ["", "", "1"]])
    found = read_faults(text_file(tmp_path, rows))
    assert placed(found) == [
        (2, "x", "diagonal"),
        (2, "y", "zero"),
        (2, "z", "text"),
        (3, "x", "negative"),
        (3, "z", "infinite"),
    ]


def test_a_fraction_that_excel_took_for_a_date_is_told(tmp_path):
    day = datetime.datetime(2026, 1, 3)
    path = tmp_path / "dates.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "goal"
    for row in table([[1, 3, 5], [day, 1, 2], [0.2, 0.5, 1]]):
        book.active.append([None if cell == "" else cell for cell in row])
    book.save(path)
    (found,) = read_faults(path)
    assert codes([found]) == ["date"]
    assert (found.sheet, found.row, found.column) == ("goal", 3, "x")


def test_faults_of_all_sheets_are_told_at_once(tmp_path):
    sheets = {
        "goal - city": table([[1, 0, 5], ["", 1, 2], ["", "", 1]]),
        "goal - ngo": table([[1, 2, 5], ["", 1, "much"], ["", "", 1]]),
    }
    found = read_faults(workbook(tmp_path, sheets))
    assert [(f.sheet, f.row) for f in found] == [("goal - city", 2), ("goal - ngo", 3)]


def test_names_of_rows_and_columns_must_be_the_same(tmp_path):
    rows = [["", "x", "y", "z"], ["x", 1, 2, 3], ["y", "", 1, 2], ["sum", 1.5, 3, 5]]
    found = read_faults(text_file(tmp_path, rows))
    assert codes(found) == ["row_alone", "column_alone"]
    rows = [["", "x", "y"], ["x", 1, 2], ["x", 1, 2], ["y", "", 1], ["", 3, 4]]
    assert codes(read_faults(text_file(tmp_path, rows))) == ["row_repeated", "row_nameless"]


def test_a_judge_whose_sheet_is_empty_answered_nothing(tmp_path):
    empty = table([["", "", ""]] * 3)
    sheets = {"goal - city": table(SOUND), "goal - ngo": empty, "sub - city": empty}
    (found,) = read_faults(workbook(tmp_path, sheets))
    assert codes([found]) == ["silent"]
    assert (found.details["judge"], found.sheet) == ("ngo", "goal - ngo")


def test_two_sheets_of_one_judge_on_one_node_are_told(tmp_path):
    sheets = {"goal - city": table(SOUND), "goal – city": table(SOUND)}
    assert codes(read_faults(workbook(tmp_path, sheets))) == ["sheet_repeated"]


def test_more_than_thirty_things_are_told(tmp_path):
    names = [f"c{j}" for j in range(31)]
    assert codes(read_faults(text_file(tmp_path, square(names, np.ones((31, 31)))))) == ["order"]
