"""TOPSIS from raw values: one city and many, both memory layouts, both floats."""

import numpy as np
import pytest

from benchmarks.peers.problems import Size
from partnermcda import core


def problem(benchmark, m, **given):
    """A problem of m actors to measure, of a few to see that it works."""
    return Size("matrix", 1_000 if benchmark.disabled else m, **given).make()


@pytest.mark.parametrize("m", [100_000, 1_000_000])
@pytest.mark.parametrize("order", ["F", "C"])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_one_city(benchmark, m, order, dtype):
    given = problem(benchmark, m, order=order)
    x = given.x.astype(dtype, order="K")
    scores = benchmark(core.topsis, x, given.weights, given.benefit)
    assert scores.shape == (given.size.m,)


@pytest.mark.parametrize("threads", [1, 2])
def test_one_city_into_an_array_at_hand(benchmark, threads):
    given = problem(benchmark, 1_000_000)
    out = np.empty(given.size.m)
    options = {"out": out, "threads": threads}
    scores = benchmark(core.topsis, given.x, given.weights, given.benefit, **options)
    assert np.shares_memory(scores, out)


@pytest.mark.parametrize("cities", [10_000, 100_000])
def test_many_cities(benchmark, cities):
    given = problem(benchmark, 1_000_000, cities=20 if benchmark.disabled else cities)
    scores = benchmark(core.topsis, given.x, given.weights, given.benefit, given.starts)
    assert scores.shape == (given.size.m,)
