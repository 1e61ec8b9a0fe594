"""Weights that people give outright, take from values, blend, or find from the best and worst."""

import itertools
import math
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from partnermcda.core import weighting
from partnermcda.elicitation import (
    best_worst,
    blend,
    objective_weights,
    points,
    rank_weights,
    swing,
)
from partnermcda.errors import JudgementsError, MethodError, WeightsError
from partnermcda.matrix import DecisionMatrix, ValueMatrix, texts
from partnermcda.weights import Weights

NAMES = st.lists(st.text(min_size=1, max_size=4), min_size=2, max_size=6, unique=True)
GIVEN = st.floats(0.01, 1000)
RANK_METHODS = ("centroid", "sum", "reciprocal")
FEWER = settings(max_examples=40, deadline=None)
"""The first program to be solved waits for scipy."""
OBJECTIVE = ("entropy", "critic", "deviation", "merec")


def codes(error, call, *arguments, **options):
    """What is found in what was handed over; every sentence can be said in both languages."""
    with pytest.raises(error) as caught:
        call(*arguments, **options)
    assert caught.value.text("en") != caught.value.text("fr")
    return [finding.code for finding in caught.value.findings]


def mapping(values):
    return st.dictionaries(st.text(min_size=1, max_size=4), values, min_size=1, max_size=6)


# Points and swings.


@given(mapping(GIVEN))
def test_points_are_weights_in_their_proportion(given_points):
    weights = points(given_points)
    whole = math.fsum(given_points.values())
    assert weights.to_dict() == pytest.approx({n: p / whole for n, p in given_points.items()})
    assert weights.source == "points"


@given(mapping(GIVEN), GIVEN)
def test_a_total_is_met_but_for_rounding_or_told(given_points, missing):
    whole = sum(given_points.values())
    assert points(given_points, total=whole).to_dict() == points(given_points).to_dict()
    assert codes(WeightsError, points, given_points, total=whole + missing) == ["elicitation.total"]


def test_thirds_and_tenths_add_up():
    assert points({"a": 33.3, "b": 33.3, "c": 33.4}, total=100).values.sum() == pytest.approx(1)
    assert points({"a": Decimal("0.1"), "b": 0.2, "c": np.float32(0.5)}).names == ("a", "b", "c")


@given(mapping(st.floats(0, 100)))
def test_swings_are_points_of_which_the_largest_is_100(swings):
    best = max(swings, key=swings.get)
    weights = swing({**swings, best: 100})
    assert weights.to_dict() == points({**swings, best: 100}).to_dict()
    assert weights.source == "swing"
    assert codes(WeightsError, swing, {**swings, best: 100.5}) == ["elicitation.swing"]


def test_a_most_wanted_swing_below_100_is_told():
    assert codes(WeightsError, swing, {"a": 90, "b": 20}) == ["elicitation.swing"]
    both = ["elicitation.number", "elicitation.swing"]
    assert codes(WeightsError, swing, {"a": 90, "b": -20}) == both


@pytest.mark.parametrize("give", [points, swing])
@pytest.mark.parametrize("wrong", [-1, math.nan, math.inf, "5", None, True, 10**400, 1j])
def test_every_answer_that_is_no_number_is_told_by_name(give, wrong):
    with pytest.raises(WeightsError) as caught:
        give({"a": 100, "b": wrong, "c": wrong})
    told = [(found.code, found.details["name"]) for found in caught.value.findings]
    assert told == [("elicitation.number", "b"), ("elicitation.number", "c")]


@pytest.mark.parametrize("give", [points, swing])
def test_nothing_at_all_is_no_answer(give):
    assert codes(WeightsError, give, {}) == ["elicitation.nothing"]
    assert codes(WeightsError, give, {"a": 0, "b": 0}) == ["elicitation.all_zero"]


# An order alone.


@pytest.mark.parametrize("method", RANK_METHODS)
@given(NAMES)
def test_an_order_gives_weights_that_fall(method, names):
    weights = rank_weights(names, method)
    assert weights.names == tuple(names)
    assert (np.diff(weights.values) < 0).all()
    assert weights.source == f"rank_{method}"


@pytest.mark.parametrize("method", RANK_METHODS)
@given(NAMES, st.data())
def test_equals_have_equal_weights_and_others_keep_theirs(method, names, data):
    cuts = data.draw(st.sets(st.integers(1, len(names) - 1)))
    groups = [part.tolist() for part in np.split(np.array(names, dtype=object), sorted(cuts))]
    tied, strict = rank_weights(groups, method).to_dict(), rank_weights(names, method).to_dict()
    for group in groups:
        shared = sum(strict[name] for name in group) / len(group)
        assert [tied[name] for name in group] == pytest.approx([shared] * len(group))


