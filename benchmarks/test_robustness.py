"""How far an answer can be trusted: acceptability, stability, and what it takes."""

import numpy as np
import pytest

from partnermcda import core

DRAWS = 100


def cities(benchmark, m=1_000_000, count=10_000):
    """A million actors in ten thousand cities to measure, a few to see that it works."""
    m, count = (400, 4) if benchmark.disabled else (m, count)
    rng = np.random.default_rng(7)
    starts = np.sort(rng.choice(np.arange(1, m), count - 1, replace=False))
    return rng.random((m, 8)), np.concatenate(([0], starts))


@pytest.mark.parametrize("k", [1, 5])
def test_leaders_of_all_cities(benchmark, k):
    r, starts = cities(benchmark)
    draws = core.draw_weights(8, DRAWS, 7)
    found = benchmark(core.leader_acceptability, r, draws, starts, k)
    assert np.allclose(np.add.reduceat(found.first, starts), 1)


@pytest.mark.parametrize("actors", [8, 50])
def test_rank_acceptability(benchmark, actors):
    r = np.random.default_rng(7).random((actors, 4))
    draws = core.draw_weights(4, 50 if benchmark.disabled else 10_000, 7)
    found = benchmark(core.smaa, r, draws)
    assert np.allclose(found.rank_acceptability.sum(axis=0), 1)


@pytest.mark.parametrize("shape", ["uniform", "triangular", "normal"])
def test_rank_acceptability_with_values_drawn(benchmark, shape):
    low = np.random.default_rng(7).random((20, 8)) / 2
    values = core.Uncertain(low, low + 0.1, low + 0.3, shape, 7)
    draws = core.draw_weights(8, 50 if benchmark.disabled else 10_000, 7)
    found = benchmark(core.smaa, values, draws)
    assert np.allclose(found.rank_acceptability.sum(axis=1), 1)


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("score", ["closeness", "weighted_sum"])
def test_stability_of_the_leader(benchmark, score, together):
    r, starts = cities(benchmark)
    starts = None if together else starts
    found = benchmark(core.weight_intervals, r, np.full(8, 1 / 8), starts=starts, score=score)
    assert (found[..., 0] <= 1 / 8).all()
    assert (found[..., 1] >= 1 / 8).all()
