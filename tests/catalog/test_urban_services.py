"""The catalog of the guide's criteria is whole: what it must hold is there, in two languages."""

import pytest

from partnermcda.catalog import SCALES
from partnermcda.catalog.words import fold

PILLARS = {
    "resources": ["res_financial", "res_technical", "res_human", "res_data", "res_field_reach"],
    "motivations": [
        *("mot_profit", "mot_cause", "mot_knowledge", "mot_efficiency", "mot_democracy"),
    ],
    "digital_readiness": [
        *("dig_current_use", "dig_propensity", "dig_data_platform", "dig_innovation"),
        "dig_deploy_months",
    ],
    "equity_alignment": [
        *("eq_unserved_reach", "eq_extension_commitment", "eq_tariff_ratio", "eq_demand_voice"),
        "eq_environment",
    ],
}
# criterion: direction, scale, low, high, transform
VALUED = {
    "res_financial": ("benefit", "money", 1000, 1e6, "log10"),
    "res_human": ("benefit", "count", 0.5, 20, "log10"),
    "res_field_reach": ("benefit", "share01", 0, 1, "linear"),
    "dig_current_use": ("benefit", "score100", 0, 100, "linear"),
    "dig_deploy_months": ("cost", "months", 1, 24, "linear"),
    "eq_unserved_reach": ("benefit", "share01", 0, 1, "linear"),
    "eq_tariff_ratio": ("cost", "ratio", 0.5, 5, "log10"),
}


def test_four_pillars_hold_twenty_criteria(urban):
    assert {p.id: [c.id for c in p.criteria] for p in urban.pillars} == PILLARS


def test_motivations_enter_as_one_column_strongest_first(urban):
    assert urban.pillars[1].combine.ordered == (0.5, 0.25, 0.15, 0.05, 0.05)
    assert len(urban.entries) == 16
    assert "motivations" in urban.entries
    assert "mot_profit" not in urban.entries


def test_every_criterion_is_valued_as_the_guide_was_read(urban):
    found = {
        c.id: (c.direction, c.scale, c.low, c.high, c.transform)
        for c in urban.criteria
        if c.scale != "likert5"
    }
    assert found == VALUED
    for criterion in urban.criteria:
        if criterion.scale == "likert5":
            assert (criterion.low, criterion.high, criterion.transform) == (1, 5, "linear")
            assert len(criterion.anchors) == 5
            assert criterion.direction == "benefit"


def test_every_criterion_quotes_the_guide_and_says_what_would_prove_an_answer(urban):
    for criterion in urban.criteria:
        assert criterion.guide
        assert not any("«" in quote for quote in criterion.guide)
        assert criterion.evidence.fr != criterion.evidence.en
    assert sum(c.added is not None for c in urban.criteria) == 7


def sentences(part):
    """Every pair of English and French in a part, with what lies in it."""
    if isinstance(part, dict):
        if set(part) == {"en", "fr"}:
            yield part["en"], part["fr"]
        for inner in part.values():
            yield from sentences(inner)
    elif isinstance(part, tuple | list):
        for inner in part:
            yield from sentences(inner)


def test_long_sentences_are_translated_and_french_is_spelt_as_french(urban):
    pairs = list(sentences(urban.model_dump()))
    assert len(pairs) > 200
    for english, french in pairs:
        assert len(english) < 20 or english != french
        assert "  " not in english + french
        for mark in ";?!»":
            assert all(french[i - 1] == " " for i, sign in enumerate(french) if sign == mark)


def test_ratings_cover_the_scale_without_a_gap(urban):
    assert [r.likert for r in urban.ratings] == [1, 2, 3, 4, 5]
    assert [r.low for r in urban.ratings] == [0, 0.2, 0.4, 0.6, 0.8]
    assert [r.high for r in urban.ratings] == [0.2, 0.4, 0.6, 0.8, 1]
    assert urban.inferred_widening == 0.1


def words(parts):
    return {
        fold(word): part.id
        for part in parts
        for word in (part.id, part.label.en, part.label.fr, *part.synonyms)
    }


