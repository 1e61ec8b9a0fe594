"""Rows at fault: all of them told, none of them ranked, and nothing else moved by them."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermcda.batch import parts as parts_module
from partnermcda.batch import running
from partnermcda.errors import InventoryError

from .registers import (
    OWN,
    actors_of,
    assert_same,
    batch,
    contents,
    in_memory,
    lay,
    own,
    plain,
    write,
)

FEW = settings(max_examples=10)


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr(parts_module, "BLOCK", 80)
    monkeypatch.setattr(parts_module, "PART", 60)


def put(table, column, row, value):
    """Put a value into a cell; rows are counted from 1."""
    values = table[column].to_pylist()
    values[row - 1] = value
    kind = table[column].type
    return table.set_column(table.column_names.index(column), column, pa.array(values, kind))


def spoiled(table):
    """Five rows at fault in four ways, two of them for one id given twice; and those rows."""
    table = put(table, "res_technical", 3, 9.0)
    table = put(table, "dig_current_use", 3, -1.0)
    table = put(table, "actor_id", 20, None)
    table = put(table, "actor_type", 41, "martian")
    cities = table["city"].to_pylist()
    twice = next(row for row in range(100, len(table)) if cities[row - 1] == cities[row])
    table = put(table, "actor_id", twice, table["actor_id"][twice].as_py())
    return table, {3, 20, 41, twice, twice + 1}


def told(error):
    return [(f.code, dict(f.details)) for f in error.value.findings]


def without(table, rows):
    return table.filter(pa.array([row not in rows for row in range(1, len(table) + 1)]))


@pytest.fixture
def table():
    return plain()


@pytest.mark.parametrize("layout", ["one file", "shuffled"])
def test_rows_at_fault_are_left_out_as_if_they_had_not_been_there(tmp_path, table, layout):
    wrong, rows = spoiled(table)
    done = batch(lay(wrong, tmp_path / "source", layout), tmp_path / "ranked", max_faults=5)
    assert_same(actors_of(tmp_path / "ranked"), in_memory(without(wrong, rows)))
    assert (done.tally.rows, done.tally.faulty) == (len(wrong), 5)
    assert done.tally.faults == {
        "inventory.impossible": 2,
        "inventory.missing": 1,
        "inventory.unknown_type": 1,
        "inventory.duplicate": 1,
    }


@FEW
@given(st.dictionaries(st.integers(1, 60), st.sampled_from(["high", "id", "twice"]), min_size=1))
def test_whichever_rows_are_at_fault_the_others_do_not_move(tmp_path_factory, spoil):
    folder = tmp_path_factory.mktemp("faults")
    table, rows = plain(60), set(spoil)
    for row, how in spoil.items():
        if how == "high":
            table = put(table, "res_technical", row, 9.0)
        elif how == "id":
            table = put(table, "actor_id", row, None)
        elif row < len(table) and table["city"][row - 1] == table["city"][row]:
            table = put(table, "actor_id", row, table["actor_id"][row].as_py())
            rows |= {row + 1} if table["actor_id"][row].is_valid else set()
        else:
            table = put(table, "actor_id", row, None)
    ids, cities = table["actor_id"].to_pylist(), table["city"].to_pylist()
    keys = list(zip(cities, ids, strict=True))
    wrong = {
        row
        for row, key in enumerate(keys, start=1)
        if key[1] is None or spoil.get(row) == "high" or keys.count(key) > 1
    }
    write(table, folder / "register.parquet")
    done = batch(folder / "register.parquet", folder / "ranked", max_faults=1000)
    expected = in_memory(without(table, wrong), set_aside=done.set_aside)
    assert_same(actors_of(folder / "ranked"), expected)
    assert done.tally.faulty == len(wrong)


def test_every_fault_is_listed_with_row_column_and_value(tmp_path, table):
    wrong, rows = spoiled(table)
    batch(lay(wrong, tmp_path / "source"), tmp_path / "ranked", max_faults=5)
    listed = pq.read_table(tmp_path / "ranked" / "_faults.parquet").to_pylist()
    places = {(line["kind"], line["row"], line["column"], line["value"]) for line in listed}
    twice = max(rows)
    assert {place for place in places if place[0] != "inventory.duplicate"} == {
        ("inventory.impossible", 3, "res_technical", "9"),
        ("inventory.impossible", 3, "dig_current_use", "-1"),
        ("inventory.missing", 20, "actor_id", None),
        ("inventory.unknown_type", 41, "actor_type", "martian"),
    }
    (duplicate,) = (line for line in listed if line["kind"] == "inventory.duplicate")
    assert duplicate["value"] == table["actor_id"][twice - 1].as_py()
    assert f"{twice - 1}, {twice}" in duplicate["found"]
    assert all(line["found"] and line["right"] for line in listed)


def test_rows_are_told_as_they_stand_in_the_register_after_sorting_too(tmp_path, table):
    wrong = pq.read_table(lay(spoiled(table)[0], tmp_path / "source", "shuffled"))
    batch(tmp_path / "source" / "register.parquet", tmp_path / "ranked", max_faults=5)
    listed = pq.read_table(tmp_path / "ranked" / "_faults.parquet").to_pylist()
    high = np.flatnonzero(pc.equal(wrong["res_technical"], 9.0).to_numpy(zero_copy_only=False))
    assert {x["row"] for x in listed if x["column"] == "res_technical"} == {int(high[0]) + 1}


def test_faults_are_told_in_the_language_asked_for(tmp_path, table):
    source = lay(spoiled(table)[0], tmp_path / "source")
    said = []
    for language in ("en", "fr"):
        batch(source, tmp_path / language, max_faults=5, language=language)
        said.append(pq.read_table(tmp_path / language / "_faults.parquet")["found"].to_pylist())
    assert all(en != fr for en, fr in zip(*said, strict=True))


@pytest.mark.parametrize("allowed", [0, 4])
def test_one_fault_too_many_and_nothing_is_ranked_and_the_old_result_stands(
    tmp_path, table, allowed
):
    batch(lay(plain(50), tmp_path / "old"), tmp_path / "ranked")
    before = contents(tmp_path / "ranked")
    source = lay(spoiled(table)[0], tmp_path / "source")
    with pytest.raises(InventoryError) as error:
        batch(source, tmp_path / "ranked", max_faults=allowed)
    assert contents(tmp_path / "ranked") == before
    beside = tmp_path / "ranked.faults.parquet"
    details = [finding.details for finding in error.value.findings]
    assert {(found["count"], found["listed"]) for found in details} == {(5, str(beside))}
    assert sum(1 + finding.more for finding in error.value.findings) == 5
    assert len(pq.read_table(beside)) == 5
    assert all(finding.text("en") != finding.text("fr") for finding in error.value.findings)


def test_after_a_refusal_nothing_of_the_run_is_left_but_the_list(tmp_path, table):
    source = lay(spoiled(table)[0], tmp_path / "source")
    with pytest.raises(InventoryError):
        batch(source, tmp_path / "ranked")
    left = [path for path in tmp_path.rglob("*") if path.is_file() and path != source]
    assert left == [tmp_path / "ranked.faults.parquet"]
    batch(source, tmp_path / "ranked", max_faults=5)
    assert (tmp_path / "ranked" / "_SUCCESS").exists()


def test_a_run_with_far_too_many_faults_stops_before_its_end(tmp_path, table, monkeypatch):
    monkeypatch.setattr(running, "_BEYOND", 20)
    column = table.column_names.index("res_technical")
    table = table.set_column(column, "res_technical", pa.array([9.0] * len(table)))
    with pytest.raises(InventoryError) as error:
        batch(lay(table, tmp_path / "source"), tmp_path / "ranked", threads=1)
    count = told(error)[0][1]["count"]
    assert 20 < count < len(table)
    assert len(pq.read_table(tmp_path / "ranked.faults.parquet")) == count


def test_a_column_that_cannot_be_settled_is_told_at_once(tmp_path):
    table = own()
    amounts = pa.array(["1.234", "5,678"] * (len(table) // 2) + [None] * (len(table) % 2))
    wrong = table.set_column(table.column_names.index("recettes"), "recettes", amounts)
    mixed = without(wrong, ())
    with pytest.raises(InventoryError) as error:
        batch(lay(mixed, tmp_path / "source", key="commune"), tmp_path / "ranked", mapping=OWN)
    with pytest.raises(InventoryError) as expected:
        in_memory(mixed, mapping=OWN)
    assert {f.code for f in error.value.findings} == {f.code for f in expected.value.findings}
    assert {f.column for f in error.value.findings} == {"recettes"}


def test_a_register_without_a_column_that_is_needed_is_refused(tmp_path, table):
    with pytest.raises(InventoryError) as error:
        batch(lay(table.drop_columns(["actor_id"]), tmp_path / "source"), tmp_path / "ranked")
    assert [f.code for f in error.value.findings] == ["inventory.column_absent"]
    assert not (tmp_path / "ranked").exists()


def test_where_everybody_is_at_fault_nobody_is_ranked(tmp_path, table):
    column = table.column_names.index("res_technical")
    table = table.set_column(column, "res_technical", pa.array([9.0] * len(table)))
    with pytest.raises(InventoryError) as error:
        batch(lay(table, tmp_path / "source"), tmp_path / "ranked", max_faults=1000)
    assert "rank.nobody" in [f.code for f in error.value.findings]
    assert not (tmp_path / "ranked").exists()


def test_currencies_that_never_meet_in_a_block_are_told_apart_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(parts_module, "BLOCK", 1)  # each city is a block
    table = plain(100)
    half = table["city"].to_pylist().index(table["city"][len(table) // 2].as_py())
    amounts = pa.array(["5000 €"] * half + ["5000 CHF"] * (len(table) - half))
    mixed = table.set_column(table.column_names.index("res_financial"), "res_financial", amounts)
    with pytest.raises(InventoryError) as error:
        batch(lay(mixed, tmp_path / "source"), tmp_path / "ranked")
    assert {finding.code for finding in error.value.findings} == {"inventory.mixed_currencies"}
    assert not (tmp_path / "ranked").exists()
