"""A job on a whole register: what is asked reaches the driver, and what is kept is counted."""

import json

import numpy as np
import pandas as pd
import pytest

import partnermcda as pm
from partnermcda.batch import parts
from partnermcda.errors import InventoryError, WeightsError
from partnermcda.job import Job, rows_kept, run_batch_job, weigh

NAMES = ("res_technical", "res_human", "mot_cause")


@pytest.fixture
def source(tmp_path):
    """Ninety actors in nine cities, one column empty."""
    rng = np.random.default_rng(2)
    frame = pd.DataFrame({name: rng.integers(1, 6, 90).astype(float) for name in NAMES})
    frame["mot_cause"] = np.nan
    frame["actor_id"] = np.arange(90).astype(str)
    frame["actor"] = "Actor " + frame["actor_id"]
    frame["actor_type"] = "ngo"
    frame["city"] = np.repeat([f"City {n}" for n in range(9)], 10)
    frame.to_parquet(tmp_path / "register.parquet")
    return str(tmp_path / "register.parquet")


@pytest.fixture
def small_parts(monkeypatch):
    """Every city is a part of its own."""
    monkeypatch.setattr(parts, "BLOCK", 10)
    monkeypatch.setattr(parts, "PART", 10)


OPTIONS = {
    "as it comes": {},
    "by name": {"set_aside": ("res_human",), "unknown": "prior"},
    "another method": {"method": "weighted_sum", "min_evidence": 0.1},
}


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_a_job_is_the_ranking_of_the_same_options_in_memory(source, tmp_path, options):
    outcome = run_batch_job(weigh(Job(source, "expand_unserved", **options)), tmp_path / "ranked")
    catalog = pm.load_catalog("urban-services")
    asked = {name: value for name, value in options.items() if name != "unknown"}
    values = pm.evaluate(
        pm.read_inventory(source, catalog), catalog, options.get("unknown", "interval")
    )
    ranking = pm.rank(values, catalog.weights("expand_unserved"), **asked)
    found = pd.read_parquet(tmp_path / "ranked")
    pd.testing.assert_frame_equal(found, ranking.to_frame(), check_exact=True, check_dtype=False)
    assert outcome.batch.set_aside == ranking.set_aside
    assert outcome.set_aside_share == pytest.approx(ranking.set_aside_share)


def test_the_counts_are_plain_data(source, tmp_path):
    told = run_batch_job(weigh(Job(source, "balanced")), tmp_path / "ranked").to_dict()
    assert json.loads(json.dumps(told)) == told
    assert (told["rows"], told["cities"], told["by"]) == (90, 9, "city")
    assert "notes" not in told


def test_weights_are_had_from_one_source(source, tmp_path):
    (tmp_path / "w.csv").write_text("criterion,weight\nres_technical,1\n")
    with pytest.raises(WeightsError):
        weigh(Job(source, "balanced", weights=str(tmp_path / "w.csv")))


def test_rows_of_finished_parts_are_kept_and_counted(source, tmp_path, small_parts):
    target = tmp_path / "ranked"
    weighed = weigh(Job(source, "balanced"))
    assert rows_kept(target) == 0

    def stop_in_the_middle(progress):
        if progress.step == "rank" and progress.rows >= 50:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_batch_job(weighed, target, threads=1, on_progress=stop_in_the_middle)
    assert rows_kept(target) == 40
    outcome = run_batch_job(weighed, target, threads=1)
    assert (outcome.batch.resumed, outcome.batch.parts) == (4, 9)
    assert rows_kept(target) == 0


def test_a_run_with_too_many_faults_keeps_nothing(source, tmp_path, small_parts):
    frame = pd.read_parquet(source)
    frame.loc[3, "city"] = None
    frame.to_parquet(source)
    with pytest.raises(InventoryError):
        run_batch_job(weigh(Job(source, "balanced")), tmp_path / "ranked")
    assert rows_kept(tmp_path / "ranked") == 0
