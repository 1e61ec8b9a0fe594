"""Priorities and eigenvalues of pairwise matrices, one by one and in stacks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermcda import core
from partnermcda.core.ahp.eigenvector import principal_pair
from partnermcda.errors import JudgementsError, MethodError
from tests.core.ahp.judged import consistent, judged, random_stack

METHODS = ("eigenvector", "geometric_mean", "column_mean")
KINDS = ("consistent", "realistic", "random")


def decomposed(a):
    values, vectors = np.linalg.eig(a)
    largest = values.real.argmax(axis=-1)[..., None]
    found = np.abs(np.take_along_axis(vectors, largest[..., None], axis=-1)[..., 0].real)
    value = np.take_along_axis(values.real, largest, axis=-1)[..., 0]
    return found / found.sum(axis=-1, keepdims=True), value


@given(consistent(), st.sampled_from(METHODS))
def test_consistent_judgements_give_their_weights_back(given_weights, method):
    weights, a = given_weights
    assert core.priorities(a, method) == pytest.approx(weights, abs=1e-12)
    assert core.consistency_ratio(a) == pytest.approx(0, abs=1e-12)


@given(judged(), st.data())
def test_relabelling_relabels_priorities(a, data):
    order = data.draw(st.permutations(range(len(a))))
    shuffled = a[np.ix_(order, order)]
    for method in METHODS:
        assert core.priorities(shuffled, method) == pytest.approx(
            core.priorities(a, method)[order], abs=1e-12
        )
    assert core.principal_eigenvalue(shuffled) == pytest.approx(core.principal_eigenvalue(a))


@given(judged())
def test_priorities_are_positive_and_sum_to_one(a):
    for method in METHODS:
        w = core.priorities(a, method)
        assert (w > 0).all()
        assert w.sum() == pytest.approx(1, abs=1e-12)


@given(judged())
def test_the_transpose_has_reciprocal_priorities_by_geometric_means(a):
    reciprocal = 1 / core.priorities(a, "geometric_mean")
    transposed = core.priorities(a.T, "geometric_mean")
    assert transposed == pytest.approx(reciprocal / reciprocal.sum(), abs=1e-12)


@given(judged(orders=(3, 3)))
def test_eigenvector_and_geometric_mean_are_one_for_three_things(a):
    assert core.priorities(a) == pytest.approx(core.priorities(a, "geometric_mean"), abs=1e-11)


@pytest.mark.parametrize("order", [1, 2, 3, 4, 5, 6, 8, 11, 15, 30])
@pytest.mark.parametrize("kind", KINDS)
def test_the_eigenpair_is_that_of_a_full_decomposition(kind, order):
    a = random_stack(kind, 400, order)
    vectors, values = decomposed(a)
    pair = core.principal_eigenpair(a)
    assert np.abs(pair.vector - vectors).max() < 1e-11
    assert np.abs(pair.value - values).max() < 1e-11 * order
    assert pair.decomposed == 0


@settings(max_examples=30)
@given(st.sampled_from(KINDS), st.integers(1, 12), st.integers(1, 40), st.integers(0, 99))
def test_a_stack_has_the_bits_of_its_matrices_one_by_one(kind, order, count, seed):
    a = random_stack(kind, count, order, seed)
    stacked = core.principal_eigenpair(a)
    alone = [core.principal_eigenpair(matrix) for matrix in a]
    assert stacked.vector.tobytes() == np.array([pair.vector for pair in alone]).tobytes()
    assert stacked.value.tobytes() == np.array([pair.value for pair in alone]).tobytes()


def test_blocks_and_threads_change_no_bit():
    a = np.concatenate([random_stack(kind, 9_000, 5) for kind in KINDS])
    order = np.random.default_rng(3).permutation(len(a))
    assert core.priorities(a[order]).tobytes() == core.priorities(a)[order].tobytes()


def test_any_shape_of_stack_keeps_its_shape():
    a = random_stack("realistic", 24, 4)
    folded = core.priorities(a.reshape(2, 3, 4, 4, 4))
    assert folded.tobytes() == core.priorities(a).tobytes()
    assert folded.shape == (2, 3, 4, 4)
    assert core.priorities(a[:0]).shape == (0, 4)
    assert core.principal_eigenvalue(a[:0]).shape == (0,)


def test_what_does_not_converge_is_decomposed_and_counted():
    # A circle of preferences so strong that the eigenvalues are nearly of one size.
    strong, weights = 1e7, np.array([0.5, 0.3, 0.2])
    circle = np.array([[1, strong, 1 / strong], [1 / strong, 1, strong], [strong, 1 / strong, 1]])
    circle *= weights[:, None] / weights
    stack = np.array([circle, np.ones((3, 3)), circle])
    pair = core.principal_eigenpair(stack)
    assert pair.decomposed == 2
    assert pair.vector[[0, 2]] == pytest.approx(np.array([weights, weights]), abs=1e-9)
    assert pair.vector[1] == pytest.approx(1 / 3)
    assert pair.value == pytest.approx([1 + strong + 1 / strong, 3, 1 + strong + 1 / strong])


def test_ratios_of_many_powers_of_ten_are_computed():
    raw = 10.0 ** np.arange(0, 100, 20)
    weights = raw / raw.sum()
    assert core.priorities(raw[:, None] / raw) == pytest.approx(weights, rel=1e-9)
    assert principal_pair(raw[:, None] / raw).value == pytest.approx(5)


def test_orders_one_and_two_are_what_they_say():
    assert core.priorities(np.ones((1, 1))) == [1]
    assert core.priorities([[1, 4], [0.25, 1]]) == pytest.approx([0.8, 0.2], abs=1e-15)
    assert core.principal_eigenvalue([[1, 4], [0.25, 1]]) == pytest.approx(2, abs=1e-14)


def test_unknown_methods_are_refused():
    with pytest.raises(MethodError, match="eigenvector, geometric_mean, column_mean"):
        core.priorities(np.ones((3, 3)), "mean")
    with pytest.raises((MethodError, JudgementsError), match="least_squares"):
        core.priorities([[1, np.nan], [np.nan, 1]], missing="zero")
