"""Read numbers as people write them: ``1 234,5``, ``1,234.50``, ``12 %``, ``R$ 1.000,00``."""

from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from partnermcda.core.arrays import Bools, Floats, Ints, Texts

Decimal: TypeAlias = Literal["point", "comma"]

UNKNOWN: Final = (
    *("", "-", "--", "–", "—", "?", "??", "???", ".", "..", "...", "…", "/"),
    *("na", "n/a", "n.a.", "n.a", "nd", "n/d", "n.d.", "n.d", "nc", "n/c", "n.c.", "n.c", "nr"),
    *("so", "s/o", "s.o.", "s.o", "sans objet", "nan", "none", "null", "nil"),
    *("unknown", "not known", "not available", "missing", "unk"),
    *("inconnu", "inconnue", "non connu", "non connue", "non disponible", "non renseigné", "ns"),
)
"""Ways to write that something is not known."""

# Longer spellings come first: RE2 takes the first that fits.
_CURRENCIES: Final = (
    ("CFA", r"f\.? ?cfa|fcfa|cfa|xof|xaf"),
    ("EUR", r"euros?|eur|€"),
    ("USD", r"us ?\$|usd|dollars?"),
    ("BRL", r"r\$|brl|reais|real"),
    ("GBP", r"£|gbp"),
    ("KES", r"kshs?\.?|kes"),
    ("UGX", r"ushs?\.?|ugx"),
    ("TZS", r"tshs?\.?|tzs"),
    ("GHS", r"gh₵|gh¢|ghs|₵"),
    ("NGN", r"₦|ngn"),
    ("ZAR", r"zar"),
    ("RWF", r"rwf|frw"),
    ("ETB", r"etb|birr"),
    ("MAD", r"mad|dhs?"),
    ("TND", r"tnd|dt"),
    ("INR", r"₹|inr|rs\.?"),
    ("CHF", r"chf"),
    ("JPY", r"¥|jpy"),
    ("$", r"\$"),
)
_SIGN: Final = "|".join(pattern for _, pattern in _CURRENCIES)
_PARTS: Final = (
    rf"^(?P<before>{_SIGN})? ?(?P<sign>[+-]?) ?(?P<behind>{_SIGN})? ?"
    r"(?P<body>[0-9.,](?:[0-9.,' ]*[0-9.,])?)(?P<exponent>e[+-]?[0-9]+)?"
    rf" ?(?P<percent>%)? ?(?P<after>{_SIGN})?$"
)
_WHOLE: Final = r"^(?:[0-9]+|[0-9]{1,3}(?:[ '][0-9]{3})+)$"
_POINT: Final = (
    r"^(?:[0-9]*\.[0-9]+|[0-9]+\.|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]*|[0-9]{1,3}(?:,[0-9]{3}){2,}"
    r"|[0-9]{1,3}(?:[ '][0-9]{3})+\.[0-9]*)$"
)
_NOTHING: Final = pa.scalar("", pa.large_string())
_EITHER: Final = r"^[1-9][0-9]{0,2}[.,][0-9]{3}$"

NEUTRAL, POINT, COMMA, EITHER, NONE = range(5)
"""What a text proves about the decimal sign; `NONE` is not a number."""


@dataclass(frozen=True, slots=True, eq=False)
class Numerals:
    """The u distinct texts of a column, each taken apart as a number."""

    texts: Any
    """(u,) pyarrow array, as written."""
    codes: Ints
    """(m,) which of the texts each cell is; -1 where a cell is no text."""
    counts: Ints
    """(u,) cells with each text."""
    unknown: Bools
    """(u,) texts that say that it is not known."""
    proofs: Ints
    """(u,) what each text proves about the decimal sign."""
    sign: Any
    """(u,) pyarrow array: ``-`` or nothing."""
    body: Any
    """(u,) pyarrow array: digits and separators."""
    exponent: Any
    """(u,) pyarrow array, as ``e+3``."""
    percent: Bools
    """(u,) texts with a percent sign."""
    currency: Texts
    """(u,) code of the currency named, else empty."""

    def spread(self, values: Any, empty: Any) -> Any:
        """Bring (u,) values of texts to the (m,) cells that hold them."""
        return np.append(values, empty)[self.codes]


