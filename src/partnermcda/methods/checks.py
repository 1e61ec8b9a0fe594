"""What a method is given is checked before it computes, and what it gives afterwards."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

import numpy as np

from partnermcda.core import arguments
from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.core.refusals import first_of
from partnermcda.core.segments import segment_sizes
from partnermcda.errors import Finding, MethodError

Needs: TypeAlias = Literal["any", "not_negative", "positive_costs", "positive"]
"""Which values a method can take: any finite ones; none below 0; besides, costs above 0; or all
above 0."""


def checked(
    name: str,
    x: Floats,
    weights: Floats,
    benefit: Bools | None,
    starts: Ints | None,
    needs: Needs = "any",
) -> tuple[Floats, Floats, Bools, Ints | None]:
    """Check what a method is given.

    Parameters
    ----------
    name : str
        Name of the method.
    x : (m, n) array
        Values.
    weights : (n,) array
        Weights.
    benefit : (n,) array of bool or None
        True where more is better; None for everywhere.
    starts : (c,) array of int or None
        First row of each city.
    needs : {"any", "not_negative", "positive_costs", "positive"}
        Which values the method can take where there is a weight.

    Returns
    -------
    x, weights, benefit : arrays
    starts : (c,) array of int or None
        Without cities that have no rows.

    Raises
    ------
    MethodError
        With all that does not fit, each with its place.
    """
    x = arguments.as_values(x)
    m, n = x.shape
    weights = np.asarray(weights, dtype=float)
    if weights.ndim != 1:
        raise MethodError(Finding("core.weights_shape", {"shape": weights.shape, "n": n}))
    weights = arguments.as_weights(weights, n)[0]
    more = np.ones(n, dtype=bool) if benefit is None else arguments.as_benefit(benefit, n)
    findings = [*_values(name, x, weights, more, needs)]
    if findings:
        raise MethodError(findings)
    return x, weights, more, _peopled(arguments.as_starts(starts, m), m)


def cities(m: int, starts: Ints | None) -> Iterator[slice]:
    """Rows of each city, one city after the other."""
    firsts = [0] if starts is None else starts.tolist()
    for first, end in zip(firsts, [*firsts[1:], m], strict=True):
        if end > first:
            yield slice(first, end)


def finite(name: str, scores: Floats) -> Floats:
    """Refuse figures that are none.

    Parameters
    ----------
    name : str
        Name of the method.
    scores : (m,) array
        What it gave.

    Returns
    -------
    (m,) array
        The same.

    Raises
    ------
    MethodError
        If a score is NaN or infinite.
    """
    lost = np.flatnonzero(~np.isfinite(scores))
    if len(lost):
        row, more = int(lost[0]) + 1, len(lost) - 1
        raise MethodError(Finding("method.no_figure", {"method": name}, row=row, more=more))
    return scores


def refuse(code: str, name: str, x: Floats, faulty: Bools) -> None:
    """Refuse values, with the first of each column and how many there are beside it.

    Parameters
    ----------
    code : str
        Key of the sentence that says what is wrong.
    name : str
        Name of the method.
    x, faulty : (m, n) arrays
        Values, and which of them are refused.

    Raises
    ------
    MethodError
        If any is.
    """
    findings = [*_found(code, name, x, faulty)]
    if findings:
        raise MethodError(findings)


def _peopled(starts: Ints | None, m: int) -> Ints | None:
    return None if starts is None else starts[segment_sizes(m, starts) > 0]


def _values(name: str, x: Floats, weights: Floats, more: Bools, needs: Needs) -> Iterator[Finding]:
    # Elementwise and at once, as small matrices come by the million.
    finite = np.isfinite(x)
    if not finite.all():
        yield from _found("core.not_finite", name, x, ~finite)
    if needs != "any":
        divides = np.full(len(weights), needs == "positive")
        if needs == "positive_costs":
            divides = ~more
        counted = finite & (weights > 0)
        yield from _found("method.not_positive", name, x, counted & divides & (x <= 0))
        yield from _found("method.negative", name, x, counted & ~divides & (x < 0))


def _found(code: str, name: str, x: Floats, faulty: Bools) -> Iterator[Finding]:
    """For each column the first such value, and how many there are beside it."""
    for j in np.flatnonzero(faulty.any(axis=0)).tolist():
        yield first_of(code, x[:, j], j, faulty[:, j], {"method": name})
