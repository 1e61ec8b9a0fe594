"""One judgement as people write it: a number, a fraction, an interval or words."""

import math
import re
import sys
import unicodedata
from collections.abc import Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from functools import lru_cache
from numbers import Integral, Rational, Real
from typing import Final, NamedTuple

from partnermcda.errors import Finding, short

Said = float | str | Sequence[float | str]
"""A judgement: a number, a text, or (low, high) or (low, most likely, high)."""


class Ratio(NamedTuple):
    """How many times more one thing counts than another, at least, most likely and at most."""

    low: float
    mode: float
    high: float
    decimals: int | None = None
    """Digits it was written with behind the point; None where it is exact, as 1/3."""

    @property
    def certain(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    def mirrored(self) -> "Ratio":
        """How many times more the other one counts."""
        if self.certain:
            back = 1 / self.mode
            return Ratio(back, back, back)
        return Ratio(1 / self.high, 1 / self.mode, 1 / self.low)

    def text(self) -> str:
        """Write it as a reader would recognize it."""
        if self.certain:
            return short(self.mode)
        return f"{short(self.low)}..{short(self.high)}"


_DIGITS: Final = r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,4})?|[+-]?(?:inf|∞)"
_NUMBER: Final = re.compile(_DIGITS)
_FRACTION: Final = re.compile(rf"({_DIGITS})\s*[/:]\s*({_DIGITS})")
_BRACKETS: Final = re.compile(r"[\[(](.*)[\])]")
_BETWEEN: Final = re.compile(r"\s*(?:\.\.\.?|…|;)\s*")
_COMMAS: Final = re.compile(r",\s+")
_DASHED: Final = re.compile(rf"(?:{_DIGITS})\s*[-–—]\s*(?:{_DIGITS})")
_MONTHS: Final = (
    r"(?:jan|feb|fev|mar|apr|avr|may|mai|jun|juin|jul|juil|aug|aou|sep|sept|oct|nov|dec)[a-z]*\.?"
)
_DATE: Final = re.compile(
    rf"\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}(?:[ t].*)?"
    rf"|\d{{1,4}}[- ]{_MONTHS}|{_MONTHS}[- ]\d{{1,4}}"
)
_FIRST_DAY: Final = 36_526
_LAST_DAY: Final = 73_050
"""How Excel counts the days of the years 2000 to 2099."""


def parse_cell(value: object) -> Ratio | Finding:
    """Read the judgement in a cell of a file.

    Parameters
    ----------
    value : object
        What stands in the cell.

    Returns
    -------
    Ratio or Finding
        Unlike :func:`parse_ratio`, refuses the number of a day, which is how Excel keeps a
        fraction that it took for a date.
    """
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 6:
        value = int(value)
    if isinstance(value, Real) and _FIRST_DAY <= float(value) <= _LAST_DAY:
        return Finding("judgements.date", value=short(value))
    return parse_ratio(value)


def parse_ratio(value: object) -> Ratio | Finding:
    """Read one judgement.

    Parameters
    ----------
    value : object
        A number; a text: ``"3"``, ``"0,33"``, ``"1/3"``, ``"3:1"``, ``"2..4"``, ``"[2; 3; 4]"``, or
        words as ``"moderately more important"``; or (low, high) or (low, most likely, high).

    Returns
    -------
    Ratio or Finding
        What was meant, or what is wrong with it, without its place. The most likely ratio of an
        interval is the geometric mean of its ends, so that mirrored judgements stay reciprocal.

    Examples
    --------
    >>> parse_ratio("0,25").mode, parse_ratio("fortement moins important").mode
    (0.25, 0.2)
    >>> parse_ratio((1, 4))[:3]
    (1.0, 2.0, 4.0)
    >>> parse_ratio("0").problem("fr")
    'le jugement vaut 0'
    """
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, date | time | timedelta):
        return Finding("judgements.date", value=short(value))
    if isinstance(value, Sequence):
        return _interval([_number(part) for part in value], short(value))
    number = _number(value)
    return number if isinstance(number, Finding) else _checked(number)


def plain_number(value: object) -> float | None:
    """Read a number, of whatever sign; None if it is none.

    Parameters
    ----------
    value : object
        A number, or a text that is one and no fraction.

    Returns
    -------
    float or None
    """
    if isinstance(value, str):
        text = " ".join(value.replace("−", "-").split())
        return _float(text) if _NUMBER.fullmatch(text) else None
    number = _number(value)
    return number.mode if isinstance(number, Ratio) else None


def is_blank(value: object) -> bool:
    """Whether nothing was said: no value, NaN or empty text."""
    if isinstance(value, str):
        return not value.strip()
    # Every kind of missing value but None differs from itself, or cannot tell.
    return value is None or (isinstance(value, Real | Decimal) and value != value)


