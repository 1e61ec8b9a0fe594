"""The examples that ship are read with the counts their README states, from their own rows."""

import re
from pathlib import Path

import pandas as pd
import pytest

from partnermcda.inventory import read_inventory, reading_of
from partnermcda.mapping import load_mapping
from tests.inventory.actors import CATALOG, told

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
ROW = r"\| `((?:res|mot|dig|eq)_\w+)` \| ([\d,]*) ?\| ([\d,]*) ?\| ([\d,]*) ?\|"
STATED = re.findall(ROW, (EXAMPLES / "README.md").read_text(encoding="utf-8"))
WATER, WASTE, KAMPALA = (
    {row[0]: int(row[j].replace(",", "")) for row in STATED if row[j]} for j in (1, 2, 3)
)
CASES = {
    "br-water-by-state": ("br_water_providers_2021", 1871, 552, 27, WATER),
    "br-water-by-municipality": ("br_water_providers_2021", 1871, 552, 1304, WATER),
    "br-waste-by-municipality": ("br_waste_operators_2021", 5530, 0, 3477, WASTE),
    "kampala": ("kampala_actors_sparse", 57, 0, 1, KAMPALA),
}


@pytest.fixture(scope="module")
def inventories():
    return {
        name: read_inventory(EXAMPLES / f"{file}.csv", CATALOG, EXAMPLES / f"{name}.yaml")
        for name, (file, *_) in CASES.items()
    }


@pytest.mark.parametrize("name", CASES)
def test_every_row_is_read_and_every_answer_counted(inventories, name):
    _, rows, outside, cities, known = CASES[name]
    frame = inventories[name]
    reading = reading_of(frame)
    told(reading.notes)
    assert (len(frame), reading.rows, reading.outside) == (rows, rows, outside)
    assert frame.loc[~frame["outside"], "city"].nunique() == cities
    assert {c.criterion: c.known for c in reading.criteria if c.known} == known
    assert all(c.known + c.unknown == rows - outside for c in reading.criteria)
    assert reading.mapping == name
    assert len(reading.mapping_sha256) == 64


@pytest.mark.parametrize("name", CASES)
def test_every_mapping_says_why_in_two_languages(name):
    mapping = load_mapping(EXAMPLES / f"{name}.yaml", CATALOG)
    assert set(mapping.criteria) == set(CASES[name][-1])
    for source in mapping.criteria.values():
        assert min(len(source.why.en), len(source.why.fr)) > 60
        assert source.why.en != source.why.fr


def test_each_register_answers_as_many_criteria_as_its_columns_honestly_allow():
    assert (len(WATER), len(WASTE), len(KAMPALA)) == (9, 4, 6)


def test_a_provider_s_answers_are_those_of_its_row(inventories):
    frame = inventories["br-water-by-state"]
    raw = pd.read_csv(EXAMPLES / "br_water_providers_2021.csv", dtype={"provider_id": str})
    position = int(raw.index[raw["municipality"].eq("Poços de Caldas")][0])
    row, read = raw.loc[position], frame.loc[position + 2]
    assert (read["actor_id"], read["city"]) == (row["provider_id"], "MG")
    assert read["res_financial"] == pytest.approx(row["collected_brl"] * 0.01 / 6.38)
    assert read["res_human"] == pytest.approx(row["staff_equivalent_total"] / 20)
    assert read["res_data"] == pytest.approx(2 + row["macrometering_index_pct"] / 50)
    assert read["dig_current_use"] == pytest.approx((row["metering_index_pct"] * 3 + 200) / 7)
    assert read["eq_tariff_ratio"] == pytest.approx(row["avg_tariff_water_brl_m3"] / 2.37)
    rural = 1 - row["pop_urban_served_water"] / row["pop_served_water"]
    assert read["eq_unserved_reach"] == pytest.approx(rural)
    growth = row["active_connections"] / row["active_connections_prev_year"] - 1
    assert read["eq_extension_commitment"] == pytest.approx(min(max(2 + 40 * growth, 1), 4))
    loss = row["losses_distribution_pct"]
    assert read["eq_environment"] == pytest.approx(min(max(4.6 - 0.06 * loss, 1), 4))


def test_zero_where_it_means_not_declared_is_not_known(inventories):
    frame = inventories["br-water-by-state"]
    raw = pd.read_csv(EXAMPLES / "br_water_providers_2021.csv").set_axis(frame.index)
    for criterion, column in (
        ("res_financial", "collected_brl"),
        ("eq_tariff_ratio", "avg_tariff_water_brl_m3"),
        ("eq_environment", "losses_distribution_pct"),
    ):
        assert frame.loc[raw[column] == 0, criterion].isna().all()
        assert (raw[column] == 0).sum() > 5


def test_one_macrometering_index_beyond_100_is_cut_and_counted(inventories):
    reading = reading_of(inventories["br-water-by-state"])
    limited = {c.criterion: c.limited for c in reading.criteria}
    assert limited["res_data"] == 1
    assert limited["eq_tariff_ratio"] == 42


def test_ids_that_look_like_numbers_stay_text(inventories):
    ids = inventories["br-waste-by-municipality"]["actor_id"]
    assert {"4.516", "4", "1.200.204.000"} <= set(ids)
    assert ids.is_unique


def test_pickers_associations_are_of_the_social_economy_and_others_unknown(inventories):
    frame = inventories["br-waste-by-municipality"]
    assert frame["sse"].value_counts(dropna=False).to_dict() == {
        False: 4201,
        True: 1196,
        pd.NA: 133,
    }
    assert set(frame.loc[frame["sse"].eq(True).fillna(value=False), "actor_type"]) == {
        "small_informal_operator"
    }
    assert frame["actor_type"].isna().sum() == 133


def test_several_kinds_of_actors_compete_in_712_municipalities(inventories):
    frame = inventories["br-waste-by-municipality"]
    kinds = frame.groupby("city")["actor_type"].nunique()
    assert (kinds >= 2).sum() == 712


def test_providers_of_sewerage_only_are_in_the_frame_and_no_candidates(inventories):
    frame = inventories["br-water-by-state"]
    assert set(frame.loc[frame["outside"], "services"]) == {"sanitation"}
    assert set(frame.loc[~frame["outside"], "services"]) == {"water", "water; sanitation"}
    assert not frame["is_focal"].any()
