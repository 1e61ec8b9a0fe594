"""Ranking what is known: raw values with names, and values in [0, 1] without gaps."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import partnermcda as pm
from partnermcda import core
from partnermcda.methods import METHODS, as_method
from partnermcda.ranking import COLUMNS, rank

from .strategies import matrix

PHONES = pm.DecisionMatrix(
    [[250, 16, 12, 5], [200, 16, 8, 3], [300, 32, 16, 4], [275, 32, 8, 4], [225, 16, 16, 2]],
    criteria=["price", "storage", "camera", "looks"],
    benefit=[False, True, True, True],
)
WEIGHTS = {"price": 1, "storage": 1, "camera": 1, "looks": 1}
OBSERVED = [name for name in METHODS if not as_method(name).fixed_scale]


def test_a_decision_matrix_is_ranked_by_its_raw_values():
    ranking = rank(PHONES, WEIGHTS, pm.TOPSIS_OBSERVED)
    expected = core.closeness(core.vector(PHONES.x, PHONES.benefit), np.full(4, 0.25))
    assert ranking.score == pytest.approx(expected, abs=1e-12)
    assert ranking.rank.tolist() == core.rank(expected).tolist()
    assert ranking.score_low is ranking.score
    assert (ranking.rank_best == ranking.rank).all()
    assert (ranking.evidence == 1).all()
    assert ranking.scale == "observed"
    assert ranking.method == "topsis_observed(normalization=vector, p=2)"


@pytest.mark.parametrize("name", OBSERVED)
def test_every_method_ranks_its_best_figure_first(name):
    method = pm.method(name)
    ranking = rank(PHONES, WEIGHTS, name)
    scores = method.score(PHONES.x, np.full(4, 0.25), PHONES.benefit)
    assert ranking.score == pytest.approx(scores, abs=1e-12)
    best = scores.argmax() if method.higher_is_better else scores.argmin()
    assert ranking.rank[best] == 1
    assert ranking.higher_is_better == method.higher_is_better
    assert (ranking.score_low == ranking.score_high).all()


def test_a_table_of_it_has_the_columns_of_the_contract():
    frame = rank(PHONES, WEIGHTS, "vikor").to_frame()
    assert tuple(frame.columns) == COLUMNS
    assert frame["rank"].is_monotonic_increasing
    assert frame["score"].is_monotonic_increasing
    assert rank(PHONES, WEIGHTS, "vikor").summary().cities == 1


@pytest.mark.parametrize("weights", [WEIGHTS, [2, 2, 2, 2], np.ones(4)])
def test_weights_of_every_form_are_brought_to_sum_1(weights):
    assert rank(PHONES, weights, "moora").weights.values.tolist() == [0.25] * 4


def test_criteria_named_are_set_aside():
    ranking = rank(PHONES, WEIGHTS, "moora", set_aside=["price"])
    assert (ranking.set_aside, ranking.set_aside_share) == (("price",), 0.25)
    part = pm.DecisionMatrix(PHONES.x[:, 1:], benefit=[True] * 3)
    assert (ranking.score == rank(part, [1, 1, 1], "moora").score).all()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"set_aside": ["z"]}, "'z' cannot be set aside"),
        ({"rank_roles": ["focal_authority"]}, "no role 'focal_authority'; the roles are –"),
        ({"by": "country"}, "no way to group actors by 'country'"),
        ({"method": "topsis"}, "A1, column price: the value is 250; 'topsis' takes values on"),
    ],
)
def test_what_does_not_apply_to_raw_values_is_refused(options, words):
    with pytest.raises(pm.MethodError) as caught:
        rank(PHONES, WEIGHTS, **{"method": "moora", **options})
    assert str(caught.value).startswith(words)


@pytest.mark.parametrize("name", OBSERVED)
def test_each_city_is_measured_by_itself(name):
    rows = [0, 1, 2, 3, 4, 4, 3, 1]
    cities = np.array(["Lima", "Pune", "Lima", "Pune", "Lima", "Pune", "Lima", "Lima"])
    both = pm.DecisionMatrix(PHONES.x[rows], benefit=PHONES.benefit, cities=cities.tolist())
    together = rank(both, [1, 1, 1, 1], name)
    for city in ("Lima", "Pune"):
        part = pm.DecisionMatrix(PHONES.x[rows][cities == city], benefit=PHONES.benefit)
        alone = rank(part, [1, 1, 1, 1], name)
        assert together.score[cities == city] == pytest.approx(alone.score, abs=1e-12)
        assert together.rank[cities == city].tolist() == alone.rank.tolist()
    assert rank(both, [1, 1, 1, 1], name, by=None).rank.max() > 5
    assert together.to_frame()["city"].tolist() == sorted(cities)


@pytest.mark.parametrize("name", OBSERVED)
def test_a_method_that_takes_its_scale_from_the_data_refuses_what_is_not_known(name):
    values = matrix([[0.5, 0.4], [0.9, 0.2], [0.3, 0.3]], [[1, 1], [0, 1], [0, 1]])
    with pytest.raises(pm.MethodError) as caught:
        rank(values, {"a": 1, "b": 1}, name)
    assert str(caught.value).startswith("column a: values that are not known exactly: 2; ")
    assert "choose 'topsis'" in str(caught.value)
    known = rank(values, {"a": 1, "b": 1}, name, set_aside=["a"])
    assert known.rank.tolist() == [1, 3, 2]


@pytest.mark.parametrize("name", METHODS)
def test_values_without_gaps_are_ranked_by_every_method(name):
    values = matrix(
        [[0.5, 0.4], [0.9, 0.6], [0.3, 0.3], [0.2, 0.9]],
        np.ones((4, 2)),
        ["Dakar", "Lima", "Dakar", "Lima"],
    )
    ranking = rank(values, {"a": 3, "b": 1}, name)
    assert ranking.rank.tolist() == [1, 1, 2, 2]
    assert ranking.scale == ("fixed" if pm.method(name).fixed_scale else "observed")


def test_a_weighted_product_refuses_values_that_could_be_0():
    values = matrix([[0.5, 0.4], [0.9, 0.2]], [[1, 1], [0, 1]])
    with pytest.raises(pm.MethodError) as caught:
        rank(values, {"a": 1, "b": 1}, "weighted_product")
    said = str(caught.value)
    assert said.startswith("actor 001, column a: the value is not known, and could be 0; ")


@given(st.lists(st.floats(0.01, 1), min_size=6, max_size=6), st.floats(0, 0.5))
def test_bounds_of_a_weighted_product_hold_its_score(raw, share):
    mid = np.array(raw).reshape(2, 3)
    low, high = mid * (1 - share), mid + share * (1 - mid)
    values = matrix(mid, np.ones_like(mid), low=low, high=high)
    ranking = rank(values, [1, 2, 3], "weighted_product")
    assert (ranking.score_low <= ranking.score).all()
    assert (ranking.score <= ranking.score_high).all()
    assert (ranking.rank_best <= ranking.rank).all()
    assert (ranking.rank <= ranking.rank_worst).all()


@settings(deadline=None)
@given(st.lists(st.integers(1, 50), min_size=2, max_size=8), st.sampled_from([1e-9, 1.0, 1e9]))
def test_equals_are_equal_on_scores_of_any_size(values, size):
    def shaky(x, weights, benefit=None, starts=None):
        return x[:, 0] * size * np.where(np.arange(len(x)) % 2, 1 + 2e-16, 1)

    table = pm.DecisionMatrix(np.array([values]).T, benefit=[True])
    ranks = rank(table, [1], pm.Method("shaky", shaky)).rank
    lower = rank(table, [1], pm.Method("shaky", shaky, higher_is_better=False)).rank
    if size > 1e-9:
        assert ranks.tolist() == [1 + sum(b > a for b in values) for a in values]
        assert lower.tolist() == [1 + sum(b < a for b in values) for a in values]
    assert (ranks == ranks.max()).any()


def test_a_function_of_ones_own_is_a_method():
    def weakest(x, weights, benefit=None, starts=None):
        return x.min(axis=1)

    values = matrix([[0.5, 0.4], [0.9, 0.2]], [[1, 1], [0, 1]])
    own = pm.Method("weakest", weakest, fixed_scale=True)
    ranking = rank(values, {"a": 1, "b": 1}, own)
    assert (ranking.rank.tolist(), ranking.rank_best.tolist()) == ([1, 2], [1, 2])
    with pytest.raises(pm.MethodError, match="values that are not known exactly: 1"):
        rank(values, {"a": 1, "b": 1}, pm.Method("weakest", weakest))


@pytest.mark.parametrize("given_back", [[np.nan, 1.0], [1.0], [[1.0], [2.0]]])
def test_a_function_that_gives_no_scores_is_refused(given_back):
    def broken(x, weights, benefit=None, starts=None):
        return np.array(given_back)

    table = pm.DecisionMatrix([[1], [2]], benefit=[True])
    with pytest.raises(pm.MethodError, match="'broken' does not give one finite score for each"):
        rank(table, [1], pm.Method("broken", broken))


def test_ranking_a_decision_matrix_loads_no_pandas():
    program = (
        "import sys, partnermcda as pm;"
        "pm.rank(pm.DecisionMatrix([[1, 2], [2, 1]], benefit=[True, True]), [1, 2], 'vikor');"
        "print(*{'pandas', 'pymcdm', 'matplotlib'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "", done.stderr
    assert done.returncode == 0