def take_numerals(texts: Any) -> Numerals:
    """Take the texts of a column apart as numbers.

    Parameters
    ----------
    texts : (m,) pyarrow array of string

    Returns
    -------
    Numerals
    """
    if texts.null_count == len(texts):
        return _no_numerals(len(texts))
    encoded = texts.dictionary_encode()
    distinct = encoded.dictionary
    codes = np.asarray(pc.fill_null(encoded.indices, -1), dtype=np.int64)
    plain = _tidy(distinct)
    parts = pc.extract_regex(plain, _PARTS)
    body, exponent = _part(parts, "body"), _part(parts, "exponent")
    named = [_currency_codes(_part(parts, side)) for side in ("before", "behind", "after")]
    twice = np.sum([codes != "" for codes in named], axis=0) > 1
    return Numerals(
        texts=distinct,
        codes=codes,
        counts=np.bincount(codes[codes >= 0], minlength=len(distinct)),
        unknown=np.asarray(pc.is_in(plain, value_set=pa.array(UNKNOWN, plain.type))),
        proofs=np.where(twice, NONE, _proofs(body, exponent)),
        sign=pc.replace_substring(_part(parts, "sign"), "+", ""),
        body=body,
        exponent=exponent,
        percent=np.asarray(pc.equal(_part(parts, "percent"), "%")),
        currency=named[0] + named[1] + named[2],
    )


def _no_numerals(size: int) -> Numerals:
    """Take a column of numbers, as most are, apart as text."""
    texts, no = pa.array([], pa.large_string()), np.zeros(0, dtype=bool)
    codes, none = np.broadcast_to(np.int64(-1), size), np.zeros(0, dtype=np.int64)
    nothing = np.empty(0, dtype=object)
    return Numerals(texts, codes, none, no, none, texts, texts, texts, no, nothing)


def _tidy(texts: Any) -> Any:
    """Bring spaces, minus signs and apostrophes of every kind to the plain ones."""
    spaced = pc.replace_substring_regex(texts, r"[\s\p{Z}]+", " ")
    minus = pc.replace_substring_regex(spaced, "[−‐‑]", "-")
    return pc.utf8_lower(pc.utf8_trim(pc.replace_substring(minus, "’", "'"), " "))


def _part(parts: Any, name: str) -> Any:
    return pc.fill_null(pc.struct_field(parts, name), "")


def _currency_codes(signs: Any) -> Texts:
    codes = np.full(len(signs), "", dtype=object)
    named = pc.any(pc.not_equal(signs, "")).as_py()
    for code, pattern in _CURRENCIES if named else ():
        codes[np.asarray(pc.match_substring_regex(signs, rf"^(?:{pattern})$"))] = code
    return codes


def _proofs(body: Any, exponent: Any) -> Ints:
    swapped = swap_signs(body)
    proofs = np.full(len(body), NONE)
    proofs[_matches(body, _POINT)] = POINT
    proofs[_matches(swapped, _POINT)] = COMMA
    # Nobody groups the digits of a number with an exponent, so its separator is the decimal sign.
    alone = np.asarray(pc.equal(exponent, ""))
    proofs[_matches(body, _EITHER) & alone] = EITHER
    proofs[_matches(body, _WHOLE)] = NEUTRAL
    return proofs


def swap_signs(body: Any) -> Any:
    """Exchange points and commas."""
    held = pc.replace_substring(body, ",", ";")
    return pc.replace_substring(pc.replace_substring(held, ".", ","), ";", ".")


def _matches(texts: Any, pattern: str) -> Bools:
    return np.asarray(pc.match_substring_regex(texts, pattern), dtype=bool)


def conflicts(numerals: Numerals, decimal: Decimal) -> Bools:
    """Find texts that are numbers only with the other decimal sign.

    Parameters
    ----------
    numerals : Numerals
    decimal : {"point", "comma"}

    Returns
    -------
    (u,) array of bool
    """
    return np.asarray(numerals.proofs == (COMMA if decimal == "point" else POINT))


def to_numbers(numerals: Numerals, decimal: Decimal) -> Floats:
    """Compute the numbers of texts.

    Parameters
    ----------
    numerals : Numerals
    decimal : {"point", "comma"}
        The decimal sign; the other one groups digits.

    Returns
    -------
    (u,) array
        NaN for what is not a number with this decimal sign; infinity for what is too large.
    """
    readable = (numerals.proofs != NONE) & ~conflicts(numerals, decimal)
    body = numerals.body if decimal == "point" else swap_signs(numerals.body)
    digits = pc.replace_substring_regex(body, "[, ']", "")
    written = pc.binary_join_element_wise(numerals.sign, digits, numerals.exponent, _NOTHING)
    known = pc.if_else(pa.array(readable), written, None)
    return np.array(pc.fill_null(pc.cast(known, pa.float64()), np.nan))
