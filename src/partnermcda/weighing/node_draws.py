"""One node drawn again and again: what its judges might have said, and one more judge."""

from dataclasses import dataclass
from typing import Final, Literal, cast

import numpy as np

from partnermcda.core.ahp.eigenvector import unit
from partnermcda.core.ahp.missing import Completion
from partnermcda.core.ahp.priorities import Prioritization, priorities
from partnermcda.core.arrays import Bools, Floats
from partnermcda.core.judgement_draws import Intervals, in_blocks, pairwise_of
from partnermcda.core.weight_space import scatter, spread_of
from partnermcda.judgements.model import Judgements
from partnermcda.weighing.result import JudgedNode, JudgedWeights

Spread = Literal["judgements", "judges", "both"]
Within = Literal["as_said", "uniform", "triangular"]

_END_OF_NAME: Final = 256
"""No byte of a name."""
_ROUNDING: Final = 1e-9
"""How far from the middle of its bounds, in the logarithm, a judgement still counts as there."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How often to draw, from what, and what becomes of drawn judgements."""

    size: int
    seed: tuple[int, ...]
    spread: Spread
    within: Within
    method: Prioritization
    missing: Completion
    pooling: str

    @classmethod
    def of(
        cls, judged: JudgedWeights, size: int, seed: tuple[int, ...], spread: Spread, within: Within
    ) -> "Rules":
        """Take over how the weights were made."""
        method, missing = cast("Prioritization", judged.method), cast("Completion", judged.missing)
        return cls(size, seed, spread, within, method, missing, judged.pooling)

    def stream(self, *names: str) -> np.random.Generator:
        """Random numbers that hang on the seed and some names, and on nothing else."""
        letters = [byte for name in names for byte in (*name.encode(), _END_OF_NAME)]
        return np.random.default_rng([*self.seed, *letters])


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """A node with the k judges who count in it."""

    node: JudgedNode
    judges: tuple[str, ...]
    shares: Floats
    """(k,) how much each counts, summing to 1."""
    low: Floats
    """(k, j, j) what each said at least …"""
    said: Floats
    """… just so …"""
    high: Floats
    """… and at most; NaN = not asked."""
    own: Floats
    """(k, j) priorities of each alone; NaN where the answers do not link all items."""

    @classmethod
    def of(cls, judgements: Judgements, node: JudgedNode) -> "Panel":
        """Take those who count in a node, with items in the order of the hierarchy."""
        counted = node.judge_weights > 0
        judges = tuple(node.judges[i] for i in np.flatnonzero(counted))
        here = judgements.items[node.name]
        order = [here.index(item) for item in node.items]
        place = np.ix_([judgements.judges.index(judge) for judge in judges], order, order)
        low, said, high = (
            side[node.name][place]
            for side in (judgements.low, judgements.matrices, judgements.high)
        )
        own = node.judge_priorities[counted]
        return cls(node, judges, node.judge_weights[counted], low, said, high, own)

    @property
    def certain(self) -> bool:
        """Whether no judgement is an interval."""
        return not (self.high > self.low).any()

    def modes(self, within: Within) -> Floats:
        """(k, j, j) most likely judgements; NaN where all between the bounds are as likely."""
        off = np.abs(2 * np.log(self.said) - np.log(self.low) - np.log(self.high))
        peaked = {"as_said": off > _ROUNDING, "uniform": False, "triangular": True}
        return np.where(peaked[within], self.said, np.nan)

    @property
    def heard(self) -> Bools:
        """(k,) whose priorities are known."""
        return np.asarray(~np.isnan(self.own).any(axis=1))

    @property
    def divided(self) -> bool:
        """Whether there are two judges to differ."""
        return bool(np.count_nonzero(self.heard) > 1)


def draw_node(panel: Panel, rules: Rules) -> Floats:
    """Draw the priorities of a node.

    Parameters
    ----------
    panel : Panel
    rules : Rules

    Returns
    -------
    (s, j) array
    """
    if rules.spread == "judges" or panel.certain:
        drawn = np.tile(panel.node.priorities, (rules.size, 1))
    else:
        drawn = _unsure(panel, rules)
    if rules.spread == "judgements" or not panel.divided:
        return drawn
    _, spread = spread_of(panel.own[panel.heard], panel.shares[panel.heard])
    streams = [
        rules.stream(panel.node.name, judge, "apart")
        for judge, heard in zip(panel.judges, panel.heard, strict=True)
        if heard
    ]
    normals = np.column_stack([stream.standard_normal(rules.size) for stream in streams])
    return scatter(np.log(drawn), spread, normals)


def _unsure(panel: Panel, rules: Rules) -> Floats:
    """Draw each judgement within its bounds, and the group's priorities from them."""
    intervals = [
        Intervals.of(low, high, mode)
        for low, high, mode in zip(panel.low, panel.high, panel.modes(rules.within), strict=True)
    ]
    streams = [rules.stream(panel.node.name, judge) for judge in panel.judges]
    group = _by_judgements if rules.pooling == "aij" else _by_priorities
    drawn = np.empty((rules.size, len(panel.node.items)))
    for first, last in in_blocks(rules.size, len(panel.node.items)):
        logs = [
            one.draw(last - first, stream) for one, stream in zip(intervals, streams, strict=True)
        ]
        drawn[first:last] = group(intervals, logs, panel.shares, rules)
    return drawn


def _by_judgements(
    intervals: list[Intervals], logs: list[Floats], shares: Floats, rules: Rules
) -> Floats:
    """Pool judgements (AIJ): the mean over those who answered a pair."""
    asked = np.logical_or.reduce([one.asked for one in intervals])
    total = np.zeros((len(logs[0]), np.count_nonzero(asked)))
    counted = np.zeros(total.shape[1])
    for one, log, share in zip(intervals, logs, shares, strict=True):
        here = one.asked[asked]
        total[:, here] += share * log
        counted[here] += share
    return priorities(pairwise_of(total / counted, asked), rules.method, missing=rules.missing)


def _by_priorities(
    intervals: list[Intervals], logs: list[Floats], shares: Floats, rules: Rules
) -> Floats:
    """Pool priorities (AIP)."""
    geometric = rules.pooling == "aip_geometric"
    total = np.zeros((len(logs[0]), intervals[0].order))
    for one, log, share in zip(intervals, logs, shares, strict=True):
        own = priorities(one.matrices(log), rules.method, missing=rules.missing)
        total += share * (np.log(own) if geometric else own)
    return unit(np.exp(total) if geometric else total)
