"""Levers of actors whose strengths were worked out by hand from the catalog's text."""

import pandas as pd
import pytest

from partnermcda.catalog import Condition, Lever, Words, load_catalog
from partnermcda.engagement import levers
from partnermcda.errors import InventoryError, MethodError, WeightsError
from tests.engagement.actors import CATALOG, NAMES, found, frame, of

TOLD = ("res_financial", "res_data", "mot_profit", "mot_cause", "mot_knowledge")


def told(result, lever, actor="a0"):
    """The row of the table that tells a lever of an actor."""
    table = result.to_frame()
    (row,) = table[(table["lever"] == lever) & (table["actor_id"] == actor)].to_dict("records")
    return row


def test_high_is_a_ramp_from_four_tenths_to_eight_and_low_its_mirror():
    # Answers 1 to 5 are worth 0, 1/4, 1/2, 3/4, 1.
    for answer, high in ((1, 0), (2, 0), (3, 0.25), (4, 0.875), (5, 1)):
        assert of(found({"mot_knowledge": answer}), "knowledge_partnership") == (high,) * 3
    # high(res_data) is 1, so low(dig_data_platform) decides.
    for answer, low in ((1, 1), (2, 0.875), (3, 0.25), (4, 0), (5, 0)):
        result = found({"res_data": 5, "dig_data_platform": answer})
        assert of(result, "data_sharing_agreement") == (low,) * 3


def test_the_weakest_of_what_must_hold_decides():
    # high(0.75) = 0.875 and low(0.5) = 0.25.
    result = found({"dig_propensity": 4, "dig_current_use": 50}, most=11)
    assert of(result, "capacity_building") == (0.25, 0.25, 0.25)


def test_an_answer_that_is_not_known_stands_in_the_middle_and_can_be_any():
    # high(0.5) = 0.25 today.
    assert of(found({}), "knowledge_partnership") == (0, 0.25, 1)


def test_visibility_takes_the_better_motive_and_floors_of_two_pillars():
    pillars = dict.fromkeys(["dig_propensity", "dig_data_platform", "dig_innovation"], 3)
    pillars |= {"dig_current_use": 50, "dig_deploy_months": 12.5}
    equity = dict.fromkeys(["eq_extension_commitment", "eq_demand_voice", "eq_environment"], 3)
    equity |= {"eq_unserved_reach": 0.5, "eq_tariff_ratio": 5}
    # Digital 0.5; equity (4 x 0.5 + 0) / 5 = 0.4: both floors are met to the last bit.
    actor = {"mot_profit": 2, "mot_cause": 4, **pillars, **equity}
    result = found(actor)
    assert of(result, "visibility_marketing") == (0.875,) * 3
    reasons = told(result, "visibility_marketing")["because"]
    assert reasons == "mot_cause 0.75; digital_readiness 0.5; equity_alignment 0.4"
    assert of(found({**actor, "dig_propensity": 2}), "visibility_marketing") == (0, 0, 0)
    overcharging = {**actor, "eq_demand_voice": 2}
    assert of(found(overcharging), "visibility_marketing") == (0, 0, 0)


def test_safeguards_fire_while_the_price_is_not_known_and_hang_on_it():
    result = found({"mot_profit": 5})
    assert of(result, "service_safeguards") == (0, 1, 1)
    row = told(result, "service_safeguards")
    assert row["because"] == "mot_profit 1; eq_tariff_ratio ?"
    assert row["to_find_out"] == "eq_tariff_ratio"
    assert of(found({"mot_profit": 5, "eq_tariff_ratio": 5}), "service_safeguards") == (1, 1, 1)
    assert of(found({"mot_profit": 5, "eq_tariff_ratio": 0.5}), "service_safeguards") == (0, 0, 0)


def test_a_pilot_asks_for_readiness_little_money_or_evidence_and_six_months():
    actor = {"dig_innovation": 5, "res_financial": 1000}
    assert of(found({**actor, "dig_deploy_months": 6}), "pilot_targeting") == (1, 1, 1)
    assert of(found({**actor, "dig_deploy_months": 6.5}), "pilot_targeting") == (0, 0, 0)
    assert of(found(actor), "pilot_targeting") == (0, 1, 1)
    rich = {**actor, "res_financial": 1e6, "dig_deploy_months": 3}
    row = told(found(rich), "pilot_targeting")
    # Two of five answers about readiness and one about means are known, of four pillars.
    assert row["because"] == "dig_innovation 1; evidence 0.15; dig_deploy_months 3"
    assert row["to_find_out"] == "evidence"


