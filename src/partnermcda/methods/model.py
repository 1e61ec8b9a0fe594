"""What a way to score is."""

from dataclasses import dataclass
from typing import Protocol

from partnermcda.core.arrays import Bools, Floats, Ints


class Score(Protocol):
    """From values and weights to one figure for each actor."""

    def __call__(
        self, x: Floats, weights: Floats, benefit: Bools | None = None, starts: Ints | None = None
    ) -> Floats:
        """Score m actors."""


@dataclass(frozen=True, slots=True)
class Method:
    """A way to score actors, as a value.

    ``score(x, weights, benefit=None, starts=None)`` takes (m, n) values, n weights, which criteria
    are better the more they are (None: all), and the first row of each city (None: all rows are
    one). It gives the method's own m figures, and uses weights as they are given: only
    :func:`partnermcda.rank` brings them to sum 1. Any function of that form makes a method.

    Examples
    --------
    >>> import numpy as np
    >>> import partnermcda as pm
    >>> pm.TOPSIS.score(np.array([[1.0, 1.0], [0.5, 0.5]]), np.array([0.5, 0.5]))
    array([1. , 0.5])
    >>> def weakest(x, weights, benefit=None, starts=None):
    ...     return x.min(axis=1)
    >>> matrix = pm.DecisionMatrix([[3, 5], [4, 4]], benefit=[True, True])
    >>> pm.rank(matrix, [1, 1], pm.Method("weakest", weakest)).rank
    array([2, 1])
    """

    name: str
    """Its name with its parameters, as ``vikor(v=0.5)``."""
    score: Score
    """Values and weights to the method's own figures."""
    higher_is_better: bool = True
    """Whether the highest figure is the best."""
    fixed_scale: bool = False
    """Promises that it takes values in [0, 1], that an actor's figure hangs on its own values
    only, and that it never gets worse when a value rises: what makes score and rank bounds exact.
    Other methods measure actors by one another."""
