"""How far judges agree."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from partnermcda.core.ahp.consensus import consensus, judge_distances, stands_far
from partnermcda.core.ahp.eigenvector import unit
from partnermcda.core.ahp.groups import pool_priorities
from partnermcda.core.ahp.matrices import reciprocal_matrix
from partnermcda.core.ahp.priorities import priorities
from partnermcda.errors import JudgementsError, WeightsError

POSITIVE = st.floats(0.05, 20)


@st.composite
def judged(draw, most=7, elements=POSITIVE):
    """Priorities of several judges, with their weights."""
    shape = draw(st.integers(1, 6)), draw(st.integers(1, most))
    return unit(draw(arrays(float, shape, elements=elements))), draw(
        arrays(float, shape[0], elements=POSITIVE)
    )


@st.composite
def answered(draw):
    """Priorities of judges who compared three things from 1 to 9, however inconsistently."""
    scale = st.sampled_from([1 / n for n in range(9, 1, -1)] + list(range(1, 10)))
    uppers = draw(arrays(float, (draw(st.integers(1, 6)), 3), elements=scale))
    return priorities(np.array([reciprocal_matrix(upper, 3) for upper in uppers]))


def extreme(things):
    """Judges of whom each sets another thing nine times above all others."""
    return unit(np.ones((things, things)) + 8 * np.eye(things))


@given(judged())
def test_judges_who_agree_are_in_full_consensus_and_at_distance_one(group):
    p, weights = group
    alike = np.repeat(p[:1], len(p), axis=0)
    assert consensus(alike, weights) == pytest.approx(1, abs=1e-14)
    assert consensus(alike, weights) <= 1
    assert judge_distances(alike, weights) == pytest.approx(np.ones(len(p)), abs=1e-12)


@pytest.mark.parametrize("things", range(2, 31))
def test_judges_who_each_put_another_thing_first_are_in_no_consensus(things):
    assert consensus(extreme(things)) == pytest.approx(0, abs=1e-14)
    assert consensus(np.tile(extreme(things), (2, 1))) == pytest.approx(0, abs=1e-14)


@settings(max_examples=50)
@given(judged(elements=st.floats(1, 9)))
def test_consistent_judgements_from_one_to_nine_on_seven_things_keep_within_zero_and_one(group):
    assert -1e-14 <= consensus(*group) <= 1


@settings(max_examples=50)
@given(answered())
def test_judgements_from_one_to_nine_on_three_things_keep_within_zero_and_one(p):
    assert -1e-14 <= consensus(p) <= 1


def test_eight_things_judged_in_pairs_go_below_zero_and_are_not_clipped():
    pairs = unit(np.ones((4, 8)) + 8 * np.kron(np.eye(4), np.ones(2)))
    entropy = -(pairs[0] * np.log(pairs[0])).sum()
    least = math.exp(-(9 / 16) * math.log(9 / 16) - 7 / 16 * math.log(1 / 16)) / 8
    assert consensus(pairs) == pytest.approx((math.exp(entropy) / 8 - least) / (1 - least))
    assert consensus(pairs) < -1e-3


def test_consensus_is_as_worked_out_by_hand():
    p = np.array([[0.5, 0.25, 0.25], [0.25, 0.5, 0.25]])
    # In bits: 1.5 within each judge; 3/8, 3/8, 2/8 on the average.
    between = -(3 / 4) * math.log2(3 / 8) + 1 / 2 - 1.5
    least = 11 / 9 ** (9 / 11) / 3
    assert consensus(p) == pytest.approx((2**-between - least) / (1 - least), abs=1e-14)


@settings(max_examples=50)
@given(judged())
def test_consensus_is_never_below_that_of_judges_with_nothing_in_common(group):
    p, weights = group
    k, j = p.shape
    least = (j + 8) / 9 ** (9 / (j + 8)) / j if j > 1 else 0
    assert consensus(p, weights) >= (1 / k - least) / (1 - least) - 1e-12


@settings(max_examples=50)
@given(judged(), st.data())
def test_neither_order_nor_names_nor_scale_of_weights_matter(group, data):
    p, weights = group
    judges = data.draw(st.permutations(range(len(p))))
    things = data.draw(st.permutations(range(p.shape[1])))
    moved = p[judges][:, things], 5 * weights[judges]
    assert consensus(*moved) == pytest.approx(consensus(p, weights), abs=1e-12)
    distances = judge_distances(p, weights)[judges]
    assert judge_distances(*moved) == pytest.approx(distances, rel=1e-10)


@settings(max_examples=50)
@given(judged(), st.integers(2, 4))
def test_a_judge_counted_twice_is_two_judges_and_of_weight_zero_none(group, times):
    p, weights = group
    weights = np.round(weights) + 1
    more = np.concatenate([p, np.repeat(p[:1], times - 1, axis=0)])
    unrepeated = np.concatenate([weights, np.full(times - 1, weights[0])])
    weights[0] *= times
    assert consensus(p, weights) == pytest.approx(consensus(more, unrepeated), abs=1e-12)
    silenced = np.concatenate([weights, [0]])
    joined = np.concatenate([p, extreme(p.shape[1])[:1]])
    assert consensus(joined, silenced) == pytest.approx(consensus(p, weights), abs=1e-14)
    assert judge_distances(joined, silenced)[:-1] == pytest.approx(
        judge_distances(p, weights), rel=1e-10
    )


@settings(max_examples=50)
@given(judged())
def test_a_distance_is_the_typical_factor_between_ratios(group):
    p, weights = group
    own, shared = np.log(p), np.log(pool_priorities(p, weights))
    rows, columns = np.triu_indices(p.shape[1], 1)
    factors = own[:, rows] - own[:, columns] - (shared[rows] - shared[columns])
    expected = np.sqrt(np.square(factors).sum(axis=1) / max(rows.size, 1))
    assert np.log(judge_distances(p, weights)) == pytest.approx(expected, abs=1e-12)


@settings(max_examples=50)
@given(judged(), st.data())
def test_no_other_priorities_are_nearer_to_all_judges_than_the_groups(group, data):
    p, _ = group
    other = unit(data.draw(arrays(float, p.shape[1], elements=POSITIVE)))
    counted = np.append(np.zeros(len(p)), 1)
    to_other = judge_distances(np.vstack([p, other]), counted)[:-1]
    nearest = np.square(np.log(judge_distances(p))).sum()
    assert nearest <= np.square(np.log(to_other)).sum() + 1e-9


def test_a_judge_whose_ratio_is_twice_the_groups_is_at_distance_two():
    p = np.array([[2 / 3, 1 / 3], [1 / 2, 1 / 2]])
    assert judge_distances(p, np.array([0, 1])) == pytest.approx([2, 1], abs=1e-14)


@given(arrays(float, st.integers(0, 3), elements=st.floats(1, 1000)))
def test_of_fewer_than_four_judges_nobody_stands_far(distances):
    assert not stands_far(distances).any()


@given(arrays(float, st.integers(4, 30), elements=st.floats(1, 1000)))
def test_whoever_stands_far_is_farther_than_all_who_do_not(distances):
    far = stands_far(distances)
    assert 2 * far.sum() < len(far)
    assert not far.any() or distances[far].min() > distances[~far].max()


@given(st.integers(5, 30), st.floats(1, 10), st.floats(1.01, 100))
def test_one_judge_apart_from_many_equally_far_ones_stands_far(judges, usual, factor):
    distances = np.full(judges, usual)
    distances[2] = usual * factor
    assert np.flatnonzero(stands_far(distances)).tolist() == [2]


def test_one_judge_apart_from_three_equally_far_ones_is_not_enough():
    assert not stands_far(np.array([2, 2, 2, 50])).any()


@given(st.integers(4, 30), st.floats(1, 100))
def test_where_all_are_equally_far_nobody_stands_far(judges, usual):
    distances = np.full(judges, usual)
    distances[0] *= 1 + 1e-12
    assert not stands_far(distances).any()


def test_the_rule_is_a_modified_z_score_above_three_and_a_half():
    def logs(last):
        return np.exp([0.1, 0.2, 0.3, 0.4, last])

    # Median 0.3, median distance from it 0.1: the border is 0.3 + 3.5 × 0.1 / 0.67449.
    border = 0.3 + 0.35 / 0.6744897501960817
    assert not stands_far(logs(border - 1e-6)).any()
    assert np.flatnonzero(stands_far(logs(border + 1e-6))).tolist() == [4]


@pytest.mark.parametrize("measure", [consensus, judge_distances])
def test_judges_who_did_not_answer_and_weights_that_cannot_be_are_refused(measure):
    with pytest.raises(JudgementsError, match="judge 2 has no priorities"):
        measure(np.array([[0.5, 0.5], [np.nan, np.nan]]))
    with pytest.raises(WeightsError, match="the weight of judge 1 is -1"):
        measure(np.array([[0.5, 0.5]]), np.array([-1]))
    with pytest.raises(WeightsError, match="the weight of judge 1 is -1"):
        measure(np.array([[1.0]]), np.array([-1]))
