"""The nearest weights under which another actor draws level with the leader."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from partnermcda import core
from partnermcda.core.nearest import smallest_change
from partnermcda.core.nearest.halfspace import length, nearest_in_halfspace
from partnermcda.core.nearest.ties import Duel
from partnermcda.errors import MethodError

SEEDS = st.integers(0, 2**32 - 1)
NORMS = st.sampled_from(["l1", "l2"])


@st.composite
def problems(draw, least=2, most=8):
    rng = np.random.default_rng(draw(SEEDS))
    m, n = draw(st.integers(2, 12)), draw(st.integers(least, most))
    r = rng.random((m, n)).round(draw(st.sampled_from([1, 9])))
    return r, rng.dirichlet(np.full(n, 2.0))


def scored(r, weights, score):
    if score == "weighted_sum":
        return core.weighted_sum(r, weights)
    n = r.shape[1]
    return core.closeness(r, weights, ideal=np.ones(n), anti_ideal=np.zeros(n))


def found_for(r, weights, norm, score):
    n = r.shape[1]
    return smallest_change(
        r, weights, norm=norm, score=score, ideal=np.ones(n), anti_ideal=np.zeros(n)
    )


def near(weights, distance, norm, rng, size=300):
    """Weights on the simplex no further than some distance."""
    toward = rng.dirichlet(np.full(len(weights), 0.5), size) - weights
    far = length(toward, norm)
    return weights + toward * np.minimum(distance / far, 1.0)[:, None] * rng.random((size, 1))


@settings(max_examples=60)
@given(SEEDS, NORMS)
def test_the_nearest_weights_of_a_half_space_are_those_of_an_optimizer(seed, norm):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 8))
    w = rng.dirichlet(np.ones(n))
    w[0] *= rng.integers(0, 2)
    w /= w.sum()
    d = rng.uniform(-1, 0.4, n).round(int(rng.integers(1, 9)))
    distance, nearest = nearest_in_halfspace(w, d[None], norm)
    x = nearest[0]
    if d.max() < 0:
        assert distance[0] == np.inf
        assert np.isnan(x).all()
        return
    assert x.min() >= 0
    assert x.sum() == pytest.approx(1, abs=1e-12)
    assert x @ d >= -1e-12
    one, nothing = np.ones((1, n)), np.zeros((1, n))
    if norm == "l1":
        eye = np.eye(n)
        apart = np.block([[eye, -eye], [-eye, -eye], [-d[None], nothing]])
        cost, bound = np.append(np.zeros(n), np.ones(n)), np.concatenate([w, -w, [0.0]])
        best = linprog(cost, apart, bound, np.hstack([one, nothing]), [1])
        assert distance[0] == pytest.approx(best.fun, abs=1e-9)
    else:
        # The projection is where no allowed weights lie on the side of w.
        best = linprog(x - w, -d[None], [0.0], one, [1])
        assert best.fun >= (x - w) @ x - 1e-9


@settings(max_examples=50)
@given(problems(), NORMS, SEEDS)
def test_in_a_weighted_sum_the_rival_is_level_there_and_no_nearer(problem, norm, seed):
    r, w = problem
    change = found_for(r, w, norm, "weighted_sum")
    leader, rival = change.leader[0], change.rival[0]
    assert change.low[0] == change.distance[0]
    inside = near(w, min(change.distance[0], 9) * (1 - 1e-9), norm, np.random.default_rng(seed))
    scores = scored(r, inside, "weighted_sum")
    assert (scores[:, leader] >= scores.max(axis=1) - 1e-12).all()
    if rival >= 0:
        scores = scored(r, change.weights[0], "weighted_sum")
        assert scores[rival] >= scores.max() - 1e-12
        assert length(change.weights - w, norm)[0] == pytest.approx(change.distance[0])


@settings(max_examples=25)
@given(problems(), NORMS, SEEDS)
def test_in_topsis_a_tie_is_confirmed_and_none_is_nearer_than_the_bound(problem, norm, seed):
    r, w = problem
    change = found_for(r, w, norm, "closeness")
    leader, rival = change.leader[0], change.rival[0]
    assert 0 <= change.low[0] <= change.distance[0]
    inside = near(w, min(change.low[0], 9) * (1 - 1e-9), norm, np.random.default_rng(seed))
    scores = scored(r, inside, "closeness")
    assert (scores[:, leader] >= scores.max(axis=1) - 1e-12).all()
    if rival >= 0:
        scores = scored(r, change.weights[0], "closeness")
        assert scores[rival] >= scores[leader] - 1e-12
        assert change.weights[0].min() >= 0
        assert change.weights[0].sum() == pytest.approx(1, abs=1e-12)
        assert length(change.weights - w, norm)[0] == pytest.approx(change.distance[0])


@settings(max_examples=20)
@given(problems(2, 3), NORMS)
@example(
    (
        np.array([[0.0, 0.8, 0.7], [0.3, 0.8, 0.4], [0.9, 0.5, 0.8]]),
        np.array([0.13852276, 0.18350226, 0.67797498]),
    ),
    "l1",
)
def test_in_topsis_a_dense_scan_finds_nothing_nearer_and_nothing_much_farther(problem, norm):
    r, w = problem
    change = found_for(r, w, norm, "closeness")
    steps = np.linspace(0, 1, 81)
    grid = np.array(np.meshgrid(*[steps] * (len(w) - 1))).reshape(len(w) - 1, -1).T
    grid = grid[grid.sum(axis=1) <= 1]
    grid = np.column_stack([grid, 1 - grid.sum(axis=1)]).clip(0)
    scores = scored(r, grid, "closeness")
    others = np.delete(scores, change.leader[0], axis=1).max(axis=1)
    caught = grid[others >= scores[:, change.leader[0]]]
    scanned = length(caught - w, norm).min(initial=np.inf)
    assert scanned >= change.low[0] - 1e-9
    assert change.distance[0] <= scanned + 0.02


@settings(max_examples=40)
@given(problems(), NORMS, SEEDS)
def test_no_tie_that_exists_is_proven_away(problem, norm, seed):
    r, w = problem
    rng = np.random.default_rng(seed)
    leader = int(scored(r, w, "closeness").argmax())
    others = np.delete(r, leader, axis=0)
    here, there = r[leader], 1 - r[leader]
    duel = Duel(w, norm, here**2, there**2, others**2, (1 - others) ** 2)
    safe, (distance, found) = duel.safe(), duel.ties()
    for rival in np.flatnonzero(np.isfinite(distance)):
        assert safe[rival] <= distance[rival] * (1 + 1e-9)
        for sharp in (found[rival], w, rng.dirichlet(np.ones(len(w)))):
            for more in (1e-6, 0.02, 0.3):
                assert not duel.excluded(int(rival), sharp, distance[rival] * (1 + more) + 1e-9)


def test_in_topsis_the_bracket_is_narrow_as_a_rule():
    rng = np.random.default_rng(3)
    shares = []
    for norm in ("l1", "l2"):
        for _ in range(15):
            r, w = rng.random((10, 6)), rng.dirichlet(np.full(6, 3.0))
            change = found_for(r, w, norm, "closeness")
            shares.append(change.low[0] / change.distance[0])
    assert np.median(shares) > 0.95
    assert min(shares) > 0.5


@given(SEEDS, NORMS, st.sampled_from(["weighted_sum", "closeness"]))
@settings(max_examples=10)
def test_each_city_is_as_it_is_alone(seed, norm, score):
    rng = np.random.default_rng(seed)
    r, w, starts = rng.random((9, 3)), rng.dirichlet(np.ones(3)), np.array([0, 3, 3, 8])
    change = smallest_change(r, w, norm=norm, score=score, starts=starts)
    for i, (first, last) in enumerate([(0, 3), (3, 3), (3, 8), (8, 9)]):
        if first == last:
            assert change.leader[i] == change.rival[i] == -1
            continue
        alone = smallest_change(r[first:last], w, norm=norm, score=score)
        assert change.leader[i] == alone.leader[0] + first
        assert change.rival[i] == (-1 if alone.rival[0] < 0 else alone.rival[0] + first)
        assert change.distance[i] == alone.distance[0]
        assert change.low[i] == alone.low[0]
        assert np.array_equal(change.weights[i], alone.weights[0], equal_nan=True)


@pytest.mark.parametrize("score", ["weighted_sum", "closeness"])
def test_who_is_better_by_everything_cannot_be_caught(score):
    change = found_for(np.array([[0.9, 0.8], [0.5, 0.7]]), np.array([0.5, 0.5]), "l1", score)
    assert change.rival.tolist() == [-1]
    assert change.distance.tolist() == change.low.tolist() == [np.inf]
    assert np.isnan(change.weights).all()


@pytest.mark.parametrize("score", ["weighted_sum", "closeness"])
def test_equals_need_no_change(score):
    change = found_for(np.array([[0.5, 0.7], [0.5, 0.7]]), np.array([0.5, 0.5]), "l2", score)
    assert (change.leader[0], change.rival[0], change.distance[0], change.low[0]) == (0, 1, 0, 0)
    assert change.weights[0].tolist() == [0.5, 0.5]


def test_of_many_rivals_only_the_nearest_are_looked_at_closely():
    rng = np.random.default_rng(2)
    r = rng.random((600, 4)) * 0.6
    r[0] = 0.9
    r[:, 3] = rng.random(600)
    change = found_for(r, np.full(4, 0.25), "l1", "closeness")
    assert 0.8 * change.distance[0] <= change.low[0] <= change.distance[0] < np.inf


def test_weights_are_brought_to_sum_1():
    r = np.array([[0.9, 0.2], [0.4, 0.8]])
    plain, large = (
        smallest_change(r, np.array([3.0, 2.0]) * scale, score="weighted_sum")
        for scale in (1.0, 1e307)
    )
    assert plain.weights.sum() == pytest.approx(1)
    assert np.allclose(plain.weights, large.weights)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"norm": "l3"}, "change.measure"),
        ({"score": "vikor"}, "change.score"),
        ({"ideal": [1.0]}, "core.point"),
        ({"starts": np.array([1])}, "core.starts"),
    ],
)
def test_what_does_not_fit_is_refused(options, code):
    with pytest.raises(MethodError) as caught:
        smallest_change(np.eye(2), np.array([0.5, 0.5]), **options)
    assert caught.value.findings[0].code == code


@pytest.mark.parametrize("score", ["weighted_sum", "closeness"])
def test_values_that_are_no_numbers_are_refused(score):
    with pytest.raises(MethodError):
        smallest_change(np.array([[np.nan, 1.0], [1.0, 0.0]]), np.ones(2), score=score)
