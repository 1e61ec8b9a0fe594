"""Demands that cannot be met together are named, and no smaller set of them conflicts."""

from dataclasses import replace
from itertools import combinations

import numpy as np
from hypothesis import given, settings

from partnermcda.alliances.demands import Demands
from tests.alliances.problems import seeds


def random_demands(seed):
    rng = np.random.default_rng(seed)
    m = int(rng.integers(1, 5))
    pairs = [p for p in combinations(range(m), 2) if rng.random() < 0.2]
    return Demands(
        ids=tuple("abcd"[:m]),
        cost=rng.integers(1, 5, m).astype(float),
        fails=rng.random(m) < 0.3,
        must=rng.random(m) < 0.4,
        barred=rng.random(m) < 0.3,
        pairs=tuple(pairs),
        size=int(rng.integers(1, 4)),
        budget=float(rng.choice([1, 3, 6, np.inf])),
    )


def parts(demands):
    """Every demand by itself, as (kind, what)."""
    m = len(demands.ids)
    return [
        *(("must", i) for i in range(m) if demands.must[i]),
        *(("not", i) for i in range(m) if demands.barred[i]),
        *(("pair", p) for p in demands.pairs),
        *(("gates", None),),
        *(("size", None),),
        *(("budget", None),),
    ]


def can_be_met(demands, asked):
    m = len(demands.ids)
    for t in range(1, m + 1):
        for members in combinations(range(m), t):
            broken = {
                "must": lambda i, s=members: i not in s,
                "not": lambda i, s=members: i in s,
                "pair": lambda p, s=members: p[0] in s and p[1] in s,
                "gates": lambda _, s=members: demands.fails[list(s)].any(),
                "size": lambda _, s=members: len(s) > demands.size,
                "budget": lambda _, s=members: demands.cost[list(s)].sum() > demands.budget,
            }
            if not any(broken[kind](what) for kind, what in asked):
                return True
    return False


def smallest_by_hand(demands):
    every = parts(demands)
    for size in range(len(every) + 1):
        if any(not can_be_met(demands, asked) for asked in combinations(every, size)):
            return size
    return 0


def named(demands, conflict):
    place = {name: i for i, name in enumerate(demands.ids)}
    kinds = {"must": "must", "not": "not", "gates": "gates", "size": "size", "budget": "budget"}
    for finding in conflict:
        kind = finding.code.removeprefix("coalition.demand_")
        if kind == "pair":
            yield "pair", (place[finding.details["a"]], place[finding.details["b"]])
        else:
            yield kinds[kind], place.get(finding.details.get("id"))


@settings(max_examples=200)
@given(seeds)
def test_the_conflict_told_is_one_and_the_smallest(seed):
    demands = random_demands(seed)
    conflict = demands.conflict()
    assert len(conflict) == smallest_by_hand(demands)
    if conflict:
        assert not can_be_met(demands, list(named(demands, conflict)))


def test_a_demand_that_is_dropped_no_longer_conflicts():
    demands = replace(random_demands(1), must=np.array([True] * 4)[: len(random_demands(1).ids)])
    free = replace(
        demands,
        fails=np.zeros_like(demands.fails),
        barred=np.zeros_like(demands.barred),
        pairs=(),
        size=9,
        budget=np.inf,
    )
    assert free.conflict() == ()
