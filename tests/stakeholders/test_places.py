"""Where actors stand: power, interest, legitimacy, urgency, and what they make of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermcda.errors import InventoryError, MethodError, WeightsError
from partnermcda.stakeholders import ecosystem
from partnermcda.stakeholders.classes import CLASSES, QUADRANTS
from tests.stakeholders.worlds import ATTRIBUTES, CATALOG, completed, inventories, read


def first(**row):
    return ecosystem(read(row), CATALOG).actors.iloc[0]


@given(inventories(), st.integers(0, 2**32 - 1), st.floats(0.05, 1))
@settings(max_examples=15, deadline=None)
def test_whatever_the_unknown_answers_are_an_actor_is_where_it_was_told_it_may_be(
    inventory, seed, threshold
):
    told = ecosystem(inventory, CATALOG, threshold=threshold, most=0).actors
    true = ecosystem(completed(inventory, seed), CATALOG, threshold=threshold, most=0).actors
    for i in range(len(told)):
        for places in ("quadrants", "saliences"):
            assert set(true[places][i].split("; ")) <= set(told[places][i].split("; "))
    for name in ATTRIBUTES:
        assert (told[f"{name}_low"] <= true[f"{name}_low"] + 1e-12).all()
        assert (true[f"{name}_high"] <= told[f"{name}_high"] + 1e-12).all()
        middle = told[name]
        assert (told[f"{name}_low"] <= middle).all()
        assert (middle <= told[f"{name}_high"]).all()


@given(inventories(), st.floats(0.05, 1))
@settings(max_examples=15, deadline=None)
def test_every_place_told_is_reached_by_some_values_of_the_attributes(inventory, threshold):
    actors = ecosystem(inventory, CATALOG, threshold=threshold, most=0).actors
    for names, column, table in (
        (("power", "interest"), "quadrants", QUADRANTS),
        (("power", "legitimacy", "urgency"), "saliences", CLASSES),
    ):
        sides = np.stack(
            [
                [actors[f"{name}_low"] >= threshold, actors[f"{name}_high"] >= threshold]
                for name in names
            ]
        )
        for i in range(len(actors)):
            reached = {
                table[tuple(bool(sides[k, end, i]) for k, end in enumerate(ends))]
                for ends in np.ndindex(*(2,) * len(names))
            }
            assert set(actors[column][i].split("; ")) == reached


@given(inventories())
@settings(max_examples=10, deadline=None)
def test_one_place_is_told_as_such_and_several_as_undecided(inventory):
    actors = ecosystem(inventory, CATALOG, most=0).actors
    for one, every in (("quadrant", "quadrants"), ("salience", "saliences")):
        alone = ~actors[every].str.contains(";")
        assert (actors[one] == actors[every].where(alone, "undecided")).all()


@given(inventories())
@settings(max_examples=10, deadline=None)
def test_what_is_given_is_taken_as_it_is_and_the_rest_is_marked(inventory):
    actors = ecosystem(inventory, CATALOG, most=0).actors.set_index("actor_id")
    ordered = inventory.set_index(inventory["actor_id"].astype(object)).loc[actors.index]
    for name in ATTRIBUTES:
        known = ordered[name].notna().to_numpy()
        assert (actors[f"{name}_derived"].to_numpy() == ~known).all()
        for side in (name, f"{name}_low", f"{name}_high"):
            assert (actors[side][known] == ordered[name][known]).all()


@pytest.mark.parametrize(
    ("power", "interest", "quadrant"),
    [
        (0.5, 0.5, "manage_closely"),
        (0.9, 0.4999, "keep_satisfied"),
        (0.4, 0.6, "keep_informed"),
        (0, 0, "monitor"),
    ],
)
def test_a_quadrant_is_where_power_and_interest_meet(power, interest, quadrant):
    assert first(power=power, interest=interest)["quadrant"] == quadrant


@pytest.mark.parametrize(
    ("power", "legitimacy", "urgency", "salience"),
    [
        (1, 0, 0, "dormant"),
        (0, 1, 0, "discretionary"),
        (0, 0, 1, "demanding"),
        (1, 1, 0, "dominant"),
        (1, 0, 1, "dangerous"),
        (0, 1, 1, "dependent"),
        (1, 1, 1, "definitive"),
        (0, 0, 0, "none"),
    ],
)
def test_a_class_is_what_power_legitimacy_and_urgency_make(power, legitimacy, urgency, salience):
    assert first(power=power, legitimacy=legitimacy, urgency=urgency)["salience"] == salience


def test_power_is_the_value_of_the_resources():
    told = {"res_financial": 1e6, "res_technical": 5, "res_human": 20, "res_data": 5}
    found = first(**told)
    assert (found["power_low"], found["power_high"]) == (pytest.approx(0.8), pytest.approx(1))
    weights = {name: float(name == "res_field_reach") for name in CATALOG.entries}
    found = ecosystem(read(told), CATALOG, weights).actors.iloc[0]
    assert (found["power_low"], found["power_high"]) == (0, 1)


def test_one_strong_motive_or_asking_for_the_tool_is_interest():
    assert first(mot_cause=5)["interest_low"] == 1
    assert first(dig_propensity=4)["interest_low"] == 0.75
    everything = {c.id: 1 for c in CATALOG.pillars[1].criteria}
    assert first(**everything, dig_propensity=2)["interest_high"] == 0.25


def test_legitimacy_stems_from_recognition_and_from_a_role():
    intervals = {
        "formal": (0.6, 0.8),
        "associated": (0.4, 0.6),
        "neither": (0.2, 0.4),
        None: (0.2, 0.8),
    }
    for tier, interval in intervals.items():
        found = first(gate_recognition=tier)
        assert (found["legitimacy_low"], found["legitimacy_high"]) == interval
    found = first(actor_type="local_authority", gate_recognition="neither")
    assert (found["legitimacy_low"], found["legitimacy_high"]) == (0.8, 1)


def test_the_focal_authority_and_the_population_stand_on_the_map():
    rows = {"actor_type": "local_authority"}, {"actor_type": "population"}
    actors = ecosystem(read(*rows), CATALOG).actors
    assert actors["role"].tolist() == ["focal_authority", "beneficiary"]
    assert actors["quadrant"].tolist() == ["manage_closely", "undecided"]
    assert actors["quadrants"].tolist() == ["manage_closely", "manage_closely; keep_informed"]


def test_a_prior_narrows_what_is_open():
    rows = [{"actor_type": "traditional_company"}]
    assert ecosystem(read(*rows), CATALOG).actors["interest_low"][0] == 0
    assert ecosystem(read(*rows), CATALOG, unknown="prior").actors["interest_low"][0] == 0.8


def test_gates_are_shown_and_never_averaged():
    rows = {"gate_integrity": "excluded", "power": 1}, {"gate_integrity": "clear", "power": 1}
    actors = ecosystem(read(*rows), CATALOG).actors
    assert actors["gate"].tolist() == ["fail", "pass"]
    assert actors["power"].tolist() == [1, 1]


def test_options_that_cannot_be_are_refused_all_at_once():
    for wrong in (0, 1.5, True, float("nan"), "half"):
        with pytest.raises(MethodError) as caught:
            ecosystem(read({}), CATALOG, by="town", threshold=wrong, most=-1)
        codes = [finding.code for finding in caught.value.findings]
        assert codes == ["ecosystem.by", "ecosystem.threshold", "ecosystem.most"]
    for most in (True, 2.0, "five"):
        with pytest.raises(MethodError, match="whole number"):
            ecosystem(read({}), CATALOG, most=most)
    with pytest.raises(MethodError, match="interval, prior, refuse"):
        ecosystem(read({}), CATALOG, unknown="guess")
    with pytest.raises(MethodError, match="balanced"):
        ecosystem(read({}), CATALOG, needs="everything")
    with pytest.raises(WeightsError):
        ecosystem(read({}), CATALOG, {"res_financial": 1})


def test_gaps_are_refused_where_one_asks_for_that():
    with pytest.raises(InventoryError):
        ecosystem(read({}), CATALOG, unknown="refuse")


def test_a_frame_that_is_no_inventory_is_refused():
    with pytest.raises(InventoryError):
        ecosystem(read({}).drop(columns="city"), CATALOG)


def test_those_outside_a_mapping_are_counted_and_not_shown():
    inventory = read({}, {})
    inventory["outside"] = [True, False]
    found = ecosystem(inventory, CATALOG)
    assert found.actors["actor_id"].tolist() == ["a1"]
    assert [n.details["count"] for n in found.notes if n.code == "ecosystem.outside"] == [1]
    inventory["outside"] = True
    with pytest.raises(InventoryError, match="none takes part"):
        ecosystem(inventory, CATALOG)
