"""Which judgements to look at again: suggestions with names, never applied."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np

from partnermcda.core.ahp.random_index import random_index
from partnermcda.core.ahp.repair import repairs
from partnermcda.core.arrays import Floats
from partnermcda.weighing.result import Suggestion

if TYPE_CHECKING:
    from partnermcda.weighing.nodes import Panel, Rules

MOST: Final = 3
"""Suggestions on one matrix: who looks at more has judged anew."""


def suggestions(
    panel: "Panel", matrix: Floats, ratio: float, ratios: Floats, rules: "Rules"
) -> tuple[Suggestion, ...]:
    """Suggest what to look at again in one node, where judgements contradict one another too much.

    Parameters
    ----------
    panel : Panel
        The k judges who answered.
    matrix : (j, j) array
        The group's judgements.
    ratio : float
        Consistency ratio of `matrix`.
    ratios : (k,) array
        Consistency ratio of each judge; NaN where it is not defined.
    rules : Rules
        With the ratio above which something is suggested.

    Returns
    -------
    tuple of Suggestion
        The group's first, then those of judges, the worst judge first; at most three for each.
        A single judge is the group.
    """
    found = list(_of_one("", panel, matrix, ratio, rules))
    if len(panel.judges) > 1:
        worst_first = np.argsort(-np.nan_to_num(ratios), kind="stable")
        for i in worst_first.tolist():
            judge, own = panel.judges[i], panel.matrices[i]
            found += _of_one(judge, panel, own, float(ratios[i]), rules)
    return tuple(found)


def _of_one(
    judge: str, panel: "Panel", a: Floats, ratio: float, rules: "Rules"
) -> Iterator[Suggestion]:
    if not ratio > rules.limit:
        return
    before = ratio
    index = random_index(len(a), rules.random_index, beyond=rules.beyond)
    for step in repairs(a, random_index=index, limit=rules.limit, most=MOST):
        # Whoever reads it is told how many times more something counts, not less.
        less = step.value < 1
        first, second = (step.column, step.row) if less else (step.row, step.column)
        yield Suggestion(
            judge=judge,
            node=panel.node,
            a=panel.items[first],
            b=panel.items[second],
            value=1 / step.value if less else step.value,
            suggested=1 / step.suggested if less else step.suggested,
            before=before,
            after=step.consistency_ratio,
        )
        before = step.consistency_ratio
