"""How far an answer can be trusted: acceptability under drawn weights, and exact stability.

Values are brought to one scale beforehand, for everybody alike. Acceptability is answered as one
array: for one city the share of draws an actor has each rank, then its central weights; for many
cities the share of draws an actor leads its city.
"""

import importlib

import numpy as np

from benchmarks.peers.contenders import OURS, Contender
from benchmarks.peers.reference import leader_shares
from partnermcda import core


def ours_smaa(problem):
    r = core.minmax(problem.x, problem.benefit)
    return lambda: core.smaa(r, problem.weights)


def of_smaa(result):
    """Rank acceptability beside central weights."""
    return np.column_stack((result.rank_acceptability, result.central_weights))


def numpy_smaa(problem):
    r = core.minmax(problem.x, problem.benefit)
    m, n = r.shape

    def smaa():
        squares = np.square(problem.weights)
        to_best = squares @ np.square(1 - r).T
        order = np.argsort(to_best / (squares @ np.square(r).T), axis=1)
        shares = np.stack([np.bincount(of_rank, minlength=m) for of_rank in order.T], axis=1)
        sums = np.zeros((m, n))
        np.add.at(sums, order[:, 0], problem.weights)
        return np.column_stack((shares / len(order), sums / shares[:, :1]))

    return smaa


def pysensmcda(problem, method):
    smaa2 = importlib.import_module("pysensmcda.smaa").smaa2
    r = core.minmax(problem.x, problem.benefit)
    types = np.ones(r.shape[1])
    return lambda: smaa2(method, r, types, weights=problem.weights, reverse_ranking=True)


def pysensmcda_topsis(problem):
    method = importlib.import_module("pymcdm.methods").TOPSIS()
    return pysensmcda(problem, method)


def pysensmcda_closeness(problem):
    """The same with the leanest score it can be given."""

    def closeness(r, weights, types):
        del types
        to_best = np.sqrt(np.square((1 - r) * weights).sum(axis=1))
        to_worst = np.sqrt(np.square(r * weights).sum(axis=1))
        return to_worst / (to_best + to_worst)

    return pysensmcda(problem, closeness)


def ours_leaders(problem):
    r = core.minmax(problem.x, problem.benefit, problem.starts)
    return lambda: core.leader_acceptability(r, problem.weights, problem.starts)


def of_leaders(found):
    """Shares of being first, with all else that was asked for along with them."""
    return np.column_stack((found.first, found.central_weights, found.central_weights_error))


def scoring_once(problem):
    r = core.minmax(problem.x, problem.benefit, problem.starts)
    out = np.ones(problem.size.m)
    weights = problem.weights[0]
    return lambda: core.closeness(r, weights, problem.starts, out=out)


def numpy_leaders(problem):
    """One weight vector after the other, every score of it, the best of each city."""
    r = core.minmax(problem.x, problem.benefit, problem.starts)
    return lambda: leader_shares(r, problem.weights, problem.starts)


def ours_stability(problem):
    r = core.minmax(problem.x, problem.benefit)
    return lambda: core.weight_intervals(r, problem.weights)


def scan(problem, steps=100):
    """Score at a hundred values of each weight: an interval to the hundredth."""
    r = core.minmax(problem.x, problem.benefit)
    n = len(problem.weights)
    grid = np.linspace(0, 1, steps + 1)

    def scanned():
        found = np.empty((n, 2))
        for j, weight in enumerate(problem.weights):
            others = problem.weights / (1 - weight) * (1 - grid[:, None])
            others[:, j] = grid
            away = grid[core.leaders(r, others)[:, 0] != core.leaders(r, problem.weights)[0]]
            found[j] = away[away < weight].max(initial=0), away[away > weight].min(initial=1)
        return found

    return scanned


PYSENSMCDA = "pysensmcda `smaa2`, pymcdm's TOPSIS"
ONCE = f"{OURS}, `closeness` under one of them"
SMAA = (
    Contender(OURS, ours_smaa, finish=of_smaa),
    Contender("numpy, whole products and `argsort`", numpy_smaa),
    Contender(PYSENSMCDA, pysensmcda_topsis, ("pysensmcda",), finish=of_smaa),
    Contender(
        "pysensmcda `smaa2`, closeness in three lines of numpy",
        pysensmcda_closeness,
        ("pysensmcda",),
        finish=of_smaa,
    ),
)
LEADERS = (
    Contender(OURS, ours_leaders, finish=of_leaders),
    Contender(ONCE, scoring_once, most=1, finish=lambda _: None, fills=True),
    Contender("numpy, in a loop", numpy_leaders, most=5),
)
STABILITY = (
    Contender(OURS, ours_stability),
    Contender(f"{OURS}, `leaders` at 101 values of each weight", scan),
)
