"""The improvement claimed reaches the rank, and a hair less does not."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import partnermcda as pm
from partnermcda.explaining.improving import improvements
from partnermcda.explaining.units import Unit
from tests.ranking.strategies import matrix

METHODS = st.sampled_from(["topsis", "weighted_sum", "weighted_product"])
CATALOG = pm.load_catalog("urban-services")


@st.composite
def problems(draw):
    m, n = draw(st.integers(2, 6)), draw(st.integers(1, 4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    x = rng.uniform(0.05, 1, (m, n)).round(draw(st.sampled_from([1, 6])))
    benefit = draw(arrays(bool, n))
    x = np.where(benefit, x, 1 - x)
    values = pm.DecisionMatrix(np.clip(x, 0.05, 0.95), benefit=benefit)
    return values, rng.uniform(0.1, 1, n), f"A{draw(st.integers(1, m))}", draw(st.integers(1, m))


def rank_with(values, weights, method, actor, column, value):
    x = values.x.copy()
    row = int(np.flatnonzero(values.alternatives == actor)[0])
    x[row, column] = value
    better = pm.DecisionMatrix(x, benefit=values.benefit)
    return pm.rank(better, weights, method).rank[row]


@settings(max_examples=60)
@given(problems(), METHODS, st.sampled_from([0.1, 0.001, 1e-7]))
def test_what_is_needed_reaches_the_rank_and_a_step_less_does_not(problem, method, precision):
    values, weights, actor, rank = problem
    ranking = pm.rank(values, weights, method)
    found = improvements(ranking, actor, rank, precision=precision)
    assert [one.name for one in found.found] == list(values.criteria)
    for j, one in enumerate(found.found):
        sign = 1 if values.benefit[j] else -1
        best = 1.0 if values.benefit[j] else 0.0
        reached = rank_with(values, weights, method, actor, j, best) <= rank
        assert one.reachable == reached
        if found.rank_now <= rank:
            assert (one.share, one.needed) == (0, pytest.approx(one.now))
        elif reached:
            assert one.step <= precision * (1 + 1e-9)
            assert rank_with(values, weights, method, actor, j, one.needed) <= rank
            less = one.needed - sign * one.step
            assert sign * (less - one.now) <= 0 or (
                rank_with(values, weights, method, actor, j, less) > rank
            )
            assert abs(one.needed - one.now) <= abs(best - one.now) * one.share + one.step + 1e-12


@settings(max_examples=40)
@given(problems(), METHODS)
def test_a_lower_rank_never_takes_more(problem, method):
    values, weights, actor, _ = problem
    ranking = pm.rank(values, weights, method)
    shares = [
        [one.share if one.reachable else 2 for one in improvements(ranking, actor, k).found]
        for k in range(1, len(values) + 1)
    ]
    assert (np.diff(shares, axis=0) <= 1e-12).all()
    assert (np.array(shares[-1]) == 0).all()


def inventory(**columns):
    count = len(next(iter(columns.values())))
    return pd.DataFrame(
        {
            "actor_id": [f"a{i}" for i in range(count)],
            "actor": [f"Actor {i}" for i in range(count)],
            "actor_type": ["ngo"] * count,
            "city": ["Dakar"] * count,
            **columns,
        }
    )


def ranked(frame, orientation="balanced", **options):
    weights = CATALOG.weights(orientation)
    values = pm.evaluate(pm.read_inventory(frame, CATALOG), CATALOG)
    return pm.rank(values, weights, **options)


FRAME = {
    "res_financial": [60_000, 60_000, 90_000],
    "res_technical": [3, 4, 3],
    "res_human": [6, 7, 7],
    "dig_current_use": [55, 55, 50],
    "dig_deploy_months": [12, 11, 11],
}


@pytest.mark.parametrize("rank", [1, 2])
@pytest.mark.parametrize("actor", ["a0", "a2"])
def test_what_is_needed_in_raw_units_reaches_the_rank_when_it_is_answered(actor, rank):
    frame = inventory(**FRAME)
    ranking = ranked(frame)
    found = improvements(ranking, actor, rank, catalog=CATALOG)
    row = int(actor[1:])
    told = {one.name: one for one in found.found if one.reachable and one.share > 0}
    for name, one in told.items():
        criterion = CATALOG.criterion(name)
        sign = 1 if criterion.direction == "benefit" else -1
        for answer, enough in ((one.needed, True), (one.needed - sign * one.step, False)):
            answers = frame[name].astype(float).tolist()
            answers[row] = answer
            again = ranked(frame.assign(**{name: answers}))
            assert (again.rank[row] <= rank) == enough
        assert one.now == frame[name][row]
        if criterion.scale in ("count", "likert5"):
            assert one.needed == int(one.needed)
            assert one.step == 1
    assert told or found.rank_now <= rank


def test_a_criterion_without_weight_is_out_of_reach_and_words_say_so():
    values = pm.DecisionMatrix([[0.5, 0.5], [0.6, 0.5]], benefit=[True, True])
    found = improvements(pm.rank(values, [1, 0]), "A1")
    assert [one.reachable for one in found.found] == [True, False]
    assert "Out of reach by one of these alone: C2." in found.in_words()
    assert "Hors de portée" in found.in_words("fr")
    low = pm.DecisionMatrix([[0.1, 0.1], [1, 1]], benefit=[True, True])
    assert "out of reach" in improvements(pm.rank(low, [1, 1]), "A1").in_words()


def test_words_tell_more_and_less_in_both_languages():
    values = pm.DecisionMatrix(
        [[0.5, 0.5], [0.6, 0.5]], criteria=["reach", "price"], benefit=[True, False]
    )
    found = improvements(pm.rank(values, [1, 1]), "A1")
    assert "reach: 0.6 instead of 0.5, 0.1 more" in found.in_words()
    assert "price: 0.4 instead of 0.5, 0.1 less" in found.in_words()
    assert "reach\u00a0: 0,6 au lieu de 0,5, soit 0,1 de plus" in found.in_words("fr")
    assert "already has rank 1" in improvements(pm.rank(values, [1, 1]), "A2").in_words()


def test_what_is_not_known_is_told_as_what_it_would_have_to_be():
    frame = inventory(res_technical=[None, 4], res_data=[3, 3])
    found = improvements(ranked(frame), "a0", catalog=CATALOG)
    one = found.found[0]
    assert (one.name, one.known, np.isnan(one.now)) == ("res_technical", False, True)
    assert one.needed > 3
    assert "not known: if it turns out to be 4 or better (1-5)" in found.in_words()
    assert "inconnu" in found.in_words("fr")
    assert "improvements.middle" in [note.code for note in found.notes]


@pytest.mark.parametrize("actor", ["a0", "a2"])
def test_a_pillar_goes_the_same_share_of_every_way(actor):
    frame = inventory(**FRAME)
    ranking = ranked(frame)
    found = improvements(ranking, actor, catalog=CATALOG, pillars=True)
    pillars = [one for one in found.found if one.pillar]
    assert [one.name for one in pillars] == ["resources", "digital_readiness"]
    values, row = ranking.contest.values, int(actor[1:])
    for one in pillars:
        columns = [
            values.column(name)
            for name in next(p for p in CATALOG.pillars if p.id == one.name).entries
        ]
        for share, enough in ((one.share, True), (one.share - 1e-9, False)):
            tables = [table.copy() for table in (values.low, values.mid, values.high)]
            for table in tables:
                table[row, columns] += share * (1 - table[row, columns])
            low, mid, high = tables
            again = pm.rank(replace(values, low=low, mid=mid, high=high), ranking.contest.given)
            assert (again.rank[row] == 1) == enough
    assert "as a whole" in found.in_words()
    assert "en bloc" in found.in_words("fr")


def test_a_pillar_combined_in_order_goes_the_share_that_its_criteria_go():
    motives = ["mot_profit", "mot_cause", "mot_knowledge", "mot_efficiency", "mot_democracy"]
    answers = {name: [k % 4 + 1, 4] for k, name in enumerate(motives)}
    frame = inventory(res_technical=[3, 3], **answers)
    found = improvements(ranked(frame), "a0", catalog=CATALOG)
    one = next(one for one in found.found if one.name == "motivations")
    assert one.pillar
    assert "improvements.in_order" in [note.code for note in found.notes]
    for share, enough in ((one.share, True), (one.share - 1e-9, False)):
        moved = {name: [x + share * (5 - x), 4] for name, (x, _) in answers.items()}
        assert (ranked(inventory(res_technical=[3, 3], **moved)).rank[0] == 1) == enough


def test_what_stands_at_the_end_of_its_scale_is_noted():
    found = improvements(
        ranked(inventory(res_technical=[1, 5], res_data=[3, 3])), "a0", catalog=CATALOG
    )
    assert [note.code for note in found.notes] == ["improvements.at_worst"]
    assert found.notes[0].details == {"names": "res_technical"}


def test_where_fewer_is_better_the_same_is_needed():
    values = pm.DecisionMatrix([[0.5, 0.5], [0.6, 0.5]], benefit=[True, True])
    far = pm.Method(
        "far",
        lambda x, weights, benefit=None, starts=None: ((1 - x) * weights).sum(axis=1),
        higher_is_better=False,
        fixed_scale=True,
    )
    needed = [
        [one.needed for one in improvements(pm.rank(values, [1, 2], method), "A1").found]
        for method in ("weighted_sum", far)
    ]
    assert needed[0] == needed[1]


def test_every_impossible_wish_is_refused_at_once():
    values = pm.DecisionMatrix([[5, 2], [6, 1]], benefit=[True, True])
    ranking = pm.rank(values, [1, 1], pm.TOPSIS_OBSERVED)
    for rank in (0, 3, 1.5, True, "1"):
        with pytest.raises(pm.MethodError) as caught:
            improvements(ranking, "A1", rank, precision=0, pillars=True)
        codes = [finding.code for finding in caught.value.findings]
        assert codes == [
            f"improvements.{fault}" for fault in ("method", "rank", "precision", "pillars")
        ]


def test_a_catalog_that_is_not_that_of_the_values_is_refused():
    plain = pm.rank(pm.DecisionMatrix([[0.5], [0.6]], benefit=[True]), [1])
    other = pm.rank(matrix([[0.5], [0.6]], [[True], [True]]), [1])
    for ranking, actor, code in (
        (plain, "A1", "improvements.no_scale"),
        (other, "actor 000", "improvements.catalog"),
    ):
        with pytest.raises(pm.MethodError) as caught:
            improvements(ranking, actor, catalog=CATALOG)
        assert [finding.code for finding in caught.value.findings] == [code]


@given(
    st.sampled_from(
        [Unit(1, 1000, log=True), Unit(0, 100), Unit(5, 60, rising=False, turned=True)]
    ),
    st.floats(0, 1),
    st.sampled_from([1.0, 0.1, 0.001, 1e-6]),
)
def test_steps_lead_toward_the_better_by_less_than_one(unit, entry, precision):
    counted = unit.counted(entry)
    step = unit.step(counted, precision)
    sign = 1 if unit.rising else -1
    assert abs(unit.entry(counted) - entry) < 1e-9
    assert -1e-6 * step <= sign * (unit.up_to(counted, step) - counted) <= step
    further = unit.up_to(counted, step, 1)
    assert further in (unit.low, unit.high) or (
        further == pytest.approx(unit.up_to(counted, step) + sign * step, rel=1e-12)
    )


def test_a_table_holds_what_is_needed():
    values = pm.DecisionMatrix([[0.5, 0.5], [0.6, 0.5]], benefit=[True, False])
    frame = improvements(pm.rank(values, [1, 0]), "A1").to_frame()
    assert frame["needed"].round(9).tolist()[0] == 0.6
    assert frame["change"].round(9).tolist()[0] == 0.1
    assert frame["reachable"].tolist() == [True, False]
    assert frame["kind"].tolist() == ["criterion", "criterion"]
