"""Who complements whom: the gain of a pair, what each brings, and which pairs are told."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermcda.capability import holdings, needed
from partnermcda.stakeholders import ecosystem
from tests.stakeholders.worlds import CATALOG, completed, inventories, read

COVER = {c.id: c.cover for c in CATALOG.capabilities}


def together(cover, a, b):
    """Share of a need that two cover together, by the rule for it."""
    best, summed = max(a, b), min(1, a + b)
    return {"sum": summed, "union": (best + summed) / 2}.get(cover, best)


def brute(inventory, needs="balanced"):
    """Gain of every pair, by the formula."""
    found, need = holdings(inventory, CATALOG), needed(CATALOG, needs)
    asked = [k for k, c in enumerate(found.capabilities) if need[k] > 0 and COVER[c] != "bridge"]
    shares = found.cover(need)[:, asked]
    covers = [COVER[found.capabilities[k]] for k in asked]
    gains = {}
    for i, j in combinations(range(len(inventory)), 2):
        if inventory["city"].iloc[i] == inventory["city"].iloc[j]:
            both = np.mean([together(*x) for x in zip(covers, shares[i], shares[j], strict=True)])
            gain = both - max(shares[i].mean(), shares[j].mean())
            pair = frozenset(inventory["actor_id"].iloc[[i, j]])
            gains[pair] = gain
    return gains


def by_pair(edges, column="gain"):
    return {
        (a, b): x for a, b, x in zip(edges["from_id"], edges["to_id"], edges[column], strict=True)
    }


@given(inventories(2, 7), st.sampled_from(["balanced", "expand_unserved", "improve_efficiency"]))
@settings(max_examples=7, deadline=None)
def test_the_gain_is_what_both_cover_beyond_the_better_of_them(inventory, needs):
    edges = ecosystem(inventory, CATALOG, needs=needs, most=99).edges
    told, true = by_pair(edges), brute(inventory, needs)
    pairs = {frozenset(pair) for pair in told}
    assert pairs >= {pair for pair, gain in true.items() if gain > 1e-11}
    assert pairs <= {pair for pair, gain in true.items() if gain > 1e-13}
    for pair, gain in told.items():
        assert gain == pytest.approx(true[frozenset(pair)], abs=1e-12)
        assert gain > 0
        assert gain == told[pair[::-1]]


@given(inventories(2, 6), st.integers(0, 2**32 - 1))
@settings(max_examples=7, deadline=None)
def test_the_true_gain_lies_between_its_bounds_and_what_is_certain_is_brought(inventory, seed):
    edges = ecosystem(inventory, CATALOG, most=99).edges
    full = completed(inventory, seed)
    true = brute(full)
    later = by_pair(ecosystem(full, CATALOG, most=99).edges, "capabilities")
    for row in edges.to_dict("records"):
        pair = row["from_id"], row["to_id"]
        assert row["gain_low"] - 1e-12 <= true[frozenset(pair)] <= row["gain_high"] + 1e-12
        assert row["gain_low"] <= row["gain"] + 1e-12
        assert row["gain"] <= row["gain_high"] + 1e-12
        certain = set(row["certain"].split("; ")) - {""}
        assert certain <= set(row["capabilities"].split("; "))
        if pair in later:
            assert certain <= set(later[pair].split("; "))


@given(inventories(2, 7), st.integers(0, 3))
@settings(max_examples=7, deadline=None)
def test_each_actor_keeps_its_strongest_partners_and_what_is_cut_is_counted(inventory, most):
    every = ecosystem(inventory, CATALOG, most=99).edges
    found = ecosystem(inventory, CATALOG, most=most)
    kept = {frozenset(pair) for pair in by_pair(found.edges)}
    chosen = set()
    for _, own in every.groupby("from_id"):
        sure = own["gain_low"] > 0
        key = np.where(sure, 2 + own["gain_low"], own["gain"])
        best = own.assign(key=key).sort_values(["key", "to_id"], ascending=[False, True])[:most]
        chosen |= {frozenset(pair) for pair in zip(best["from_id"], best["to_id"], strict=True)}
    assert kept == chosen
    cut = [n for n in found.notes if n.code == "ecosystem.cut"]
    if most and len(every) > len(found.edges):
        assert cut[0].details == {"kept": len(kept), "found": len(every) // 2, "most": most}
    else:
        assert not cut


def same(a, b):
    for name in ("actors", "layers", "edges"):
        pd.testing.assert_frame_equal(getattr(a, name), getattr(b, name))


@given(inventories(1, 8), st.randoms(use_true_random=False))
@settings(max_examples=7, deadline=None)
def test_the_order_of_rows_does_not_matter(inventory, random):
    order = list(range(len(inventory)))
    random.shuffle(order)
    straight, shuffled = (ecosystem(x, CATALOG, most=2) for x in (inventory, inventory.iloc[order]))
    same(straight, shuffled)
    assert straight.notes == shuffled.notes


@given(inventories(1, 8))
@settings(max_examples=7, deadline=None)
def test_many_cities_are_mapped_as_each_alone(inventory):
    all_at_once = ecosystem(inventory, CATALOG, most=2)
    cities = [city for _, city in inventory.groupby("city")]
    alone = [ecosystem(city, CATALOG, most=2) for city in cities]
    for name in ("actors", "layers", "edges"):
        joined = pd.concat([getattr(found, name) for found in alone], ignore_index=True)
        pd.testing.assert_frame_equal(getattr(all_at_once, name), joined, check_dtype=False)


@given(inventories(1, 6))
@settings(max_examples=8, deadline=None)
def test_one_map_of_all_is_that_of_one_city(inventory):
    inventory["actor_id"] = [f"b{i}" for i in range(len(inventory))]
    inventory["actor_id"] = inventory["actor_id"].astype("string[pyarrow]")
    joined = inventory.assign(city=inventory["city"].where(inventory["city"] == "", "one"))
    together, city = ecosystem(inventory, CATALOG, by=None), ecosystem(joined, CATALOG)
    assert together.by == ""
    assert by_pair(together.edges) == by_pair(city.edges)
    assert set(together.edges["city"]) | set(together.layers["city"]) == {""}
    assert together.layers["actors"].tolist() == city.layers["actors"].tolist()


def test_many_cities_of_many_sizes_are_cut_into_blocks_without_a_trace(monkeypatch):
    rng = np.random.default_rng(1)
    rows = [
        {
            "city": f"c{rng.integers(6)}",
            "res_technical": rng.uniform(1, 5),
            "eq_demand_voice": rng.uniform(1, 5),
            "res_financial": rng.uniform(1, 1e6),
        }
        for _ in range(60)
    ]
    inventory = read(*rows)
    whole = ecosystem(inventory, CATALOG)
    monkeypatch.setattr("partnermcda.stakeholders.edges._BLOCK", 7)
    same(whole, ecosystem(inventory, CATALOG))


def test_funds_add_up_and_skill_does_not():
    rows = {"res_financial": 2e4, "res_technical": 3}, {"res_financial": 1e4, "res_technical": 3}
    edges = ecosystem(read(*rows), CATALOG, needs={"funds": 0.5, "engineering": 1}).edges
    assert edges["certain"].tolist() == ["funds", "funds"]
    need = needed(CATALOG, {"funds": 0.5})[0]
    # Seven count: these two, two guarantees, three functions; the bridge does not.
    assert edges["gain"][0] == pytest.approx(1e4 / need / 7)


def test_silence_is_no_lack_and_no_gift():
    edges = ecosystem(read({"res_technical": 5}, {"eq_demand_voice": 5}), CATALOG).edges
    assert edges["gain_low"].max() == 0
    assert set(edges["certain"]) == {""}
    sure = {"res_technical": 5, "eq_demand_voice": 1}, {"res_technical": 1, "eq_demand_voice": 5}
    edges = ecosystem(read(*sure), CATALOG).edges
    assert edges["certain"].tolist() == ["engineering", "users_voice"]
    assert edges["gain_low"].min() > 0


def test_more_actors_than_can_be_paired_are_refused_by_city(monkeypatch):
    monkeypatch.setattr("partnermcda.stakeholders.mapmaking.LARGEST", 1)
    inventory = read({}, {}, {"city": "Lomé"})
    with pytest.raises(Exception, match="2 actors of one map \\(Dakar\\)"):
        ecosystem(inventory, CATALOG)
    assert len(ecosystem(inventory, CATALOG, most=0).edges) == 0


def test_what_the_map_shows_is_said_in_both_languages():
    rows = {"actor_type": "local_authority"}, {"res_technical": 5, "power": 0.1, "interest": 1}
    found = ecosystem(read(*rows), CATALOG)
    assert found.in_words(catalog=CATALOG).splitlines() == [
        "Actors on the map: 2; cities: 1.",
        "Power and interest: manage closely 1, keep informed 1.",
        "Salience: undecided 2.",
        "Needed, and nobody there: Connectivity; cities: 1 of 1.",
        "Needed, and nobody there: Sensors and devices; cities: 1 of 1.",
        "Needed, and nobody there: Analysis and control; cities: 1 of 1.",
        "Needed, and nobody there: Services and interfaces; cities: 1 of 1.",
        "Pairs that complement each other, the strongest: 1.",
    ]
    french = found.in_words("fr", catalog=CATALOG)
    assert "Pouvoir et intérêt : gérer de près 1, tenir informé 1." in french
    assert "connectivity" in found.in_words("fr")


def test_notes_tell_what_was_derived_and_what_hangs_on_the_unknown():
    found = ecosystem(read({"power": 0.5}, {}), CATALOG)
    derived = {
        n.details["name"]: n.details["count"] for n in found.notes if n.code == "ecosystem.derived"
    }
    assert derived == {"power": 1, "interest": 2, "legitimacy": 2, "urgency": 2}
    (left,) = [n for n in found.notes if n.code == "ecosystem.open"]
    assert (left.details["quadrant"], left.details["salience"]) == (2, 2)
    for note in found.notes:
        assert note.text("en") != note.text("fr")
