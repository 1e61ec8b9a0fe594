"""Random small problems, and the best sets of them found by looking at every set."""

from itertools import combinations

import numpy as np
from hypothesis import strategies as st

from partnermcda.alliances.rules import Best, Bridge, Problem, Summed, Union

NOBODY = np.zeros(0, dtype=np.int64)


def random_problem(seed, most=14, states=1):
    """Every rule once or twice, with ties, zeros, costs, pairs and forced members."""
    rng = np.random.default_rng(seed)
    m = int(rng.integers(1, most + 1))

    def shares(scale=1.0):
        steps = rng.integers(0, 5, (states, m)) / 4
        return scale * np.where(rng.random(m) < 0.5, steps, rng.random((states, m)))

    listed = rng.random(m) < rng.choice([0.0, 0.5, 1.0])
    count = int(rng.integers(1, 7))
    districts = (rng.random((m, count)) < 0.4) & listed[:, None]
    types = rng.integers(0, 4, m)
    sides = np.column_stack([types == 0, types == 1])
    gives = np.broadcast_to((types == 2) * 1.0, (states, m))
    rules = [
        Summed(shares(1.5)),
        Best(np.minimum(1, shares(1.3))),
        Best(np.minimum(1, shares())),
        Union(np.where(listed, 0.0, shares()), districts, 1 / (count * rng.uniform(0.5, 1))),
        Bridge(gives, sides),
    ]
    weights = rng.random(len(rules))
    size = int(rng.integers(1, 6))
    cost = rng.integers(0, 10, m).astype(float)
    pairs = [tuple(sorted(rng.choice(m, 2, replace=False).tolist())) for _ in range(m // 4)]
    forced = _forced(rng, m, size, pairs)
    least = max(float(cost[forced].sum()), float(cost.min()))
    budget = np.inf if rng.random() < 0.5 else least + float(rng.integers(0, 12))
    return Problem(
        rules=tuple(rules),
        weights=weights / weights.sum(),
        penalty=float(rng.choice([0.0, 0.01, 0.1])),
        size=size,
        cost=cost,
        budget=budget,
        forced=forced,
        pairs=tuple(sorted(set(pairs))),
    )


def _forced(rng, m, size, pairs):
    if rng.random() < 0.7:
        return NOBODY
    chosen = rng.permutation(m)[: int(rng.integers(1, min(size, 2) + 1))]
    clash = any(a in chosen and b in chosen for a, b in pairs)
    return NOBODY if clash else np.sort(chosen)


def by_hand(problem, members):
    """Value of one set, or None if it is not allowed; written as the issue words it."""
    if not 1 <= len(members) <= problem.size:
        return None
    if problem.cost[list(members)].sum() > problem.budget + 1e-9 * max(1, problem.budget):
        return None
    if not set(problem.forced.tolist()) <= set(members):
        return None
    if any(a in members and b in members for a, b in problem.pairs):
        return None
    total = -problem.penalty * (len(members) - 1)
    for rule, weight in zip(problem.rules, problem.weights, strict=True):
        covers = [_cover(rule, state, members) for state in range(len(rule.shares))]
        total += weight * sum(covers) / len(covers)
    return total


def _cover(rule, state, members):
    alone = [rule.shares[state, i] for i in members]
    if isinstance(rule, Summed):
        return min(1, sum(alone))
    if isinstance(rule, Union):
        together = {d for i in members for d in np.flatnonzero(rule.districts[i])}
        return min(1, max(*alone, len(together) * rule.unit))
    if isinstance(rule, Bridge):
        mixed = all(any(rule.sides[i, q] for i in members) for q in range(rule.sides.shape[1]))
        return min(1, max(alone)) if mixed else 1
    return min(1, max(alone))


def every_set(problem):
    """All sets that are allowed, as rows."""
    m, size = len(problem), problem.size
    sets = [s for t in range(1, size + 1) for s in combinations(range(m), t)]
    rows = np.array([(*s, *[m] * (size - len(s))) for s in sets], dtype=np.int64)
    return rows[problem.allowed(rows)]


def every_value(problem):
    """Values of all sets allowed, by our own arithmetic, itself tested beside `by_hand`."""
    return np.sort(problem.values(every_set(problem)))[::-1]


seeds = st.integers(0, 2**32 - 1)
