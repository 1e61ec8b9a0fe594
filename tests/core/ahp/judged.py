"""Pairwise matrices as judges give them."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from partnermcda import core

SCALE = (*(1 / k for k in range(9, 1, -1)), *(float(k) for k in range(1, 10)))


@st.composite
def judged(draw, orders=(1, 7)):
    """Complete, on Saaty's scale, as inconsistent as they come."""
    order = draw(st.integers(*orders))
    upper = draw(arrays(float, order * (order - 1) // 2, elements=st.sampled_from(SCALE)))
    return core.reciprocal_matrix(upper, order)


@st.composite
def consistent(draw, orders=(1, 9)):
    """Weights, and the matrix of their ratios."""
    order = draw(st.integers(*orders))
    raw = draw(arrays(float, order, elements=st.floats(0.05, 20)))
    return raw / raw.sum(), raw[:, None] / raw


def random_stack(kind, count, order, seed=0):
    """Consistent, realistic (rounded to the scale after some noise), or random judgements."""
    rng = np.random.default_rng(seed)
    scale = np.array(SCALE)
    rows, columns = np.triu_indices(order, 1)
    weights = rng.dirichlet(np.full(order, 2.0), count) + 1e-3
    upper = weights[:, rows] / weights[:, columns]
    if kind == "realistic":
        noisy = np.log(upper) + rng.normal(0, 0.35, upper.shape)
        upper = scale[np.abs(noisy[..., None] - np.log(scale)).argmin(axis=-1)]
    elif kind == "random":
        upper = rng.choice(scale, upper.shape)
    a = np.ones((count, order, order))
    a[:, rows, columns], a[:, columns, rows] = upper, 1 / upper
    return a
