"""Priorities and consistency of complete pairwise matrices."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from partnermcda import core
from partnermcda.core.ahp import RANDOM_INDEX
from partnermcda.errors import WeightsError

POSITIVE = st.floats(0.05, 20)
METHODS = ("eigenvector", "geometric_mean", "column_mean")


@st.composite
def judged(draw):
    order = draw(st.integers(1, 7))
    scale = st.sampled_from([1 / k for k in range(9, 1, -1)] + list(range(1, 10)))
    upper = draw(arrays(float, order * (order - 1) // 2, elements=scale))
    return core.reciprocal_matrix(upper, order)


@given(arrays(float, st.integers(1, 9), elements=POSITIVE), st.sampled_from(METHODS))
def test_consistent_judgements_give_their_weights_back(raw, method):
    weights = raw / raw.sum()
    a = raw[:, None] / raw[None, :]
    assert core.priorities(a, method) == pytest.approx(weights, abs=1e-12)
    assert core.consistency_ratio(a) == pytest.approx(0, abs=1e-12)


@given(judged(), st.data())
def test_relabelling_relabels_priorities(a, data):
    order = data.draw(st.permutations(range(len(a))))
    for method in METHODS:
        shuffled = core.priorities(a[np.ix_(order, order)], method)
        assert shuffled == pytest.approx(core.priorities(a, method)[order], abs=1e-12)
    assert core.consistency_ratio(a[np.ix_(order, order)]) == pytest.approx(
        core.consistency_ratio(a), abs=1e-10
    )


@given(judged())
def test_priorities_are_positive_and_sum_to_one(a):
    for method in METHODS:
        w = core.priorities(a, method)
        assert (w > 0).all()
        assert w.sum() == pytest.approx(1, abs=1e-12)


@settings(deadline=None)
@given(judged())
def test_the_eigenvector_is_that_of_a_full_decomposition(a):
    values, vectors = np.linalg.eig(a)
    k = values.real.argmax()
    reference = np.abs(vectors[:, k].real)
    assert core.priorities(a) == pytest.approx(reference / reference.sum(), abs=1e-11)
    assert core.principal_eigenvalue(a) == pytest.approx(values[k].real, abs=1e-10)


@given(st.lists(st.lists(POSITIVE, min_size=6, max_size=6), min_size=1, max_size=4))
def test_a_stack_is_its_matrices_one_by_one(uppers):
    stack = np.array([core.reciprocal_matrix(np.array(u), 4) for u in uppers])
    alone = [core.priorities(a) for a in stack]
    assert core.priorities(stack) == pytest.approx(np.array(alone), abs=1e-12)
    ratios = [float(core.consistency_ratio(a)) for a in stack]
    assert core.consistency_ratio(stack) == pytest.approx(np.array(ratios), abs=1e-10)


def test_the_house_example_of_the_field():
    # T. L. Saaty's "house" financing matrix, Eur. J. Oper. Res. 48(1), 1990,
    # doi:10.1016/0377-2217(90)90057-I, alternatives under Financing.
    a = np.array([[1, 1 / 7, 1 / 5], [7, 1, 3], [5, 1 / 3, 1]])
    assert core.priorities(a) == pytest.approx([0.0719, 0.6491, 0.2790], abs=5e-5)
    assert float(core.principal_eigenvalue(a)) == pytest.approx(3.065, abs=5e-4)


def test_orders_one_and_two_are_always_consistent():
    assert core.consistency_ratio(np.ones((1, 1))) == 0
    assert core.consistency_ratio(np.array([[1, 7], [1 / 7, 1]])) == 0


def test_every_table_is_used_and_an_index_of_ones_own_too():
    a = core.reciprocal_matrix(np.array([2.0, 8.0, 2.0]), 3)
    excess = (float(core.principal_eigenvalue(a)) - 3) / 2
    for name, table in RANDOM_INDEX.items():
        assert float(core.consistency_ratio(a, name)) == pytest.approx(excess / table[0])
    assert float(core.consistency_ratio(a, 0.5)) == pytest.approx(excess / 0.5)


@pytest.mark.parametrize(("order", "table"), [(11, "saaty-1980"), (16, "alonso-lamata")])
def test_an_order_beyond_the_table_is_refused(order, table):
    with pytest.raises(WeightsError, match=f"no random index for order {order}"):
        core.consistency_ratio(np.ones((order, order)), table)


def test_an_unknown_table_is_refused_with_those_there_are():
    with pytest.raises(WeightsError, match="alonso-lamata, saaty-1980, saaty-2007"):
        core.consistency_ratio(np.ones((3, 3)), "saaty")
