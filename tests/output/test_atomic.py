"""Files are written whole or not at all, whatever goes wrong while they are written."""

import errno
import os
import shutil
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from partnermcda.errors import OutputError
from partnermcda.output import atomic
from partnermcda.output.atomic import write_whole
from partnermcda.output.faults import os_finding


def writes(text):
    return lambda path: path.write_text(text, encoding="utf-8") and None


def fails(error):
    def write(path):
        path.write_text("half", encoding="utf-8")
        raise error

    return write


def contents(folder):
    return {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}


def test_all_files_are_written_and_nothing_else(tmp_path):
    write_whole({tmp_path / "a.csv": writes("1"), tmp_path / "b.json": writes("2")})
    assert contents(tmp_path) == {"a.csv": "1", "b.json": "2"}


def test_writers_run_in_the_given_order_before_any_file_is_in_place(tmp_path):
    seen = []

    def look(path):
        seen.append(sorted(file.name for file in tmp_path.iterdir() if file.name[0] != "."))
        path.touch()

    write_whole({tmp_path / "b": look, tmp_path / "a": look})
    assert seen == [[], []]


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (OSError(errno.ENOSPC, "no space"), OutputError),
        (OSError(errno.EIO, "bad"), OutputError),
        (KeyboardInterrupt(), KeyboardInterrupt),
        (MemoryError(), MemoryError),
        (RuntimeError("bug"), RuntimeError),
    ],
    ids=lambda value: repr(value),
)
@pytest.mark.parametrize("position", [0, 1])
def test_a_failure_midway_leaves_the_old_files_and_nothing_new(tmp_path, error, raised, position):
    files = [tmp_path / "a.csv", tmp_path / "b.json"]
    for file in files:
        file.write_text("old", encoding="utf-8")
    writers = [writes("new"), writes("new")]
    writers[position] = fails(error)
    with pytest.raises(raised):
        write_whole(dict(zip(files, writers, strict=True)))
    assert contents(tmp_path) == {"a.csv": "old", "b.json": "old"}


@pytest.mark.parametrize("error", [OSError(errno.EACCES, "open in Excel"), KeyboardInterrupt()])
@pytest.mark.parametrize("old", [True, False])
@pytest.mark.parametrize("links", [True, False])
def test_a_failure_while_putting_in_place_takes_back_what_was_done(
    tmp_path, monkeypatch, error, old, links
):
    files = {tmp_path / name: writes("new") for name in ("a.csv", "b.json")}
    for file in files if old else ():
        file.write_text("old", encoding="utf-8")
    before, replace = contents(tmp_path), Path.replace

    def refuse_second(path, target):
        if Path(target).name == "b.json" and ".b.json" in path.name and "new" in path.read_text():
            raise error
        return replace(path, target)

    def no_links(*_):
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(Path, "replace", refuse_second)
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(OutputError if isinstance(error, OSError) else KeyboardInterrupt):
        write_whole(files)
    assert contents(tmp_path) == before


def test_the_second_name_of_an_old_file_does_not_stay(tmp_path):
    (tmp_path / "a").write_text("old", encoding="utf-8")
    write_whole({tmp_path / "a": writes("new")})
    assert contents(tmp_path) == {"a": "new"}
    assert (tmp_path / "a").stat().st_nlink == 1


def test_a_disk_that_is_full_is_told_in_words_in_both_languages(tmp_path):
    with pytest.raises(OutputError) as caught:
        write_whole({tmp_path / "a.csv": fails(OSError(errno.ENOSPC, "x"))})
    assert "the disk is full" in caught.value.text()
    assert "le disque est plein" in caught.value.text("fr")
    assert caught.value.findings[0].file == str(tmp_path / "a.csv")
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("number", [None, *sorted(errno.errorcode)])
def test_every_refusal_of_the_system_has_words(number):
    finding = os_finding(OSError(number, "x"), Path("a.csv"))
    assert finding.text("en") != finding.text("fr")
    assert "{" not in finding.text()


def test_a_new_file_has_the_permissions_the_user_set_as_default(tmp_path):
    old = os.umask(0o027)
    try:
        write_whole({tmp_path / "a": writes("1")})
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_a_replaced_file_hands_on_its_permissions(tmp_path):
    file = tmp_path / "a"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o664)
    write_whole({file: writes("new")})
    assert stat.S_IMODE(file.stat().st_mode) == 0o664


