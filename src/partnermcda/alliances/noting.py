"""What a reader of a coalition should know: who was left out, and what was supposed."""

from collections.abc import Iterator

import numpy as np

from partnermcda.alliances.case import Case, lists_given
from partnermcda.alliances.plans import Plan
from partnermcda.errors import Finding


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
    return (*case.ground.notes, *case.notes, *_supposed(case, plans), *_unsure(case, plans))


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
