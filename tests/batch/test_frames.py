"""Frames that come one after the other are ranked as if they were one."""

import pandas as pd
import pytest

import partnermcda as pm
from partnermcda.errors import InventoryError, MethodError
from tests.batch.registers import CATALOG, WEIGHTS, plain


def pieces(table, cities=4):
    """The register as frames of a few whole cities each."""
    frame = table.to_pandas()
    names = list(dict.fromkeys(frame["city"]))
    for first in range(0, len(names), cities):
        yield frame[frame["city"].isin(names[first : first + cities])]


def in_memory(table, **options):
    values = pm.evaluate(pm.read_inventory(table, CATALOG), CATALOG)
    return pm.rank(values, WEIGHTS, **options).to_frame()


def test_frames_one_by_one_give_the_ranking_of_all_of_them():
    table = plain(200)
    found = pd.concat(pm.rank_frames(pieces(table), CATALOG, WEIGHTS), ignore_index=True)
    pd.testing.assert_frame_equal(
        found, in_memory(table, set_aside="none"), check_exact=True, check_column_type=False
    )


def test_criteria_to_set_aside_are_named():
    table, aside = plain(100), ["res_data", "eq_environment"]
    ranked = pm.rank_frames(pieces(table), CATALOG, WEIGHTS, set_aside=aside)
    found = pd.concat(ranked, ignore_index=True)
    assert found["score"].tolist() == in_memory(table, set_aside=aside)["score"].tolist()


@pytest.mark.parametrize("rule", ["unobserved", 0.5])
def test_what_only_the_last_frame_would_settle_is_refused(rule):
    with pytest.raises(MethodError, match="last frame"):
        next(pm.rank_frames(pieces(plain(50)), CATALOG, WEIGHTS, set_aside=rule))


def test_a_city_that_comes_again_is_refused():
    frames = list(pieces(plain(100)))
    with pytest.raises(InventoryError, match="more than one frame"):
        list(pm.rank_frames([*frames, frames[0]], CATALOG, WEIGHTS))


def test_faults_are_told_by_the_row_over_all_frames():
    first, second, *_ = pieces(plain(100))
    second = second.assign(res_technical=9.0)
    ranked = pm.rank_frames([first, second], CATALOG, WEIGHTS)
    next(ranked)
    with pytest.raises(InventoryError) as error:
        next(ranked)
    assert error.value.findings[0].row == len(first) + 1
