"""What is done with every block of rows: the same for all of them, fixed before the first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from partnermcda.catalog import Catalog
from partnermcda.evaluation import Unknown
from partnermcda.inventory.numerals import Decimal
from partnermcda.mapping import Plan
from partnermcda.methods import Method
from partnermcda.ranking.candidates import Options
from partnermcda.tables import Table
from partnermcda.tables.frames import to_frame
from partnermcda.weights import Weights

ROW: Final = "__row"
"""Column that holds the row of the register, as the user counts it."""


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """All that a block is read, evaluated and ranked by."""

    catalog: Catalog
    """The questions."""
    plan: Plan
    """Which columns answer them."""
    signs: Mapping[str, Decimal | None]
    """Decimal sign of the columns of numbers, settled for the whole register."""
    weights: Weights
    """Weights before anything is set aside."""
    method: Method
    """How to score."""
    unknown: Unknown
    """What a missing answer is."""
    options: Options
    """Who is ranked and by what; criteria set aside are named."""
    most: int
    """Faults of one kind in one column of a block that are listed; the others are counted."""
    file: str
    """The register as the user named it, for what is found in it."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the register that are needed, in one order."""
        return tuple(sorted(self.plan.reads))


def numbered(rows: pa.Table, first: int) -> pa.Table:
    """Count the rows of a table from `first` on, in a column of their own."""
    return rows.append_column(ROW, pa.array(np.arange(first, first + len(rows))))


def counted_from(before: int, table: Table) -> Table:
    """Count the rows of a table on, where `before` rows came before."""
    return replace(table, frame=table.frame.set_axis(table.frame.index + before))


def as_table(rows: pa.Table, file: str) -> Table:
    """Take rows that are counted in :data:`ROW` for a table as found.

    Parameters
    ----------
    rows : pyarrow.Table
        Used up.
    file : str
        Where they come from, as the user named it.

    Returns
    -------
    Table
        Its index is the row as the user counts it.
    """
    numbers = rows.column(ROW).to_numpy()
    frame = to_frame(rows.drop_columns([ROW]))
    frame.index = pd.Index(numbers)
    return Table(frame, file, "", "typed")
