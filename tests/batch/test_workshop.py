"""A stopped run is taken up where it was, if it is the same run; two at once are none."""

import json
import shutil
from pathlib import Path
from threading import Event, Thread

import pyarrow.parquet as pq
import pytest

from partnermcda.batch import parts as parts_module
from partnermcda.batch import workshop
from partnermcda.catalog import load_catalog
from partnermcda.errors import OutputError

from .registers import CATALOG, OWN, WEIGHTS, batch, contents, lay, own, parts_of, plain, printed


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr(parts_module, "BLOCK", 60)
    monkeypatch.setattr(parts_module, "PART", 30)


CATALOG_FILE = Path(__file__).parents[2] / "criteria" / "urban-services.yaml"


class StopError(Exception):
    """What stops a run in a test."""


@pytest.fixture
def source(tmp_path):
    return lay(plain(), tmp_path / "source")


@pytest.fixture
def whole(tmp_path, source):
    """What a run that is not stopped leaves."""
    batch(source, tmp_path / "whole")
    return tmp_path / "whole"


def stop_before_the_end(source, target, **options):
    """Make all parts of a run and stop it; say where they are."""

    def heard(progress):
        if progress.step == "write":
            raise StopError

    with pytest.raises(StopError):
        batch(source, target, on_progress=heard, **options)
    return target.with_name(f".{target.name}.staging")


def others(options, findings):
    """What an unfinished run is said to differ in."""
    assert {finding.code for finding in findings} == {"batch.other_run"}
    assert all(finding.text("en") != finding.text("fr") for finding in findings)
    return [dict(finding.details)["what"]["en"] for finding in findings]


def test_parts_that_are_finished_are_not_made_again(tmp_path, source, whole):
    staging = stop_before_the_end(source, tmp_path / "ranked")
    times = {part.name: part.stat().st_mtime_ns for part in parts_of(staging)}
    done = batch(source, tmp_path / "ranked")
    assert done.resumed == done.parts == len(times) > 2
    assert {p.name: p.stat().st_mtime_ns for p in parts_of(tmp_path / "ranked")} == times
    assert contents(tmp_path / "ranked") == contents(whole)


@pytest.mark.parametrize("what", ["file", "record", "both", "table beside", "all records"])
def test_what_is_missing_is_made_again(tmp_path, source, whole, what):
    staging = stop_before_the_end(source, tmp_path / "ranked")
    work = staging / workshop.WORK
    lost = {
        "file": [staging / "part-00001.parquet"],
        "record": [work / "00001.json"],
        "both": [staging / "part-00001.parquet", work / "00001.json"],
        "table beside": [work / "cities-00001.parquet"],
        "all records": sorted(work.glob("0*.json")),
    }[what]
    for file in lost:
        file.unlink()
    done = batch(source, tmp_path / "ranked")
    assert done.resumed == (0 if what == "all records" else done.parts - 1)
    assert contents(tmp_path / "ranked") == contents(whole)


