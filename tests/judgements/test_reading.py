"""Files of judgements: which shape they have, and whose names they use."""

import time

import numpy as np
import pandas as pd
import pytest

from partnermcda.catalog import load_catalog
from partnermcda.judgements import Judgements
from partnermcda.weighing.catalogs import catalog_names
from tests.judgements.files import codes, note_codes, placed, read_faults, text_file, workbook

READ = Judgements.read
LONG = [["a", "b", "value"], ["x", "y", 3]]
SQUARE = [["", "x", "y"], ["x", 1, 3], ["y", "1/3", 1]]
SURVEY = [["judge", "x vs y"], ["j", 3]]


@pytest.mark.parametrize("rows", [LONG, SQUARE, SURVEY], ids=["long", "square", "survey"])
def test_the_same_judgement_is_read_from_each_shape(tmp_path, rows):
    for path in (text_file(tmp_path, rows), workbook(tmp_path, {"goal": rows})):
        said = READ(path)
        assert said.matrices["goal"][0].tolist() == [[1, 3], [1 / 3, 1]]
        assert said.file == str(path)


def test_a_file_of_no_known_shape_tells_the_three(tmp_path):
    (found,) = read_faults(text_file(tmp_path, [["city", "score"], ["Thiès", "3"]]))
    assert codes([found]) == ["shape_unknown"]
    assert "city, score" in found.problem()
    for shape in ("columns a, b and value", "square table", "one column a pair"):
        assert shape in found.right()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"a;b;value\n", "no_rows"),
        (b"<html></html>", "tables.markup"),
        (b'a;b;value\nx;"y;3\n', "tables.quote"),
        (b"a;b;value\nx;y;3;4;5\nx;z;3\n", "tables.fields"),
        (b"a;b;b\nx;y;3\n", "tables.header_repeated"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "tables.old_workbook"),
    ],
)
def test_a_file_that_is_no_table_is_told_without_actors(tmp_path, content, code):
    path = tmp_path / "judgements.csv"
    path.write_bytes(content)
    found = read_faults(path)
    assert code in codes(found)
    assert not any("actor" in finding.text() for finding in found)


def test_a_file_that_is_not_there_is_told(tmp_path):
    assert codes(read_faults(tmp_path / "none.csv")) == ["tables.missing"]
    assert codes(read_faults(text_file(tmp_path, LONG), sheet="x")) == ["tables.sheet_unused"]


def test_parquet_is_read_as_well(tmp_path):
    path = tmp_path / "judgements.parquet"
    frame = pd.DataFrame({"judge": ["j", "k"], "a": "x", "b": "y", "value": [3.0, None]})
    frame.to_parquet(path)
    assert codes(read_faults(path)) == ["silent"]
    frame.fillna({"value": 0.25}).to_parquet(path)
    assert READ(path).matrices["goal"][:, 0, 1].tolist() == [3, 0.25]


def test_the_sheet_that_holds_judgements_is_read_and_the_others_are_told(tmp_path):
    notes = [["Questionnaire, round", "two"], ["Facilitator", "ngo"]]
    text = [["How to fill this in", "", ""], ["", "", "Compare pair by pair"]]
    path = workbook(tmp_path, {"about": notes, "help": text, "answers": SURVEY})
    said = READ(path)
    assert said.judges == ("j",)
    left = [note.details["names"] for note in said.notes if note.code == "tables.sheets_left"]
    assert sorted(left) == ["about", "help"]


def test_sheets_of_different_shapes_must_be_chosen_from(tmp_path):
    path = workbook(tmp_path, {"one": LONG, "two": SQUARE})
    assert codes(read_faults(path)) == ["sheet_choice"]
    assert list(READ(path, sheet="two").items) == ["two"]
    assert codes(read_faults(path, sheet="three")) == ["tables.sheet_unknown"]
    twice = workbook(tmp_path, {"one": LONG, "two": LONG}, "twice.xlsx")
    assert codes(read_faults(twice)) == ["sheet_choice"]


