"""Intervals with names are those of the core, city by city; paths name who leads where."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import partnermcda as pm
from partnermcda.core.stability import stability
from partnermcda.robustness.paths import weight_path
from partnermcda.robustness.stability import weight_stability

from ..ranking.strategies import matrices, weights_for


@given(matrices(least=2), st.data(), st.sampled_from(["topsis", "weighted_sum"]))
def test_each_city_has_the_interval_it_has_alone(values, data, method):
    assume(values.evidence.any())
    # Products of smaller ones are no numbers, which is told in words.
    assume(((values.mid == 0) | (values.mid > 1e-50)).all())
    ranking = pm.rank(values, data.draw(weights_for(values)), method, set_aside="none")
    found = weight_stability(ranking)
    contest = found.contest
    ideals = {} if method == "weighted_sum" else {"ideal": np.ones(1), "anti_ideal": np.zeros(1)}
    score = "weighted_sum" if method == "weighted_sum" else "closeness"
    n = len(contest.criteria)
    for i, city in enumerate(contest.city_names):
        rows = contest.cities == city
        alone = stability(
            contest.mid[rows],
            contest.weights.values,
            score=score,
            **{name: np.repeat(point, n) for name, point in ideals.items()},
        )
        assert found.low[i] == pytest.approx(alone.low, abs=1e-12)
        assert found.high[i] == pytest.approx(alone.high, abs=1e-12)
        ids = [*contest.actors[rows], ""]
        assert found.above[i].tolist() == [ids[place] for place in alone.above]
    assert bool(found.notes) == (contest.low < contest.high).any()


PHONES = pm.DecisionMatrix(
    [[0.9, 0.2, 0.6], [0.5, 0.8, 0.7], [0.1, 0.9, 0.9]],
    benefit=[True] * 3,
    criteria=["cost", "size", "speed"],
    alternatives=["x", "y", "z"],
)
WEIGHTS = {"cost": 0.6, "size": 0.25, "speed": 0.15}


def test_the_most_fragile_weight_of_a_city_comes_first():
    frame = weight_stability(PHONES, WEIGHTS).to_frame()
    assert frame["room"].is_monotonic_increasing
    assert sorted(frame["criterion"]) == ["cost", "size", "speed"]


def test_pillars_move_as_one_and_leave_out_what_was_set_aside():
    ranking = pm.rank(PHONES, WEIGHTS, "weighted_sum", set_aside=["speed"])
    pillars = {"use": ["size", "speed"], "money": ["cost"], "rest": ["speed"]}
    found = weight_stability(ranking, pillars=pillars)
    assert found.names == ("use", "money")
    assert found.weights == pytest.approx([5 / 17, 12 / 17])
    assert found.low[0] == pytest.approx(1 - found.high[0][::-1])


def test_a_catalog_gives_its_pillars():
    catalog = pm.load_catalog("urban-services")
    mapping = "docs/examples/br-water-by-state.yaml"
    inventory = pm.read_inventory("docs/examples/br_water_providers_2021.csv", catalog, mapping)
    ranking = pm.rank(pm.evaluate(inventory, catalog), catalog.weights("expand_unserved"))
    found = weight_stability(ranking, pillars=catalog)
    assert set(found.names) <= {pillar.id for pillar in catalog.pillars}
    assert found.weights.sum() == pytest.approx(1)
    assert len(found) == 27


def test_who_leads_along_a_path_is_who_takes_over_at_the_ends():
    found = weight_stability(PHONES, WEIGHTS)
    path = weight_path(PHONES, WEIGHTS, criterion="cost")
    leading = path.leaders()
    assert [low for low, _, _ in leading] == pytest.approx(
        [0, *[high for _, high, _ in leading][:-1]]
    )
    (own,) = [(low, high) for low, high, actor in leading if low < path.weight < high]
    assert own == pytest.approx((found.low[0, 0], found.high[0, 0]))
    frame = path.to_frame()
    assert (frame["from"] < frame["to"]).all()
    assert frame.groupby("actor_id")["to"].max().tolist() == [1.0] * 3


def test_a_path_follows_those_named_among_all_of_a_city():
    cities = pm.DecisionMatrix(
        np.vstack((PHONES.x, PHONES.x[::-1])),
        benefit=[True] * 3,
        criteria=list(PHONES.criteria),
        cities=["p"] * 3 + ["q"] * 3,
    )
    whole = weight_path(cities, WEIGHTS, criterion="size", city="q")
    some = weight_path(cities, WEIGHTS, criterion="size", city="q", actors=["A5", "A4"])
    assert some.actors.tolist() == ["A5", "A4"]
    assert whole.actors.tolist() == ["A4", "A5", "A6"]
    assert set(some.breaks) <= set(whole.breaks)
    with pytest.raises(pm.MethodError) as caught:
        weight_path(cities, WEIGHTS, criterion="size")
    assert caught.value.findings[0].code == "stability.which_city"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"pillars": {"use": ["bulk"]}}, "stability.pillar"),
        ({"method": "vikor"}, "contest.no_geometry"),
        ({"method": "topsis_observed(p=inf)"}, "stability.norm"),
    ],
)
def test_what_has_no_interval_is_refused(asked, code):
    with pytest.raises(pm.MethodError) as caught:
        weight_stability(PHONES, WEIGHTS, **asked)
    assert caught.value.findings[0].code == code


def test_a_weight_that_is_not_there_has_no_path():
    for asked in ({"criterion": "bulk"}, {"criterion": "size", "city": "Dakar"}):
        with pytest.raises(pm.MethodError):
            weight_path(PHONES, WEIGHTS, **asked)
