"""Read an inventory: from whatever a user hands over to the checked frame."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from partnermcda.catalog import Catalog
from partnermcda.core.arrays import Bools
from partnermcda.errors import Finding, InventoryError, capped, short
from partnermcda.inventory.columns import read_identities, read_notes, read_outside
from partnermcda.inventory.criteria import Answers, no_answers, read_answers
from partnermcda.inventory.decimals import settle_decimals
from partnermcda.inventory.headers import plan_from_headers
from partnermcda.inventory.ledger import Ledger
from partnermcda.inventory.numerals import Decimal
from partnermcda.inventory.reading import CriterionCount, Reading, note_reading
from partnermcda.inventory.register import open_register, refuse_absent_columns
from partnermcda.inventory.schema import check_frame
from partnermcda.mapping import Plan, RegisterMapping, load_mapping
from partnermcda.tables import Table, read_table

_SIGNS = ("point", "comma")
_NAMED = 30


def read_inventory(
    source: Any,
    catalog: Catalog,
    mapping: str | Path | Mapping[str, Any] | None = None,
    *,
    sheet: str | None = None,
    decimal: Decimal | None = None,
) -> pd.DataFrame:
    """Read and check a list of actors.

    Parameters
    ----------
    source : str, Path or frame
        A CSV, Excel or Parquet file; or a pandas, polars or pyarrow frame. One row an actor.
    catalog : Catalog
        The questions that are answered.
    mapping : str, Path or mapping, optional
        How a register's own columns answer the catalog: a YAML file, or the same as plain data.
        Without it the headers are the catalog's ids or labels, in English or French.
    sheet : str, optional
        Sheet of a workbook.
    decimal : {"point", "comma"}, optional
        The decimal sign, where the file itself does not prove it.

    Returns
    -------
    DataFrame
        m actors, indexed by the row as the user counts it: ``actor_id``, ``actor``,
        ``actor_type``, ``city``, every criterion (NaN where it is not known), flag, gate and
        attribute of the catalog, and ``outside``. :func:`reading_of` tells how it was read.

    Raises
    ------
    InventoryError
        With every fault: where it is and what would be right.
    MappingError
        If the mapping cannot be used, or names columns that are not there.

    Examples
    --------
    >>> import pandas as pd
    >>> from partnermcda.catalog import load_catalog
    >>> actors = pd.DataFrame({"Identifiant": ["007"], "Nom": ["Set Setal"], "Type": ["ONG"],
    ...                        "Ville": ["Dakar"], "res_data": ["élevé"]})
    >>> frame = read_inventory(actors, load_catalog("urban-services"))
    >>> frame.loc[1, ["actor_id", "actor_type"]].tolist(), float(frame.loc[1, "res_data"])
    (['007', 'ngo'], 4.0)
    """
    if decimal not in (None, *_SIGNS):
        raise InventoryError(Finding("inventory.decimal_option", value=short(decimal)))
    mapped = None if mapping is None else load_mapping(mapping, catalog)
    table = read_table(source, sheet=sheet or (mapped.sheet if mapped else None))
    ledger = Ledger(table.file, table.sheet, table.frame.index)
    if mapped is None:
        headers = [str(header) for header in table.frame.columns]
        return _read(table, plan_from_headers(headers, catalog, ledger), catalog, decimal, ledger)
    refuse_absent_columns(mapped, table.frame, table.file)
    _tell_unused(mapped, table, ledger)
    return _read(table, mapped, catalog, decimal or mapped.decimal, ledger)


def _read(
    table: Table, plan: Plan, catalog: Catalog, decimal: Decimal | None, ledger: Ledger
) -> pd.DataFrame:
    shares = [a.id for a in catalog.attributes if a.kind == "share01"]
    register = open_register(table.frame, plan, shares)
    signs = settle_decimals(tuple(register.numbers.values()), decimal, ledger)
    answers = {
        c.id: read_answers(c, plan.criteria[c.id], register, signs, catalog, ledger)
        if c.id in plan.criteria
        else no_answers(register.size)
        for c in catalog.criteria
    }
    outside = read_outside(plan.keep, register, ledger)
    columns = {
        **read_identities(plan, register, catalog, ledger),
        **{name: answer.values for name, answer in answers.items()},
        **read_notes(plan, register, signs, catalog, ledger),
        "outside": outside,
    }
    # A million rows take much room: what was read is let go, and columns are not copied.
    del register, signs
    frame = pd.DataFrame(columns, index=table.frame.index.rename("row"), copy=False)
    check_frame(frame, catalog, _names(plan), ledger)
    if ledger.faults:
        raise InventoryError(capped(ledger.faults))
    note_reading(frame, _reading(table, plan, answers, outside, ledger))
    return frame


def _names(plan: Plan) -> dict[str, str]:
    """Columns of the inventory as the user named them."""
    return {
        **{name: ", ".join(source.reads) or name for name, source in plan.columns.items()},
        **{name: " / ".join(source.reads) or name for name, source in plan.criteria.items()},
    }


def _tell_unused(plan: Plan, table: Table, ledger: Ledger) -> None:
    unused = [str(h) for h in table.frame.columns if str(h) not in plan.reads]
    if unused:
        names = ", ".join(unused[:_NAMED]) + (" …" if len(unused) > _NAMED else "")
        ledger.note("mapping.unused", {"count": len(unused), "names": names})


def _reading(
    table: Table, plan: Plan, answers: Mapping[str, Answers], outside: Bools, ledger: Ledger
) -> Reading:
    inside = ~outside
    counts = tuple(
        CriterionCount(
            criterion=name,
            source=answer.source,
            known=int((inside & ~np.isnan(answer.values)).sum()),
            unknown=int((inside & np.isnan(answer.values)).sum()),
            limited=int((inside & answer.limited).sum()),
            zero_denominators=int((inside & answer.undivided).sum()),
        )
        for name, answer in answers.items()
    )
    mapped = plan if isinstance(plan, RegisterMapping) else None
    return Reading(
        file=table.file,
        sheet=table.sheet,
        facts=dict(table.facts),
        rows=len(outside),
        outside=int(outside.sum()),
        criteria=counts,
        notes=capped((*table.notes, *ledger.notes)),
        mapping=mapped.mapping if mapped else "",
        mapping_version=mapped.version if mapped else "",
        mapping_sha256=mapped.sha256 if mapped else "",
    )
