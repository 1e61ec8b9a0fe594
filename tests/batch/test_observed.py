"""Ideals observed among all actors of a register, gathered block by block."""

import numpy as np
import pandas as pd
import pytest

import partnermcda as pm
from partnermcda.errors import MethodError

CATALOG = pm.load_catalog("urban-services")
WEIGHTS = CATALOG.weights("balanced")
OBSERVED = {"res_technical": (1, 6), "res_data": (1, 6), "dig_propensity": (1, 6)}
NAMES = tuple(set(CATALOG.entries) - set(OBSERVED))


@pytest.fixture
def register(tmp_path):
    rng = np.random.default_rng(3)
    size = 500
    frame = pd.DataFrame(
        {
            "city": [f"City {number:02d}" for number in np.sort(rng.integers(0, 20, size))],
            "actor_id": [f"a{number}" for number in range(size)],
            "actor": [f"Actor {number}" for number in range(size)],
            "actor_type": rng.choice(["ngo", "start_up"], size),
            **{name: rng.integers(*ends, size).astype(float) for name, ends in OBSERVED.items()},
        }
    )
    file = tmp_path / "actors.parquet"
    frame.to_parquet(file, row_group_size=70)
    return file


def in_memory(file, method):
    values = pm.evaluate(pm.read_inventory(file, CATALOG), CATALOG)
    return pm.rank(values, WEIGHTS, method, by=None, set_aside=NAMES).to_frame()


def in_blocks(file, method):
    target = file.with_name("ranked")
    pm.rank_parquet(file, target, CATALOG, WEIGHTS, method, by=None, set_aside=NAMES)
    return pd.read_parquet(target)


@pytest.mark.parametrize("normalization", ["minmax", "peak"])
def test_ends_gathered_in_blocks_give_the_figures_of_memory(register, normalization):
    method = pm.method("topsis_observed", normalization=normalization)
    found, expected = in_blocks(register, method), in_memory(register, method)
    assert found["actor_id"].tolist() == expected["actor_id"].tolist()
    assert found["score"].tolist() == expected["score"].tolist()
    assert found["rank"].tolist() == expected["rank"].tolist()


@pytest.mark.parametrize("normalization", ["vector", "total"])
def test_sums_gathered_in_blocks_give_the_figures_of_memory_but_for_rounding(
    register, normalization
):
    method = pm.method("topsis_observed", normalization=normalization)
    found, expected = in_blocks(register, method), in_memory(register, method)
    assert found["rank"].tolist() == expected["rank"].tolist()
    assert np.abs(found["score"].to_numpy() - expected["score"].to_numpy()).max() <= 1e-14


def test_a_method_that_needs_all_actors_at_once_is_refused_for_all_together(register):
    with pytest.raises(MethodError, match="vikor"):
        in_blocks(register, "vikor")
    assert not register.with_name("ranked").exists()
