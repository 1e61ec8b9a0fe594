"""A ranking written as CSV, Parquet or JSON is read back by others as the same ranking."""

import csv
import io
import json

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermcda.errors import OutputError
from partnermcda.output import RankingDocument, tables, write_ranking
from partnermcda.output.comparison import read_result
from partnermcda.output.tables import result_writer
from partnermcda.ranking import COLUMNS

from .rankings import DANGEROUS, ODD, TEXT, ranking_of, texts

FORMATS = [".csv", ".parquet", ".xlsx", ".json"]
ADDED = "'"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("results")


def written(ranking, folder, suffix):
    file = folder / f"ranking{suffix}"
    result_writer(ranking, suffix)(file)
    return file


def rows_of_csv(file):
    return list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8"), newline="")))


def runs(text):
    """Whether a spreadsheet would take a text for a formula, as OWASP describes it."""
    bare = text.lstrip(" '\"\u00a0\u200b\u200e\u200f\ufeff\v\f\n")
    return bare.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_columns_are_those_of_the_contract(folder, suffix):
    assert tuple(read_result(written(ranking_of(["A"]), folder, suffix))) == COLUMNS


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_is_written_is_what_was_ranked(folder, suffix):
    ranking = ranking_of(["A", "B", "C"], types=["ngo", "", "sse"], cities=["Pune", "Lima", "Pune"])
    back = read_result(written(ranking, folder, suffix))
    expected = ranking.to_frame().astype(dict.fromkeys(COLUMNS[:4], object))
    # Excel holds 16 digits of a number.
    exact = suffix != ".xlsx"
    pd.testing.assert_frame_equal(
        back, expected, check_dtype=False, check_exact=exact, rtol=1e-15, atol=0
    )


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".json"])
@given(scores=st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_every_bit_of_a_number_comes_back(folder, suffix, scores):
    array = np.array(scores)
    ranking = ranking_of(["A"] * len(scores), score=array)
    back = read_result(written(ranking, folder, suffix))
    assert back["score"].to_numpy().tobytes() == ranking.to_frame()["score"].to_numpy().tobytes()


def test_python_reads_the_same_floats_from_csv(folder):
    ranking = ranking_of(["A"] * 500, seed=3)
    rows = rows_of_csv(written(ranking, folder, ".csv"))
    assert [float(row[4]) for row in rows[1:]] == ranking.to_frame()["score"].tolist()


@given(st.lists(TEXT, min_size=1, max_size=6))
def test_any_text_comes_back_from_csv_but_for_the_apostrophe_that_makes_it_safe(folder, names):
    ranking = ranking_of(names, cities=names)
    frame = ranking.to_frame()
    rows = rows_of_csv(written(ranking, folder, ".csv"))
    assert len(rows) == len(names) + 1
    for column in (0, 2):
        for row, text in zip(rows[1:], frame[COLUMNS[column]], strict=True):
            assert row[column] in (text, ADDED + text)
            assert not runs(row[column]) or row[column] == ADDED + text
            assert runs(text) <= (row[column] == ADDED + text)


@given(st.lists(TEXT, min_size=2, max_size=8, unique=True))
def test_texts_that_differ_still_differ_in_csv(folder, names):
    rows = rows_of_csv(written(ranking_of(names), folder, ".csv"))
    assert len({row[2] for row in rows[1:]}) == len(names)


@pytest.mark.parametrize("name", DANGEROUS)
def test_a_cell_a_spreadsheet_would_run_is_made_text(folder, name):
    rows = rows_of_csv(written(ranking_of([name], cities=[name]), folder, ".csv"))
    assert rows[1][0] == rows[1][2] == ADDED + name


def test_csv_is_plain_utf_8_with_unix_lines_and_quotes_only_where_needed(folder):
    ranking = ranking_of(["Société", "a,b"], types=["ngo", ""])
    raw = written(ranking, folder, ".csv").read_bytes()
    lines = raw.decode("utf-8").split("\n")
    assert lines[0] == ",".join(COLUMNS)
    assert lines[1].startswith("Dakar,id-000,Société,ngo,0.")
    assert lines[2].startswith('Dakar,id-001,"a,b",,0.')
    assert lines[3:] == [""]


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".json"])
@given(names=st.lists(TEXT, min_size=1, max_size=6))
def test_any_text_comes_back_when_we_read_it_ourselves(folder, suffix, names):
    ranking = ranking_of(names, cities=names)
    back, frame = read_result(written(ranking, folder, suffix)), ranking.to_frame()
    assert back["actor"].tolist() == frame["actor"].tolist()
    assert back["city"].tolist() == frame["city"].tolist()


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_ranking_gives_the_same_bytes(tmp_path, monkeypatch, suffix):
    ranking = ranking_of(ODD, left_out=[("Out", "role")])
    first = written(ranking, tmp_path, suffix).read_bytes()
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert written(ranking, tmp_path, suffix).read_bytes() == first


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_rows_are_the_same_however_they_are_sliced(tmp_path, monkeypatch, suffix):
    ranking = ranking_of(ODD * 5)
    whole = read_result(written(ranking, tmp_path, suffix))
    monkeypatch.setattr(tables, "_SLICE", 7)
    monkeypatch.setattr(tables, "_ROW_GROUP", 7)
    pd.testing.assert_frame_equal(read_result(written(ranking, tmp_path, suffix)), whole)


