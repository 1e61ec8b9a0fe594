"""What must hold for any ranking: exact bounds, monotony, and nobody moved by anybody else."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from partnermcda.errors import InventoryError, MethodError, WeightsError
from partnermcda.ranking import COLUMNS, rank

from .strategies import matrices, matrix, rows_of, weights_for

METHODS = st.sampled_from(["topsis", "weighted_sum"])


def by_actor(ranking, field):
    return dict(zip(ranking.actors, getattr(ranking, field).tolist(), strict=True))


@given(matrices(least=2), st.data(), METHODS)
def test_leaving_actors_out_changes_no_bit_of_another_score(values, data, method):
    weights = data.draw(weights_for(values))
    rows = data.draw(st.lists(st.sampled_from(range(len(values))), min_size=1, unique=True))
    assume(values.evidence[rows].any())
    whole = rank(values, weights, method, set_aside="none")
    part = rank(rows_of(values, rows), weights, method, set_aside="none")
    for field in ("score", "score_low", "score_high", "evidence"):
        before, after = by_actor(whole, field), by_actor(part, field)
        assert after == {actor: before[actor] for actor in after}


@given(matrices(least=2), st.data(), METHODS)
def test_the_default_moves_scores_only_where_it_says_so(values, data, method):
    weights = data.draw(weights_for(values))
    rows = data.draw(st.lists(st.sampled_from(range(len(values))), min_size=1, unique=True))
    assume(values.evidence[rows].any())
    whole, part = rank(values, weights, method), rank(rows_of(values, rows), weights, method)
    if part.set_aside == whole.set_aside:
        before, after = by_actor(whole, "score"), by_actor(part, "score")
        assert after == {actor: before[actor] for actor in after}
    else:
        assert part.weights.names != whole.weights.names


@given(matrices(full=True), st.data(), METHODS)
def test_a_better_value_never_lowers_a_score_or_worsens_a_rank(values, data, method):
    weights = data.draw(weights_for(values))
    i = data.draw(st.integers(0, len(values) - 1))
    j = data.draw(st.integers(0, len(values.criteria) - 1))
    mid = values.mid.copy()
    mid[i, j] = data.draw(st.floats(float(mid[i, j]), 1))
    before = rank(values, weights, method)
    after = rank(matrix(mid, np.ones_like(mid), values.cities), weights, method)
    for field in ("score", "score_low", "score_high"):
        assert getattr(after, field)[i] >= getattr(before, field)[i]
    for field in ("rank", "rank_best", "rank_worst"):
        assert getattr(after, field)[i] <= getattr(before, field)[i]


@given(matrices(least=2), st.data(), METHODS)
def test_filling_a_gap_keeps_everybody_inside_the_earlier_bounds(values, data, method):
    weights = data.draw(weights_for(values))
    before = rank(values, weights, method, set_aside="none") if values.evidence.any() else None
    gaps = np.argwhere(values.evidence == 0)
    # Somebody of whom nothing is known is not ranked, so an answer would add a competitor.
    gaps = gaps[values.evidence[gaps[:, 0]].any(axis=1)]
    assume(before is not None and len(gaps))
    i, j = gaps[data.draw(st.integers(0, len(gaps) - 1))]
    mid, known = values.mid.copy(), values.evidence.astype(bool)
    mid[i, j], known[i, j] = data.draw(st.floats(0, 1)), True
    after = rank(matrix(mid, known, values.cities), weights, method, set_aside="none")
    assert (after.actors == before.actors).all()
    assert (before.score_low <= after.score_low).all()
    assert (after.score_low <= after.score).all()
    assert (after.score <= after.score_high).all()
    assert (after.score_high <= before.score_high).all()
    assert (before.rank_best <= after.rank_best).all()
    assert (after.rank_best <= after.rank).all()
    assert (after.rank <= after.rank_worst).all()
    assert (after.rank_worst <= before.rank_worst).all()


@given(matrices(full=True), st.data())
def test_without_gaps_the_bounds_meet(values, data):
    ranking = rank(values, data.draw(weights_for(values)))
    assert (ranking.score_low == ranking.score_high).all()
    assert (ranking.rank_best == ranking.rank).all()
    assert ranking.evidence == pytest.approx(1, abs=1e-12)


@given(matrices(least=2), st.data())
def test_each_city_is_ranked_as_if_it_were_alone(values, data):
    weights = data.draw(weights_for(values))
    assume(values.evidence.any())
    together = rank(values, weights, set_aside="none")
    for city in set(together.cities):
        rows = np.flatnonzero(values.cities == city)
        alone = rank(rows_of(values, rows), weights, set_aside="none")
        for field in ("rank", "rank_best", "rank_worst"):
            expected = by_actor(together, field)
            assert by_actor(alone, field) == {a: expected[a] for a in alone.actors}


@given(matrices(least=2), st.data())
def test_the_order_of_rows_and_of_criteria_changes_nothing(values, data):
    weights = data.draw(weights_for(values))
    assume(values.evidence.any())
    order = data.draw(st.permutations(range(len(values))))
    named = dict(reversed(list(weights.to_dict().items())))
    straight = rank(values, weights).to_frame()
    mixed = rank(rows_of(values, np.array(order)), named).to_frame()
    assert straight.equals(mixed)


def test_the_columns_are_those_of_the_contract_and_equals_stand_by_id():
    values = matrix([[0.5], [0.9], [0.5], [0.1]], np.ones((4, 1)))
    frame = rank(values, {"a": 1}).to_frame()
    assert tuple(frame.columns) == COLUMNS
    assert frame["actor_id"].tolist() == ["actor 001", "actor 000", "actor 002", "actor 003"]
    assert frame["rank"].tolist() == [1, 2, 2, 4]


def test_what_nobody_shows_is_set_aside_and_said():
    values = matrix([[0.5, 0.5], [0.9, 0.5]], [[1, 0], [1, 0]])
    ranking = rank(values, {"a": 1, "b": 3})
    assert ranking.set_aside == ("b",)
    assert ranking.set_aside_share == pytest.approx(0.75)
    assert ranking.weights.to_dict() == {"a": 1.0}
    assert (ranking.rank_best == ranking.rank_worst).all()
    kept = rank(values, {"a": 1, "b": 3}, set_aside="none")
    assert kept.set_aside == ()
    assert (kept.rank_best < kept.rank_worst).any()


def test_criteria_can_be_set_aside_by_name_and_by_coverage():
    values = matrix([[0.5, 0.2], [0.9, 0.4]], [[1, 1], [1, 0]])
    assert rank(values, {"a": 1, "b": 1}, set_aside=["b"]).set_aside == ("b",)
    assert rank(values, {"a": 1, "b": 1}, set_aside=0.6).set_aside == ("b",)
    assert rank(values, {"a": 1, "b": 1}, set_aside=0.4).set_aside == ()


def test_who_is_not_ranked_is_counted_with_the_reason():
    values = matrix(
        [[0.5], [0.5], [0.5], [0.5], [0.5]],
        [[1], [1], [1], [0], [1]],
        roles=["", "focal_authority", "", "", ""],
        gates=["", "", "fail", "", "review"],
        outside=[False, False, False, False, True],
    )
    shown = rank(values, {"a": 1})
    assert shown.left_out.counts() == {"no_evidence": 1, "outside": 1, "role": 1}
    excluded = rank(values, {"a": 1}, gates="exclude", rank_roles=["focal_authority"])
    assert excluded.left_out.counts() == {"gate": 1, "no_evidence": 1, "outside": 1}
    assert len(shown) + len(shown.left_out.actors) == len(values)


def test_the_least_evidence_asked_for_is_required():
    values = matrix([[0.5, 0.2], [0.9, 0.4]], [[1, 1], [1, 0]])
    ranking = rank(values, {"a": 1, "b": 1}, min_evidence=0.75)
    assert ranking.left_out.counts() == {"little_evidence": 1}


def test_a_known_answer_without_weight_is_no_evidence():
    values = matrix([[0.5, 0.2], [0.9, 0.4]], [[1, 1], [0, 1]])
    ranking = rank(values, {"a": 1, "b": 0})
    assert ranking.left_out.counts() == {"no_evidence": 1}


def test_ranking_all_together_forgets_cities():
    values = matrix([[0.5], [0.9]], np.ones((2, 1)), ["Dakar", "Lima"])
    assert rank(values, {"a": 1}).rank.tolist() == [1, 1]
    assert rank(values, {"a": 1}, by=None).rank.tolist() == [2, 1]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"method": "electre"}, "no method 'electre'; the methods are topsis, topsis_observed"),
        ({"by": "country"}, "no way to group actors by 'country'"),
        ({"gates": "hide"}, "no way 'hide' to treat gates"),
        ({"min_evidence": 1.5}, "a least evidence of 1.5"),
        ({"set_aside": ["z"]}, "'z' cannot be set aside"),
    ],
)
def test_an_option_that_does_not_exist_is_named(options, words):
    values = matrix([[0.5, 0.1]], [[1, 1]])
    with pytest.raises(MethodError, match=words.replace("(", r"\(")):
        rank(values, {"a": 1, "b": 1}, **options)


def test_nothing_to_judge_by_and_nobody_to_rank_are_errors():
    silent = matrix([[0.5]], [[0]])
    with pytest.raises(InventoryError, match="nothing is left to judge by"):
        rank(silent, {"a": 1})
    with pytest.raises(InventoryError, match="nobody is left to rank out of 1"):
        rank(silent, {"a": 1}, set_aside="none")


def test_weights_are_aligned_by_name_and_every_mismatch_is_named():
    values = matrix([[0.5, 0.1]], [[1, 1]])
    with pytest.raises(WeightsError) as caught:
        rank(values, {"a": 1, "z": 1})
    assert [finding.code for finding in caught.value.findings] == [
        "weights.missing",
        "weights.unknown",
    ]


@given(st.lists(st.floats(0.01, 1), min_size=4, max_size=4))
def test_knowing_all_is_exactly_1_and_knowing_nothing_else_is_less(raw):
    known = np.ones((2, 4))
    known[1, 2] = 0
    values = matrix(np.full((2, 4), 0.5), known)
    weights = dict(zip("abcd", raw, strict=True))
    evidence = rank(values, weights).evidence
    assert evidence[0] == 1.0
    assert 0 < evidence[1] < 1
    assert len(rank(values, weights, min_evidence=1)) == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"rank_roles": ["focal_autority"]}, "no role 'focal_autority'; the roles are focal_auth"),
        ({"rank_roles": "nonsense"}, "no role 'nonsense'"),
        ({"set_aside": 20}, "a coverage of 20 asked for"),
        ({"set_aside": float("nan")}, "a coverage of nan asked for"),
    ],
)
def test_a_role_or_coverage_that_cannot_be_is_named(options, words):
    with pytest.raises(MethodError, match=words):
        rank(matrix([[0.5, 0.1]], [[1, 1]]), {"a": 1, "b": 1}, **options)


def test_weights_may_be_an_array_in_the_order_of_criteria():
    values = matrix([[0.5, 0.1]], [[1, 1]])
    assert rank(values, [1, 3]).weights.to_dict() == {"a": 0.25, "b": 0.75}
    for wrong in ([1, 2, 3], ["x", 1], {"a": "x", "b": 1}):
        with pytest.raises(WeightsError):
            rank(values, wrong)
