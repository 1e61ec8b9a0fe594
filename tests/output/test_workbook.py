"""An Excel result holds the ranking, those left out, and what it rests on; and runs nothing."""

import errno
import gc
import tempfile
import zipfile
from dataclasses import replace

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from xlsxwriter.worksheet import Worksheet

from partnermcda import load_catalog
from partnermcda.errors import OutputError
from partnermcda.output import as_json, ranking_document, workbook, write_ranking
from partnermcda.output.about import about_rows
from partnermcda.output.tables import result_writer
from partnermcda.ranking import COLUMNS
from partnermcda.weights import Weights

from .rankings import ODD, TEXT, ranking_of

CATALOG = load_catalog("urban-services")
SHEETS = {"en": ["ranking", "not_ranked", "about"], "fr": ["classement", "non_classés", "à_propos"]}
LEFT_OUT = [("Out", "role"), ("=Also", "no_evidence")]


def book_of(ranking, folder, **options):
    file = folder / "ranking.xlsx"
    write_ranking(ranking, file, **options)
    return openpyxl.load_workbook(file)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("books")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_sheets_are_named_in_the_readers_language(tmp_path, language):
    book = book_of(ranking_of(["A"]), tmp_path, language=language)
    assert book.sheetnames == SHEETS[language]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_columns_keep_their_names_in_every_language(tmp_path, language):
    sheet = book_of(ranking_of(["A"]), tmp_path, language=language).worksheets[0]
    assert tuple(cell.value for cell in sheet[1]) == COLUMNS
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:K2"
    assert sheet["E2"].number_format == "0.000"


def test_no_cell_of_text_is_anything_but_text(tmp_path):
    ranking = ranking_of(ODD, cities=ODD, left_out=[(name, "role") for name in ODD])
    book = book_of(ranking, tmp_path)
    for sheet, columns in ((book.worksheets[0], "ABCD"), (book.worksheets[1], "ABCE")):
        kinds = {cell.data_type for column in columns for cell in sheet[column]}
        links = {cell.hyperlink for column in columns for cell in sheet[column]}
        assert (kinds, links) == ({"s"}, {None})
    names = [unescape(cell.value) for cell in book.worksheets[1]["C"]][1:]
    assert sorted(names) == sorted(ODD)


@settings(max_examples=30)
@given(st.lists(TEXT, min_size=1, max_size=15))
def test_any_text_comes_back_from_excel(folder, names):
    ranking = ranking_of(names, cities=names)
    file = folder / "texts.xlsx"
    result_writer(ranking, ".xlsx")(file)
    cells = openpyxl.load_workbook(file).worksheets[0]["C"][1:]
    assert [unescape(cell.value) for cell in cells] == ranking.to_frame()["actor"].tolist()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_those_left_out_are_listed_with_the_reason_in_words(tmp_path, language):
    sheet = book_of(ranking_of(["A"], left_out=LEFT_OUT), tmp_path, language=language).worksheets[1]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("city", "actor_id", "actor", "actor_type", "reason")
    assert [row[2] for row in rows[1:]] == ["Out", "=Also"]
    assert not {row[4] for row in rows[1:]} & {"role", "no_evidence", None}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_last_sheet_says_what_the_ranking_rests_on(tmp_path, language):
    ranking = ranking_of(["A"], left_out=LEFT_OUT)
    sheet = book_of(ranking, tmp_path, catalog=CATALOG, language=language).worksheets[2]
    lines = {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if row[0]}
    assert lines[f"{CATALOG.label('res_human', language)} (res_human)"] == pytest.approx(1 / 3)
    assert 0.25 in lines.values()
    assert f"{CATALOG.orientation('balanced').label[language]} (balanced)" in lines.values()
    assert f"{CATALOG.label('res_technical', language)} (res_technical)" in lines
    assert f"urban-services {CATALOG.version}" in lines.values()
    assert 3 in lines.values()


def test_without_a_catalog_the_names_stand_for_themselves(tmp_path):
    sheet = book_of(ranking_of(["A"]), tmp_path).worksheets[2]
    assert "res_human" in {cell.value for cell in sheet["A"]}