@pytest.mark.parametrize("method", RANK_METHODS)
@given(NAMES)
def test_all_equal_is_equal_weights(method, names):
    assert rank_weights([names], method).values == pytest.approx(
        np.full(len(names), 1 / len(names))
    )


def test_an_order_with_faults_is_told_place_by_place():
    found = codes(WeightsError, rank_weights, ["a", ["b", "a"], [], 3, ["c", 4], "a"])
    assert found == [*["elicitation.place"] * 3, "elicitation.repeated"]
    assert codes(WeightsError, rank_weights, []) == ["elicitation.nothing"]
    assert codes(WeightsError, rank_weights, "abc") == ["elicitation.order"]
    assert codes(MethodError, rank_weights, ["a"], "power") == ["elicitation.method"]


# From values.


def values(low, high):
    """A value matrix of which the middle is not looked at where something is not known."""
    low, high = np.array(low), np.array(high)
    m, n = low.shape
    words = texts([""] * m)
    return ValueMatrix(
        criteria=tuple("abc"[:n]),
        actors=texts([f"actor {i}" for i in range(m)]),
        names=words,
        types=words,
        cities=words,
        low=low,
        mid=(low + high) / 2,
        high=high,
        evidence=(low == high).astype(float),
        roles=words,
        gates=words,
        outside=np.zeros(m, dtype=bool),
    )


@pytest.mark.parametrize("method", OBJECTIVE)
def test_a_decision_matrix_is_weighed_with_its_directions_and_names(method):
    x = [[250.0, 16.0, 12.0], [200.0, 16.0, 8.0], [300.0, 32.0, 16.0], [275.0, 24.0, 8.0]]
    benefit = [False, True, True]
    weights = objective_weights(DecisionMatrix(x, criteria=list("abc"), benefit=benefit), method)
    expected = getattr(weighting, f"{method}_weights")(np.array(x), np.array(benefit))
    assert weights.names == ("a", "b", "c")
    assert weights.values == pytest.approx(expected, abs=1e-15)
    assert weights.source == method


@pytest.mark.parametrize("method", OBJECTIVE)
def test_values_on_the_catalogs_scale_are_weighed_where_more_is_better(method):
    known = np.array([[0.1, 0.9], [0.5, 0.3], [0.7, 0.8]])
    weights = objective_weights(values(known, known), method)
    matrix = DecisionMatrix(known, criteria=["a", "b"], benefit=[True, True])
    assert weights.to_dict() == objective_weights(matrix, method).to_dict()


def test_what_is_not_known_is_told_criterion_by_criterion():
    low, high = [[0.0, 0.5, 0.2], [0.0, 0.6, 0.1]], [[1.0, 0.5, 1.0], [1.0, 0.6, 0.1]]
    with pytest.raises(MethodError) as caught:
        objective_weights(values(low, high))
    told = [(f.code, f.column, f.details["count"]) for f in caught.value.findings]
    assert told == [("elicitation.unknown", "a", 2), ("elicitation.unknown", "c", 1)]


def test_what_a_method_refuses_is_told_by_the_names_of_actor_and_criterion():
    matrix = DecisionMatrix(
        [[1, -1], [2, 3]],
        criteria=["reach", "cost"],
        benefit=[True, False],
        alternatives=["x", "y"],
    )
    with pytest.raises(MethodError, match="x, column cost: the value -1 is negative"):
        objective_weights(matrix, "entropy")
    assert codes(MethodError, objective_weights, matrix, "idocriw") == ["elicitation.method"]
    alike = DecisionMatrix([[1, 1], [1, 1]], benefit=[True, True])
    assert codes(MethodError, objective_weights, alike) == ["weighting.alike"]


# Blends.


@st.composite
def two_weights(draw):
    names = tuple(draw(NAMES))
    given_values, taken = (
        draw(st.lists(GIVEN, min_size=len(names), max_size=len(names))) for _ in "12"
    )
    subjective = Weights(names, np.array(given_values), {"goal": 0.05}, "saaty-1980", "swing")
    return subjective, Weights(names, np.array(taken), source="critic")


@pytest.mark.parametrize("how", ["linear", "geometric"])
@given(two_weights())
def test_at_the_ends_a_blend_is_one_of_the_two(how, both):
    subjective, objective = both
    for share, end in ((1, subjective), (0, objective)):
        blended = blend(subjective, objective, share=share, how=how)
        assert blended.values == pytest.approx(end.values, rel=1e-14)


@pytest.mark.parametrize("how", ["linear", "geometric"])
@given(two_weights(), st.floats(0, 1))
def test_a_blend_of_weights_with_themselves_is_the_weights(how, both, share):
    weights = both[0]
    assert blend(weights, weights, share=share, how=how).values == pytest.approx(weights.values)


