"""Ten actors, five criteria: what a call costs before it has computed anything."""

import pytest

import partnermcda as pm
from benchmarks.peers.one_city import by_name
from benchmarks.peers.sections import SMALL
from partnermcda import core


@pytest.fixture
def problem():
    return SMALL.make()


def test_topsis(benchmark, problem):
    scores = benchmark(core.topsis, problem.x, problem.weights, problem.benefit)
    assert len(scores) == SMALL.m


def test_closeness(benchmark, problem):
    scores = benchmark(core.closeness, core.minmax(problem.x, problem.benefit), problem.weights)
    assert len(scores) == SMALL.m


def test_ranks(benchmark, problem):
    scores = core.topsis(problem.x, problem.weights, problem.benefit)
    assert sorted(benchmark(core.rank, scores)) == list(range(1, SMALL.m + 1))


def test_a_decision_matrix_to_a_ranking(benchmark, problem):
    assert isinstance(benchmark(by_name(problem)), pm.Ranking)
