"""Headers are matched with ids and labels in both languages; what matches nothing is told."""

import time
import unicodedata

import pandas as pd
import pytest

from partnermcda.errors import InventoryError
from partnermcda.inventory import read_inventory, reading_of
from tests.inventory.actors import CATALOG, actors, faults, read, told

BASE = {"actor_id": ["a"], "actor": ["A"], "actor_type": ["ngo"], "city": ["Dakar"]}
PARTS = [*CATALOG.criteria, *CATALOG.flags, *CATALOG.gates, *CATALOG.attributes]


def renamed(**names):
    return pd.DataFrame(BASE).rename(columns=names)


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("actor_id", "Identifiant"),
        ("actor_id", "ID"),
        ("actor_id", "actor-id"),
        ("actor_id", " Actor ID "),
        ("actor", "Nom"),
        ("actor", "ACTEUR"),
        ("actor", "Name"),
        ("actor_type", "Type d’acteur"),
        ("actor_type", "type d'acteur"),
        ("actor_type", "Type"),
        ("actor_type", "ACTOR  TYPE"),
        ("city", "Ville"),
        ("city", "commune"),
    ],
)
def test_the_columns_every_inventory_has_are_known_by_their_usual_names(name, header):
    frame = read_inventory(renamed(**{name: header}), CATALOG)
    assert frame.columns[:4].tolist() == ["actor_id", "actor", "actor_type", "city"]
    assert frame[name].tolist() == BASE[name]


def value(part):
    """Something that can be said of any of the catalog's columns."""
    return part.tiers[0].id if hasattr(part, "tiers") else "1"


@pytest.mark.parametrize(
    "header",
    [
        lambda part: part.id,
        lambda part: part.id.upper().replace("_", "-"),
        lambda part: part.label.en,
        lambda part: part.label.fr,
        lambda part: f" {part.label.fr.upper()} ",
        lambda part: unicodedata.normalize("NFD", part.label.fr).replace(" ", "_"),
    ],
)
def test_every_column_of_the_catalog_is_known_by_its_id_and_labels(header):
    frame = read(1, **{header(part): [value(part)] for part in PARTS})
    assert frame[[part.id for part in PARTS]].notna().all(axis=None)


def test_two_columns_of_one_meaning_are_a_fault():
    (fault,) = faults(1, res_human=[1], **{CATALOG.criterion("res_human").label.fr: [2]})
    assert fault.code == "inventory.matched_twice"
    assert fault.details["other"] == "res_human"


def test_an_unknown_column_is_told_with_the_nearest_name():
    (fault,) = faults(1, res_humain=[1])
    assert (fault.code, fault.column) == ("inventory.unknown_column", "res_humain")
    assert fault.details["name"] == "res_human"


@pytest.mark.parametrize("name", sorted(BASE))
def test_a_column_every_inventory_has_is_asked_for(name):
    with pytest.raises(InventoryError) as refused:
        read_inventory(pd.DataFrame(BASE).drop(columns=name), CATALOG)
    (fault,) = told(refused.value.findings)
    assert (fault.code, fault.details["name"]) == ("inventory.column_absent", name)
    assert name in fault.right("fr")


def test_of_very_many_unknown_columns_the_first_hundred_are_told_soon():
    began = time.perf_counter()
    found = faults(1, **{f"Dépenses de l'année {i} " + "x" * 200: [1] for i in range(1000)})
    assert time.perf_counter() - began < 4
    assert [f.code for f in found] == ["inventory.unknown_column"] * 100
    assert [f.more for f in found[-2:]] == [0, 900]
    assert {len(f.column) for f in found} == {80}
    assert max(len(f.text("en")) for f in found) < 400


def test_every_absent_column_is_told_in_one_go():
    with pytest.raises(InventoryError) as refused:
        read_inventory(pd.DataFrame({"a": [1], "b": [2]}), CATALOG)
    found = told(refused.value.findings)
    assert [f.column for f in found if f.code == "inventory.unknown_column"] == ["a", "b"]
    absent = [f.details["name"] for f in found if f.code == "inventory.column_absent"]
    assert absent == ["actor_id", "actor", "actor_type", "city"]


def test_an_absent_criterion_is_not_known_of_anybody():
    frame = read(2)
    assert frame[[c.id for c in CATALOG.criteria]].isna().all(axis=None)
    assert all(c.unknown == 2 and c.source == "" for c in reading_of(frame).criteria)


def test_the_frame_has_the_columns_of_the_catalog_in_its_order():
    frame = read_inventory(actors(1)[["city", "actor", "actor_type", "actor_id"]], CATALOG)
    assert frame.columns.tolist() == [
        *("actor_id", "actor", "actor_type", "city"),
        *(part.id for part in (*CATALOG.criteria, *CATALOG.flags)),
        *(part.id for part in (*CATALOG.gates, *CATALOG.attributes)),
        "outside",
    ]
    assert frame.index.name == "row"
    assert not frame["outside"].any()
