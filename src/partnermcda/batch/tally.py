"""What is counted while blocks are ranked; tallies of blocks add up to that of the whole."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from partnermcda.errors import Finding


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over some rows of a register.

    Examples
    --------
    >>> (Tally(rows=2, ranked=1) + Tally(rows=3, known={"reach": 2})).rows
    5
    """

    rows: int = 0
    """Rows read."""
    faulty: int = 0
    """Rows left out because of a fault."""
    ranked: int = 0
    """Actors ranked."""
    cities: int = 0
    """Cities in which anybody is ranked."""
    possible_leaders: int = 0
    """Actors that could be first."""
    certain_leaders: int = 0
    """Actors that are first whatever the missing answers are."""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """Actors that are not ranked, by reason."""
    known: Mapping[str, int] = field(default_factory=dict)
    """Answers of possible candidates that are known, by criterion."""
    unknown: Mapping[str, int] = field(default_factory=dict)
    """Answers that are not."""
    limited: Mapping[str, int] = field(default_factory=dict)
    """Answers that a mapping's limits cut or set to not known."""
    undivided: Mapping[str, int] = field(default_factory=dict)
    """Answers not known because the denominator was zero."""
    clipped: Mapping[str, int] = field(default_factory=dict)
    """Answers beyond the bounds of their criterion, by criterion."""
    faults: Mapping[str, int] = field(default_factory=dict)
    """Faults by kind."""
    unseen: tuple[tuple[str, str], ...] | None = None
    """Columns and values that a mapping keeps and no row has; None where no rows were looked at."""
    notes: tuple[Finding, ...] = ()
    """What was done and should be known, once for each kind and column, with counts added up."""

    def __add__(self, other: "Tally") -> "Tally":
        sums = {
            f.name: _sum(getattr(self, f.name), getattr(other, f.name))
            for f in fields(self)
            if f.name not in ("notes", "unseen")
        }
        unseen = _both(self.unseen, other.unseen)
        return replace(self, **sums, unseen=unseen, notes=_merged(self.notes + other.notes))

    @classmethod
    def from_plain(cls, data: Mapping[str, Any]) -> "Tally":
        """Make a tally of what :func:`dataclasses.asdict` made of one."""
        unseen, notes = data["unseen"], data["notes"]
        plain = {
            "unseen": None if unseen is None else tuple((name, value) for name, value in unseen),
            "notes": tuple(Finding(**note) for note in notes),
        }
        return cls(**{**data, **plain})


def _sum(a: Any, b: Any) -> Any:
    if isinstance(a, int):
        return a + b
    return {name: a.get(name, 0) + b.get(name, 0) for name in (*a, *(n for n in b if n not in a))}


def _both(
    a: tuple[tuple[str, str], ...] | None, b: tuple[tuple[str, str], ...] | None
) -> tuple[tuple[str, str], ...] | None:
    if a is None or b is None:
        return b if a is None else a
    return tuple(place for place in a if place in b)


def currency_of(note: Finding) -> str:
    """Name the currency a note says was set aside; empty for any other note.

    Parameters
    ----------
    note : Finding

    Returns
    -------
    str
    """
    if note.code != "inventory.currency_set_aside":
        return ""
    return str(note.details["found"]).partition(" (")[0]


def _merged(notes: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Tell every kind of note once a column: the first of them, with the counts of all."""
    firsts: dict[tuple[str, str, str], Finding] = {}
    counts: Counter[tuple[str, str, str]] = Counter()
    for note in notes:
        place = (note.code, note.column, currency_of(note))
        firsts.setdefault(place, note)
        counts[place] += int(str(note.details.get("count", 0)))
    return tuple(
        replace(note, details={**note.details, "count": counts[place]})
        if "count" in note.details
        else note
        for place, note in firsts.items()
    )