def joined(low: object, value: object, high: object) -> Ratio | Finding:
    """Read a judgement whose bounds stand in cells of their own.

    Parameters
    ----------
    low, value, high : object
        What stands in the three cells; without bounds the value alone, without a value the
        bounds alone.

    Returns
    -------
    Ratio or Finding
    """
    bounds = [low, high]
    if all(map(is_blank, bounds)):
        return parse_cell(value)
    if any(map(is_blank, bounds)):
        return Finding("judgements.one_bound", value=short(high if is_blank(low) else low))
    parts = [parse_cell(cell) for cell in (low, value, high) if not is_blank(cell)]
    found = next((part for part in parts if isinstance(part, Finding)), None)
    if found is not None:
        return found
    ratios = [part for part in parts if isinstance(part, Ratio)]
    if not all(ratio.certain for ratio in ratios):
        return Finding("judgements.bound_twice", value=short(value))
    return _interval(ratios, "..".join(ratio.text() for ratio in ratios))


@lru_cache(maxsize=4096)
def _text(text: str) -> Ratio | Finding:
    plain = unicodedata.normalize("NFKC", text).replace("⁄", "/").replace("÷", "/")
    plain = " ".join(plain.replace("−", "-").split())
    if _DATE.fullmatch(_bare(plain)):
        return Finding("judgements.date", value=short(text))
    if _DASHED.fullmatch(plain):
        return Finding("judgements.dash", value=short(text))
    parts = _parts(plain)
    if len(parts) > 1:
        return _interval([_written(part) for part in parts], short(text))
    written = _written(plain)
    if not isinstance(written, Finding):
        return _checked(written)
    from partnermcda.judgements.words import ratio_of_words

    meant = ratio_of_words(plain)
    return _no_judgement(text) if meant is None else Ratio(meant, meant, meant)


def _no_judgement(value: object) -> Finding:
    from partnermcda.judgements.words import nearest_words

    text = short(value)
    return Finding("judgements.text", {"nearest": nearest_words(text)}, value=text)


def _bare(text: str) -> str:
    """Lower letters without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _parts(text: str) -> list[str]:
    """Cut an interval into its numbers."""
    brackets = _BRACKETS.fullmatch(text)
    if brackets is None:
        return _BETWEEN.split(text)
    inside = brackets[1].strip()
    parts = _BETWEEN.split(inside)
    return parts if len(parts) > 1 else _COMMAS.split(inside)


def _written(text: str) -> Ratio | Finding:
    """Read a number or a fraction, of whatever sign."""
    fraction = _FRACTION.fullmatch(text)
    if fraction is not None:
        above, below = (_float(part) for part in fraction.groups())
        value = above / below if below else math.inf
        return Ratio(value, value, value)
    if _NUMBER.fullmatch(text) is None:
        return _no_judgement(text)
    value = _float(text)
    decimals = len(re.split("[eE]", text)[0].replace(",", ".").partition(".")[2])
    return Ratio(value, value, value, None if re.search("[eE]", text) else decimals)


def _float(text: str) -> float:
    return float(text.replace(",", ".").replace("∞", "inf"))


def _number(value: object) -> Ratio | Finding:
    if isinstance(value, str):
        return _written(" ".join(value.split()))
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        return _no_judgement(value)
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    exact = isinstance(value, Rational) and not isinstance(value, Integral)
    if exact or not math.isfinite(number):
        return Ratio(number, number, number)
    exponent = Decimal(repr(number)).as_tuple().exponent
    return Ratio(number, number, number, max(0, -int(exponent)))


def _interval(parts: Sequence[Ratio | Finding], value: str) -> Ratio | Finding:
    ratios = [part for part in parts if isinstance(part, Ratio)]
    if len(ratios) < len(parts) or len(parts) not in {2, 3}:
        return _no_judgement(value)
    for ratio in ratios:
        found = _checked(ratio)
        if isinstance(found, Finding):
            return found
    low, high = ratios[0].mode, ratios[-1].mode
    mode = ratios[1].mode if len(ratios) == 3 else _middle(low, high)
    if not low <= mode <= high:
        return Finding("judgements.interval", value=value)
    return Ratio(low, mode, high)


def _middle(low: float, high: float) -> float:
    """Geometric mean; the root of a product that leaves the floats is taken by parts."""
    product = low * high
    exact = sys.float_info.min <= product <= sys.float_info.max
    middle = math.sqrt(product) if exact else math.sqrt(low) * math.sqrt(high)
    return low if low == high else max(low, min(middle, high))


def _checked(ratio: Ratio) -> Ratio | Finding:
    """Refuse what is no positive number whose reciprocal is one, too."""
    value = ratio.mode
    if math.isnan(value):
        return _no_judgement("NaN")
    if value == 0:
        return Finding("judgements.zero", value="0")
    if value < 0:
        return Finding("judgements.negative", value=short(value))
    if not (math.isfinite(value) and math.isfinite(1 / value)):
        return Finding("judgements.infinite", value=short(value))
    return ratio
