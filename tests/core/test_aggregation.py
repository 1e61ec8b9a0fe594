"""Scores: what distances, sums and products must do for any values and weights."""

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


def fixed(values, weights, p=2):
    n = values.shape[1]
    return core.closeness(values, weights, ideal=np.ones(n), anti_ideal=np.zeros(n), p=p)


@given(problems())
def test_closeness_is_the_textbook_formula(problem):
    values, weights = problem
    to_ideal = np.sqrt(((weights * (1 - values)) ** 2).sum(axis=1))
    to_anti = np.sqrt(((weights * values) ** 2).sum(axis=1))
    assert fixed(values, weights) == pytest.approx(to_anti / (to_ideal + to_anti), abs=1e-12)


@given(problems(), st.data())
def test_a_better_value_never_lowers_a_score_not_even_by_the_last_bit(problem, data):
    values, weights = problem
    i = data.draw(st.integers(0, values.shape[0] - 1))
    j = data.draw(st.integers(0, values.shape[1] - 1))
    better = values.copy()
    better[i, j] = data.draw(st.floats(float(values[i, j]), 1))
    for p in (1, 2, np.inf):
        assert fixed(better, weights, p)[i] >= fixed(values, weights, p)[i]


@given(problems(least=2), st.data())
def test_a_score_has_the_same_bits_whoever_else_is_there(problem, data):
    values, weights = problem
    kept = data.draw(st.lists(st.sampled_from(range(len(values))), min_size=1, unique=True))
    assert fixed(values[kept], weights).tobytes() == fixed(values, weights)[kept].tobytes()


@given(problems())
def test_the_same_bits_in_either_memory_order(problem):
    values, weights = problem
    by_column = fixed(np.asfortranarray(values), weights)
    assert by_column.tobytes() == fixed(np.ascontiguousarray(values), weights).tobytes()


@given(problems(), st.integers(1, 4))
def test_many_weight_vectors_are_scored_one_by_one(problem, s):
    values, weights = problem
    many = np.array([np.roll(weights, k) for k in range(s)])
    for p in (1, 2, np.inf):
        alone = np.array([fixed(values, w, p) for w in many])
        assert (fixed(values, many, p) == alone).all()


@given(problems())
def test_city_block_closeness_on_fixed_ideals_is_the_weighted_sum(problem):
    values, weights = problem
    assert fixed(values, weights, p=1) == pytest.approx(
        core.weighted_sum(values, weights), abs=1e-12
    )


@given(st.lists(problems(), min_size=2, max_size=2), st.integers(1, 5))
def test_cities_end_to_end_are_cities_alone(two, n):
    (first, _), (second, _) = two
    n = min(n, first.shape[1], second.shape[1])
    weights = np.full(n, 1 / n)
    together = np.vstack([first[:, :n], second[:, :n]])
    starts = np.array([0, len(first)])
    alone = [core.closeness(part[:, :n], weights) for part in (first, second)]
    assert (core.closeness(together, weights, starts) == np.concatenate(alone)).all()


@given(problems())
def test_all_alike_is_exactly_one_half(problem):
    values, weights = problem
    alike = np.repeat(values[:1], 3, axis=0)
    assert (core.closeness(alike, weights) == 0.5).all()


def test_the_ideal_scores_one_and_the_anti_ideal_zero():
    values = np.array([[1.0, 1.0], [0.0, 0.0]])
    assert fixed(values, np.array([0.3, 0.7])).tolist() == [1.0, 0.0]


def test_no_actors_give_no_scores():
    assert core.closeness(np.empty((0, 3)), np.ones(3)).shape == (0,)


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
