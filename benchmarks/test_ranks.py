"""Ranks, their bounds, the best few and correlations: what is left to do once scores are there."""

import numpy as np
import pytest

from partnermcda.core.correlations import kendall
from partnermcda.core.ranks import rank, rank_bounds
from partnermcda.core.selection import top_k


def scores(benchmark, rows):
    """Random scores; few where nothing is measured."""
    return np.random.default_rng(rows).random(100 if benchmark.disabled else rows)


def city_starts(m, cities):
    """First rows of as many cities, all of one size; None for a single one."""
    return None if cities == 1 else np.arange(0, m, max(m // cities, 1))


@pytest.mark.parametrize("cities", [1, 10_000])
@pytest.mark.parametrize("rows", [10, 100_000, 1_000_000])
def test_rank(benchmark, rows, cities):
    s = scores(benchmark, rows)
    ranks = benchmark(rank, s, city_starts(len(s), cities))
    assert ranks.min() == 1


@pytest.mark.parametrize("cities", [1, 10_000])
@pytest.mark.parametrize("rows", [100_000, 1_000_000])
def test_rank_bounds(benchmark, rows, cities):
    s = scores(benchmark, rows)
    best, worst = benchmark(rank_bounds, s, s + 0.01, city_starts(len(s), cities))
    assert (best <= worst).all()


@pytest.mark.parametrize("k", [1, 10, 1_000])
@pytest.mark.parametrize("rows", [100_000, 1_000_000, 10_000_000])
def test_top_k(benchmark, rows, k):
    s = scores(benchmark, rows)
    assert benchmark(top_k, s, k)[0] == s.argmax()


@pytest.mark.parametrize("rows", [100_000, 1_000_000])
def test_kendall(benchmark, rows):
    a = rank(scores(benchmark, rows))
    b = rank(np.random.default_rng(1).normal(0, len(a) / 2, len(a)) - a)
    assert 0 < benchmark(kendall, a, b) < 1
