"""Which judgement to look at again."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from partnermcda.core.ahp.consistency import consistency_ratio
from partnermcda.core.ahp.eigenvector import principal_pair
from partnermcda.core.ahp.matrices import reciprocal_matrix
from partnermcda.core.ahp.missing import complete
from partnermcda.core.ahp.repair import eigenvalue_gradient, repairs, worst_triad
from partnermcda.errors import JudgementsError, WeightsError

RATIOS = st.floats(-3, 3).map(np.exp)
SCALE = [1 / n for n in range(9, 1, -1)] + [float(n) for n in range(1, 10)]
FEW = settings(deadline=None, max_examples=40)
OFF_SCALE = RATIOS.filter(lambda value: np.abs(np.log(value / np.array(SCALE))).min() > 1e-3)


@st.composite
def judged(draw, least=1, most=6, elements=RATIOS, gaps=False):
    """A pairwise matrix, linked; with gaps if asked for."""
    order = draw(st.integers(least, most))
    pairs = order * (order - 1) // 2
    a = reciprocal_matrix(draw(arrays(float, pairs, elements=elements)), order)
    if gaps:
        # A chain through all things stays; who is next to whom is drawn.
        unasked = np.triu(draw(arrays(bool, a.shape)), 2)
        a[unasked | unasked.T] = np.nan
        a = relabelled(a, draw(st.permutations(range(order))))
    return a


@st.composite
def consistent(draw, least=3, most=6):
    """A consistent matrix off Saaty's scale."""
    w = draw(arrays(float, st.integers(least, most), elements=RATIOS))
    return w[:, None] / w


def least_eigenvalue(a):
    return float(principal_pair(complete(a, "optimal")).value)


def changed(a, row, column, value):
    a = a.copy()
    a[row, column], a[column, row] = value, 1 / value
    return a


def relabelled(a, order):
    return a[np.ix_(order, order)]


@FEW
@given(judged(least=3, gaps=True), st.data())
def test_the_gradient_is_that_of_the_eigenvalue_with_reciprocity_kept(a, data):
    row, column = data.draw(
        st.sampled_from(np.argwhere(~np.isnan(a) & ~np.eye(len(a), dtype=bool)).tolist())
    )
    step = 1e-4
    up, down = (
        least_eigenvalue(changed(a, row, column, a[row, column] * np.exp(by)))
        for by in (step, -step)
    )
    slope = eigenvalue_gradient(a)[row, column] * a[row, column]
    assert slope == pytest.approx((up - down) / (2 * step), abs=1e-5)


@FEW
@given(judged(gaps=True))
def test_the_gradient_over_logarithms_is_antisymmetric_and_nan_where_not_asked(a):
    np.testing.assert_array_equal(np.isnan(eigenvalue_gradient(a)), np.isnan(a))
    logarithmic = eigenvalue_gradient(a) * a
    np.testing.assert_allclose(logarithmic, -logarithmic.T, atol=1e-12)
    # Rescaling one thing changes no contradiction.
    scaled = a * np.where(np.arange(len(a)) == 0, 2, 1)[:, None]
    scaled /= np.where(np.arange(len(a)) == 0, 2, 1)
    np.testing.assert_allclose(eigenvalue_gradient(scaled) * scaled, logarithmic, atol=1e-9)


@FEW
@given(consistent(least=1))
def test_the_gradient_of_consistent_judgements_is_zero(a):
    assert eigenvalue_gradient(a) * a == pytest.approx(np.zeros(a.shape), abs=1e-12)


@FEW
@given(judged(least=3, gaps=True))
def test_the_gradient_is_zero_where_an_optimal_completion_filled_in(a):
    filled = complete(a, "optimal")
    gaps = np.isnan(a)
    assert (eigenvalue_gradient(filled) * filled)[gaps] == pytest.approx(0, abs=1e-10)


@FEW
@given(st.integers(1, 5), st.data())
def test_the_gradients_of_a_stack_are_those_of_its_matrices(order, data):
    some = st.lists(judged(least=order, most=order, gaps=True), min_size=1, max_size=3)
    stack = np.array(data.draw(some))
    each = np.array([eigenvalue_gradient(a) for a in stack])
    np.testing.assert_array_equal(eigenvalue_gradient(stack[:, None]), each[:, None])


@FEW
@given(judged(gaps=True))
def test_the_worst_triad_is_the_worst_of_all(a):
    triad = worst_triad(a)
    order = range(len(a))
    ratios = [
        a[i, h] * a[h, k] / a[i, k] for i in order for h in order if i < h for k in order if h < k
    ]
    known = [1 - min(ratio, 1 / ratio) for ratio in ratios if not np.isnan(ratio)]
    if triad is None:
        assert known == []
        return
    ratio = a[triad.i, triad.h] * a[triad.h, triad.k] / a[triad.i, triad.k]
    assert triad.i < triad.h < triad.k
    assert triad.inconsistency == pytest.approx(1 - min(ratio, 1 / ratio), abs=1e-9)
    assert triad.inconsistency == pytest.approx(max(known), abs=1e-9)


