"""Weights that people give outright: points, swings, or only an order."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Literal, TypeAlias

import numpy as np

from partnermcda.core.arguments import one_of
from partnermcda.core.arrays import Floats
from partnermcda.core.elicitation import (
    at_ranks,
    rank_order_centroid,
    rank_reciprocal,
    rank_sum,
)
from partnermcda.elicitation.answers import as_number
from partnermcda.errors import Finding, WeightsError, short
from partnermcda.weights import Weights

RankMethod: TypeAlias = Literal["centroid", "sum", "reciprocal"]
_BY_RANK: Final[Mapping[str, Callable[[int], Floats]]] = {
    "centroid": rank_order_centroid,
    "sum": rank_sum,
    "reciprocal": rank_reciprocal,
}
_BEST_SWING: Final = 100


def points(given: Mapping[str, float], *, total: float | None = None) -> Weights:
    """Weigh criteria by points given to each.

    Parameters
    ----------
    given : mapping of str to float
        Points of each criterion, none negative.
    total : float, optional
        What they had to add up to, as 100; without it any sum will do.

    Returns
    -------
    Weights
        In proportion to the points.

    Raises
    ------
    WeightsError
        If an answer is no such number, all are 0, or they do not add up to `total`: every fault.

    Notes
    -----
    Quick and easily understood [1]_. But points tend to be spread too evenly, and hardly anybody
    thinks of how far the actors differ on a criterion; :func:`swing` asks about that. Sharing out
    a fixed total gives steeper weights than rating each freely [2]_.

    References
    ----------
    .. [1] D. von Winterfeldt and W. Edwards, "Decision Analysis and Behavioral Research",
       Cambridge University Press, 1986.
    .. [2] R. Roberts and P. Goodwin, "Weight approximations in multi-attribute decision models",
       J. Multi-Crit. Decis. Anal. 11, 2002, :doi:`10.1002/mcda.320`.

    Examples
    --------
    >>> points({"reach": 50, "cost": 30, "trust": 20}, total=100).to_dict()
    {'reach': 0.5, 'cost': 0.3, 'trust': 0.2}
    """
    numbers = _numbers(given)
    faults = [*_misgiven(given, numbers)]
    if total is not None and not faults:
        faults += _not_in_all(list(numbers.values()), total)
    return _weights(numbers, faults, "points")


def swing(given: Mapping[str, float]) -> Weights:
    """Weigh criteria by what it is worth to go from the worst end of each to its best.

    Parameters
    ----------
    given : mapping of str to float
        100 for the criterion whose swing from worst to best is wanted most; for each other one the
        worth of its swing beside that, from 0 to 100.

    Returns
    -------
    Weights
        In proportion to the swings.

    Raises
    ------
    WeightsError
        If an answer is no such number, or the largest is not 100: every fault.

    Notes
    -----
    Weights belong to ranges: a criterion on which all are nearly alike is worth little, however
    important it sounds. So the question names both ends, and the answers hold for these ends only
    [1]_, [2]_: with a catalog they are `low` and `high` of each criterion. People still take too
    little notice of how wide the ranges are [3]_.

    References
    ----------
    .. [1] D. von Winterfeldt and W. Edwards, "Decision Analysis and Behavioral Research",
       Cambridge University Press, 1986.
    .. [2] W. Edwards and F. H. Barron, "SMARTS and SMARTER: improved simple methods for
       multiattribute utility measurement", Organ. Behav. Hum. Decis. Process. 60(3), 1994,
       :doi:`10.1006/obhd.1994.1087`.
    .. [3] R. von Nitzsch and M. Weber, "The effect of attribute ranges on weights in
       multiattribute utility measurements", Manage. Sci. 39(8), 1993.

    Examples
    --------
    >>> swing({"reach": 100, "cost": 60, "trust": 40}).to_dict()
    {'reach': 0.5, 'cost': 0.3, 'trust': 0.2}
    """
    numbers = _numbers(given)
    faults = [*_misgiven(given, numbers), *_not_from_100(numbers)]
    return _weights(numbers, faults, "swing")


def rank_weights(order: Sequence[str | Sequence[str]], method: RankMethod = "centroid") -> Weights:
    """Weigh criteria by their order alone.

    Parameters
    ----------
    order : sequence of str or of sequences of str
        Criteria, the one that counts most first; equals as a sequence of their own.
    method : {"centroid", "sum", "reciprocal"}
        :func:`~partnermcda.core.rank_order_centroid`, :func:`~partnermcda.core.rank_sum` or
        :func:`~partnermcda.core.rank_reciprocal`.

    Returns
    -------
    Weights
        Equals share the mean of the weights of their places.

    Raises
    ------
    WeightsError
        If a name is repeated, or something else than names stands in the order: every fault.
    MethodError
        If there is no such method.

    Notes
    -----
    An order is what a group can agree on when it cannot agree on numbers, and it says nothing of
    distances: which method is taken may decide who comes first. The centroid [1]_ comes closest
    to shares of a whole, the sum [2]_ to ratings given freely, at least of many criteria [3]_.
    Take both, and rely on what they have in common.

    References
    ----------
    .. [1] F. H. Barron and B. E. Barrett, "Decision quality using ranked attribute weights",
       Manage. Sci. 42(11), 1996, :doi:`10.1287/mnsc.42.11.1515`.
    .. [2] W. G. Stillwell, D. A. Seaver and W. Edwards, "A comparison of weight approximation
       techniques in multiattribute utility decision making", Organ. Behav. Hum. Perform. 28(1),
       1981, :doi:`10.1016/0030-5073(81)90015-5`.
    .. [3] R. Roberts and P. Goodwin, "Weight approximations in multi-attribute decision models",
       J. Multi-Crit. Decis. Anal. 11, 2002, :doi:`10.1002/mcda.320`.

    Examples
    --------
    >>> rank_weights(["reach", ["cost", "trust"], "data"], method="sum").to_dict()
    {'reach': 0.4, 'cost': 0.25, 'trust': 0.25, 'data': 0.1}
    """
    one_of("elicitation.method", method, _BY_RANK)
    if isinstance(order, str):
        raise WeightsError(Finding("elicitation.order", value=short(order)))
    groups = [_names_at(place) for place in order]
    faults = [*_misplaced(order, groups)]
    if faults:
        raise WeightsError(faults)
    names = tuple(name for group in groups for name in group)
    sizes = [len(group) for group in groups]
    ranks = np.repeat(np.cumsum([1, *sizes[:-1]]), sizes)
    return Weights(names, at_ranks(_BY_RANK[method](len(names)), ranks), source=f"rank_{method}")


def _numbers(given: Mapping[str, float]) -> dict[str, float]:
    return {name: as_number(answer) for name, answer in given.items()}


def _misgiven(given: Mapping[str, float], numbers: Mapping[str, float]) -> Iterator[Finding]:
    if not numbers:
        yield Finding("elicitation.nothing")
    for name, number in numbers.items():
        if not 0 <= number < math.inf:
            yield Finding("elicitation.number", {"name": name}, value=short(given[name]))
    if numbers and not any(numbers.values()):
        yield Finding("elicitation.all_zero")


def _not_in_all(numbers: Sequence[float], total: float) -> Iterator[Finding]:
    # As near as sums of thirds and tenths come.
    if not math.isclose(math.fsum(numbers), total, rel_tol=1e-9):
        details = {"sum": short(math.fsum(numbers)), "total": short(total)}
        yield Finding("elicitation.total", details)


def _names_at(place: object) -> tuple[str, ...]:
    """Names that stand at a place of an order; none where something else does."""
    if isinstance(place, str):
        return (place,)
    listed = tuple(place) if isinstance(place, Sequence) else ()
    return listed if all(isinstance(name, str) for name in listed) else ()


def _not_from_100(numbers: Mapping[str, float]) -> Iterator[Finding]:
    wanted = {name: number for name, number in numbers.items() if 0 < number < math.inf}
    best = max(wanted, key=lambda name: wanted[name], default="")
    if wanted and wanted[best] != _BEST_SWING:
        yield Finding("elicitation.swing", {"name": best}, value=short(wanted[best]))


def _misplaced(order: Sequence[object], groups: Sequence[tuple[str, ...]]) -> Iterator[Finding]:
    if not groups:
        yield Finding("elicitation.nothing")
    for place, group in enumerate(groups, start=1):
        if not group:
            given = short(order[place - 1])
            yield Finding("elicitation.place", {"place": place}, value=given)
    for name, times in Counter(name for group in groups for name in group).items():
        if times > 1:
            yield Finding("elicitation.repeated", {"name": name, "times": times})


def _weights(numbers: Mapping[str, float], faults: Sequence[Finding], source: str) -> Weights:
    if faults:
        raise WeightsError(faults)
    return Weights(tuple(numbers), np.array(list(numbers.values())), source=source)
