"""Priorities drawn from intervals of judgements."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from partnermcda import core
from partnermcda.core.judgement_draws import Intervals, draw_priorities, in_blocks
from partnermcda.errors import JudgementsError

SEEDS = st.integers(0, 2**32 - 1)
METHODS = ("eigenvector", "geometric_mean", "column_mean")
RARE = 1e-6
NAN = math.nan


def judgements(upper, order=3):
    return core.reciprocal_matrix(np.array(upper, dtype=float), order)


def bounds(middle, factor):
    """Judgements between 1 / factor and factor times the middle ones."""
    away = np.full(middle.shape, factor)
    np.fill_diagonal(away, 1.0)
    return middle / away, middle * away


@st.composite
def judged(draw, least=1, most=6):
    order = draw(st.integers(least, most))
    pairs = order * (order - 1) // 2
    middle = judgements(draw(arrays(float, pairs, elements=st.floats(1 / 9, 9))), order)
    wide = judgements(draw(arrays(float, pairs, elements=st.floats(1, 4))), order)
    width = np.maximum(wide, wide.T)
    return middle / width, middle * width, middle


@settings(max_examples=40, deadline=None)
@given(judged(), st.sampled_from(METHODS), st.booleans(), SEEDS)
def test_drawn_priorities_are_positive_and_sum_to_one(given_, method, peaked, seed):
    low, high, middle = given_
    mode = middle if peaked else None
    draws = draw_priorities(low, high, 20, seed, mode=mode, method=method)
    assert draws.shape == (20, len(low))
    assert (draws > 0).all()
    assert draws.sum(axis=1) == pytest.approx(1, abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(judged(), st.sampled_from(METHODS), st.booleans(), SEEDS)
def test_certain_judgements_have_their_own_priorities_in_every_draw(given_, method, peaked, seed):
    middle = given_[2]
    mode = middle if peaked else None
    draws = draw_priorities(middle, middle, 5, seed, mode=mode, method=method)
    assert (draws == draws[0]).all()
    assert draws[0] == pytest.approx(core.priorities(middle, method), abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(judged(least=2, most=2), st.booleans(), SEEDS)
def test_the_ratio_of_two_things_stays_within_what_was_said(given_, peaked, seed):
    low, high, middle = given_
    draws = draw_priorities(low, high, 30, seed, mode=middle if peaked else None)
    ratios = draws[:, 0] / draws[:, 1]
    slack = 1 + 1e-12
    assert (ratios >= low[0, 1] / slack).all()
    assert (ratios <= high[0, 1] * slack).all()


@settings(max_examples=40, deadline=None)
@given(judged(), SEEDS)
def test_drawn_matrices_are_reciprocal_and_within_their_bounds(given_, seed):
    low, high, middle = given_
    intervals = Intervals.of(low, high, middle)
    a = intervals.matrices(intervals.draw(10, np.random.default_rng(seed)))
    assert a * a.transpose(0, 2, 1) == pytest.approx(1, abs=1e-14)
    assert (a >= low * (1 - 1e-12)).all()
    assert (a <= high * (1 + 1e-12)).all()


def log_ratio(low, high, mode=None):
    """Logarithms of many drawn judgements of one pair."""
    given_ = [None if ends is None else judgements([ends], 2) for ends in (low, high, mode)]
    lower = np.array([[1, low], [1 / high, 1]])
    upper = np.array([[1, high], [1 / low, 1]])
    draws = draw_priorities(lower, upper, 20_000, 11, mode=given_[2])
    return np.log(draws[:, 0] / draws[:, 1])


def test_an_interval_is_uniform_and_a_triangle_triangular_in_the_logarithm():
    start, width = math.log(0.5), math.log(8) - math.log(0.5)
    peak = (math.log(1.5) - start) / width
    uniform, triangular = stats.uniform(start, width), stats.triang(peak, start, width)
    assert stats.kstest(log_ratio(0.5, 8), uniform.cdf).pvalue > RARE
    assert stats.kstest(log_ratio(0.5, 8, 1.5), triangular.cdf).pvalue > RARE
    assert stats.kstest(log_ratio(0.5, 8, 1.5), uniform.cdf).pvalue < RARE


def test_it_does_not_matter_which_of_a_pair_was_written_first():
    there, back = log_ratio(0.5, 8, 1.5), log_ratio(1 / 8, 2, 1 / 1.5)
    assert stats.ks_2samp(there, -back).pvalue > RARE


def test_a_most_likely_value_may_lie_on_a_bound():
    start, width = math.log(2), math.log(3)
    assert stats.kstest(log_ratio(2, 6, 2), stats.triang(0, start, width).cdf).pvalue > RARE
    assert stats.kstest(log_ratio(2, 6, 6), stats.triang(1, start, width).cdf).pvalue > RARE


@settings(max_examples=30, deadline=None)
@given(judged(least=2), st.floats(1.05, 3.0), SEEDS)
def test_wider_intervals_spread_priorities_further(given_, factor, seed):
    middle = given_[2]
    spreads = []
    for width in (1.01, 1.01 * factor):
        draws = draw_priorities(*bounds(middle, width), 200, seed, method="geometric_mean")
        spreads.append(np.log(draws[:, 0] / draws[:, 1]).std())
    assert spreads[1] > spreads[0] > 0


@settings(max_examples=25, deadline=None)
@given(judged(), st.sampled_from(METHODS), st.integers(0, 30), st.integers(0, 30), SEEDS)
def test_a_shorter_draw_is_the_beginning_of_a_longer_one(given_, method, few, more, seed):
    low, high, middle = given_
    long = draw_priorities(low, high, few + more, seed, mode=middle, method=method)
    short = draw_priorities(low, high, few, seed, mode=middle, method=method)
    assert np.array_equal(short, long[:few])


def test_blocks_leave_no_trace():
    low, high = bounds(judgements(range(1, 436), 30), 1.5)
    blocks = list(in_blocks(700, 30))
    assert len(blocks) > 2
    assert [first for first, _ in blocks[1:]] == [last for _, last in blocks[:-1]]
    rng = np.random.default_rng(2)
    in_parts = [
        draw_priorities(low, high, last - first, rng, method="column_mean")
        for first, last in blocks
    ]
    whole = draw_priorities(low, high, 700, 2, method="column_mean")
    assert np.array_equal(whole, np.concatenate(in_parts))


def test_a_pair_that_was_not_asked_is_filled_in_within_every_draw():
    low, high = bounds(judgements([2, NAN, 3]), 1.2)
    draws = draw_priorities(low, high, 50, 1, mode=judgements([2, NAN, 3]))
    ratios = draws[:, 0] / draws[:, 2]
    assert ratios.min() >= 6 / 1.44 - 1e-9
    assert ratios.max() <= 6 * 1.44 + 1e-9
    assert np.ptp(ratios) > 0.5


def wrong(**ends):
    """Three arrays in order, with some ends of the first pair or the diagonal changed."""
    low, high = bounds(judgements([2, 4, 2]), 2.0)
    sides = {"low": low, "high": high, "mode": judgements([2, 4, 2])}
    for end, value in ends.items():
        name, place = end.split("_")
        sides[name][int(place[0]), int(place[1])] = value
    return sides


@pytest.mark.parametrize(
    ("ends", "codes", "place"),
    [
        ({"low_01": NAN}, ["draws.gap"], "row 1, column 2"),
        ({"low_01": NAN, "high_10": NAN}, ["draws.gap"], "row 1, column 2"),
        ({"mode_12": NAN, "mode_21": NAN}, ["draws.gap"], "row 2, column 3"),
        ({"low_11": NAN, "high_11": NAN, "mode_11": NAN}, ["draws.gap"], "row 2, column 2"),
        ({"low_01": 0, "high_10": math.inf}, ["draws.judgement"], "row 1, column 2"),
        ({"mode_02": -4, "mode_20": -1 / 4}, ["draws.judgement"], "row 1, column 3"),
        ({"high_00": 2, "low_00": 0.5}, ["draws.diagonal"], "row 1, column 1"),
        ({"low_01": 1.5}, ["draws.not_reciprocal"], "row 1, column 2"),
        ({"mode_10": 0.4}, ["draws.not_reciprocal"], "row 1, column 2"),
        ({"low_01": 8, "high_10": 1 / 8}, ["draws.crossed"], "row 1, column 2"),
        ({"mode_01": 4.1, "mode_10": 1 / 4.1}, ["draws.mode"], "row 1, column 2"),
        ({"low_01": 1.5, "high_12": 0}, ["draws.not_reciprocal", "draws.judgement"], "row 2"),
    ],
)
def test_every_fault_is_told_with_its_place(ends, codes, place):
    sides = wrong(**ends)
    with pytest.raises(JudgementsError) as caught:
        draw_priorities(sides["low"], sides["high"], 5, 1, mode=sides["mode"])
    assert [finding.code for finding in caught.value.findings] == codes
    assert place in caught.value.text("en")
    assert "{" not in caught.value.text("en") + caught.value.text("fr")


@pytest.mark.parametrize(
    ("low", "high", "code"),
    [
        (np.ones((2, 3)), np.ones((2, 3)), "draws.judgement_shapes"),
        (np.ones((2, 2)), np.ones((3, 3)), "draws.judgement_shapes"),
        (np.ones((0, 0)), np.ones((0, 0)), "draws.judgement_shapes"),
        ([["a"]], [["b"]], "draws.judgement_numbers"),
        (np.ones((31, 31)), np.ones((31, 31)), "pairwise.order"),
    ],
)
def test_what_is_no_pair_of_matrices_is_refused(low, high, code):
    with pytest.raises(JudgementsError) as caught:
        draw_priorities(low, high, 5, 1)
    assert [finding.code for finding in caught.value.findings] == [code]


def test_all_that_is_wrong_is_told_at_once():
    low, high = bounds(judgements([2, 4, 2]), 0.5)
    with pytest.raises(JudgementsError) as caught:
        draw_priorities(low, high, -1, None)
    codes = [finding.code for finding in caught.value.findings]
    assert codes == ["draws.size", "draws.rng", *["draws.crossed"] * 3]
