"""What is possible in an inventory: a pandera schema made from the catalog, and its verdict."""

import math
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from partnermcda.catalog import SCALES, Catalog, Criterion, Scale
from partnermcda.errors import InventoryError, capped, short
from partnermcda.inventory.identity import refuse_duplicates
from partnermcda.inventory.ledger import Ledger
from partnermcda.mapping.checks import units

TEXT: Final = pd.StringDtype("pyarrow")
_REQUIRED: Final = ("actor_id", "actor", "city")


def inventory_schema(catalog: Catalog) -> pa.DataFrameSchema:
    """Make the schema of an inventory from a catalog.

    Parameters
    ----------
    catalog : Catalog
        Whose criteria, flags, gates and attributes are columns of the inventory.

    Returns
    -------
    pandera.pandas.DataFrameSchema
        Of the frame :func:`read_inventory` returns. Not known is NaN or NA everywhere but in id,
        name and city. That ids are not repeated is held by :func:`check_inventory`.

    Examples
    --------
    >>> from partnermcda.catalog import load_catalog
    >>> schema = inventory_schema(load_catalog("urban-services"))
    >>> [str(check) for check in schema.columns["eq_environment"].checks]
    ['<Check greater_than_or_equal_to: greater_than_or_equal_to(1)>',
     '<Check less_than_or_equal_to: less_than_or_equal_to(5)>']
    """
    types = pa.Check.isin([kind.id for kind in catalog.actor_types])
    columns = {
        **{name: pa.Column(TEXT, pa.Check.ne("")) for name in _REQUIRED},
        "actor_type": pa.Column(TEXT, types, nullable=True),
        **{c.id: _numbers(c.possible) for c in catalog.criteria},
        **{flag.id: pa.Column("boolean", nullable=True) for flag in catalog.flags},
        **{
            gate.id: pa.Column(TEXT, pa.Check.isin([t.id for t in gate.tiers]), nullable=True)
            for gate in catalog.gates
        },
        **{
            attribute.id: _numbers(SCALES["share01"])
            if attribute.kind == "share01"
            else pa.Column(TEXT, nullable=True)
            for attribute in catalog.attributes
        },
        "outside": pa.Column(bool),
    }
    return pa.DataFrameSchema(columns, strict=True, unique_column_names=True)


def check_inventory(frame: pd.DataFrame, catalog: Catalog, file: str = "", sheet: str = "") -> None:
    """Refuse a frame that is not a checked inventory.

    Parameters
    ----------
    frame : DataFrame
        As :func:`read_inventory` returns it.
    catalog : Catalog
        The catalog it answers.
    file, sheet : str
        Where it comes from, for the findings.

    Raises
    ------
    InventoryError
        With every fault: columns missing, unknown or of another type, values that are not
        possible, ids repeated within a city, no rows.
    """
    rows = user_rows(frame)
    ledger = Ledger(file, sheet, rows)
    check_frame(frame.set_axis(rows), catalog, {}, ledger)
    if ledger.faults:
        raise InventoryError(capped(ledger.faults))


def user_rows(frame: pd.DataFrame) -> pd.Index:
    """Rows of a frame as the user counts them.

    Parameters
    ----------
    frame : DataFrame
        m actors.

    Returns
    -------
    (m,) Index of int
        The index of the frame where that can be row numbers; else positions, counted from 1.

    Examples
    --------
    >>> user_rows(pd.DataFrame(index=[2, 5])).tolist()
    [2, 5]
    >>> user_rows(pd.DataFrame(index=[2, 2])).tolist(), user_rows(pd.DataFrame(index=[0])).tolist()
    ([1, 2], [1])
    """
    labels = frame.index
    counted = pd.api.types.is_integer_dtype(labels.dtype) and not labels.hasnans
    if counted and labels.is_unique and (labels >= 1).all():
        return labels
    return pd.RangeIndex(1, len(frame) + 1)


def check_frame(
    frame: pd.DataFrame, catalog: Catalog, names: Mapping[str, str], ledger: Ledger
) -> None:
    """Put every fault of a frame into a ledger.

    Parameters
    ----------
    frame : DataFrame
    catalog : Catalog
    names : mapping of str to str
        Columns of the frame as the user named them, where that differs.
    ledger : Ledger
        Takes the faults, and notes on ids that are nearly the same.
    """
    if not len(frame):
        ledger.fault("inventory.empty")
    if not frame.columns.is_unique:
        for column in frame.columns[frame.columns.duplicated()].unique():
            ledger.fault("inventory.frame_repeats", column=str(column))
        return
    try:
        inventory_schema(catalog).validate(frame, lazy=True)
    except SchemaErrors as found:
        details = {c.id: _possible(c) for c in catalog.criteria}
        for (column, check), cases in _grouped(found.failure_cases):
            _tell(str(column), str(check), cases, details, names, ledger)
    if {"city", "actor_id"} <= set(frame.columns):
        refuse_duplicates(frame, names.get("actor_id", "actor_id"), ledger)


def _numbers(scale: Scale) -> pa.Column:
    low = pa.Check.gt if scale.above or math.isinf(scale.minimum) else pa.Check.ge
    high = pa.Check.lt if math.isinf(scale.maximum) else pa.Check.le
    return pa.Column(float, [low(scale.minimum), high(scale.maximum)], nullable=True)


def _possible(criterion: Criterion) -> dict[str, Any]:
    return {"interval": criterion.possible.interval(), **units(criterion)}


def _grouped(cases: pd.DataFrame) -> Any:
    # A fault of the whole frame names its column in the case, one of a column in `column`.
    frame_wide = cases["schema_context"] == "DataFrameSchema"
    column = cases["column"].where(~frame_wide, cases["failure_case"]).astype(str)
    check = cases["check"].astype(str)
    # Where the type is wrong, the other checks of the column fail for that reason alone.
    mistyped = column.isin(column[check.str.startswith("dtype")])
    told = ~mistyped | check.str.startswith("dtype")
    return cases[told].groupby([column[told], check[told]], sort=False)


_FRAME_WIDE: Final = {
    "column_in_dataframe": "inventory.frame_lacks",
    "column_in_schema": "inventory.frame_unknown",
}


def _tell(
    column: str,
    check: str,
    cases: pd.DataFrame,
    details: Mapping[str, Mapping[str, Any]],
    names: Mapping[str, str],
    ledger: Ledger,
) -> None:
    name = names.get(column, column)
    if check in _FRAME_WIDE:
        ledger.fault(_FRAME_WIDE[check], column=name)
    elif check.startswith("dtype"):
        found = short(cases["failure_case"].iloc[0])
        ledger.fault("inventory.frame_type", {"found": found}, column=name)
    else:
        code, facts = _meaning(column, check, details)

        def tell(case: int) -> None:
            row, value = int(cases["index"].iloc[case]), cases["failure_case"].iloc[case]
            place = {"row": row, "value": None if pd.isna(value) else short(value)}
            ledger.fault(code, facts, column=name, **place)

        ledger.each(range(len(cases)), tell)


def _meaning(
    column: str, check: str, details: Mapping[str, Mapping[str, Any]]
) -> tuple[str, Mapping[str, Any]]:
    if column in details:
        return "inventory.impossible", details[column]
    if check == "not_nullable" or check.startswith("not_equal_to"):
        return "inventory.missing", {}
    if check.startswith("isin"):
        return "inventory.frame_word", {}
    return "inventory.impossible_share", {}
