"""Folders of results: whole or not at all, whatever happens on the way."""

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from partnermcda.errors import OutputError
from partnermcda.output import folder as module
from partnermcda.output.folder import DONE, folder_whole

_PARTS = 20


def _fill(target: Path, text: str) -> None:
    with folder_whole(target) as folder:
        for part in range(_PARTS):
            (folder / f"part-{part}.parquet").write_text(text)


def _stop_after_one_part(target: Path) -> None:
    with folder_whole(target) as folder:
        (folder / "part-0.parquet").write_text("new")
        raise KeyboardInterrupt


def _texts(target: Path) -> set[str]:
    return {file.read_text() for file in target.iterdir() if file.name != DONE}


def _codes(error: pytest.ExceptionInfo[OutputError]) -> list[str]:
    return [finding.code for finding in error.value.findings]


def test_nothing_is_seen_before_all_is_there(tmp_path: Path) -> None:
    target = tmp_path / "ranked"
    with folder_whole(target) as folder:
        (folder / "part-0.parquet").write_text("new")
        assert not target.exists()
    assert {file.name for file in target.iterdir()} == {DONE, "part-0.parquet"}
    assert [file.name for file in tmp_path.iterdir()] == ["ranked"]


@pytest.mark.parametrize("in_one_step", [True, False])
def test_a_new_result_takes_the_place_of_an_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_one_step: bool
) -> None:
    if not in_one_step:
        monkeypatch.setattr(module, "_exchanged", lambda staging, target: False)
    _fill(tmp_path / "ranked", "old")
    _fill(tmp_path / "ranked", "new")
    assert _texts(tmp_path / "ranked") == {"new"}
    assert [file.name for file in tmp_path.iterdir()] == ["ranked"]


def test_an_old_result_moved_aside_by_a_killed_run_is_put_back(tmp_path: Path) -> None:
    _fill(tmp_path / "ranked", "old")
    (tmp_path / "ranked").rename(tmp_path / ".ranked.old")
    with pytest.raises(KeyboardInterrupt), folder_whole(tmp_path / "ranked"):
        raise KeyboardInterrupt
    assert _texts(tmp_path / "ranked") == {"old"}
    assert not (tmp_path / ".ranked.old").exists()


def test_what_was_finished_is_kept_and_the_old_result_stands(tmp_path: Path) -> None:
    target = tmp_path / "ranked"
    _fill(target, "old")
    with pytest.raises(KeyboardInterrupt):
        _stop_after_one_part(target)
    assert _texts(target) == {"old"}
    with folder_whole(target) as folder:
        assert [file.name for file in folder.iterdir()] == ["part-0.parquet"]
    assert _texts(target) == {"new"}


def test_an_old_result_left_in_the_place_of_staging_is_not_gone_on_from(tmp_path: Path) -> None:
    _fill(tmp_path / "ranked", "old")
    (tmp_path / "ranked").rename(tmp_path / ".ranked.staging")
    with folder_whole(tmp_path / "ranked") as folder:
        assert not list(folder.iterdir())


def test_a_second_run_into_one_folder_is_refused(tmp_path: Path) -> None:
    with folder_whole(tmp_path / "ranked"):
        with pytest.raises(OutputError) as error, folder_whole(tmp_path / "ranked"):
            pytest.fail("two runs fill one folder")
        assert _codes(error) == ["output.folder_taken"]


def test_a_folder_that_is_no_result_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "me.jpg").touch()
    with pytest.raises(OutputError) as error, folder_whole(tmp_path / "photos"):
        pytest.fail("a stranger's folder is replaced")
    assert _codes(error) == ["output.folder_foreign"]
    (tmp_path / "file").touch()
    with pytest.raises(OutputError) as error, folder_whole(tmp_path / "file"):
        pytest.fail("a file is replaced by a folder")
    assert _codes(error) == ["output.folder_is_file"]


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputError) as error,
        folder_whole(tmp_path / "absent" / "ranked"),
    ):
        pytest.fail("a folder is made in one that does not exist")
    assert _codes(error) == ["output.gone"]


_RUN = """
import itertools, sys
from pathlib import Path
from tests.output.test_folder import _fill
print("ready", flush=True)
for turn in itertools.count():
    _fill(Path(sys.argv[1]), str(turn))
"""


def test_killed_at_any_moment_the_folder_is_whole(tmp_path: Path) -> None:
    target, moments = tmp_path / "ranked", np.random.default_rng(7)
    root = Path(__file__).parents[2]
    for _ in range(8):
        command = [sys.executable, "-c", _RUN, str(target)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root) as run:
            assert run.stdout is not None
            run.stdout.readline()
            time.sleep(moments.uniform(0.0, 0.15))
            run.kill()
        if target.exists():
            assert len(list(target.iterdir())) == _PARTS + 1
            assert len(_texts(target)) == 1
    _fill(target, "last")
    assert _texts(target) == {"last"}
    assert [file.name for file in tmp_path.iterdir()] == ["ranked"]