def test_a_path_to_formal_status_is_for_informal_operators_not_yet_formal():
    actor = {"actor_type": "small_informal_operator", "mot_profit": 3}
    for tier, strength in (("neither", 1), ("associated", 1), ("formal", 0)):
        result = found({**actor, "gate_recognition": tier})
        assert of(result, "formalisation_path") == (strength,) * 3
    unasked = found(actor)
    assert of(unasked, "formalisation_path") == (0, 0.5, 1)
    assert told(unasked, "formalisation_path")["to_find_out"] == "gate_recognition"
    assert of(found({**actor, "actor_type": "ngo"}), "formalisation_path") == (0, 0, 0)


def test_co_design_is_for_those_who_use_the_service_or_give_them_a_voice():
    assert of(found({"actor_type": "population"}), "user_codesign") == (1, 1, 1)
    beneficiary = {"is_beneficiary": True, "eq_demand_voice": 1}
    assert of(found(beneficiary), "user_codesign") == (1, 1, 1)
    assert of(found({"eq_demand_voice": 4}), "user_codesign") == (0.875,) * 3


def test_payment_for_results_asks_for_unserved_users_and_little_money():
    # 10,000 is worth 1/3: low(1/3) = 2/3.
    result = found({"eq_unserved_reach": 0.9, "res_financial": 10_000})
    assert of(result, "results_based_finance") == (round(2 / 3, 12),) * 3


def test_who_has_no_lever_is_kept_informed():
    low = dict.fromkeys(("mot_profit", "mot_cause", "mot_knowledge", "dig_propensity"), 1)
    low |= {"dig_innovation": 1, "res_data": 1, "eq_demand_voice": 1, "eq_unserved_reach": 0}
    low |= {"gate_recognition": "formal", "res_financial": 1000, "res_human": 0}
    low |= {"res_technical": 1, "res_field_reach": 0, "dig_data_platform": 1, "functions": "none"}
    result = found(low)
    assert of(result, "keep_informed") == (1, 1, 1)
    assert result.to_frame()["lever"].tolist() == ["keep_informed"]
    assert of(found({**low, "mot_knowledge": 4}), "keep_informed") == (0, 0, 0)


def test_complements_are_found_where_one_has_what_the_other_lacks():
    base = dict.fromkeys(["res_technical", "res_data", "dig_data_platform", "dig_innovation"], 1)
    base |= {"res_field_reach": 0, "res_financial": 1000, "res_human": 0.5, "eq_demand_voice": 1}
    base |= {"functions": "none", "actor_type": "start_up"}
    platform, voice = {**base, "dig_data_platform": 5}, {**base, "eq_demand_voice": 5}
    needs = {"platform": 1, "users_voice": 1, **dict.fromkeys(ALWAYS, 0)}
    result = found(platform, voice, base, needs=needs)
    assert of(result, "complementary_partnership", 0) == (1, 1, 1)
    assert of(result, "complementary_partnership", 2) == (0, 0, 0)
    assert result.partner.tolist() == [1, 0, -1]
    # Each covers one need of two alone, both together cover both.
    assert result.gain.mid[:2].tolist() == [0.5, 0.5]
    row = told(result, "complementary_partnership")
    assert row["because"] == "platform 1; users_voice 0"
    assert (row["partner_id"], row["gain"]) == ("a1", 0.5)


ALWAYS = [capability.id for capability in CATALOG.capabilities if capability.always]


def test_what_the_authority_covers_in_full_is_not_lacking():
    authority = {"actor_type": "local_authority", "dig_data_platform": 5, "eq_demand_voice": 1}
    other = {"actor_type": "ngo", "dig_data_platform": 5}
    needs = {"platform": 1, **dict.fromkeys(ALWAYS, 0)}
    assert of(found(other, needs=needs), "complementary_partnership")[2] == 0
    voiced = {**needs, "users_voice": 1}
    with_it = found(
        {**other, "eq_demand_voice": 1},
        {**other, "dig_data_platform": 1, "eq_demand_voice": 5},
        authority,
        needs=voiced,
    )
    assert of(with_it, "complementary_partnership") == (0, 0, 0)
    assert of(with_it, "complementary_partnership", 1) == (1, 1, 1)


def test_verdicts_other_than_pass_are_settled_first_in_both_languages():
    actor = {"mot_knowledge": 5, "gate_integrity": "to_review", "gate_recognition": "formal"}
    result = found({**actor, "gate_user_protection": "refuses"})
    row = told(result, "knowledge_partnership")
    assert row["first_settle"] == "gate_integrity: to_review; gate_user_protection: refuses"
    english, french = result.in_words(), result.in_words("fr")
    assert "first settle: Integrity: to review; Protection of users: refuses" in english
    assert "à régler d'abord : Intégrité : à examiner" in french
    assert "conditional on finding out: " in english
    assert "à condition de savoir : " in french


