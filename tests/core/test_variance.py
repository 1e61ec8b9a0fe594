"""Shapley effects: laws of the shares, and models whose effects are known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermcda.core.variance import shapley_effects, step_points
from partnermcda.errors import MethodError

SIZES = st.lists(st.integers(1, 3), min_size=1, max_size=5)


def orders(rng, s, g):
    return rng.permuted(np.tile(np.arange(g), (s, 1)), axis=1)


def paths(model, sizes, s, seed):
    """Outcomes of a model along random paths, as independent points have them."""
    rng = np.random.default_rng(seed)
    a, b = rng.random((2, s, sum(sizes)))
    order = orders(rng, s, len(sizes))
    steps = [model(step_points(a, b, sizes, order, k)) for k in range(len(sizes) + 1)]
    return np.array(steps), order


@given(SIZES, st.integers(0, 2**31))
def test_a_path_leads_from_one_sample_to_the_other_one_group_a_step(sizes, seed):
    rng = np.random.default_rng(seed)
    a, b = rng.random((2, 7, sum(sizes)))
    order = orders(rng, 7, len(sizes))
    path = [step_points(a, b, sizes, order, k) for k in range(len(sizes) + 1)]
    assert np.array_equal(path[0], a)
    assert np.array_equal(path[-1], b)
    group = np.repeat(np.arange(len(sizes)), sizes)
    for k in range(len(sizes)):
        changed = path[k] != path[k + 1]
        assert np.array_equal(changed, group == order[:, k : k + 1])


@given(st.integers(1, 6), st.integers(2, 30), st.integers(0, 2**31))
def test_effects_sum_to_one(g, s, seed):
    rng = np.random.default_rng(seed)
    effects, errors = shapley_effects(rng.normal(size=(g + 1, s)), orders(rng, s, g))
    assert effects.sum() == pytest.approx(1, abs=1e-9)
    assert (errors >= 0).all()


@given(st.integers(2, 5), st.integers(0, 2**31), st.floats(-3, 3), st.floats(0.1, 5))
def test_effects_do_not_hang_on_names_units_or_the_zero_of_the_outcome(g, seed, shift, factor):
    rng = np.random.default_rng(seed)
    y, order = rng.normal(size=(g + 1, 20)), orders(rng, 20, g)
    effects, errors = shapley_effects(y, order)
    renamed = rng.permutation(g)
    again, again_errors = shapley_effects(factor * y + shift, renamed[order])
    assert again[renamed] == pytest.approx(effects, abs=1e-9)
    assert again_errors[renamed] == pytest.approx(errors, abs=1e-9)


def test_a_group_that_changes_nothing_has_no_effect():
    y, order = paths(lambda u: np.exp(u[:, 0]) * u[:, 2], (1, 1, 1), 50, 7)
    effects, errors = shapley_effects(y, order)
    assert effects[1] == errors[1] == 0


def test_what_two_groups_do_together_is_shared_by_halves():
    # Uniform on [-1, 1], the product has no variance that either input explains alone.
    y, order = paths(lambda u: (2 * u[:, 0] - 1) * (2 * u[:, 1] - 1), (1, 1), 40_000, 7)
    effects, errors = shapley_effects(y, order)
    assert effects == pytest.approx([0.5, 0.5], abs=4 * errors.max())
    assert errors.max() < 0.01


def test_inputs_within_a_group_need_not_be_independent():
    """Weights on the simplex as one group, and one input beside them: the shares are known."""
    c, d = np.array([3.0, 1.0, 0.0, 2.0]), 1.5

    def model(u):
        gaps = np.diff(np.sort(u[:, :3]), axis=1, prepend=0, append=1)
        return gaps @ c + d * u[:, 3]

    n = len(c)
    of_weights = c @ ((np.eye(n) / n - 1 / n**2) / (n + 1)) @ c
    expected = np.array([of_weights, d**2 / 12]) / (of_weights + d**2 / 12)
    effects, errors = shapley_effects(*paths(model, (3, 1), 40_000, 3))
    assert effects == pytest.approx(expected, abs=4 * errors.max())
    assert errors.max() < 0.01


def test_standard_errors_tell_how_far_estimates_scatter():
    found = [
        shapley_effects(*paths(lambda u: u @ [1, 2, 3], (1, 1, 1), 200, i)) for i in range(200)
    ]
    effects, errors = (np.array(part) for part in zip(*found, strict=True))
    assert effects.std(axis=0) == pytest.approx(errors.mean(axis=0), rel=0.25)


def test_an_outcome_that_never_changes_has_no_shares():
    effects, errors = shapley_effects(np.ones((3, 4)), np.tile([0, 1], (4, 1)))
    assert np.isnan(effects).all()
    assert np.isnan(errors).all()


@pytest.mark.parametrize(
    ("outcomes", "order"),
    [
        (np.ones((2, 4)), np.tile([0, 1], (4, 1))),
        (np.ones((3, 4)), np.array([0, 1])),
        (np.ones((3, 1)), np.array([[0, 1]])),
        (np.full((3, 4), np.nan), np.tile([0, 1], (4, 1))),
    ],
)
def test_outcomes_that_do_not_fit_are_refused(outcomes, order):
    with pytest.raises(MethodError) as refused:
        shapley_effects(outcomes, order)
    assert refused.value.findings[0].code == "variance.outcomes"
