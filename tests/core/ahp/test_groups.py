"""Judges pooled, by their judgements and by their priorities."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from partnermcda.core.ahp.eigenvector import unit
from partnermcda.core.ahp.groups import pool, pool_priorities
from partnermcda.core.ahp.matrices import reciprocal_matrix
from partnermcda.core.ahp.priorities import priorities
from partnermcda.errors import JudgementsError, MethodError, WeightsError

RATIOS = st.floats(-5, 5).map(np.exp) | st.sampled_from([1 / 9, 1 / 7, 1 / 3, 1.0, 3.0, 9.0])
WEIGHTS = st.floats(0.05, 20)
MEANS = ("geometric", "arithmetic")

SURVEY = np.array(
    [
        reciprocal_matrix(np.array(upper), 5)
        for upper in (
            [1 / 2, 2, 1 / 2, 6, 4, 4, 8, 1 / 4, 3, 8],
            [1 / 2, 4, 1, 4, 4, 2, 8, 1 / 4, 3, 7],
            [1 / 4, 2, 1, 3, 7, 3, 5, 1 / 4, 3, 6],
        )
    ]
)
"""Respondents 1 to 3 of the vignette of the R package ahpsurvey."""


def matrices(draw, judges, order):
    pairs = order * (order - 1) // 2
    uppers = draw(arrays(float, (judges, pairs), elements=RATIOS))
    return np.array([reciprocal_matrix(upper, order) for upper in uppers])


@st.composite
def groups(draw, gaps=False):
    """Matrices of several judges, with their weights."""
    judges, order = draw(st.integers(1, 5)), draw(st.integers(1, 6))
    a = matrices(draw, judges, order)
    if gaps:
        asked = np.triu(draw(arrays(bool, a.shape)), 1)
        asked |= np.swapaxes(asked, 1, 2) | np.eye(order, dtype=bool)
        a[~asked] = np.nan
    return a, draw(arrays(float, judges, elements=WEIGHTS))


@st.composite
def judged(draw):
    """Priorities of several judges, with their weights."""
    shape = draw(st.integers(1, 6)), draw(st.integers(1, 7))
    return unit(draw(arrays(float, shape, elements=WEIGHTS))), draw(
        arrays(float, shape[0], elements=WEIGHTS)
    )


@settings(max_examples=40)
@given(groups(gaps=True), st.integers(1, 5))
def test_equal_judges_are_one_judge_to_the_bit(group, judges):
    one = group[0][0]
    np.testing.assert_array_equal(pool(np.repeat(one[None], judges, axis=0)), one)


@settings(max_examples=40)
@given(groups(gaps=True))
def test_the_pooled_matrix_is_reciprocal_and_keeps_what_nobody_answered(group):
    a, weights = group
    pooled = pool(a, weights)
    np.testing.assert_array_equal(np.isnan(pooled), np.isnan(a).all(axis=0))
    unlike = (pooled < 1) & (np.fmin.reduce(a) < np.fmax.reduce(a))
    np.testing.assert_array_equal(pooled[unlike], 1 / pooled.T[unlike])
    known = pooled[~np.isnan(pooled)]
    assert known == pytest.approx(1 / pooled.T[~np.isnan(pooled)], rel=1e-15)
    assert (np.diagonal(pooled) == 1).all()


@settings(max_examples=40)
@given(groups(gaps=True))
def test_a_pair_is_the_geometric_mean_of_those_who_answered_it(group):
    a, weights = group
    pooled = pool(a, weights)
    for row, column in np.argwhere(~np.isnan(pooled)):
        heard = ~np.isnan(a[:, row, column])
        mean = np.average(np.log(a[heard, row, column]), weights=weights[heard])
        assert np.log(pooled[row, column]) == pytest.approx(mean, abs=1e-12)


@settings(max_examples=40)
@given(groups(gaps=True), st.data())
def test_the_order_of_judges_and_the_scale_of_weights_do_not_matter(group, data):
    a, weights = group
    order = data.draw(st.permutations(range(len(a))))
    scale = data.draw(st.sampled_from([1e-300, 0.1, 7.0, 8e306]))
    moved = pool(a[order], weights[order] * scale)
    np.testing.assert_allclose(moved, pool(a, weights), rtol=1e-13)


@settings(max_examples=40)
@given(groups(gaps=True), st.data())
def test_relabelling_relabels_the_pooled_matrix_to_the_bit(group, data):
    a, weights = group
    order = np.array(data.draw(st.permutations(range(a.shape[-1]))))
    moved = pool(a[:, order[:, None], order], weights)
    np.testing.assert_array_equal(moved, pool(a, weights)[np.ix_(order, order)])


@settings(max_examples=40)
@given(groups(gaps=True), st.data())
def test_a_judge_of_weight_zero_is_absent(group, data):
    a, weights = group
    present = data.draw(arrays(bool, len(a)))
    assume(present.any())
    p = unit(np.abs(np.nan_to_num(a[:, 0])) + 1)
    silenced = np.where(present, weights, 0)
    np.testing.assert_allclose(pool(a, silenced), pool(a[present], weights[present]), rtol=1e-13)
    for mean in MEANS:
        assert pool_priorities(p, silenced, mean=mean) == pytest.approx(
            pool_priorities(p[present], weights[present], mean=mean), abs=1e-13
        )


@settings(max_examples=40)
@given(groups(), st.integers(1, 4))
def test_weights_count_judges(group, times):
    a, _ = group
    weights = np.ones(len(a))
    weights[0] = times
    repeated = np.concatenate([np.repeat(a[:1], times, axis=0), a[1:]])
    np.testing.assert_allclose(pool(a, weights), pool(repeated), rtol=1e-12)


@settings(max_examples=40)
@given(groups())
def test_pooling_then_geometric_means_is_the_geometric_mean_of_priorities(group):
    a, weights = group
    by_judgements = priorities(pool(a, weights), "geometric_mean")
    by_priorities = pool_priorities(priorities(a, "geometric_mean"), weights)
    assert by_judgements == pytest.approx(by_priorities, abs=1e-12)


@given(judged(), st.sampled_from(MEANS), st.data())
def test_pooled_priorities_sum_to_one_and_hang_on_no_order(group, mean, data):
    p, weights = group
    pooled = pool_priorities(p, weights, mean=mean)
    assert (pooled > 0).all()
    assert pooled.sum() == pytest.approx(1, abs=1e-15)
    judges = data.draw(st.permutations(range(len(p))))
    things = data.draw(st.permutations(range(p.shape[1])))
    moved = pool_priorities(p[judges][:, things], 3 * weights[judges], mean=mean)
    assert moved == pytest.approx(pooled[things], abs=1e-14)


@given(judged(), st.sampled_from(MEANS))
def test_pooled_priorities_of_equal_judges_are_theirs(group, mean):
    p, weights = group
    alike = np.repeat(p[:1], len(p), axis=0)
    assert pool_priorities(alike, weights, mean=mean) == pytest.approx(p[0], abs=1e-14)


def test_the_geometric_mean_multiplies_and_the_arithmetic_one_adds():
    p, weights = np.array([[0.9, 0.1], [0.5, 0.5]]), np.array([1, 3])
    odds = 9 ** (1 / 4)
    assert pool_priorities(p, weights)[0] == pytest.approx(odds / (1 + odds), abs=1e-15)
    assert pool_priorities(p, weights, mean="arithmetic")[0] == pytest.approx(0.6, abs=1e-15)


def test_judges_who_say_two_three_and_four_say_the_cube_root_of_24():
    pooled = pool(np.array([[[1, said], [1 / said, 1]] for said in (2, 3, 4)]))
    assert pooled[0, 1] == pytest.approx(2.8844991406148166, abs=1e-14)
    assert pooled[1, 0] == pytest.approx(0.3466806371753174, abs=1e-15)


def test_three_respondents_of_a_survey_are_pooled_as_recomputed_elsewhere():
    pooled = pool(SURVEY)
    first = [1, 0.3968502629920499, 2.519842099789746, 0.7937005259840998, 4.160167646103807]
    assert pooled[0] == pytest.approx(first, abs=1e-12)
    assert priorities(pooled)[1] == pytest.approx(0.4472900909584478, abs=1e-10)
    each = priorities(SURVEY)
    assert pool_priorities(each)[1] == pytest.approx(0.4487208771595299, abs=1e-10)
    arithmetic = pool_priorities(each, mean="arithmetic")
    assert arithmetic[1] == pytest.approx(0.4481568367187851, abs=1e-10)


def test_judgements_as_far_apart_as_numbers_go_are_pooled():
    far = np.array([[[1, 1e300], [1e-300, 1]], [[1, 1e-300], [1e300, 1]]])
    assert pool(far) == pytest.approx(np.ones((2, 2)), abs=1e-12)
    assert pool(far, np.array([0.75, 0.25]))[0, 1] == pytest.approx(1e150, rel=1e-12)


def test_judges_who_agree_on_one_side_and_round_the_other_are_pooled_on_both():
    rounded = np.array([[1, 3], [0.33333334, 1]])
    pooled = pool(np.array([[[1, 3], [1 / 3, 1]], rounded]))
    assert pooled[1, 0] == 1 / pooled[0, 1]
    np.testing.assert_array_equal(pool(rounded[None]), rounded)


@pytest.mark.parametrize("use", [lambda w: pool(SURVEY, w), lambda w: pool_priorities(EQUAL, w)])
@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ([1, -2, np.nan], ["the weight of judge 2 is -2", "the weight of judge 3 is nan"]),
        ([1, np.inf, 1], ["the weight of judge 2 is ∞"]),
        ([0, 0, 0], ["the weights of all judges are zero"]),
        ([1, 1], ["weights of shape (2,) for 3 judges"]),
        (["a", "b", "c"], ["weights of shape (3,) for 3 judges"]),
    ],
)
def test_weights_that_cannot_be_are_refused_with_their_judges(use, weights, said):
    with pytest.raises(WeightsError) as refused:
        use(weights)
    assert [finding.problem() for finding in refused.value.findings] == said


EQUAL = np.full((3, 2), 0.5)


def test_every_row_that_is_no_priorities_is_told_at_once():
    rows = [[np.nan, np.nan], [0.5, 0.5], [1.5, -0.5], [0.5, np.nan], [0.3, 0.3], [1, 0]]
    with pytest.raises(JudgementsError) as refused:
        pool_priorities(np.array(rows))
    assert [finding.problem() for finding in refused.value.findings] == [
        "judge 1 has no priorities",
        "judge 3, column 2: the priority is -0.5",
        "judge 4, column 2: the priority is nan",
        "judge 6, column 2: the priority is 0",
        "the priorities of judge 5 sum to 0.6",
    ]


@pytest.mark.parametrize("p", [np.full(2, 0.5), np.ones((0, 2)), np.ones((2, 0)), [["a", "b"]]])
def test_priorities_of_another_shape_are_refused(p):
    with pytest.raises(JudgementsError, match="does not hold priorities for each judge"):
        pool_priorities(p)


def test_one_matrix_is_no_stack_and_one_faulty_judge_is_refused():
    with pytest.raises(JudgementsError, match="does not hold a matrix for each judge"):
        pool(SURVEY[0])
    with pytest.raises(JudgementsError, match="matrix 2: 2 in row 1, column 2 and 2"):
        pool(np.array([[[1, 2], [1 / 2, 1]], [[1, 2], [2, 1]]]))


def test_there_is_no_other_mean():
    with pytest.raises(MethodError, match="choose one of geometric, arithmetic"):
        pool_priorities(EQUAL, mean="harmonic")
