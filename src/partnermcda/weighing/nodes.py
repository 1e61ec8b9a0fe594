"""One node: what judges said there becomes priorities, their own and the group's."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from partnermcda.core.ahp.connection import connected, connected_parts
from partnermcda.core.ahp.consensus import consensus, judge_distances
from partnermcda.core.ahp.consistency import consistency_ratio
from partnermcda.core.ahp.groups import Mean, pool, pool_priorities
from partnermcda.core.ahp.missing import Completion
from partnermcda.core.ahp.priorities import Prioritization, priorities
from partnermcda.core.ahp.random_index import Beyond
from partnermcda.core.arrays import Bools, Floats
from partnermcda.errors import Finding, JudgementsError, short
from partnermcda.messages import LANGUAGES
from partnermcda.weighing.result import JudgedNode, LeftOut
from partnermcda.weighing.suggestions import suggestions

Pooling = Literal["aij", "aip_geometric", "aip_arithmetic"]


@dataclass(frozen=True, slots=True)
class Rules:
    """How judgements become priorities; :func:`ahp_weights` says what each means."""

    method: Prioritization
    missing: Completion
    pooling: Pooling
    most: float | None
    """The largest consistency ratio with which a judge counts."""
    random_index: str | float
    beyond: Beyond
    limit: float
    """The largest consistency ratio that is not remarked on."""


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """The k judges who answered in a node, and what they said of its j items."""

    node: str
    items: tuple[str, ...]
    judges: tuple[str, ...]
    matrices: Floats
    """(k, j, j)"""
    shares: Floats
    """(k,) how much each counts in the group; not summing to 1, as others did not answer."""

    def linked(self) -> Bools:
        """Whether the answers of each judge link all items with one another."""
        return connected(~np.isnan(self.matrices))

    def parts(self, a: Floats) -> str:
        """Write which items the judgements of a matrix link, with a bar where nothing does."""
        parts = connected_parts(~np.isnan(a))
        return " | ".join(", ".join(self.items[i] for i in part) for part in parts)


class Weighed(NamedTuple):
    """A node that has been weighed, and what is to be told of it."""

    node: JudgedNode
    left_out: tuple[LeftOut, ...]
    incomplete: bool
    """Whether a consistency ratio stands on an index for incomplete matrices."""
    notes: tuple[Finding, ...]


def weigh_node(panel: Panel, rules: Rules) -> Weighed:
    """Weigh the items of one node.

    Parameters
    ----------
    panel : Panel
        Who answered, and what.
    rules : Rules
        How to weigh.

    Returns
    -------
    Weighed

    Raises
    ------
    JudgementsError
        If nobody's judgements count, or those that count do not link all items.
    """
    linked = panel.linked()
    ratios, own = _alone(panel, linked, rules)
    out = ratios > (np.inf if rules.most is None else rules.most)
    counted = (panel.shares > 0) & ~out
    _refuse_empty(panel, ratios, out, counted)
    if rules.pooling != "aij":
        _refuse_unlinked(panel, counted & ~linked)
    shares = np.where(counted, panel.shares, 0.0)
    shares /= shares.sum()
    matrix = _pooled(panel, shares)
    ratio = float(consistency_ratio(matrix, rules.random_index, beyond=rules.beyond))
    agreement, distances = _agreement(own, shares, linked)
    node = JudgedNode(
        name=panel.node,
        items=panel.items,
        priorities=_group(matrix, own, shares, rules),
        matrix=matrix,
        consistency_ratio=ratio,
        judges=panel.judges,
        judge_weights=shares,
        judge_priorities=own,
        judge_consistency=ratios,
        consensus=agreement,
        distances=distances,
        suggestions=suggestions(panel, matrix, ratio, ratios, rules),
    )
    left_out = tuple(
        LeftOut(panel.judges[i], panel.node, float(ratios[i])) for i in np.flatnonzero(out)
    )
    incomplete = bool(np.isnan(matrix).any() or np.isnan(panel.matrices[linked]).any())
    return Weighed(node, left_out, incomplete, tuple(_notes(node, panel, out, rules)))


def _alone(panel: Panel, linked: Bools, rules: Rules) -> tuple[Floats, Floats]:
    """Consistency ratio and priorities of each judge; NaN where answers do not link all items."""
    ratios = np.full(len(linked), np.nan)
    own = np.full((len(linked), len(panel.items)), np.nan)
    if linked.any():
        stack = panel.matrices[linked]
        ratios[linked] = consistency_ratio(stack, rules.random_index, beyond=rules.beyond)
        own[linked] = priorities(stack, rules.method, missing=rules.missing)
    return ratios, own


def _refuse_empty(panel: Panel, ratios: Floats, out: Bools, counted: Bools) -> None:
    if counted.any():
        return
    details = {"node": panel.node, "judges": _listed(panel.judges, ratios, out)}
    code = "judged.nobody_left" if out.any() else "judged.no_weight_here"
    raise JudgementsError(Finding(code, details))


def _refuse_unlinked(panel: Panel, unlinked: Bools) -> None:
    faults = [
        Finding("judged.judge_not_linked", {"node": panel.node, "judge": judge, "parts": parts})
        for judge, parts in _in_pieces(panel, unlinked)
    ]
    if faults:
        raise JudgementsError(faults)


def _pooled(panel: Panel, shares: Floats) -> Floats:
    counted = shares > 0
    matrix = pool(panel.matrices[counted], shares[counted])
    if not connected(~np.isnan(matrix)):
        details = {"node": panel.node, "parts": panel.parts(matrix)}
        raise JudgementsError(Finding("judged.not_linked", details))
    return matrix


def _group(matrix: Floats, own: Floats, shares: Floats, rules: Rules) -> Floats:
    if rules.pooling == "aij":
        return priorities(matrix, rules.method, missing=rules.missing)
    counted = shares > 0
    mean: Mean = "geometric" if rules.pooling == "aip_geometric" else "arithmetic"
    return pool_priorities(own[counted], shares[counted], mean=mean)


def _agreement(own: Floats, shares: Floats, linked: Bools) -> tuple[float, Floats]:
    """Consensus of those who count, and distance of everybody whose priorities are known."""
    distances = np.full(len(linked), np.nan)
    voices = linked & (shares > 0)
    if not voices.any():
        return np.nan, distances
    distances[linked] = judge_distances(own[linked], shares[linked])
    return float(consensus(own[voices], shares[voices])), distances


def _notes(node: JudgedNode, panel: Panel, out: Bools, rules: Rules) -> Iterator[Finding]:
    here = {"node": node.name, "of": len(node.judges)}
    ratios, limit = node.judge_consistency, _figure(short(rules.limit))
    if node.consistency_ratio > rules.limit:
        ratio = _figure(f"{node.consistency_ratio:.3f}")
        yield Finding("judged.inconsistent", here | {"ratio": ratio, "limit": limit})
    above = ratios > rules.limit
    if above.any() and len(ratios) > 1:
        said = {"count": int(above.sum()), "judges": _listed(node.judges, ratios, above)}
        yield Finding("judged.inconsistent_judges", here | said | {"limit": limit})
    if out.any():
        said = {"count": int(out.sum()), "judges": _listed(node.judges, ratios, out)}
        yield Finding("judged.left_out", here | said | {"most": _figure(short(rules.most))})
    for judge, parts in _in_pieces(panel, np.isnan(ratios)):
        yield Finding("judged.in_pieces", here | {"judge": judge, "parts": parts})


def _in_pieces(panel: Panel, unlinked: Bools) -> Iterator[tuple[str, str]]:
    for i in np.flatnonzero(unlinked):
        yield panel.judges[i], panel.parts(panel.matrices[i])


def _listed(judges: tuple[str, ...], ratios: Floats, which: Bools) -> dict[str, str]:
    shown = [(judges[i], _figure(f"{ratios[i]:.3f}")) for i in np.flatnonzero(which)]
    return {
        language: ", ".join(f"{judge} ({ratio[language]})" for judge, ratio in shown)
        for language in LANGUAGES
    }


def _figure(text: str) -> dict[str, str]:
    """Give a figure as each language writes it."""
    return {"en": text, "fr": text.replace(".", ",")}