def test_a_replaced_file_hands_on_its_permissions_where_its_owner_cannot_be_kept(
    tmp_path, monkeypatch
):
    def refuse(*_):
        raise PermissionError(errno.EPERM, "not yours to give")

    file = tmp_path / "a"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o664)
    monkeypatch.setattr(os, "chown", refuse)
    write_whole({file: writes("new")})
    assert stat.S_IMODE(file.stat().st_mode) == 0o664


def test_a_private_file_is_private_while_it_is_replaced_too(tmp_path, monkeypatch):
    seen = []

    def look(path):
        seen.append(stat.S_IMODE(path.stat().st_mode))
        path.write_text("new", encoding="utf-8")

    def no_links(*_):
        raise OSError(errno.EPERM, "no links here")

    def look_and_copy(old, new):
        seen.append(stat.S_IMODE(new.stat().st_mode))

    (tmp_path / "a").touch(0o600)
    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(shutil, "copy2", look_and_copy)
    write_whole({tmp_path / "a": look})
    assert seen == [0o600, 0o600]
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a").write_text("old", encoding="utf-8")
    (tmp_path / "a").symlink_to(tmp_path / "real" / "a")
    write_whole({tmp_path / "a": writes("new")})
    assert (tmp_path / "a").is_symlink()
    assert contents(tmp_path / "real") == {"a": "new"}


def test_a_folder_that_is_gone_is_told(tmp_path):
    with pytest.raises(OutputError, match="no such file or folder"):
        write_whole({tmp_path / "gone" / "a": writes("1")})


def test_a_folder_in_the_way_is_told_and_stays(tmp_path):
    (tmp_path / "b").mkdir()
    with pytest.raises(OutputError, match="folder"):
        write_whole({tmp_path / "a": writes("1"), tmp_path / "b": writes("2")})
    assert [file.name for file in tmp_path.iterdir()] == ["b"]


def test_what_a_killed_run_left_behind_is_removed_by_the_next(tmp_path):
    target = tmp_path / "a[1].csv"
    stray = atomic.partial_path(target)
    other = atomic.partial_path(tmp_path / "other.csv")
    for file in (stray, other):
        file.write_text("half", encoding="utf-8")
    write_whole({target: writes("1")})
    assert contents(tmp_path) == {"a[1].csv": "1", other.name: "half"}


def test_two_runs_into_one_target_do_not_disturb_each_other(tmp_path):
    files = tmp_path / "a", tmp_path / "b"

    def run(name):
        for _ in range(30):
            write_whole({file: writes(name * 1000) for file in files})

    runs = [threading.Thread(target=run, args=(name,)) for name in "xyz"]
    for thread in runs:
        thread.start()
    for thread in runs:
        thread.join()
    written = contents(tmp_path)
    assert set(written) == {"a", "b"}
    assert written["a"] == written["b"]


def test_a_run_that_is_alive_keeps_its_unfinished_file(tmp_path):
    def write(path):
        write_whole({tmp_path / "a": writes("quick")})
        path.write_text("slow", encoding="utf-8")

    write_whole({tmp_path / "a": write})
    assert contents(tmp_path) == {"a": "slow"}


def test_a_name_as_long_as_the_system_allows_can_be_written(tmp_path):
    name = "é" * 125 + ".csv"
    write_whole({tmp_path / name: writes("1")})
    assert contents(tmp_path) == {name: "1"}


def test_every_byte_is_on_the_disk_before_any_file_takes_its_place(tmp_path, monkeypatch):
    happened = []
    fsync, replace = os.fsync, Path.replace

    def told_fsync(handle):
        happened.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def told_replace(path, target):
        happened.append("replace")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", told_fsync)
    monkeypatch.setattr(Path, "replace", told_replace)
    write_whole({tmp_path / "a": writes("1"), tmp_path / "b": writes("2")})
    assert happened == ["file", "file", "replace", "replace", "folder"]


FULL = """
import resource, signal, sys
from pathlib import Path
from partnermcda.errors import OutputError
from partnermcda.output.atomic import write_whole

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_whole({Path(sys.argv[1]): lambda path: path.write_bytes(b"x" * 5000) and None})
except OutputError as error:
    sys.exit(error.findings[0].code)
"""


def test_a_limit_of_the_real_system_is_met_without_a_trace(tmp_path):
    target = tmp_path / "a.csv"
    target.write_text("old", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", FULL, target], capture_output=True, text=True, check=False
    )
    assert run.stderr.strip() == "output.too_big"
    assert contents(tmp_path) == {"a.csv": "old"}
