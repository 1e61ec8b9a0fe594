"""Weights from an order alone: their formulas in fractions, and who shares a place."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermcda import core
from partnermcda.core.elicitation import (
    at_ranks,
    rank_order_centroid,
    rank_reciprocal,
    rank_sum,
)
from partnermcda.errors import MethodError

COUNTS = st.integers(1, 40)
EXACTLY = {
    rank_order_centroid: lambda k, n: sum(Fraction(1, i) for i in range(k, n + 1)) / n,
    rank_sum: lambda k, n: Fraction(2 * (n + 1 - k), n * (n + 1)),
    rank_reciprocal: lambda k, n: Fraction(1, k) / sum(Fraction(1, i) for i in range(1, n + 1)),
}
each = pytest.mark.parametrize("weigh", EXACTLY, ids=lambda weigh: weigh.__name__)


@each
@given(n=COUNTS)
def test_each_is_its_formula(weigh, n):
    exactly = [float(EXACTLY[weigh](k, n)) for k in range(1, n + 1)]
    assert weigh(n) == pytest.approx(exactly, rel=1e-14)


@each
@given(n=COUNTS)
def test_weights_sum_to_1_and_fall(weigh, n):
    weights = weigh(n)
    assert math.fsum(weights) == pytest.approx(1, abs=1e-15)
    assert (np.diff(weights) < 0).all()
    assert weights[-1] > 0


def test_the_centroid_is_the_mean_of_the_corners_of_all_weights_in_that_order():
    corners = np.tril(np.ones((6, 6))) / np.arange(1, 7)[:, None]
    assert rank_order_centroid(6) == pytest.approx(corners.mean(axis=0), rel=1e-14)


@given(st.integers(2, 40))
def test_the_centroid_is_steeper_than_the_sum(n):
    centroid, steps = rank_order_centroid(n), rank_sum(n)
    assert (np.cumsum(centroid)[:-1] >= np.cumsum(steps)[:-1] - 1e-15).all()


@each
@given(scores=st.lists(st.integers(0, 5), min_size=1, max_size=9))
def test_equals_share_the_mean_of_their_places(weigh, scores):
    weights = weigh(len(scores))
    given_out = at_ranks(weights, core.rank(np.array(scores, dtype=float)))
    order = sorted(range(len(scores)), key=lambda j: -scores[j])
    for score in set(scores):
        places = [place for place, j in enumerate(order) if scores[j] == score]
        of_score = given_out[[j for j, other in enumerate(scores) if other == score]]
        assert of_score == pytest.approx(weights[places].mean(), rel=1e-14)
    assert given_out.sum() == pytest.approx(1, abs=1e-14)


@each
@given(data=st.data(), n=COUNTS)
def test_without_equals_each_has_the_weight_of_its_rank(weigh, data, n):
    ranks = np.array(data.draw(st.permutations(range(1, n + 1))))
    assert at_ranks(weigh(n), ranks).tolist() == weigh(n)[ranks - 1].tolist()


@each
@pytest.mark.parametrize("n", [0, -1, 2.5])
def test_there_must_be_criteria(weigh, n):
    with pytest.raises(MethodError, match="at least 1"):
        weigh(n)


@pytest.mark.parametrize("ranks", [[1, 2], [1, 2, 4], [1, 1, 2], [0, 1, 2], [1.0, 2.5, 2.5]])
def test_ranks_that_are_no_competition_ranks_are_refused(ranks):
    with pytest.raises(MethodError, match="equals with the best of theirs"):
        at_ranks(rank_sum(3), np.array(ranks))
