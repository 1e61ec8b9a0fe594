"""Methods of the package pymcdm, checked before and after, city by city.

It is imported when one of them first scores, as it brings matplotlib and takes more than a second.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.errors import Finding, MethodError
from partnermcda.methods.checks import Needs, checked, cities, finite
from partnermcda.methods.model import Score

PREFERENCES: Final = {"usual": "usual", "vshape": "vshape", "linear": "vshape_2"}
"""Preference functions by the literature's names, and pymcdm's names for them."""
MOST_COMPARED: Final = 4000
"""Actors of one city that are compared pair by pair: memory grows with their square."""

Threshold: TypeAlias = float | tuple[float | None, ...] | None
_OneCity: TypeAlias = Callable[[Floats, Floats, Bools], Floats]


def marcos() -> Score:
    """MARCOS's utility function."""
    return _each_city("marcos", "positive", lambda x, w, more: _call("MARCOS", x, w, more))


def aras() -> Score:
    """ARAS's degree of utility, the optimal actor being the best of each column."""
    return _each_city("aras", "positive", lambda x, w, more: _call("ARAS", x, w, more))


def waspas(l: float = 0.5) -> Score:  # noqa: E741
    """WASPAS's joint criterion: the share `l` of the weighted sum, the rest of the product."""
    return _each_city("waspas", "positive", lambda x, w, more: _call("WASPAS", x, w, more, l=l))


def edas() -> Score:
    """EDAS's appraisal score."""

    def one_city(x: Floats, weights: Floats, more: Bools) -> Floats:
        # A mean of equal numbers may miss them by rounding, so such criteria stay out.
        apart = x.min(axis=0) < x.max(axis=0)
        if not apart.any():
            return np.full(len(x), 0.5)
        return _call("EDAS", x[:, apart], weights[apart], more[apart])

    return _each_city("edas", "not_negative", one_city)


def promethee_ii(
    preference_function: str | tuple[str, ...] = "usual", p: Threshold = None, q: Threshold = None
) -> Score:
    """PROMETHEE II's net flow."""

    def score(
        x: Floats, weights: Floats, benefit: Bools | None = None, starts: Ints | None = None
    ) -> Floats:
        x, weights, more, starts = checked("promethee_ii", x, weights, benefit, starts)
        options = _options(preference_function, p, q, len(weights))
        net = np.zeros(len(x))
        for rows in cities(len(x), starts):
            net[rows] = _net_flow(x[rows], weights, more, options)
        return finite("promethee_ii", net)

    return score


def _net_flow(x: Floats, weights: Floats, more: Bools, options: Sequence[dict[str, Any]]) -> Floats:
    net = np.zeros(len(x))
    if len(x) > MOST_COMPARED:
        details = {"count": len(x), "most": MOST_COMPARED}
        raise MethodError(Finding("method.too_many", details))
    # Somebody alone is compared with nobody, and has as much for as against.
    if len(x) > 1:
        # One criterion at a time: pymcdm takes one preference function for all, and holds a table
        # of all pairs for each.
        for j in np.flatnonzero(weights).tolist():
            column = x[:, j : j + 1]
            flow = _call("PROMETHEE_II", column, np.ones(1), more[j : j + 1], **options[j])
            net += weights[j] * flow
    return net


def _options(function: Any, p: Any, q: Any, n: int) -> list[dict[str, Any]]:
    """Say of each criterion what pymcdm is to be told."""
    lengths = {len(given) for given in (function, p, q) if isinstance(given, tuple)}
    if lengths - {n}:
        raise MethodError(Finding("method.for_each", {"count": max(lengths - {n}), "criteria": n}))
    each = [given if isinstance(given, tuple) else (given,) * n for given in (function, p, q)]
    options = []
    for name, preference, indifference in zip(*each, strict=True):
        own = {"p": preference, "q": indifference or None}
        if not _fits(name, **own):
            raise MethodError(Finding("method.thresholds", {"function": name, **own}))
        told = {"usual": {}, "vshape": {"p": [preference]}}
        linear = {"p": [preference], "q": [indifference or 0.0]}
        options.append({"preference_function": PREFERENCES[name], **told.get(name, linear)})
    return options


def _fits(function: str, p: float | None, q: float | None) -> bool:
    if function == "usual":
        return not p and not q
    if function == "vshape":
        return bool(p) and not q
    return p is not None and p > (q or 0.0)


def _each_city(name: str, needs: Needs, one_city: _OneCity) -> Score:
    def score(
        x: Floats, weights: Floats, benefit: Bools | None = None, starts: Ints | None = None
    ) -> Floats:
        x, weights, more, starts = checked(name, x, weights, benefit, starts, needs)
        # What has no weight takes no part: 0 times a division by 0 would still be NaN.
        counted = weights > 0
        x, weights, more = x[:, counted], weights[counted], more[counted]
        scores = np.empty(len(x))
        for rows in cities(len(x), starts):
            scores[rows] = one_city(x[rows], weights, more)
        return finite(name, scores)

    return score


def _call(name: str, x: Floats, weights: Floats, more: Bools, **options: Any) -> Floats:
    from pymcdm import methods

    with np.errstate(all="ignore"):
        fresh = getattr(methods, name)(**options)
        scores = fresh(x, weights, np.where(more, 1, -1), validation=False)
    return np.asarray(scores, dtype=float)
