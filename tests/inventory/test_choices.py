"""Types, flags and gates are read in any spelling of the catalog's words, and nothing else."""

import numpy as np
import pandas as pd
import pytest

from tests.inventory.actors import CATALOG, faults, notes, read

SPOKEN = [
    (word, kind.id)
    for kind in CATALOG.actor_types
    for word in (kind.id, kind.label.en, kind.label.fr, *kind.synonyms)
]


@pytest.mark.parametrize("change", [str, str.upper, lambda word: f" {word.replace(' ', '-')} "])
def test_every_word_for_a_type_is_read_as_the_type(change):
    frame = read(len(SPOKEN), actor_type=[change(word) for word, _ in SPOKEN])
    assert frame["actor_type"].tolist() == [kind for _, kind in SPOKEN]


def test_spellings_that_are_not_the_id_are_counted():
    frame = read(3, actor_type=["ngo", "ONG", "Start-up"])
    note = notes(frame)["inventory.spelling"]
    assert (note.details["count"], note.value, note.details["meaning"]) == (2, "ONG", "ngo")
    assert "inventory.spelling" not in notes(read(2, actor_type=["ngo", "start_up"]))


def test_an_unknown_type_is_told_with_the_nearest_and_how_often():
    (fault,) = faults(3, actor_type=["ngo", "star-up", "star-up"])
    assert (fault.code, fault.row, fault.value) == ("inventory.unknown_type", 2, "star-up")
    assert fault.details["nearest"] == "start_up"
    assert fault.details["count"] == 2


def test_an_empty_type_is_not_known_and_counted():
    frame = read(4, actor_type=pd.Series(["ngo", None, "", "inconnu"], dtype=object))
    assert frame["actor_type"].isna().tolist() == [False, True, True, True]
    assert notes(frame)["inventory.type_not_known"].details["count"] == 3


def test_at_most_100_unknown_types_are_listed():
    found = faults(130, actor_type=[f"kind {i}" for i in range(130)])
    assert (len(found), found[-1].more) == (100, 30)


@pytest.mark.parametrize(
    "values",
    [
        ["oui", "non", None],
        ["Yes", "NO", ""],
        ["vrai", "faux", "n/a"],
        ["true", "false", "?"],
        ["1", "0", None],
        [1.0, 0.0, np.nan],
        [True, False, None],
        pd.array([True, False, None], dtype="boolean"),
    ],
)
def test_a_flag_is_read_in_every_form(values):
    frame = read(3, sse=pd.Series(values))
    assert str(frame["sse"].dtype) == "boolean"
    assert frame["sse"].iloc[:2].tolist() == [True, False]
    assert frame["sse"].isna().tolist() == [False, False, True]


@pytest.mark.parametrize("value", ["peut-être", "2", "x"])
def test_a_flag_that_is_neither_yes_nor_no_is_a_fault(value):
    (fault,) = faults(2, sse=["oui", value])
    assert (fault.code, fault.row, fault.value) == ("inventory.unknown_flag", 2, value)


@pytest.mark.parametrize("gate", CATALOG.gates, ids=lambda gate: gate.id)
def test_a_gate_is_read_by_id_or_label(gate):
    words = [w for t in gate.tiers for w in (t.id, t.label.en, t.label.fr)]
    ids = [t.id for t in gate.tiers for _ in range(3)]
    assert read(len(words), **{gate.id: words})[gate.id].tolist() == ids
    (fault,) = faults(1, **{gate.id: ["certainly"]})
    assert fault.code == "inventory.unknown_tier"
    assert gate.tiers[0].id in fault.right("fr")


def test_a_cost_is_money_and_never_negative():
    assert read(2, cost=["12 000 €", "800 €"])["cost"].tolist() == [12_000.0, 800.0]
    assert [f.code for f in faults(2, cost=[-5, 1])] == ["inventory.impossible"]
    assert [f.code for f in faults(2, cost=["5 EUR", "1 USD"])] == ["inventory.mixed_currencies"]
    assert [f.code for f in faults(2, cost=["dear", "1"])] == ["inventory.not_a_number"]


def test_attributes_are_text_and_shares():
    frame = read(2, services=["water; waste", None], power=["50 %", "0.25"])
    assert frame["services"].iloc[0] == "water; waste"
    assert pd.isna(frame["services"].iloc[1])
    assert frame["power"].tolist() == [0.5, 0.25]
    assert [f.code for f in faults(2, power=[1.5, 0.5])] == ["inventory.impossible_share"]
    assert [f.code for f in faults(2, power=["much", "0.5"])] == ["inventory.not_a_number"]
