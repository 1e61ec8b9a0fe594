"""Value matrices and weights for the tests of rankings."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from partnermcda.matrix import ValueMatrix, texts
from partnermcda.weights import Weights

NAMES = ("a", "b", "c", "d")
UNIT = st.floats(0, 1, allow_subnormal=False)


def matrix(mid, known, cities=None, *, low=None, high=None, roles=None, gates=None, outside=None):
    """A value matrix in which what is not known is the whole interval."""
    mid, known = np.asarray(mid, dtype=float), np.asarray(known, dtype=bool)
    m, n = mid.shape
    blank = texts([""] * m)
    ids = texts([f"actor {i:03}" for i in range(m)])
    return ValueMatrix(
        criteria=NAMES[:n],
        actors=ids,
        names=ids,
        types=blank,
        cities=texts(["Dakar"] * m if cities is None else cities),
        low=np.where(known, mid, 0.0) if low is None else low,
        mid=np.where(known, mid, 0.5),
        high=np.where(known, mid, 1.0) if high is None else high,
        evidence=known.astype(float),
        roles=blank if roles is None else texts(roles),
        gates=blank if gates is None else texts(gates),
        outside=np.zeros(m, dtype=bool) if outside is None else np.array(outside, dtype=bool),
        role_names=("focal_authority", "beneficiary"),
    )


@st.composite
def matrices(draw, least=1, full=False):
    """Some actors in up to three cities, with gaps."""
    m, n = draw(st.integers(least, 7)), draw(st.integers(1, 4))
    mid = draw(arrays(float, (m, n), elements=UNIT))
    known = np.ones((m, n), bool) if full else draw(arrays(bool, (m, n)))
    cities = draw(st.lists(st.sampled_from(["Dakar", "Lima", "Pune"]), min_size=m, max_size=m))
    return matrix(mid, known, cities)


@st.composite
def weights_for(draw, values):
    n = len(values.criteria)
    raw = draw(arrays(float, n, elements=st.floats(0.01, 1)))
    return Weights(values.criteria, raw)


def rows_of(values, rows):
    """The same matrix with only some rows, in the order given."""
    parts = {
        name: getattr(values, name)[rows]
        for name in ("actors", "names", "types", "cities", "low", "mid", "high", "evidence")
    }
    rest = {name: getattr(values, name)[rows] for name in ("roles", "gates", "outside")}
    return ValueMatrix(criteria=values.criteria, role_names=values.role_names, **parts, **rest)
