"""Read the rows of a block, and part those at fault from the others."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa

from partnermcda.batch.step import Step
from partnermcda.batch.tally import Tally
from partnermcda.core.arrays import Bools
from partnermcda.errors import Finding
from partnermcda.inventory.ledger import Ledger
from partnermcda.inventory.read import count_answers
from partnermcda.inventory.rows import Rows, read_rows
from partnermcda.tables import Table


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """The rows of a block that are without fault."""

    rows: Rows
    """What they say."""
    faults: tuple[Finding, ...]
    """Every fault of the block."""
    tally: Tally
    """What was counted so far."""


def read_block(table: Table, step: Step) -> Read:
    """Read and check the rows of a block.

    Parameters
    ----------
    table : Table
        As :func:`rank_block` takes it.
    step : Step

    Returns
    -------
    Read
        Of all rows; where some are at fault, of the others. A fault of a whole column leaves none.
    """
    read, ledger = _read(table, step)
    faults, good = tuple(ledger.faults), table
    while ledger.faults:
        sound = ~_at_fault(good, read, ledger.faults)
        good = replace(good, frame=good.frame[sound])
        read, ledger = _read(good, step)
    return Read(read, faults, _tally(read, ledger, len(table.frame), faults))


def _read(table: Table, step: Step) -> tuple[Rows, Ledger]:
    ledger = Ledger(table.file, table.sheet, table.frame.index, most=step.most)
    return read_rows(table, step.plan, step.catalog, step.signs, ledger), ledger


def _at_fault(table: Table, read: Rows, faults: list[Finding]) -> Bools:
    """Find the rows at fault; of ids given twice that is all who have them."""
    # A fault of a whole column, or of more rows than are listed, is one of all rows.
    if any(fault.row is None or fault.more for fault in faults):
        return np.ones(len(table.frame), dtype=bool)
    wrong = np.isin(table.frame.index, [fault.row or 0 for fault in faults])
    if any(fault.code == "inventory.duplicate" for fault in faults):
        wrong |= read.frame.duplicated(["city", "actor_id"], keep=False).to_numpy()
    return wrong


def _tally(read: Rows, ledger: Ledger, size: int, faults: tuple[Finding, ...]) -> Tally:
    inside = ~read.outside
    counts = [count_answers(name, answers, inside) for name, answers in read.answers.items()]
    return Tally(
        rows=size,
        faulty=size - len(inside),
        known={c.criterion: c.known for c in counts},
        unknown={c.criterion: c.unknown for c in counts},
        limited={c.criterion: c.limited for c in counts if c.limited},
        undivided={c.criterion: c.zero_denominators for c in counts if c.zero_denominators},
        unseen=tuple(place for place, seen in read.seen.items() if not seen),
        faults=_counted(faults),
        notes=tuple(ledger.notes),
    )


def _counted(faults: Sequence[Finding]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for fault in faults:
        counts[fault.code] += 1 + fault.more
    return dict(counts)


FAULTS: Final = pa.schema(
    [
        ("kind", pa.string()),
        ("row", pa.int64()),
        *((name, pa.string()) for name in ("column", "value", "found", "right")),
    ]
)
"""Columns of the table of faults."""


def fault_table(faults: Sequence[Finding], language: str) -> pa.Table:
    """Lay faults out as a table: kind, row, column, value, what was found, what would be right.

    Parameters
    ----------
    faults : sequence of Finding
    language : {"en", "fr"}
        Language of the sentences.

    Returns
    -------
    pyarrow.Table
    """
    rows = [
        {
            "kind": fault.code,
            "row": fault.row,
            "column": fault.column,
            "value": fault.value,
            "found": fault.problem(language),
            "right": fault.right(language),
        }
        for fault in faults
    ]
    return pa.Table.from_pylist(rows, FAULTS)
