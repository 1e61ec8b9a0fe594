"""Many weight vectors at once, from raw values: minmax normalization, then closeness.

The largest answers stand in an array made beforehand, as in any loop over draws.
"""

import importlib

import numpy as np

from benchmarks.peers.contenders import OURS, Contender
from partnermcda import core


def ours(problem):
    out = np.ones((problem.size.draws, problem.size.m))

    def closeness():
        r = core.minmax(problem.x, problem.benefit)
        return core.closeness(r, problem.weights, out=out)

    return closeness


def ours_leaders(problem):
    k = problem.size.k
    return lambda: core.leaders(core.minmax(problem.x, problem.benefit), problem.weights, k)


def two_products(x, weights, benefit):
    """Every score from two matrix products, each whole."""
    low, high = x.min(axis=0), x.max(axis=0)
    gap = (np.where(benefit, high, low) - x) / (high - low)
    to_best = np.sqrt(np.square(weights) @ np.square(gap).T)
    to_worst = np.sqrt(np.square(weights) @ np.square(1 - np.abs(gap)).T)
    return to_worst / (to_best + to_worst)


def numpy(problem):
    return lambda: two_products(problem.x, problem.weights, problem.benefit)


def in_a_loop(problem, score):
    """Score under one weight vector after the other; keep all, or the leaders."""
    k = problem.size.k
    shape = (problem.size.draws, k or problem.size.m)
    out = np.ones(shape, dtype=int if k else float)

    def loop():
        for row, weights in zip(out, problem.weights, strict=True):
            scores = score(weights)
            row[:] = best(scores, k) if k else scores
        return out

    return loop


def best(scores, k):
    """The k best, in order."""
    if k == 1:
        return scores.argmax()
    few = np.argpartition(scores, -k)[-k:]
    return few[np.argsort(-scores[few])]


def pymcdm(problem, order="K"):
    method = importlib.import_module("pymcdm.methods").TOPSIS()
    x, types = np.asarray(problem.x, order=order), problem.types
    return in_a_loop(problem, lambda weights: method(x, weights, types, validation=False))


def pyrepo(problem):
    method = importlib.import_module("pyrepo_mcda.mcda_methods").TOPSIS()
    return in_a_loop(problem, lambda weights: method(problem.x, weights, problem.types))


def skcriteria(problem):
    topsis = importlib.import_module("skcriteria.agg.topsis").topsis
    scalers = importlib.import_module("skcriteria.preprocessing.scalers")
    scaler = scalers.MinMaxScaler("matrix")
    make = importlib.import_module("skcriteria").mkdm
    r = np.asarray(scaler.transform(make(problem.x, problem.types)).matrix)
    return in_a_loop(problem, lambda weights: topsis(r, problem.types, weights)[3])


LOOP = "pymcdm, unvalidated, in a loop"

COLUMNS = f"{LOOP}, column-major"
LOOPS = (
    Contender(LOOP, pymcdm, ("pymcdm",), 20, fills=True),
    Contender(
        COLUMNS,
        lambda problem: pymcdm(problem, "F"),
        ("pymcdm",),
        20,
        fills=True,
    ),
)
CLOSENESS = (
    Contender(OURS, ours, fills=True),
    Contender("numpy, two whole products", numpy, most=100),
    *LOOPS,
    Contender("scikit-criteria, function, in a loop", skcriteria, ("skcriteria",), 20, fills=True),
    Contender("pyrepo-mcda, in a loop", pyrepo, ("pyrepo_mcda",), 2, fills=True),
)
LEADERS = (Contender(OURS, ours_leaders), *LOOPS)
