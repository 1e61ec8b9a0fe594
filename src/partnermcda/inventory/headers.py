"""Match the headers of a table with the names a catalog gives its columns."""

from collections.abc import Iterator, Sequence

from partnermcda.catalog import Attribute, Catalog, Criterion, Flag, Gate
from partnermcda.catalog.words import IDENTITY, IDENTITY_WORDS, Vocabulary, spellings
from partnermcda.errors import short
from partnermcda.inventory.ledger import Ledger
from partnermcda.mapping import NumberSource, Plan, TextSource


def plan_from_headers(headers: Sequence[str], catalog: Catalog, ledger: Ledger) -> Plan:
    """Say which column of a table answers what, from the names of the columns.

    Parameters
    ----------
    headers : sequence of str
        Columns of the table.
    catalog : Catalog
        Whose ids and labels, in both languages, are known names.
    ledger : Ledger
        Takes a fault for every column that is not known, every name that is matched twice, and
        every required column that is absent.

    Returns
    -------
    Plan
        Of the columns that are known.
    """
    words = Vocabulary.of(_names(catalog))
    matched: dict[str, str] = {}
    unknown = []
    for header in headers:
        name = words.meaning(header)
        if name is None:
            unknown.append(header)
        elif name in matched:
            details = {"name": name, "other": short(matched[name])}
            ledger.fault("inventory.matched_twice", details, column=header)
        else:
            matched[name] = header
    ledger.each(unknown, lambda header: _tell_unknown(header, words, ledger))
    for name in IDENTITY:
        if name not in matched:
            ledger.fault("inventory.column_absent", {"name": name})
    criteria = {criterion.id for criterion in catalog.criteria}
    return Plan(
        columns={n: TextSource(column=h) for n, h in matched.items() if n not in criteria},
        criteria={n: NumberSource(column=h) for n, h in matched.items() if n in criteria},
    )


def _names(catalog: Catalog) -> Iterator[tuple[str, tuple[str, ...]]]:
    parts: list[Criterion | Flag | Gate | Attribute] = list(catalog.criteria)
    parts += [*catalog.flags, *catalog.gates, *catalog.attributes]
    yield from IDENTITY_WORDS.items()
    for part in parts:
        yield part.id, spellings(part.id, part.label)


def _tell_unknown(header: str, words: Vocabulary, ledger: Ledger) -> None:
    nearest = words.nearest(header)
    details = {"nearest": nearest, "name": words.meaning(nearest) or ""}
    ledger.fault("inventory.unknown_column", details, column=header)
