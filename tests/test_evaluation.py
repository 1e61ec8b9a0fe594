"""From answers to values: the catalog's scale, intervals for gaps, priors, roles and gates."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import partnermcda as pm
from partnermcda.errors import InventoryError, MethodError

CATALOG = pm.load_catalog("urban-services")
TYPES = [actor_type.id for actor_type in CATALOG.actor_types]
BASE = {"actor_id": "a", "actor": "Ada", "actor_type": "ngo", "city": "Dakar"}


def read(*rows):
    """An inventory of some actors; each row says only what is particular about it."""
    full = [{**BASE, "actor_id": f"a{i}", **row} for i, row in enumerate(rows)]
    return pm.read_inventory(pd.DataFrame(full), CATALOG)


def cell(values, column, row=0):
    j = values.column(column)
    return tuple(float(side[row, j]) for side in (values.low, values.mid, values.high))


def answers():
    """Any possible answer to any criterion, or none."""
    strategies = {}
    for criterion in CATALOG.criteria:
        possible = criterion.possible
        low = max(possible.minimum, 0.001 if possible.above else 0)
        high = min(possible.maximum, 1e7)
        strategies[criterion.id] = st.none() | st.floats(low, high, allow_subnormal=False)
    return st.fixed_dictionaries(
        {**strategies, "actor_type": st.sampled_from(TYPES), "sse": st.sampled_from([True, False])}
    )


@pytest.mark.parametrize(
    ("criterion", "answer", "value"),
    [
        ("res_technical", 4, 0.75),
        ("res_financial", 1000 * 10**1.5, 0.5),
        ("dig_deploy_months", 12.5, 0.5),
        ("eq_tariff_ratio", 0.5, 1.0),
        ("eq_tariff_ratio", 5.0, 0.0),
    ],
)
def test_an_answer_is_worth_what_its_bounds_say(criterion, answer, value):
    values = pm.evaluate(read({criterion: answer}), CATALOG)
    assert cell(values, criterion) == pytest.approx((value,) * 3, abs=1e-12)


def test_a_gap_is_the_whole_interval_and_no_evidence():
    values = pm.evaluate(read({"res_technical": 4}), CATALOG)
    assert cell(values, "res_data") == (0.0, 0.5, 1.0)
    assert values.evidence[0, values.column("res_data")] == 0
    assert values.evidence[0, values.column("res_technical")] == 1


def test_one_clear_motive_counts_half_and_the_rest_stays_open():
    values = pm.evaluate(read({"mot_cause": 5}), CATALOG)
    low, mid, high = cell(values, "motivations")
    assert (low, high) == (0.5, pytest.approx(1.0))
    assert mid == pytest.approx(0.5 * 1 + 0.5 * (0.25 + 0.15 + 0.05 + 0.05))
    assert values.evidence[0, values.column("motivations")] == pytest.approx(0.2)


def test_motives_are_sorted_strongest_first():
    told = {"mot_profit": 1, "mot_cause": 5, "mot_knowledge": 3, "mot_efficiency": 2}
    values = pm.evaluate(read({**told, "mot_democracy": 4}), CATALOG)
    right = 0.5 * 1 + 0.25 * 0.75 + 0.15 * 0.5 + 0.05 * 0.25 + 0.05 * 0
    assert cell(values, "motivations") == pytest.approx((right,) * 3)


def test_a_prior_fills_gaps_only_and_is_no_evidence():
    inventory = read({"actor_type": "start_up", "dig_innovation": 1}, {"actor_type": "start_up"})
    values = pm.evaluate(inventory, CATALOG, unknown="prior")
    assert cell(values, "dig_innovation", 0) == (0.0, 0.0, 0.0)
    assert cell(values, "dig_innovation", 1) == pytest.approx((0.8, 0.9, 1.0))
    assert values.evidence[1].sum() == 0
    assert cell(values, "res_financial", 1) == (0.0, 0.5, 1.0)


def test_an_inferred_prior_is_wider_and_a_conditional_one_needs_its_flag():
    rows = [{"actor_type": "ngo", "sse": True}, {"actor_type": "ngo", "sse": False}, {}]
    values = pm.evaluate(read(*rows), CATALOG, unknown="prior")
    assert cell(values, "res_technical", 0) == pytest.approx((0.5, 0.7, 0.9))
    assert cell(values, "res_technical", 1) == (0.0, 0.5, 1.0)
    assert cell(values, "res_technical", 2) == (0.0, 0.5, 1.0)


def test_refusing_gaps_lists_them_all():
    with pytest.raises(InventoryError) as caught:
        pm.evaluate(read({"res_technical": 4}), CATALOG, unknown="refuse")
    missing = {finding.column for finding in caught.value.findings}
    assert missing == {criterion.id for criterion in CATALOG.criteria} - {"res_technical"}
    assert all(finding.row == 1 for finding in caught.value.findings)


def test_gaps_of_those_who_are_not_ranked_are_not_refused():
    full = {c.id: max(c.low, 1) if c.scale != "share01" else 0.5 for c in CATALOG.criteria}
    inventory = read(full, {"actor_type": "population"})
    values = pm.evaluate(inventory, CATALOG, unknown="refuse")
    assert values.roles.tolist() == ["", "beneficiary"]


def test_another_way_to_treat_gaps_is_named_as_wrong():
    with pytest.raises(MethodError, match="interval, prior, refuse"):
        pm.evaluate(read({}), CATALOG, unknown="zero")


def test_answers_beyond_the_bounds_are_clipped_and_counted():
    values = pm.evaluate(read({"res_financial": 5e6}, {"res_financial": 10}, {}), CATALOG)
    assert values.clipped == (("res_financial", 2),)
    assert values.low[:2, values.column("res_financial")].tolist() == [1.0, 0.0]


def test_a_flag_decides_a_role_before_the_type_does():
    rows = [
        {"actor_type": "local_authority"},
        {"actor_type": "local_authority", "is_focal": False},
        {"actor_type": "ngo", "is_focal": True},
        {"actor_type": "population"},
        {"actor_type": "start_up"},
    ]
    roles = pm.evaluate(read(*rows), CATALOG).roles.tolist()
    assert roles == ["focal_authority", "", "focal_authority", "beneficiary", ""]


def test_the_worst_gate_counts():
    gates = {gate.id: {tier.verdict: tier.id for tier in gate.tiers} for gate in CATALOG.gates}
    integrity, recognition = gates["gate_integrity"], gates["gate_recognition"]
    rows = [
        {"gate_integrity": integrity["pass"], "gate_recognition": recognition["review"]},
        {"gate_integrity": integrity["fail"]},
        {"gate_integrity": integrity["pass"]},
        {},
    ]
    verdicts = pm.evaluate(read(*rows), CATALOG).gates.tolist()
    assert verdicts == ["review", "fail", "pass", ""]


@settings(max_examples=40, deadline=None)
@given(st.lists(answers(), min_size=1, max_size=5))
def test_values_keep_their_order_and_a_prior_only_narrows(rows):
    inventory = read(*rows)
    open_, narrow = (pm.evaluate(inventory, CATALOG, unknown) for unknown in ("interval", "prior"))
    for values in (open_, narrow):
        assert (values.low >= 0).all()
        assert (values.low <= values.mid).all()
        assert (values.mid <= values.high).all()
        assert (values.high <= 1 + 1e-15).all()
    assert (open_.low <= narrow.low).all()
    assert (narrow.high <= open_.high).all()
    assert (open_.evidence == narrow.evidence).all()


@settings(max_examples=40, deadline=None)
@given(st.lists(answers(), min_size=2, max_size=5), st.data())
def test_leaving_actors_out_changes_no_bit_of_another_score(rows, data):
    inventory = read(*rows)
    kept = data.draw(st.lists(st.sampled_from(range(len(rows))), min_size=1, unique=True))
    weights = CATALOG.weights("expand_unserved")
    judged = {"set_aside": "none", "rank_roles": ["focal_authority", "beneficiary"]}
    values = pm.evaluate(inventory, CATALOG)
    part = pm.evaluate(inventory.iloc[kept], CATALOG)
    if not (part.evidence > 0).any():
        return
    whole_, part_ = pm.rank(values, weights, **judged), pm.rank(part, weights, **judged)
    before = dict(zip(whole_.actors, whole_.score, strict=True))
    for actor, score in zip(part_.actors, part_.score, strict=True):
        assert np.float64(score).tobytes() == np.float64(before[actor]).tobytes()


@settings(max_examples=40, deadline=None)
@given(st.lists(answers(), min_size=2, max_size=4), st.data())
def test_filling_a_gap_from_the_raw_answer_keeps_the_earlier_bounds(rows, data):
    gaps = [(i, c) for i, row in enumerate(rows) for c in CATALOG.criteria if row[c.id] is None]
    known = [any(row[c.id] is not None for c in CATALOG.criteria) for row in rows]
    gaps = [(i, c) for i, c in gaps if known[i]]
    if not gaps:
        return
    i, criterion = data.draw(st.sampled_from(gaps))
    low = max(criterion.possible.minimum, 0.001 if criterion.possible.above else 0)
    answer = data.draw(st.floats(low, min(criterion.possible.maximum, 1e7), allow_subnormal=False))
    filled = [dict(row) for row in rows]
    filled[i][criterion.id] = answer
    weights = CATALOG.weights("improve_efficiency")
    judged = {"set_aside": "none", "rank_roles": ["focal_authority", "beneficiary"]}
    before, after = (
        pm.rank(pm.evaluate(read(*r), CATALOG), weights, **judged) for r in (rows, filled)
    )
    assert (before.score_low <= after.score_low).all()
    assert (after.score_high <= before.score_high).all()
    assert (before.rank_best <= after.rank_best).all()
    assert (after.rank_worst <= before.rank_worst).all()
    assert ((before.rank_best <= after.rank) & (after.rank <= before.rank_worst)).all()