@FEW
@given(consistent())
def test_the_first_of_equal_triads_is_told(a):
    triad = worst_triad(a)
    assert (triad.i, triad.h, triad.k) == (0, 1, 2)
    assert triad.inconsistency == pytest.approx(0, abs=1e-9)


@FEW
@given(judged(elements=RATIOS | st.sampled_from(SCALE), gaps=True))
def test_each_step_is_what_it_says_and_lowers_the_eigenvalue(a):
    before = a.copy()
    steps = repairs(a, limit=0)
    np.testing.assert_array_equal(a, before)
    assert len(steps) <= 5
    for step in steps:
        assert step.row < step.column
        assert step.value == a[step.row, step.column]
        after = changed(a, step.row, step.column, step.suggested)
        assert least_eigenvalue(after) < least_eigenvalue(a)
        assert step.consistency_ratio == consistency_ratio(after)
        a = after


@FEW
@given(judged(least=3, most=5, elements=RATIOS | st.sampled_from(SCALE)))
def test_no_other_value_is_more_consistent_than_the_exact_one(a):
    for step in repairs(a, limit=0, most=1):
        least = least_eigenvalue(changed(a, step.row, step.column, step.exact))
        for factor in (0.5, 0.99, 1.01, 2):
            other = changed(a, step.row, step.column, step.exact * factor)
            assert least_eigenvalue(other) >= least - 1e-12


@FEW
@given(judged(least=3, most=5, elements=OFF_SCALE))
def test_no_other_judgement_brings_more_than_the_one_suggested(a):
    steps = repairs(a, limit=0, most=1)
    reached = (
        least_eigenvalue(changed(a, steps[0].row, steps[0].column, steps[0].suggested))
        if steps
        else least_eigenvalue(a)
    )
    for row, column in zip(*np.triu_indices(len(a), 1), strict=True):
        assert least_eigenvalue(changed(a, row, column, np.nan)) >= reached - 1e-9


@FEW
@given(consistent(least=4), st.data())
def test_one_wrong_judgement_is_found_and_set_right(a, data):
    row, column = sorted(data.draw(st.permutations(range(len(a))))[:2])
    wrong = a[row, column] * data.draw(st.sampled_from([0.2, 0.5, 3.0, 20.0]))
    (step,) = repairs(changed(a, row, column, wrong), limit=1e-6)
    assert (step.row, step.column, step.value) == (row, column, wrong)
    assert step.exact == pytest.approx(a[row, column], rel=1e-6)
    assert step.consistency_ratio == pytest.approx(0, abs=1e-9)


@FEW
@given(st.permutations([1.0, 2.0, 4.0, 8.0]), st.sampled_from(SCALE), st.data())
def test_a_judgement_on_the_scale_is_answered_on_the_scale(w, wrong, data):
    a = np.array(w)[:, None] / np.array(w)
    row, column = sorted(data.draw(st.permutations(range(4)))[:2])
    spoiled = changed(a, row, column, wrong)
    assume(wrong != a[row, column])
    (step,) = repairs(spoiled, limit=0)
    assert (step.row, step.column) == (row, column)
    assert step.suggested == a[row, column]


@FEW
@given(st.integers(3, 6), st.data())
def test_suggestions_keep_to_the_scale_where_people_did(order, data):
    pairs = order * (order - 1) // 2
    a = reciprocal_matrix(data.draw(arrays(float, pairs, elements=st.sampled_from(SCALE))), order)
    for step in repairs(a):
        assert step.suggested in SCALE
        away = np.abs(np.log(SCALE) - np.log(step.exact))
        assert abs(np.log(step.suggested / step.exact)) == pytest.approx(away.min(), abs=1e-9)


@FEW
@given(judged(least=3, gaps=True), st.sampled_from([0.1, 0.3, np.inf]), st.integers(0, 3))
def test_it_goes_on_until_the_limit_or_the_most_is_reached(a, limit, most):
    steps, all_steps = repairs(a, limit=limit, most=most), repairs(a, limit=0, most=3)
    ratios = [float(consistency_ratio(a)), *(step.consistency_ratio for step in all_steps)]
    needed = next((n for n, ratio in enumerate(ratios) if ratio <= limit), len(all_steps))
    assert steps == all_steps[: min(needed, most)]