def test_a_pilot_begins_where_the_need_is_greatest_and_comes_with_its_sheet():
    actor = {"dig_innovation": 5, "res_financial": 1000, "dig_deploy_months": 3}
    result = found(
        {**actor, "districts": "Plateau; Médina; Yoff", "eq_unserved_reach": 0.5},
        {"districts": "Médina", "eq_unserved_reach": 0.9},
        {"districts": "Plateau"},
        {"districts": "Yoff", "eq_unserved_reach": 0.0},
    )
    # Plateau 0.5, Médina 0.7, Yoff 0.25 on average of those who work there and answered.
    assert told(result, "pilot_targeting")["district"] == "medina"
    sheet = result.sheets("fr")
    mine = sheet[sheet["actor_id"] == "a0"]
    assert mine["question"].tolist()[:2] == ["territoire", "usagers"]
    assert set(mine["district"]) == {"medina"}
    assert set(sheet["answer"]) == {""}
    assert "begin in: medina" in result.in_words()


def test_what_is_not_known_and_could_fire_is_told_with_what_to_find_out():
    result = found({"mot_knowledge": 5, "mot_profit": 1}, most=11)
    row = told(result, "results_based_finance")
    assert row["strength_high"] == 1
    assert row["to_find_out"] == "res_financial; eq_unserved_reach"
    assert "engagement.conditional" in [note.code for note in result.notes]


def test_every_note_is_told_in_both_languages():
    result = found({"gate_integrity": "excluded"}, {"districts": "Yoff"})
    codes = [note.code for note in result.notes]
    assert codes[:2] == ["engagement.unasked", "engagement.stopped"]
    assert "engagement.districts" in codes
    for note in result.notes:
        assert note.text("en") != note.text("fr")


def test_options_that_do_not_exist_are_refused_all_at_once():
    with pytest.raises(MethodError) as refused:
        found({}, by="region", most=0)
    assert [f.code for f in refused.value.findings] == ["engagement.by", "engagement.most"]
    with pytest.raises(MethodError):
        found({}, unknown="guess")
    with pytest.raises(MethodError):
        found({}, needs="none such")
    with pytest.raises(WeightsError):
        found({}, weights={"reach": 1})
    with pytest.raises(InventoryError):
        found({}, unknown="refuse")


def test_a_catalog_without_levers_and_an_inventory_of_nobody_are_refused():
    bare = CATALOG.model_copy(update={"levers": ()})
    with pytest.raises(MethodError, match="no levers"):
        levers(frame([{}]), bare)
    inventory = frame([{}])
    inventory["outside"] = True
    with pytest.raises(InventoryError, match="nobody to engage"):
        levers(inventory, CATALOG)


def test_partners_are_found_among_all_where_cities_are_not_kept_apart():
    base = {"functions": "none", "eq_demand_voice": 1, "dig_data_platform": 1}
    pair = (
        {**base, "dig_data_platform": 5, "city": "Dakar"},
        {**base, "eq_demand_voice": 5, "city": "Thiès"},
    )
    needs = {"platform": 1, "users_voice": 1, **dict.fromkeys(ALWAYS, 0)}
    assert found(*pair, needs=needs).partner.tolist() == [-1, -1]
    assert found(*pair, needs=needs, by=None).partner.tolist() == [1, 0]


def test_conditions_are_data_another_catalog_may_state():
    when = (
        (
            Condition(on="evidence", at_most=0.5),
            Condition(on="flag", names=("sse",)),
        ),
    )
    ask = Lever(id="ask_more", label=Words(en="Ask more", fr="Demander plus"), when=when)
    catalog = CATALOG.model_copy(update={"levers": (ask,)})
    result = levers(frame([{"sse": False}, {"sse": True}]), catalog)
    assert result.mid[:, 0].tolist() == [1, 1]
    assert result.low[:, 0].tolist() == [0, 1]
    assert result.to_frame()["because"].tolist()[0] == "evidence 0"


def test_the_table_has_a_row_for_each_lever_told():
    table = found({"mot_knowledge": 5}).to_frame()
    assert isinstance(table, pd.DataFrame)
    assert table["lever"].isin(NAMES).all()
    assert load_catalog("urban-services").sha256 == CATALOG.sha256
