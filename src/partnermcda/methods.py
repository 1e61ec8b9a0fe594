"""How values and weights become scores."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from partnermcda import core
from partnermcda.core.arrays import Floats
from partnermcda.errors import Finding, MethodError


@dataclass(frozen=True, slots=True)
class Method:
    """A way to score actors on the catalog's fixed scale.

    ``score(values, weights)`` takes an (m, n) array of values in [0, 1] and n weights and gives
    m scores in [0, 1]. It must never fall when a value rises: that is what makes score and rank
    bounds exact.

    Examples
    --------
    >>> TOPSIS.score(np.array([[1.0, 1.0], [0.5, 0.5]]), np.array([0.5, 0.5]))
    array([1. , 0.5])
    """

    name: str
    """The name a user gives."""
    score: Callable[[Floats, Floats], Floats]
    """Values and weights to scores."""


def _fixed_closeness(values: Floats, weights: Floats) -> Floats:
    n = values.shape[1]
    return core.closeness(values, weights, ideal=np.ones(n), anti_ideal=np.zeros(n))


TOPSIS: Final = Method("topsis", _fixed_closeness)
WEIGHTED_SUM: Final = Method("weighted_sum", core.weighted_sum)

METHODS: Final[Mapping[str, Method]] = MappingProxyType({m.name: m for m in (TOPSIS, WEIGHTED_SUM)})


def as_method(method: str | Method) -> Method:
    """Find a method by its name.

    Parameters
    ----------
    method : str or Method

    Returns
    -------
    Method

    Raises
    ------
    MethodError
        If there is no method of that name.
    """
    if isinstance(method, Method):
        return method
    if method not in METHODS:
        names = ", ".join(METHODS)
        raise MethodError(Finding("method.unknown", {"name": method, "names": names}))
    return METHODS[method]
