"""Read the columns that are no criteria: who an actor is, its flags, gates and attributes."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from partnermcda.catalog import Attribute, Catalog
from partnermcda.catalog.words import IDENTITY, Vocabulary, flag_words, gate_words, type_words
from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.inventory.cells import no_text
from partnermcda.inventory.choices import read_choices
from partnermcda.inventory.ledger import Ledger
from partnermcda.inventory.numerals import Decimal
from partnermcda.inventory.numeric import attribute_rules, read_numbers
from partnermcda.inventory.possible import TEXT
from partnermcda.inventory.recode import code_text, look_up, matches
from partnermcda.inventory.register import Register
from partnermcda.inventory.texts import read_categories, read_text, tell_look_alikes
from partnermcda.mapping import Keep, Plan, TextSource


def read_identities(
    plan: Plan, register: Register, catalog: Catalog, ledger: Ledger
) -> dict[str, Any]:
    """Read who the actors are: id, name, type and city, each a column of m texts.

    Parameters
    ----------
    plan : Plan
        Says where they come from.
    register : Register
    catalog : Catalog
        Whose types are known.
    ledger : Ledger

    Returns
    -------
    dict of str to array
        A type that is not known is NA. Columns the plan lacks have been told; row numbers stand
        in their place, so that nothing else is told of them.
    """
    found = {}
    for name in IDENTITY:
        source = plan.columns.get(name)
        if name == "actor_type":
            texts = _read_types(source, register, catalog, ledger)
        elif source is None:
            texts = pa.array(np.arange(register.size)).cast(pa.large_string())
        else:
            texts = _read_identity(name, source, register, ledger)
        found[name] = pd.array(texts, dtype=TEXT)
    return found


def read_city(register: Register, plan: Plan, ledger: Ledger) -> Any:
    """Read the city of each row, and nothing else.

    Parameters
    ----------
    register : Register
    plan : Plan
        Says where the city comes from.
    ledger : Ledger
        Takes what is found in its cells.

    Returns
    -------
    (m,) pyarrow array of string
        Null where there is none.
    """
    return _read_identity("city", plan.columns["city"], register, ledger)


def read_notes(
    plan: Plan,
    register: Register,
    signs: Mapping[str, Decimal | None],
    catalog: Catalog,
    ledger: Ledger,
) -> dict[str, Any]:
    """Read what is noted of the actors and not scored: flags, gates and attributes.

    Parameters
    ----------
    plan : Plan
        Says where they come from; what it does not name is not known of anybody.
    register : Register
    signs : mapping of str to "point", "comma" or None
        Decimal sign of every column of numbers.
    catalog : Catalog
    ledger : Ledger

    Returns
    -------
    dict of str to array
    """
    found: dict[str, Any] = {}
    for flag in catalog.flags:
        choices = _chosen(flag.id, flag_words, "inventory.unknown_flag", plan, register, ledger)
        found[flag.id] = pd.arrays.BooleanArray(*_truth(choices))
    for gate in catalog.gates:
        words = partial(gate_words, gate)
        tiers = _chosen(gate.id, words, "inventory.unknown_tier", plan, register, ledger)
        found[gate.id] = pd.array(tiers, dtype=TEXT)
    for attribute in catalog.attributes:
        if attribute.possible is not None:
            found[attribute.id] = _read_amount(attribute, plan, register, signs, ledger)
        else:
            texts = _said(attribute.id, plan, register, ledger)
            found[attribute.id] = pd.array(texts, dtype=TEXT)
    return found


def read_outside(
    keep: tuple[Keep, ...], register: Register, ledger: Ledger
) -> tuple[Bools, dict[tuple[str, str], bool]]:
    """Find the rows that are no candidates.

    Parameters
    ----------
    keep : tuple of Keep
        What candidates have in common.
    register : Register
    ledger : Ledger
        Takes notes on how many rows that leaves out.

    Returns
    -------
    outside : (m,) array of bool
    seen : dict of (str, str) to bool
        Columns and values that are kept, and whether any row has them.
    """
    outside = np.zeros(register.size, dtype=bool)
    seen = {}
    for part in keep:
        values = [code_text(value) for value in part.values]
        categories = read_categories(register.cells[part.column])
        for value in values:
            seen[part.column, value] = bool(matches(categories, [value]).any())
        out = ~matches(categories, values)
        details = {"count": int(out.sum()), "values": ", ".join(values)}
        ledger.note("mapping.kept", details, column=part.column)
        outside |= out
    return outside, seen


def _read_identity(name: str, source: TextSource, register: Register, ledger: Ledger) -> Any:
    if source.value is not None or source.recode is not None:
        return _words(name, source, register, ledger).dictionary_decode()
    parts = [read_text(register.cells[column], column, ledger) for column in source.reads]
    texts = _joined(parts, source.join)
    if name != "actor":
        tell_look_alikes(texts, _column(source), ledger)
    return texts


def _read_types(
    source: TextSource | None, register: Register, catalog: Catalog, ledger: Ledger
) -> Any:
    if source is None:
        return no_text(register.size)
    words = _words("actor_type", source, register, ledger)
    types = read_choices(
        words, type_words(catalog.actor_types), "inventory.unknown_type", _column(source), ledger
    )
    silent = types.null_count
    if silent:
        ledger.note("inventory.type_not_known", {"count": silent}, column=_column(source))
    return types.dictionary_decode()


def _chosen(
    name: str,
    words: Callable[[], Vocabulary],
    code: str,
    plan: Plan,
    register: Register,
    ledger: Ledger,
) -> Any:
    source = plan.columns.get(name)
    if source is None:
        return no_text(register.size)
    categories = _words(name, source, register, ledger)
    return read_choices(categories, words(), code, _column(source), ledger).dictionary_decode()


def _truth(choices: Any) -> tuple[Bools, Bools]:
    """Bring ``true`` and ``false`` to (m,) truth and (m,) mask of what is not known."""
    if choices.null_count == len(choices):
        return np.zeros(len(choices), dtype=bool), np.ones(len(choices), dtype=bool)
    truth = pc.fill_null(pc.equal(choices, "true"), False)
    return np.array(truth), np.array(pc.is_null(choices))


def _read_amount(
    attribute: Attribute,
    plan: Plan,
    register: Register,
    signs: Mapping[str, Decimal | None],
    ledger: Ledger,
) -> Floats:
    source = plan.columns.get(attribute.id)
    if source is not None and source.column is not None and source.recode is None:
        column, rules = register.numbers[source.column], attribute_rules(attribute)
        return read_numbers(column, signs[source.column], rules, ledger)
    if source is None:
        return np.full(register.size, np.nan)
    words = _words(attribute.id, source, register, ledger).dictionary_decode()
    return np.array(pc.fill_null(words.cast(pa.float64()), np.nan))


def _said(name: str, plan: Plan, register: Register, ledger: Ledger) -> Any:
    source = plan.columns.get(name)
    if source is None:
        return no_text(register.size)
    return _words(name, source, register, ledger).dictionary_decode()


def _column(source: TextSource) -> str:
    return ", ".join(source.reads)


def _words(name: str, source: TextSource, register: Register, ledger: Ledger) -> Any:
    """Read categories, recoded if the plan says so; (m,) pyarrow dictionary array of string."""
    if source.value is not None:
        return _among([code_text(source.value)], np.zeros(register.size, dtype=np.int64))
    parts = [read_categories(register.cells[column]) for column in source.reads]
    categories = parts[0]
    if len(parts) > 1:
        decoded = [part.dictionary_decode() for part in parts]
        categories = _joined(decoded, source.join).dictionary_encode()
    if source.recode is None:
        return categories
    path = f"columns.{name}.recode"
    codes = look_up(categories, source.recode, path, _column(source), ledger)
    meanings = [None if m is None else code_text(m) for m in source.recode.values()]
    return _among([*meanings, None], np.where(codes < 0, len(meanings), codes))


def _among(words: Sequence[str | None], codes: Ints) -> Any:
    """Say one of some words in each row."""
    said = pa.array(words, pa.large_string()).dictionary_encode()
    indices = said.indices.take(pa.array(codes))
    return pa.DictionaryArray.from_arrays(indices, said.dictionary)


def _joined(parts: list[Any], by: str) -> Any:
    return (
        parts[0]
        if len(parts) == 1
        else pc.binary_join_element_wise(*parts, pa.scalar(by, pa.large_string()))
    )
