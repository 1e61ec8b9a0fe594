"""The levers that are told of each actor, with why and what to find out: a row for each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.engagement.conditions import Reading
from partnermcda.engagement.firing import Fired


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """Levers that are told: e of them, actor by actor, the strongest first."""

    rows: Ints
    """(e,) whose lever it is."""
    levers: Ints
    """(e,) which lever of the catalog."""
    places: Ints
    """(e,) place among the actor's levers, from 1."""
    causes: Ints
    """(e, S) what it was read from: numbers of subjects, -1 for nothing."""
    figures: Floats
    """(e, S) the figures read there; NaN where there is none."""
    decides: NDArray[np.uint8]
    """(e, B) bytes, a bit for each subject: whether finding it out can move the strength."""

    @classmethod
    def of(cls, fired: Sequence[Fired], places: Iterator[Ints], subjects: int) -> "Told":
        """Take down the levers in each place."""
        width = max((len(f.parts) for f in fired), default=0)
        found = [
            _one(fired[lever], np.flatnonzero(place == lever), (lever, at), width, subjects)
            for at, place in enumerate(places, start=1)
            for lever in np.unique(place[place >= 0]).tolist()
        ]
        return cls.joined([cls._empty(width, subjects), *found])

    @classmethod
    def joined(cls, parts: Sequence["Told"]) -> "Told":
        """Put several together, in the order of their actors."""
        rows, places = (np.concatenate([getattr(p, name) for p in parts]) for name in _ORDER)
        every = {name: [getattr(p, name) for p in parts] for name in cls.__dataclass_fields__}
        together = cls(**{name: np.concatenate(found) for name, found in every.items()})
        return together.some(np.lexsort((places, rows)))

    @classmethod
    def _empty(cls, width: int, subjects: int) -> "Told":
        none = np.zeros(0, dtype=np.int64)
        bits = np.zeros((0, -(-subjects // 8)), dtype=np.uint8)
        return cls(none, none, none, np.zeros((0, width), np.int64), np.zeros((0, width)), bits)

    def moved(self, rows: Ints) -> "Told":
        """Return the same for actors that stand elsewhere: `rows` says where."""
        return replace(self, rows=rows[self.rows])

    def some(self, entries: Ints) -> "Told":
        """Return some of them, in the order given."""
        return Told(*(getattr(self, name)[entries] for name in self.__dataclass_fields__))


_ORDER = ("rows", "places")


def _one(fired: Fired, rows: Ints, at: tuple[int, int], width: int, subjects: int) -> Told:
    """One lever in one place, for those who have it there."""
    lever, place = at
    causes = np.full((len(rows), width), -1)
    figures = np.full((len(rows), width), np.nan)
    bits = np.zeros((len(rows), subjects), dtype=bool)
    for slot, part in enumerate(fired.parts):
        causes[:, slot], figures[:, slot] = part.cause[rows], part.figure[rows]
        _mark(bits, part, rows)
    every = np.ones(len(rows), dtype=np.int64)
    decides = np.packbits(bits, axis=1)
    return Told(rows, lever * every, place * every, causes, figures, decides)


def _mark(bits: Bools, part: Reading, rows: Ints) -> None:
    for number, where in part.open:
        bits[:, number] |= where[rows]
