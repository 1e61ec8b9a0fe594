"""What the catalog says for the map: rules for attributes, and what rests on a layer."""

import pytest

from partnermcda.catalog.checks import meaning_faults
from tests.stakeholders.worlds import CATALOG


def faults(**changed):
    return [(place, code) for place, code, _ in meaning_faults({**CATALOG.model_dump(), **changed})]


def test_the_four_attributes_of_the_map_have_a_rule_in_both_languages():
    assert [rule.id for rule in CATALOG.derived] == ["power", "interest", "legitimacy", "urgency"]
    assert all(rule.added.en and rule.added.fr for rule in CATALOG.derived)
    assert faults() == []


def test_no_criterion_stands_behind_two_attributes_so_that_all_they_may_be_is_possible():
    pillars = {pillar.id: [c.id for c in pillar.criteria] for pillar in CATALOG.pillars}
    behind = [name for r in CATALOG.derived for name in (*r.best, *pillars.get(r.pillar, ()))]
    assert len(behind) == len(set(behind))


def test_every_capability_that_takes_more_than_goodwill_rests_on_a_layer():
    serves = {layer.id: set(layer.serves) for layer in CATALOG.layers}
    assert all(serves.values())
    assert "platform" in serves["connectivity"]


@pytest.mark.parametrize(
    ("rule", "place", "code"),
    [
        ({"id": "might"}, ("id",), "no_attribute"),
        ({"id": "power", "pillar": "means"}, ("pillar",), "no_pillar"),
        ({"id": "power", "best": ("res_data", "luck")}, ("best", 1), "no_criterion"),
        ({"id": "power", "gate": "gate_luck"}, ("gate",), "no_gate"),
        ({"id": "power", "tiers": {"formal": "high"}}, ("tiers", "formal"), "no_tier"),
        (
            {"id": "power", "gate": "gate_recognition", "tiers": {"formal": "tall"}},
            ("tiers", "formal"),
            "no_rating",
        ),
        ({"id": "power", "roles": {"king": "high"}}, ("roles", "king"), "no_role"),
        ({"id": "power", "roles": {"beneficiary": "tall"}}, ("roles", "beneficiary"), "no_rating"),
    ],
)
def test_a_rule_that_names_what_is_not_there_is_told(rule, place, code):
    assert faults(derived=(rule,)) == [(("derived", 0, *place), f"catalog.{code}")]


def test_two_rules_for_one_attribute_are_told():
    rule = {"id": "power", "pillar": "resources"}
    assert faults(derived=(rule, rule)) == [(("derived", 1, "id"), "catalog.repeated")]


def test_a_layer_that_carries_what_is_not_there_is_told():
    layers = ({"id": "clouds", "serves": ("rain",)},)
    assert faults(layers=layers) == [(("layers", 0, "serves", 0), "catalog.no_capability")]
