"""Whether a ranking stays: on the fixed scale it always does; elsewhere it is told when not."""

import json
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import partnermcda as pm
from partnermcda.comparing import rank_reversal
from partnermcda.methods import METHODS

from .test_comparison import WEIGHTS, matrices

CASES = Path(__file__).parents[1] / "reference"
FIXED = ["topsis", "weighted_sum", "weighted_product"]


@given(matrices(most=6), st.sampled_from(FIXED))
def test_a_method_on_the_fixed_scale_never_reverses(matrix, method):
    found = rank_reversal(matrix, WEIGHTS, method)
    assert found.stays
    assert found.reversals == ()
    assert found.to_frame().empty


@given(matrices(most=6), st.sampled_from(["topsis_observed", "vikor", "edas", "moora"]))
def test_leaving_one_out_is_counted_as_ranking_without_it_shows(matrix, method):
    found = rank_reversal(matrix, WEIGHTS, method)
    (drop,) = (trial for trial in found.trials if trial.test == "drop")
    whole = pm.rank(matrix, WEIGHTS, method)
    tried = leader = order = 0
    for row in np.flatnonzero(whole.rank > 1):
        kept = np.delete(np.arange(len(matrix)), row)
        cities = None if matrix.cities is None else matrix.cities[kept].tolist()
        part = pm.DecisionMatrix(matrix.x[kept], benefit=list(matrix.benefit), cities=cities)
        after = pm.rank(part, WEIGHTS, method).rank
        here = np.ones(len(kept), bool)
        if cities is not None:
            here = matrix.cities[kept] == matrix.cities[row]
        before, after = whole.rank[kept][here], after[here]
        tried += 1
        leader += bool(((before == 1) != (after == 1)).any())
        order += bool(((before[:, None] < before) & (after[:, None] > after)).any())
    assert (drop.tried, drop.leader, drop.order) == (tried, leader, order)


def case(name):
    found = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    benefit = [direction == "max" for direction in found["directions"]]
    matrix = pm.DecisionMatrix(found["matrix"], benefit=benefit)
    return matrix, found["weights"], found["normalization"]


def test_the_published_reversal_is_found():
    matrix, weights, normalization = case("topsis-garcia-lamata-rank-reversal-after")
    method = pm.method("topsis_observed", normalization=normalization)
    before, _, _ = case("topsis-garcia-lamata-rank-reversal-before")
    assert pm.rank(matrix, weights, method).rank.tolist() == [1, 3, 2, 4]
    assert pm.rank(before, weights, method).rank.tolist() == [3, 1, 2]
    found = rank_reversal(matrix, weights, method)
    (dropped,) = (one for one in found.reversals if one.test == "drop")
    assert (dropped.actor, dropped.ahead, dropped.behind, dropped.leader) == (
        "A4",
        "A1",
        "A2",
        True,
    )


def beats(method, x, a, b):
    pair = pm.DecisionMatrix(x[[a, b]], benefit=[True] * x.shape[1])
    first, second = pm.rank(pair, [1] * x.shape[1], method).rank
    return first < second


@given(st.integers(0, 2**32 - 1))
def test_circles_are_counted_as_trying_every_triple_shows(seed):
    x = np.round(np.random.default_rng(seed).uniform(1, 9, (5, 3)))
    matrix = pm.DecisionMatrix(x, benefit=[True] * 3)
    method = "promethee_ii"
    found = rank_reversal(matrix, [1, 1, 1], method)
    (cycles,) = (trial for trial in found.trials if trial.test == "cycles")
    rounds = {
        frozenset(three)
        for three in permutations(range(5), 3)
        if all(beats(method, x, a, b) for a, b in zip(three, (*three[1:], three[0]), strict=True))
    }
    assert cycles.order == len(rounds)
    assert cycles.tried == 10


def test_condorcets_paradox_is_a_circle():
    x = np.array([[3.0, 1, 2], [2, 3, 1], [1, 2, 3]])
    found = rank_reversal(pm.DecisionMatrix(x, benefit=[True] * 3), [1, 1, 1], "promethee_ii")
    assert [(t.test, t.order) for t in found.trials if t.test == "cycles"] == [("cycles", 1)]
    assert "1 go round" in found.in_words()
    assert "tournent en rond" in found.in_words("fr")


@given(matrices(most=6))
def test_the_same_is_found_every_time(matrix):
    one, two = (rank_reversal(matrix, WEIGHTS, "topsis_observed") for _ in range(2))
    assert one.trials == two.trials
    assert one.reversals == two.reversals


def test_a_test_that_a_method_refuses_is_counted():
    def fussy(x, weights, benefit=None, starts=None):
        if starts is not None:
            raise pm.MethodError(pm.Finding("matrix.numbers"))
        return x[:, 0]

    matrix = pm.DecisionMatrix([[1.0], [2.0], [3.0]], benefit=[True])
    found = rank_reversal(matrix, [1.0], pm.Method("fussy", fussy))
    refused = {trial.test: trial.refused for trial in found.trials}
    assert refused == {"drop": 1, "worse": 1, "add": 1, "pairs": 1, "cycles": 1}
    assert [note.details["count"] for note in found.notes] == [5]


def test_every_method_offered_can_be_tested():
    rng = np.random.default_rng(2)
    matrix = pm.DecisionMatrix(rng.uniform(0.2, 1, (6, 4)), benefit=[True, False, True, True])
    for method in METHODS:
        found = rank_reversal(matrix, [1, 2, 3, 4], method)
        assert [trial.tried for trial in found.trials] == [5, 5, 5, 15, 20], method


def test_a_city_too_large_is_refused():
    matrix = pm.DecisionMatrix(np.random.default_rng(1).random((401, 1)), benefit=[True])
    with pytest.raises(pm.MethodError) as caught:
        rank_reversal(matrix, [1.0])
    assert caught.value.findings[0].code == "reversal.large"
