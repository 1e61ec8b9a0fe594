"""The scales a criterion can be answered on, and what is possible on each."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

ScaleName = Literal["money", "count", "likert5", "share01", "score100", "months", "ratio", "number"]


@dataclass(frozen=True, slots=True)
class Scale:
    """What an answer can be at all; a value outside it is a fault, not a value to clip."""

    minimum: float = -math.inf
    """The least that is possible."""
    maximum: float = math.inf
    """The most that is possible."""
    above: bool = False
    """Whether `minimum` itself is impossible."""
    words: bool = False
    """Whether words such as "high" are read as steps of the scale."""

    def interval(self) -> str:
        """Write the possible values as an interval."""
        left = "]" if self.above or math.isinf(self.minimum) else "["
        right = "[" if math.isinf(self.maximum) else "]"
        low = "-∞" if math.isinf(self.minimum) else f"{self.minimum:g}"
        high = "+∞" if math.isinf(self.maximum) else f"{self.maximum:g}"
        return f"{left}{low}, {high}{right}"


SCALES: Final[Mapping[ScaleName, Scale]] = MappingProxyType(
    {
        "money": Scale(0),
        "count": Scale(0),
        "likert5": Scale(1, 5, words=True),
        "share01": Scale(0, 1),
        "score100": Scale(0, 100),
        "months": Scale(0),
        "ratio": Scale(0, above=True),
        "number": Scale(),
    }
)
