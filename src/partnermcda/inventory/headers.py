"""Match the headers of a table with the names a catalog gives its columns."""

from collections.abc import Iterator, Sequence
from typing import Final

import pyarrow as pa

from partnermcda.catalog import Attribute, Catalog, Criterion, Flag, Gate
from partnermcda.inventory.ledger import Ledger
from partnermcda.mapping import NumberSource, Plan, TextSource
from partnermcda.mapping.checks import IDENTITY
from partnermcda.mapping.words import Vocabulary, spellings

TEXT: Final = pa.large_string()

_SPELLINGS: Final = {
    "actor_id": ("actor id", "id", "identifiant", "identifier", "id acteur", "identifiant acteur"),
    "actor": ("actor", "acteur", "name", "nom", "actor name", "nom de l'acteur", "nom acteur"),
    "actor_type": ("actor type", "type", "type d'acteur", "type acteur", "type of actor"),
    "city": ("city", "ville", "commune", "municipality", "municipalité"),
}


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
    meanings = (*words.meanings, None)
    matched: dict[str, str] = {}
    for header, found in zip(headers, words.find(pa.array(headers, TEXT)), strict=True):
        name = meanings[found]
        if name is None:
            ledger.fault("inventory.unknown_column", _nearest(header, words), column=header)
        elif name in matched:
            details = {"name": name, "other": matched[name]}
            ledger.fault("inventory.matched_twice", details, column=header)
        else:
            matched[name] = header
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
    yield from _SPELLINGS.items()
    for part in parts:
        yield part.id, spellings(part.id, part.label)


def _nearest(header: str, words: Vocabulary) -> dict[str, str]:
    nearest = words.nearest(header)
    return {"nearest": nearest, "name": words.meaning(nearest) or ""}
