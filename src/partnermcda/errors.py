"""Everything raised on purpose, and the findings it carries.

::

    PartnerMCDAError(ValueError)
    ├── CatalogError      a catalog of criteria cannot be used
    ├── MappingError      a mapping from a register to a catalog cannot be used
    ├── InventoryError    a list of actors has faults
    ├── WeightsError      weights cannot be used
    │   └── JudgementsError   pairwise judgements have faults
    ├── MethodError       a method cannot be applied to these values
    └── OutputError       a result cannot be written, or is not what its manifest says
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from numbers import Integral, Real
from typing import Final

from partnermcda.messages import say

MOST_LISTED: Final = 100
"""Findings of one kind that are listed."""

_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in what a user handed over: what, where, and what would be right.

    The sentences ``code`` and ``code.right`` stand in the message table, in each language.

    Examples
    --------
    >>> finding = Finding("weights.value", {"name": "reach"}, value="-1", file="weights.csv", row=3)
    >>> finding.text()
    "weights.csv, row 3: the weight of 'reach' is -1; a weight is a finite number, not negative"
    >>> finding.place("fr")
    'weights.csv, ligne 3'
    """

    code: str
    """Key of the sentence that says what was found."""
    details: Mapping[str, object] = field(default_factory=dict)
    """What the fields of the sentence stand for."""
    file: str = ""
    """The file as the user named it; empty for a frame."""
    sheet: str = ""
    """Sheet of a workbook."""
    row: int | None = None
    """Row as the user counts it: the header is usually row 1."""
    column: str = ""
    """Column as the user named it."""
    value: str | None = None
    """The value found, as text."""
    path: str = ""
    """Place in a YAML file, as ``pillars[0].criteria[2].low``."""
    line: int | None = None
    """Line of a YAML file."""
    more: int = 0
    """How many others like this one are not listed."""

    def problem(self, language: str = "en") -> str:
        """Say what was found, without the place."""
        return say(self.code, language, **self._fields())

    def right(self, language: str = "en") -> str:
        """Say what would be right."""
        return say(f"{self.code}.right", language, **self._fields())

    def place(self, language: str = "en") -> str:
        """Say where it was found."""
        parts = [
            self.file,
            self.sheet and f"{say('sheet', language)} {self.sheet}",
            self.path,
            self.line is not None and f"{say('line', language)} {self.line}",
            self.row is not None and f"{say('row', language)} {self.row}",
            self.column and f"{say('column', language)} {self.column}",
        ]
        return ", ".join(part for part in parts if part)

    def text(self, language: str = "en") -> str:
        """Say all of it in one line."""
        colon = say("colon", language)
        place = self.place(language)
        more = f" ({say('and_more', language, count=self.more)})" if self.more else ""
        semicolon = say("semicolon", language)
        sentence = f"{self.problem(language)}{semicolon}{self.right(language)}{more}"
        return f"{place}{colon}{sentence}" if place else sentence

    def at(self, file: str) -> "Finding":
        """Return the same finding, in `file`."""
        return replace(self, file=file)

    def _fields(self) -> dict[str, object]:
        own = {"value": self.value, "column": self.column, "row": self.row, "file": self.file}
        return {**own, **self.details}


def capped(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """List each finding once, and at most 100 of one kind.

    Of one kind are findings of one code: those in the rows of one column, and those that are
    about columns or files as a whole.

    Parameters
    ----------
    findings : iterable of Finding

    Returns
    -------
    tuple of Finding
        Kind by kind; the last one of a kind tells how many are not listed.

    Examples
    --------
    >>> rows = capped(Finding("inventory.missing", column="city", row=row) for row in range(2, 152))
    >>> len(rows), rows[-1].row, rows[-1].more
    (100, 101, 50)
    """
    kinds: dict[tuple[str, str], dict[str, Finding]] = {}
    unlisted: dict[tuple[str, str], int] = {}
    for finding in findings:
        kind = (finding.code, "" if finding.row is None else finding.column)
        listed, alone = kinds.setdefault(kind, {}), replace(finding, more=0)
        # Details may hold what cannot be hashed, so findings are compared as they are written.
        key = repr(alone)
        if key in listed:
            continue
        unlisted[kind] = unlisted.get(kind, 0) + finding.more
        if len(listed) < MOST_LISTED:
            listed[key] = alone
        else:
            unlisted[kind] += 1
    return tuple(
        replace(finding, more=unlisted[kind]) if place == len(listed) else finding
        for kind, listed in kinds.items()
        for place, finding in enumerate(listed.values(), start=1)
    )


def short(value: object) -> str:
    """Write a value as a reader would recognize it, in at most 80 characters.

    Parameters
    ----------
    value : object
        Anything a cell or a file can hold.

    Returns
    -------
    str
        Numbers with at most 15 digits; half characters, which no file can hold, as ``?``.

    Examples
    --------
    >>> short(0.1 + 0.2), short(float("inf")), short(7.0)
    ('0.3', '∞', '7')
    >>> short("a" * 100) == "a" * 79 + "…"
    True
    """
    if isinstance(value, Real) and not isinstance(value, Integral):
        value = f"{float(value):.15g}".replace("inf", "∞")
    text = str(value)
    text = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return text.encode("utf-8", "replace").decode("utf-8")


class PartnerMCDAError(ValueError):
    """The root of everything raised on purpose.

    Parameters
    ----------
    findings : Finding or iterable of Finding
        What was wrong: all of it, not only the first.
    """

    def __init__(self, findings: Finding | Iterable[Finding]) -> None:
        self.findings = (findings,) if isinstance(findings, Finding) else tuple(findings)
        super().__init__(self.findings)

    def text(self, language: str = "en") -> str:
        """Say every finding, one a line."""
        return "\n".join(finding.text(language) for finding in self.findings)

    def __str__(self) -> str:
        return self.text()


class CatalogError(PartnerMCDAError):
    """A catalog of criteria cannot be used."""


class MappingError(PartnerMCDAError):
    """A mapping from a register to a catalog cannot be used."""


class InventoryError(PartnerMCDAError):
    """A list of actors has faults."""


class WeightsError(PartnerMCDAError):
    """Weights cannot be used."""


class JudgementsError(WeightsError):
    """Pairwise judgements have faults."""


class MethodError(PartnerMCDAError):
    """A method cannot be applied to these values."""


class OutputError(PartnerMCDAError):
    """A result cannot be written, or is not what its manifest says."""