@given(two_weights(), st.floats(0, 1))
def test_a_linear_blend_lies_between_and_a_geometric_one_between_in_proportions(both, share):
    a, b = both[0].values, both[1].values
    linear = blend(*both, share=share).values
    assert ((linear >= np.minimum(a, b) - 1e-12) & (linear <= np.maximum(a, b) + 1e-12)).all()
    geometric = blend(*both, share=share, how="geometric").values
    logs = share * np.log(a / a[0]) + (1 - share) * np.log(b / b[0])
    assert np.log(geometric / geometric[0]) == pytest.approx(logs, abs=1e-9)


@given(two_weights(), st.data())
def test_a_blend_goes_by_names_and_keeps_what_is_known_of_the_judgements(both, data):
    subjective, objective = both
    order = data.draw(st.permutations(objective.names))
    mixed = blend(subjective, {name: objective.to_dict()[name] for name in order})
    assert mixed.names == subjective.names
    assert mixed.values == pytest.approx(blend(*both).values, rel=1e-14)
    assert (mixed.consistency, mixed.random_index) == ({"goal": 0.05}, "saaty-1980")
    assert blend(*both, share=0.25).source == "linear(swing, critic, share=0.25)"


def test_a_blend_tells_every_fault():
    given_weights = {"a": 1, "b": 1}
    found = codes(WeightsError, blend, given_weights, {"a": 1, "c": 1}, share=1.5)
    assert found == ["elicitation.share", "weights.missing", "weights.unknown"]
    for share in (-0.1, math.nan, "0.5"):
        assert codes(WeightsError, blend, given_weights, given_weights, share=share) == [
            "elicitation.share"
        ]
    apart = {"a": 1, "b": 0}, {"a": 0, "b": 1}
    assert codes(WeightsError, blend, *apart, how="geometric") == ["elicitation.nothing_shared"]
    assert blend(*apart).to_dict() == {"a": 0.5, "b": 0.5}
    assert codes(MethodError, blend, *apart, how="product") == ["elicitation.method"]


# The best and the worst.


def lowest_corner(of_best, of_worst, b, w):
    """The lowest corner of the linear program, among all points where enough limits meet."""
    n = len(of_best)
    sides = np.vstack(
        [np.eye(n)[b] - np.diag(of_best), np.eye(n) - np.outer(of_worst, np.eye(n)[w])]
    )
    limits = np.unique(np.column_stack([np.vstack([sides, -sides]), -np.ones(4 * n)]), axis=0)
    best = np.full(n + 1, math.inf)
    for chosen in itertools.combinations(limits, n):
        system = np.vstack([*chosen, np.append(np.ones(n), 0)])
        if abs(np.linalg.det(system)) > 1e-9:
            corner = np.linalg.solve(system, np.append(np.zeros(n), 1))
            if (limits @ corner <= 1e-12).all() and corner.min() > -1e-12 and corner[-1] < best[-1]:
                best = corner
    return best


@st.composite
def judgements(draw, most=4):
    """Judgements of the best, named "b", and over the worst, named "w", with others between."""
    others = draw(st.integers(0, most - 2))
    widest = draw(st.integers(2, 9))
    between = st.lists(st.integers(2, widest), min_size=others, max_size=others)
    middle = [f"c{j}" for j in range(others)]
    best = {"b": 1, **dict(zip(middle, draw(between), strict=True)), "w": widest}
    worst = {"w": 1, "b": widest, **dict(zip(middle, draw(between), strict=True))}
    return best, worst


@FEWER
@given(st.lists(st.floats(1, 9), min_size=2, max_size=7))
def test_judgements_that_agree_give_their_weights_back(raw):
    weights = {f"c{j}": value for j, value in enumerate(raw)}
    top, bottom = max(weights.values()), min(weights.values())
    assume(top > bottom)
    best = {name: top / value for name, value in weights.items()}
    worst = {name: value / bottom for name, value in weights.items()}
    found = best_worst(best, worst)
    assert found.weights.values == pytest.approx(np.array(raw) / sum(raw), abs=1e-12)
    assert found.xi == pytest.approx(0, abs=1e-12)
    assert found.consistency_ratio == pytest.approx(0, abs=1e-12)
    assert weights[found.best] == top
    assert weights[found.worst] == bottom


@FEWER
@given(judgements())
def test_weights_are_the_lowest_corner_of_the_linear_program(both):
    best, worst = both
    names = list(best)
    found = best_worst(best, worst)
    answers = [np.array([side[name] for name in names], dtype=float) for side in (best, worst)]
    corner = lowest_corner(*answers, names.index(found.best), names.index(found.worst))
    assert found.weights.values == pytest.approx(corner[:-1], abs=1e-12)
    assert found.xi == pytest.approx(corner[-1], abs=1e-12)


