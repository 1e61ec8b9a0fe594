"""Read the rows of a table, all there are or some of them: what each says, and every fault."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from partnermcda.catalog import Catalog
from partnermcda.core.arrays import Bools
from partnermcda.inventory.columns import read_identities, read_notes, read_outside
from partnermcda.inventory.criteria import Answers, no_answers, read_answers
from partnermcda.inventory.decimals import proofs_of, settle_decimals
from partnermcda.inventory.ledger import Ledger
from partnermcda.inventory.numerals import Decimal
from partnermcda.inventory.register import Register, open_register
from partnermcda.inventory.schema import check_frame
from partnermcda.mapping import Plan
from partnermcda.tables import Table


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """What m rows say."""

    frame: pd.DataFrame
    """The inventory, as :func:`read_inventory` returns it, with its faults if there are any."""
    answers: Mapping[str, Answers]
    """Answers by criterion."""
    outside: Bools
    """(m,) rows that are no candidates."""
    seen: Mapping[tuple[str, str], bool]
    """Columns and values a mapping keeps, and whether any of the rows has them."""


def read_rows(
    table: Table,
    plan: Plan,
    catalog: Catalog,
    signs: Mapping[str, Decimal | None] | None,
    ledger: Ledger,
    *,
    decimal: Decimal | None = None,
) -> Rows:
    """Read and check rows; all of a register, or some.

    Parameters
    ----------
    table : Table
        m rows, perhaps none.
    plan : Plan
        Which columns answer what.
    catalog : Catalog
        The questions.
    signs : mapping of str to "point", "comma" or None, optional
        Decimal sign of every column of numbers, where it was settled for more rows than these.
    ledger : Ledger
        Takes the faults and notes.
    decimal : {"point", "comma"}, optional
        The decimal sign, where the user says it and `signs` are not given.

    Returns
    -------
    Rows
    """
    register = open_register(table.frame, plan, catalog.amounts)
    settled = _settled(register, decimal, ledger) if signs is None else signs
    answers = {
        c.id: read_answers(c, plan.criteria[c.id], register, settled, catalog, ledger)
        if c.id in plan.criteria
        else no_answers(register.size)
        for c in catalog.criteria
    }
    outside, seen = read_outside(plan.keep, register, ledger)
    columns: dict[str, Any] = {
        **read_identities(plan, register, catalog, ledger),
        **{name: answer.values for name, answer in answers.items()},
        **read_notes(plan, register, settled, catalog, ledger),
        "outside": outside,
    }
    # A million rows take much room: what was read is let go, and columns are not copied.
    del register
    frame = pd.DataFrame(columns, index=table.frame.index.rename("row"), copy=False)
    check_frame(frame, catalog, _names(plan), ledger)
    return Rows(frame, answers, outside, seen)


def _settled(
    register: Register, decimal: Decimal | None, ledger: Ledger
) -> dict[str, Decimal | None]:
    proofs = {name: proofs_of(column, ledger) for name, column in register.numbers.items()}
    return settle_decimals(proofs, decimal, ledger)


def _names(plan: Plan) -> dict[str, str]:
    """Columns of the inventory as the user named them."""
    return {
        **{name: ", ".join(source.reads) or name for name, source in plan.columns.items()},
        **{name: " / ".join(source.reads) or name for name, source in plan.criteria.items()},
    }
