"""Survey exports: one row a respondent, one column a pair."""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnermcda.errors import MethodError
from partnermcda.judgements import Judgements
from partnermcda.judgements.survey import signed_ratio
from tests.judgements.files import (
    codes,
    note_codes,
    placed,
    read_faults,
    text_file,
    workbook,
)
from tests.judgements.strategies import equal, judgements

READ = Judgements.read


def survey(given_):
    """Rows of a survey in which everybody was asked every pair of every node."""
    columns = [
        (node, a, b)
        for node, names in given_.items.items()
        for i, a in enumerate(names)
        for b in names[i + 1 :]
    ]
    rows = [["respondent", *(f"{node}: {a} vs {b}" for node, a, b in columns)]]
    for k, judge in enumerate(given_.judges):
        cells = [judge]
        for node, a, b in columns:
            names = given_.items[node]
            place = (k, names.index(a), names.index(b))
            cells.append(
                bounds(*(x[node][place] for x in (given_.low, given_.matrices, given_.high)))
            )
        rows.append(cells)
    return rows


def bounds(low, mode, high):
    """One cell."""
    if math.isnan(mode):
        return ""
    return float(mode) if low == high else f"[{float(low)}; {float(mode)}; {float(high)}]"


@given(judgements())
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10, deadline=None
)
def test_what_is_written_is_read_back(tmp_path, given_):
    rows = survey(given_)
    assert equal(READ(workbook(tmp_path, {"answers": rows})), given_, exactly=False)
    texts = [[repr(c) if isinstance(c, float) else c for c in row] for row in rows]
    assert equal(READ(text_file(tmp_path, texts)), given_)


@pytest.mark.parametrize(
    "headers",
    [
        ["cost vs reach", "cost vs speed", "reach vs speed"],
        ["cost VS. reach", "cost versus speed", "reach contre speed"],
        ["cost / reach", "cost/speed", "reach / speed"],
        ["cost|reach", "cost | speed", "reach | speed"],
        ["cost_reach", "cost_speed", "reach_speed"],
    ],
)
def test_pairs_are_named_in_several_ways(tmp_path, headers):
    said = READ(text_file(tmp_path, [["name", *headers], ["ngo", "3", "1/2", "1"]]))
    assert dict(said.items) == {"goal": ("cost", "reach", "speed")}
    assert said.matrices["goal"][0, 0].tolist() == [1, 3, 0.5]


def test_underlines_inside_names_are_told_from_those_between_them(tmp_path):
    headers = ["res_human_res_data", "res_human_cost", "res_data_cost"]
    said = READ(text_file(tmp_path, [["id", *headers], ["7", "3", "1/2", "1"]]))
    assert said.items["goal"] == ("res_human", "res_data", "cost")


def test_a_header_that_is_several_pairs_is_doubtful(tmp_path):
    headers = ["a_b_c", "a_b", "b_c", "a_c"]
    found = read_faults(text_file(tmp_path, [["id", *headers], ["7", "3", "2", "1", "1"]]))
    assert codes(found) == ["doubtful"]
    assert found[0].column == "a_b_c"


@pytest.mark.parametrize("header", ["a_x", "x_a"])
def test_a_column_of_judgements_with_a_name_nobody_knows_is_doubtful(tmp_path, header):
    rows = [["id", "a_b", "b_c", "a_c", header], ["7", "3", "2", "1", "1/3"]]
    (found,) = read_faults(text_file(tmp_path, rows))
    assert (codes([found]), found.column) == (["doubtful"], header)


def test_columns_that_are_no_pairs_are_passed_over_and_told(tmp_path):
    rows = [
        ["Date/Heure", "E-mail", "ip_address", "a/b", "a/c", "b/c", "Remarks"],
        ["2026-04-03 10:00", "x@y.org", "1", "3", "1/2", "1", "fine"],
    ]
    said = READ(text_file(tmp_path, rows))
    assert said.judges == ("x@y.org",)
    assert note_codes(said) == ["unread"]
    assert said.notes[0].details["names"] == "Date/Heure, ip_address, Remarks"


@pytest.mark.parametrize(
    ("header", "judge"), [("Répondant", "b"), ("Code postal", "a"), ("nom", "b")]
)
def test_the_respondent_is_the_column_called_so_or_else_the_first(tmp_path, header, judge):
    rows = [["Ville", header, "x vs y"], ["a", "b", "3"]]
    assert READ(text_file(tmp_path, rows)).judges == (judge,)


def test_respondents_without_a_name_are_called_by_their_rows(tmp_path):
    said = READ(text_file(tmp_path, [["x vs y", "x vs z"], ["3", "2"], ["1/3", "1"]]))
    assert said.judges == ("2", "3")
    assert note_codes(said) == ["rows_as_judges"]


def test_a_respondent_who_answered_nothing_is_told_with_the_row(tmp_path):
    rows = [["judge", "x vs y"], ["a", "3"], ["b", ""], ["c", "2"], ["", "2"]]
    found = read_faults(text_file(tmp_path, rows))
    assert placed(found) == [(3, "", "silent"), (5, "judge", "missing")]
    silent = next(f for f in found if f.row == 3)
    assert "the judge 'b' answered nothing; remove the judge, or ask again" in silent.text()


