"""Settle the decimal signs of a whole register before its first row is read for good."""

from collections import defaultdict

import pyarrow as pa
import pyarrow.types as kinds

from partnermcda.batch.rows import RowReader
from partnermcda.batch.source import Source
from partnermcda.batch.step import ROW
from partnermcda.catalog import Catalog
from partnermcda.inventory.decimals import Proofs, proofs_of, settle_decimals
from partnermcda.inventory.ledger import Ledger
from partnermcda.inventory.numerals import Decimal
from partnermcda.inventory.register import number_columns, open_register
from partnermcda.mapping import Plan
from partnermcda.tables.frames import to_frame


def settle_signs(
    source: Source, plan: Plan, catalog: Catalog, decimal: Decimal | None, ledger: Ledger
) -> dict[str, Decimal | None]:
    """Settle the decimal sign of every column of numbers.

    Columns whose type is a number need none; for those of text all rows are looked at.

    Parameters
    ----------
    source : Source
    plan : Plan
    catalog : Catalog
    decimal : {"point", "comma"}, optional
        The decimal sign, where the user says it.
    ledger : Ledger
        Takes faults and notes, as :func:`settle_decimals` does.

    Returns
    -------
    dict of str to "point" or "comma"
    """
    names = sorted(number_columns(plan, catalog.amounts))
    texts = [name for name in names if _is_text(source.schema.field(name).type)]
    proofs: dict[str, Proofs] = defaultdict(Proofs)
    if texts:
        with RowReader(source, texts) as reader:
            for rows in reader.groups():
                numbers = rows.column(ROW).to_numpy()
                frame = to_frame(rows.drop_columns([ROW]))
                register = open_register(frame, plan, catalog.amounts)
                for name, column in register.numbers.items():
                    proofs[name] += proofs_of(column, Ledger(source.name, "", numbers))
    return settle_decimals({name: proofs[name] for name in names}, decimal, ledger)


def _is_text(kind: pa.DataType) -> bool:
    if kinds.is_dictionary(kind):
        return _is_text(kind.value_type)
    return bool(kinds.is_string(kind) or kinds.is_large_string(kind) or kinds.is_string_view(kind))
