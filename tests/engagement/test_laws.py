"""What holds of levers whoever the actors are and whatever is known of them."""

from itertools import product
from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermcda.engagement import engaging, levers
from partnermcda.inventory import read_inventory
from tests.engagement.actors import (
    ANSWERS,
    CATALOG,
    CRITERIA,
    LISTS,
    NAMES,
    found,
    frame,
    rows,
)

LEAN = settings(max_examples=12, deadline=None)
OPPOSED = {"complementary_partnership", "pilot_targeting"}
"""Levers of which one answer can pull two conditions opposite ways."""
RISING = [
    lever.id
    for lever in CATALOG.levers
    if lever.when
    and all(
        c.on in ("value", "pillar") and (c.ramp == "high" or c.at_least is not None)
        for group in lever.when
        for c in group
    )
]
SLACK = 1e-9
POSSIBLE = {**ANSWERS, **LISTS}


def same(one, other):
    """Whether two results are the same to the last bit."""
    pd.testing.assert_frame_equal(one.to_frame(), other.to_frame())
    for side in ("low", "mid", "high"):
        assert np.array_equal(getattr(one, side), getattr(other, side))


@LEAN
@given(rows(), st.integers(0, 2**32 - 1), st.sampled_from([0.3, 0.7, 1.0]))
def test_the_interval_holds_whichever_answers_become_known(actors, seed, share):
    before, rng = found(*actors), np.random.default_rng(seed)
    completed = []
    for actor in actors:
        unknown = [n for n in (*CRITERIA, *LISTS) if actor[n] is None]
        told = [n for n in unknown if rng.random() < share]
        drawn = {n: rng.choice(np.array(POSSIBLE[n], dtype=object)) for n in told}
        completed.append({**actor, **drawn})
    after = found(*completed)
    assert (after.low >= before.low - SLACK).all()
    assert (after.high <= before.high + SLACK).all()
    assert (after.low <= after.mid).all()
    assert (after.mid <= after.high).all()


@LEAN
@given(rows(most=1), st.lists(st.sampled_from(CRITERIA), min_size=1, max_size=4, unique=True))
def test_both_ends_of_the_interval_are_reached(actors, open_):
    (actor,) = actors
    settled = {n: ANSWERS[n][2] for n in CRITERIA if actor[n] is None and n not in open_}
    actor = {**actor, "gate_recognition": "associated", **settled, **dict.fromkeys(open_)}
    actor |= {"functions": "none", "data_kinds": "supply"}
    ends = [(None, ANSWERS[n][0], ANSWERS[n][-1]) for n in open_]
    every = [
        {**actor, **dict(zip(open_, answers, strict=True)), "city": f"c{i}"}
        for i, answers in enumerate(product(*ends))
    ]
    one, all_ = found(actor), found(*every)
    for j, name in enumerate(NAMES):
        if name not in OPPOSED | {"keep_informed"}:
            assert one.low[0, j] == pytest.approx(all_.mid[:, j].min(), abs=SLACK)
            assert one.high[0, j] == pytest.approx(all_.mid[:, j].max(), abs=SLACK)


def test_some_levers_only_rise():
    assert RISING == ["visibility_marketing", "knowledge_partnership"]


@LEAN
@given(rows(most=1), st.data())
def test_raising_a_value_never_lowers_a_lever_that_asks_for_much_only(actors, data):
    name = data.draw(st.sampled_from(CRITERIA))
    answers = (
        ANSWERS[name] if CATALOG.criterion(name).direction == "benefit" else ANSWERS[name][::-1]
    )
    low, high = sorted(data.draw(st.tuples(*[st.integers(0, 4)] * 2)))
    pair = [{**actors[0], name: answers[at], "city": str(at)} for at in (low, high)]
    result = found(*pair)
    columns = [NAMES.index(lever) for lever in RISING]
    for side in (result.low, result.mid, result.high):
        assert (side[0, columns] <= side[1, columns] + SLACK).all()


@LEAN
@given(rows(most=6), st.integers(1, 4))
def test_the_strongest_are_told_first_and_no_more_than_asked(actors, most):
    result = found(*actors, most=most)
    table = result.to_frame()
    for _, told in table.groupby("actor_id"):
        assert told["place"].tolist() == list(range(1, len(told) + 1))
        assert len(told) <= most
        assert told["strength"].is_monotonic_decreasing
        assert told["lever"].is_unique
    first = result.told.rows[:, None] == np.arange(len(actors))
    for row, mine in enumerate(first.T):
        told = result.told.levers[mine]
        left = [j for j in range(len(NAMES) - 1) if j not in told and result.high[row, j] >= 0.3]
        if left and len(told):
            assert len(told) == most
            assert result.mid[row, left].max() <= result.mid[row, told].min()


