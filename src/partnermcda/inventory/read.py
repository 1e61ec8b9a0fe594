"""Read an inventory: from whatever a user hands over to the checked frame."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from partnermcda.catalog import Catalog
from partnermcda.core.arrays import Bools
from partnermcda.errors import Finding, InventoryError, capped, short
from partnermcda.inventory.criteria import Answers
from partnermcda.inventory.ledger import Ledger
from partnermcda.inventory.numerals import Decimal
from partnermcda.inventory.planning import plan_for
from partnermcda.inventory.reading import CriterionCount, Reading, note_reading
from partnermcda.inventory.rows import Rows, read_rows
from partnermcda.mapping import Plan, RegisterMapping, load_mapping
from partnermcda.tables import Table, read_table

_SIGNS = ("point", "comma")


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
    plan = plan_for(table, catalog, mapped, ledger)
    rows = read_rows(table, plan, catalog, None, ledger, decimal=decimal or plan.decimal)
    _tell_kept(rows, ledger)
    if ledger.faults:
        raise InventoryError(capped(ledger.faults))
    note_reading(rows.frame, _reading(table, plan, rows, ledger))
    return rows.frame


def _tell_kept(rows: Rows, ledger: Ledger) -> None:
    """Tell what a mapping keeps and no row has: a fault if that leaves nobody."""
    for (column, value), seen in rows.seen.items():
        if not seen:
            ledger.note("mapping.keep_unseen", column=column, value=value)
    if rows.outside.all():
        ledger.fault("mapping.nothing_kept", {"rows": len(rows.outside)})


def _reading(table: Table, plan: Plan, rows: Rows, ledger: Ledger) -> Reading:
    inside = ~rows.outside
    counts = tuple(count_answers(name, answers, inside) for name, answers in rows.answers.items())
    mapped = plan if isinstance(plan, RegisterMapping) else None
    return Reading(
        file=table.file,
        sheet=table.sheet,
        facts=dict(table.facts),
        rows=len(rows.outside),
        outside=int(rows.outside.sum()),
        criteria=counts,
        notes=capped((*table.notes, *ledger.notes)),
        mapping=mapped.mapping if mapped else "",
        mapping_version=mapped.version if mapped else "",
        mapping_sha256=mapped.sha256 if mapped else "",
    )


def count_answers(criterion: str, answers: Answers, inside: Bools) -> CriterionCount:
    """Count the answers that actors gave to a criterion.

    Parameters
    ----------
    criterion : str
    answers : Answers
        Of m actors.
    inside : (m,) array of bool
        Actors that may be candidates.

    Returns
    -------
    CriterionCount
    """
    unknown = int(np.count_nonzero(inside & np.isnan(answers.values)))
    return CriterionCount(
        criterion=criterion,
        source=answers.source,
        known=int(np.count_nonzero(inside)) - unknown,
        unknown=unknown,
        limited=int(np.count_nonzero(inside & answers.limited)),
        zero_denominators=int(np.count_nonzero(inside & answers.undivided)),
    )
