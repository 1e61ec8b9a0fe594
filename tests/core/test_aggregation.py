"""Distances and closeness: what they must do for any values and weights."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from partnermcda import core

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