@pytest.mark.parametrize(
    ("count", "language", "sheet"), [((3, 0), "en", "ranking"), ((1, 3), "fr", "non_classés")]
)
def test_more_rows_than_a_sheet_holds_are_refused_with_what_to_do(
    tmp_path, monkeypatch, count, language, sheet
):
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    ranking = ranking_of(["A"] * count[0], left_out=[("B", "role")] * count[1])
    with pytest.raises(OutputError, match=r"write \.parquet or \.csv") as caught:
        write_ranking(ranking, tmp_path / "a.xlsx", language=language)
    assert [finding.sheet for finding in caught.value.findings] == [sheet]
    assert list(tmp_path.iterdir()) == []


def test_the_limits_are_those_of_excel():
    assert (workbook.MOST_ROWS, workbook.LONGEST) == (2**20 - 1, 2**15 - 1)


@pytest.mark.parametrize(("text", "fits"), [("x" * 32_767, True), ("x" * 32_768, False)])
def test_a_text_longer_than_a_cell_is_refused_not_cut(tmp_path, text, fits):
    if fits:
        assert book_of(ranking_of([text]), tmp_path).worksheets[0]["C2"].value == text
        return
    with pytest.raises(OutputError, match="32768 characters"):
        write_ranking(ranking_of([text]), tmp_path / "a.xlsx")


def test_an_emoji_takes_two_places_of_a_cell(tmp_path):
    with pytest.raises(OutputError, match="32768 characters") as caught:
        write_ranking(ranking_of(["🚰" * 16_384] * 250), tmp_path / "a.xlsx")
    assert len(caught.value.findings) == 100
    assert caught.value.findings[-1].more == 150
    assert len(caught.value.findings[0].value) == 80


def test_nothing_in_the_archive_tells_the_time_it_was_made(tmp_path):
    write_ranking(ranking_of(["A"]), tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert {entry.date_time[:2] for entry in archive.infolist()} == {(1980, 1)}
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_no_folder_for_temporary_files_is_needed(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    write_ranking(ranking_of(["A"]), tmp_path / "a.xlsx")
    assert [file.name for file in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.parametrize("moment", ["write_string", "_assemble_xml_file"])
def test_a_full_disk_midway_leaves_nothing_behind_and_nothing_open(tmp_path, monkeypatch, moment):
    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(Worksheet, moment, full)
        with pytest.raises(OutputError, match="disk is full"):
            write_ranking(ranking_of(["A"]), tmp_path / "a.xlsx")
    gc.collect()  # what was left open would be reported here
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("language", "scale", "higher_is_better", "words"),
    [
        ("en", "fixed", True, "on a fixed scale from 0 to 1, the same in every city; the highest"),
        ("en", "observed", False, "measured by the actors compared; not to be held against those"),
        ("fr", "observed", False, "mesurées d'après les acteurs comparés"),
    ],
)
def test_it_says_what_scores_can_be_compared_with(
    tmp_path, language, scale, higher_is_better, words
):
    ranking = replace(ranking_of(["A"]), scale=scale, higher_is_better=higher_is_better)
    about = book_of(ranking, tmp_path, language=language).worksheets[2]
    said = [str(cell.value) for row in about.iter_rows() for cell in row if cell.value]
    (line,) = [text for text in said if text.startswith(words)]
    lowest = {"en": "the lowest is best", "fr": "la plus basse est la meilleure"}
    assert line.endswith(lowest[language]) is not higher_is_better


def test_weights_that_no_orientation_gave_are_told_with_the_file_they_are_from():
    weights = Weights(("res_human", "res_data"), np.ones(2), source="w.csv (sha256 ab)")
    given, judged = ranking_of(["A"], weights=weights), ranking_of(["A"])
    for language, words in (("en", "Weights from"), ("fr", "Poids tirés de")):
        lines = [line[1:] for line in about_rows(given, CATALOG, language)]
        assert (words, "w.csv (sha256 ab)") in lines
        assert words not in [line[1] for line in about_rows(judged, CATALOG, language) if line[1:]]
    told = ranking_document(given, CATALOG)
    assert (told.orientation, told.weights_from) == ("", "w.csv (sha256 ab)")
    assert ranking_document(judged, CATALOG).orientation == "balanced"
    assert "weights_from" not in as_json(ranking_document(judged, CATALOG))
