"""What is told of a score and of a lead adds up to them."""

import re

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import partnermcda as pm
from partnermcda.explaining import explain

from ..ranking.strategies import matrices, weights_for

METHODS = ["topsis", "weighted_sum"]


@given(matrices(), st.data(), st.sampled_from(METHODS))
def test_parts_sum_to_score_lead_and_distance_from_the_median(values, data, method):
    assume(values.evidence.any())
    ranking = pm.rank(values, data.draw(weights_for(values)), method, set_aside="none")
    contest = ranking.contest
    i = data.draw(st.integers(0, len(contest) - 1))
    why = explain(ranking, contest.actors[i])
    score = dict(zip(ranking.actors, ranking.score, strict=True))
    own = score[contest.actors[i]]
    assert why.from_start.end == pytest.approx(own, abs=1e-12)
    assert why.from_start.parts.sum() == pytest.approx(own - why.from_start.start, abs=1e-12)
    assert why.over_median.parts.sum() == pytest.approx(why.over_median.difference, abs=1e-12)
    if why.over_rival is not None:
        lead = own - score[contest.actors[why.rival]]
        assert why.over_rival.parts.sum() == pytest.approx(lead, abs=1e-12)
        low, high = why.lead_bounds
        assert low - 1e-12 <= lead <= high + 1e-12


@given(matrices(least=2), st.data())
def test_parts_of_a_weighted_sum_are_weights_times_values(values, data):
    assume(values.evidence.any())
    ranking = pm.rank(values, data.draw(weights_for(values)), "weighted_sum", set_aside="none")
    contest = ranking.contest
    why = explain(ranking, contest.actors[0])
    weights = contest.weights.values
    assert why.from_start.parts == pytest.approx(weights * contest.mid[0], abs=1e-12)
    if why.rival is not None:
        gap = contest.mid[0] - contest.mid[why.rival]
        assert why.over_rival.parts == pytest.approx(weights * gap, abs=1e-12)


@given(matrices(least=2), st.data(), st.sampled_from(METHODS))
def test_one_missing_answer_moves_the_score_as_far_as_told(values, data, method):
    assume(values.evidence.any())
    weights = data.draw(weights_for(values))
    ranking = pm.rank(values, weights, method, set_aside="none")
    contest = ranking.contest
    why = explain(ranking, contest.actors[0])
    for j in range(len(contest.criteria)):
        ends = []
        for table in (contest.low, contest.high):
            x = contest.mid[:1].copy()
            x[0, j] = table[0, j]
            benefit = [True] * x.shape[1]
            alone = pm.DecisionMatrix(x, benefit=benefit, criteria=contest.criteria)
            ends.append(float(pm.rank(alone, contest.weights, method).score[0]))
        assert [why.alone_low[j], why.alone_high[j]] == pytest.approx(ends, abs=1e-12)


def test_with_observed_ideals_the_normalized_values_are_shared_out():
    rng = np.random.default_rng(4)
    matrix = pm.DecisionMatrix(rng.random((6, 3)), benefit=[True, False, True])
    ranking = pm.rank(matrix, [1, 2, 3], "topsis_observed")
    for actor in matrix.alternatives:
        why = explain(ranking, actor)
        own = float(ranking.score[list(matrix.alternatives).index(actor)])
        assert why.from_start.parts.sum() == pytest.approx(own, abs=1e-12)
        assert (why.from_start.parts >= -1e-12).all()


def test_a_leader_is_held_against_the_next_and_all_others_against_the_leader():
    matrix = pm.DecisionMatrix([[0.9], [0.5], [0.1]], benefit=[True])
    ranking = pm.rank(matrix, [1.0])
    rivals = [explain(ranking, actor).rival for actor in ("A1", "A2", "A3")]
    assert rivals == [1, 0, 0]
    assert explain(ranking, "A1", against="A3").rival == 2


SHOWN = re.compile(r"[+−]?\d+[.,]\d+")


def numbers(sentence):
    return [float(n.replace("−", "-").replace(",", ".")) for n in SHOWN.findall(sentence)]


@given(matrices(least=2, full=True), st.data(), st.sampled_from(["en", "fr"]))
def test_figures_of_a_sentence_add_up_as_they_are_shown(values, data, language):
    ranking = pm.rank(values, data.draw(weights_for(values)), set_aside="none")
    contest = ranking.contest
    why = explain(ranking, contest.actors[0])
    score, *parts = numbers(why.in_words(language, most=2).splitlines()[0].split(", with")[-1])
    if parts:
        assert sum(parts) == pytest.approx(score, abs=1e-9)


def test_pillars_are_the_sums_of_their_criteria_and_are_told_in_both_languages():
    catalog = pm.load_catalog("urban-services")
    mapping = "docs/examples/br-water-by-state.yaml"
    inventory = pm.read_inventory("docs/examples/br_water_providers_2021.csv", catalog, mapping)
    ranking = pm.rank(pm.evaluate(inventory, catalog), catalog.weights("expand_unserved"))
    why = explain(ranking, "23053511", catalog=catalog)
    frame = why.to_frame()
    for column in ("weight", "part", "lead_part", "median_part"):
        by_kind = frame.groupby("kind")[column].sum()
        assert by_kind["criterion"] == pytest.approx(by_kind["pillar"], abs=1e-12)
    assert "By pillar: Equity alignment 0.58" in why.in_words()
    assert "Par pilier : Équité 0,58" in why.in_words("fr").replace("\u00a0", " ").replace(
        "\u202f", " "
    )
    assert [note.code for note in why.notes]


def test_who_cannot_be_explained_is_refused_in_words():
    matrix = pm.DecisionMatrix([[0.9], [0.5], [0.1]], benefit=[True], cities=["p", "p", "q"])
    ranking = pm.rank(matrix, [1.0])
    for asked in (
        {"actor": "A9"},
        {"actor": "A1", "against": "A1"},
        {"actor": "A1", "against": "A3"},
        {"actor": "A1", "catalog": pm.load_catalog("urban-services")},
    ):
        with pytest.raises(pm.MethodError):
            explain(ranking, **asked)
    with pytest.raises(pm.MethodError):
        explain(pm.rank(matrix, [1.0], "vikor"), "A1")