def test_hidden_sheets_are_left_and_told(tmp_path):
    path = workbook(tmp_path, {"goal": SQUARE, "old": SQUARE}, hidden={"old"})
    said = READ(path)
    assert list(said.items) == ["goal"]
    assert note_codes(said) == ["tables.sheets_left"]


def test_empty_sheets_and_titles_above_the_table_are_passed_over(tmp_path):
    path = workbook(tmp_path, {"empty": [], "goal": [["Round two"], [], *SQUARE]})
    said = READ(path)
    assert said.matrices["goal"][0, 0, 1] == 3
    assert note_codes(said) == ["tables.title_rows"]


def test_a_workbook_without_judgements_is_told(tmp_path):
    assert codes(read_faults(workbook(tmp_path, {"empty": []}))) == ["workbook_empty"]
    path = workbook(tmp_path, {"goal": [["a", "b", "value"]]})
    assert codes(read_faults(path)) == ["no_rows"]


@pytest.fixture(scope="module")
def names():
    return catalog_names(load_catalog("urban-services"))


def test_labels_of_a_catalog_are_read_in_both_languages(tmp_path, names):
    rows = [
        ["juge", "nœud", "a", "b", "valeur"],
        ["j", "Objectif", "Équité", "resources", "3"],
        ["j", "goal", "Motivations", "Equity alignment", "1/3"],
    ]
    rows[2][3] = "equity_alignment"
    said = READ(text_file(tmp_path, rows), names=names)
    assert list(said.items) == ["pillars"]
    assert "equity_alignment" in said.items["pillars"]


def test_unknown_names_are_told_with_the_nearest_and_their_row(tmp_path, names):
    rows = [
        ["juge", "nœud", "a", "b", "valeur"],
        ["j", "pilars", "resources", "motivations", "3"],
        ["j", "pillars", "resourcse", "motivation", "3"],
    ]
    found = read_faults(text_file(tmp_path, rows), names=names)
    assert [(row, code) for row, _, code in placed(found)] == [
        (2, "node_unknown"),
        (3, "item_unknown"),
        (3, "item_unknown"),
    ]
    assert all(f.details["nearest"] for f in found)


def test_the_node_is_found_by_what_is_compared(tmp_path, names):
    rows = [["judge", "resources vs motivations", "resources vs nonsense"], ["j", "3", "2"]]
    found = read_faults(text_file(tmp_path, rows), names=names)
    assert (codes(found), found[0].column) == (["apart"], "resources vs nonsense")
    said = READ(text_file(tmp_path, [row[:2] for row in rows]), names=names)
    assert list(said.items) == ["pillars"]
    square = [["", "resources", "motivations"], ["resources", 1, 3], ["motivations", "", 1]]
    assert list(READ(text_file(tmp_path, square), names=names).items) == ["pillars"]


def test_an_unknown_name_of_a_square_table_is_told_once(tmp_path, names):
    square = [["", "resources", "motivatoins"], ["resources", 1, 3], ["motivatoins", "", 1]]
    found = read_faults(workbook(tmp_path, {"Piliers": square}), names=names)
    assert codes(found) == ["item_unknown"]
    assert found[0].sheet == "Piliers"


def test_a_survey_of_thirty_judges_in_five_nodes_is_read_at_once(tmp_path):
    rng = np.random.default_rng(7)
    headers = [
        f"node {n}: c{n}{i} vs c{n}{j}" for n in range(5) for i in range(5) for j in range(i + 1, 5)
    ]
    answers = rng.choice([1, 2, 3, 5, 7, "1/3", "1/5"], (30, len(headers))).tolist()
    rows = [["respondent", *headers], *([f"judge {k}", *row] for k, row in enumerate(answers))]
    path = workbook(tmp_path, {"answers": rows})
    READ(path)
    start = time.perf_counter()
    said = READ(path)
    assert time.perf_counter() - start < 1
    assert {a.shape for a in said.matrices.values()} == {(30, 5, 5)}
