"""Where a result may go is known before any work is done."""

import os

import pytest

from partnermcda.errors import OutputError
from partnermcda.output import check_target, manifest_path, write_result

from .rankings import manifest_of, ranking_of


def codes(path, inputs=()):
    with pytest.raises(OutputError) as caught:
        check_target(path, inputs)
    assert caught.value.text("fr") != caught.value.text("en")
    return [finding.code for finding in caught.value.findings]


@pytest.mark.parametrize("name", ["a.csv", "a.PARQUET", "a.xlsx", "a.b.json", "été 🚰.csv"])
def test_a_good_target_is_accepted_and_nothing_is_left_there(tmp_path, name):
    check_target(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a", "a.txt", "a.csv.gz", "a.xls", ".csv"])
def test_other_kinds_of_file_are_refused_with_those_that_are_written(tmp_path, name):
    assert codes(tmp_path / name) == ["output.suffix"]
    with pytest.raises(OutputError, match=r"\.csv, \.parquet, \.xlsx or \.json"):
        check_target(tmp_path / name)


def test_a_folder_must_be_there(tmp_path):
    assert codes(tmp_path / "no" / "a.csv") == ["output.no_folder"]


def test_all_faults_are_told_at_once(tmp_path):
    assert codes(tmp_path / "no" / "a.doc") == ["output.suffix", "output.no_folder"]


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "file").touch()
    assert codes(tmp_path / "file" / "a.csv") == ["output.folder_is_file"]


def test_a_folder_is_no_target(tmp_path):
    (tmp_path / "a.csv").mkdir()
    assert codes(tmp_path / "a.csv") == ["output.is_folder"]
    assert codes("") == ["output.is_folder"]
    assert codes("/") == ["output.is_folder"]


def test_a_manifest_must_have_room_too(tmp_path):
    (tmp_path / "a.manifest.json").mkdir()
    assert codes(tmp_path / "a.csv") == ["output.is_folder"]


def test_a_pipe_is_no_target(tmp_path):
    os.mkfifo(tmp_path / "a.csv")
    assert codes(tmp_path / "a.csv") == ["output.not_a_file"]


def test_a_folder_where_nobody_can_write_is_told():
    # Holds for root as well, whom permissions do not stop.
    assert codes("/proc/a.csv") == ["output.denied"]


def test_a_read_only_folder_is_told_to_whom_it_stops(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "no")

    monkeypatch.setattr(os, "open", refuse)
    assert codes(tmp_path / "a.csv") == ["output.denied"]


def test_a_protected_file_is_not_replaced(tmp_path, monkeypatch):
    (tmp_path / "a.csv").touch(0o444)
    monkeypatch.setattr(os, "access", lambda path, _: not str(path).endswith("a.csv"))
    assert codes(tmp_path / "a.csv") == ["output.read_only"]


@pytest.mark.parametrize("make", ["same", "symbolic", "hard", "dotted"])
def test_an_input_is_never_written_over(tmp_path, make):
    source = tmp_path / "actors.csv"
    source.touch()
    target = tmp_path / "ranking.csv"
    if make == "symbolic":
        target.symlink_to(source)
    elif make == "hard":
        target.hardlink_to(source)
    else:
        target = source if make == "same" else tmp_path / ".." / tmp_path.name / "actors.csv"
    assert codes(target, [tmp_path / "missing.csv", source]) == ["output.is_input"]


def test_the_manifest_never_replaces_an_input(tmp_path):
    (tmp_path / "a.manifest.json").touch()
    assert codes(tmp_path / "a.csv", [tmp_path / "a.manifest.json"]) == ["output.is_input"]


def test_a_result_among_the_files_of_an_input_folder_is_refused(tmp_path):
    (tmp_path / "in" / "deep").mkdir(parents=True)
    assert codes(tmp_path / "in" / "deep" / "a.csv", [tmp_path / "in"]) == ["output.inside_input"]
    check_target(tmp_path / "a.csv", [tmp_path / "in"])


@pytest.mark.parametrize("name", ["a\0.csv", "a\udcff.csv"])
def test_a_name_no_manifest_could_hold_is_refused(tmp_path, name):
    assert codes(tmp_path / name) == ["output.name"]


@pytest.mark.parametrize("kind", ["file", "folder", "link", "inside"])
def test_an_input_no_manifest_could_name_is_refused(tmp_path, kind):
    odd = tmp_path / os.fsdecode(b"caf\xe9")
    source = odd
    if kind == "folder":
        odd.mkdir()
    elif kind == "inside":
        source = tmp_path / "in"
        source.mkdir()
        odd = source / os.fsdecode(b"caf\xe9.parquet")
        odd.touch()
    else:
        odd.touch()
    if kind == "link":
        source = tmp_path / "link.csv"
        source.symlink_to(odd)
    assert codes(tmp_path / "a.csv", [source]) == ["output.name"]


def test_a_project_may_lie_in_a_folder_no_manifest_could_name(tmp_path, monkeypatch):
    odd = tmp_path / os.fsdecode(b"caf\xe9")
    odd.mkdir()
    (odd / "actors.csv").touch()
    monkeypatch.chdir(odd)
    check_target("a.csv", ["actors.csv"])


def saved(path):
    write_result(ranking_of(["A"]), path, manifest_of)


def test_a_result_may_always_be_replaced(tmp_path):
    (tmp_path / "link.csv").symlink_to(tmp_path / "ranking.csv")
    for name in ("ranking.csv", "link.csv"):
        saved(tmp_path / name)
        check_target(tmp_path / name)


def test_no_result_takes_the_manifest_of_another(tmp_path):
    saved(tmp_path / "ranking.csv")
    before = (tmp_path / "ranking.manifest.json").read_bytes()
    assert codes(tmp_path / "ranking.xlsx") == ["output.manifest_taken"]
    with pytest.raises(OutputError, match=r"the manifest of ranking\.csv"):
        saved(tmp_path / "ranking.xlsx")
    assert (tmp_path / "ranking.manifest.json").read_bytes() == before
    (tmp_path / "ranking.csv").unlink()
    check_target(tmp_path / "ranking.xlsx")


@pytest.mark.parametrize("text", ["", "{}", '{"format": "partnermcda-manifest/9"}'])
def test_what_is_no_manifest_of_ours_is_not_replaced(tmp_path, text):
    (tmp_path / "a.manifest.json").write_text(text, encoding="utf-8")
    assert codes(tmp_path / "a.csv") == ["output.manifest_foreign"]


@pytest.mark.parametrize("name", ["a.manifest.json", "a.Manifest.JSON"])
def test_a_result_is_not_named_as_a_manifest(tmp_path, name):
    assert codes(tmp_path / name) == ["output.manifest_name"]


def test_a_name_too_long_is_refused(tmp_path):
    assert codes(tmp_path / f"{'a' * 300}.csv") == ["output.name_too_long"]


@pytest.mark.parametrize(
    ("result", "manifest"),
    [
        ("ranking.csv", "ranking.manifest.json"),
        ("out/a.b.xlsx", "out/a.b.manifest.json"),
        ("ranking.json", "ranking.manifest.json"),
    ],
)
def test_the_manifest_lies_beside_the_result(result, manifest):
    assert manifest_path(result).as_posix() == manifest