@pytest.mark.parametrize("name", ["part-00000.parquet", "_work/pillars-00000.parquet"])
@pytest.mark.parametrize("harm", ["flipped", "cut"])
def test_a_damaged_part_is_made_again(tmp_path, source, whole, name, harm):
    file = stop_before_the_end(source, tmp_path / "ranked") / name
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 3] ^= 16
    file.write_bytes(bytes(raw) if harm == "flipped" else raw[: len(raw) // 2])
    done = batch(source, tmp_path / "ranked")
    assert done.resumed == done.parts - 1
    assert contents(tmp_path / "ranked") == contents(whole)


def test_what_a_killed_run_was_writing_is_thrown_away(tmp_path, source, whole):
    staging = stop_before_the_end(source, tmp_path / "ranked")
    (staging / workshop.WORK / "part-00001.parquet.unfinished").write_bytes(b"half")
    (staging / workshop.WORK / "00001.unfinished").write_bytes(b"half")
    (staging / "_cities.parquet").write_bytes(b"half")
    (staging / "_manifest.json").write_bytes(b"half")
    batch(source, tmp_path / "ranked")
    assert contents(tmp_path / "ranked") == contents(whole)


CHANGES = {
    "register": {},
    "catalog": {"catalog": True},
    "set of weights": {"weights": CATALOG.weights("expand_unserved")},
    "set of options": {"min_evidence": 0.1},
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_run_that_rests_on_something_else_is_refused(tmp_path, source, what):
    from partnermcda.batch.parquet import rank_parquet

    staging = stop_before_the_end(source, tmp_path / "ranked")
    before = contents(staging)
    options = {"weights": WEIGHTS, **CHANGES[what]}
    catalog = CATALOG
    if options.pop("catalog", False):
        text = CATALOG_FILE.read_text("utf-8").replace("high: 1000000", "high: 2000000")
        (tmp_path / "other.yaml").write_text(text, "utf-8")
        catalog = load_catalog(tmp_path / "other.yaml")
    if what == "register":
        lay(plain(seed=9), tmp_path / "source")
    with pytest.raises(OutputError) as error:
        rank_parquet(source, tmp_path / "ranked", catalog, **options)
    assert others(options, error.value.findings) == [what]
    assert contents(staging) == before


def test_another_mapping_is_refused_and_the_first_goes_on(tmp_path):
    source = lay(own(), tmp_path / "source", key="commune")
    stop_before_the_end(source, tmp_path / "ranked", mapping=OWN)
    with pytest.raises(OutputError) as error:
        batch(source, tmp_path / "ranked", mapping={**OWN, "version": "1.0.1"})
    assert others({}, error.value.findings) == ["mapping"]
    done = batch(source, tmp_path / "ranked", mapping=OWN)
    assert done.resumed == done.parts


@pytest.mark.parametrize(
    "options",
    [
        {"method": "weighted_sum"},
        {"unknown": "prior"},
        {"set_aside": 0.5},
        {"rank_roles": ["beneficiary"]},
        {"gates": "exclude"},
        {"top": 2},
        {"max_faults": 1},
    ],
    ids=str,
)
def test_every_option_that_moves_a_figure_is_held(tmp_path, source, options):
    stop_before_the_end(source, tmp_path / "ranked")
    with pytest.raises(OutputError) as error:
        batch(source, tmp_path / "ranked", **options)
    assert others(options, error.value.findings) == ["set of options"]


def test_all_that_differs_is_told_at_once(tmp_path, source):
    stop_before_the_end(source, tmp_path / "ranked")
    weights = CATALOG.weights("expand_unserved")
    with pytest.raises(OutputError) as error:
        batch(source, tmp_path / "ranked", weights=weights, gates="exclude")
    assert others({}, error.value.findings) == ["set of weights", "set of options"]


@pytest.mark.parametrize("options", [{"threads": 1}, {"memory": 1 << 26}], ids=str)
def test_what_moves_no_figure_may_change_on_the_way(tmp_path, source, whole, options):
    stop_before_the_end(source, tmp_path / "ranked")
    done = batch(source, tmp_path / "ranked", **options)
    assert done.resumed == done.parts
    assert contents(tmp_path / "ranked") == contents(whole)


def test_a_run_may_start_over(tmp_path, source, whole):
    stop_before_the_end(source, tmp_path / "ranked", gates="exclude")
    done = batch(source, tmp_path / "ranked", restart=True)
    assert done.resumed == 0
    assert contents(tmp_path / "ranked") == contents(whole)


def test_a_run_begun_by_another_version_is_refused(tmp_path, source):
    plan = stop_before_the_end(source, tmp_path / "ranked") / workshop.WORK / "plan.json"
    plan.write_text(json.dumps({**json.loads(plan.read_text()), "version": "partnermcda 0.0.1"}))
    with pytest.raises(OutputError) as error:
        batch(source, tmp_path / "ranked")
    assert others({}, error.value.findings) == ["version of the software"]


@pytest.mark.parametrize("name", ["plan.json", "00001.json"])
@pytest.mark.parametrize("left", ["", "[1]"])
def test_notes_of_a_run_that_cannot_be_read_count_for_nothing(tmp_path, source, whole, name, left):
    (stop_before_the_end(source, tmp_path / "ranked") / workshop.WORK / name).write_text(left)
    done = batch(source, tmp_path / "ranked")
    assert done.resumed == (0 if name == "plan.json" else done.parts - 1)
    assert contents(tmp_path / "ranked") == contents(whole)


def test_a_second_run_into_one_folder_is_refused_and_the_first_goes_on(tmp_path, source, whole):
    inside, refused = Event(), Event()

    def heard(progress):
        if progress.step == "rank":
            inside.set()
            assert refused.wait(20)

    target = tmp_path / "ranked"
    first = Thread(target=batch, args=(source, target), kwargs={"on_progress": heard})
    first.start()
    assert inside.wait(20)
    with pytest.raises(OutputError) as error:
        batch(source, target)
    refused.set()
    first.join()
    assert [f.code for f in error.value.findings] == ["output.folder_taken"]
    assert contents(target) == contents(whole)


def test_a_finished_result_is_replaced_by_the_next(tmp_path, source, whole):
    shutil.copytree(whole, tmp_path / "ranked")
    done = batch(source, tmp_path / "ranked", top=1)
    assert done.resumed == 0
    assert printed(tmp_path / "ranked") != printed(whole)
    ranks = [
        r for part in parts_of(tmp_path / "ranked") for r in pq.read_table(part)["rank"].to_pylist()
    ]
    assert set(ranks) == {1}
