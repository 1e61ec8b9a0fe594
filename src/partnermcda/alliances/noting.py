"""What a reader of a coalition should know: who was left out, and what was supposed."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from partnermcda.alliances.case import Case, lists_given
from partnermcda.alliances.plans import Plan
from partnermcda.errors import Finding
from partnermcda.messages import LANGUAGES
from partnermcda.messages.figures import percent

_TOLD_APART: Final = 0.005
"""Shares of the needs that differ by more look different where two decimals are told."""


def notes_of(case: Case, plans: tuple[Plan, ...]) -> tuple[Finding, ...]:
    """Say what was left out, supposed or not proven.

    Parameters
    ----------
    case : Case
    plans : tuple of Plan

    Returns
    -------
    tuple of Finding
    """
    supposed = (*_not_certain(case, plans[0]), *_supposed(case, plans))
    return (*case.ground.notes, *case.notes, *supposed, *_unsure(case, plans))


def _not_certain(case: Case, plan: Plan) -> Iterator[Finding]:
    """Tell how much of what is covered hangs on answers nobody has given."""
    weights = case.ground.weights
    if not plan.counted.any():
        yield Finding("coalition.nothing_covered")
    told, certain = float(plan.cover @ weights), float(plan.cover_low @ weights)
    if told - certain > _TOLD_APART:
        shares = {
            name: {language: percent(share, language) for language in LANGUAGES}
            for name, share in (("told", told), ("certain", certain))
        }
        worst = case.wishes.robust == "worst"
        yield Finding("coalition.certain_only" if worst else "coalition.not_certain", shares)


def _supposed(case: Case, plans: tuple[Plan, ...]) -> Iterator[Finding]:
    for k, capability in enumerate(case.ground.capabilities):
        if capability.cover != "union":
            continue
        if case.wishes.districts is None and case.districts[k]:
            count = len(case.districts[k])
            yield Finding("coalition.districts", {"name": capability.id, "count": count})
        listed = dict(zip(case.rows.tolist(), lists_given(case, k).tolist(), strict=True))
        alone = sum(not listed[row] for row in plans[0].rows.tolist())
        if alone and len(plans[0].rows) > 1:
            yield Finding("coalition.shares", {"name": capability.id, "count": alone})


def _unsure(case: Case, plans: tuple[Plan, ...]) -> Iterator[Finding]:
    wishes = case.wishes
    if wishes.robust == "expected":
        details = {"draws": wishes.draws, "error": f"{plans[0].standard_error:.2g}"}
        yield Finding("coalition.drawn", details)
    for number, plan in enumerate(plans, 1):
        if not plan.proven:
            yield Finding("coalition.gap", {"plan": number, "gap": f"{plan.gap:.2g}"})
    if plans[0].ties:
        yield Finding("coalition.ties", {"count": plans[0].ties})
    if len(plans) < wishes.best:
        yield Finding("coalition.fewer", {"count": len(plans), "best": wishes.best})
    unclear = int(np.count_nonzero(case.ground.types[case.rows] == ""))
    if unclear and any(c.cover == "bridge" for c in case.ground.capabilities):
        yield Finding("coalition.no_type", {"count": unclear})
