"""What is not possible does not pass, whoever made the frame; each cell is told with its place."""

import numpy as np
import pandas as pd
import pandera.pandas
import pytest

from partnermcda.catalog import SCALES, load_catalog
from partnermcda.errors import InventoryError
from partnermcda.inventory import check_inventory, inventory_schema, read_inventory
from tests.inventory.actors import CATALOG, actors, cells, faults, read, told

SCALE = {c.id: c.scale for c in CATALOG.criteria}


def refused(frame):
    with pytest.raises(InventoryError) as found:
        check_inventory(frame, CATALOG, "f.csv", "S")
    assert all((f.file, f.sheet) == ("f.csv", "S") for f in found.value.findings)
    return told(found.value.findings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("res_field_reach", 1.1),
        ("res_field_reach", -0.1),
        ("res_technical", 6),
        ("res_technical", 0),
        ("res_financial", -5),
        ("res_human", -1),
        ("dig_current_use", 101),
        ("dig_deploy_months", -1),
        ("eq_tariff_ratio", 0),
        ("eq_tariff_ratio", -2),
    ],
)
def test_what_is_not_possible_is_told_with_what_is(name, value):
    (fault,) = faults(2, **{name: [1, value]})
    assert (fault.code, fault.row, fault.column) == ("inventory.impossible", 2, name)
    assert fault.value == f"{value:g}"
    criterion = CATALOG.criterion(name)
    assert criterion.possible.interval() in fault.right("en")
    assert criterion.unit.fr in fault.right("fr")
    assert criterion.question.fr in fault.right("fr")


def test_the_column_is_told_as_the_user_named_it():
    label = CATALOG.criterion("res_technical").label.fr
    (fault,) = faults(1, **{label: ["6"]})
    assert (fault.column, fault.details["criterion"]) == (label, "res_technical")


@pytest.mark.parametrize("criterion", CATALOG.criteria, ids=lambda c: c.id)
def test_the_ends_of_a_scale_are_possible_and_values_beyond_the_bounds_are_not_cut(criterion):
    scale = SCALES[criterion.scale]
    least = np.nextafter(0, 1) if scale.above else scale.minimum
    most = 1e300 if np.isinf(scale.maximum) else scale.maximum
    assert read(2, **{criterion.id: [least, most]})[criterion.id].tolist() == [least, most]


def test_an_inventory_without_actors_is_refused():
    with pytest.raises(InventoryError) as found:
        read_inventory(actors(0), CATALOG)
    told(found.value.findings)


def test_a_frame_that_was_read_passes_and_the_schema_is_pandera_s():
    frame = read(2, res_human=[1, None])
    check_inventory(frame, CATALOG)
    schema = inventory_schema(CATALOG)
    assert isinstance(schema, pandera.pandas.DataFrameSchema)
    assert list(schema.validate(frame).columns) == list(frame.columns)
    assert not any(check.element_wise for c in schema.columns.values() for check in c.checks)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda f: f.drop(columns="res_data"), "inventory.frame_lacks"),
        (lambda f: f.assign(more=1), "inventory.frame_unknown"),
        (lambda f: pd.concat([f, f[["res_data"]]], axis=1), "inventory.frame_repeats"),
        (lambda f: f.assign(res_data="x"), "inventory.frame_type"),
        (lambda f: f.assign(res_data=np.inf), "inventory.impossible"),
        (lambda f: f.assign(res_financial=np.inf), "inventory.impossible"),
        (lambda f: f.assign(power=-np.inf), "inventory.impossible_share"),
        (lambda f: f.assign(city=f["city"].where(f.index != 1)), "inventory.missing"),
        (lambda f: f.assign(city=f["city"].str.replace("Dakar", "")), "inventory.missing"),
        (lambda f: f.assign(actor_type=f["actor_type"] + "s"), "inventory.frame_word"),
        (lambda f: f.assign(actor_id=f["city"]), "inventory.duplicate"),
        (lambda f: f.iloc[:0], "inventory.empty"),
        (lambda f: f.assign(outside="no"), "inventory.frame_type"),
    ],
)
def test_a_frame_that_breaks_the_schema_is_refused(change, code):
    frame = read(2)
    assert {fault.code for fault in refused(change(frame))} == {code}


def test_faults_of_a_frame_carry_its_rows():
    frame = read(3)
    frame.loc[3, "res_technical"] = 7
    assert cells(refused(frame)) == [("inventory.impossible", 3, "7")]


def test_a_frame_whose_index_is_no_row_numbers_is_counted_from_1():
    frame = read(2).assign(res_technical=[1.0, 7.0]).set_axis(["x", "y"])
    assert cells(refused(frame)) == [("inventory.impossible", 2, "7")]


@pytest.mark.parametrize(
    "change",
    [
        lambda f: pd.concat([f.iloc[:1], f.iloc[:1].assign(actor_id="z", res_technical=7.0)]),
        lambda f: f.set_axis([0, 1]),
        lambda f: f.set_axis([4, 4]),
        lambda f: f.set_axis([1.5, 2.5]),
        lambda f: f.set_axis([None, None]),
        lambda f: f.set_axis(pd.array([4, None], dtype="Int64")),
        lambda f: f.set_axis(pd.MultiIndex.from_tuples([(1, 1), (1, 2)])),
        lambda f: f.set_axis(pd.to_datetime(["2026-01-01", "2026-01-02"])),
        lambda f: f.set_axis([True, False]),
    ],
)
def test_faults_of_a_frame_with_labels_that_are_no_rows_are_counted_from_1(change):
    frame = change(read(2).assign(res_technical=[1.0, 7.0]))
    assert cells(refused(frame)) == [("inventory.impossible", 2, "7")]


def test_the_error_is_short_however_many_cells_are_wrong():
    found = refused(read(500).assign(res_technical=9.0, res_human=-1.0))
    assert [(len(group), group[-1].more) for group in (found[:100], found[100:])] == [
        (100, 400),
        (100, 400),
    ]


def test_a_catalog_of_one_s_own_makes_its_own_schema(tmp_path):
    plain = load_catalog("urban-services")
    assert set(inventory_schema(plain).columns) == set(read(1).columns)
