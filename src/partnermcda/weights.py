"""Weights with names: where names meet numbers."""

import math
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from partnermcda.core.ahp.consistency import ACCEPTABLE
from partnermcda.core.arrays import Floats
from partnermcda.errors import Finding, WeightsError, short

_LARGE: Final = 1e300


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """How much each criterion counts; checked on birth and normalized to sum 1.

    Raises
    ------
    WeightsError
        If a weight is negative or not finite, all are zero, a name is repeated, or names and
        values differ in number.

    Examples
    --------
    >>> Weights(("cost", "reach"), np.array([2.0, 3.0])).values
    array([0.4, 0.6])
    """

    names: tuple[str, ...]
    """Criteria, in the order of `values`."""
    values: Floats
    """(n,) array: none negative, summing to 1."""
    consistency: Mapping[str, float] = field(default_factory=dict)
    """Consistency ratio of every node of judgements the weights were made from."""
    random_index: str = ""
    """Table of random indices behind `consistency`."""
    source: str = ""
    """Where the weights come from, as the id of an orientation."""

    def __post_init__(self) -> None:
        values = _numbers(self.names, self.values)
        faults = _faults(self.names, values)
        if faults:
            raise WeightsError(faults)
        # An exact sum does not hang on the order of criteria; weights that are normalized already
        # keep their bits.
        if max(values.tolist()) > _LARGE:
            values /= values.max()
        total = math.fsum(values.tolist())
        if abs(total - 1) > len(values) * sys.float_info.epsilon:
            values /= total
        values.setflags(write=False)
        object.__setattr__(self, "values", values)

    def __len__(self) -> int:
        return len(self.names)

    @property
    def worst_consistency(self) -> float:
        """The largest consistency ratio of all nodes; 0 where there are no judgements."""
        return max(self.consistency.values(), default=0.0)

    @property
    def too_inconsistent(self) -> bool:
        """Whether the judgements contradict one another too much to be used unasked."""
        return self.worst_consistency > ACCEPTABLE

    def to_dict(self) -> dict[str, float]:
        """Names with their weights."""
        return dict(zip(self.names, self.values.tolist(), strict=True))

    def without(self, names: Collection[str]) -> "Weights":
        """Leave criteria out and rescale the others alike.

        Parameters
        ----------
        names : collection of str
            Criteria to leave out.

        Returns
        -------
        Weights
        """
        keep = [j for j, name in enumerate(self.names) if name not in names]
        return Weights(
            tuple(self.names[j] for j in keep),
            self.values[keep],
            self.consistency,
            self.random_index,
            self.source,
        )


def as_weights(
    weights: "Weights | Mapping[str, float] | Sequence[float] | Floats", names: Sequence[str]
) -> Weights:
    """Bring weights into the order of `names`.

    Parameters
    ----------
    weights : Weights, mapping of str to float, or (n,) array
        One weight for every name; an array in their order.
    names : sequence of str
        The criteria of a decision matrix.

    Returns
    -------
    Weights

    Raises
    ------
    WeightsError
        If a name is missing or unknown.
    """
    given = weights if isinstance(weights, Weights) else _named(weights, names)
    if given.names == tuple(names):
        return given
    return Weights(
        tuple(names),
        given.values[places_of(names, given.names)],
        given.consistency,
        given.random_index,
        given.source,
    )


def places_of(names: Sequence[str], given: Sequence[str]) -> list[int]:
    """Find where each name stands among those that weights were given for.

    Parameters
    ----------
    names : sequence of str
        The criteria of a decision matrix.
    given : sequence of str
        The same, in any order.

    Returns
    -------
    list of int

    Raises
    ------
    WeightsError
        If a name is missing or unknown.
    """
    faults = [
        *(Finding("weights.missing", {"name": name}) for name in _less(names, given)),
        *(
            Finding("weights.unknown", {"name": name, "names": ", ".join(names)})
            for name in _less(given, names)
        ),
    ]
    if faults:
        raise WeightsError(faults)
    return [given.index(name) for name in names]


def _named(
    weights: "Mapping[str, float] | Sequence[float] | Floats", names: Sequence[str]
) -> Weights:
    if isinstance(weights, Mapping) or hasattr(weights, "items"):
        named = dict(weights.items())
        return Weights(tuple(named), _numbers(tuple(named), list(named.values())))
    return Weights(tuple(names), _numbers(names, weights))


def _numbers(names: Sequence[str], values: object) -> Floats:
    try:
        return np.array(values, dtype=float)
    except (TypeError, ValueError, OverflowError):
        raise WeightsError(Finding("weights.numbers", {"names": ", ".join(names)})) from None


def _less(names: Iterable[str], others: Collection[str]) -> list[str]:
    return [name for name in names if name not in others]


def _faults(names: tuple[str, ...], values: Floats) -> list[Finding]:
    if values.shape != (len(names),):
        return [Finding("weights.shape", {"names": len(names), "shape": values.shape})]
    numbers = values.tolist()
    faults = [
        Finding("weights.value", {"name": name}, value=short(value))
        for name, value in zip(names, numbers, strict=True)
        if not 0 <= value < math.inf
    ]
    if len(set(names)) < len(names):
        faults += [
            Finding("weights.repeated", {"name": name}) for name in names if names.count(name) > 1
        ]
    if not faults and not any(numbers):
        faults.append(Finding("weights.all_zero"))
    return faults
