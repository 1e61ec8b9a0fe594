"""Weights from values: their formulas in 60 digits, and what changes no weight."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from partnermcda.core.weighting import (
    critic_weights,
    deviation_weights,
    entropy_weights,
    merec_weights,
)
from partnermcda.errors import MethodError

ALL = (entropy_weights, critic_weights, deviation_weights, merec_weights)
BY_RANGE = (critic_weights, deviation_weights)
WHOLE = st.integers(1, 1000).map(float)
FOUR_TIMES = settings(max_examples=25, deadline=None)
"""A law is tried for each way, a hundred times in all."""


def each(ways):
    return pytest.mark.parametrize("weigh", ways, ids=lambda way: way.__name__)


@st.composite
def problems(draw, least=2, offset=0.0):
    """Values above an offset, no two columns of which agree nearly in full, and directions."""
    m, n = draw(st.integers(3, 9)), draw(st.integers(least, 4))
    x = draw(arrays(float, (m, n), elements=WHOLE))
    assume((x.max(axis=0) > x.min(axis=0)).all())
    alike = np.abs(np.corrcoef(x.T)) - np.eye(n)
    assume(alike.max() < 0.999)
    return x + offset, draw(arrays(bool, n))


def normalized(measured):
    return [float(value / sum(measured)) for value in measured]


def minmax_exactly(columns, benefit):
    ranges = [(min(t), max(t)) for t in columns]
    return [
        [(v - low if more else high - v) / (high - low) for v in t]
        for t, (low, high), more in zip(columns, ranges, benefit, strict=True)
    ]


def spread_exactly(t):
    mean = sum(t) / len(t)
    return (sum((v - mean) ** 2 for v in t) / len(t)).sqrt()


def entropy_exactly(columns, benefit):
    shares = [[v / sum(t) for v in t] for t in columns]
    return [1 + sum(p * p.ln() for p in t if p) / Decimal(len(t)).ln() for t in shares]


def deviation_exactly(columns, benefit):
    return [spread_exactly(t) for t in minmax_exactly(columns, benefit)]


def critic_exactly(columns, benefit):
    r = minmax_exactly(columns, benefit)

    def correlation(a, b):
        mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
        both = sum((v - mean_a) * (w - mean_b) for v, w in zip(a, b, strict=True))
        return both / len(a) / spread_exactly(a) / spread_exactly(b)

    return [spread_exactly(a) * sum(1 - correlation(a, b) for b in r) for a in r]


def merec_exactly(columns, benefit):
    n, m = len(columns), len(columns[0])
    logs = [
        [abs(((min(t) / v) if more else (v / max(t))).ln()) for v in t]
        for t, more in zip(columns, benefit, strict=True)
    ]

    def performance(i, left):
        return (1 + sum(logs[j][i] for j in left) / n).ln()

    return [
        sum(
            abs(performance(i, [k for k in range(n) if k != j]) - performance(i, range(n)))
            for i in range(m)
        )
        for j in range(n)
    ]


EXACTLY = {
    entropy_weights: entropy_exactly,
    deviation_weights: deviation_exactly,
    critic_weights: critic_exactly,
    merec_weights: merec_exactly,
}


@each(ALL)
@pytest.mark.parametrize("offset", [0.0, 5e3, 1e6, 1e9])
@FOUR_TIMES
@given(data=st.data())
def test_each_is_its_formula_even_far_from_0(weigh, offset, data):
    x, benefit = data.draw(problems(offset=offset))
    with localcontext(prec=60):
        columns = [[Decimal(v) for v in t] for t in x.T.tolist()]
        expected = normalized(EXACTLY[weigh](columns, benefit))
    assert weigh(x, benefit) == pytest.approx(expected, rel=1e-12)


@each(ALL)
@FOUR_TIMES
@given(problem=problems(least=1))
def test_weights_sum_to_1_and_none_is_negative(weigh, problem):
    weights = weigh(*problem)
    assert weights.sum() == pytest.approx(1, abs=1e-14)
    assert (weights >= 0).all()


@each(ALL)
@FOUR_TIMES
@given(problem=problems(), data=st.data())
def test_the_order_of_actors_and_criteria_changes_no_weight(weigh, problem, data):
    x, benefit = problem
    rows = data.draw(st.permutations(range(len(x))))
    order = data.draw(st.permutations(range(len(benefit))))
    mixed = weigh(x[rows][:, order], benefit[order])
    assert mixed == pytest.approx(weigh(x, benefit)[order], rel=1e-12)


@each(ALL)
@FOUR_TIMES
@given(problem=problems(), factor=st.floats(1e-9, 1e9))
def test_a_change_of_unit_changes_no_weight(weigh, problem, factor):
    x, benefit = problem
    other = x * np.where(np.arange(x.shape[1]) == 0, factor, 1.0)
    assert weigh(other, benefit) == pytest.approx(weigh(x, benefit), rel=1e-9)


@each(BY_RANGE)
@FOUR_TIMES
@given(problem=problems(), zero=st.integers(-(10**6), 10**6))
def test_a_change_of_zero_point_changes_no_weight_that_is_by_range(weigh, problem, zero):
    x, benefit = problem
    assert weigh(x + zero, benefit) == pytest.approx(weigh(x, benefit), rel=1e-12)


@each(BY_RANGE)
@FOUR_TIMES
@given(problem=problems())
def test_a_criterion_told_the_other_way_round_has_its_weight(weigh, problem):
    x, benefit = problem
    flipped = np.where(np.arange(x.shape[1]) == 0, -1.0, 1.0)
    turned = weigh(x * flipped, np.where(flipped < 0, ~benefit, benefit))
    assert turned == pytest.approx(weigh(x, benefit), rel=1e-12)


@each(ALL)
@FOUR_TIMES
@given(problem=problems())
def test_every_actor_twice_changes_no_weight(weigh, problem):
    x, benefit = problem
    assert weigh(np.vstack([x, x]), benefit) == pytest.approx(weigh(x, benefit), rel=1e-12)


@each(ALL)
@FOUR_TIMES
@given(problem=problems(), level=st.sampled_from([0.1, 3.0, 1e6 + 0.1]), more=st.booleans())
def test_a_criterion_on_which_all_are_alike_has_weight_0(weigh, problem, level, more):
    x, benefit = problem
    wider = np.column_stack([np.full(len(x), level), x])
    weights = weigh(wider, np.append(more, benefit))
    assert weights[0] == 0
    if weigh is not merec_weights:
        assert weights[1:] == pytest.approx(weigh(x, benefit), rel=1e-12)


@each(ALL)
def test_values_that_differ_by_rounding_are_alike(weigh):
    x = np.array([[0.3, 1.0], [0.1 + 0.2, 2.0], [0.3, 4.0]])
    assert weigh(x, np.array([True, True])).tolist() == [0, 1]
    narrow = np.array([[0.3, 1.0], [np.nextafter(np.float32(0.3), 1), 2.0]], dtype=np.float32)
    assert weigh(narrow, np.array([True, True])).tolist() == [0, 1]


@each(ALL)
@FOUR_TIMES
@given(problem=problems())
def test_float32_is_computed_in_float64(weigh, problem):
    x, benefit = problem
    narrow = weigh(x.astype(np.float32), benefit)
    assert narrow.dtype == float
    assert narrow.tolist() == weigh(x.astype(np.float32).astype(float, order="K"), benefit).tolist()


@each(ALL)
@pytest.mark.parametrize("size", [1e-300, 1e300])
def test_nothing_overflows_and_nothing_vanishes(weigh, size):
    x, benefit = np.array([[1.0, 9.0], [5.0, 2.0], [2.0, 3.0]]), np.array([True, False])
    assert weigh(x * [size, 1.0], benefit) == pytest.approx(weigh(x, benefit), rel=1e-12)


def test_merec_takes_the_widest_ranges():
    x = np.array([[1e-300, 1.0], [1e300, 2.0]])
    weights = merec_weights(x, np.array([True, True]))
    assert 0.99 < weights[0] < 1


def test_shares_of_a_single_actor_weigh_most_and_zeros_count():
    x = np.array([[1.0, 4.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    weights = entropy_weights(x, np.array([True, True, True]))
    assert weights == pytest.approx([1 / 3, 2 / 3, 0], abs=1e-15)


@given(problem=problems())
def test_critic_weighs_two_that_agree_less_than_each_would_be_alone(problem):
    x, benefit = problem
    doubled = critic_weights(np.column_stack([x, x[:, 0]]), np.append(benefit, benefit[0]))
    assert doubled[0] == pytest.approx(doubled[-1], rel=1e-12)
    assert doubled[0] < critic_weights(x, benefit)[0]


def test_who_alone_tells_actors_apart_has_all_the_weight_of_critic():
    x = np.array([[1.0, 5.0, 7.0], [1.0, 6.0, 7.0]])
    assert critic_weights(x, np.array([True, False, True])).tolist() == [0, 1, 0]


@each(ALL)
def test_actors_who_are_all_alike_give_no_weights(weigh):
    with pytest.raises(MethodError, match="all actors are alike"):
        weigh(np.full((3, 2), 0.1), np.array([True, True]))


@each(ALL)
def test_one_actor_gives_no_weights(weigh):
    with pytest.raises(MethodError, match="at least two actors"):
        weigh(np.ones((1, 2)), np.array([True, True]))


@given(column=arrays(float, 5, elements=WHOLE, unique=True), factor=st.floats(0.1, 10))
def test_critic_says_when_all_criteria_agree(column, factor):
    x = np.column_stack([column, column * factor + 3, 1000 - column])
    with pytest.raises(MethodError, match="weigh by deviation"):
        critic_weights(x, np.array([True, True, False]))


@pytest.mark.parametrize(
    ("weigh", "value", "code"),
    [
        *((weigh, np.nan, "core.not_finite") for weigh in ALL),
        *((weigh, np.inf, "core.not_finite") for weigh in ALL),
        *((weigh, -np.inf, "core.not_finite") for weigh in ALL),
        (entropy_weights, -1.0, "weighting.negative"),
        (merec_weights, -1.0, "weighting.not_positive"),
        (merec_weights, 0.0, "weighting.not_positive"),
    ],
)
def test_values_that_a_formula_cannot_take_are_told_with_row_and_column(weigh, value, code):
    x = np.array([[1.0, 2.0, 5.0], [3.0, value, 1.0], [value, 2.0, 3.0]])
    with pytest.raises(MethodError) as caught:
        weigh(x, np.array([True, True, False]))
    found = [(finding.code, finding.row, finding.column) for finding in caught.value.findings]
    assert found == [(code, 3, "1"), (code, 2, "2")]
    assert caught.value.text("fr") != caught.value.text("en")


@each(ALL)
def test_directions_are_checked_even_where_they_have_no_effect(weigh):
    for benefit in (np.array([True]), np.array([1, 0]), np.array(["max", "min"])):
        with pytest.raises(MethodError, match="truth values"):
            weigh(np.eye(2) + 1, benefit)
    with pytest.raises(MethodError, match="shape"):
        weigh(np.ones(3), np.array([True]))
