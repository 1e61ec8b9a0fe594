"""A coalition of an inventory: who can be in it, what it covers, and what is told."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import partnermcda as pm
from partnermcda.alliances import coalition, coalitions, pareto

CATALOG = pm.load_catalog("urban-services")
NOTHING_ALWAYS = {c.id: 0 for c in CATALOG.capabilities if c.always}


def inventory(**columns):
    count = max(len(values) for values in columns.values())
    frame = {
        "actor_id": list("abcdefgh")[:count],
        "actor": [f"Actor {i}" for i in range(count)],
        "actor_type": ["ngo"] * count,
        "city": ["Dakar"] * count,
    }
    return pm.read_inventory(pd.DataFrame({**frame, **columns}), CATALOG)


def found(columns, needs, **options):
    return coalition(inventory(**columns), CATALOG, {**NOTHING_ALWAYS, **needs}, **options)


def random_inventory(seed, count=8, cities=1):
    rng = np.random.default_rng(seed)
    m = count * cities
    columns = {
        c.id: np.where(rng.random(m) < 0.5, np.nan, rng.choice([c.low, c.high], m))
        for c in CATALOG.criteria
    }
    frame = pd.DataFrame(
        {
            "actor_id": [f"a{i % count}" for i in range(m)],
            "actor": [f"Actor {i}" for i in range(m)],
            "actor_type": rng.choice([t.id for t in CATALOG.actor_types], m),
            "city": [f"City {i // count}" for i in range(m)],
            "districts": rng.choice(["north", "south; east", None], m),
            "data_kinds": rng.choice(["supply", "demand", None], m),
            **columns,
        }
    )
    return pm.read_inventory(frame, CATALOG)


def codes(fault):
    return [finding.code for finding in fault.value.findings]


def notes(result):
    return [note.code for note in result.notes]


def test_money_adds_up_and_the_best_skill_counts():
    columns = {"res_financial": [10_000, 21_623, 500], "res_technical": [5, 2, 4]}
    result = found(columns, {"funds": 0.5, "engineering": 1.0})
    assert result.members() == ("a", "b")
    assert result.best.cover == pytest.approx([1, 1], abs=1e-4)
    assert result.best.proven


def test_districts_are_counted_once_and_a_share_alone_is_the_least_it_can_be():
    columns = {
        "districts": ["north; south", "South; east", None],
        "res_field_reach": [None, None, 0.7],
    }
    result = found(columns, {"field_coverage": 1.0}, must_have=["a", "b"], size=2)
    assert result.best.cover == pytest.approx([1])
    assert notes(result) == ["coalition.districts"]
    mixed = found(columns, {"field_coverage": 1.0}, must_have=["a", "c"], size=2)
    assert mixed.best.cover == pytest.approx([0.7])
    assert mixed.best.cover_high == pytest.approx([1])
    assert notes(mixed) == ["coalition.districts", "coalition.shares"]
    told = found(columns, {"field_coverage": 1.0}, districts=["north", "West"], must_have=["a"])
    assert told.needs_frame()["cover_low"].tolist() == pytest.approx([0.7])


def test_a_company_and_an_informal_operator_need_a_bridge_and_nobody_else_does():
    columns = {
        "actor_type": ["traditional_company", "small_informal_operator", "start_up"],
        "res_technical": [5, 1, 1],
        "eq_demand_voice": [1, 5, 1],
        "dig_innovation": [1, 1, 1],
    }
    needs = {"engineering": 1.0, "users_voice": 1.0, "formal_informal_bridge": 1.0}
    assert found(columns, needs, size=2).best.cover.min() == 0
    assert found(columns, needs).members() == ("a", "b", "c")
    alone = found(columns, {**needs, "users_voice": 0.0})
    assert alone.members() == ("a",)
    assert alone.best.cover.tolist() == [1, 1]


def test_who_alone_brings_something_is_told_with_what_is_lost():
    columns = {"res_technical": [5, 1], "eq_demand_voice": [3, 5]}
    frame = found(columns, {"engineering": 1.0, "users_voice": 1.0}).to_frame()
    assert frame["only_brings"].tolist() == ["engineering 1.00", "users_voice 0.50"]
    assert frame["loss"].tolist() == pytest.approx([0.5 - 0.01, 0.25 - 0.01])


def test_an_open_need_names_who_could_fill_it_if_more_were_known():
    columns = {"res_technical": [3, None, 2], "eq_demand_voice": [5, 1, 1]}
    result = found(columns, {"engineering": 1.0, "users_voice": 1.0})
    assert result.members() == ("a",)
    needs = result.needs_frame()
    assert needs["open"].tolist() == [True, False]
    assert needs["could_fill"].tolist() == ["b", ""]


def test_actors_who_fail_a_gate_or_lie_outside_are_left_out_and_counted():
    columns = {"res_technical": [5, 4], "gate_integrity": ["excluded", "clear"]}
    result = found(columns, {"engineering": 1.0})
    assert result.members() == ("b",)
    assert notes(result) == ["coalition.gates"]
    assert found(columns, {"engineering": 1.0}, gates="show").members() == ("a",)


def test_entries_of_lists_that_nothing_asks_for_are_told():
    columns = {"res_data": [5], "data_kinds": ["offre; demand"], "districts": ["offre"]}
    result = found(columns, {"demand_data": 1.0})
    assert notes(result) == ["coalition.unread"]
    assert result.notes[0].details["words"] == "offre"


def test_demands_that_cannot_be_met_are_named_the_fewest_there_are():
    columns = {"res_technical": [5, 4, 3], "gate_integrity": ["excluded", "clear", "clear"]}
    with pytest.raises(pm.MethodError) as fault:
        found(columns, {"engineering": 1.0}, size=1, must_have=["a", "b", "c"])
    assert codes(fault) == [
        *("coalition.infeasible", "coalition.demand_must", "coalition.demand_gates"),
    ]
    assert "'a' must take part" in str(fault.value)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            {"size": 0, "best": True, "penalty": -1, "robust": "luck", "gates": "open"},
            ["coalition.count"] * 2 + ["coalition.amount"] + ["coalition.option"] * 2,
        ),
        ({"robust": "expected"}, ["draws.rng"]),
        ({"budget": 3}, ["coalition.no_cost"]),
        ({"must_have": "a", "incompatible": [("a", "a")]}, ["coalition.names", "coalition.pairs"]),
        ({"must_not": ["z"], "city": "Dakar"}, ["coalition.no_actor"]),
        ({"city": "Thiès"}, ["coalition.no_city"]),
        ({"cost": {"a": -1, "z": 2}}, ["coalition.cost", "coalition.cost_nobody"]),
        ({"cost": {"a": 1}}, ["coalition.cost_missing"]),
        ({"cost": [1.0]}, ["coalition.cost_shape"]),
        (
            {"weights": {"funds": 1, "engineering": -1}},
            ["coalition.weight_name", "coalition.weight"],
        ),
        ({"weights": {"engineering": 0}}, ["coalition.weights_zero"]),
    ],
)
def test_what_cannot_be_asked_is_refused_with_all_faults(options, expected):
    with pytest.raises(pm.MethodError) as fault:
        found({"res_technical": [5, 4]}, {"engineering": 1.0}, **options)
    assert codes(fault) == expected


def test_nothing_needed_and_several_cities_are_refused():
    with pytest.raises(pm.MethodError) as fault:
        found({"res_technical": [5]}, {})
    assert codes(fault) == ["coalition.nothing_needed"]
    with pytest.raises(pm.MethodError) as fault:
        coalition(random_inventory(1, cities=2), CATALOG, "balanced")
    assert codes(fault) == ["coalition.which_city"]


@settings(max_examples=12)
@given(st.integers(0, 2**32 - 1))
def test_the_worst_case_is_at_most_the_nominal_and_covers_lie_in_their_intervals(seed):
    actors = random_inventory(seed)
    nominal = coalition(actors, CATALOG, "balanced", size=4, robust="nominal")
    worst = coalition(actors, CATALOG, "balanced", size=4, robust="worst")
    assert worst.best.value <= nominal.best.value + 1e-9
    for plan in (nominal.best, worst.best):
        assert (plan.cover_low <= plan.cover + 1e-12).all()
        assert (plan.cover <= plan.cover_high + 1e-12).all()
    kept = nominal.best.cover_low @ nominal.ground.weights
    assert worst.best.value >= kept - 0.01 * (len(nominal.best.rows) - 1) - 1e-9


def test_the_expected_value_is_drawn_from_a_seed_and_has_its_error():
    actors = random_inventory(2, count=6)
    first, same, other = (
        coalition(actors, CATALOG, "balanced", size=2, robust="expected", draws=8, rng=rng)
        for rng in (1, 1, 2)
    )
    assert first.best.value == same.best.value != other.best.value
    assert first.best.standard_error > 0
    assert "coalition.drawn" in notes(first)


def test_the_order_of_rows_changes_nothing():
    actors = random_inventory(3)
    turned = actors.iloc[::-1]
    first, second = (coalition(a, CATALOG, "balanced", size=3, best=3) for a in (actors, turned))
    assert [first.members(p) for p in (1, 2, 3)] == [second.members(p) for p in (1, 2, 3)]
    pd.testing.assert_frame_equal(first.to_frame(), second.to_frame())


def test_all_cities_are_those_found_one_by_one_whatever_the_number_of_processes():
    actors = random_inventory(5, cities=3)
    heard = []
    together = coalitions(
        actors,
        CATALOG,
        "balanced",
        size=3,
        must_have=["a0"],
        enough=0.95,
        processes=1,
        on_progress=lambda done, total: heard.append((done, total)),
    )
    apart = coalitions(actors, CATALOG, "balanced", size=3, must_have=["a0"], enough=0.95)
    pd.testing.assert_frame_equal(together.to_frame(), apart.to_frame())
    assert heard == [(1, 3), (2, 3), (3, 3)]
    for one in together.cities:
        alone = coalition(actors, CATALOG, "balanced", city=one.city, size=3, must_have=["a0"])
        assert one.coalition.members() == alone.members()
    assert len(together.members_frame()) == sum(len(o.coalition.members()) for o in together.cities)
    assert len(together.needs_frame()) == 15 * 3


def test_a_city_out_of_reach_says_what_is_short_and_one_without_a_coalition_says_why():
    actors = inventory(
        city=["Dakar", "Thiès", "Louga"],
        res_technical=[5, 2, 5],
        gate_integrity=["clear", "clear", "excluded"],
    )
    needs = {**NOTHING_ALWAYS, "engineering": 1.0}
    result = coalitions(actors, CATALOG, needs, processes=1)
    frame = result.to_frame().set_index("city")
    assert frame["reached"].to_dict() == {"Dakar": True, "Louga": False, "Thiès": False}
    assert frame["short"].to_dict() == {"Dakar": "", "Louga": "", "Thiès": "engineering"}
    assert "fails a gate" in frame.loc["Louga", "reason"]
    assert result.out_of_reach() == ("Louga", "Thiès")
    assert result["Thiès"].most == pytest.approx(0.25)
    with pytest.raises(pm.MethodError) as fault:
        coalitions(actors, CATALOG, needs, must_have=["z"])
    assert codes(fault) == ["coalition.stranger"]
    with pytest.raises(pm.MethodError) as fault:
        coalitions(actors, CATALOG, needs, enough=2, processes=0)
    assert codes(fault) == ["coalition.enough", "coalition.count"]


@pytest.mark.parametrize("seed", range(3))
def test_no_point_of_the_front_is_beaten_and_each_is_the_best_of_its_size_and_cost(seed):
    actors = random_inventory(seed, count=6)
    rng = np.random.default_rng(seed)
    cost = {f"a{i}": float(rng.integers(1, 6)) for i in range(6)}
    front = pareto(actors, CATALOG, "balanced", size=3, cost=cost, gates="show")
    points = list(zip(front.coverage, map(len, front.sets), front.cost, strict=True))
    assert sorted(points, key=lambda p: p[1:]) == points
    for i, (covers, members, spent) in enumerate(points):
        others = points[:i] + points[i + 1 :]
        assert not any(c >= covers and n <= members and s <= spent for c, n, s in others)
        same = coalition(
            actors,
            CATALOG,
            "balanced",
            size=members,
            cost=cost,
            budget=spent,
            penalty=0,
            gates="show",
        )
        assert same.best.value == pytest.approx(covers, abs=1e-7)
    assert front.to_frame()["coverage"].tolist() == list(front.coverage)


def test_what_hangs_on_answers_nobody_has_given_is_told():
    needs = {"engineering": 0.5, "staff": 0.5}
    told = {"coalition.not_certain", "coalition.certain_only"}
    assert not told & {*notes(found({"res_technical": [5], "res_human": [20]}, needs))}
    for robust, code in (("nominal", "coalition.not_certain"), ("worst", "coalition.certain_only")):
        half = found({"res_technical": [5], "res_human": [None]}, needs, robust=robust)
        (note,) = (note for note in half.notes if note.code in told)
        assert note.code == code
        assert {name: said["en"] for name, said in note.details.items()} == {
            "told": "100%",
            "certain": "50%",
        }


def test_of_whom_nothing_is_known_nobody_is_made_a_partner_unless_the_middle_is_asked_for():
    columns = {"res_technical": [None, 3], "eq_demand_voice": [None, 2]}
    needs = {"engineering": 1.0, "users_voice": 1.0}
    certain = found(columns, needs)
    assert certain.members() == ("b",)
    assert certain.needs_frame()["could_fill"].tolist() == ["a", "a"]
    supposed = found(columns, needs, robust="nominal")
    assert supposed.members() == ("a",)
    assert supposed.best.only.min() > 0


def test_where_nothing_is_certain_nobody_is_called_the_best():
    assert "coalition.nothing_covered" in notes(
        found({"res_technical": [None, None]}, {"engineering": 1.0})
    )
    assert "coalition.nothing_covered" not in notes(
        found({"res_technical": [2, None]}, {"engineering": 1.0})
    )


def test_a_budget_is_held_against_the_column_of_costs():
    columns = {"res_technical": [5, 3], "cost": [900, 100]}
    assert found(columns, {"engineering": 1.0}, budget=500).members() == ("b",)
    assert found(columns, {"engineering": 1.0}, budget=900).to_frame()["cost"].tolist() == [900]
    assert found(columns, {"engineering": 1.0}).to_frame()["cost"].tolist() == [0]
    given = found(columns, {"engineering": 1.0}, budget=500, cost={"a": 400, "b": 1})
    assert given.members() == ("a",)
    with pytest.raises(pm.MethodError) as fault:
        found({**columns, "cost": [900, None]}, {"engineering": 1.0}, budget=900)
    assert codes(fault) == ["coalition.cost_missing"]


def test_districts_are_told_city_by_city():
    actors = random_inventory(4, cities=2)
    names = sorted(actors["city"].unique())
    here = {names[0]: ["d1", "d9"]}
    both = coalitions(actors, CATALOG, "balanced", size=2, districts=here, processes=1)
    for city in names:
        alone = coalition(actors, CATALOG, "balanced", city=city, size=2, districts=here.get(city))
        pd.testing.assert_frame_equal(both[city].coalition.to_frame(), alone.to_frame())
    for districts, code in ((["d1"], "coalition.by_city"), ({"Nowhere": []}, "coalition.no_city")):
        with pytest.raises(pm.MethodError) as fault:
            coalitions(actors, CATALOG, "balanced", districts=districts, processes=1)
        assert codes(fault) == [code]
