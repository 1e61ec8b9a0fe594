"""What a path leads to is looked at before any work, and every sentence about it can be said."""

import os
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest

from partnermcda.errors import Finding, capped, short
from partnermcda.messages import LANGUAGES, message_table
from partnermcda.tables import read_table
from partnermcda.tables.table import column_letter, column_number

CODES = sorted(
    key for key in message_table() if key.startswith("tables.") and not key.endswith(".right")
)


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "actors.csv"
    path.write_text("a,b\n1,2\n")
    return path


@pytest.mark.parametrize("name", ["none.csv", "none/none.csv", "actors.csv/none", "a\0b", ""])
def test_a_missing_file_is_told(small, codes, name):
    assert codes(f"{small.parent}/{name}" if name else "") == ["tables.missing"]


def test_an_entry_of_a_folder_is_a_path(small):
    with os.scandir(small.parent) as entries:
        assert read_table(next(entries)).file == str(small)


def test_a_link_that_leads_nowhere_is_a_missing_file(tmp_path, codes):
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "none.csv")
    assert codes(link) == ["tables.missing"]


def test_a_link_in_a_circle_and_a_name_too_long_cannot_be_read(tmp_path, codes):
    link = tmp_path / "link.csv"
    link.symlink_to(link)
    assert codes(link) == ["tables.unreadable"]
    assert codes(tmp_path / ("x" * 5000)) == ["tables.unreadable"]


def test_a_file_one_may_not_read_is_told(small, codes, monkeypatch):
    def refuse(self, *_, **__):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    assert codes(small) == ["tables.unreadable"]


@pytest.mark.parametrize("name", ["x" * 300, "x" * 300 + ".csv"])
def test_a_name_no_file_can_have_is_told(tmp_path, codes, name):
    assert codes(tmp_path / name) == codes(name) == ["tables.unreadable"]


@pytest.mark.parametrize("step", ["stat", "iterdir", "is_dir"])
def test_a_folder_one_may_not_enter_is_told(tmp_path, codes, monkeypatch, step):
    def refuse(self, *_, **__):
        raise PermissionError(13, "Permission denied", str(self))

    with monkeypatch.context() as patched:
        patched.setattr(Path, step, refuse)
        found = codes(tmp_path)
    assert found == ["tables.unreadable"]


def test_a_pipe_is_not_waited_for(tmp_path, codes):
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    assert codes(pipe) == ["tables.not_a_file"]


def test_a_device_is_no_file(codes):
    assert codes(os.devnull) == ["tables.not_a_file"]


@pytest.mark.parametrize("name", ["empty.csv", "empty.xlsx", "empty.parquet"])
def test_an_empty_file_is_told(tmp_path, codes, name):
    path = tmp_path / name
    path.touch()
    assert codes(path) == ["tables.empty_file"]


def test_a_sheet_is_asked_for_only_of_a_workbook(small, codes):
    assert codes(small, sheet="A") == ["tables.sheet_unused"]


def test_findings_and_notes_name_the_file_as_the_user_did(small, faults, monkeypatch):
    monkeypatch.chdir(small.parent)
    assert read_table("actors.csv").file == "actors.csv"
    small.write_text("a;b;\n1;2;\n")
    assert [note.file for note in read_table("./actors.csv").notes] == ["./actors.csv"]
    small.write_text("a,a\n1,2\n")
    assert [found.file for found in faults("actors.csv")] == ["actors.csv"]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_said(code, language):
    sentences = message_table()[code]["en"] + message_table()[f"{code}.right"]["en"]
    names = {name for _, name, _, _ in Formatter().parse(sentences) if name}
    text = Finding(code, dict.fromkeys(names, "§"), file="f.csv", row=3).text(language)
    assert text.startswith("f.csv, ")
    assert ("§" in text) == bool(names)


def test_letters_count_columns_as_spreadsheets_do():
    letters = [column_letter(j) for j in range(20_000)]
    assert letters[:3] == ["A", "B", "C"]
    assert letters[16_383] == "XFD"
    assert [column_number(name) for name in letters] == list(range(1, 20_001))


def test_long_values_are_cut_and_short_ones_kept():
    assert short("é" * 80) == "é" * 80
    assert (len(short("é" * 81)), short("é" * 81)[-1]) == (80, "…")


@pytest.mark.parametrize(("count", "more"), [(0, []), (100, [0]), (101, [1]), (350, [250])])
@pytest.mark.parametrize(
    "make",
    [
        lambda i: Finding("tables.fields", row=i),
        lambda i: Finding("tables.fields", row=i, column="a"),
        lambda i: Finding("tables.type", column=f"column {i}"),
        lambda i: Finding("tables.type", {"type": i}),
        lambda i: Finding("schema.missing", path=f"a[{i}]"),
    ],
)
def test_a_long_list_counts_what_it_leaves_out(make, count, more):
    found = capped(make(i) for i in range(count))
    assert len(found) == min(count, 100)
    assert [f.more for f in found[-1:]] == more
    assert [replace(f, more=0) for f in found] == [make(i) for i in range(min(count, 100))]


def test_a_finding_is_listed_once_and_one_that_differs_in_anything_is_listed_too():
    one = Finding("tables.fields", {"found": 1}, row=2, value="x")
    others = [replace(one, details={"found": 2}), replace(one, value="y"), replace(one, path="a")]
    assert capped([one, *others, one, *others]) == (one, *others)


def test_a_list_of_lists_counts_what_each_of_them_left_out():
    found = [Finding("tables.fields", {"by": by}, row=3, more=5) for by in "ab"]
    assert [f.more for f in capped([*found, *found])] == [0, 10]
