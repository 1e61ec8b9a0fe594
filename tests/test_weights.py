"""Weights: checked on birth, summing to 1, whatever their order or size."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermcda.errors import WeightsError
from partnermcda.weights import Weights, as_weights

RAW = st.lists(st.floats(1e-6, 1e308, allow_subnormal=False), min_size=1, max_size=8)


def names(raw):
    return tuple(f"c{j}" for j in range(len(raw)))


@given(RAW)
def test_weights_sum_to_1_and_keep_their_proportions(raw):
    weights = Weights(names(raw), np.array(raw))
    assert weights.values.sum() == pytest.approx(1, abs=1e-12)
    assert weights.values == pytest.approx(np.array(raw) / max(raw) / sum(np.array(raw) / max(raw)))


@given(RAW, st.randoms())
def test_the_order_of_criteria_changes_no_bit(raw, random):
    order = list(range(len(raw)))
    random.shuffle(order)
    straight = Weights(names(raw), np.array(raw)).to_dict()
    mixed = Weights(tuple(names(raw)[j] for j in order), np.array(raw)[order]).to_dict()
    assert straight == mixed


@given(RAW)
def test_weights_that_are_normalized_already_keep_their_bits(raw):
    weights = Weights(names(raw), np.array(raw))
    again = as_weights(weights.to_dict(), names(raw))
    assert again.values.tobytes() == weights.values.tobytes()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([1, -1], "weights.value"),
        ([1, np.nan], "weights.value"),
        ([1, np.inf], "weights.value"),
        ([0, 0], "weights.all_zero"),
        ([1, 2, 3], "weights.shape"),
        (["a", 1], "weights.numbers"),
        ([1j, 1], "weights.numbers"),
    ],
)
def test_weights_that_cannot_be_are_refused(values, code):
    with pytest.raises(WeightsError) as caught:
        Weights(("a", "b"), values)
    assert [finding.code for finding in caught.value.findings] == [code]
    assert all(finding.text("fr") for finding in caught.value.findings)


def test_a_name_given_twice_is_refused():
    with pytest.raises(WeightsError, match="'a' is repeated"):
        Weights(("a", "a"), np.ones(2))


def test_leaving_out_rescales_the_others_alike():
    weights = Weights(("a", "b", "c"), np.array([1.0, 2.0, 5.0])).without(["c"])
    assert weights.to_dict() == pytest.approx({"a": 1 / 3, "b": 2 / 3})
