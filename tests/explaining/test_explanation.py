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


@given(matrices(least=2), st.data(), st.sampled_from(METHODS))
def test_two_stay_in_their_order_only_where_no_answer_can_turn_them_round(values, data, method):
    assume(values.evidence.any())
    ranking = pm.rank(values, data.draw(weights_for(values)), method, set_aside="none")
    rows = {actor: i for i, actor in enumerate(ranking.actors)}
    why = explain(ranking, ranking.contest.actors[0])
    assume(why.rival is not None and not why.known.all())
    a, b = (rows[ranking.contest.actors[place]] for place in (why.actor, why.rival))
    ahead, behind = (a, b) if ranking.rank[a] < ranking.rank[b] else (b, a)
    stays = ranking.score_low[ahead] > ranking.score_high[behind] + 1e-12
    assert ("stay in this order" in why.in_words()) == stays
    assert ("reste le même" in why.in_words("fr")) == stays
    assert ("turn" in why.in_words()) == (not stays)


def test_a_weighted_product_is_told_by_what_is_lost_from_the_best():
    matrix = pm.DecisionMatrix([[0.9, 0.2], [0.5, 0.5]], benefit=[True, False])
    ranking = pm.rank(matrix, [1.0, 2.0], "weighted_product")
    why = explain(ranking, "A1")
    assert (why.counted_from, why.from_start.start) == ("best", 1.0)
    assert (why.from_start.parts < 0).all()
    assert why.from_start.parts.sum() == pytest.approx(ranking.score[0] - 1, abs=1e-12)
    assert "what is lost from there" in why.in_words()


def test_where_fewer_is_better_what_favors_an_actor_still_has_a_plus():
    def score(x, weights, benefit=None, starts=None):
        return ((1 - x) * weights).sum(axis=1)

    far = pm.Method("far", score, higher_is_better=False, fixed_scale=True)
    matrix = pm.DecisionMatrix([[0.9, 0.3], [0.5, 0.5]], benefit=[True, True])
    why = explain(pm.rank(matrix, [3, 1], far), "A1")
    assert why.over_rival.parts == pytest.approx([-0.3, 0.05])
    assert "A1 leads A2 by 0.25: C1 +0.30, C2 −0.05." in why.in_words()


def test_who_is_alone_or_alike_is_told_so():
    alone = explain(pm.rank(pm.DecisionMatrix([[0.5]], benefit=[True]), [1]), "A1")
    assert (alone.rival, alone.over_rival, alone.lead_bounds) == (None, None, None)
    assert alone.in_words() == "A1 has rank 1 of 1, with a score of 0.50: C1 0.50."
    assert alone.to_frame()["lead_part"].isna().all()
    twins = pm.DecisionMatrix([[0.5, 0.4], [0.5, 0.4]], benefit=[True, True])
    assert "alike in all that counts" in explain(pm.rank(twins, [1, 1]), "A1").in_words()
    level = pm.DecisionMatrix([[0.5, 0.4], [0.4, 0.5]], benefit=[True, True])
    told = explain(pm.rank(level, [1, 1], "weighted_sum"), "A1").in_words("fr")
    assert "A1 et A2 sont à égalité" in told
    worst = pm.DecisionMatrix([[0.0], [1.0]], benefit=[True])
    assert (
        explain(pm.rank(worst, [1]), "A1")
        .in_words()
        .startswith("A1 has rank 2 of 2, with a score of 0.00.\n")
    )


def test_beyond_twenty_criteria_a_note_has_the_standard_error():
    x = np.random.default_rng(2).random((3, 24))
    matrix = pm.DecisionMatrix(x, benefit=[True] * 24)
    why = explain(pm.rank(matrix, np.ones(24)), "A2")
    assert why.from_start.parts.sum() == pytest.approx(why.from_start.difference, abs=1e-12)
    assert [note.code for note in why.notes] == ["explain.drawn"]
    assert (why.from_start.errors > 0).all()
    again = explain(pm.rank(matrix, np.ones(24)), "A2")
    assert again.from_start.parts.tobytes() == why.from_start.parts.tobytes()
