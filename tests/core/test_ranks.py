"""Ranks and their bounds, held against counting by hand."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermcda import core
from partnermcda.errors import MethodError

# A coarse grid makes ties common.
SCORES = st.lists(st.integers(0, 8).map(lambda k: k / 8), min_size=1, max_size=12)
INTERVALS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda p: (min(p) / 6, max(p) / 6)),
    min_size=1,
    max_size=6,
)
TIES = ["min", "dense", "average"]
# Numbers of every sign and magnitude, many of them neighbors.
ANY = st.floats(allow_nan=False) | st.sampled_from([0.0, -0.0, 1.0, np.nextafter(1, 2), 1e-300])
ANY_SCORES = st.lists(ANY, min_size=1, max_size=12)


def by_hand(scores, ties, tolerance):
    """Ranks by walking down the sorted scores."""
    groups, ranks = [], {}
    for row in sorted(range(len(scores)), key=lambda row: -scores[row]):
        last = scores[groups[-1][-1]] if groups else None
        near = groups and (last == scores[row] or float(last) - float(scores[row]) <= tolerance)
        groups = [*groups[:-1], [*groups[-1], row]] if near else [*groups, [row]]
    ahead = 0
    for number, group in enumerate(groups, start=1):
        mean = ahead + (len(group) + 1) / 2
        ranks |= dict.fromkeys(group, {"min": ahead + 1, "dense": number, "average": mean}[ties])
        ahead += len(group)
    return [ranks[row] for row in range(len(scores))]


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


@given(ANY_SCORES, st.sampled_from(TIES), st.sampled_from([0.0, 1e-12, 0.5, np.inf]))
def test_scores_of_any_sign_and_magnitude_are_ranked(scores, ties, tolerance):
    ranks = core.rank(np.array(scores), ties=ties, tolerance=tolerance)
    assert ranks.tolist() == by_hand(scores, ties, tolerance)


@pytest.mark.parametrize("kind", [np.float64, np.float32])
@pytest.mark.parametrize("scale", [1.0, 1e-9, 1e30, 1e-40])
@pytest.mark.parametrize("ties", TIES)
def test_many_scores_are_ranked_as_by_a_plain_sort(kind, scale, ties):
    rng = np.random.default_rng(5)
    noise = scale * rng.standard_normal(5_000)
    scores = np.concatenate([noise, noise[:99], 1 + noise, [np.inf, -np.inf, 0.0, -0.0, np.inf]])
    scores = rng.permutation(scores).astype(kind)
    levels, group, members = np.unique(-scores, return_inverse=True, return_counts=True)
    ahead = np.cumsum(members) - members
    of_level = {"min": ahead + 1, "dense": np.arange(len(levels)) + 1}
    expected = of_level.get(ties, ahead + (members + 1) / 2)[group]
    assert (core.rank(scores, ties=ties, tolerance=0) == expected).all()


@given(st.lists(SCORES, min_size=1, max_size=4), st.sampled_from(TIES))
def test_cities_end_to_end_are_cities_alone(cities, ties):
    starts = np.cumsum([0] + [len(c) for c in cities[:-1]])
    together = core.rank(np.concatenate(cities), starts, ties=ties)
    alone = np.concatenate([core.rank(np.array(c), ties=ties) for c in cities])
    assert (together == alone).all()


@pytest.mark.parametrize("ties", TIES)
def test_many_cities_of_all_sizes_are_cities_alone(ties):
    rng = np.random.default_rng(6)
    sizes = [0, 1, 40_000, 0, 3, *rng.integers(0, 200, 800).tolist(), 3_000, 0, 0]
    starts = np.cumsum([0, *sizes[:-1]])
    scores = rng.random(sum(sizes)).round(3)
    high = scores + rng.random(len(scores)).round(2)
    together = core.rank(scores, starts, ties=ties)
    bounds = core.rank_bounds(scores, high, starts)
    for rows in (slice(i, i + n) for i, n in zip(starts, sizes, strict=True)):
        assert (together[rows] == core.rank(scores[rows], ties=ties)).all()
        alone = core.rank_bounds(scores[rows], high[rows])
        assert all((b[rows] == a).all() for b, a in zip(bounds, alone, strict=True))


@pytest.mark.parametrize("ties", TIES)
def test_each_row_of_scores_is_ranked_on_its_own(ties):
    scores = np.random.default_rng(7).random((7, 40)).round(1)
    rows = np.stack([core.rank(row, ties=ties) for row in scores])
    assert (core.rank(scores, ties=ties) == rows).all()
    assert (core.rank(np.asfortranarray(scores), ties=ties) == rows).all()
    assert core.rank(scores[:0]).shape == (0, 40)
    assert core.rank(scores[:, :0]).shape == (7, 0)


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


@pytest.mark.parametrize("tolerance", [0.0, 0.01, 1e-12])
def test_bounds_of_many_actors_are_counts(tolerance):
    rng = np.random.default_rng(8)
    low = rng.standard_normal(3_000).round(2)
    high = low + rng.choice([0, 0.5, np.inf], 3_000)
    low[rng.random(3_000) < 0.1] = -np.inf
    best, worst = core.rank_bounds(low, high, tolerance=tolerance)
    assert (best == 1 + (low > high[:, None] + tolerance).sum(axis=1)).all()
    assert (worst == (high + tolerance >= low[:, None]).sum(axis=1)).all()


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


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        (lambda: core.rank([0.1, np.nan, np.nan]), "row 2: the score is NaN"),
        (lambda: core.rank([[0.1, 0.2], [0.3, -np.nan]]), "row 2: the score is NaN"),
        (lambda: core.rank_bounds([np.nan], [1.0]), "row 1: the score is NaN"),
        (lambda: core.rank(0.5), "the scores have the shape ()"),
        (lambda: core.rank([[0.1, 0.2]], [0, 1]), "the scores have the shape (1, 2)"),
        (lambda: core.rank([0.1], ties="max"), "no way 'max' to rank equals"),
        (lambda: core.rank([0.1], tolerance=-1.0), "the tolerance is -1.0"),
        (lambda: core.rank_bounds([0.1], [0.2], tolerance=np.nan), "the tolerance is nan"),
        (lambda: core.rank_bounds([0.1], [0.2, 0.3]), "shape (1,), highest ones of the shape (2,)"),
    ],
)
def test_what_cannot_be_ranked_is_refused(call, problem):
    with pytest.raises(MethodError) as refused:
        call()
    assert problem in str(refused.value)


@pytest.mark.parametrize("starts", [[1, 2], [0, 2, 1], [0, 4], [[0, 1]], [0.0, 1.0]])
def test_starts_that_do_not_rise_from_0_are_refused(starts):
    with pytest.raises(MethodError):
        core.rank([0.1, 0.2, 0.3], starts)
    with pytest.raises(MethodError):
        core.rank_bounds([0.1, 0.2, 0.3], [0.2, 0.3, 0.4], starts)
