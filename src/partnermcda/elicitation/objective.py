"""Weights taken from the values of those compared, with their names."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final, Literal, TypeAlias

import numpy as np

from partnermcda.core.arguments import one_of
from partnermcda.core.arrays import Bools, Floats, Texts
from partnermcda.core.weighting import (
    critic_weights,
    deviation_weights,
    entropy_weights,
    merec_weights,
)
from partnermcda.errors import Finding, MethodError
from partnermcda.matrix import DecisionMatrix, ValueMatrix
from partnermcda.weights import Weights

ObjectiveMethod: TypeAlias = Literal["entropy", "critic", "deviation", "merec"]
_OBJECTIVE: Final[Mapping[str, Callable[[Floats, Bools], Floats]]] = {
    "entropy": entropy_weights,
    "critic": critic_weights,
    "deviation": deviation_weights,
    "merec": merec_weights,
}


def objective_weights(
    matrix: DecisionMatrix | ValueMatrix, method: ObjectiveMethod = "entropy"
) -> Weights:
    """Weigh criteria by how far they tell these actors apart.

    Parameters
    ----------
    matrix : DecisionMatrix or ValueMatrix
        Raw values, or values on the catalog's scale of which all are known. Every row counts, of
        whatever city and role.
    method : {"entropy", "critic", "deviation", "merec"}
        :func:`~partnermcda.core.entropy_weights`, :func:`~partnermcda.core.critic_weights`,
        :func:`~partnermcda.core.deviation_weights` or :func:`~partnermcda.core.merec_weights`.

    Returns
    -------
    Weights
        With the method as their source.

    Raises
    ------
    MethodError
        If there is no such method, or it cannot take these values, with the names of actor and
        criterion.

    Notes
    -----
    Spread is not importance: such weights say which criteria tell these actors apart, and nothing
    of what a city wants. They change when an actor is added, so that no score is fixed any more.
    Hold them beside weights that people gave, or mix a little of them in (:func:`blend`).

    Examples
    --------
    >>> matrix = DecisionMatrix([[61, 1.08, 4.33], [9, 3.29, 1.65], [4, 4.12, 1.21]],
    ...                         criteria=["profit", "share", "growth"], benefit=[True] * 3)
    >>> weights = objective_weights(matrix, "critic")
    >>> weights.source, weights.values.round(3)
    ('critic', array([0.26 , 0.485, 0.255]))
    """
    one_of("elicitation.method", method, _OBJECTIVE)
    known = _known(matrix) if isinstance(matrix, ValueMatrix) else matrix.x
    more = np.ones(known.shape[1], dtype=bool)
    rows = matrix.actors if isinstance(matrix, ValueMatrix) else matrix.alternatives
    benefit = more if isinstance(matrix, ValueMatrix) else matrix.benefit
    try:
        values = _OBJECTIVE[method](known, benefit)
    except MethodError as error:
        named = [_named(found, rows, matrix.criteria) for found in error.findings]
        raise MethodError(named) from None
    return Weights(matrix.criteria, values, source=method)


def _known(values: ValueMatrix) -> Floats:
    faults = [*_gaps(values)]
    if faults:
        raise MethodError(faults)
    return values.mid


def _gaps(values: ValueMatrix) -> Iterator[Finding]:
    gaps = np.count_nonzero(values.low < values.high, axis=0).tolist()
    for name, count in zip(values.criteria, gaps, strict=True):
        if count:
            details = {"count": count, "m": len(values)}
            yield Finding("elicitation.unknown", details, column=name)


def _named(found: Finding, rows: Texts, criteria: tuple[str, ...]) -> Finding:
    """Tell what a method refuses by the names of actor and criterion."""
    if found.row is None:
        return found
    actor, criterion = str(rows[found.row - 1]), criteria[int(found.column) - 1]
    return replace(found, row=None, path=actor, column=criterion)
