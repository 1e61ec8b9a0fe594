"""A random walk through weights is uniform, comes again, and says so where it does not mix."""

import numpy as np
import pytest
from scipy import stats

from partnermcda.core.weight_space import draw_weights
from partnermcda.core.weight_space.mixing import effective_share, split_r_hat
from partnermcda.core.weight_space.proposals import candidates, kept
from partnermcda.core.weight_space.region import Region
from partnermcda.core.weight_space.sources import random_points
from partnermcda.core.weight_space.walk import walk
from partnermcda.errors import WeightsError

SIZE = 20_000
RARE = 1e-6


def region(n=5, order=((0, 1), (3, 2)), lower=0.05, upper=0.35, **more):
    return Region.of(n, order, np.full(n, lower), np.full(n, upper), **more)


def walked(space, size=SIZE, seed=1, **options):
    return walk(space, space.interior(), size, np.random.default_rng(seed), **options)


def test_a_walk_has_the_distribution_of_what_is_kept_of_uniform_draws():
    space = region()
    exact = kept(candidates(space, random_points(np.random.default_rng(2))), space, SIZE)
    found = walked(space)
    assert space.holds(found.weights).all()
    assert found.weights.sum(axis=1) == pytest.approx(1, abs=1e-12)
    # Neighbors of one chain are not quite independent, so every fourth round is compared.
    rounds = found.weights.reshape(-1, 32, 5)[::4].reshape(-1, 5)
    for one, other in zip(rounds.T, exact.T, strict=True):
        assert stats.ks_2samp(one, other).pvalue > RARE
    assert np.cov(found.weights.T) == pytest.approx(np.cov(exact.T), abs=4e-4)


def test_an_equation_is_kept_and_what_is_left_is_uniform():
    space = Region.of(3, (), np.zeros(3), np.ones(3))
    inner = np.array([0.5, 0.25, 0.25])
    found = walk(space, inner, SIZE, np.random.default_rng(3), np.array([[1.0, -2, 0]]))
    assert found.weights[:, 0] == pytest.approx(2 * found.weights[:, 1], abs=1e-12)
    assert stats.kstest(found.weights[:, 2], stats.uniform.cdf).pvalue > RARE


def test_a_region_that_is_a_point_is_drawn_again_and_again():
    space = Region.of(2, (), np.zeros(2), np.ones(2))
    found = walk(space, np.array([0.5, 0.5]), 7, np.random.default_rng(4), np.array([[1.0, -1]]))
    assert (found.weights == 0.5).all()


@pytest.mark.parametrize("width", [1e-2, 1e-6])
def test_a_narrow_region_is_walked_through_as_well(width):
    space = Region.of(4, (), np.array([0.1, 0, 0, 0]), np.array([0.1 + width, 1, 1, 1]))
    found = walked(space, 2_000)
    assert found.mixing.good
    assert ((found.weights[:, 0] - 0.1) / width).mean() == pytest.approx(0.5, abs=0.05)


def test_a_weight_that_hardly_varies_is_refused_in_words():
    with pytest.raises(WeightsError, match="does not mix: R-hat") as caught:
        draw_weights(4, 1, 1, lower=[0.1, 0, 0, 0], upper=[0.1 + 1e-10, 1, 1, 1])
    assert "ne se mélange pas : R-chapeau" in caught.value.text("fr")


def test_an_interior_point_keeps_its_distance_from_every_border():
    for order in ((), ((0, 1),), ((0, 1), (1, 2), (2, 3), (3, 4))):
        space = region(order=order)
        inner = space.interior()
        assert inner.sum() == pytest.approx(1, abs=1e-12)
        gaps = [inner[a] - inner[b] for a, b in order]
        assert min([*(inner - space.low), *(space.high - inner), *gaps]) > 1e-3


@pytest.mark.parametrize("memory", [0.0, 0.5, 0.8])
def test_the_effective_size_of_a_chain_with_memory_is_the_known_one(memory):
    rng = np.random.default_rng(6)
    chain = [rng.standard_normal((64, 3))]
    for _ in range(511):
        fresh = rng.standard_normal((64, 3)) * np.sqrt(1 - memory**2)
        chain.append(memory * chain[-1] + fresh)
    expected = (1 - memory) / (1 + memory)
    assert effective_share(np.array(chain)) == pytest.approx(expected, rel=0.15)
    assert split_r_hat(np.array(chain)) < 1.02


def test_chains_that_drift_or_stay_apart_are_found_out():
    draws = np.random.default_rng(7).random((128, 64, 2))
    assert split_r_hat(draws) < 1.01
    drifting = draws + np.linspace(0, 1, 128)[:, None, None]
    apart = draws + np.linspace(0, 1, 64)[:, None]
    assert min(split_r_hat(drifting), split_r_hat(apart)) > 1.05
