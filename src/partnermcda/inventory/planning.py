"""Say which column of a table answers what: by a mapping, or by the names of the columns."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from partnermcda.catalog import Catalog
from partnermcda.inventory.headers import plan_from_headers
from partnermcda.inventory.ledger import Ledger
from partnermcda.inventory.register import refuse_absent_columns
from partnermcda.mapping import Plan, RegisterMapping, load_mapping
from partnermcda.tables import Table

_NAMED = 30


def plan_for(
    table: Table,
    catalog: Catalog,
    mapping: RegisterMapping | str | Path | Mapping[str, Any] | None,
    ledger: Ledger,
) -> Plan:
    """Say which column of a table answers what.

    Parameters
    ----------
    table : Table
        Only its columns are looked at.
    catalog : Catalog
        The questions.
    mapping : RegisterMapping, str, Path or mapping, optional
        How the columns answer them. Without it their names are the catalog's ids or labels.
    ledger : Ledger
        Takes faults of names, and a note on columns that a mapping does not use.

    Returns
    -------
    Plan

    Raises
    ------
    MappingError
        If the mapping cannot be used, or names columns that are not there.
    """
    if mapping is None:
        headers = [str(header) for header in table.frame.columns]
        return plan_from_headers(headers, catalog, ledger)
    mapped = mapping if isinstance(mapping, RegisterMapping) else load_mapping(mapping, catalog)
    refuse_absent_columns(mapped, table.frame, table.file)
    _tell_unused(mapped, table, ledger)
    return mapped


def _tell_unused(plan: Plan, table: Table, ledger: Ledger) -> None:
    unused = [str(h) for h in table.frame.columns if str(h) not in plan.reads]
    if unused:
        names = ", ".join(unused[:_NAMED]) + (" …" if len(unused) > _NAMED else "")
        ledger.note("mapping.unused", {"count": len(unused), "names": names})
