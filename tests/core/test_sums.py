"""Sums and products: what they must do for any values and weights."""

import importlib
import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from partnermcda import core
from partnermcda.errors import MethodError

UNIT = st.floats(0, 1, allow_subnormal=False)


@st.composite
def problems(draw, least=1):
    """Values in [0, 1] and weights that sum to 1."""
    m, n = draw(st.integers(least, 6)), draw(st.integers(1, 5))
    values = draw(arrays(float, (m, n), elements=UNIT))
    raw = draw(arrays(float, n, elements=st.floats(0, 1)))
    assume(raw.sum() > 1e-3)
    return values, raw / raw.sum()


@given(problems(), st.data())
def test_an_ordered_sum_rises_in_every_value_and_forgets_their_order(problem, data):
    values, weights = problem
    weights = np.sort(weights)[::-1]
    shuffled = values[:, data.draw(st.permutations(range(values.shape[1])))]
    total = core.ordered_sum(values, weights)
    assert (core.ordered_sum(shuffled, weights) == total).all()
    better = np.maximum(values, data.draw(arrays(float, values.shape, elements=UNIT)))
    assert (core.ordered_sum(better, weights) >= total).all()
    assert (total <= values.max(axis=1) + 1e-12).all()
    assert (total >= values.mean(axis=1) - 1e-12).all()


@given(problems(), st.data())
def test_sums_keep_the_sign_of_what_they_sum(problem, data):
    values, weights = problem
    signed = values - data.draw(arrays(float, values.shape, elements=UNIT))
    naive = [math.fsum(w * v for w, v in zip(weights, row, strict=True)) for row in signed]
    assert core.weighted_sum(signed, weights) == pytest.approx(naive, abs=1e-15)
    ranked = [sorted(row, reverse=True) for row in signed]
    naive = [math.fsum(w * v for w, v in zip(weights, row, strict=True)) for row in ranked]
    assert core.ordered_sum(signed, weights) == pytest.approx(naive, abs=1e-15)


@st.composite
def shares(draw):
    """Values in (0, 1], down to the smallest, and weights that sum to 1."""
    values, weights = draw(problems())
    smallest = draw(st.sampled_from([1e-3, 1e-150, 2.3e-308]))
    return np.maximum(values, smallest), weights


@given(shares())
def test_a_weighted_product_is_the_product_of_powers(problem):
    values, weights = problem
    naive = [math.prod(float(v) ** w for v, w in zip(row, weights, strict=True)) for row in values]
    assert core.weighted_product(values, weights) == pytest.approx(naive, rel=1e-12)


@given(shares())
def test_a_weighted_product_lies_above_zero_and_not_above_the_weighted_sum(problem):
    values, weights = problem
    product = core.weighted_product(values, weights)
    assert ((product > 0) & (product <= 1)).all()
    assert (product <= core.weighted_sum(values, weights) * (1 + 1e-12)).all()


@given(shares())
def test_a_weighted_product_of_alike_values_is_that_value(problem):
    values, weights = problem
    alike = np.repeat(values[:, :1], values.shape[1], axis=1)
    assert core.weighted_product(alike, weights) == pytest.approx(values[:, 0], rel=1e-12)


@given(shares(), st.data())
def test_a_better_value_never_lowers_a_product_by_more_than_its_last_digits(problem, data):
    values, weights = problem
    better = np.maximum(values, data.draw(arrays(float, values.shape, elements=UNIT)))
    before = core.weighted_product(values, weights)
    assert (core.weighted_product(better, weights) >= before * (1 - 1e-12)).all()


@given(shares(), st.integers(1, 4))
def test_products_of_many_weight_vectors_are_taken_one_by_one(problem, s):
    values, weights = problem
    many = np.array([np.roll(weights, k) for k in range(s)])
    alone = np.array([core.weighted_product(values, w) for w in many])
    assert (core.weighted_product(values, many) == alone).all()


@given(shares())
def test_no_memory_layout_changes_a_bit_of_a_product_and_no_value_is_written_to(problem):
    values, weights = problem
    before, bits = values.tobytes(), core.weighted_product(values, weights).tobytes()
    values.flags.writeable = False
    for same in (np.asfortranarray(values), np.repeat(values, 2, axis=0)[::2], values.tolist()):
        assert core.weighted_product(same, weights).tobytes() == bits
    assert values.tobytes() == before


def test_no_actors_give_no_products():
    assert core.weighted_product(np.empty((0, 2)), [0.5, 0.5]).shape == (0,)
    assert core.weighted_product(np.empty((0, 2)), np.full((3, 2), 0.5)).shape == (3, 0)


@pytest.mark.parametrize(
    ("bad", "english", "french"),
    [
        (0.0, "the value is 0; a weighted product takes", "la valeur est 0 ; un produit pondéré"),
        (-1.0, "the value is -1; a weighted product", "la valeur est -1 ; un produit pondéré"),
        (np.nan, "the value is nan; every value must be", "la valeur est nan ; chaque valeur doit"),
        (np.inf, "the value is inf; every value must be", "la valeur est inf ; chaque valeur doit"),
    ],
)
def test_a_weighted_product_refuses_what_is_not_above_zero(bad, english, french):
    values = np.array([[0.5, 1.0], [0.5, bad], [0.5, bad]])
    with pytest.raises(MethodError) as caught:
        core.weighted_product(values, [0.5, 0.5])
    assert [finding.more for finding in caught.value.findings] == [1]
    assert caught.value.text().startswith(f"row 2, column 2: {english}")
    assert caught.value.text("fr").startswith(f"ligne 2, colonne 2 : {french}")


@pytest.mark.parametrize("function", [core.weighted_sum, core.weighted_product])
def test_neither_threads_nor_layout_change_a_bit(function, monkeypatch):
    module = importlib.import_module("partnermcda.core.sums")
    monkeypatch.setattr(module, "worth", lambda threads, _: threads)
    rng = np.random.default_rng(8)
    values, weights = rng.uniform(0.1, 1, (50_000, 3)), rng.dirichlet(np.ones(3), 2)
    bits = function(values, weights, threads=1).tobytes()
    for same in (values, np.asfortranarray(values)):
        for threads in (None, 2, 3):
            assert function(same, weights, threads=threads).tobytes() == bits
    out = np.empty((2, 50_000))
    assert function(values, weights, out=out) is out
    assert out.tobytes() == bits


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_weighted_sum_refuses_what_is_no_number_even_if_it_does_not_count(bad):
    with pytest.raises(MethodError, match=r"row 2, column 1: the value is (nan|inf)"):
        core.weighted_sum([[0.5, 1.0], [bad, 1.0]], [0.0, 1.0])


def test_a_sum_beyond_all_numbers_is_infinite():
    assert core.weighted_sum([[1.5e308, 1.5e308]], [1.0, 1.0]).tolist() == [np.inf]