def test_each_fault_has_its_own_words_and_its_cell(tmp_path):
    rows = [
        ["judge", "x vs y", "y vs x", "x vs z", "y vs z"],
        ["a", "0", "", "inf", "much"],
        ["b", "3", "2", "3/0", "2-4"],
        ["c", "3", "1/3", "3", ""],
    ]
    found = read_faults(text_file(tmp_path, rows))
    assert placed(found) == [
        (2, "x vs y", "zero"),
        (2, "x vs z", "infinite"),
        (2, "y vs z", "text"),
        (3, "x vs z", "infinite"),
        (3, "y vs x", "reversed_columns"),
        (3, "y vs z", "dash"),
    ]
    both = next(f for f in found if f.column == "y vs x")
    assert "'y' over 'x' is 2 here, and 'x' over 'y' is 3 in column 'x vs y'" in both.text()


def test_one_pair_asked_twice_in_one_row_may_contradict_itself(tmp_path):
    rows = [["judge", "x vs y", "x / y"], ["a", "3", "2"], ["b", "3", "3"]]
    (found,) = read_faults(text_file(tmp_path, rows))
    assert codes([found]) == ["contradiction_columns"]


def test_one_respondent_in_two_rows_may_contradict_themself(tmp_path):
    rows = [["judge", "x vs y"], ["a", "3"], ["a", "1/3"]]
    (found,) = read_faults(text_file(tmp_path, rows))
    assert (codes([found]), found.row, found.details["other_row"]) == (["contradiction"], 3, 2)


def test_negative_numbers_are_asked_about_and_never_guessed(tmp_path):
    rows = [["judge", "x vs y", "x vs z"], ["a", "3", "-5"], ["b", "-2", "1"]]
    (found,) = read_faults(text_file(tmp_path, rows))
    assert codes([found]) == ["sign"]
    assert (found.row, found.column, found.details["count"]) == (3, "x vs y", 2)


@pytest.mark.parametrize(("negative", "first"), [("first", 5), ("second", 1 / 5)])
def test_the_sign_says_which_side_counts_more(tmp_path, negative, first):
    rows = [["judge", "x vs y", "x vs z", "y vs z"], ["a", "-5", "5", "-1"]]
    said = READ(text_file(tmp_path, rows), negative=negative)
    assert said.matrices["goal"][0, 0].tolist() == [1, first, 1 / first]
    assert said.matrices["goal"][0, 1, 2] == 1
    assert note_codes(said) == [f"signed_{negative}"]


@given(st.floats(1, 1e6), st.sampled_from(["first", "second"]))
def test_signs_mirror_each_other(value, side):
    other = {"first": "second", "second": "first"}[side]
    assert signed_ratio(value, side)[:3] == signed_ratio(-value, other)[:3]
    assert signed_ratio(-value, side).mode == pytest.approx(1 / signed_ratio(value, side).mode)


@given(st.floats(-1, 1, exclude_min=True, exclude_max=True))
def test_signed_numbers_between_minus_one_and_one_mean_nothing(value):
    code = "judgements.zero_signed" if value == 0 else "judgements.unsigned"
    assert signed_ratio(value, "first").code == code


def test_what_says_the_side_by_itself_is_refused_in_a_signed_survey(tmp_path):
    rows = [["judge", *(f"x vs {name}" for name in "abcdef")]]
    rows += [["j", "1/3", "0", "strongly", "2..4", "-0,5", "inf"]]
    found = read_faults(text_file(tmp_path, rows), negative="first")
    assert sorted(codes(found)) == ["unsigned"] * 5 + ["zero_signed"]


def test_a_meaning_of_signs_is_refused_where_there_is_no_survey(tmp_path):
    rows = [["a", "b", "value"], ["x", "y", "3"]]
    found = read_faults(text_file(tmp_path, rows), negative="first")
    assert codes(found) == ["sign_unused"]


def test_there_are_only_two_sides(tmp_path):
    path = text_file(tmp_path, [["judge", "x vs y"], ["a", "3"]])
    with pytest.raises(MethodError, match="no side 'left'"):
        READ(path, negative="left")


def test_words_and_dates_of_a_survey_are_read_or_refused(tmp_path):
    rows = [["juge", "x vs y"], ["a", "modérément moins important"], ["b", "03-janv"]]
    (found,) = read_faults(text_file(tmp_path, rows, encoding="cp1252"))
    assert (codes([found]), found.row) == (["date"], 3)
    said = READ(text_file(tmp_path, rows[:2], encoding="cp1252"))
    assert said.matrices["goal"][0, 0, 1] == pytest.approx(1 / 3)
    assert note_codes(said) == ["tables.encoding_read"]


def test_a_name_may_hold_a_colon_or_come_behind_a_node(tmp_path):
    rows = [
        ["judge", "E: a vs C", "E: a vs D", "C vs D", "need: u vs v"],
        ["j", "2", "2", "1", "3"],
    ]
    said = READ(text_file(tmp_path, rows))
    assert dict(said.items) == {"goal": ("E: a", "C", "D"), "need": ("u", "v")}


def test_order_of_columns_is_order_of_things(tmp_path):
    rows = [["judge", "z vs y", "z vs x"], ["j", "2", ""], ["k", "2", "3"]]
    said = READ(text_file(tmp_path, rows))
    assert said.items["goal"] == ("z", "y", "x")
    assert np.isnan(said.matrices["goal"][0, 0, 2])
