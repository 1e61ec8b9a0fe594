"""Faults of bounds and orders, and which of them cannot be kept together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from numbers import Integral

import numpy as np

from partnermcda.core.arrays import Floats
from partnermcda.core.weight_space.orders import closure
from partnermcda.core.weight_space.region import room
from partnermcda.errors import Finding, WeightsError, capped, short


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """Bounds and an order, checked one by one."""

    order: tuple[tuple[int, int], ...]
    lower: Floats
    """(n,)"""
    upper: Floats


def as_limits(n: int, order: object, lower: object, upper: object) -> Limits:
    """Take an order and bounds that can be kept together.

    Parameters
    ----------
    n : int
    order, lower, upper : object
        As given to `draw_weights`.

    Returns
    -------
    Limits

    Raises
    ------
    WeightsError
        With every fault, or a smallest set that cannot be kept together.
    """
    faults = [*_order_faults(n, order), *_bound_faults(n, lower, True)]
    faults += _bound_faults(n, upper, False)
    if faults:
        raise WeightsError(capped(faults))
    pairs = tuple(dict.fromkeys((int(a), int(b)) for a, b in order or ()))  # type: ignore[attr-defined]
    limits = Limits(pairs, _bounds(n, lower, 0.0), _bounds(n, upper, 1.0))
    clash = _clash(limits)
    if clash:
        raise WeightsError(clash)
    return limits


def _order_faults(n: int, order: object) -> Iterator[Finding]:
    if order is None:
        return
    try:
        pairs = [tuple(pair) for pair in order]  # type: ignore[attr-defined]
    except TypeError:
        yield Finding("draws.order", {"n": n, "last": n - 1}, value=short(order))
        return
    wrong = [pair for pair in pairs if not _is_pair(n, pair)]
    for pair in wrong:
        yield Finding("draws.order", {"n": n, "last": n - 1}, value=short(pair))
    if not wrong:
        circle = np.flatnonzero(closure(n, pairs).diagonal()).tolist()
        if circle:
            yield Finding("draws.circle", {"names": ", ".join(f"w[{j}]" for j in circle)})


def _is_pair(n: int, pair: tuple[object, ...]) -> bool:
    whole = all(isinstance(j, Integral) and not isinstance(j, bool) for j in pair)
    return whole and len(pair) == 2 and all(0 <= int(j) < n for j in pair)  # type: ignore[call-overload]


def _bound_faults(n: int, bounds: object, is_lower: bool) -> Iterator[Finding]:
    if bounds is None:
        return
    try:
        given = np.asarray(bounds, dtype=float)
        fits = given.shape in ((), (n,))
    except (TypeError, ValueError):
        fits = False
    if not fits:
        code = "draws.lower_bounds" if is_lower else "draws.upper_bounds"
        yield Finding(code, {"n": n}, value=short(bounds))
        return
    for place, value in enumerate(np.atleast_1d(given).tolist()):
        if not 0 <= value <= 1:
            code = "draws.lower" if is_lower else "draws.upper"
            yield Finding(code, {"name": f"w[{place}]"}, value=short(value))


def _bounds(n: int, bounds: object, otherwise: float) -> Floats:
    return np.full(n, otherwise if bounds is None else np.asarray(bounds, dtype=float))


def _clash(limits: Limits) -> list[Finding]:
    """Name a smallest set of limits that leaves no weights, or no room."""
    n = len(limits.lower)
    found = room(n, limits.order, limits.lower, limits.upper)
    if found > 0:
        return []
    left = _without_idle(limits, found)
    texts = [f"w[{j}] ≥ {short(left.lower[j])}" for j in np.flatnonzero(left.lower > 0)]
    texts += [f"w[{j}] ≤ {short(left.upper[j])}" for j in np.flatnonzero(left.upper < 1)]
    texts += [f"w[{a}] ≥ w[{b}]" for a, b in left.order]
    details = {"count": len(texts), "statements": ", ".join(texts)}
    return [Finding("draws.conflict" if found < 0 else "draws.no_room", details)]


def _without_idle(limits: Limits, found: int) -> Limits:
    """Take away all that can go with the clash still there, the weakest first."""
    order, lower, upper = limits.order, limits.lower, limits.upper

    def clashes(order: Sequence[tuple[int, int]], lower: Floats, upper: Floats) -> bool:
        return room(len(lower), order, lower, upper) <= found

    for pair in limits.order:
        fewer = tuple(other for other in order if other != pair)
        order = fewer if clashes(fewer, lower, upper) else order
    for j in np.argsort(lower, kind="stable"):
        loose = np.where(np.arange(len(lower)) == j, 0.0, lower)
        lower = loose if clashes(order, loose, upper) else lower
    for j in np.argsort(-upper, kind="stable"):
        loose = np.where(np.arange(len(upper)) == j, 1.0, upper)
        upper = loose if clashes(order, lower, loose) else upper
    return Limits(order, lower, upper)
