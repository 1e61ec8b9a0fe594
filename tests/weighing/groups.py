"""Groups of judges to try things on."""

import numpy as np
from hypothesis import strategies as st

from partnermcda.judgements.model import Judgements

RATIOS = [1 / 9, 1 / 7, 1 / 5, 1 / 3, 1 / 2, 1, 2, 3, 5, 7, 9]


def square(upper):
    """Fill a reciprocal matrix from its upper triangle, row by row."""
    order = int((1 + (1 + 8 * len(upper)) ** 0.5) / 2)
    a = np.ones((order, order))
    rows, columns = np.triu_indices(order, 1)
    a[rows, columns] = upper
    a[columns, rows] = 1 / np.asarray(upper, dtype=float)
    return a


def chain(order, **judgements):
    """A matrix in which only the pairs named, as ``ab=3``, were asked."""
    a = np.full((order, order), np.nan)
    np.fill_diagonal(a, 1)
    for (first, second), value in judgements.items():
        i, j = "abcdefgh".index(first), "abcdefgh".index(second)
        a[i, j], a[j, i] = value, 1 / value
    return a


def group(nodes, judges=None):
    """Judgements of several judges: node to items, and node to one matrix a judge."""
    matrices = {node: np.array(a, dtype=float) for node, (_, a) in nodes.items()}
    count = len(next(iter(matrices.values())))
    names = tuple(judges or (f"judge {number}" for number in range(1, count + 1)))
    items = {node: tuple(items) for node, (items, _) in nodes.items()}
    return Judgements(
        judges=names, items=items, matrices=matrices, low=matrices, high=matrices, file="", notes=()
    )


ONE_TO_FIVE = st.integers(1, 5)
TWO_TO_FIVE = st.integers(2, 5)


@st.composite
def stacks(draw, judges=ONE_TO_FIVE, orders=TWO_TO_FIVE):
    """Matrices of k judges on j items, (k, j, j), all pairs asked."""
    k, order = draw(judges), draw(orders)
    pairs = order * (order - 1) // 2
    one = st.lists(st.sampled_from(RATIOS), min_size=pairs, max_size=pairs).map(square)
    return np.array(draw(st.lists(one, min_size=k, max_size=k)))
