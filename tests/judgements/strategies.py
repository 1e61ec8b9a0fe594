"""Judgements made at random, and what it is for two of them to be equal."""

import numpy as np
from hypothesis import strategies as st

from partnermcda.judgements import Judgements

NAMES = ("coût", "reach", "équité & accès", "D1", "water_supply", "speed (km/h)")
SCALE = [1.0 * k for k in range(1, 10)] + [1 / k for k in range(2, 10)]
RATIOS = st.sampled_from(SCALE) | st.floats(0.01, 100).map(lambda x: float(f"{x:.12g}"))


@st.composite
def judgements(draw, most_judges=3, most_nodes=3, certain=False):
    """Judgements of which every judge gave one at least, and every thing is in one."""
    judges = [f"judge {k}" for k in range(draw(st.integers(1, most_judges)))]
    nodes = [f"node {k}" for k in range(draw(st.integers(1, most_nodes)))]
    pairs = {}
    for node in nodes:
        things = NAMES[: draw(st.integers(2, 5))]
        every = [(a, b) for i, a in enumerate(things) for b in things[i + 1 :]]
        for number, judge in enumerate(judges):
            asked = [draw(st.booleans()) for _ in every]
            for pair, is_asked in zip(every, asked, strict=True):
                whole = number == 0 or (pair == every[0] and node == nodes[0])
                if whole or is_asked:
                    pairs[judge, node, *pair] = draw(RATIOS if certain else said())
    return Judgements.from_pairs(pairs)


@st.composite
def said(draw):
    """One judgement: certain, or with bounds."""
    bounds = sorted(draw(st.lists(RATIOS, min_size=1, max_size=3)))
    return bounds[0] if len(bounds) == 1 else tuple(bounds)


def equal(one, other, exactly=True):
    """Whether two judgements say the same, whatever their files and notes.

    Not exactly: as workbooks do, which keep 15 or 16 digits.
    """
    return (
        one.judges == other.judges
        and dict(one.items) == dict(other.items)
        and all(
            np.allclose(
                getattr(one, name)[node],
                getattr(other, name)[node],
                rtol=0 if exactly else 1e-9,
                atol=0,
                equal_nan=True,
            )
            for name in ("matrices", "low", "high")
            for node in one.items
        )
    )
