"""The catalog expects of each type what the guide says of it, and nothing where it is silent."""

import csv
from pathlib import Path

import pytest

SHORT = {"very_low": "VL", "low": "L", "medium": "M", "high": "H", "very_high": "VH"}
WITH_NOTE = {
    "traditional_company": {"res_financial", "dig_data_platform", "eq_tariff_ratio"},
    "start_up": {"res_financial", "res_field_reach"},
    "local_authority": {"res_data"},
    "population": {"res_field_reach", "eq_unserved_reach"},
    "small_informal_operator": {"dig_propensity", "eq_tariff_ratio"},
    "ngo": set(),
}


def table():
    path = Path(__file__).parent / "priors.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row.pop("criterion"): row for row in csv.DictReader(file)}


def cell(prior):
    if prior is None:
        return ""
    condition = f" if {prior.only_if}" if prior.only_if else ""
    return SHORT[prior.rating] + "~" * prior.inferred + condition


def test_every_cell_is_that_of_the_table(urban):
    found = {
        criterion.id: {t.id: cell(t.priors.get(criterion.id)) for t in urban.actor_types}
        for criterion in urban.criteria
    }
    assert found == table()


def test_forty_four_cells_are_rated_three_conditional_and_the_rest_silent(urban):
    priors = [prior for t in urban.actor_types for prior in t.priors.values()]
    conditional = [prior for prior in priors if prior.only_if]
    rated = [prior for prior in priors if not prior.only_if]
    assert len(urban.criteria) * len(urban.actor_types) == 120
    assert (len(rated), len(conditional), 120 - len(priors)) == (44, 3, 73)
    assert sum(prior.inferred for prior in rated) == 16
    assert {prior.only_if for prior in conditional} == {"sse"}


@pytest.mark.parametrize("criterion", ["res_financial", "res_human", "mot_knowledge"])
def test_money_people_and_knowledge_are_silent_for_all(urban, criterion):
    assert all(criterion not in t.priors for t in urban.actor_types)


def test_notes_on_silent_cells_are_kept(urban):
    assert {t.id: set(t.silent) for t in urban.actor_types} == WITH_NOTE


def test_every_prior_quotes_the_guide(urban):
    for actor_type in urban.actor_types:
        for prior in actor_type.priors.values():
            assert prior.guide.startswith("« ")
            assert prior.guide.count("«") == prior.guide.count("»")
