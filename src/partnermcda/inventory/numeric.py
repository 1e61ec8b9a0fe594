"""Read a column of numbers, whatever its cells are, and tell every cell that is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from partnermcda.catalog import Attribute, Catalog, Criterion, Rating
from partnermcda.catalog.words import rating_words
from partnermcda.core.arrays import Bools, Floats
from partnermcda.inventory.cells import LARGEST
from partnermcda.inventory.decimals import NumberColumn
from partnermcda.inventory.ledger import Ledger
from partnermcda.inventory.numerals import (
    EITHER,
    NEUTRAL,
    NONE,
    Decimal,
    conflicts,
    take_numerals,
    to_numbers,
)
from partnermcda.mapping.checks import attribute_units, units
from partnermcda.messages import LANGUAGES


@dataclass(frozen=True, slots=True)
class Rules:
    """How numbers of one kind may be written."""

    details: Mapping[str, Any]
    """What a fault says about the question: its unit, in both languages."""
    percent: Literal["share", "points", "refuse"] = "refuse"
    """Whether 12 % is 0.12, 12, or a fault."""
    currency: bool = False
    """Whether a currency sign may stand by a number."""
    booleans: bool = False
    """Whether true and false are 1 and 0."""
    ratings: tuple[Rating, ...] = ()
    """Steps of a scale whose words stand for numbers."""


def rules_of(criterion: Criterion, catalog: Catalog, *, computed: bool) -> Rules:
    """Tell how a criterion's numbers may be written.

    Parameters
    ----------
    criterion : Criterion
    catalog : Catalog
    computed : bool
        Whether a mapping computes with the numbers, so that their unit is the register's.

    Returns
    -------
    Rules
    """
    details = units(criterion)
    if computed:
        return Rules(details, percent="points", currency=True)
    if criterion.possible.words:
        return Rules(details, ratings=catalog.ratings)
    if criterion.scale == "share01":
        return Rules(details, percent="share", booleans=True)
    return Rules(
        details,
        percent="points" if criterion.scale == "score100" else "refuse",
        currency=criterion.scale == "money",
    )


def attribute_rules(attribute: Attribute) -> Rules:
    """Tell how an attribute that is a share or an amount of money may be written."""
    details = attribute_units(attribute)
    if attribute.kind == "money":
        return Rules(details, currency=True)
    return Rules(details, percent="share", booleans=True)


def read_numbers(
    column: NumberColumn,
    decimal: Decimal | None,
    rules: Rules,
    ledger: Ledger,
    *,
    missing: Sequence[float | str] = (),
) -> Floats:
    """Read a column of numbers.

    Parameters
    ----------
    column : NumberColumn
    decimal : {"point", "comma"}, optional
        Its decimal sign; None where that is doubtful and has been told.
    rules : Rules
        How its numbers may be written.
    ledger : Ledger
        Takes a fault for every cell that is not a number, and notes on signs set aside.
    missing : sequence of float and str
        Codes that mean "not known".

    Returns
    -------
    (m,) array
        NaN where it is not known, or at fault.
    """
    values = column.cells.numbers.copy()
    if len(column.numerals.texts):
        written = _read_texts(column, decimal, rules, ledger, missing)
        values = np.where(np.isnan(written), values, written)
    stated = _is_stated(column, values, decimal or "point", missing)
    values[stated] = np.nan
    wrong = _refuse_cells(column, values, stated, rules, ledger)
    values[wrong] = np.nan
    return values


def _is_stated(
    column: NumberColumn, values: Floats, decimal: Decimal, missing: Sequence[float | str]
) -> Bools:
    """Tell which cells hold a code for "not known", as a number or as true or false."""
    if not missing:
        return np.zeros(len(values), dtype=bool)
    booleans = column.cells.booleans
    truths = [code for code in missing if isinstance(code, bool)]
    numbers = [code for code in missing if not isinstance(code, bool | str)]
    texts = [code for code in missing if isinstance(code, str)]
    # The same code is text in one format of a file and a number in another.
    numerals = take_numerals(pa.array(texts, pa.large_string()))
    plain = ~numerals.percent & (numerals.currency == "")
    read = numerals.spread(np.where(plain, to_numbers(numerals, decimal), np.nan), empty=np.nan)
    codes = [*numbers, *read[~np.isnan(read)]]
    return np.where(booleans, np.isin(values, truths), np.isin(values, codes))


def _refuse_cells(
    column: NumberColumn, values: Floats, stated: Bools, rules: Rules, ledger: Ledger
) -> Bools:
    cells = column.cells
    kinds = {
        "inventory.date": cells.dates,
        "inventory.no_value": cells.others,
        "inventory.beyond_exact": cells.too_large,
        "inventory.infinite": np.isinf(cells.numbers) & ~cells.too_large,
        "inventory.boolean": cells.booleans & (not rules.booleans),
    }
    refused = np.isinf(values)
    for code, found in kinds.items():
        wrong = found & ~stated
        if wrong.any():
            ledger.cells(code, wrong, column.name, cells.raw.array, rules.details)
            refused |= wrong
    count = int((cells.booleans & ~stated).sum())
    if rules.booleans and count:
        ledger.note("inventory.booleans_read", {"count": count}, column=column.name)
    return refused


def _read_texts(
    column: NumberColumn,
    decimal: Decimal | None,
    rules: Rules,
    ledger: Ledger,
    missing: Sequence[float | str],
) -> Floats:
    """Read the texts of a column; (m,) array, NaN where there is none."""
    texts = column.numerals
    values = to_numbers(texts, decimal or "point")
    if decimal is None:
        values[texts.proofs == EITHER] = np.nan
    stated = texts.unknown | _is_code(texts.texts, missing)
    numbers = (texts.proofs != NONE) & ~stated
    words = _word_values(texts.texts, rules, ~numbers & ~stated)
    faults = _text_faults(column, decimal or "point", rules, values)
    for code, wrong in faults.items():
        mask = texts.spread(wrong & numbers, empty=False)
        ledger.cells(code, mask, column.name, column.cells.raw.array, rules.details)
        values[wrong] = np.nan
    other = ~numbers & ~stated & np.isnan(words)
    code = "inventory.not_a_rating" if rules.ratings else "inventory.not_a_number"
    details = {**rules.details, **_known_words(rules)}
    mask = texts.spread(other, empty=False)
    ledger.cells(code, mask, column.name, column.cells.raw.array, details)
    _settle_currency(column, numbers & ~np.any(list(faults.values()), axis=0), rules, ledger)
    _tell_signs(column, texts.unknown, numbers, rules, ledger)
    if rules.percent == "share":
        values = np.where(texts.percent, values / 100, values)
    read = np.where(stated, np.nan, np.where(numbers, values, words))
    return np.asarray(texts.spread(read, empty=np.nan))


def _text_faults(
    column: NumberColumn, decimal: Decimal, rules: Rules, values: Floats
) -> dict[str, Bools]:
    texts = column.numerals
    significant = np.asarray(pc.match_substring_regex(texts.body, "[1-9]"), dtype=bool)
    whole = (texts.proofs == NEUTRAL) & np.asarray(pc.equal(texts.exponent, ""))
    return {
        "inventory.beyond_exact": whole & (np.abs(values) >= LARGEST) & np.isfinite(values),
        "inventory.decimal_mixed": conflicts(texts, decimal),
        "inventory.beyond": np.isinf(values) | ((values == 0) & significant),
        "inventory.percent": texts.percent & (rules.percent == "refuse"),
        "inventory.currency": (texts.currency != "") & (not rules.currency),
    }


def _is_code(texts: Any, missing: Sequence[float | str]) -> Bools:
    codes = pa.array([code for code in missing if isinstance(code, str)], texts.type)
    return np.asarray(pc.is_in(pc.utf8_trim_whitespace(texts), value_set=codes))


def _word_values(texts: Any, rules: Rules, words: Bools) -> Floats:
    """Look up the texts that are words; (u,) array, NaN for all that is no step of a scale."""
    values = np.full(len(texts), np.nan)
    if rules.ratings and words.any():
        vocabulary = rating_words(rules.ratings)
        steps = {rating.id: float(rating.likert) for rating in rules.ratings}
        meanings = np.array([*(steps[m] for m in vocabulary.meanings), np.nan])
        values[words] = meanings[vocabulary.find(texts.filter(pa.array(words)).to_pylist())]
    return values


def _known_words(rules: Rules) -> dict[str, Any]:
    if not rules.ratings:
        return {}
    words = {
        language: ", ".join(
            f"{rating.label[language]} ({rating.likert})" for rating in rules.ratings
        )
        for language in LANGUAGES
    }
    return {"words": words}


def _settle_currency(column: NumberColumn, read: Bools, rules: Rules, ledger: Ledger) -> None:
    texts = column.numerals
    named = read & (texts.currency != "") & rules.currency
    counts = {
        code: int(texts.counts[named & (texts.currency == code)].sum())
        for code in sorted(set(texts.currency[named]))
    }
    if not counts:
        return
    found = ", ".join(f"{code} ({count})" for code, count in counts.items())
    without = int(texts.counts[read].sum()) - sum(counts.values())
    without += int(np.isfinite(column.cells.numbers).sum())
    details = {"found": found, "count": sum(counts.values()), "without": without}
    if len(counts) > 1:
        ledger.fault("inventory.mixed_currencies", details, column=column.name)
    else:
        ledger.note("inventory.currency_set_aside", details, column=column.name)


def _tell_signs(
    column: NumberColumn, unknown: Bools, numbers: Bools, rules: Rules, ledger: Ledger
) -> None:
    texts = column.numerals
    words = {
        text: int(count)
        for text, count in zip(
            texts.texts.filter(pa.array(unknown)).to_pylist(), texts.counts[unknown], strict=True
        )
        if text.strip()
    }
    if words:
        listing = ", ".join(f"{text.strip()} ({count})" for text, count in words.items())
        details = {"count": sum(words.values()), "words": listing}
        ledger.note("inventory.unknown_written", details, column=column.name)
    percents = int(texts.counts[numbers & texts.percent].sum())
    if percents and rules.percent != "refuse":
        code = f"inventory.percent_{rules.percent}"
        ledger.note(code, {"count": percents}, column=column.name)