@pytest.mark.parametrize(
    ("word", "rating"),
    [
        ("Élevée", "high"),
        ("forts", "high"),
        ("fort", "high"),
        ("MOYENNE", "medium"),
        ("faibles", "low"),
        ("tres eleve", "very_high"),
        ("Très forte", "very_high"),
        ("very-high", "very_high"),
        ("nulle", "very_low"),
        ("VL", "very_low"),
    ],
)
def test_a_step_is_known_by_its_words(urban, word, rating):
    assert words(urban.ratings)[fold(word)] == rating


@pytest.mark.parametrize(
    ("word", "actor_type"),
    [
        ("Start-up", "start_up"),
        ("startup", "start_up"),
        ("Start Up", "start_up"),
        ("jeune pousse", "start_up"),
        ("ong", "ngo"),
        ("Association", "ngo"),
        ("ENTREPRISE TRADITIONNELLE", "traditional_company"),
        ("petit opérateur", "small_informal_operator"),
        ("Opérateur informel", "small_informal_operator"),
        ("mairie", "local_authority"),
        ("Commune", "local_authority"),
        ("Autorité locale", "local_authority"),
        ("usagers", "population"),
    ],
)
def test_a_type_is_known_by_its_words(urban, word, actor_type):
    assert words(urban.actor_types)[fold(word)] == actor_type


def test_the_authority_and_the_population_are_not_ranked(urban):
    assert [(r.id, r.flag, r.types, r.ranked) for r in urban.roles] == [
        ("focal_authority", "is_focal", ("local_authority",), False),
        ("beneficiary", "is_beneficiary", ("population",), False),
    ]
    assert [f.id for f in urban.flags] == ["is_focal", "is_beneficiary", "sse", "formal"]


def test_each_gate_has_a_tier_for_each_verdict(urban):
    assert [g.id for g in urban.gates] == [
        *("gate_recognition", "gate_integrity", "gate_user_protection"),
    ]
    for gate in urban.gates:
        assert [tier.verdict for tier in gate.tiers] == ["pass", "review", "fail"]


def test_attributes_are_noted_with_their_kind(urban):
    assert {a.id: a.kind for a in urban.attributes} == {
        **dict.fromkeys(("power", "interest", "legitimacy", "urgency"), "share01"),
        "cost": "money",
        **dict.fromkeys(("services", "districts", "layers", "data_kinds"), "list"),
        **dict.fromkeys(("functions", "guarantees"), "list"),
    }


def test_eleven_levers_and_fifteen_capabilities_are_there_as_data(urban):
    assert len(urban.levers) == 11
    assert urban.levers[-1].otherwise_below == 0.3
    assert all(lever.when for lever in urban.levers[:-1])
    always = [c.id for c in urban.capabilities if c.always]
    assert len(urban.capabilities) == 15
    assert len(always) == 6


def test_needs_stand_for_every_orientation_and_name_what_is_not_always_needed(urban):
    graded = {c.id for c in urban.capabilities if not c.always}
    assert [n.id for n in urban.needs] == [o.id for o in urban.orientations]
    assert all(set(need.levels) == graded for need in urban.needs)
    assert urban.needs[0].levels["demand_data"] == 0.9


def test_six_layers_and_nobody_usual_for_connectivity(urban):
    assert len(urban.layers) == 6
    assert [layer.id for layer in urban.layers if not layer.types] == ["connectivity"]
    assert "télécoms" in urban.layers[0].note.fr


def test_names_for_readers_come_in_both_languages(urban):
    assert urban.label("motivations", "fr") == "Motivations"
    assert urban.label("res_human", "fr") == "Ressources humaines mobilisables"
    assert urban.label("res_human") == "People it can assign"
    with pytest.raises(KeyError):
        urban.label("nothing")
    with pytest.raises(KeyError):
        urban.criterion("nothing")


@pytest.mark.parametrize(
    ("scale", "interval"),
    [("likert5", "[1, 5]"), ("ratio", "]0, +∞["), ("number", "]-∞, +∞["), ("money", "[0, +∞[")],
)
def test_a_scale_writes_what_is_possible_as_an_interval(scale, interval):
    assert SCALES[scale].interval() == interval
