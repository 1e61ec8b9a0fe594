"""A manifest says what was run on what, stands beside its result, and is read with care."""

import json
import os
import shutil

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermcda.errors import OutputError
from partnermcda.output import (
    InputFile,
    Manifest,
    Options,
    files_of,
    fingerprint,
    found_from,
    manifest_path,
    manifest_reading,
    read_manifest,
    seen_from,
    write_result,
)
from partnermcda.tables import read_table

from .rankings import OPTIONS, manifest_of, ranking_of

NEEDED = {name for name, field in Manifest.model_fields.items() if field.is_required()}
"""What a manifest always holds: what came later has a default, so that old ones are read."""

FORMATS = ["csv", "parquet", "xlsx", "json"]


@pytest.fixture
def written(tmp_path):
    """A manifest beside its result, as plain data to be broken, and where it lies."""
    write_result(ranking_of(["A", "B"]), tmp_path / "r.csv", manifest_of)
    path = tmp_path / "r.manifest.json"
    return path, json.loads(path.read_text(encoding="utf-8"))


def refused(path, data):
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        read_manifest(path)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    assert caught.value.text("en") != caught.value.text("fr")
    return [(finding.code, finding.path) for finding in caught.value.findings]


@pytest.mark.parametrize("kind", FORMATS)
def test_the_manifest_holds_the_hash_of_the_result_beside_it(tmp_path, kind):
    result = tmp_path / f"r.{kind}"
    made = write_result(ranking_of(["A", "B"]), result, manifest_of)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(
        [result.name, "r.manifest.json"]
    )
    assert (made.result.sha256, made.result.bytes) == fingerprint(result)
    assert (made.result.path, made.result.format) == (result.name, kind)
    assert read_manifest(manifest_path(result)) == made


def test_time_is_written_in_utc_and_to_the_second(written):
    assert written[1]["created"] == "2026-11-22T20:52:14Z"


def test_if_the_manifest_cannot_be_made_there_is_no_result_either(tmp_path):
    def interrupted(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_result(ranking_of(["A"]), tmp_path / "r.csv", interrupted)
    assert list(tmp_path.iterdir()) == []


def test_an_old_pair_stays_if_the_new_one_fails(tmp_path):
    write_result(ranking_of(["A"]), tmp_path / "r.csv", manifest_of)
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}

    def full(_):
        raise OSError(28, "full")

    with pytest.raises(OutputError, match="disk is full"):
        write_result(ranking_of(["B"]), tmp_path / "r.csv", full)
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_manifest_never_changes(written):
    with pytest.raises(ValueError, match="frozen"):
        read_manifest(written[0]).seconds = 2.0


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"seconds": -1}, "seconds"),
        ({"seconds": "1"}, "seconds"),
        ({"result": {}}, "result.path"),
        ({"inputs": [{"path": "a", "sha256": "b", "bytes": 1}]}, "inputs[0].sha256"),
        ({"extra": 1}, "extra"),
        ({"weights": {"a": 2}}, "weights.a"),
        ({"created": "yesterday"}, "created"),
        ({"created": "2026-11-22T20:52:14"}, "created"),
    ],
)
def test_every_fault_is_told_with_its_place(written, change, found):
    path, data = written
    assert found in [where for _, where in refused(path, {**data, **change})]


def test_all_faults_are_told_at_once(written):
    path, data = written
    del data["options"]
    data["seconds"] = -1
    assert {where for _, where in refused(path, data)} == {"options", "seconds"}


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("inventory", None),
        ("sheet", 1),
        ("decimal", "dot"),
        ("by", "country"),
        ("unknown", "zero"),
        ("set_aside", 2),
        ("set_aside", None),
        ("set_aside", [1]),
        ("rank_roles", "user"),
        ("gates", ["show"]),
        ("min_evidence", 1.5),
        ("min_evidence", "0"),
        ("language", "de"),
        ("surprise", 1),
    ],
)
def test_an_option_of_no_meaning_is_told(written, option, value):
    path, data = written
    found = refused(path, {**data, "options": {**data["options"], option: value}})
    assert all(where.startswith(f"options.{option}") for _, where in found)


@pytest.mark.parametrize("option", sorted(Options.model_fields))
def test_no_option_may_be_absent(written, option):
    path, data = written
    del data["options"][option]
    assert refused(path, data) == [("schema.missing", f"options.{option}")]


@pytest.mark.parametrize("value", ["none", 0.25, 1.0, ("res_human", "motivations"), ()])
def test_options_come_back_as_they_were(tmp_path, value):
    options = {**OPTIONS, "set_aside": value, "rank_roles": ("user", "leader")}
    write_result(
        ranking_of(["A"]), tmp_path / "r.csv", lambda result: manifest_of(result, options=options)
    )
    assert read_manifest(tmp_path / "r.manifest.json").options.model_dump() == options
    assert Options(**{**options, "rank_roles": ["user", "leader"]}).model_dump() == options


@pytest.mark.parametrize("field", sorted(NEEDED - {"format"}))
def test_no_field_may_be_absent(written, field):
    path, data = written
    del data[field]
    assert field in [where for _, where in refused(path, data)]


