"""Stacks of pairwise matrices: priorities, consistency, and what is drawn from judgements."""

import numpy as np
import pytest

from benchmarks.peers.problems import Size
from partnermcda import core
from partnermcda.core.judgement_draws import draw_priorities
from partnermcda.core.weight_space import draw_weights


def matrices(benchmark, order, judged="realistic"):
    """A hundred thousand matrices to measure, a few to see that it works."""
    m = 50 if benchmark.disabled else 100_000
    return Size("pairwise", m, order, "C", judged=judged).make().x


@pytest.mark.parametrize("judged", ["consistent", "realistic", "random"])
@pytest.mark.parametrize("order", [3, 5, 10])
def test_eigenvectors(benchmark, order, judged):
    w = benchmark(core.priorities, matrices(benchmark, order, judged))
    assert np.allclose(w.sum(axis=1), 1)


@pytest.mark.parametrize("method", ["geometric_mean", "column_mean"])
def test_means(benchmark, method):
    w = benchmark(core.priorities, matrices(benchmark, 5), method)
    assert np.allclose(w.sum(axis=1), 1)


@pytest.mark.parametrize("order", [3, 5, 10])
def test_consistency_ratios(benchmark, order):
    assert (benchmark(core.consistency_ratio, matrices(benchmark, order)) >= 0).all()


@pytest.mark.parametrize("missing", ["least_squares", "harker"])
def test_eigenvectors_with_gaps(benchmark, missing):
    a = matrices(benchmark, 5)
    a[:, [0, 4], [4, 0]] = np.nan
    w = benchmark(core.priorities, a, missing=missing)
    assert np.allclose(w.sum(axis=1), 1)


@pytest.mark.parametrize("order", [5, 10])
def test_draws_from_intervals(benchmark, order):
    size = 50 if benchmark.disabled else 100_000
    (middle,) = Size("pairwise", 1, order, "C", judged="realistic").make().x
    away = np.where(np.eye(order, dtype=bool), 1.0, 1.5)
    draws = benchmark(draw_priorities, middle / away, middle * away, size, 7)
    assert draws.shape == (size, order)


@pytest.mark.parametrize("way", ["uniform", "dirichlet", "judges"])
def test_draws_of_weights(benchmark, way):
    size = 50 if benchmark.disabled else 100_000
    judges = np.random.default_rng(7).dirichlet(np.ones(20), 30)
    around = {
        "uniform": {},
        "dirichlet": {"around": judges[0], "concentration": 50},
        "judges": {"around": judges},
    }
    draws = benchmark(draw_weights, 20, size, 7, **around[way])
    assert draws.shape == (size, 20)
