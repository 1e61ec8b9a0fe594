"""From scores to ranks, and to the few best."""

import importlib

import numpy as np

from benchmarks.peers.contenders import OURS, Contender
from partnermcda import core


def to_ranks(order):
    """Ranks of an order from worst to best."""
    ranks = np.empty(len(order), dtype=int)
    ranks[order] = np.arange(len(order), 0, -1)
    return ranks


def ours(problem):
    return lambda: core.rank(problem.x)


def numpy_argsort(problem):
    return lambda: np.argsort(problem.x)


def pandas(problem):
    scores = importlib.import_module("pandas").Series(problem.x)
    return lambda: scores.rank(method="min", ascending=False)


def scipy(problem):
    rankdata = importlib.import_module("scipy.stats").rankdata
    return lambda: rankdata(-problem.x, method="min")


def polars(problem):
    scores = importlib.import_module("polars").Series(problem.x)
    return lambda: scores.rank("min", descending=True)


def ours_top(problem):
    return lambda: core.top_k(problem.x, problem.size.k)


def numpy_partition(problem):
    k = problem.size.k

    def few():
        rows = np.argpartition(problem.x, -k)[-k:]
        return rows[np.argsort(-problem.x[rows])]

    return few


def numpy_sorted(problem):
    return lambda: np.argsort(problem.x)[: -problem.size.k - 1 : -1]


RANKS = (
    Contender(OURS, ours),
    Contender("numpy `argsort` (an order, no ranks)", numpy_argsort, finish=to_ranks),
    Contender("pandas `rank`", pandas, ("pandas",), finish=np.asarray),
    Contender("scipy `rankdata`, as pymcdm ranks", scipy, ("scipy",)),
    Contender("polars `rank`", polars, ("polars",), finish=np.asarray),
)
TOP = (
    Contender(OURS, ours_top),
    Contender("numpy `argpartition`", numpy_partition),
    Contender("numpy `argsort`", numpy_sorted),
)
