"""Ranks and their bounds, held against counting by hand."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermcda import core

# A coarse grid makes ties common.
SCORES = st.lists(st.integers(0, 8).map(lambda k: k / 8), min_size=1, max_size=12)
INTERVALS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda p: (min(p) / 6, max(p) / 6)),
    min_size=1,
    max_size=6,
)


@given(SCORES)
def test_a_rank_is_one_more_than_the_number_ahead(scores):
    s = np.array(scores)
    assert core.rank(s).tolist() == [1 + sum(b > a for b in scores) for a in scores]


@given(SCORES)
def test_average_and_dense_ranks(scores):
    s = np.array(scores)
    average = [sum(b > a for b in scores) + (sum(b == a for b in scores) + 1) / 2 for a in scores]
    assert core.rank(s, ties="average").tolist() == average
    levels = sorted(set(scores), reverse=True)
    assert core.rank(s, ties="dense").tolist() == [1 + levels.index(a) for a in scores]


@given(st.lists(SCORES, min_size=1, max_size=4), st.sampled_from(["min", "dense", "average"]))
def test_cities_end_to_end_are_cities_alone(cities, ties):
    starts = np.cumsum([0] + [len(c) for c in cities[:-1]])
    together = core.rank(np.concatenate(cities), starts, ties=ties)
    alone = np.concatenate([core.rank(np.array(c), ties=ties) for c in cities])
    assert (together == alone).all()


@given(SCORES, st.randoms())
def test_the_order_of_rows_changes_no_rank(scores, random):
    order = list(range(len(scores)))
    random.shuffle(order)
    noisy = np.array(scores) + np.array([random.choice([0, 1e-14]) for _ in scores])
    assert (core.rank(noisy[order]) == core.rank(noisy)[order]).all()


def test_values_that_differ_by_rounding_only_are_equal():
    assert core.rank(np.array([0.1 + 0.2, 0.3, 0.9])).tolist() == [2, 2, 1]


@settings(deadline=None)
@given(INTERVALS)
def test_rank_bounds_are_reached_and_never_passed(intervals):
    low, high = (np.array(side) for side in zip(*intervals, strict=True))
    best, worst = core.rank_bounds(low, high)
    corners = [core.rank(np.array(c)) for c in itertools.product(*intervals)]
    # The best rank of a comes with a at its highest and all others at their lowest.
    assert best.tolist() == np.min(corners, axis=0).tolist()
    for a, (own_low, _) in enumerate(intervals):
        others = [h for b, (_, h) in enumerate(intervals) if b != a]
        assert worst[a] == 1 + sum(h >= own_low for h in others)
    assert (np.max(corners, axis=0) <= worst).all()


@given(st.lists(INTERVALS, min_size=1, max_size=3))
def test_bounds_of_cities_end_to_end_are_bounds_of_cities_alone(cities):
    starts = np.cumsum([0] + [len(c) for c in cities[:-1]])
    low, high = (np.array(s) for s in zip(*itertools.chain(*cities), strict=True))
    together = np.array(core.rank_bounds(low, high, starts))
    alone = [core.rank_bounds(*(np.array(s) for s in zip(*city, strict=True))) for city in cities]
    assert (together == np.hstack(alone)).all()


@given(SCORES)
def test_the_bounds_of_certain_scores_meet(scores):
    s = np.array(scores)
    best, worst = core.rank_bounds(s, s)
    assert (best == core.rank(s)).all()
    assert (worst == [sum(b >= a for b in scores) for a in scores]).all()


def test_no_actors_have_no_ranks():
    assert core.rank(np.empty(0)).shape == (0,)
    assert core.rank_bounds(np.empty(0), np.empty(0))[0].shape == (0,)


def test_lists_are_as_good_as_arrays():
    assert core.rank([0.1, 0.9]).tolist() == [2, 1]
    assert core.rank_bounds([0.1, 0.5], [0.6, 0.5])[0].tolist() == [1, 1]
    assert core.weighted_sum([[1.0, 0.0]], [0.25, 0.75]).tolist() == [0.25]
    assert core.closeness([[1.0], [0.0]], [1.0]).tolist() == [1.0, 0.0]
    assert core.value([[3.0]], [1.0], [5.0], [True]).tolist() == [[0.5]]
