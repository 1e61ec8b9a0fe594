"""Rows of a register read piece by piece say what they say when all are read at once."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermcda.evaluation import measure
from partnermcda.inventory import read_inventory
from partnermcda.inventory.ledger import Ledger
from partnermcda.inventory.planning import plan_for
from partnermcda.inventory.rows import read_rows
from partnermcda.tables import Table, read_table
from tests.inventory.actors import CATALOG, actors

REGISTER = actors(
    9,
    actor_type=["ngo", "ONG", None, "start_up", "population", "n/a", "ngo", "ngo", "ngo"],
    city=["Dakar", "Thiès", "Rio"] * 3,
    res_technical=[4, None, 1, 2, 5, None, None, 3, 4],
    res_financial=["1.234,50", "", "12", "7,5", "n/a", "3", "4", "5", "6"],
    mot_cause=["high", "élevé", "3", "", "1", "2", "3", "4", "5"],
    is_focal=["yes", "no", "", "", "oui", "", "", "", ""],
    gate_integrity=[None] * 9,
    power=[0.5, None, 1.0, 0.0, 0.25, 0.5, 0.5, 0.5, 0.5],
)


def part(start, stop, frame=REGISTER, mapping=None):
    """Rows and ledger of a part of a register."""
    whole = read_table(frame)
    table = Table(whole.frame.iloc[start:stop], whole.file, whole.sheet, whole.kind)
    ledger = Ledger("", "", table.frame.index, most=1000)
    plan = plan_for(table, CATALOG, mapping, ledger)
    signs = dict.fromkeys(table.frame.columns, "comma")
    return read_rows(table, plan, CATALOG, signs, ledger), ledger


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 9), max_size=4))
def test_pieces_one_behind_the_other_are_the_inventory_and_its_values(cuts):
    borders = [0, *sorted(cuts), 9]
    pieces = [part(a, b)[0] for a, b in pairwise(borders)]
    whole = read_inventory(REGISTER, CATALOG)
    whole.attrs = {}
    filled = [piece.frame for piece in pieces if len(piece.frame)]
    pd.testing.assert_frame_equal(pd.concat(filled), whole)
    expected = measure(whole, CATALOG, "prior")
    found = [measure(piece.frame, CATALOG, "prior") for piece in pieces]
    for name in ("low", "mid", "high", "evidence", "roles", "gates", "outside"):
        joined = np.concatenate([getattr(each, name) for each in found])
        assert (joined == getattr(expected, name)).all()


def test_no_rows_at_all_are_read_and_measured_without_a_fault():
    rows, ledger = part(0, 0)
    assert (len(rows.frame), ledger.faults) == (0, [])
    assert measure(rows.frame, CATALOG, "interval").low.shape == (0, len(CATALOG.entries))


def test_faults_stand_in_the_ledger_each_of_them_where_all_are_wanted():
    wrong = actors(150, res_technical=[9] * 150, power=[2.0] * 150)
    rows, ledger = part(0, 150, wrong)
    assert [fault.row for fault in ledger.faults] == [*range(1, 151)] * 2
    assert len(rows.frame) == 150


@pytest.mark.parametrize(("start", "seen"), [(0, True), (1, False)])
def test_a_part_tells_which_of_the_values_kept_it_has_seen(start, seen):
    titles = {"en": "A register", "fr": "Un registre"}
    mapping = {
        "format": "partnermcda-mapping/1",
        "mapping": "a-register",
        "version": "1.0.0",
        "catalog": "urban-services",
        "title": titles,
        "source": titles,
        "columns": {n: {"column": n} for n in ("actor_id", "actor", "actor_type", "city")},
        "criteria": {},
        "keep": [{"column": "city", "values": ["Dakar", "Rio"]}],
    }
    rows, ledger = part(start, 3, mapping=mapping)
    assert rows.seen == {("city", "Dakar"): seen, ("city", "Rio"): True}
    assert rows.outside.tolist() == [False, True, False][start:]
    assert "mapping.keep_unseen" not in {note.code for note in ledger.notes}
