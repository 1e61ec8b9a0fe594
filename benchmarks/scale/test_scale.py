"""What is measured at size runs from end to end, small, and tells what it should."""

import json
import sys

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.scale import __main__ as scale
from benchmarks.scale import curve, making, report, results, uneven, workers
from benchmarks.scale.measured import measure
from partnermcda import load_catalog, read_inventory
from partnermcda.ranking import COLUMNS


@pytest.mark.parametrize("shuffled", [False, True])
def test_registers_have_every_actor_once_and_gaps(tmp_path, shuffled):
    making.write_actors(tmp_path / "made.parquet", 5_000, shuffled=shuffled)
    made = pq.read_table(tmp_path / "made.parquet")
    cities = made["city"].to_pylist()
    assert (cities == sorted(cities)) != shuffled
    assert len(set(made["actor_id"].to_pylist())) == len(made) == 5_000
    assert len(read_inventory(made, load_catalog("urban-services"))) == 5_000
    for name in making.COLUMNS[4:]:
        assert 0.05 < made[name].null_count / 5_000 < 0.15


def test_uneven_registers_go_from_one_actor_to_the_largest_city(tmp_path):
    shuffled, by_city = uneven.write_uneven(tmp_path, 4_000, 60, 400)
    a, b = pq.read_table(shuffled), pq.read_table(by_city)
    sizes = sorted(a["commune"].value_counts().field("counts").to_pylist())
    assert (len(a), len(sizes), sizes[0]) == (4_000, 60, 1)
    assert 400 <= sizes[-1] <= 500
    assert a.sort_by("nº").drop_columns(["pays"]).equals(b.sort_by("nº").drop_columns(["pays"]))
    assert b["commune"].to_pylist() == sorted(a["commune"].to_pylist())


def test_the_hash_of_rows_is_that_of_values_and_not_of_files(tmp_path):
    table = pa.table({"a": ["x", "yz", ""], "b": [1.0, 2.0, np.pi]})
    for name, cut, moved in (("one", 3, 0), ("two", 1, 0), ("other", 3, 1)):
        (tmp_path / name).mkdir()
        rows = table.take(pa.array(np.roll(np.arange(3), moved)))
        for number, piece in enumerate((rows.slice(0, cut), rows.slice(cut))):
            pq.write_table(piece, tmp_path / name / f"part-{number:05d}.parquet")
    one, two, other = (results.hash_of_rows(tmp_path / name) for name in ("one", "two", "other"))
    assert one == two != other
    assert results.hash_of_bytes(tmp_path / "one") != results.hash_of_bytes(tmp_path / "two")
    assert results.hash_of_folder(tmp_path / "none") == "absent"


def test_streaming_and_sorting_give_the_rows_of_memory(tmp_path):
    shuffled, by_city = uneven.write_uneven(tmp_path, 2_000, 30, 300)
    for mapping in uneven.MAPPINGS.values():
        found = set()
        for job, source in (("rank in memory", shuffled), ("rank", shuffled), ("rank", by_city)):
            target = tmp_path / f"{len(found)}{job}{source.stem}{mapping['mapping']}"
            assert measure(job, source, target, mapping=mapping)["peak"] > 1e7
            found.add(results.hash_of_rows(target))
        assert len(found) == 1


@pytest.mark.parametrize("job", ["read and write", "read and write, tuned"])
def test_pyarrow_alone_writes_as_many_rows_and_columns_as_a_ranking_has(tmp_path, job):
    making.write_actors(tmp_path / "made.parquet", 3_000)
    taken = measure(job, tmp_path / "made.parquet", tmp_path / "written")
    assert 0 < taken["seconds"] <= taken["to disk"]
    written = pq.read_table(tmp_path / "written")
    assert written.column_names == list(COLUMNS)
    assert len(written) == 3_000


def test_the_command_measures_tells_and_leaves_nothing(tmp_path, monkeypatch, capsys):
    def measured(_, source, target):
        target.mkdir()
        return {"seconds": 1.0, "peak": pq.read_metadata(source).num_rows}

    monkeypatch.setattr(curve, "measure", measured)
    options = ["--only", "curve", "--most", "10000", "--results", str(tmp_path / "found.json")]
    room = tmp_path / "room"
    monkeypatch.setattr(sys, "argv", ["scale", "--folder", str(room), *options])
    scale.main()
    found = json.loads((tmp_path / "found.json").read_text("utf-8"))
    assert {line["peak"] for line in found["curve"]} == {10_000}
    assert report.curve(found["curve"]) in capsys.readouterr().out
    assert list(room.iterdir()) == []


def line(rows, job, seconds, order="sorted"):
    return {"rows": rows, "order": order, "job": job, "seconds": seconds, "peak": 5e8}


def test_the_tables_tell_shares_and_growth():
    jobs = ("read and write", "read and write, tuned", "rank")
    lines = [line(m, job, k * m / 1e6) for m in (10**6, 2 * 10**6) for k, job in enumerate(jobs, 1)]
    told = report.page({"curve": lines})
    assert "| 2,000,000 | by city | 2.00 s | 4.00 s | 6.00 s | 3.0 | 1.5 | 3.00 | 500 MB |" in told
    assert "| 1,000,000 → 2,000,000 | by city | 2.00 | 500 MB, 500 MB |" in told


def test_a_ranking_that_differs_stands_out():
    way = {"mapping": "m", "order": "sorted", "files": "", "peak": 1e8}
    same = [{**way, "way": "a", "rows": "1" * 64}, {**way, "way": "b", "rows": "1" * 64}]
    assert "One hash" in report.equality(same)
    assert "**More than one hash**" in report.equality([*same, {**way, "way": "c", "rows": "2"}])


def test_workers_write_the_bytes_of_threads(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "ROUNDS", 1)
    found = workers.run(tmp_path, 2_000)
    assert [(line["rows"], line["same"]) for line in found] == [(2_000, True)]
    assert found[0]["workers"]["start"] > 0
    told = report.page({"workers": found})
    assert "| 2,000 | the same |" in told
    assert "**other bytes**" in report.workers([{**found[0], "same": False}])
