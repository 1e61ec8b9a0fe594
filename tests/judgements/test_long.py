"""Long tables: one row a judgement."""

import pytest
from hypothesis import HealthCheck, given, settings

from partnermcda.judgements import Judgements
from tests.judgements.files import codes, note_codes, placed, read_faults, text_file, workbook
from tests.judgements.strategies import equal, judgements

HEADER = ["judge", "node", "a", "b", "value"]


def rows_of(given_):
    """Rows of a long table, with bounds in columns of their own."""
    rows = [[*HEADER, "low", "high"]]
    for k, judge in enumerate(given_.judges):
        for node, names in given_.items.items():
            low, mode, high = (x[node][k] for x in (given_.low, given_.matrices, given_.high))
            for i, a in enumerate(names):
                for j in range(i + 1, len(names)):
                    certain = low[i, j] == high[i, j]
                    ends = ["", ""] if certain else [low[i, j], high[i, j]]
                    value = "" if mode[i, j] != mode[i, j] else mode[i, j]
                    rows.append([judge, node, a, names[j], value, *(ends if value else ["", ""])])
    return rows


@given(judgements())
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10, deadline=None
)
def test_what_is_written_is_read_back(tmp_path, given_):
    rows = rows_of(given_)
    texts = [[c if isinstance(c, str) else repr(float(c)) for c in row] for row in rows]
    assert equal(Judgements.read(text_file(tmp_path, texts)), given_)
    book = workbook(tmp_path, {"answers": rows})
    assert equal(Judgements.read(book), given_, exactly=False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_french_headers_and_words_are_read_in_any_usual_encoding(tmp_path, encoding):
    rows = [
        ["Répondant", "Nœud", "Critère A", "Critère B", "Jugement"],
        ["Régie des eaux", "Priorités", "Coût", "Équité", "modérément plus important"],
        ["Régie des eaux", "Priorités", "Coût", "Portée", "0,5"],
        ["ONG", "Priorités", "Équité", "Portée", "très fortement moins important"],
    ]
    said = Judgements.read(text_file(tmp_path, rows, encoding=encoding))
    assert said.judges == ("Régie des eaux", "ONG")
    assert said.items["Priorités"] == ("Coût", "Équité", "Portée")
    assert said.matrices["Priorités"][0, 0].tolist() == [1, 3, 0.5]
    assert said.matrices["Priorités"][1, 2, 1] == 7


def test_judge_and_node_may_be_left_out(tmp_path):
    said = Judgements.read(text_file(tmp_path, [["a", "b", "value"], ["x", "y", "1/3"]]))
    assert said.judges == ("judge",)
    assert dict(said.items) == {"goal": ("x", "y")}


def test_bounds_may_stand_alone(tmp_path):
    said = Judgements.read(
        text_file(tmp_path, [["a", "b", "min", "max", "valeur"], ["x", "y", "1", "4", ""]])
    )
    assert said.matrices["goal"][0, 0, 1] == 2
    assert said.high["goal"][0, 1, 0] == 1


def test_an_empty_value_was_not_asked_and_its_things_are_known(tmp_path):
    rows = [HEADER, ["j", "n", "x", "y", "2"], ["j", "n", "x", "z", ""]]
    said = Judgements.read(text_file(tmp_path, rows))
    assert said.items["n"] == ("x", "y", "z")
    assert note_codes(said) == []


def test_columns_of_no_use_are_told(tmp_path):
    rows = [["a", "b", "value", "comment"], ["x", "y", "2", "sure"]]
    said = Judgements.read(text_file(tmp_path, rows))
    assert note_codes(said) == ["unread"]
    assert said.notes[0].details["names"] == "comment"


def test_every_fault_of_a_file_is_told_with_row_column_and_value(tmp_path):
    rows = [
        HEADER,
        ["j", "n", "x", "y", "0"],
        ["j", "n", "x", "z", "-3"],
        ["j", "n", "y", "z", "inf"],
        ["j", "n", "x", "w", "plenty"],
        ["j", "n", "x", "x", "2"],
        ["j", "n", "", "y", "2"],
        ["j", "n", "v", "w", "3"],
        ["j", "n", "w", "v", "2"],
        ["j", "n", "v", "u", "3"],
        ["j", "n", "v", "u", "4"],
        ["k", "n", "x", "y", ""],
    ]
    found = read_faults(text_file(tmp_path, rows))
    assert placed(found) == [
        (2, "value", "zero"),
        (3, "value", "negative"),
        (4, "value", "infinite"),
        (5, "value", "text"),
        (6, "value", "diagonal"),
        (7, "a", "missing"),
        (9, "value", "reversed"),
        (11, "value", "contradiction"),
        (12, "", "silent"),
    ]
    (both,) = [finding for finding in found if finding.row == 11]
    assert "'v' over 'u' is 4 here, and 3 in row 10" in both.text()


def test_one_name_spelled_in_two_ways_is_told_once(tmp_path):
    rows = [
        HEADER,
        ["ONG", "n", "Coût", "Portée", "2"],
        ["Ong", "n", "cout", "Délai", "2"],
        ["Ong", "n", "cout", "Portée", "2"],
    ]
    found = read_faults(text_file(tmp_path, rows))
    assert codes(found) == ["spelling", "spelling"]
    assert {(f.details["name"], f.details["other"]) for f in found} == {
        ("Ong", "ONG"),
        ("cout", "Coût"),
    }


def test_composed_and_decomposed_letters_are_the_same_name(tmp_path):
    rows = [HEADER, ["j", "n", "Coût", "b", "2"], ["j", "n", "Cou\u0302t", "c", "2"]]
    assert Judgements.read(text_file(tmp_path, rows)).items["n"] == ("Coût", "b", "c")


def test_two_columns_of_one_meaning_are_told(tmp_path):
    rows = [["a", "b", "value", "Jugement"], ["x", "y", "2", "3"]]
    found = read_faults(text_file(tmp_path, rows))
    assert codes(found) == ["column_twice"]
    assert found[0].column == "Jugement"


def test_one_bound_without_the_other_is_told(tmp_path):
    rows = [["a", "b", "value", "low", "high"], ["x", "y", "2", "1", ""]]
    assert codes(read_faults(text_file(tmp_path, rows))) == ["one_bound"]


def test_the_same_judgement_twice_is_noted(tmp_path):
    rows = [HEADER, ["j", "n", "x", "y", "2"], ["j", "n", "y", "x", "0,5"]]
    assert note_codes(Judgements.read(text_file(tmp_path, rows))) == ["repeated"]


def test_judgements_beyond_the_scale_are_noted(tmp_path):
    rows = [HEADER, ["j", "n", "x", "y", "90"], ["j", "n", "y", "z", "1/9"]]
    said = Judgements.read(text_file(tmp_path, rows))
    assert note_codes(said) == ["beyond"]
    assert said.notes[0].details["count"] == 1
