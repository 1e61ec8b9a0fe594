"""Layers of the digital city: who sits where, which are empty, and when that is told."""

import pytest
from hypothesis import given, settings

from partnermcda.catalog import Catalog
from partnermcda.errors import InventoryError
from partnermcda.stakeholders import ecosystem
from tests.stakeholders.worlds import CATALOG, LAYERS, inventories, read

USUAL = {
    kind.id: {y.id for y in CATALOG.layers if kind.id in y.types} for kind in CATALOG.actor_types
}


def seats(actor):
    return set(actor["layers"].split("; ")) - {""}


@given(inventories())
@settings(max_examples=15, deadline=None)
def test_an_actor_sits_where_that_was_noted_else_where_its_type_does(inventory):
    actors = ecosystem(inventory, CATALOG, most=0).actors.set_index("actor_id")
    for row in inventory.to_dict("records"):
        noted = set((row["layers"] if isinstance(row["layers"], str) else "").split("; ")) - {""}
        found = actors.loc[row["actor_id"]]
        assert seats(found) == (noted or USUAL[row["actor_type"]])
        assert found["layers_derived"] == (not noted)


@given(inventories())
@settings(max_examples=15, deadline=None)
def test_a_layer_is_empty_if_and_only_if_nobody_of_its_city_sits_there(inventory):
    found = ecosystem(inventory, CATALOG, most=0)
    cities = sorted(set(inventory["city"]))
    assert found.layers["city"].tolist() == [city for city in cities for _ in LAYERS]
    assert found.layers["layer"].tolist() == LAYERS * len(cities)
    for row in found.layers.to_dict("records"):
        here = found.actors[found.actors["city"] == row["city"]]
        there = here[[row["layer"] in seats(actor) for _, actor in here.iterrows()]]
        assert row["actors"] == len(there)
        assert row["given"] == (~there["layers_derived"]).sum()
        assert row["empty"] == (len(there) == 0)
        assert row["who"].split(" (+")[0] == "; ".join(there["actor"][:3])
        assert (" (+" in row["who"]) == (len(there) > 3)
        missing, by_type = row["empty"] and row["needed"], not row["empty"] and not row["given"]
        assert row["warning"] == "missing" * missing + "by_type" * by_type


def test_that_telecom_operators_are_missing_is_said_when_connectivity_is_needed():
    found = ecosystem(read({"actor_type": "start_up"}), CATALOG)
    (note,) = [n for n in found.notes if n.details.get("layer") == "connectivity"]
    assert note.code == "ecosystem.layer_unusual"
    assert "telecom operators" in note.right()
    assert "opérateurs télécoms" in note.right("fr")
    unused = dict.fromkeys((c.id for c in CATALOG.capabilities), 0.0)
    for needs in ({**unused, "funds": 0.5}, unused):
        found = ecosystem(read({"actor_type": "start_up"}), CATALOG, needs=needs)
        assert not any(n.code.startswith("ecosystem.layer_") for n in found.notes)
        assert set(found.layers["warning"]) == {"", "by_type"}
        assert not found.layers["needed"].any()


def test_a_layer_noted_fills_the_gap():
    rows = {"layers": "Connectivité"}, {"layers": "connectivity, DEVICES | uses society"}
    found = ecosystem(read(*rows), CATALOG)
    assert [seats(actor) for _, actor in found.actors.iterrows()] == [
        {"connectivity"},
        {"connectivity", "devices", "uses_society"},
    ]
    assert found.layers["given"].tolist() == [2, 1, 0, 0, 0, 1]
    layers = {n.details["layer"] for n in found.notes if "layer" in n.details}
    assert layers == {"data_integration", "analysis_control", "services_interfaces"}


def test_layers_that_are_not_there_are_refused_all_at_once_with_their_rows():
    with pytest.raises(InventoryError) as caught:
        ecosystem(read({}, {"layers": "conectivity; devices"}, {"layers": "clouds"}), CATALOG)
    told = [(f.row, f.value, f.details["nearest"]) for f in caught.value.findings]
    assert told[0] == (2, "conectivity", "connectivity")
    assert [row for row, _, _ in told] == [2, 3]


def test_a_list_without_entries_is_no_list():
    found = ecosystem(read({"layers": " ; "}), CATALOG).actors
    assert found["layers_derived"].tolist() == [True]


def test_who_has_neither_layer_nor_type_is_counted():
    found = ecosystem(read({"actor_type": None}, {}), CATALOG)
    (note,) = [n for n in found.notes if n.code == "ecosystem.nowhere"]
    assert (note.details["count"], note.details["actors"]) == (1, 2)


def test_a_catalog_without_layers_rules_and_capabilities_has_a_map_all_the_same():
    without = ("layers", "derived", "capabilities", "needs", "levers", "attributes")
    bare = Catalog(**{**CATALOG.model_dump(), **dict.fromkeys(without, ())})
    inventory = read({"res_technical": 5}).drop(columns=[a.id for a in CATALOG.attributes])
    found = ecosystem(inventory, bare, needs={})
    assert (len(found.layers), len(found.edges)) == (0, 0)
    assert found.actors["quadrants"][0].count(";") == 3
    assert found.actors["saliences"][0].count(";") == 7
    assert found.actors["layers"].tolist() == [""]