def test_a_manifest_tells_a_file_of_weights_only_where_there_is_one(written, tmp_path):
    path, data = written
    assert set(data) == NEEDED
    assert read_manifest(path).weights_file is None
    file = InputFile(path="weights.csv", sha256="d" * 64, bytes=7)

    def with_weights(result):
        return manifest_of(result, orientation="", weights_file=file)

    write_result(ranking_of(["A"]), tmp_path / "r.csv", with_weights)
    assert json.loads(path.read_text(encoding="utf-8"))["weights_file"] == file.model_dump()
    assert read_manifest(path).weights_file == file


def test_a_newer_format_is_refused_with_the_version_that_wrote_it(written):
    path, _ = written
    newer = {"format": "partnermcda-manifest/2", "version": "3.1.4", "new": []}
    assert refused(path, newer) == [("output.newer", "")]
    with pytest.raises(OutputError, match=r"partnermcda 3\.1\.4 .*partnermcda-manifest/2"):
        read_manifest(path)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "output.not_json"),
        ('{"format": "partnermcda-manifest/1"', "output.not_json"),
        ('{"a": 1, "a": 2}', "output.not_json"),
        ('{"a": NaN}', "output.not_json"),
        ("[" * 100_000, "output.not_json"),
        ("9" * 10_000, "output.not_json"),
        ("[]", "output.not_a_manifest"),
        ("null", "output.not_a_manifest"),
        ('{"format": 1}', "output.not_a_manifest"),
        ('{"format": "partnermcda-manifest/0"}', "output.not_a_manifest"),
        ('{"format": "partnermcda-ranking/1"}', "output.not_a_manifest"),
    ],
    ids=lambda value: value[:20],
)
def test_what_is_no_manifest_is_refused(tmp_path, text, code):
    assert refused(tmp_path / "m.json", text) == [(code, "")]


def test_bytes_that_are_no_text_are_refused(tmp_path):
    (tmp_path / "m.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(OutputError, match="not JSON"):
        read_manifest(tmp_path / "m.json")


def test_only_so_much_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(manifest_reading, "MOST_BYTES", 100)
    assert refused(tmp_path / "m.json", " " * 101) == [("output.manifest_size", "")]


@pytest.mark.parametrize("make", ["missing", "folder", "pipe"])
def test_a_manifest_that_is_no_file_is_told(tmp_path, make):
    path = tmp_path / "m.json"
    if make == "folder":
        path.mkdir()
    elif make == "pipe":
        os.mkfifo(path)
    with pytest.raises(OutputError) as caught:
        read_manifest(path)
    assert caught.value.findings[0].file == str(path)


def test_result_and_inputs_are_found_again_after_a_move(tmp_path):
    for name in ("project/data", "project/out"):
        (tmp_path / name).mkdir(parents=True)
    actors = tmp_path / "project" / "data" / "actors.csv"
    actors.write_text("a", encoding="utf-8")
    name = seen_from(tmp_path / "project" / "out", actors)
    shutil.move(tmp_path / "project", tmp_path / "moved")
    assert found_from(tmp_path / "moved" / "out", name).read_text(encoding="utf-8") == "a"


def test_a_path_leads_right_through_a_link_to_a_folder(tmp_path):
    (tmp_path / "real" / "out").mkdir(parents=True)
    (tmp_path / "actors.csv").touch()
    (tmp_path / "link").symlink_to(tmp_path / "real" / "out")
    name = seen_from(tmp_path / "link", tmp_path / "actors.csv")
    assert name == "../../actors.csv"
    assert found_from(tmp_path / "link", name).exists()


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/\\\0"), min_size=1, max_size=5)
PARTS = st.lists(NAMES.filter(lambda name: name.strip(".")), min_size=1, max_size=4)


@given(PARTS, PARTS)
def test_a_named_file_is_always_found_again(folder, file):
    base = "/no-such-folder/" + "/".join(folder)
    path = "/no-such-folder/" + "/".join(file)
    assert str(found_from(base, seen_from(base, path))) == os.path.normpath(path)


def test_an_input_folder_is_the_files_its_reader_reads_in_a_fixed_order(tmp_path):
    kept = ["10.parquet", "2.parquet", "a.parquet"]
    other = [".hidden.parquet", "_draft.parquet", "notes.txt", "b.PARQUET"]
    for number, name in enumerate([*other, *reversed(kept)]):
        pd.DataFrame({"file": [number]}).to_parquet(tmp_path / name)
    (tmp_path / "deep").mkdir()
    files = files_of(tmp_path)
    assert [file.name for file in files] == kept
    assert files_of(files[0]) == [files[0]]
    read = [number for file in files for number in pd.read_parquet(file)["file"]]
    assert read_table(tmp_path).frame["file"].tolist() == read


@pytest.mark.parametrize("name", ["/dev/zero", "pipe", ".", "a\0b"])
def test_only_an_ordinary_file_has_a_fingerprint(tmp_path, name):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OutputError) as caught:
        fingerprint(tmp_path / name)
    code = "output.name" if "\0" in name else "output.not_a_file"
    assert [finding.code for finding in caught.value.findings] == [code]


def test_an_input_that_is_gone_is_told(tmp_path):
    with pytest.raises(OutputError, match="no such file"):
        files_of(tmp_path / "gone")
    with pytest.raises(OutputError, match="no such file"):
        fingerprint(tmp_path / "gone")


def test_a_fingerprint_covers_every_block(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 3_000_000)
    (tmp_path / "b").write_bytes(b"x" * 2_999_999 + b"y")
    (one, size), (other, same) = fingerprint(tmp_path / "a"), fingerprint(tmp_path / "b")
    assert size == same == 3_000_000
    assert one != other
