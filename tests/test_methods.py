"""Laws of every method offered, and what each says of what it cannot take."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import partnermcda as pm
from partnermcda.methods import METHODS, as_method

OFFERED = [
    *METHODS,
    "topsis_observed(normalization=minmax, p=1)",
    "topsis_observed(normalization=total, p=inf)",
    "vikor(v=0.2)",
    "waspas(l=0.9)",
    "promethee_ii(preference_function=linear, p=0.5, q=0.1)",
]
OBSERVED = [name for name in OFFERED if not as_method(name).fixed_scale]
# Far enough from 0, 1 and one another for every method: those have tests of their own below.
VALUE = st.integers(1, 20).map(lambda k: k / 20)
WEIGHT = st.integers(1, 9).map(float)


def score(name, problem):
    return as_method(name).score(*problem)


def problem_of(draw, m):
    n = draw(st.integers(1, 4))
    x = draw(st.lists(st.lists(VALUE, min_size=n, max_size=n), min_size=m, max_size=m))
    weights = draw(st.lists(WEIGHT, min_size=n, max_size=n))
    more = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    return np.array(x), np.array(weights) / sum(weights), np.array(more)


@st.composite
def problems(draw, least=1):
    return problem_of(draw, draw(st.integers(least, 6)))


def close(expected):
    return pytest.approx(expected, abs=1e-9, rel=1e-9)


def few(test):
    return settings(max_examples=20, deadline=None)(test)


def with_room(problem):
    """Costs of 1 would be values of 0, which a weighted product refuses."""
    x, weights, more = problem
    return np.where(more, x, x * 0.9), weights, more


@pytest.mark.parametrize("name", OFFERED)
@few
@given(problem=problems(), data=st.data())
def test_permuting_actors_permutes_scores(name, problem, data):
    x, weights, more = with_room(problem)
    order = data.draw(st.permutations(range(len(x))))
    assert score(name, (x[order], weights, more)) == close(score(name, (x, weights, more))[order])


@pytest.mark.parametrize("name", OFFERED)
@few
@given(problem=problems(), data=st.data())
def test_permuting_criteria_keeps_scores(name, problem, data):
    x, weights, more = with_room(problem)
    order = data.draw(st.permutations(range(len(weights))))
    again = score(name, (x[:, order], weights[order], more[order]))
    assert again == close(score(name, (x, weights, more)))


@pytest.mark.parametrize("name", OFFERED)
@few
@given(problem=problems(least=2), data=st.data())
def test_many_cities_are_scored_as_one_by_one(name, problem, data):
    x, weights, more = with_room(problem)
    cut = data.draw(st.integers(1, len(x) - 1))
    together = as_method(name).score(x, weights, more, np.array([0, cut]))
    alone = [score(name, (part, weights, more)) for part in (x[:cut], x[cut:])]
    assert together == close(np.concatenate(alone))


@pytest.mark.parametrize("name", OFFERED)
@few
@given(problem=problems(least=2), data=st.data())
def test_a_dominated_actor_never_ranks_ahead(name, problem, data):
    x, weights, more = with_room(problem)
    i, j = data.draw(st.permutations(range(len(x))))[:2]
    x = x.copy()
    x[j] = np.where(more, np.minimum(x[i], x[j]), np.maximum(x[i], x[j]))
    ranks = pm.rank(pm.DecisionMatrix(x, benefit=more), weights, name).rank
    assert ranks[i] <= ranks[j]


@pytest.mark.parametrize("name", OFFERED)
@few
@given(problem=problems())
def test_scores_are_finite_and_nothing_is_written_to(name, problem):
    given_arrays = with_room(problem)
    before = [array.copy() for array in given_arrays]
    for array in given_arrays:
        array.setflags(write=False)
    scores = score(name, given_arrays)
    assert scores.shape == (len(given_arrays[0]),)
    assert np.isfinite(scores).all()
    assert all((a == b).all() for a, b in zip(before, given_arrays, strict=True))
    assert (score(name, given_arrays) == scores).all()


@pytest.mark.parametrize("name", OFFERED)
@few
@given(problem=problems(), data=st.data())
def test_a_criterion_without_weight_takes_no_part(name, problem, data):
    x, weights, more = with_room(problem)
    other = np.array(data.draw(st.lists(VALUE, min_size=len(x), max_size=len(x))))
    wider = np.column_stack([x, other]), np.append(weights, 0.0), np.append(more, True)
    assert score(name, wider) == close(score(name, (x, weights, more)))


@pytest.mark.parametrize("name", OFFERED)
@few
@given(problem=problems())
def test_without_directions_more_is_better_everywhere(name, problem):
    x, weights, _ = problem
    assert (
        score(name, (x, weights)) == score(name, (x, weights, np.ones(len(weights), bool)))
    ).all()


@pytest.mark.parametrize(
    ("name", "alike"),
    [
        ("vikor", 0.0),
        ("promethee_ii", 0.0),
        ("topsis_observed", 0.5),
        ("edas", 0.5),
        ("copras", 1.0),
        ("aras", 1.0),
    ],
)
@given(row=st.lists(VALUE, min_size=1, max_size=3), m=st.integers(1, 4))
def test_actors_that_are_all_alike_have_a_score_that_says_so(name, alike, row, m):
    x = np.tile(row, (m, 1))
    assert score(name, (x, np.full(len(row), 1 / len(row)))) == close(np.full(m, alike))


def test_vikor_takes_criteria_and_sums_on_which_all_are_equal():
    x = np.array([[1.0, 0.0, 5.0], [0.0, 1.0, 5.0]])
    assert score("vikor", (x, np.array([0.4, 0.4, 0.2]))).tolist() == [0.0, 0.0]
    assert score("vikor", (x, np.array([0.6, 0.2, 0.2]))).tolist() == [0.0, 1.0]


@given(problem=problems())
def test_costs_on_the_fixed_scale_are_turned_round(problem):
    x, weights, more = problem
    turned = np.where(more, x, 1 - x)
    for method in (pm.TOPSIS, pm.WEIGHTED_SUM):
        assert (method.score(x, weights, more) == method.score(turned, weights)).all()


@given(problem=problems(least=2))
def test_a_better_value_never_lowers_a_score_on_the_fixed_scale(problem):
    x, weights, _ = problem
    better = np.minimum(x + 0.05, 1.0)
    for method in (pm.TOPSIS, pm.WEIGHTED_SUM, pm.WEIGHTED_PRODUCT):
        assert (method.score(better, weights) >= method.score(x, weights) - 1e-15).all()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("topsis", 1.5, "row 2, column 1: the value is 1.5; 'topsis' takes values on the fixed"),
        ("weighted_sum", -0.5, "row 2, column 1: the value is -0.5; 'weighted_sum' takes values"),
        ("weighted_product", 0, "row 2, column 1: the value is 0; a weighted product takes"),
        ("marcos", 0, "row 2, column 1: the value is 0; 'marcos' divides by this value"),
        ("waspas", -1, "row 2, column 1: the value is -1; 'waspas' divides by this value"),
        ("aras", 0, "row 2, column 1: the value is 0; 'aras' divides"),
        ("edas", -1, "row 2, column 1: the value -1 is negative; 'edas' takes no value below 0"),
        ("copras", -1, "row 2, column 1: the value -1 is negative; 'copras' takes no value below"),
    ],
)
def test_what_a_method_cannot_take_is_refused_with_its_place(name, value, words):
    x = np.array([[0.5, 0.5], [value, 0.5]])
    with pytest.raises(pm.MethodError) as caught:
        score(name, (x, np.array([0.5, 0.5])))
    assert str(caught.value).startswith(words)


def test_copras_divides_by_costs_only():
    x, weights = np.array([[0.0, 1.0], [2.0, 3.0]]), np.array([0.5, 0.5])
    assert np.isfinite(score("copras", (x, weights, np.array([True, False])))).all()
    with pytest.raises(pm.MethodError, match="row 1, column 1: the value is 0"):
        score("copras", (x, weights, np.array([False, True])))


@pytest.mark.parametrize("name", ["topsis_observed", "vikor", "promethee_ii", "moora"])
def test_these_methods_take_values_of_any_sign(name):
    x = np.array([[-3.0, 0.0], [0.0, -5.0], [2.0, 1.0]])
    assert np.isfinite(score(name, (x, np.array([0.5, 0.5])))).all()


@pytest.mark.parametrize("name", OFFERED)
@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_no_number_is_refused_by_every_method(name, value):
    x = np.array([[0.5, value], [0.25, 0.5]])
    with pytest.raises(pm.MethodError, match="row 1, column 2"):
        score(name, (x, np.array([0.5, 0.5])))


def test_figures_beyond_all_floats_are_refused():
    x = np.array([[1e-300], [1e300]])
    with pytest.raises(pm.MethodError, match="row 1: 'marcos' gives no finite score here"):
        score("marcos", (x, np.ones(1)))


def test_too_many_pairs_are_refused_before_they_fill_the_memory():
    with pytest.raises(pm.MethodError, match="4001 actors to compare in pairs"):
        score("promethee_ii", (np.zeros((4001, 1)), np.ones(1)))
    many = as_method("promethee_ii").score(
        np.zeros((4001, 1)), np.ones(1), None, np.arange(0, 4001, 2000)
    )
    assert not many.any()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((np.ones((2, 2)), np.ones(3)), "weights of shape (3,)"),
        ((np.ones((2, 2)), np.zeros(2)), "weights that are negative or not finite, or"),
        ((np.ones((2, 2)), np.array([1, -1])), "weights that are negative or not finite"),
        ((np.ones((2, 2)), np.ones(2), [True]), "directions that are not 2 truth values"),
        ((np.ones((2, 2)), np.ones(2), None, np.array([1])), "first rows of cities"),
        ((np.ones((2, 2)), np.ones(2), None, np.array([0, 3])), "first rows of cities"),
    ],
)
@pytest.mark.parametrize("name", ["topsis_observed", "vikor", "edas", "copras"])
def test_arrays_that_do_not_fit_one_another_are_refused(name, arguments, words):
    with pytest.raises(pm.MethodError) as caught:
        as_method(name).score(*arguments)
    assert str(caught.value).startswith(words)


@pytest.mark.parametrize("name", OFFERED)
def test_cities_without_rows_change_nothing(name):
    x, weights = np.array([[0.5, 0.25], [0.25, 0.5], [0.75, 0.25]]), np.array([0.5, 0.5])
    method = as_method(name)
    empty = method.score(x, weights, None, np.array([0, 2, 2, 3]))
    assert (empty == method.score(x, weights, None, np.array([0, 2]))).all()


@pytest.mark.parametrize("name", OFFERED)
def test_a_method_is_found_by_what_a_result_says_of_it(name):
    told = as_method(name).name
    assert as_method(told).name == told


def test_a_name_tells_every_parameter():
    assert pm.method("vikor").name == "vikor(v=0.5)"
    assert pm.TOPSIS_OBSERVED.name == "topsis_observed(normalization=vector, p=2)"
    assert pm.method("topsis_observed", p=np.inf).name.endswith("p=inf)")
    mixed = pm.method("promethee_ii", preference_function=["usual", "vshape"], p=[None, 2])
    assert mixed.name == "promethee_ii(preference_function=(usual, vshape), p=(None, 2))"


@pytest.mark.parametrize(
    ("name", "parameters", "words"),
    [
        ("electre", {}, "no method 'electre'; the methods are topsis, topsis_observed,"),
        ("vikor", {"lamda": 1}, "'vikor' has no parameter 'lamda'; its parameters are: v"),
        ("aras", {"v": 1}, "'aras' has no parameter 'v'; its parameters are: –"),
        ("vikor", {"v": 1.5}, "the parameter v of 'vikor' is 1.5; give a number between 0 and 1"),
        ("waspas", {"l": "half"}, "the parameter l of 'waspas' is half; give a number between"),
        ("topsis_observed", {"p": 3}, "the parameter p of 'topsis_observed' is 3; give 1, 2"),
        (
            "topsis_observed",
            {"normalization": "max"},
            "the parameter normalization of 'topsis_observed' is max; choose among vector, minmax",
        ),
        ("promethee_ii", {"p": -1}, "the parameter p of 'promethee_ii' is -1; give a difference"),
        ("vikor(v=0.5", {}, "no method 'vikor(v=0.5'"),
    ],
)
def test_a_method_or_parameter_that_does_not_exist_is_named(name, parameters, words):
    with pytest.raises(pm.MethodError) as caught:
        pm.method(name, **parameters)
    assert str(caught.value).startswith(words)


def test_every_wrong_parameter_is_named_at_once():
    with pytest.raises(pm.MethodError) as caught:
        pm.method("topsis_observed", p=3, normalization="max", w=1)
    assert len(caught.value.findings) == 3


@pytest.mark.parametrize(
    "parameters",
    [
        {"p": 1},
        {"preference_function": "vshape"},
        {"preference_function": "vshape", "p": 1, "q": 0.5},
        {"preference_function": "linear", "p": 1, "q": 1},
    ],
)
def test_thresholds_must_fit_the_preference_function(parameters):
    with pytest.raises(pm.MethodError, match="'usual' takes none, 'vshape' p above 0"):
        pm.method("promethee_ii", **parameters).score(np.eye(2), np.ones(2))


def test_thresholds_are_as_many_as_criteria():
    method = pm.method("promethee_ii", preference_function="vshape", p=[1, 2, 3])
    with pytest.raises(pm.MethodError, match="a parameter has 3 values, and there are 2 criteria"):
        method.score(np.eye(2), np.ones(2))


@few
@given(problem=problems(least=2), share=st.floats(0, 1))
def test_waspas_lies_between_its_sum_and_its_product(problem, share):
    x, weights, more = problem
    r = pm.core.peak(x, more)
    both = share * pm.core.weighted_sum(r, weights)
    both += (1 - share) * pm.core.weighted_product(r, weights)
    assert pm.method("waspas", l=share).score(x, weights, more) == close(both)


@few
@given(problem=problems(least=2))
def test_net_flows_sum_to_nothing(problem):
    assert score("promethee_ii", problem).sum() == pytest.approx(0, abs=1e-12)


@few
@given(problem=problems(least=2), factor=st.sampled_from([0.01, 3.0, 1e6]))
def test_the_unit_of_a_criterion_moves_nobody_whose_scale_comes_from_the_data(problem, factor):
    x, weights, more = problem
    assume(len(weights) > 1)
    scaled = x * np.where(np.arange(len(weights)) == 0, factor, 1.0)
    for name in OBSERVED:
        if not name.startswith("promethee_ii("):
            again = score(name, (scaled, weights, more))
            assert again == close(score(name, (x, weights, more)))
