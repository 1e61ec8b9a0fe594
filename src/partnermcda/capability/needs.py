"""How much of each capability a project needs, in the units in which actors bring it."""

from collections.abc import Mapping
from numbers import Real
from typing import TypeAlias

import numpy as np

from partnermcda.catalog import Catalog, Criterion
from partnermcda.core.arrays import Floats
from partnermcda.errors import Finding, MethodError, short

Needs: TypeAlias = str | Mapping[str, float]
"""Id of one of the catalog's needs, or the level in [0, 1] needed of each capability."""


def needed(catalog: Catalog, needs: Needs) -> Floats:
    r"""Say how much of each capability is needed.

    Parameters
    ----------
    catalog : Catalog
        With K capabilities.
    needs : str or mapping of str to float
        One of the catalog's needs; or capabilities with the level needed, in [0, 1]. What
        ``always`` is needed is needed at level 1 unless a mapping says otherwise.

    Returns
    -------
    (K,) array
        Amounts in the units of :func:`holdings`: for what is summed, the answer worth the level,
        in the criterion's own unit; else the level itself. 0 where nothing is needed.

    Raises
    ------
    MethodError
        If there is no such need or capability, or a level is no number in [0, 1].

    Notes
    -----
    A level :math:`v` on a criterion with bounds l and h is worth :math:`l + v (h - l)`, on a
    logarithmic scale :math:`l (h / l)^v`.

    Examples
    --------
    >>> from partnermcda.catalog import load_catalog
    >>> catalog = load_catalog("urban-services")
    >>> amounts = needed(catalog, {"funds": 0.5, "platform": 0.6})
    >>> dict(zip([c.id for c in catalog.capabilities], amounts.round().tolist()))["funds"]
    31623.0
    """
    levels = need_levels(catalog, needs)
    return np.array(
        [
            _amount(catalog, capability.cover, capability.criterion, levels[capability.id])
            for capability in catalog.capabilities
        ]
    )


def need_levels(catalog: Catalog, needs: Needs) -> dict[str, float]:
    """Say at which level each capability is needed.

    Parameters
    ----------
    catalog : Catalog
    needs : str or mapping of str to float
        As for :func:`needed`.

    Returns
    -------
    dict of str to float
        Of every capability, in [0, 1].

    Raises
    ------
    MethodError
        As :func:`needed`.
    """
    levels = {c.id: 1.0 if c.always else 0.0 for c in catalog.capabilities}
    if isinstance(needs, str):
        known = {need.id: need for need in catalog.needs}
        if needs not in known:
            details = {"name": short(needs), "names": ", ".join(known) or "–"}
            raise MethodError(Finding("capability.needs", details))
        return levels | dict(known[needs].levels)
    _refuse_faults(levels, needs)
    return levels | {name: float(level) for name, level in needs.items()}


def _refuse_faults(levels: Mapping[str, float], needs: Mapping[str, object]) -> None:
    if not isinstance(needs, Mapping):
        raise MethodError(Finding("capability.needs_kind", {"kind": type(needs).__name__}))
    names = ", ".join(levels) or "–"
    findings = [
        Finding("capability.capability", {"name": short(name), "names": names})
        for name in needs
        if name not in levels
    ]
    findings += [
        Finding("capability.level", {"name": short(name)}, value=short(level))
        for name, level in needs.items()
        if not _is_level(level)
    ]
    if findings:
        raise MethodError(findings)


def _is_level(level: object) -> bool:
    return not isinstance(level, bool) and isinstance(level, Real) and 0 <= float(level) <= 1


def _amount(catalog: Catalog, cover: str, criterion: str | None, level: float) -> float:
    if cover != "sum" or not level or criterion is None:
        return level
    return float(answer_worth(catalog.criterion(criterion), np.array(level)))


def answer_worth(criterion: Criterion, values: Floats) -> Floats:
    """Find the answers that have some values.

    Parameters
    ----------
    criterion : Criterion
        With its bounds and scale.
    values : array
        Values in [0, 1].

    Returns
    -------
    array
        Answers in the criterion's own unit.

    Examples
    --------
    >>> from partnermcda.catalog import load_catalog
    >>> staff = load_catalog("urban-services").criterion("res_human")
    >>> answer_worth(staff, np.array([0.0, 0.5, 1.0])).round(3)
    array([ 0.5  ,  3.162, 20.   ])
    """
    ends = criterion.low, criterion.high
    zero, one = ends if criterion.direction == "benefit" else ends[::-1]
    if criterion.transform == "log10":
        return np.asarray(zero * (one / zero) ** values)
    return np.asarray(zero + values * (one - zero))
