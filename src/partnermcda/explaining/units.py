"""Values of a criterion in the unit people count in, and the steps they count by."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from partnermcda import core

if TYPE_CHECKING:
    from partnermcda.catalog import Criterion

_WHOLE: Final = ("count", "likert5")
_SLACK: Final = 1e-9
_DIGITS: Final = 13


@dataclass(frozen=True, slots=True)
class Unit:
    """How what is counted becomes an entry of the matrix, and back.

    Examples
    --------
    >>> staff = Unit(1, 100, log=True, whole=True)
    >>> staff.counted(0.5), staff.step(10.0, 0.001), staff.up_to(10.5, 1)
    (10.0, 1, 11)
    """

    low: float = 0.0
    """Where an entry is 0; for a cost 1."""
    high: float = 1.0
    """Where an entry is 1; for a cost 0."""
    log: bool = False
    """Whether the scale is logarithmic."""
    rising: bool = True
    """Whether more of what is counted is better."""
    turned: bool = False
    """Whether an entry falls with what is counted."""
    whole: bool = False
    """Whether it is counted in whole numbers."""

    @classmethod
    def of(cls, criterion: "Criterion") -> "Unit":
        """Take the unit of a catalog's criterion."""
        more = criterion.direction == "benefit"
        log, whole = criterion.transform == "log10", criterion.scale in _WHOLE
        return cls(criterion.low, criterion.high, log, more, not more, whole)

    def entry(self, counted: float) -> float:
        """Entry of the matrix for what is counted."""
        bounds = np.array([self.low]), np.array([self.high])
        kind = np.array([not self.turned]), np.array([self.log])
        return float(core.value(np.array([[counted]]), *bounds, *kind)[0, 0])

    def counted(self, entry: float) -> float:
        """Find what is counted, for an entry of the matrix."""
        share = 1 - entry if self.turned else entry
        if self.log:
            found = self.low * (self.high / self.low) ** share
        else:
            found = self.low + share * (self.high - self.low)
        # What was counted comes back as it was, without the noise of going there and back.
        return float(f"{found:.{_DIGITS}g}")

    def step(self, counted: float, precision: float) -> float:
        """Least difference that is told: a power of ten.

        Parameters
        ----------
        counted : float
            Where on the scale.
        precision : float
            What a step may be at most, as a share of the scale.

        Returns
        -------
        float
        """
        if self.whole:
            return 1
        slope = counted * math.log(self.high / self.low) if self.log else self.high - self.low
        return float(f"1e{math.floor(math.log10(precision * slope) + _SLACK)}")

    def up_to(self, counted: float, step: float, more: int = 0) -> float:
        """Go on to the next whole number of steps, toward the better, and not beyond the scale.

        Parameters
        ----------
        counted : float
            Where to begin.
        step : float
            A power of ten.
        more : int
            Steps to go further.

        Returns
        -------
        float
        """
        sign = 1 if self.rising else -1
        places = max(0, -round(math.log10(step)))
        steps = sign * math.ceil(sign * counted / step - _SLACK) + sign * more
        reached = round(steps * step, places)
        if self.whole:
            return reached
        return min(reached, self.high) if self.rising else max(reached, self.low)
