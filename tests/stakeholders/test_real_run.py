"""The map of 39 Brazilian cities lies beside its page as it is drawn today."""

from pathlib import Path

import pytest

import partnermcda as pm
from partnermcda.stakeholders import ecosystem
from tests.stakeholders.worlds import CATALOG

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


@pytest.fixture(scope="module")
def found():
    file, mapping = "br_waste_operators_2021.csv", "br-waste-by-municipality.yaml"
    register = pm.read_inventory(EXAMPLES / file, CATALOG, EXAMPLES / mapping)
    actors = register[register.groupby("city")["actor_type"].transform("nunique") == 3].copy()
    actors["is_focal"] = (actors["actor_type"] == "local_authority").astype("boolean")
    return ecosystem(actors, CATALOG, unknown="prior")


@pytest.mark.parametrize("name", ["actors", "layers", "edges"])
def test_the_tables_of_the_page_are_those_of_today(found, name):
    table = getattr(found, name)
    table = table[table["gain_low"] > 0] if name == "edges" else table
    written = (EXAMPLES / "partnership" / f"{name}.csv").read_text(encoding="utf-8")
    assert table.to_csv(index=False, float_format="%.4f") == written


def test_nobody_but_the_town_hall_has_a_certain_place(found):
    decided = found.actors[found.actors["quadrant"] != "undecided"]
    assert set(decided["actor_type"]) == {"local_authority"}
    assert set(found.actors["salience"]) == {"undecided"}
    empty = found.layers[found.layers["empty"]]
    assert (empty["layer"].unique().tolist(), len(empty)) == (["connectivity"], 39)
