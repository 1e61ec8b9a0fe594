"""What is possible in an inventory: a pandera schema made from the catalog, and its verdict."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from partnermcda.catalog import Attribute, Catalog, Criterion
from partnermcda.errors import InventoryError, capped, short
from partnermcda.inventory.identity import refuse_duplicates
from partnermcda.inventory.ledger import Ledger
from partnermcda.inventory.possible import Possible, possible_columns
from partnermcda.mapping.checks import attribute_units, units


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
    return _schema(possible_columns(catalog))


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
    if not len(frame):
        ledger.fault("inventory.empty")
    checked = frame.set_axis(rows)
    # pandas would copy them with every column.
    checked.attrs = {}
    check_frame(checked, catalog, {}, ledger)
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
    if not frame.columns.is_unique:
        for column in frame.columns[frame.columns.duplicated()].unique():
            ledger.fault("inventory.frame_repeats", column=str(column))
        return
    columns = possible_columns(catalog)
    # pandera words what is wrong, and takes its time; that a column is sound is seen at a glance.
    doubtful = [
        name
        for name in frame.columns
        if name not in columns or not columns[name].plainly_holds(frame[name])
    ]
    wanted = {name: columns[name] for name in columns if name in doubtful or name not in frame}
    if doubtful or wanted:
        _validate(frame[doubtful], wanted, catalog, names, ledger)
    if {"city", "actor_id"} <= set(frame.columns):
        refuse_duplicates(frame, names.get("actor_id", "actor_id"), ledger)


def _validate(
    frame: pd.DataFrame,
    columns: Mapping[str, Possible],
    catalog: Catalog,
    names: Mapping[str, str],
    ledger: Ledger,
) -> None:
    try:
        _schema(columns).validate(frame, lazy=True)
    except SchemaErrors as found:
        details = {c.id: _possible(c) for c in catalog.criteria}
        details |= {a.id: _amount(a) for a in catalog.attributes if a.kind == "money"}
        for (column, check), cases in _grouped(found.failure_cases):
            _tell(str(column), str(check), cases, details, names, ledger)


def _schema(columns: Mapping[str, Possible]) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(
        {name: possible.column() for name, possible in columns.items()},
        strict=True,
        unique_column_names=True,
    )


def _possible(criterion: Criterion) -> dict[str, Any]:
    return {"interval": criterion.possible.interval(), **units(criterion)}


def _amount(attribute: Attribute) -> dict[str, Any]:
    interval = attribute.possible.interval() if attribute.possible else ""
    return {"criterion": attribute.id, "interval": interval, **attribute_units(attribute)}


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
