"""Value functions: what fixed bounds make of any answer."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from partnermcda import core

ANSWERS = st.floats(0, 1e9, allow_subnormal=False)


def value(x, low, high, benefit=True, log=False):
    column = np.atleast_1d(np.asarray(x, dtype=float))[:, None]
    arrays_ = (np.array([b]) for b in (float(low), float(high), benefit, log))
    return core.value(column, *arrays_)[:, 0]


@pytest.mark.parametrize(
    ("x", "low", "high", "benefit", "log", "expected"),
    [
        (4, 1, 5, True, False, 0.75),
        (31622.7766016838, 1000, 1_000_000, True, True, 0.5),
        (12.5, 1, 24, False, False, 0.5),
        (0.5, 0.5, 5, False, True, 1.0),
        (0, 1000, 1_000_000, True, True, 0.0),
        (0, 0.5, 5, False, True, 1.0),
    ],
)
def test_known_answers(x, low, high, benefit, log, expected):
    assert value(x, low, high, benefit, log)[0] == pytest.approx(expected, abs=1e-12)


@given(arrays(float, st.integers(1, 20), elements=ANSWERS), st.booleans(), st.booleans())
def test_values_lie_in_the_unit_interval_and_keep_the_order_of_answers(x, benefit, log):
    v = value(x, 0.5, 5000, benefit, log)
    assert ((v >= 0) & (v <= 1)).all()
    ordered = v[np.argsort(x if benefit else -x, kind="stable")]
    assert (np.diff(ordered) >= -1e-15).all()


@given(arrays(float, st.integers(2, 40), elements=ANSWERS), st.booleans(), st.data())
def test_a_value_has_the_same_bits_whoever_else_is_there(x, log, data):
    kept = data.draw(st.lists(st.sampled_from(range(len(x))), min_size=1, unique=True))
    assert value(x[kept], 1, 1e6, log=log).tobytes() == value(x, 1, 1e6, log=log)[kept].tobytes()


@given(arrays(float, st.tuples(st.integers(1, 9), st.just(3)), elements=ANSWERS))
def test_memory_order_changes_no_bit(x):
    low, high, benefit, log = (
        np.ones(3),
        np.full(3, 1e6),
        np.ones(3, bool),
        np.array([0, 1, 0], bool),
    )
    row_major = core.value(np.ascontiguousarray(x), low, high, benefit, log)
    column_major = core.value(np.asfortranarray(x), low, high, benefit, log)
    strided = core.value(np.repeat(x, 2, axis=0)[::2], low, high, benefit, log)
    assert row_major.tobytes() == column_major.tobytes() == strided.tobytes()


def test_what_is_not_known_stays_not_known():
    assert np.isnan(value([np.nan, 3], 1, 5)).tolist() == [True, False]


@given(st.floats(0.6, 4999), st.booleans())
def test_a_cost_is_a_benefit_turned_round(x, log):
    both = value(x, 0.5, 5000, True, log) + value(x, 0.5, 5000, False, log)
    assert both[0] == pytest.approx(1, abs=1e-12)
