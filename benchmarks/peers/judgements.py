"""Stacks of pairwise matrices: the priorities and the consistency ratio of each.

Answers stand in an array made beforehand: priorities, then the ratio with Alonso and Lamata's
random index. Libraries that know other indices only are taken at their word, and the ratio is
brought to that index afterwards.
"""

import importlib
from itertools import combinations

import numpy as np

from benchmarks.peers.contenders import OURS, Contender
from benchmarks.peers.reference import RANDOM_INDEX
from partnermcda import core

# So that AHPy, which rounds, can be held against the right answers. For more digits it squares some
# random matrices of order 3 until they overflow, and gives NaN.
DIGITS = 11


def ratio(values, order):
    """Consistency ratios of principal eigenvalues."""
    return (values - order) / ((order - 1) * RANDOM_INDEX[order])


def laid_out(problem):
    """An array for the answers."""
    return np.ones((problem.size.m, problem.size.n + 1))


def ours(problem):
    out, order = laid_out(problem), problem.size.n

    def solve():
        pair = core.principal_eigenpair(problem.x)
        out[:, :-1], out[:, -1] = pair.vector, ratio(pair.value, order)
        return out

    return solve


def ours_in_two_calls(problem):
    out = laid_out(problem)

    def solve():
        out[:, :-1] = core.priorities(problem.x)
        out[:, -1] = core.consistency_ratio(problem.x)
        return out

    return solve


def numpy(problem):
    out, order = laid_out(problem), problem.size.n

    def solve():
        values, vectors = np.linalg.eig(problem.x)
        largest = values.real.argmax(axis=1)[:, None]
        principal = np.take_along_axis(vectors, largest[..., None], axis=2)[..., 0].real
        out[:, :-1] = principal / principal.sum(axis=1, keepdims=True)
        out[:, -1] = ratio(np.take_along_axis(values.real, largest, axis=1)[:, 0], order)
        return out

    return solve


def numba(problem):
    compiled = importlib.import_module("benchmarks.peers.compiled")
    out, values, order = laid_out(problem), np.ones(problem.size.m), problem.size.n

    def solve():
        compiled.principal_pairs(problem.x, 1e-14, out[:, :-1], values)
        out[:, -1] = ratio(values, order)
        return out

    return solve


def pymcdm(problem):
    method = importlib.import_module("pymcdm.weights.subjective").AHP
    out, names = laid_out(problem), [f"c{j}" for j in range(problem.size.n)]

    def loop():
        for row, a in zip(out, problem.x, strict=True):
            # Given at birth, it would be refused if a judgement is not one of Saaty's seventeen.
            judged = method(object_names=names)
            judged.matrix = a
            row[:-1], row[-1] = judged(), judged.get_cr()
        return out

    return loop


def from_pymcdm(answer):
    """Bring the ratios from its random index to ours."""
    order = answer.shape[1] - 1
    index = importlib.import_module("pymcdm.weights.subjective").AHP.RI_M[order - 1]
    return np.column_stack((answer[:, :-1], answer[:, -1] * index / RANDOM_INDEX[order]))


def ahpy(problem, **options):
    compare = importlib.import_module("ahpy").Compare
    pairs = list(combinations(range(problem.size.n), 2))
    # Its own form of a matrix: a dictionary of the pairs above the diagonal.
    comparisons = [{pair: float(a[pair]) for pair in pairs} for a in problem.x]
    return lambda: [compare("goal", judged, **options) for judged in comparisons]


def from_ahpy(answer):
    """Bring priorities into order, and the ratios from Donegan and Dodd's index to ours."""
    order = len(answer[0].local_weights)
    share = {3: 0.4914, 5: 1.0591, 10: 1.4055}[order] / RANDOM_INDEX[order]
    return np.array(
        [
            [*(judged.local_weights[j] for j in range(order)), judged.consistency_ratio * share]
            for judged in answer
        ]
    )


# A loop over all of them would take ten seconds a round.
FEW = 1_000
EIG = "numpy, stacked `eig`"
AHPY = "AHPy, as called by default, in a loop"

CONTENDERS = (
    Contender(OURS, ours, fills=True),
    Contender(f"{OURS}, `priorities` and `consistency_ratio`", ours_in_two_calls, fills=True),
    Contender("numba, power steps", numba, ("numba",), fills=True),
    Contender(EIG, numpy, fills=True),
    Contender("pymcdm, unvalidated, in a loop", pymcdm, ("pymcdm",), FEW, from_pymcdm, fills=True),
    Contender(AHPY, ahpy, ("ahpy",), FEW, from_ahpy),
    Contender(
        f"AHPy, {DIGITS} digits, in a loop",
        lambda problem: ahpy(problem, precision=DIGITS),
        ("ahpy",),
        FEW,
        from_ahpy,
    ),
)
