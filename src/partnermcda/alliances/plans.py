"""What a coalition covers, what each member brings to it alone, and what stays open."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from partnermcda.alliances.case import Case
from partnermcda.alliances.rules import Best, Bridge, Problem, Rule, Summed, Union, as_sets
from partnermcda.alliances.solving import PROVEN, Found
from partnermcda.core.arrays import Floats, Ints

OPEN: Final = 1e-9
"""A need covered up to this is covered."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """One coalition of t members and what it covers of K needs."""

    rows: Ints
    """(t,) its members' places in the inventory."""
    value: float
    """What it is worth: what was maximized."""
    gap: float
    """How much better another one may be at most; 0 up to the solver's tolerance is proven."""
    standard_error: float
    """Of `value`, where it is an average over draws; else 0."""
    ties: int
    """Sets as good that differ in one member."""
    cover: Floats
    """(K,) share of each need that is covered, with central amounts."""
    counted: Floats
    """(K,) share of each need by the amounts that were maximized; by central ones where those were
    drawn."""
    cover_low: Floats
    """(K,) the least share possible."""
    cover_high: Floats
    """(K,) the greatest share possible."""
    loss: Floats
    """(t,) value lost without each member."""
    only: Floats
    """(t, K) share of each need that is lost without each member, by what was maximized."""
    fillers: tuple[Ints, ...]
    """(K,) rows of those who could cover more of an open need, if what is unknown of them proved
    good; the most first."""

    @property
    def proven(self) -> bool:
        """Whether no other can be better."""
        return self.gap <= PROVEN


def plan_of(case: Case, problem: Problem, found: Found) -> Plan:
    """Work out a plan by our own arithmetic, whatever the solver said.

    Parameters
    ----------
    case : Case
        With central amounts.
    problem : Problem
        What was maximized.
    found : Found
        The members.

    Returns
    -------
    Plan
    """
    low, high = case.low(), case.high()
    t, m, width = len(found.members), len(case), case.problem.size
    chosen = as_sets(found.members, m, width)
    without = np.repeat(chosen, t, axis=0)
    without[np.arange(t), np.arange(t)] = m
    cover = case.problem.covers(chosen)[0]
    # Where states were drawn, what is open is told by central amounts.
    counting = problem if len(problem.rules[0].shares) == 1 else case.problem
    counted = counting.covers(chosen)[0]
    states = np.stack([rule.cover(chosen)[:, 0] for rule in problem.rules], axis=1)
    worth = states @ problem.weights
    error = float(worth.std(ddof=1) / np.sqrt(len(worth))) if len(worth) > 1 else 0.0
    lost = problem.covers(chosen) - problem.covers(without)
    return Plan(
        rows=case.rows[list(found.members)],
        value=found.value,
        gap=found.gap,
        standard_error=error,
        ties=found.ties,
        cover=cover,
        counted=counted,
        cover_low=low.covers(chosen)[0],
        cover_high=np.array([_most(rule, chosen) for rule in high.rules]),
        loss=lost @ problem.weights - problem.penalty * (t > 1),
        only=lost,
        fillers=tuple(_fillers(case, (counting, high), found.members, counted)),
    )


def _most(rule: Rule, sets: Ints) -> float:
    covered = rule.most(sets) if isinstance(rule, Union) else rule.cover(sets)
    return float(covered[0, 0])


def _fillers(
    case: Case, ends: tuple[Problem, Problem], members: tuple[int, ...], cover: Floats
) -> Iterator[Ints]:
    """Find who could cover more of each open need, if what is unknown of them proved good."""
    m, known = len(case), case.ground.held.known[case.rows]
    at = np.array(members)
    others = np.setdiff1d(np.arange(m), at)
    # Each candidate stands twice: as it counts, and m places on as good as can be.
    joined = np.column_stack([np.tile(at, (len(others), 1)), others + m])
    turned = np.where(np.eye(len(at), dtype=bool), at + m, at)
    asked = np.concatenate([others, at])
    for k, (now, best) in enumerate(zip(ends[0].rules, ends[1].rules, strict=True)):
        both = _beside(now, best)
        reached = np.concatenate([both.cover(sets)[0] for sets in (joined, turned)])
        able = (reached > cover[k] + OPEN) & ~known[asked, k] & (cover[k] < 1 - OPEN)
        order = np.lexsort((asked, -reached))
        yield case.rows[asked[order[able[order]]]]


def _beside(now: Rule, best: Rule) -> Rule:
    """Put 2m candidates into one rule: as they count, then as good as they can be."""
    shares = np.hstack([now.shares, best.shares])
    if isinstance(now, Union):
        return Union(shares, np.vstack([now.districts, now.districts]), now.unit)
    if isinstance(now, Bridge):
        return Bridge(shares, np.vstack([now.sides, now.sides]))
    return Summed(shares) if isinstance(now, Summed) else Best(shares)
