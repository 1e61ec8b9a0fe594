"""Who is ranked and by what: the options of a ranking, applied."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from partnermcda import core
from partnermcda.core.arrays import Bools, Floats, Ints, Texts
from partnermcda.errors import Finding, InventoryError, MethodError
from partnermcda.matrix import DecisionMatrix, ValueMatrix
from partnermcda.weights import Weights

SetAside: TypeAlias = Literal["unobserved", "none"] | float | Collection[str]


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """How to rank, beside method and weights."""

    by: Literal["city"] | None
    """Within each city, or all together."""
    set_aside: SetAside
    """Which criteria are not judged."""
    rank_roles: Collection[str]
    """Roles whose actors are ranked all the same."""
    gates: Literal["show", "exclude"]
    """Whether actors that fail a gate are ranked."""
    min_evidence: float
    """Least share of observed weight."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """What is left to rank and to judge by."""

    rows: Ints
    """(k,) positions of the actors ranked."""
    columns: list[int]
    """Positions of the criteria judged."""
    weights: Weights
    """Their weights, summing to 1."""
    set_aside: tuple[str, ...]
    """Criteria not judged."""
    evidence: Floats
    """(k,) share of weight observed of each actor ranked."""
    reasons: Texts
    """(m,) why an actor is not ranked; empty for those that are."""


def check_options(criteria: tuple[str, ...], roles: tuple[str, ...], options: Options) -> None:
    """Refuse options that do not exist.

    Parameters
    ----------
    criteria : tuple of str
        What actors are judged by.
    roles : tuple of str
        Roles there are.
    options : Options
        How to rank.

    Raises
    ------
    MethodError
        With all of them.
    """
    findings = [
        Finding("rank.role", {"name": role, "names": ", ".join(roles) or "–"})
        for role in as_names(options.rank_roles)
        if role not in roles
    ]
    rule = options.set_aside
    if isinstance(rule, (int, float)):
        if isinstance(rule, bool) or not 0 <= rule <= 1:
            findings.append(Finding("rank.coverage", {"share": rule}))
    elif rule == "":
        details = {"name": rule, "names": ", ".join(criteria)}
        findings.append(Finding("rank.set_aside", details))
    if options.by not in ("city", None):
        findings.append(Finding("rank.by", {"name": options.by}))
    if options.gates not in ("show", "exclude"):
        findings.append(Finding("rank.gates", {"name": options.gates}))
    if not 0 <= options.min_evidence <= 1:
        findings.append(Finding("rank.min_evidence", {"share": options.min_evidence}))
    if findings:
        raise MethodError(findings)


def candidates(values: ValueMatrix, weights: Weights, options: Options) -> Candidates:
    """Find who is ranked and by what, where not everything is known; refuse if it is nobody.

    Parameters
    ----------
    values : ValueMatrix
        Values of m actors.
    weights : Weights
        Of its criteria, in their order.
    options : Options
        Who shall be left out and which criteria set aside.

    Returns
    -------
    Candidates

    Raises
    ------
    MethodError
        If a criterion to set aside does not exist.
    InventoryError
        If nothing is left to judge by, or nobody to rank.
    """
    found = candidates_among(values, weights, options)
    if not len(found.rows):
        raise InventoryError(Finding("rank.nobody", {"count": len(values)}))
    return found


def candidates_among(values: ValueMatrix, weights: Weights, options: Options) -> Candidates:
    """Find who is ranked and by what among actors that may be a part of all there are.

    Parameters
    ----------
    values : ValueMatrix
        Values of m actors.
    weights : Weights
        Of its criteria, in their order.
    options : Options
        Who shall be left out and which criteria set aside.

    Returns
    -------
    Candidates
        Perhaps of nobody.

    Raises
    ------
    MethodError
        If a criterion to set aside does not exist.
    InventoryError
        If nothing is left to judge by.
    """
    reasons = first_reasons(values, options)
    aside = _to_set_aside(values, options.set_aside, reasons == "")
    kept = weights_without(weights, aside)
    columns = [values.column(name) for name in kept.names]
    counted = np.array(columns)[kept.values > 0]
    # Counted from what is missing, so that knowing all is exactly 1.
    missing = core.weighted_sum(1.0 - values.evidence[:, columns], kept.values)
    evidence = np.clip(1.0 - missing, 0.0, 1.0)
    reasons = _with_silence(reasons, values, counted, evidence, options.min_evidence)
    rows = np.flatnonzero(reasons == "")
    return Candidates(rows, columns, kept, aside, evidence[rows], reasons)


def everybody(values: DecisionMatrix, weights: Weights, rule: SetAside) -> Candidates:
    """Rank all, by all criteria but those named: everything is known.

    Parameters
    ----------
    values : DecisionMatrix
        Values of m alternatives.
    weights : Weights
        Of its criteria, in their order.
    rule : "unobserved", "none", float or collection of str
        Criteria to set aside.

    Returns
    -------
    Candidates

    Raises
    ------
    MethodError
        If a criterion to set aside does not exist.
    InventoryError
        If nothing is left to judge by.
    """
    m = len(values)
    by_name = rule not in ("unobserved", "none") and not isinstance(rule, (int, float))
    aside = named_aside(values.criteria, rule) if by_name else ()
    kept = weights_without(weights, aside) if aside else weights
    columns = [values.column(name) for name in kept.names]
    reasons = np.full(m, "", dtype=object)
    return Candidates(np.arange(m), columns, kept, aside, np.ones(m), reasons)


def as_names(given: str | Collection[str]) -> tuple[str, ...]:
    """Take one name, or several, as several."""
    return (given,) if isinstance(given, str) else tuple(given)


def first_reasons(values: ValueMatrix, options: Options) -> Texts:
    """Say why an actor is no candidate, whatever is known of it.

    Parameters
    ----------
    values : ValueMatrix
        Values of m actors.
    options : Options
        Who shall be left out.

    Returns
    -------
    (m,) array of str
        ``outside``, ``role`` or ``gate``; empty for those of whom answers are asked.
    """
    reasons = np.full(len(values), "", dtype=object)
    if options.gates == "exclude":
        reasons[values.gates == "fail"] = "gate"
    played = values.roles != ""
    for role in as_names(options.rank_roles):
        played &= values.roles != role
    reasons[played] = "role"
    reasons[values.outside] = "outside"
    return reasons


def _with_silence(
    reasons: Texts, values: ValueMatrix, counted: Ints, evidence: Floats, min_evidence: float
) -> Texts:
    """Give a reason to those of whom too little is known to say anything."""
    reasons, asked = reasons.copy(), reasons == ""
    nothing = np.ones(len(values), dtype=bool)
    # Column by column: they lie so, and a table of truths would have to be made for each part.
    for j in counted:
        nothing &= (values.low[:, j] <= 0) & (values.high[:, j] >= 1) & (values.evidence[:, j] <= 0)
    reasons[asked & nothing] = "no_evidence"
    reasons[asked & ~nothing & (evidence < min_evidence)] = "little_evidence"
    return reasons


def _to_set_aside(values: ValueMatrix, rule: SetAside, rows: Bools) -> tuple[str, ...]:
    if rule == "none" or not rows.any():
        return ()
    if rule == "unobserved":
        return values.unobserved(rows)
    if isinstance(rule, (int, float)):
        coverage = values.evidence[rows].mean(axis=0)
        return tuple(n for n, c in zip(values.criteria, coverage, strict=True) if c < rule)
    return named_aside(values.criteria, rule)


def named_aside(criteria: tuple[str, ...], rule: SetAside) -> tuple[str, ...]:
    """Find criteria to set aside that are named.

    Parameters
    ----------
    criteria : tuple of str
        All there are.
    rule : str or collection of str
        Their names.

    Returns
    -------
    tuple of str
        In the order of the criteria.

    Raises
    ------
    MethodError
        If one does not exist.
    """
    named = () if isinstance(rule, float) else as_names(rule)
    findings = [
        Finding("rank.set_aside", {"name": name, "names": ", ".join(criteria)})
        for name in named
        if name not in criteria
    ]
    if findings:
        raise MethodError(findings)
    return tuple(name for name in criteria if name in named)


def weights_without(weights: Weights, aside: tuple[str, ...]) -> Weights:
    """Share the weight of criteria set aside out among the others.

    Parameters
    ----------
    weights : Weights
    aside : tuple of str
        Names of criteria.

    Returns
    -------
    Weights

    Raises
    ------
    InventoryError
        If nothing is left to judge by.
    """
    left = sum(w for name, w in weights.to_dict().items() if name not in aside)
    if not left > 0:
        raise InventoryError(Finding("rank.nothing_judged", {"names": ", ".join(aside)}))
    return weights.without(aside)
