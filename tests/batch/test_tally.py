"""Tallies of pieces add up, however they are put together."""

import json
from collections import Counter
from dataclasses import asdict, replace

from hypothesis import given
from hypothesis import strategies as st

from partnermcda.batch.tally import Tally
from partnermcda.errors import Finding

COUNT = st.integers(0, 10**9)
COUNTS = st.dictionaries(st.sampled_from(["a", "b", "c"]), COUNT)
NOTES = st.lists(
    st.builds(
        lambda code, column, count: Finding(code, {"count": count, "found": "x"}, column=column),
        st.sampled_from(["inventory.invisible", "inventory.percent_share"]),
        st.sampled_from(["", "res_data", "res_human"]),
        st.integers(0, 1000),
    ),
    max_size=4,
).map(tuple)
NUMBERS = ("rows", "faulty", "ranked", "cities", "possible_leaders", "certain_leaders")
TABLES = ("left_out", "known", "unknown", "limited", "undivided", "clipped", "faults")
# A tally tells every kind of note once a column, as a sum does.
TALLIES = st.builds(
    Tally, **dict.fromkeys(NUMBERS, COUNT), **dict.fromkeys(TABLES, COUNTS), notes=NOTES
).map(lambda tally: tally + Tally())


def counted(tally):
    """Everything but the order in which things are told."""
    notes = Counter()
    for note in tally.notes:
        notes[note.code, note.column] += note.details["count"]
    return {**asdict(replace(tally, notes=())), "notes": notes}


@given(TALLIES, TALLIES, TALLIES)
def test_sums_are_associative(a, b, c):
    assert (a + b) + c == a + (b + c)


@given(TALLIES)
def test_nothing_added_changes_nothing(tally):
    assert Tally() + tally == tally == tally + Tally()


@given(st.lists(TALLIES, max_size=5), st.data())
def test_the_order_of_pieces_changes_no_count(tallies, data):
    mixed = data.draw(st.permutations(tallies))
    assert counted(sum(tallies, Tally())) == counted(sum(mixed, Tally()))


@given(TALLIES, TALLIES)
def test_every_count_is_added(a, b):
    whole = a + b
    for name in NUMBERS:
        assert getattr(whole, name) == getattr(a, name) + getattr(b, name)
    for name in TABLES:
        x, y, sums = (getattr(tally, name) for tally in (a, b, whole))
        assert sums == {key: x.get(key, 0) + y.get(key, 0) for key in {*x, *y}}


@given(TALLIES, TALLIES)
def test_a_note_is_told_once_a_column_with_all_its_cells(a, b):
    notes = (a + b).notes
    places = [(note.code, note.column) for note in notes]
    assert len(places) == len(set(places))
    assert counted(a)["notes"] + counted(b)["notes"] == +counted(a + b)["notes"]


@given(TALLIES)
def test_a_tally_comes_back_from_a_file(tally):
    assert Tally.from_plain(json.loads(json.dumps(asdict(tally)))) == tally
