"""One block: a city's ranking hangs on nothing but its own rows."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import partnermcda as pm
from partnermcda.batch.block import rank_block
from partnermcda.batch.overview import CITIES, PILLARS
from partnermcda.batch.planning import Asked, plan_rows
from partnermcda.batch.step import as_table, numbered
from partnermcda.errors import MethodError
from partnermcda.output.tables import SCHEMA

from .registers import CATALOG, WEIGHTS, assert_same, in_memory, plain

FEW = settings(max_examples=15)
TABLE = plain(120)
NAMES = sorted(set(TABLE["city"].to_pylist()))


def step_for(table, **options):
    asked = {"method": "topsis", "unknown": "interval", "set_aside": ("res_data",), **options}
    rest = {"by": "city", "rank_roles": (), "gates": "show", "min_evidence": 0.0}
    rows = as_table(numbered(table, 1), "register.parquet")
    asked = Asked(**{**rest, **asked})
    return plan_rows(
        rows, CATALOG, WEIGHTS, None, asked, lambda plan, _: dict.fromkeys(plan.reads)
    ).step


STEP = step_for(TABLE)


def block(table, step=STEP, first=1):
    return rank_block(as_table(numbered(table, first), "register.parquet"), step)


WHOLE = block(TABLE)


def of(table, names):
    return table.filter(pc.is_in(table["city"], pa.array(names)))


@FEW
@given(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
def test_a_city_is_ranked_the_same_whatever_else_is_in_the_block(names):
    some = block(of(TABLE, names))
    assert_same(some.actors, of(WHOLE.actors, names))
    for side in ("cities", "pillars"):
        assert getattr(some, side).equals(of(getattr(WHOLE, side), names))


@FEW
@given(st.permutations(range(len(TABLE))))
def test_the_order_of_rows_changes_no_bit(order):
    mixed = block(TABLE.take(pa.array(order)))
    assert_same(mixed.actors, WHOLE.actors)
    assert mixed.cities.equals(WHOLE.cities)
    assert mixed.pillars.equals(WHOLE.pillars)
    assert mixed.tally == WHOLE.tally


@FEW
@given(st.sets(st.sampled_from(NAMES), min_size=1, max_size=len(NAMES) - 1))
def test_tallies_of_blocks_add_up_to_that_of_the_whole(names):
    rest = [name for name in NAMES if name not in names]
    assert block(of(TABLE, list(names))).tally + block(of(TABLE, rest)).tally == WHOLE.tally


def test_a_block_is_ranked_as_in_memory():
    assert_same(WHOLE.actors, in_memory(TABLE, set_aside=["res_data"]))


def test_equals_share_a_rank_and_stand_in_the_order_of_their_ids():
    ids = ["b", "a", "ä", "Z", "10", "9"]
    table = pa.table(
        {
            "city": ["Dakar"] * 6,
            "actor_id": ids,
            "actor": ids,
            "actor_type": ["ngo"] * 6,
            "res_technical": [3.0] * 6,
        }
    )
    found = block(table, step_for(table)).actors
    assert found["actor_id"].to_pylist() == sorted(ids)
    assert found["rank"].to_pylist() == [1] * 6


def test_nobody_to_rank_gives_tables_without_rows():
    none = pa.nulls(len(TABLE), pa.float64())
    numbers = [name for name in TABLE.column_names if TABLE[name].type == pa.float64()]
    silent = TABLE
    for name in numbers:
        silent = silent.set_column(silent.column_names.index(name), name, none)
    found = block(silent)
    assert found.actors.schema == SCHEMA
    assert (found.cities.schema, found.pillars.schema) == (CITIES, PILLARS)
    assert len(found.actors) == len(found.cities) == len(found.pillars) == 0
    assert found.tally.cities == found.tally.ranked == 0
    assert sum(found.tally.left_out.values()) == len(TABLE)


def test_what_a_method_cannot_take_is_told_with_the_ids_of_actors():
    with pytest.raises(MethodError) as told:
        block(TABLE, step_for(TABLE, method="weighted_product"))
    values = pm.evaluate(pm.read_inventory(TABLE, CATALOG), CATALOG)
    with pytest.raises(MethodError) as expected:
        pm.rank(values, WEIGHTS, "weighted_product", set_aside=["res_data"])
    assert {f.path for f in told.value.findings} <= set(TABLE["actor_id"].to_pylist())
    assert [(f.code, f.column) for f in told.value.findings] == [
        (f.code, f.column) for f in expected.value.findings
    ]


def test_rows_are_counted_as_the_user_counts_them():
    wrong = TABLE.set_column(
        TABLE.column_names.index("res_technical"),
        "res_technical",
        pa.array(np.where(np.arange(len(TABLE)) == 7, 9.0, 3.0)),
    )
    (fault,) = block(wrong, first=1001).faults
    assert (fault.row, fault.column, fault.code) == (1008, "res_technical", "inventory.impossible")
