"""What is settled before the first row is ranked is what memory settles with all rows at hand."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import partnermcda as pm
from partnermcda.batch import rows
from partnermcda.batch import survey as module
from partnermcda.errors import InventoryError

from .registers import ASKED, CATALOG, WEIGHTS, batch, lay, plain, write

FEW = settings(max_examples=12)
RULES = st.sampled_from(["unobserved", "none", 0.0, 0.2, 0.5, 1.0, ("motivations",)])


def settled(table, folder, rule, **options):
    write(table, folder / "register.parquet")
    batch_done = batch(
        folder / "register.parquet", folder / "ranked", set_aside=rule, restart=True, **options
    )
    return batch_done.set_aside


def in_memory(table, rule, **options):
    values = pm.evaluate(pm.read_inventory(table, CATALOG), CATALOG)
    return pm.rank(values, WEIGHTS, set_aside=rule, **options).set_aside


@FEW
@given(RULES, st.lists(st.integers(0, 10), min_size=len(ASKED), max_size=len(ASKED)), st.data())
def test_the_same_criteria_are_set_aside_as_in_memory(tmp_path_factory, rule, tenths, data):
    roles = data.draw(st.sampled_from([(), ("focal_authority",)]))
    table = plain(60)
    for name, tenth in zip(ASKED, tenths, strict=True):
        answers = table[name].to_numpy(zero_copy_only=False)
        hidden = np.arange(len(table)) * 7 % 10 < tenth
        masked = pa.array(np.nan_to_num(answers, nan=1.0), mask=hidden | np.isnan(answers))
        table = table.set_column(table.column_names.index(name), name, masked)
    folder = tmp_path_factory.mktemp("survey")
    found = outcome(settled, table, folder, rule, rank_roles=roles)
    assert found == outcome(in_memory, table, rule, rank_roles=roles)


def outcome(settle, *args, **options):
    """What is set aside, or why nothing can be ranked."""
    try:
        return settle(*args, **options)
    except InventoryError as error:
        return [finding.code for finding in error.findings]


def test_what_only_those_know_who_are_not_ranked_is_set_aside(tmp_path):
    """Footers tell of no gap there: the rows themselves must be looked at, to the last."""
    table = plain(80)
    focal = np.arange(len(table)) < 10
    known = pa.array(np.full(len(table), 3.0), mask=~focal)
    table = table.set_column(table.column_names.index("is_focal"), "is_focal", pa.array(focal))
    table = table.set_column(table.column_names.index("res_technical"), "res_technical", known)
    assert "res_technical" in settled(table, tmp_path, "unobserved")
    assert settled(table, tmp_path, "unobserved") == in_memory(table, "unobserved")


def test_rows_are_looked_at_only_until_every_criterion_is_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(rows, "BLOCK", 10)
    looked = []
    read = module.read_block

    def counted(table, step):
        looked.append(len(table.frame))
        return read(table, step)

    monkeypatch.setattr(module, "read_block", counted)
    source = lay(plain(gaps=0.1), tmp_path / "source")
    batch(source, tmp_path / "ranked")
    assert 1 <= len(looked) <= 3
    looked.clear()
    batch(source, tmp_path / "ranked", set_aside=0.5)
    assert sum(looked) == len(plain())


@pytest.mark.parametrize(("layout", "together"), [("several files", True), ("grouped", False)])
def test_rows_that_do_not_come_in_the_order_of_cities_are_found(tmp_path, layout, together):
    table = plain(gaps=0.1)
    source = lay(table, tmp_path / "source", layout)
    assert batch(source, tmp_path / "ranked").together == together
