"""The best under many weight vectors are those that scoring everybody gives."""

import importlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermcda import core
from partnermcda.errors import MethodError

KINDS = ["random", "grid", "repeated", "alike", "huge", "near"]


def values(kind, m, n, rng):
    r = rng.random((m, n))
    if kind == "grid":
        return np.round(r * 3) / 3
    if kind == "repeated":
        return np.repeat(r, 9, axis=0)[:m]
    if kind == "alike":
        return np.full((m, n), 0.25)
    if kind == "huge":
        return r * 1e180
    # Closer to the ideal than the tolerance of ties, so that chains of equals are long.
    return 1 - r * 1e-12 if kind == "near" else r


def one_by_one(r, weights, k, **ideals):
    return np.array([core.top_k(core.closeness(r, w, **ideals), k) for w in weights])


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(KINDS),
    st.integers(1, 60),
    st.integers(1, 4),
    st.integers(1, 5),
    st.integers(0, 70),
    st.integers(0, 2**32 - 1),
    st.booleans(),
)
def test_the_leaders_are_the_first_of_the_full_order(kind, m, n, s, k, seed, fixed):
    rng = np.random.default_rng(seed)
    r, weights = values(kind, m, n, rng), rng.dirichlet(np.ones(n), s)
    ideals = {"ideal": np.ones(n), "anti_ideal": np.zeros(n)} if fixed else {}
    expected = one_by_one(r, weights, k, **ideals)
    assert (core.leaders(r, weights, k, **ideals) == expected).all()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("k", [1, 10, 600])
def test_many_rows_give_the_same_in_any_layout_and_with_any_number_of_threads(kind, k):
    rng = np.random.default_rng(5)
    r, weights = values(kind, 20_000, 5, rng), rng.dirichlet(np.ones(5), 4)
    expected = one_by_one(r, weights, k)
    for threads in (1, 2, 3):
        assert (core.leaders(np.asfortranarray(r), weights, k, threads=threads) == expected).all()
    assert (core.leaders(r, weights, k) == expected).all()


def test_draws_are_taken_in_parts_without_changing_anything(monkeypatch):
    rng = np.random.default_rng(6)
    r, weights = rng.random((500, 3)), rng.dirichlet(np.ones(3), 50)
    expected = core.leaders(r, weights, 3)
    # The name of the module is that of the function, too.
    monkeypatch.setattr(importlib.import_module("partnermcda.core.leaders"), "_DRAWS", 7)
    assert (core.leaders(r, weights, 3) == expected).all()


def test_candidates_have_the_bits_that_scoring_everybody_gives():
    rng = np.random.default_rng(10)
    r, weights = rng.random((5000, 7)), rng.dirichlet(np.ones(7), 3)
    points = np.array((r.min(axis=0), r.max(axis=0)))[:, :, None]
    draws, actors = np.repeat(np.arange(3), 1001), rng.integers(0, 5000, 3003)
    scores = importlib.import_module("partnermcda.core.leaders")._scores
    found = scores(r, points, weights, draws, actors)
    assert found.tobytes() == core.closeness(r, weights)[draws, actors].tobytes()


@pytest.mark.parametrize("size", [1e-20, 1e-40, 1e-90])
def test_weights_beyond_float32_decide_where_nothing_else_does(size):
    rng = np.random.default_rng(9)
    r = rng.random((3000, 3))
    r[:, 0] = 0.5
    weights = np.array([[1.0, 3 * size, 2 * size], [size, 1.0, 1.0], [1.0, size, 0.0]])
    assert (core.leaders(r, weights, 5) == one_by_one(r, weights, 5)).all()
    ideals = {"ideal": np.array([1.0, 1.0, 1.0]), "anti_ideal": np.array([1.0, 0.0, 0.0])}
    assert (core.leaders(r, weights, 5, **ideals) == one_by_one(r, weights, 5, **ideals)).all()


def test_one_weight_vector_gives_one_row_and_float32_is_taken_exactly():
    r = np.array([[0.1, 0.9], [0.8, 0.7], [0.2, 0.1]], dtype=np.float32)
    assert core.leaders(r, np.array([0.5, 0.5]), 2).tolist() == [1, 0]
    assert core.leaders(r, np.array([0.5, 0.5])).tolist() == [1]


def test_a_whole_number_may_be_written_as_a_float():
    r, weights = np.array([[0.1], [0.8]]), np.array([1.0])
    assert core.leaders(r, weights, 2.0).tolist() == core.leaders(r, weights, 2).tolist()


def test_nobody_leads_among_none():
    assert core.leaders(np.empty((0, 2)), np.array([0.5, 0.5]), 2).tolist() == [-1, -1]


def test_values_that_are_no_numbers_are_refused():
    with pytest.raises(MethodError, match="row 2, column 1: the value is nan"):
        core.leaders(np.array([[1.0], [np.nan]]), np.array([1.0]))
