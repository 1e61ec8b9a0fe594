"""Two results are told apart: byte for byte, and where they differ, in what."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermcda.errors import OutputError
from partnermcda.output import Comparison, compare_results, reading
from partnermcda.output.comparison import read_result
from partnermcda.output.tables import result_writer

from .rankings import ranking_of, texts

FORMATS = [".csv", ".parquet", ".xlsx", ".json"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("pairs")


def saved(ranking, folder, name):
    file = folder / name
    result_writer(ranking, file.suffix)(file)
    return file


def compared(old, new, folder, suffix=".csv"):
    return compare_results(saved(old, folder, f"old{suffix}"), saved(new, folder, f"new{suffix}"))


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_ranking_is_the_same_to_the_last_byte(folder, suffix):
    one, other = ranking_of(["A", "B"]), ranking_of(["A", "B"])
    assert compared(one, other, folder, suffix) == Comparison(True, True, 0.0, 0, 0, 0)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_score_that_moved_is_found(folder, suffix):
    old = ranking_of(["A", "B", "C"])
    new = ranking_of(["A", "B", "C"], score_high=old.score_high + np.array([0, 0.25, -0.5]))
    found = compared(old, new, folder, suffix)
    assert found.largest_difference == pytest.approx(0.5, abs=1e-15)
    assert (found.same_bytes, found.same_ranks, found.differing) == (False, True, 2)


@pytest.mark.parametrize("field", ["rank", "rank_best", "rank_worst"])
def test_a_rank_that_moved_is_found(folder, field):
    new = ranking_of(["A", "B"], **{field: np.array([2, 1])})
    found = compared(ranking_of(["A", "B"]), new, folder)
    assert not found.same_ranks
    assert found.largest_difference == 0
    assert found.differing > 0


def test_actors_in_one_result_only_are_counted(folder):
    found = compared(ranking_of(["A", "B", "C"]), ranking_of(["A"]), folder)
    assert (found.only_old, found.only_new, found.same_ranks) == (2, 0, False)
    found = compared(ranking_of(["A"]), ranking_of(["A", "B", "C"]), folder)
    assert (found.only_old, found.only_new, found.same_ranks) == (0, 2, False)


@pytest.mark.parametrize(("name", "kind"), [("X", "ngo"), ("B", "sme")])
def test_a_name_or_type_that_changed_is_more_than_rounding(folder, name, kind):
    new = ranking_of(["A", name], types=["ngo", kind])
    found = compared(ranking_of(["A", "B"]), new, folder)
    assert (found.differing, found.same_ranks, found.largest_difference) == (1, False, 0.0)


@pytest.mark.parametrize("field", ["score", "score_low", "score_high", "evidence"])
def test_every_figure_is_compared(folder, field):
    old = ranking_of(["A", "B"])
    moved = getattr(old, field) * [1, 0.5]
    found = compared(old, ranking_of(["A", "B"], **{field: moved}), folder)
    assert found.same_ranks
    assert found.largest_difference == pytest.approx(moved[1], abs=1e-15)


def test_results_with_no_actor_in_common_differ_by_no_score(folder):
    found = compared(ranking_of(["A"]), ranking_of(["A"], cities=["Lima"]), folder)
    assert (found.only_old, found.only_new, found.largest_difference) == (1, 1, 0.0)


@pytest.mark.parametrize("suffix", [".parquet", ".json"])
def test_the_format_makes_no_difference_to_what_is_said(folder, suffix):
    ranking = ranking_of(["A", "B"], types=["ngo", ""], actors=texts(["-1", "'=2"]))
    found = compare_results(saved(ranking, folder, "a.csv"), saved(ranking, folder, f"b{suffix}"))
    assert (found.only_old, found.only_new, found.differing) == (0, 0, 0)
    assert found.same_ranks
    assert not found.same_bytes


def test_an_apostrophe_that_was_not_added_stays(folder):
    file = saved(ranking_of(["'", "'a", "l'eau = vie"]), folder, "apostrophes.csv")
    assert read_result(file)["actor"].tolist() == ["'", "'a", "l'eau = vie"]


def test_a_name_of_any_length_is_read_back(folder):
    names = ["A", "x, y\n" * 600_000, "B"]
    assert read_result(saved(ranking_of(names), folder, "long.csv"))["actor"].tolist() == names


def test_a_workbook_that_would_fill_the_memory_is_not_opened(folder, monkeypatch):
    file = saved(ranking_of(["A"]), folder, "large.xlsx")
    monkeypatch.setattr(reading, "_MOST_UNPACKED", 100)
    with pytest.raises(OutputError) as caught:
        read_result(file)
    assert [finding.code for finding in caught.value.findings] == ["output.unpacked"]


def test_an_actor_named_twice_is_compared_turn_by_turn(folder):
    file = saved(ranking_of(["A"]), folder, "twice.csv")
    row = file.read_text(encoding="utf-8").splitlines()[1]
    with file.open("a", encoding="utf-8") as stream:
        stream.write(row + "\n" + row + "\n")
    found = compare_results(saved(ranking_of(["A"]), folder, "once.csv"), file)
    assert (found.only_new, found.differing) == (2, 0)


@given(st.binary(max_size=200), st.sampled_from(FORMATS))
def test_a_file_that_is_no_result_is_told_without_a_trace(folder, raw, suffix):
    file = folder / f"broken{suffix}"
    file.write_bytes(raw)
    with pytest.raises(OutputError, match="not a whole result") as caught:
        read_result(file)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@pytest.mark.parametrize("ranking", [None, 1, [1], [{}], [{"rank": "1"}], {}])
def test_a_document_without_a_proper_ranking_is_told(folder, ranking):
    file = saved(ranking_of(["A"]), folder, "improper.json")
    data = {**json.loads(file.read_text(encoding="utf-8")), "ranking": ranking}
    file.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(OutputError, match="not a whole result"):
        read_result(file)


def test_a_document_nested_without_end_is_told(folder):
    (folder / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(OutputError, match="not a whole result"):
        read_result(folder / "deep.json")


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_result_cut_short_is_told(folder, suffix):
    file = saved(ranking_of(["A", "B"]), folder, f"short{suffix}")
    raw = file.read_bytes()
    file.write_bytes(raw[: raw.rindex(b",")] if suffix == ".csv" else raw[:-60])
    with pytest.raises(OutputError, match="not a whole result"):
        read_result(file)


@pytest.mark.parametrize("number", ["", "nan", "inf"])
@pytest.mark.parametrize("column", [4, 7, 10])
def test_a_figure_that_is_no_number_is_told(folder, column, number):
    file = saved(ranking_of(["A"]), folder, "figures.csv")
    header, row = file.read_text(encoding="utf-8").splitlines()
    cells = row.split(",")
    cells[column] = number
    file.write_text(f"{header}\n{','.join(cells)}\n", encoding="utf-8")
    with pytest.raises(OutputError, match="not a whole result"):
        read_result(file)


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".json"])
def test_a_ranking_of_nobody_is_read_back(folder, suffix):
    assert len(read_result(saved(ranking_of([]), folder, f"nobody{suffix}"))) == 0


def test_a_column_too_few_is_told(folder):
    (folder / "few.csv").write_text("city,actor_id\nLima,a\n", encoding="utf-8")
    with pytest.raises(OutputError, match="not a whole result"):
        read_result(folder / "few.csv")


def test_a_newer_result_is_refused_with_the_version_that_wrote_it(folder):
    file = saved(ranking_of(["A"]), folder, "newer.json")
    data = json.loads(file.read_text(encoding="utf-8"))
    newer = {**data, "format": "partnermcda-ranking/7", "version": "8.9"}
    file.write_text(json.dumps(newer), encoding="utf-8")
    with pytest.raises(OutputError, match=r"partnermcda 8\.9"):
        read_result(file)


def test_a_result_that_is_gone_is_told(folder):
    with pytest.raises(OutputError, match="no such file"):
        read_result(folder / "gone.csv")
    with pytest.raises(OutputError, match="not a kind of result"):
        read_result(folder / "gone.txt")
