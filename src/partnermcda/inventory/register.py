"""A table's columns by name, each taken apart once however often a plan needs it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from partnermcda.catalog.words import nearest
from partnermcda.errors import Finding, MappingError, capped, short
from partnermcda.inventory.cells import Cells, take_apart
from partnermcda.inventory.decimals import NumberColumn
from partnermcda.inventory.numerals import take_numerals
from partnermcda.mapping import Plan, RegisterMapping


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """The columns of a table that a plan needs."""

    size: int
    """Number of rows, m."""
    cells: Mapping[str, Cells]
    """Columns by name, taken apart."""
    numbers: Mapping[str, NumberColumn]
    """Those of them that hold numbers."""


def open_register(frame: pd.DataFrame, plan: Plan, amounts: Iterable[str]) -> Register:
    """Take apart the columns a plan needs.

    Parameters
    ----------
    frame : DataFrame
        Cells as found.
    plan : Plan
        Names columns of the frame.
    amounts : iterable of str
        Attributes that are numbers.

    Returns
    -------
    Register
    """
    # Where two columns share a name, which is told elsewhere, the first is read.
    places: dict[str, int] = {}
    for j, header in enumerate(frame.columns):
        places.setdefault(str(header), j)
    cells = {name: take_apart(frame.iloc[:, places[name]]) for name in places if name in plan.reads}
    numeric = number_columns(plan, amounts)
    numbers = {
        name: NumberColumn(name, cells[name], take_numerals(cells[name].texts))
        for name in cells
        if name in numeric
    }
    return Register(len(frame), cells, numbers)


def number_columns(plan: Plan, amounts: Iterable[str]) -> set[str]:
    """Name the columns of a register that a plan reads as numbers.

    Parameters
    ----------
    plan : Plan
    amounts : iterable of str
        Attributes that are numbers.

    Returns
    -------
    set of str
    """
    measured = {
        name for source in plan.criteria.values() if source.recode is None for name in source.reads
    }
    sources = (plan.columns[name] for name in amounts if name in plan.columns)
    return measured | {s.column for s in sources if s.column and s.recode is None}


def refuse_absent_columns(mapping: RegisterMapping, frame: pd.DataFrame, file: str) -> None:
    """Refuse a mapping that names columns the register does not have, or has twice.

    Parameters
    ----------
    mapping : RegisterMapping
    frame : DataFrame
        The register.
    file : str
        The register's file.

    Raises
    ------
    MappingError
        With every such column, its place in the mapping and the nearest name there is.
    """
    headers = [str(header) for header in frame.columns]
    findings = []
    for path, name in _named_columns(mapping):
        if name not in headers:
            near = short(nearest(name, headers))
            details = {"name": short(name), "nearest": near, "register": file}
            findings.append(Finding("mapping.absent_column", details, path=path))
        elif headers.count(name) > 1:
            details = {"name": short(name), "register": file}
            findings.append(Finding("mapping.repeated_column", details, path=path))
    if findings:
        raise MappingError(capped(findings))


def _named_columns(mapping: RegisterMapping) -> list[tuple[str, str]]:
    return [
        *((f"keep[{i}].column", keep.column) for i, keep in enumerate(mapping.keep)),
        *((f"columns.{n}", c) for n, source in mapping.columns.items() for c in source.reads),
        *((f"criteria.{n}", c) for n, source in mapping.criteria.items() for c in source.reads),
    ]