@FEW
@given(judged(least=3, most=5, gaps=True), st.data())
def test_relabelling_relabels_the_suggestion(a, data):
    order = data.draw(st.permutations(range(len(a))))
    one = repairs(a, limit=0, most=1)
    other = repairs(relabelled(a, order), limit=0, most=1)
    assert len(one) == len(other)
    for here, there in zip(one, other, strict=True):
        assert there.consistency_ratio == pytest.approx(here.consistency_ratio, abs=1e-9)


def test_equal_judgements_are_taken_in_the_order_of_rows():
    circle = np.array([[1, 2.5, 1 / 2.5], [1 / 2.5, 1, 2.5], [2.5, 1 / 2.5, 1]])
    (step,) = repairs(circle)
    assert (step.row, step.column) == (0, 1)
    assert step.suggested == pytest.approx(1 / 2.5**2, rel=1e-9)


@FEW
@given(consistent(least=1))
def test_consistent_judgements_need_no_repair(a):
    assert repairs(a, limit=1e-9) == ()


@FEW
@given(judged(least=1, most=2))
def test_one_or_two_things_cannot_contradict(a):
    assert repairs(a, limit=0) == ()
    assert worst_triad(a) is None


@FEW
@given(st.integers(1, 7), st.data())
def test_a_tree_of_judgements_cannot_contradict(order, data):
    a = np.full((order, order), np.nan)
    np.fill_diagonal(a, 1)
    for child in range(1, order):
        value = data.draw(RATIOS)
        a = changed(a, child, data.draw(st.integers(0, child - 1)), value)
    assert repairs(a, limit=0) == ()
    assert worst_triad(a) is None


def test_a_judgement_that_alone_links_two_groups_is_never_suggested():
    a = np.full((5, 5), np.nan)
    np.fill_diagonal(a, 1)
    for row, column, value in [(0, 1, 3), (1, 2, 3), (0, 2, 1 / 3), (2, 3, 9), (3, 4, 1 / 9)]:
        a = changed(a, row, column, value)
    assert {(step.row, step.column) for step in repairs(a, limit=0)} <= {(0, 1), (1, 2), (0, 2)}


def test_saatys_house_is_repaired_where_and_as_he_did():
    """Saaty (2003) changes the judgement of the third thing over the seventh from 6 to 1/2."""
    upper = [5, 3, 7, 6, 6, 1 / 3, 1 / 4, 1 / 3, 5, 3, 3, 1 / 5, 1 / 7, 6, 3, 4, 6, 1 / 5]
    upper += [1 / 3, 1 / 4, 1 / 7, 1 / 8, 1 / 2, 1 / 5, 1 / 6, 1 / 5, 1 / 6, 1 / 2]
    house = reciprocal_matrix(np.array(upper), 8)
    (step,) = repairs(house, random_index="saaty-2007")
    assert (step.row, step.column, step.value, step.suggested) == (2, 6, 6, 1 / 2)
    assert step.consistency_ratio == pytest.approx(0.08282939430071912, abs=1e-10)


def test_judgements_that_contradict_beyond_computing_are_refused_once():
    a = reciprocal_matrix(np.array([1e30, 1e-30, 1, 1e30, 1, 1]), 4)
    with pytest.raises(JudgementsError, match="so extreme or contradictory") as refused:
        repairs(a)
    assert len(refused.value.findings) == 1


def test_an_order_beyond_the_table_is_refused_or_given_an_index():
    w = np.arange(1.0, 17.0)
    a = changed(w[:, None] / w, 0, 1, 5.0)
    with pytest.raises(WeightsError, match="order 16"):
        repairs(a, limit=1e-4)
    simulated = repairs(a, limit=1e-4, beyond="simulate")
    given_index = repairs(a, limit=1e-4, random_index=1.6)
    assert simulated == given_index
    assert [(step.row, step.column, step.suggested) for step in simulated] == [(0, 1, 0.5)]


@pytest.mark.parametrize("limit", [-0.1, np.nan])
def test_a_limit_that_cannot_be_reached_is_refused(limit):
    with pytest.raises(JudgementsError, match=f"cannot be brought down to {limit}"):
        repairs(np.ones((3, 3)), limit=limit)


@pytest.mark.parametrize("use", [repairs, worst_triad])
def test_several_matrices_are_refused(use):
    with pytest.raises(JudgementsError, match="take the matrices of a stack one by one"):
        use(np.ones((2, 3, 3)))


def test_an_unknown_random_index_and_an_unlinked_matrix_are_refused():
    with pytest.raises(WeightsError):
        repairs(np.ones((3, 3)), random_index="no such table")
    unlinked = np.array([[1, np.nan, np.nan], [np.nan, 1, 2], [np.nan, 1 / 2, 1]])
    for use in (repairs, eigenvalue_gradient):
        with pytest.raises(JudgementsError):
            use(unlinked)
