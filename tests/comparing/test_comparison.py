"""Side by side, each method says what it says alone."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau, spearmanr

import partnermcda as pm
from partnermcda.comparing import compare, rank_reversal
from partnermcda.methods import METHODS

WEIGHTS = [0.5, 0.3, 0.2]
ALL = [name for name in METHODS if name not in ("weighted_product", "promethee_ii")]


@st.composite
def matrices(draw, most=8):
    m = draw(st.integers(2, most))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    cities = draw(st.one_of(st.none(), st.lists(st.sampled_from("ab"), min_size=m, max_size=m)))
    return pm.DecisionMatrix(
        rng.uniform(0.1, 1, (m, 3)), benefit=[True, False, True], cities=cities
    )


@given(matrices(), st.lists(st.sampled_from(ALL), min_size=1, unique=True))
def test_each_method_ranks_as_it_does_alone(matrix, methods):
    found = compare(matrix, WEIGHTS, methods)
    for name, scores, ranks in zip(methods, found.scores, found.ranks, strict=True):
        alone = pm.rank(matrix, WEIGHTS, name)
        assert ranks.tolist() == alone.rank[found.contest.rows].tolist()
        assert scores.tolist() == alone.score[found.contest.rows].tolist()


@given(matrices())
def test_alikeness_is_that_of_the_core_city_by_city(matrix):
    found = compare(matrix, WEIGHTS, ["topsis", "weighted_sum", "vikor"])
    apart = True
    for measure in ("kendall", "spearman", "weighted_spearman", "ws"):
        table = found.correlations(measure)
        per_city = []
        for rows in found.cities():
            a, b = found.ranks[0, rows], found.ranks[2, rows]
            if len(set(a)) > 1 and len(set(b)) > 1:
                a, b = (pm.core.rank(-one.astype(float), ties="average") for one in (a, b))
                per_city.append(getattr(pm.core, measure)(a, b))
            apart &= all(len(set(one)) > 1 for one in found.ranks[:, rows])
        if per_city:
            assert table[0, 2] == pytest.approx(np.mean(per_city))
            assert table[0, 0] == pytest.approx(1)
        else:
            assert np.isnan(table[0, 2])
    assert apart == (found.notes == ())


def first(x, weights, benefit=None, starts=None):
    return x[:, 0]


def last(x, weights, benefit=None, starts=None):
    return x[:, -1]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=9))
def test_alikeness_allows_for_equals(rows):
    matrix = pm.DecisionMatrix(np.array(rows, dtype=float), benefit=[True, True])
    found = compare(matrix, [1, 1], [pm.Method("first", first), pm.Method("last", last)])
    a, b = matrix.x.T
    if len(set(a)) == 1 or len(set(b)) == 1:
        assert np.isnan(found.correlations("spearman")[0, 1])
        assert [(one.code, one.details["count"]) for one in found.notes] == [("compare.flat", 1)]
        return
    assert found.correlations("spearman")[0, 1] == pytest.approx(spearmanr(a, b).statistic)
    assert found.correlations("kendall")[0, 1] == pytest.approx(kendalltau(a, b).statistic)
    assert ((found.correlations("ws") >= 0) & (found.correlations("ws") <= 1)).all()
    assert (np.abs(found.correlations("weighted_spearman")) <= 1).all()


def test_orders_as_good_as_kemenys_are_counted_city_by_city():
    x = np.array([[1.0, 3], [3, 1], [1, 2], [2, 3]])
    matrix = pm.DecisionMatrix(x, benefit=[True, True], cities=["a", "a", "b", "b"])
    found = compare(matrix, [1, 1], [pm.Method("first", first), pm.Method("last", last)])
    assert found.consensus("kemeny").tolist() == [1, 2, 2, 1]
    assert found.as_good().tolist() == [1, 0]


def test_values_that_are_not_known_are_counted():
    catalog = pm.load_catalog("urban-services")
    actors = pd.DataFrame(
        {"actor_id": ["a", "b"], "actor": ["Ada", "Bo"], "actor_type": ["ngo", "ngo"]}
        | {"city": ["Dakar", "Dakar"], "res_technical": [2, 4], "res_data": [None, 3]}
    )
    values = pm.evaluate(pm.read_inventory(actors, catalog), catalog)
    ranking = pm.rank(values, catalog.weights("balanced"))
    unknown = int((ranking.contest.low < ranking.contest.high).sum())
    assert unknown > 0
    for found in (compare(ranking), rank_reversal(ranking)):
        told = [one.details["count"] for one in found.notes if one.code == "compare.middle"]
        assert told == [unknown]


@given(matrices(), st.integers(1, 4))
def test_agreement_is_the_share_of_the_best_in_common(matrix, top):
    found = compare(matrix, WEIGHTS, ["topsis", "vikor"])
    shares = []
    for rows in found.cities():
        a, b = ({i for i, r in enumerate(ranks[rows]) if r <= top} for ranks in found.ranks)
        shares.append(len(a & b) / len(a | b))
    assert found.agreement(top)[0, 1] == pytest.approx(np.mean(shares))
    assert (found.agreement(top).diagonal() == 1).all()


@given(matrices(), st.sampled_from(["borda", "copeland", "kemeny"]))
def test_a_consensus_of_one_method_is_its_ranking(matrix, rule):
    found = compare(matrix, WEIGHTS, ["topsis"])
    assert found.consensus(rule).tolist() == found.ranks[0].tolist()


def test_a_ranking_brings_its_weights_and_options_along():
    matrix = pm.DecisionMatrix([[0.2, 0.9], [0.8, 0.1]], benefit=[True, True])
    ranking = pm.rank(matrix, [1, 3], set_aside=["C2"])
    assert compare(ranking, methods=["weighted_sum"]).ranks.tolist() == [[2, 1]]


def test_the_table_has_a_column_of_ranks_for_each_method():
    matrix = pm.DecisionMatrix([[0.2, 0.9], [0.8, 0.1]], benefit=[True, True])
    frame = compare(matrix, [1, 3], ["topsis", "edas"]).to_frame()
    names = ["city", "actor_id", "actor", "consensus", "topsis", "edas"]
    assert frame.columns.tolist() == names
    assert frame["consensus"].tolist() == [1, 2]


def test_all_methods_that_cannot_take_the_values_are_told_at_once():
    matrix = pm.DecisionMatrix([[5.0], [7.0]], benefit=[True])
    with pytest.raises(pm.MethodError) as caught:
        compare(matrix, [1.0], ["topsis", "vikor", "weighted_sum"])
    told = str(caught.value)
    assert "topsis" in told
    assert "weighted_sum" in told


def test_all_names_that_are_not_offered_are_told_at_once_with_all_refusals():
    matrix = pm.DecisionMatrix([[5.0], [7.0]], benefit=[True])
    with pytest.raises(pm.MethodError) as caught:
        compare(matrix, [1.0], ["nope", "topsis", "nada", "vikor", "vikor"])
    told = str(caught.value)
    assert all(word in told for word in ("nope", "nada", "topsis", "vikor(v=0.5), vikor(v=0.5)"))


def test_one_method_needs_no_list():
    matrix = pm.DecisionMatrix([[0.5], [0.7]], benefit=[True])
    for one in ("topsis", pm.method("topsis")):
        assert compare(matrix, [1.0], one).methods == ("topsis",)


@pytest.mark.parametrize("methods", [[], ["topsis", "topsis"]])
def test_no_method_and_one_named_twice_are_refused(methods):
    matrix = pm.DecisionMatrix([[0.5], [0.7]], benefit=[True])
    with pytest.raises(pm.MethodError) as caught:
        compare(matrix, [1.0], methods)
    assert caught.value.findings[0].code == "compare.methods"


def test_what_is_not_offered_is_refused_in_words():
    matrix = pm.DecisionMatrix([[0.5], [0.7]], benefit=[True])
    found = compare(matrix, [1.0], ["topsis"])
    for ask, code in (
        (lambda: found.correlations("pearson"), "compare.measure"),
        (lambda: found.consensus("plurality"), "compare.rule"),
        (lambda: found.agreement(0), "compare.top"),
        (lambda: found.agreement("three"), "compare.top"),
        (lambda: found.agreement(float("nan")), "compare.top"),
    ):
        with pytest.raises(pm.MethodError) as caught:
            ask()
        assert caught.value.findings[0].code == code
