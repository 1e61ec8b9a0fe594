"""Weights drawn from what judges said: how unsure each was, and how they differ."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermcda import core
from partnermcda.errors import MethodError, WeightsError
from partnermcda.hierarchy import Hierarchy
from partnermcda.judgements.model import Judgements
from partnermcda.weighing.ahp import ahp_weights
from partnermcda.weighing.draws import WeightDraws, draw_weights

SEEDS = st.integers(0, 2**32 - 1)
SPREADS = ("judgements", "judges", "both")
GOAL = ("cost", "service")
SERVICE = ("reach", "trust", "speed")
UTILITY = {"goal": [2.0], "service": [3.0, 5.0, 2.0]}
NGO = {"goal": [0.5], "service": [1.0, 2.0, 3.0]}
CITY = {"goal": [1.0], "service": [4.0, 4.0, 0.5]}
GROUP = {"water utility": UTILITY, "ngo": NGO, "city": CITY}


def bounds(upper, order, width):
    """Lowest, own and highest judgements, within `width` times either way."""
    a = core.reciprocal_matrix(np.array(upper), order)
    away = np.where(np.eye(order, dtype=bool), 1.0, width)
    return a / away, a, a * away


def said(judges, width=1.0, nodes=("goal", "service")):
    """Judgements of judges, each a mapping of nodes to what stands above the diagonal."""
    items = {node: {"goal": GOAL, "service": SERVICE}[node] for node in nodes}
    sides = {}
    for node, names in items.items():
        stacks = [bounds(one[node], len(names), width) for one in judges.values()]
        sides[node] = np.swapaxes(stacks, 0, 1)
    low, middle, high = ({node: sides[node][i] for node in nodes} for i in range(3))
    return Judgements(judges=tuple(judges), items=items, matrices=middle, low=low, high=high)


def codes(draws):
    return [note.code for note in draws.notes if note.code.startswith("draws.")]


def log_ratios(weights):
    logs = np.log(weights)
    return logs - logs.mean(axis=-1, keepdims=True)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(SPREADS), st.floats(1, 3), st.integers(0, 20), SEEDS)
def test_drawn_weights_are_positive_and_sum_to_one(spread, width, size, seed):
    draws = draw_weights(said(GROUP, width), size, seed, spread=spread)
    assert draws.names == ("cost", *SERVICE)
    assert draws.values.shape == (size, 4)
    assert (draws.values > 0).all()
    assert draws.values.sum(axis=1) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("pooling", ["aij", "aip_geometric", "aip_arithmetic"])
def test_certain_judgements_give_their_own_weights_in_every_draw(pooling):
    certain = said(GROUP)
    judged = ahp_weights(certain, pooling=pooling)
    draws = draw_weights(certain, 5, 1, judged=judged)
    assert draws.values == pytest.approx(np.tile(judged.weights.values, (5, 1)), abs=1e-15)
    assert codes(draws) == ["draws.certain"]


@pytest.mark.parametrize("pooling", ["aij", "aip_geometric", "aip_arithmetic"])
@pytest.mark.parametrize("method", ["eigenvector", "geometric_mean", "column_mean"])
def test_judgements_that_are_all_but_certain_give_all_but_the_same_weights(pooling, method):
    unsure = said(GROUP, 1 + 1e-9)
    judged = ahp_weights(unsure, pooling=pooling, method=method)
    draws = draw_weights(unsure, 5, 1, judged=judged)
    assert draws.values == pytest.approx(np.tile(judged.weights.values, (5, 1)), abs=1e-8)
    assert codes(draws) == []


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(["judgements", "both"]), st.floats(1.1, 2), SEEDS)
def test_wider_intervals_spread_the_weights_further(spread, factor, seed):
    alone = {"ngo": NGO}
    near, far = (
        log_ratios(draw_weights(said(alone, 1.2 * more), 300, seed, spread=spread).values)
        for more in (1.0, factor)
    )
    assert (far.std(axis=0) > near.std(axis=0)).all()
    assert near.std() > 0


def test_triangular_judgements_lie_closer_to_what_was_said():
    unsure = said({"ngo": NGO}, 2.0)
    wide = log_ratios(draw_weights(unsure, 500, 3, within="uniform").values)
    close = log_ratios(draw_weights(unsure, 500, 3, within="triangular").values)
    assert (close.std(axis=0) < 0.9 * wide.std(axis=0)).all()


def test_a_judgement_is_triangular_where_a_most_likely_value_was_given_and_else_uniform():
    plain = said({"ngo": NGO}, 2.0, ["goal"])
    uniform, triangular = (
        draw_weights(plain, 20, 3, within=within).values for within in ("uniform", "triangular")
    )
    assert np.array_equal(draw_weights(plain, 20, 3).values, uniform)
    assert not np.allclose(uniform, triangular)
    middle = {"goal": np.array([[[1.0, 0.3], [1 / 0.3, 1.0]]])}
    leaning = Judgements(
        judges=plain.judges, items=plain.items, matrices=middle, low=plain.low, high=plain.high
    )
    peaked = draw_weights(leaning, 20, 3, within="triangular").values
    assert np.array_equal(draw_weights(leaning, 20, 3).values, peaked)
    assert not np.allclose(uniform, peaked)


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(SPREADS), st.sampled_from(["as_said", "triangular"]), SEEDS)
def test_a_leaf_is_the_product_of_its_nodes_and_a_node_hangs_on_no_other(spread, within, seed):
    options = {"spread": spread, "within": within}
    whole = draw_weights(said(GROUP, 1.5), 10, seed, **options).values
    top = draw_weights(said(GROUP, 1.5, ["goal"]), 10, seed, **options).values
    below = draw_weights(said(GROUP, 1.5, ["service"]), 10, seed, **options).values
    assert whole[:, 0] == pytest.approx(top[:, 0], abs=1e-15)
    assert whole[:, 1:] == pytest.approx(top[:, 1:] * below, abs=1e-15)


@settings(max_examples=15, deadline=None)
@given(st.permutations(list(GROUP)), st.sampled_from(SPREADS), SEEDS)
def test_the_order_of_judges_and_nodes_does_not_matter(order, spread, seed):
    turned = said({judge: GROUP[judge] for judge in order}, 1.5, ("service", "goal"))
    expected = draw_weights(said(GROUP, 1.5), 10, seed, spread=spread)
    assert draw_weights(turned, 10, seed, spread=spread).values == pytest.approx(
        expected.values, abs=1e-12
    )


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(SPREADS), st.integers(0, 20), st.integers(0, 20), SEEDS)
def test_a_shorter_draw_is_the_beginning_of_a_longer_one(spread, few, more, seed):
    unsure = said(GROUP, 1.5)
    long = draw_weights(unsure, few + more, seed, spread=spread).values
    assert np.array_equal(draw_weights(unsure, few, seed, spread=spread).values, long[:few])


def test_a_generator_goes_on_and_a_seed_begins_anew():
    unsure, rng = said(GROUP, 1.5), np.random.default_rng(5)
    first, second = draw_weights(unsure, 4, rng), draw_weights(unsure, 4, rng)
    assert np.array_equal(first.values, draw_weights(unsure, 4, 5).values)
    assert not np.array_equal(first.values, second.values)


def test_the_spread_between_judges_lies_around_the_group_and_is_theirs():
    certain = said(GROUP, nodes=["service"])
    judged = ahp_weights(certain, judge_weights={"water utility": 2, "ngo": 1, "city": 1})
    drawn = log_ratios(draw_weights(certain, 100_000, 7, spread="judges", judged=judged).values)
    own = log_ratios(judged.nodes[0].judge_priorities)
    middle = log_ratios(judged.weights.values)
    assert drawn.mean(axis=0) == pytest.approx(middle, abs=0.02)
    assert np.cov(drawn.T) == pytest.approx(np.cov(own.T, aweights=[2, 1, 1]), abs=0.02)


def test_both_spreads_add_up():
    unsure = said(GROUP, 9.0, ["service"])
    judged = ahp_weights(unsure, method="geometric_mean")
    judgements, judges, both = (
        np.cov(log_ratios(draw_weights(unsure, 100_000, 8, spread=s, judged=judged).values).T)
        for s in SPREADS
    )
    assert both == pytest.approx(judgements + judges, abs=0.015)
    assert np.diag(judgements).min() > 0.1


def test_pooling_priorities_is_pooling_judgements_where_both_are_geometric():
    unsure = said(GROUP, 1.5)
    by = {
        pooling: ahp_weights(unsure, method="geometric_mean", pooling=pooling)
        for pooling in ("aij", "aip_geometric", "aip_arithmetic")
    }
    drawn = {pooling: draw_weights(unsure, 20, 9, judged=by[pooling]).values for pooling in by}
    assert drawn["aip_geometric"] == pytest.approx(drawn["aij"], abs=1e-12)
    assert not np.allclose(drawn["aip_arithmetic"], drawn["aij"], atol=1e-4)


@pytest.mark.parametrize("spread", SPREADS)
def test_who_is_left_out_or_counts_nothing_does_not_count_in_the_draws(spread):
    everybody, two = said(GROUP, 1.5), said({"ngo": NGO, "city": CITY}, 1.5)
    without = ahp_weights(everybody, judge_weights={"water utility": 0, "ngo": 1, "city": 1})
    drawn = draw_weights(everybody, 10, 1, spread=spread, judged=without).values
    assert drawn == pytest.approx(draw_weights(two, 10, 1, spread=spread).values, abs=1e-12)


def unasked(judgements, judge, node, *pairs):
    """Judgements in which one judge was not asked some pairs."""
    sides = []
    for side in (judgements.matrices, judgements.low, judgements.high):
        stack = side[node].copy()
        for i, k in pairs:
            stack[judgements.judges.index(judge), [i, k], [k, i]] = np.nan
        sides.append({**side, node: stack})
    matrices, low, high = sides
    return Judgements(
        judges=judgements.judges, items=judgements.items, matrices=matrices, low=low, high=high
    )


def test_a_pair_is_pooled_over_those_who_answered_it():
    apart = said({"ngo": NGO, "city": CITY}, 1.5, ["service"])
    ngo_alone = unasked(apart, "city", "service", (0, 1), (0, 2), (1, 2))
    alone = said({"ngo": NGO}, 1.5, ["service"])
    assert draw_weights(ngo_alone, 10, 1).values == pytest.approx(draw_weights(alone, 10, 1).values)


def test_answers_that_do_not_link_all_items_count_in_the_group_and_not_between_judges():
    gap = unasked(said(GROUP), "city", "service", (0, 1), (1, 2))
    draws = draw_weights(gap, 200, 1, spread="judges")
    assert codes(draws) == ["draws.unheard"]
    assert (draws.notes[-1].details["judge"], draws.notes[-1].details["node"]) == (
        "city",
        "service",
    )
    assert draws.values.std(axis=0).min() > 0.01


def test_a_node_with_a_single_judge_stands_still_and_says_so():
    gap = said({"ngo": NGO, "city": CITY})
    silent = unasked(gap, "city", "service", (0, 1), (0, 2), (1, 2))
    draws = draw_weights(silent, 50, 1, spread="judges")
    assert codes(draws) == ["draws.undivided"]
    shares = draws.values[:, 1:] / draws.values[:, 1:].sum(axis=1, keepdims=True)
    assert shares == pytest.approx(np.tile(shares[0], (50, 1)))
    assert np.ptp(draws.values[:, 0]) > 0.1


def test_priorities_that_are_given_hold_in_every_draw():
    top = said(GROUP, 1.5, ["goal"])
    tree = Hierarchy("goal", {"goal": GOAL, "service": SERVICE})
    judged = ahp_weights(top, hierarchy=tree, local={"service": [1, 2, 1]})
    draws = draw_weights(top, 20, 1, judged=judged)
    assert draws.names == ("cost", *SERVICE)
    assert draws.values[:, 2] == pytest.approx((1 - draws.values[:, 0]) / 2)
    assert np.ptp(draws.values[:, 0]) > 0.01


def test_the_robustness_of_a_ranking_responds_to_how_judges_differ():
    r = np.array([[0.9, 0.4, 0.4, 0.5], [0.2, 0.8, 0.7, 0.6], [0.5, 0.5, 0.5, 0.5]])

    def share_of_first(judges):
        draws = draw_weights(said(judges), 2_000, 7, spread="judges")
        scores = core.closeness(r, draws.along(("cost", *SERVICE)))
        return (scores.argmax(axis=1) == 0).mean()

    agreed = {"water utility": UTILITY, "city": UTILITY}
    near = {"water utility": UTILITY, "city": UTILITY | {"goal": [1.5]}}
    far = {"water utility": UTILITY | {"goal": [9.0]}, "city": UTILITY | {"goal": [1 / 3]}}
    assert share_of_first(agreed) == 1.0
    assert share_of_first(near) > 0.95
    assert 0.4 < share_of_first(far) < 0.95


def test_draws_have_names_and_keep_their_values():
    draws = WeightDraws(("a", "b"), np.array([[0.2, 0.8]]), "judges")
    assert len(draws) == 1
    assert draws.along(["b", "a"]).tolist() == [[0.8, 0.2]]
    with pytest.raises(ValueError, match="read-only"):
        draws.values[0, 0] = 1
    with pytest.raises(WeightsError) as caught:
        draws.along(["b", "c"])
    found = {finding.code: finding.details["name"] for finding in caught.value.findings}
    assert found == {"weights.missing": "c", "weights.unknown": "a"}


@pytest.mark.parametrize("options", [{"spread": "judge"}, {"within": "normal"}])
def test_an_option_that_does_not_exist_is_refused_with_those_that_do(options):
    with pytest.raises(MethodError, match=r"judgements, judges, both|as_said, uniform, triangular"):
        draw_weights(said(GROUP), 5, 1, **options)


def test_a_size_and_a_seed_are_whole_numbers():
    with pytest.raises(WeightsError) as caught:
        draw_weights(said(GROUP), 1.5, None)
    assert [finding.code for finding in caught.value.findings] == ["draws.size", "draws.rng"]


def test_weights_of_other_judgements_are_refused():
    judged = ahp_weights(said(GROUP))
    with pytest.raises(WeightsError) as caught:
        draw_weights(said({"ngo": NGO}, nodes=["goal"]), 5, 1, judged=judged)
    places = [finding.details["node"] for finding in caught.value.findings]
    assert places == ["goal", "service"]
