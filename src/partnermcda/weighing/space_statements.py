"""What is said of weights, brought to rows of numbers."""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from numbers import Real
from typing import Final, Literal, TypeAlias

import numpy as np

from partnermcda.core.arrays import Floats
from partnermcda.core.weight_space.orders import closure
from partnermcda.errors import Finding, short

Sense = Literal[">=", "<=", "=="]
Constraint: TypeAlias = tuple[Mapping[str, float], Sense, float]

_SIGNS: Final = {">=": "≥", "<=": "≤", "==": "="}


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A sum of weights that is to be no more than a number, or just that."""

    text: str
    """As it was said."""
    row: Floats
    """(n,) coefficients, the largest being 1 or -1."""
    most: float
    equal: bool = False

    @property
    def fixed(self) -> bool:
        """Whether it leaves one weight alone no choice."""
        return self.equal and np.count_nonzero(self.row) == 1


@dataclass(frozen=True, slots=True)
class Said:
    """All that is said of some weights, as it was given."""

    names: tuple[str, ...]
    order: Sequence[Sequence[str]]
    lower: Mapping[str, float]
    upper: Mapping[str, float]
    constraints: Sequence[Constraint]

    def faults(self) -> Iterator[Finding]:
        """Find what cannot be read."""
        if not self.names:
            yield Finding("draws.no_names")
        for name in dict.fromkeys(self.names):
            if self.names.count(name) > 1:
                yield Finding("weights.repeated", {"name": name})
        yield from self._order_faults()
        yield from self._bound_faults("draws.lower", self.lower)
        yield from self._bound_faults("draws.upper", self.upper)
        for constraint in _listed(self.constraints):
            yield from self._constraint_faults(constraint)

    def pairs(self) -> list[tuple[int, int]]:
        """Positions of neighbors in the chains, the one that counts at least as much first."""
        places = {name: place for place, name in enumerate(self.names)}
        steps = ((a, b) for chain in self.order for a, b in pairwise(chain))
        return list(dict.fromkeys((places[a], places[b]) for a, b in steps))

    def statements(self) -> list[Statement]:
        """Bring everything to rows."""
        made = []
        for a, b in ((self.names[a], self.names[b]) for a, b in self.pairs()):
            made.append(self._statement({a: 1, b: -1}, ">=", 0, f"{a} ≥ {b}"))
        for name in self.names:
            made += self._bounded(name)
        return made + self.linear()

    def linear(self) -> list[Statement]:
        """Bring to rows what is said beyond order and bounds."""
        return [self._statement(*one, _text(*one)) for one in self.constraints]

    def bounds(self) -> tuple[Floats, Floats]:
        """Lower and upper bounds of all weights."""
        lower = np.array([float(self.lower.get(name, 0)) for name in self.names])
        upper = np.array([float(self.upper.get(name, 1)) for name in self.names])
        return lower, upper

    def _bounded(self, name: str) -> Iterator[Statement]:
        low, high = self.lower.get(name, 0), self.upper.get(name, 1)
        if low == high:
            yield self._statement({name: 1}, "==", low, f"{name} = {short(low)}")
            return
        if low > 0:
            yield self._statement({name: 1}, ">=", low, f"{name} ≥ {short(low)}")
        if high < 1:
            yield self._statement({name: 1}, "<=", high, f"{name} ≤ {short(high)}")

    def _statement(
        self, terms: Mapping[str, float], sense: Sense, value: float, text: str
    ) -> Statement:
        row = np.array([float(terms.get(name, 0)) for name in self.names])
        scale = np.abs(row).max() * (-1 if sense == ">=" else 1)
        return Statement(text, row / scale, float(value) / scale, sense == "==")

    def _order_faults(self) -> Iterator[Finding]:
        known = True
        for chain in _listed(self.order):
            if not isinstance(chain, tuple | list) or len(chain) < 2:
                known = False
                yield Finding("draws.chain", value=short(chain))
                continue
            strange = list(self._unknown(chain))
            known = known and not strange
            yield from strange
        if known:
            circle = closure(len(self.names), self.pairs()).diagonal()
            names = [name for name, back in zip(self.names, circle, strict=True) if back]
            if names:
                yield Finding("draws.circle", {"names": ", ".join(names)})

    def _bound_faults(self, code: str, bounds: object) -> Iterator[Finding]:
        if not isinstance(bounds, Mapping):
            yield Finding("draws.bounds_by_name", value=short(bounds))
            return
        yield from self._unknown(bounds)
        for name, value in bounds.items():
            if not (_is_number(value) and 0 <= value <= 1):
                yield Finding(code, {"name": name}, value=short(value))

    def _constraint_faults(self, constraint: object) -> Iterator[Finding]:
        parts = constraint if isinstance(constraint, tuple | list) else ()
        terms, sense, value = parts if len(parts) == 3 else (None, None, None)
        if isinstance(terms, Mapping) and _can_be_used(terms.values(), sense, value):
            yield from self._unknown(terms)
        else:
            yield Finding("draws.constraint", value=short(constraint))

    def _unknown(self, names: Iterable[str]) -> Iterator[Finding]:
        for name in names:
            if name not in self.names:
                yield Finding("weights.unknown", {"name": name, "names": ", ".join(self.names)})


def _listed(given: object) -> Iterable[object]:
    return given if isinstance(given, tuple | list) else (given,)


def _can_be_used(factors: Collection[object], sense: object, value: object) -> bool:
    numbers = all(_is_number(number) for number in (*factors, value))
    return numbers and any(factors) and sense in _SIGNS


def _is_number(value: object) -> bool:
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    return is_number and math.isfinite(float(value))  # type: ignore[arg-type]


def _text(terms: Mapping[str, float], sense: Sense, value: float) -> str:
    parts = []
    for name, factor in terms.items():
        size = "" if abs(factor) == 1 else f"{short(abs(factor))} "
        parts.append(f"{'-' if factor < 0 else '+'} {size}{name}")
    return f"{' '.join(parts).removeprefix('+ ')} {_SIGNS[sense]} {short(value)}"
