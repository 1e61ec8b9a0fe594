"""Many weight vectors on the same actors: every closeness, or only who leads."""

import numpy as np
import pytest

from benchmarks.peers.problems import Size
from partnermcda import core


@pytest.fixture(params=[10_000, 100_000])
def problem(benchmark, request):
    """Normalized values and a thousand weight vectors; a few where nothing is measured."""
    m, draws = (500, 20) if benchmark.disabled else (request.param, 1_000)
    given = Size("draws", m, draws=draws).make()
    return core.minmax(given.x, given.benefit), given.weights


def test_every_closeness(benchmark, problem):
    r, weights = problem
    out = np.empty((len(weights), len(r)))
    benchmark(core.closeness, r, weights, out=out)
    assert np.all((out >= 0) & (out <= 1))


@pytest.mark.parametrize("k", [1, 10])
def test_the_leaders(benchmark, problem, k):
    r, weights = problem
    assert benchmark(core.leaders, r, weights, k).shape == (len(weights), k)
