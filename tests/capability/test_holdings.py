"""What each actor brings: the table of the docstring, line by line."""

import numpy as np
import pandas as pd
import pytest

import partnermcda as pm
from partnermcda.capability import holdings, needed
from partnermcda.capability.listed import entries_of

CATALOG = pm.load_catalog("urban-services")


def held(unknown="interval", **columns):
    count = max((len(values) for values in columns.values()), default=1)
    frame = pd.DataFrame(
        {
            "actor_id": [f"a{i}" for i in range(count)],
            "actor": [f"Actor {i}" for i in range(count)],
            "actor_type": ["ngo"] * count,
            "city": ["Dakar"] * count,
            **columns,
        }
    )
    return holdings(pm.read_inventory(frame, CATALOG), CATALOG, unknown)


def amounts(found, name):
    k = found.column(name)
    parts = found.low, found.mid, found.high, found.known
    return [tuple(part[i, k].item() for part in parts) for i in range(len(found.low))]


def test_what_is_summed_is_the_answer_and_from_nothing_to_the_bound_where_it_is_not_known():
    funds = amounts(held(res_financial=[50_000, 3_000_000, None]), "funds")
    assert funds[:2] == [(50_000,) * 3 + (True,), (3_000_000,) * 3 + (True,)]
    assert funds[2] == pytest.approx((0, 10**4.5, 10**6, False))


def test_data_of_other_kinds_than_asked_are_none_and_of_kinds_not_told_may_be():
    found = held(res_data=[5, 5, 5, None], data_kinds=["Supply; demand", "cost", None, "cost"])
    assert amounts(found, "demand_data") == [
        *((1, 1, 1, True), (0, 0, 0, True), (0, 0.5, 1, False), (0, 0, 0, True)),
    ]
    assert amounts(found, "supply_data")[3] == (0, 0.5, 1, False)


def test_a_guarantee_is_the_authoritys_by_role_or_anybodys_by_clause():
    found = held(
        actor_type=["local_authority", "ngo", "ngo", None],
        is_focal=[None, True, None, None],
        guarantees=[None, None, "tariff_guarantee", None],
    )
    assert amounts(found, "tariff_guarantee") == [
        *((1, 1, 1, True), (1, 1, 1, True), (1, 1, 1, True), (0, 0.5, 1, False)),
    ]
    assert amounts(found, "environmental_guarantee")[2] == (0, 0, 0, True)


def test_a_bridge_is_given_by_types_and_a_function_by_who_is_noted_for_it():
    found = held(
        actor_type=["start_up", "traditional_company", None],
        functions=["easy_payment", None, "complaint handling"],
    )
    assert amounts(found, "formal_informal_bridge") == [
        *((1, 1, 1, True), (0, 0, 0, True), (0, 0.5, 1, False)),
    ]
    assert amounts(found, "easy_payment") == [
        *((1, 1, 1, True), (0, 0.5, 1, False), (0, 0, 0, True)),
    ]


@pytest.mark.parametrize("unknown", ["interval", "prior"])
def test_amounts_are_in_order_and_the_same_where_known(unknown):
    rng = np.random.default_rng(4)
    answers = {
        c.id: np.where(rng.random(30) < 0.5, np.nan, rng.choice([c.low, c.high], 30))
        for c in CATALOG.criteria
    }
    found = held(unknown, actor_type=rng.choice([t.id for t in CATALOG.actor_types], 30), **answers)
    assert (found.low <= found.mid).all()
    assert (found.mid <= found.high).all()
    assert (found.low == found.high)[found.known].all()


def test_priors_narrow_what_is_not_known():
    wide, narrow = held("interval"), held("prior")
    assert (narrow.low >= wide.low).all()
    assert (narrow.high <= wide.high).all()
    assert (narrow.high - narrow.low < wide.high - wide.low).any()


def test_missing_answers_can_be_refused():
    with pytest.raises(pm.InventoryError):
        held("refuse")


def test_needs_are_in_the_units_of_what_is_brought():
    found = dict(
        zip([c.id for c in CATALOG.capabilities], needed(CATALOG, "balanced"), strict=True)
    )
    assert found["funds"] == pytest.approx(10**4.5)
    assert found["staff"] == pytest.approx(10**0.5)
    assert found["platform"] == 0.6
    assert found["easy_payment"] == 1
    own = needed(CATALOG, {"platform": 0.3, "easy_payment": 0})
    assert np.count_nonzero(own) == 6


def test_a_cover_is_the_share_of_the_need():
    found = held(res_financial=[10**4.5 / 4, 10**6], res_technical=[3, 1])
    need = needed(CATALOG, {"funds": 0.5, "engineering": 1.0})
    cover = found.cover(need)
    assert cover[:, found.column("funds")] == pytest.approx([0.25, 1])
    assert cover[:, found.column("engineering")] == pytest.approx([0.5, 0])
    assert (cover[:, found.column("platform")] == 1).all()


@pytest.mark.parametrize(
    ("needs", "codes"),
    [
        ("everything", ["capability.needs"]),
        (3, ["capability.needs_kind"]),
        (
            {"money": 0.5, "funds": 1.5, "staff": float("nan"), "platform": True},
            ["capability.capability", *["capability.level"] * 3],
        ),
    ],
)
def test_needs_that_cannot_be_are_refused_with_all_faults(needs, codes):
    with pytest.raises(pm.MethodError) as fault:
        needed(CATALOG, needs)
    assert [finding.code for finding in fault.value.findings] == codes


def test_lists_are_taken_apart_whatever_stands_between_and_however_they_are_written():
    assert entries_of(" Médina|PLATEAU;; medina, Grand-Yoff\n") == {
        "medina",
        "plateau",
        "grand yoff",
    }
    assert entries_of(" ; ") == frozenset()
