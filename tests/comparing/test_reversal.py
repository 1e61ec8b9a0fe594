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
    dropped = [one for one in found.reversals if one.test == "drop"]
    # Without A2 the three others are equal, which is a lead lost, too.
    assert [(one.actor, one.ahead, one.behind, one.leader) for one in dropped] == [
        ("A2", "A1", "A3", True),
        ("A4", "A1", "A2", True),
    ]


def beats(method, x, a, b):
    pair = pm.DecisionMatrix(x[[a, b]], benefit=[True] * x.shape[1])
    first, second = pm.rank(pair, [1] * x.shape[1], method).rank
    return first < second


@given(matrices(most=6), st.sampled_from(["topsis_observed", "vikor", "copras", "aras", "moora"]))
def test_every_change_of_the_lead_is_named(matrix, method):
    rounded = pm.DecisionMatrix(
        np.ceil(matrix.x * 4), benefit=list(matrix.benefit), cities=matrix.cities
    )
    found = rank_reversal(rounded, WEIGHTS, method)
    for trial in found.trials[:3]:
        named = [one for one in found.reversals if one.test == trial.test]
        assert sum(one.leader for one in named) == trial.leader
        assert trial.order <= len(named) <= trial.order + trial.leader
        assert all(one.ahead != one.behind for one in named)
    assert found.stays == (found.reversals == ())


def each_city(one_city):
    def score(x, weights, benefit=None, starts=None):
        firsts = [0] if starts is None else starts.tolist()
        return np.concatenate([one_city(part) for part in np.split(x[:, 0], firsts[1:])])

    return pm.Method("own", score)


def test_a_tie_at_the_top_that_breaks_is_named():
    # Whoever is nearest the mean leads.
    nearest = each_city(lambda x: -np.abs(x - x.mean()))
    matrix = pm.DecisionMatrix([[1.0], [3.0], [2.0], [2.0]], benefit=[True])
    found = rank_reversal(matrix, [1.0], nearest)
    assert found.trials[0].leader == 0
    moved = pm.DecisionMatrix([[1.0], [3.0], [0.0], [4.0]], benefit=[True])
    drop = [one for one in rank_reversal(moved, [1.0], nearest).reversals if one.test == "drop"]
    assert [(one.actor, one.ahead, one.behind, one.leader) for one in drop] == [
        ("A3", "A1", "A2", True),
        ("A4", "A2", "A1", True),
    ]


def test_one_who_gets_ahead_by_being_made_worse_is_named():
    # Least is said to be best, and most is taken.
    matrix = pm.DecisionMatrix([[1.0], [9.0], [1.5]], benefit=[False])
    contrary = each_city(lambda x: x)
    found = rank_reversal(matrix, [1.0], contrary)
    named = {(one.test, one.actor, one.ahead, one.behind, one.leader) for one in found.reversals}
    assert named == {("worse", "A1", "A3", "A1", False)}


def test_one_put_beside_who_leads_is_told():
    # The value nearest to 5 leads; halfway to the worst, A1 would.
    matrix = pm.DecisionMatrix([[9.0], [4.0], [1.0]], benefit=[True])
    found = rank_reversal(matrix, [1.0], each_city(lambda x: -np.abs(x - 5)))
    added = [one for one in found.reversals if one.test == "add"]
    assert [(one.actor, one.ahead, one.behind, one.leader) for one in added] == [
        ("A1", "A2", "", True)
    ]
    worse = [one for one in found.reversals if one.test == "worse"]
    assert [(one.actor, one.ahead, one.behind, one.leader) for one in worse] == [
        ("A1", "A2", "A1", True)
    ]


@given(st.integers(0, 2**32 - 1))
def test_circles_are_counted_as_trying_every_triple_shows(seed):
    x = np.round(np.random.default_rng(seed).uniform(1, 9, (5, 3)))
    matrix = pm.DecisionMatrix(x, benefit=[True] * 3)
    method = "promethee_ii"
    found = rank_reversal(matrix, [1, 1, 1], method)
    (cycles,) = (trial for trial in found.trials if trial.test == "cycles")
    ahead = {pair for pair in permutations(range(5), 2) if beats(method, x, *pair)}
    rounds = {
        frozenset(three)
        for three in permutations(range(5), 3)
        if ahead.issuperset(zip(three, (*three[1:], three[0]), strict=True))
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
