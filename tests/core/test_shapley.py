"""Parts of a difference: they sum to it, and are what their definition says."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermcda import core
from partnermcda.core.shapley import EXACT, score_parts
from partnermcda.errors import MethodError


@st.composite
def games(draw, most=6):
    n = draw(st.integers(1, most))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    values, reference = rng.random((2, n))
    same = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    return np.where(same, reference, values), reference, rng.dirichlet(np.ones(n))


def closeness(weights):
    n = len(weights)
    return lambda x: core.closeness(x, weights, ideal=np.ones(n), anti_ideal=np.zeros(n))


@given(games(most=4))
def test_parts_are_the_mean_gain_over_all_orders(game):
    values, reference, weights = game
    score = closeness(weights)
    gains = np.zeros((0, len(values)))
    for order in permutations(range(len(values))):
        now, gain = reference.copy(), np.zeros(len(values))
        for j in order:
            before = score(now[None])[0]
            now[j] = values[j]
            gain[j] = score(now[None])[0] - before
        gains = np.vstack((gains, gain))
    parts, errors = score_parts(score, values, reference)
    assert parts == pytest.approx(gains.mean(axis=0), abs=1e-12)
    assert not errors.any()


@given(games(most=10))
def test_parts_sum_to_the_difference_and_turn_round_with_it(game):
    values, reference, weights = game
    score = closeness(weights)
    parts, _ = score_parts(score, values, reference)
    assert parts.sum() == pytest.approx(
        score(values[None])[0] - score(reference[None])[0], abs=1e-12
    )
    back, _ = score_parts(score, reference, values)
    assert back == pytest.approx(-parts, abs=1e-12)
    assert (parts[values == reference] == 0).all()


@given(games())
def test_of_a_sum_they_are_its_summands(game):
    values, reference, weights = game
    parts, _ = score_parts(lambda x: core.weighted_sum(x, weights), values, reference)
    assert parts == pytest.approx(weights * (values - reference), abs=1e-14)


@given(games(), st.randoms())
def test_the_order_of_the_criteria_does_not_matter(game, random):
    values, reference, weights = game
    order = list(range(len(values)))
    random.shuffle(order)
    parts, _ = score_parts(closeness(weights), values, reference)
    mixed, _ = score_parts(closeness(weights[order]), values[order], reference[order])
    assert mixed == pytest.approx(parts[order], abs=1e-13)


def test_drawn_orders_come_within_their_errors_and_sum_exactly():
    n = EXACT + 4
    rng = np.random.default_rng(3)
    values, reference = rng.random((2, n))
    # Pairs of criteria that only count together: the product is shared out evenly.
    gain = rng.random(n // 2)

    def score(x):
        return (x[:, ::2] * x[:, 1::2]) @ gain

    ends = score(np.array([values, reference]))
    exact = np.empty(n)
    for k in range(n // 2):
        (a, b), (c, d) = values[2 * k : 2 * k + 2], reference[2 * k : 2 * k + 2]
        exact[2 * k] = gain[k] * (a - c) * (b + d) / 2
        exact[2 * k + 1] = gain[k] * (b - d) * (a + c) / 2
    parts, errors = score_parts(score, values, reference, pairs=400, rng=1)
    # An order and its reverse together give the even share of a pair.
    assert parts == pytest.approx(exact, abs=1e-12)
    assert errors == pytest.approx(0, abs=1e-12)
    assert parts.sum() == pytest.approx(ends[0] - ends[1], abs=1e-12)
    weights = np.full(n, 1 / n)
    drawn, spread = score_parts(closeness(weights), values, reference, pairs=400, rng=1)
    more, _ = score_parts(closeness(weights), values, reference, pairs=20_000, rng=2)
    assert (spread > 0).all()
    assert (np.abs(drawn - more) < 5 * spread).all()
    again, _ = score_parts(closeness(weights), values, reference, pairs=400, rng=1)
    assert again.tobytes() == drawn.tobytes()


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ({"values": [1.0], "reference": [1.0, 2.0]}, "parts.values"),
        ({"values": [np.nan], "reference": [1.0]}, "parts.values"),
        ({"score": lambda x: x}, "parts.scores"),
        ({"score": lambda x: x[:, 0] * np.inf}, "parts.scores"),
        ({"values": np.ones(21), "reference": np.zeros(21)}, "parts.rng"),
        ({"values": np.ones(21), "reference": np.zeros(21), "rng": 1, "pairs": 1}, "parts.pairs"),
        ({"values": np.ones(21), "reference": np.zeros(21), "rng": -1}, "draws.rng"),
    ],
)
def test_what_cannot_be_shared_out_is_refused(given_, code):
    asked = {"score": lambda x: x.sum(axis=1), "values": [1.0, 2.0], "reference": [0.5, 0.5]}
    with pytest.raises(MethodError) as caught:
        score_parts(**{**asked, **given_})
    assert code in [found.code for found in caught.value.findings]
