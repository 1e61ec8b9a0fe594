"""A Dask frame is ranked as the same rows in memory, whether its cities are split or not."""

import dask
import dask.dataframe as dd
import numpy as np
import pandas as pd
import pytest

import partnermcda as pm
from partnermcda.errors import InventoryError, MethodError

from .registers import CATALOG, OWN, WEIGHTS, own, plain


@pytest.fixture(autouse=True)
def one_thread():
    with dask.config.set(scheduler="sync"):
        yield


def in_memory(frame, mapping=None, **options):
    unknown = options.pop("unknown", "interval")
    values = pm.evaluate(pm.read_inventory(frame, CATALOG, mapping), CATALOG, unknown)
    return pm.rank(values, WEIGHTS, **options).to_frame()


def by_dask(frame, npartitions, **options):
    ddf = dd.from_pandas(frame.reset_index(drop=True), npartitions=npartitions, sort=False)
    ranked = pm.rank_dask(ddf, CATALOG, WEIGHTS, **options).compute()
    return ranked.sort_values(["city", "rank", "actor_id"], kind="stable", ignore_index=True)


def shuffled(table, seed=4):
    frame = table.to_pandas()
    return frame.iloc[np.random.default_rng(seed).permutation(len(frame))]


@pytest.mark.parametrize("npartitions", [1, 2, 7])
@pytest.mark.parametrize("order", ["by city", "shuffled"])
@pytest.mark.parametrize(
    "options", [{}, {"unknown": "prior", "set_aside": "none"}, {"set_aside": 0.6}]
)
def test_a_dask_frame_is_ranked_as_in_memory(npartitions, order, options):
    table = plain(200)
    frame = table.to_pandas() if order == "by city" else shuffled(table)
    expected = in_memory(frame, **options)
    pd.testing.assert_frame_equal(
        by_dask(frame, npartitions, **options), expected, check_exact=True, check_dtype=False
    )


def test_a_register_with_a_mapping_is_ranked_as_in_memory():
    frame = shuffled(own(200))
    found = by_dask(frame, 4, mapping=OWN)
    assert found["score"].tolist() == in_memory(frame, OWN)["score"].tolist()


def test_no_city_is_in_two_partitions():
    ddf = dd.from_pandas(shuffled(plain(200)).reset_index(drop=True), npartitions=5, sort=False)
    ranked = pm.rank_dask(ddf, CATALOG, WEIGHTS)
    cities = [set(part.compute()["city"]) for part in ranked.to_delayed()]
    assert sum(map(len, cities)) == len(set().union(*cities))


def test_faults_are_told_by_the_row_over_all_partitions():
    frame = plain(100).to_pandas()
    frame.loc[57, "res_technical"] = 9.0
    with pytest.raises(InventoryError) as error:
        by_dask(frame, 3)
    assert [finding.row for finding in error.value.findings] == [58]


def test_an_id_given_twice_in_a_city_that_is_split_is_found():
    frame = plain(100).to_pandas()
    frame.loc[len(frame)] = frame.loc[0]
    with pytest.raises(InventoryError, match="occurs 2 times"):
        by_dask(frame, 3)


def test_ranking_all_together_and_other_frames_are_refused():
    with pytest.raises(MethodError) as error:
        pm.rank_dask(pd.DataFrame(), CATALOG, WEIGHTS, by=None)
    assert len(error.value.findings) == 2
