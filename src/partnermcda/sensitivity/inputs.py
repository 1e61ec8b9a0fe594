"""From independent uniform numbers to settings of the choices."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from partnermcda.catalog import Criterion
from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.errors import Finding
from partnermcda.sensitivity.choices import Choices
from partnermcda.sensitivity.problem import Problem
from partnermcda.sensitivity.simplex import WeightInputs, cut

_MIDDLE = 0.5
_MANTISSA = 2**53


@dataclass(frozen=True, slots=True, eq=False)
class Settings:
    """One way to make every choice."""

    weights: Floats
    """(n,) weights of the columns."""
    low: Floats
    """(q,) lower bounds of the criteria."""
    high: Floats
    """(q,) upper bounds."""
    logs: Bools
    """(q,) true where values rise with powers of ten."""
    normalization: int
    method: int
    unknown: int
    places: Floats | float
    """(k, q) places of missing answers in their intervals; one number for all."""


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """What is drawn: g groups of uniform numbers, each behind one choice."""

    problem: Problem
    choices: Choices
    weights: WeightInputs

    @property
    def groups(self) -> dict[str, int]:
        """Names of the choices that vary, with how many uniform numbers are behind each."""
        others = {
            "bounds": int(self._moving.sum()),
            "transform": int(self._switching.sum()),
            "normalization": int(len(self.choices.normalization) > 1),
            "method": int(len(self.choices.method) > 1),
            "unknown": int(self._ways_differ),
            "missing": int(self.choices.missing and self._open),
        }
        return self.weights.groups | {name: size for name, size in others.items() if size}

    def settings(self, points: Floats) -> Iterator[Settings]:
        """Turn points of the unit cube into settings.

        Parameters
        ----------
        points : (s, d) array
            Uniform numbers, group by group.

        Yields
        ------
        Settings
        """
        groups = self.groups
        ends = np.cumsum(list(groups.values()))[:-1]
        u = dict(zip(groups, np.split(points, ends, axis=1), strict=True))
        s = len(points)
        logs = self._logs(u.get("transform"), s)
        low, high = self._bounds(u.get("bounds"), logs)
        weights = self.weights.read(u, s)
        normalization = _which(u.get("normalization"), len(self.choices.normalization), s)
        method = _which(u.get("method"), len(self.choices.method), s)
        unknown = _which(u.get("unknown"), len(self.choices.unknown), s)
        for i in range(s):
            places = self._places(u["missing"][i, 0]) if "missing" in u else _MIDDLE
            which = (int(normalization[i]), int(method[i]), int(unknown[i]))
            yield Settings(weights[i], low[i], high[i], logs[i], *which, places)

    def chosen(self) -> Settings:
        """Take settings as they were chosen."""
        criteria = self.problem.criteria
        low, high = np.array([[c.low, c.high] for c in criteria]).T
        return Settings(self.weights.given, low, high, _in_tens(criteria), 0, 0, 0, _MIDDLE)

    def notes(self) -> Iterator[Finding]:
        """Tell which choices have nothing to vary."""
        groups, choices = self.groups, self.choices
        kept = int((~self._ends_move).sum())
        if choices.weights != "given" and not self.weights.groups:
            yield Finding("sensitivity.no_weights")
        if choices.bounds and "bounds" not in groups:
            yield Finding("sensitivity.no_bounds")
        elif choices.bounds and kept:
            yield Finding("sensitivity.bounds_kept", {"count": kept})
        if choices.transform and "transform" not in groups:
            yield Finding("sensitivity.no_transform")
        if len(choices.unknown) > 1 and "unknown" not in groups:
            yield Finding("sensitivity.no_priors")
        if choices.missing and "missing" not in groups:
            yield Finding("sensitivity.nothing_missing")

    @property
    def _ends_move(self) -> Bools:
        """(2, q) whether a bound was set by somebody: the end of a scale was not."""
        criteria = self.problem.criteria
        low = [c.low > c.possible.minimum for c in criteria]
        high = [c.high < c.possible.maximum for c in criteria]
        return np.array([low, high])

    @property
    def _moving(self) -> Bools:
        return self._ends_move & (self.choices.bounds > 0)

    @property
    def _switching(self) -> Bools:
        """Whether powers of ten make sense: of amounts without an upper end, and none below 0."""
        criteria = self.problem.criteria
        fit = [c.low > 0 and c.possible.maximum == np.inf for c in criteria]
        return np.array(fit) & self.choices.transform

    @property
    def _ways_differ(self) -> bool:
        first, *others = self.problem.intervals
        missing = self.problem.missing
        return any(
            (side[missing] != chosen[missing]).any()
            for other in others
            for side, chosen in zip(other, first, strict=True)
        )

    @property
    def _open(self) -> bool:
        missing = self.problem.missing
        return any(bool((high - low)[missing].any()) for low, high in self.problem.intervals)

    def _logs(self, u: Floats | None, s: int) -> Bools:
        logs = np.tile(_in_tens(self.problem.criteria), (s, 1))
        if u is not None:
            logs[:, self._switching] ^= u >= 0.5
        return logs

    def _bounds(self, u: Floats | None, logs: Bools) -> tuple[Floats, Floats]:
        """Move bounds on the scale in use, not beyond what is possible."""
        criteria = self.problem.criteria
        ends = np.array([[c.low, c.high] for c in criteria]).T[:, None] * np.ones((len(logs), 1))
        if u is None:
            return ends[0], ends[1]
        moves = np.zeros((len(logs), *self._moving.shape))
        moves[:, self._moving] = self.choices.bounds * (2 * u - 1)
        scaled = np.log10(ends, where=logs, out=ends.copy())
        moved = scaled + moves.transpose(1, 0, 2) * (scaled[1] - scaled[0])
        moved = np.power(10.0, moved, where=logs, out=moved.copy())
        limits = [(c.possible.minimum, c.possible.maximum) for c in criteria]
        moved = np.clip(moved, *np.array(limits).T)
        return tuple(np.where(self._moving[:, None], moved, ends))

    def _places(self, u: float) -> Floats:
        """Places of all missing answers from one number: it seeds a generator of its own."""
        missing = self.problem.missing
        places = np.zeros(missing.shape)
        generator = np.random.default_rng(int(u * _MANTISSA))
        places[missing] = generator.random(int(missing.sum()))
        return places


def _in_tens(criteria: tuple[Criterion, ...]) -> Bools:
    return np.array([criterion.transform == "log10" for criterion in criteria])


def _which(u: Floats | None, count: int, s: int) -> Ints:
    """Which of several is chosen; the first where nothing is drawn."""
    return np.zeros(s, dtype=np.int64) if u is None else cut(u, count)
