"""The best few are the first of the full order."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermcda import core
from partnermcda.core.selection import top_k
from partnermcda.errors import MethodError

COUNTS = st.integers(0, 15)
SCORES = st.lists(
    st.integers(0, 8).map(lambda n: n / 8) | st.floats(allow_nan=False), min_size=1, max_size=12
)
RNG = np.random.default_rng(11)
MANY = {
    "different": RNG.random(60_000),
    "rising": np.arange(60_000) / 60_000,
    "falling": np.arange(60_000)[::-1] / 60_000,
    "all equal": np.ones(60_000),
    "of eleven values": RNG.random(60_000).round(1),
    "a chain of near-equals": RNG.permutation(60_000) * 1e-13,
    "a chain at the top": np.where(RNG.random(60_000) < 0.3, RNG.random(60_000) * 1e-9, -1),
    "infinite": RNG.choice([np.inf, -np.inf, 0.0, -0.0, 1.0], 60_000),
    "of single precision": RNG.random(60_000).astype(np.float32),
}


def full_order(scores, k, tolerance=1e-12):
    """Rows by rank, then by row; -1 where there are no more."""
    order = np.lexsort((np.arange(len(scores)), core.rank(scores, tolerance=tolerance)))
    return np.append(order, np.full(k, -1))[:k]


@given(SCORES, COUNTS, st.sampled_from([0.0, 1e-12, 0.2]))
def test_the_best_are_the_first_of_the_full_order(scores, k, tolerance):
    s = np.array(scores)
    assert top_k(s, k, tolerance=tolerance).tolist() == full_order(s, k, tolerance).tolist()


@pytest.mark.parametrize("k", [0, 1, 10, 1_000, 20_000, 59_999, 60_000, 60_001])
@pytest.mark.parametrize("name", MANY)
def test_the_best_of_many_are_the_first_of_the_full_order(name, k):
    assert (top_k(MANY[name], k) == full_order(MANY[name], k)).all()


@pytest.mark.parametrize("tolerance", [0.0, 1e-6, 0.1])
def test_the_best_of_many_at_other_tolerances(tolerance):
    for scores in MANY.values():
        expected = full_order(scores, 50, tolerance)
        assert (top_k(scores, 50, tolerance=tolerance) == expected).all()


@given(st.lists(SCORES | st.just([]), min_size=1, max_size=5), COUNTS)
def test_the_best_of_cities_end_to_end_are_those_of_cities_alone(cities, k):
    starts = np.cumsum([0] + [len(c) for c in cities[:-1]])
    together = top_k(np.concatenate([np.array(c, dtype=float) for c in cities]), k, starts)
    alone = [full_order(np.array(c, dtype=float), k) for c in cities]
    shifted = [np.where(r < 0, -1, r + first) for r, first in zip(alone, starts, strict=True)]
    assert together.shape == (len(cities), k)
    assert (together == np.array(shifted)).all()


def test_small_and_large_cities_may_follow_one_another():
    sizes = [0, 3, 50_000, 1, 0, 9_000, *[30] * 500, 8_192, 0]
    starts = np.cumsum([0, *sizes[:-1]])
    scores = np.random.default_rng(12).random(sum(sizes)).round(4)
    best = top_k(scores, 40, starts)
    for rows, first, n in zip(best, starts, sizes, strict=True):
        alone = full_order(scores[first : first + n], 40)
        assert (rows == np.where(alone < 0, -1, alone + first)).all()


@pytest.mark.parametrize("shape", [(300, 7), (5, 10_000), (2, 40_000), (1, 1), (3, 0), (0, 3)])
def test_each_row_of_scores_is_looked_at_on_its_own(shape):
    scores = np.random.default_rng(13).random(shape).round(3)
    expected = np.array([full_order(row, 5) for row in scores], dtype=np.int64).reshape(-1, 5)
    for laid in (scores, np.asfortranarray(scores), scores[:, ::-1][:, ::-1]):
        assert (top_k(laid, 5) == expected).all()


@settings(deadline=None)
@given(st.integers(1, 4), st.integers(1, 20))
def test_how_scores_lie_in_memory_changes_nothing(step, k):
    wide = np.random.default_rng(14).random(40_000)
    scores = wide[::step]
    scores.flags.writeable = False
    assert (top_k(scores, k) == full_order(scores.copy(), k)).all()
    assert (top_k(scores.astype(np.float32), k) == full_order(scores.astype(np.float32), k)).all()


def test_the_winner_leads():
    assert top_k(np.array([0.2, 0.9, 0.4]), 1).tolist() == [1]
    assert top_k([3, 5, 5], 2).tolist() == [1, 2]


def test_of_nobody_nobody_is_best():
    assert top_k(np.empty(0), 2).tolist() == [-1, -1]
    assert top_k(np.empty(0), 2, [0, 0]).tolist() == [[-1, -1], [-1, -1]]


@pytest.mark.parametrize("starts", [[1, 2], [0, 2, 1], [0, 4], [[0, 1]], [0.0, 1.0]])
def test_starts_that_do_not_rise_from_0_are_refused(starts):
    with pytest.raises(MethodError):
        top_k([0.1, 0.2, 0.3], 1, starts)


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        (lambda: top_k([0.1, np.nan], 1), "row 2: the score is NaN"),
        (lambda: top_k(np.append(np.ones(50_000), np.nan), 1), "row 50001: the score is NaN"),
        (lambda: top_k([[0.1, 0.2]], 1, [0, 1]), "the scores have the shape (1, 2)"),
        (lambda: top_k([0.1], 1, tolerance=-1), "the tolerance is -1"),
        (lambda: top_k([0.1], -1), "-1"),
        (lambda: top_k([0.1], 1.5), "1.5"),
    ],
)
def test_what_has_no_best_is_refused(call, problem):
    with pytest.raises(MethodError) as refused:
        call()
    assert problem in str(refused.value)
