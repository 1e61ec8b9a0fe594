"""Pairwise matrices of which not every pair was asked."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from partnermcda.core.ahp.incomplete_index import random_judgements
from tests.core.ahp.judged import judged


@st.composite
def trees(draw, order):
    """Pairs that link `order` things without a pair to spare."""
    names = draw(st.permutations(range(order)))
    return [(names[k], names[draw(st.integers(0, k - 1))]) for k in range(1, order)]


@st.composite
def gapped(draw, orders=(3, 6)):
    """Linked, on Saaty's scale, with any number of gaps."""
    a = draw(judged(orders))
    asked = draw(arrays(bool, a.shape)) | np.eye(len(a), dtype=bool)
    for i, k in draw(trees(len(a))):
        asked[i, k] = True
    return np.where(asked | asked.T, a, np.nan)


@st.composite
def chained(draw, orders=(2, 8)):
    """Priorities, and their ratios along a tree."""
    order = draw(st.integers(*orders))
    raw = draw(arrays(float, order, elements=st.floats(0.05, 20)))
    a = np.where(np.eye(order, dtype=bool), 1.0, np.nan)
    for i, k in draw(trees(order)):
        a[i, k], a[k, i] = raw[i] / raw[k], raw[k] / raw[i]
    return raw / raw.sum(), a


def gapped_stack(count, order, missing, seed=0):
    """Matrices with as many gaps each, or with numbers of gaps in turn."""
    rng = np.random.default_rng(seed)
    counts = np.resize(missing, count).tolist()
    return np.concatenate([random_judgements(order, m, 1, rng) for m in counts])