def test_parquet_says_what_it_is_and_checks_its_pages(folder):
    file = written(ranking_of(["Société"] * 50), folder, ".parquet")
    with pq.ParquetFile(file) as parquet:
        facts = json.loads(parquet.schema_arrow.metadata[b"partnermcda"])
        column = parquet.metadata.row_group(0).column(4)
    assert facts["format"] == "partnermcda-ranking/1"
    assert (facts["method"], facts["by"]) == ("topsis", "city")
    assert column.compression == "ZSTD"
    assert column.is_stats_set
    raw = bytearray(file.read_bytes())
    raw[column.dictionary_page_offset + column.total_compressed_size - 1] ^= 1
    file.write_bytes(raw)
    with pytest.raises(OutputError, match="not a whole result"):
        read_result(file)


def test_json_holds_all_a_tool_needs(folder):
    ranking = ranking_of(["A", "B"], types=["ngo", ""], left_out=[("Out", "role"), ("O", "gate")])
    text = written(ranking, folder, ".json").read_text(encoding="utf-8")
    document = RankingDocument.model_validate_json(text)
    assert json.loads(text)["ranking"][1]["actor_type"] is None
    assert document.counts.rows == 4
    assert document.counts.not_ranked == {"gate": 1, "role": 1}
    assert document.set_aside.criteria == ("res_technical",)
    assert sum(document.weights.values()) == pytest.approx(1)
    assert [actor.reason for actor in document.not_ranked] == ["role", "gate"]
    assert "NaN" not in text


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_no_number_is_never_written(tmp_path, suffix, bad):
    ranking = ranking_of(["A", "B"], score_low=np.array([0.5, bad]))
    with pytest.raises(OutputError, match=r"column score_low: 1 values are not finite"):
        write_ranking(ranking, tmp_path / f"a{suffix}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_unknown_type_of_actor_may_be_a_missing_value_too(folder, suffix):
    ranking = ranking_of(["A", "B"], types=texts(["ngo", None]))
    assert read_result(written(ranking, folder, suffix))["actor_type"].tolist() == ["ngo", ""]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("language", ["de", "", "EN"])
def test_a_language_without_words_is_refused_with_those_that_have_them(tmp_path, suffix, language):
    with pytest.raises(OutputError, match="choose one of en, fr"):
        write_ranking(ranking_of(["A"]), tmp_path / f"a{suffix}", language=language)
    assert list(tmp_path.iterdir()) == []


def test_the_suffix_may_be_in_capitals(tmp_path):
    write_ranking(ranking_of(["A"]), tmp_path / "A.CSV")
    assert len(read_result(tmp_path / "A.CSV")) == 1