@FEWER
@given(judgements(most=7), st.randoms())
def test_the_order_of_names_changes_nothing_but_their_order(both, random):
    best, worst = both
    names = list(best)
    random.shuffle(names)
    found = best_worst(best, worst)
    shuffled = best_worst({name: best[name] for name in names}, worst)
    assert shuffled.weights.names == tuple(names)
    assert shuffled.weights.to_dict() == pytest.approx(found.weights.to_dict(), abs=1e-12)
    assert shuffled.inconsistency == found.inconsistency
    assert (shuffled.best, shuffled.worst) == (found.best, found.worst)


@FEWER
@given(judgements(most=7))
def test_no_judgement_is_farther_than_xi_from_the_weights(both):
    best, worst = both
    found = best_worst(best, worst)
    w = found.weights.to_dict()
    for name in best:
        assert abs(w[found.best] - best[name] * w[name]) <= found.xi + 1e-9
        assert abs(w[name] - worst[name] * w[found.worst]) <= found.xi + 1e-9


def test_the_criterion_that_contradicts_is_named_and_measured():
    found = best_worst({"a": 1, "b": 2, "c": 3, "d": 8}, {"a": 8, "b": 4, "c": 3, "d": 1})
    assert found.inconsistency == pytest.approx({"a": 0, "b": 0, "c": 1 / 56, "d": 0})
    assert found.consistency_ratio == pytest.approx(1 / 56)
    assert found.limit == 0.2521
    assert found.weights.source == "best_worst"


@pytest.mark.parametrize(
    ("count", "widest", "limit"),
    [(3, 3, 0.1667), (9, 9, 0.3662), (5, 8, 0.2958), (9, 4, 0.2683)],
)
def test_limits_are_those_of_the_published_table(count, widest, limit):
    names = [f"c{j}" for j in range(count)]
    best = dict.fromkeys(names, 1) | {names[-1]: widest}
    worst = dict.fromkeys(names, widest) | {names[-1]: 1}
    assert best_worst(best, worst).limit == limit


@pytest.mark.parametrize(("count", "widest"), [(2, 5), (10, 5), (4, 2), (4, 10), (4, 2.5)])
def test_there_is_no_limit_where_none_is_published(count, widest):
    names = [f"c{j}" for j in range(count)]
    best = dict.fromkeys(names, 1) | {names[-1]: widest}
    worst = dict.fromkeys(names, widest) | {names[-1]: 1}
    assert math.isnan(best_worst(best, worst).limit)


def test_ratios_are_right_where_the_ends_are_close():
    found = best_worst({"a": 1, "b": 1.1, "c": 1.2}, {"a": 1.2, "b": 1.2, "c": 1})
    assert found.inconsistency == pytest.approx({"a": 0, "b": 0.5, "c": 0})


def test_all_alike_is_equal_weights():
    found = best_worst({"a": 1, "b": 1, "c": 1}, {"a": 1, "b": 1, "c": 1})
    assert found.weights.values == pytest.approx(np.full(3, 1 / 3))
    assert (found.best, found.worst, found.consistency_ratio) == ("a", "b", 0)


def test_where_several_are_compared_by_1_the_ends_are_those_farthest_apart():
    found = best_worst({"a": 1, "b": 1, "c": 5, "d": 6}, {"a": 5, "b": 6, "c": 1, "d": 1})
    assert (found.best, found.worst) == ("b", "d")


@pytest.mark.parametrize(
    ("best", "worst", "expected"),
    [
        ({"a": 1}, {"a": 1}, ["few"]),
        ({}, {}, ["few", "no_best"]),
        ({"a": 1, "b": 3}, {"a": 3}, ["not_with_worst"]),
        ({"a": 1}, {"a": 3, "b": 1}, ["not_by_best"]),
        ({"a": 1, "b": 3, "c": 0}, {"a": 3, "b": 1, "c": "2"}, ["of_best", "of_worst"]),
        ({"a": 1, "b": math.inf}, {"a": math.nan, "b": 1}, ["of_best", "of_worst"]),
        ({"a": 2, "b": 3}, {"a": 3, "b": 1}, ["no_best"]),
        ({"a": 1, "b": 3}, {"a": 3, "b": 2}, ["no_worst"]),
        ({"a": 1, "b": 3}, {"a": 1, "b": 3}, ["no_worst"]),
        ({"a": 1, "b": 3}, {"a": 4, "b": 1}, ["ends"]),
        ({"a": 1, "b": 5, "c": 4}, {"a": 4, "b": 2, "c": 1}, ["below_worst"]),
        ({"a": 1, "b": 2, "c": 4}, {"a": 4, "b": 5, "c": 1}, ["above_best"]),
        ({"a": 1, "b": 9, "c": 4}, {"a": 3, "b": 9, "c": 1}, ["ends", "below_worst", "above_best"]),
    ],
)
def test_judgements_that_contradict_themselves_are_told(best, worst, expected):
    found = codes(JudgementsError, best_worst, best, worst)
    assert found == [f"elicitation.{code}" for code in expected]
