"""Weights of which an order, bounds and linear statements are known: drawn, or refused in words."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.optimize import linprog

from partnermcda import core
from partnermcda.errors import MethodError, WeightsError
from partnermcda.weighing.conflicts import inner_weights
from partnermcda.weighing.space import WeightSpace
from partnermcda.weighing.space_statements import Said

SIZE = 20_000
RARE = 1e-6
SEEDS = st.integers(0, 2**32 - 1)
NAMES = ("cost", "reach", "speed", "trust")
TWICE = ({"cost": 1, "reach": -2}, ">=", 0)
SAME = ({"cost": 1, "reach": -1}, "==", 0)
WAYS = [
    {},
    {"order": [("cost", "reach"), ("cost", "speed")], "upper": {"trust": 0.5}},
    {"constraints": [TWICE, ({"cost": 1, "trust": 1}, "<=", 0.9)]},
    {"constraints": [SAME], "lower": {"speed": 0.1}},
    {"lower": {"speed": 0.25}, "upper": {"speed": 0.25}},
]
NUMBERS = st.integers(-3, 3)
CONSTRAINTS = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(NAMES), NUMBERS.filter(bool), min_size=1, max_size=3),
        st.sampled_from([">=", "<=", "=="]),
        st.integers(-6, 6).map(lambda halves: halves / 4),
    ),
    min_size=1,
    max_size=7,
)


def codes(error):
    return [finding.code for finding in error.value.findings]


def feasible(statements):
    """Whether some weights keep all of these."""
    loose = [one for one in statements if not one.equal]
    tight = [one for one in statements if one.equal]
    found = linprog(
        np.zeros(len(NAMES)),
        A_ub=np.stack([one.row for one in loose]) if loose else None,
        b_ub=[one.most for one in loose] if loose else None,
        A_eq=np.stack([np.ones(len(NAMES)), *(one.row for one in tight)]),
        b_eq=[1, *(one.most for one in tight)],
        bounds=(0, 1),
    )
    return found.status == 0


def keeps(statements, weights):
    sums = [weights @ one.row - one.most for one in statements]
    return all(
        (np.abs(sum_) if one.equal else sum_).max(initial=0) <= 1e-9
        for one, sum_ in zip(statements, sums, strict=True)
    )


@pytest.mark.parametrize("way", WAYS)
def test_draws_keep_what_is_said_and_come_again_from_a_seed(way):
    space = WeightSpace(NAMES, **way)
    draws = space.draw(9_000, 7)
    assert draws.names == space.names == NAMES
    assert draws.spread == "uniform"
    assert (draws.values >= 0).all()
    assert draws.values.sum(axis=1) == pytest.approx(1, abs=1e-11)
    assert keeps(
        Said(
            NAMES,
            *(
                way.get(key, kind)
                for key, kind in (("order", ()), ("lower", {}), ("upper", {}), ("constraints", ()))
            ),
        ).statements(),
        draws.values,
    )
    assert np.array_equal(space.draw(50, np.random.default_rng(7)).values, draws.values[:50])


def test_a_space_of_which_only_an_order_is_known_has_the_centroid_for_a_mean():
    draws = WeightSpace(NAMES, order=[NAMES]).draw(SIZE, 1).values
    assert draws.mean(axis=0) == pytest.approx(core.rank_order_centroid(4), abs=0.005)


def test_order_and_bounds_draw_the_very_weights_of_the_core():
    space = WeightSpace(NAMES, order=[("cost", "reach")], lower={"trust": 0.1}, upper={"cost": 0.6})
    lower, upper = np.array([0, 0, 0, 0.1]), np.array([0.6, 1, 1, 1])
    drawn = core.draw_weights(4, 500, 3, order=[(0, 1)], lower=lower, upper=upper)
    assert np.array_equal(space.draw(500, 3).values, drawn)


def test_a_ratio_is_uniform_over_the_triangle_that_is_left():
    draws = WeightSpace(NAMES[:3], constraints=[TWICE]).draw(SIZE, 2).values
    # Of the triangle above a line through one corner, all three corners count alike.
    assert draws.mean(axis=0) == pytest.approx([(1 + 2 / 3) / 3, 1 / 9, 1 / 3], abs=0.01)
    assert stats.kstest(draws[:, 2], stats.beta(1, 2).cdf).pvalue > RARE


def test_an_equation_takes_a_walk_that_tells_how_well_it_mixed():
    draws = WeightSpace(NAMES[:3], constraints=[SAME]).draw(SIZE, 3)
    (note,) = draws.notes
    assert note.code == "draws.walk"
    assert note.details["r_hat"] < 1.01
    assert SIZE / 2 <= note.details["worth"] <= SIZE
    assert draws.values[:, 0] == pytest.approx(draws.values[:, 1], abs=1e-9)
    assert stats.kstest(draws.values[:, 2], stats.uniform.cdf).pvalue > RARE


@pytest.mark.parametrize("way", [WAYS[0], WAYS[1], WAYS[2]])
def test_a_sobol_sequence_covers_the_weights_more_evenly(way):
    space = WeightSpace(NAMES, **way)
    exact = space.draw(400_000, 9).values.mean(axis=0)
    errors = {
        sequence: np.mean(
            [
                np.square(
                    space.draw(1024, seed, sequence=sequence).values.mean(axis=0) - exact
                ).sum()
                for seed in range(10)
            ]
        )
        for sequence in ("random", "sobol")
    }
    assert errors["sobol"] < errors["random"] / 2


def test_notes_tell_how_the_draws_came_about():
    space = WeightSpace(NAMES)
    assert [note.code for note in space.draw(8, 1).notes] == ["draws.exact"]
    even, odd = (space.draw(size, 1, sequence="sobol").notes for size in (8, 9))
    assert [note.code for note in even] == ["draws.exact", "draws.sobol"]
    assert odd[-1].text().endswith("take 16 draws")
    for note in (*odd, *WeightSpace(NAMES, constraints=[SAME]).draw(9, 1).notes):
        assert "{" not in note.text("en") + note.text("fr")


def test_a_sobol_sequence_cannot_walk():
    with pytest.raises(WeightsError) as caught:
        WeightSpace(NAMES, constraints=[SAME]).draw(8, 1, sequence="sobol")
    assert codes(caught) == ["draws.sobol_walk"]
    with pytest.raises(MethodError, match="the sequences are random, sobol"):
        WeightSpace(NAMES).draw(8, 1, sequence="halton")
    with pytest.raises(WeightsError) as caught:
        WeightSpace(NAMES).draw(-1, None)
    assert codes(caught) == ["draws.size", "draws.rng"]


@pytest.mark.parametrize(
    ("said", "clash"),
    [
        (
            {"lower": dict(zip(NAMES, (0.6, 0.3, 0.2, 0.05), strict=True))},
            "cost ≥ 0.6, reach ≥ 0.3, speed ≥ 0.2",
        ),
        (
            {"order": [NAMES], "upper": {"cost": 0.2}, "lower": {"trust": 0.1}},
            "cost ≥ reach, reach ≥ speed, speed ≥ trust, cost ≤ 0.2",
        ),
        (
            {
                "order": [("cost", "reach")],
                "constraints": [({"reach": 1, "cost": -1.5}, ">=", 0.1)],
                "lower": {"trust": 0.1},
            },
            "cost ≥ reach, reach - 1.5 cost ≥ 0.1",
        ),
        (
            {"constraints": [({"cost": 1}, "==", 0.5), ({"reach": 2}, ">=", 1.2)]},
            "cost = 0.5, 2 reach ≥ 1.2",
        ),
    ],
)
def test_of_what_clashes_the_fewest_statements_are_named(said, clash):
    with pytest.raises(WeightsError) as caught:
        WeightSpace(NAMES, **said)
    (finding,) = caught.value.findings
    assert finding.code == "draws.conflict"
    assert set(finding.details["statements"].split(", ")) == set(clash.split(", "))


@pytest.mark.parametrize(
    ("said", "clash"),
    [
        ({"lower": {"cost": 0.5, "reach": 0.5, "speed": 0}}, "cost ≥ 0.5, reach ≥ 0.5"),
        ({"constraints": [({"cost": 1, "reach": 1}, "==", 0)]}, "cost + reach = 0"),
        (
            {"constraints": [TWICE, ({"cost": 1, "reach": -2}, "<=", 0)], "lower": {"trust": 0.1}},
            "cost - 2 reach ≥ 0, cost - 2 reach ≤ 0",
        ),
    ],
)
def test_equalities_that_only_follow_are_named(said, clash):
    with pytest.raises(WeightsError) as caught:
        WeightSpace(NAMES, **said)
    (finding,) = caught.value.findings
    assert finding.code == "draws.no_room"
    assert set(finding.details["statements"].split(", ")) == set(clash.split(", "))


@settings(max_examples=60, deadline=None)
@given(CONSTRAINTS)
def test_statements_are_refused_just_when_no_weights_keep_them_by_a_set_as_small_as_any(said):
    statements = Said(NAMES, (), {}, {}, said).statements()
    try:
        weights = inner_weights(statements, len(NAMES))
    except WeightsError as error:
        (finding,) = error.findings
        if finding.code == "draws.conflict":
            assert not feasible(statements)
            count = finding.details["count"]
            smaller = [few for size in range(count) for few in combinations(statements, size)]
            assert all(feasible(few) for few in smaller)
        else:
            assert feasible(statements)
    else:
        assert weights.sum() == pytest.approx(1, abs=1e-12)
        assert keeps(statements, weights)


def test_where_the_search_takes_too_long_none_of_those_named_can_be_spared(monkeypatch):
    monkeypatch.setattr("partnermcda.weighing.conflicts._MOST_ROUNDS", 0)
    lower = dict(zip(NAMES, (0.05, 0.2, 0.3, 0.6), strict=True))
    with pytest.raises(WeightsError) as caught:
        WeightSpace(NAMES, lower=lower)
    named = caught.value.findings[0].details["statements"].split(", ")
    kept = {name: value for name, value in lower.items() if f"{name} ≥ {value}" in named}
    assert sum(kept.values()) > 1
    assert all(sum(kept.values()) - value <= 1 for value in kept.values())


@pytest.mark.parametrize("said", [({"cost": 1, "reach": -1}, "==", 0), ({"cost": 3}, "==", 0.6)])
def test_a_single_weight_vector_may_be_all_that_is_left(said):
    space = WeightSpace(("cost", "reach"), constraints=[said])
    draws = space.draw(5, 1).values
    assert draws == pytest.approx(np.tile(draws[0], (5, 1)), abs=0)


def test_statements_about_fixed_weights_alone_need_no_room():
    fixed = {"cost": 0.3, "reach": 0.3}
    space = WeightSpace(NAMES, order=[("cost", "reach")], lower=fixed, upper=fixed)
    assert (space.draw(20, 1).values[:, :2] == 0.3).all()
    with pytest.raises(
        WeightsError,
        match=r"cost ≥ reach, cost = 0\.2, reach = 0\.3",
    ):
        WeightSpace(
            NAMES,
            order=[("cost", "reach")],
            lower=fixed | {"cost": 0.2},
            upper=fixed | {"cost": 0.2},
        )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"names": ()}, ["draws.no_names"]),
        ({"names": ("cost", "reach", "cost")}, ["weights.repeated"]),
        ({"order": ("cost", "reach")}, ["draws.chain", "draws.chain"]),
        ({"order": 3}, ["draws.chain"]),
        ({"order": [("cost",), ("cost", "price")]}, ["draws.chain", "weights.unknown"]),
        ({"order": [("cost", "reach"), ("reach", "cost")]}, ["draws.circle"]),
        ({"lower": [0.1, 0.2]}, ["draws.bounds_by_name"]),
        (
            {"lower": {"price": 2}, "upper": {"cost": math.nan}},
            ["weights.unknown", "draws.lower", "draws.upper"],
        ),
        ({"constraints": TWICE}, ["draws.constraint"] * 3),
        ({"constraints": [({"cost": 0}, "==", 0)]}, ["draws.constraint"]),
        ({"constraints": [({"cost": 1}, "=", 0)]}, ["draws.constraint"]),
        ({"constraints": [({"cost": "1"}, ">=", 0)]}, ["draws.constraint"]),
        ({"constraints": [({"cost": 1}, ">=", math.inf), "cost"]}, ["draws.constraint"] * 2),
        ({"constraints": [({"price": 1}, ">=", 0)]}, ["weights.unknown"]),
    ],
)
def test_every_fault_of_what_is_said_is_told(said, expected):
    with pytest.raises(WeightsError) as caught:
        WeightSpace(**({"names": NAMES} | said))
    assert codes(caught) == expected
    assert "{" not in (caught.value.text("en") + caught.value.text("fr")).replace("{'", "")


@given(SEEDS)
def test_what_was_given_can_change_without_changing_the_space(seed):
    lower = {"cost": 0.2}
    space = WeightSpace(NAMES, lower=lower)
    before = space.draw(3, seed).values
    lower["cost"] = 0.9
    assert np.array_equal(space.draw(3, seed).values, before)
    assert len(space) == 4