@LEAN
@given(rows(most=6))
def test_who_fails_the_integrity_gate_has_no_lever_and_is_nobodys_partner(actors):
    result = found(*actors)
    excluded = np.array([actor["gate_integrity"] == "excluded" for actor in actors])
    assert np.array_equal(result.stopped, excluded)
    assert not result.high[excluded].any()
    assert not np.isin(result.told.rows, np.flatnonzero(excluded)).any()
    assert not np.isin(result.partner, np.flatnonzero(excluded)).any()
    everyone = np.unique(result.told.rows)
    assert np.array_equal(everyone, np.flatnonzero(~excluded))


@LEAN
@given(rows(most=6, cities=("Dakar", "Thiès")), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(actors, random):
    inventory = frame(actors)
    shuffled = list(range(len(actors)))
    random.shuffle(shuffled)
    one, other = levers(inventory, CATALOG), levers(inventory.iloc[shuffled], CATALOG)
    pd.testing.assert_frame_equal(one.to_frame(), other.to_frame())
    assert np.array_equal(one.mid[shuffled], other.mid)


@LEAN
@given(rows(most=8, cities=("Dakar", "Pikine", "Thiès")))
def test_many_cities_are_the_same_as_one_by_one_and_in_blocks(actors):
    inventory = frame(actors)
    together = levers(inventory, CATALOG)
    with patch.object(engaging, "_BLOCK", 1):
        same(together, levers(inventory, CATALOG))
    alone = [levers(part, CATALOG).to_frame() for _, part in inventory.groupby("city")]
    pd.testing.assert_frame_equal(together.to_frame(), pd.concat(alone, ignore_index=True))


def gain(result_cover, i, j, summed, joined):
    """What two actors cover beyond the better of the two, counted one need at a time."""
    one, other = result_cover[i], result_cover[j]
    both = 0.0
    for a, b, adds, joins in zip(one, other, summed, joined, strict=True):
        if adds:
            both += min(1, a + b)
        elif joins:
            both += (max(a, b) + min(1, a + b)) / 2
        else:
            both += max(a, b)
    return (both - max(sum(one), sum(other))) / len(one)


@LEAN
@given(rows(most=6))
def test_the_partner_named_is_the_one_of_all_with_whom_most_is_gained(actors):
    from partnermcda.capability import holdings, needed

    inventory = frame(actors)
    result = levers(inventory, CATALOG)
    need = needed(CATALOG, "balanced")
    kinds = [c.cover for c in CATALOG.capabilities]
    asked = [k for k, kind in enumerate(kinds) if need[k] > 0 and kind != "bridge"]
    cover = holdings(inventory, CATALOG).cover(need)[:, asked]
    summed, joined = ([kinds[k] == kind for k in asked] for kind in ("sum", "union"))
    offered = [
        i
        for i, actor in enumerate(actors)
        if actor["actor_type"] not in ("local_authority", "population")
        and actor["gate_integrity"] != "excluded"
    ]
    table = result.to_frame().set_index("actor_id")
    pairs = table[table["lever"] == "complementary_partnership"]
    for i in range(len(actors)):
        if f"a{i}" in pairs.index:
            gains = {j: gain(cover, i, j, summed, joined) for j in offered if j != i}
            best = max(gains.values(), default=0.0)
            if best > 1e-6:
                assert gains[int(result.partner[i])] == pytest.approx(best)
                assert result.gain.mid[i] == pytest.approx(best)
                assert result.gain.low[i] <= best + SLACK
                assert result.gain.high[i] >= best - SLACK
            else:
                assert result.partner[i] == -1 or best > 0


@LEAN
@given(rows(most=3))
def test_a_prior_only_narrows(actors):
    open_, expected = found(*actors), found(*actors, unknown="prior")
    assert (expected.low >= open_.low - SLACK).all()
    assert (expected.high <= open_.high + SLACK).all()


def test_an_actor_outside_has_no_levers():
    inventory = frame([{}, {}])
    inventory["outside"] = [True, False]
    result = levers(inventory, CATALOG)
    assert result.actors.tolist() == ["a1"]
    assert next(note.code for note in result.notes) == "engagement.outside"


def test_reading_twice_gives_the_same():
    table = pd.DataFrame(
        {"actor_id": ["a"], "actor": ["A"], "actor_type": ["ngo"], "city": ["Dakar"]}
    )
    same(*(levers(read_inventory(table, CATALOG), CATALOG) for _ in range(2)))
