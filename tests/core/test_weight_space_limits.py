"""Weights drawn in an order and within bounds keep these, are uniform there, and clash in words."""

import re
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.optimize import linprog

from partnermcda.core import rank_order_centroid
from partnermcda.core.weight_space import draw_weights, weights_from_uniforms
from partnermcda.core.weight_space.orders import closure, completions
from partnermcda.core.weight_space.proposals import candidates, kept
from partnermcda.core.weight_space.region import Region, room
from partnermcda.core.weight_space.sources import random_points
from partnermcda.errors import WeightsError

SIZE = 20_000
# A right generator fails such a test once in a million seeds; these seeds are fixed.
RARE = 1e-6
SEEDS = st.integers(0, 2**32 - 1)
CHAIN = ((0, 1), (1, 2))
ZIGZAG = ((0, 2), (1, 2), (1, 3), (4, 3))
TENTHS = st.integers(0, 10).map(lambda tenths: tenths / 10)
WALKED = {"order": [(j, j + 1) for j in range(5)], "upper": 0.18}
WAYS = [
    {"order": CHAIN},
    {"order": [(0, 1)], "upper": 0.4, "lower": [0.1, 0, 0.05, 0, 0, 0]},
    WALKED,
    {"lower": 0.05, "around": np.ones(6), "concentration": 30.0},
    {"order": CHAIN, "around": np.array([[3, 2, 1, 1, 1, 1], [1, 2, 3, 1, 2, 1.0]])},
]


@st.composite
def problems(draw, most=5):
    """Order and bounds that some weights keep with room to spare."""
    n = draw(st.integers(2, most))
    w = np.random.default_rng(draw(SEEDS)).dirichlet(np.full(n, 3.0))
    falling = [(a, b) for a in range(n) for b in range(n) if w[a] > w[b]]
    order = draw(st.lists(st.sampled_from(falling), max_size=6))
    share = draw(st.lists(st.sampled_from([0.0, 0.5, 0.9]), min_size=n, max_size=n))
    above = draw(st.lists(st.sampled_from([1.1, 2.0, 100.0]), min_size=n, max_size=n))
    return order, w * share, np.minimum(w * above, 1)


@st.composite
def orders(draw):
    """Pairs that never run in a circle."""
    n = draw(st.integers(1, 6))
    names = draw(st.permutations(range(n)))
    pairs = list(combinations(names, 2))
    return n, draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []


def total_orders(n, order):
    """Every order of all that keeps the pairs, the largest first."""
    return [
        row for row in permutations(range(n)) if all(row.index(a) < row.index(b) for a, b in order)
    ]


def keeps(weights, order, lower, upper):
    a, b = np.array(order, dtype=int).reshape(-1, 2).T
    ordered = (weights[:, a] >= weights[:, b] - 1e-12).all()
    return ordered and (weights >= lower).all() and (weights <= upper).all()


def can_be_kept(n, order, lower, upper):
    rows = np.zeros((len(order), n))
    for row, (a, b) in zip(rows, order, strict=True):
        row[[a, b]] = -1, 1
    found = linprog(
        np.zeros(n),
        A_ub=rows if len(rows) else None,
        b_ub=np.zeros(len(rows)) if len(rows) else None,
        A_eq=np.ones((1, n)),
        b_eq=[1.0],
        bounds=list(zip(lower, upper, strict=True)),
    )
    return found.status == 0


@settings(max_examples=40, deadline=None)
@given(problems(), SEEDS)
def test_weights_keep_order_and_bounds_and_sum_to_one(problem, seed):
    order, lower, upper = problem
    draws = draw_weights(len(lower), 50, seed, order=order, lower=lower, upper=upper)
    assert draws.shape == (50, len(lower))
    assert draws.sum(axis=1) == pytest.approx(1, abs=1e-11)
    assert keeps(draws, order, lower, upper)


@pytest.mark.parametrize("way", WAYS)
def test_a_shorter_draw_is_the_beginning_of_a_longer_one(way):
    long = draw_weights(6, 9_000, 3, **way)
    for few in (0, 1, 4_095, 8_200):
        assert np.array_equal(draw_weights(6, few, 3, **way), long[:few])


def test_where_too_little_would_be_kept_a_walk_is_taken():
    space = Region.of(6, WALKED["order"], np.zeros(6), np.full(6, 0.18))
    points = random_points(np.random.default_rng(3))
    assert kept(candidates(space, points), space, 1) is None
    draws = draw_weights(6, 3_000, 3, **WALKED)
    assert keeps(draws, WALKED["order"], 0, 0.18)
    assert len(np.unique(draws[:, 0])) == 3_000


@pytest.mark.parametrize("n", [2, 3, 8])
def test_the_mean_of_weights_in_a_total_order_is_the_rank_order_centroid(n):
    draws = draw_weights(n, SIZE, 1, order=[(j, j + 1) for j in range(n - 1)])
    error = draws.std(axis=0) / np.sqrt(SIZE)
    assert (np.abs(draws.mean(axis=0) - rank_order_centroid(n)) < 5 * error).all()


def test_the_first_and_the_last_of_three_in_order_have_their_exact_distributions():
    draws = draw_weights(3, SIZE, 2, order=CHAIN)

    def first(x):
        cut = 3 * (1 - x) ** 2 - 3 * np.maximum(1 - 2 * x, 0) ** 2 + np.maximum(1 - 3 * x, 0) ** 2
        return 1 - cut

    assert stats.kstest(draws[:, 0], first).pvalue > RARE
    assert stats.kstest(draws[:, 2], lambda x: 1 - (1 - 3 * x) ** 2).pvalue > RARE


def test_lower_bounds_move_and_shrink_the_simplex():
    lower = np.array([0.3, 0.1, 0, 0.2])
    freed = (draw_weights(4, SIZE, 4, lower=lower) - lower) / 0.4
    for column in freed.T:
        assert stats.kstest(column, stats.beta(1, 3).cdf).pvalue > RARE


@given(orders())
def test_total_orders_are_counted_as_they_are_listed(problem):
    n, order = problem
    assert completions(closure(n, order)).count == len(total_orders(n, order))


@pytest.mark.parametrize(
    ("n", "order"),
    [(5, ZIGZAG), (4, [(0, 1), (2, 3)]), (4, [(0, 1), (0, 2), (0, 3)]), (5, [(1, 0), (1, 4)])],
)
def test_each_total_order_that_keeps_a_partial_one_is_drawn_as_often(n, order):
    drawn = np.argsort(-draw_weights(n, SIZE, 5, order=order), axis=1)
    counts = [(drawn == row).all(axis=1).sum() for row in total_orders(n, order)]
    assert sum(counts) == SIZE
    assert stats.chisquare(counts).pvalue > RARE


def test_an_order_with_too_many_steps_to_count_is_not_counted():
    crown = [(a, b) for a in range(15) for b in range(15, 30) if b != a + 15]
    assert completions(closure(30, crown)) is None


@pytest.mark.parametrize("way", [WAYS[1], WAYS[3], {"upper": [0.3, 1, 1, 1, 1, 0.2]}])
def test_what_is_drawn_again_has_the_distribution_of_what_is_kept(way):
    options = {key: way[key] for key in ("around", "concentration") if key in way}
    plain = draw_weights(6, 20 * SIZE, 6, **options)
    region = Region.of(
        6,
        way.get("order", ()),
        np.array(way.get("lower", np.zeros(6))) * np.ones(6),
        np.array(way.get("upper", 1)) * np.ones(6),
    )
    held = plain[region.holds(plain)]
    draws = draw_weights(6, SIZE, 7, **way)
    for one, other in zip(draws.T, held.T, strict=True):
        assert stats.ks_2samp(one, other).pvalue > RARE


@given(SEEDS)
def test_a_weight_with_two_equal_bounds_is_fixed_and_the_others_share_the_rest(seed):
    draws = draw_weights(4, 200, seed, lower=[0.25, 0, 0, 0], upper=[0.25, 1, 1, 1])
    assert (draws[:, 0] == 0.25).all()
    assert len(np.unique(draws[:, 1])) == 200
    both = draw_weights(2, 3, seed, lower=[0.25, 0.75], upper=[0.25, 0.75])
    assert (both == [0.25, 0.75]).all()


@settings(deadline=None)
@given(st.data(), orders(), st.booleans())
def test_order_and_bounds_can_be_kept_just_when_a_linear_program_says_so(data, problem, high):
    n, order = problem
    bounds = st.lists(TENTHS, min_size=n, max_size=n)
    lower = np.array(data.draw(bounds)) * 0.5
    upper = np.array(data.draw(bounds)) if high else np.ones(n)
    found = room(n, order, lower, upper)
    assert (found >= 0) == can_be_kept(n, order, lower, upper)
    if found < 1:
        with pytest.raises(WeightsError) as caught:
            draw_weights(n, 1, 1, order=order, lower=lower, upper=upper)
        (finding,) = caught.value.findings
        assert finding.code == ("draws.conflict" if found < 0 else "draws.no_room")


@settings(deadline=None)
@given(st.data(), orders())
def test_without_any_one_of_those_that_clash_the_others_can_be_kept(data, problem):
    n, order = problem
    bounds = st.lists(TENTHS, min_size=n, max_size=n)
    lower, upper = np.array(data.draw(bounds)), np.array(data.draw(bounds))
    if room(n, order, lower, upper) < 0:
        with pytest.raises(WeightsError) as caught:
            draw_weights(n, 1, 1, order=order, lower=lower, upper=upper)
        texts = caught.value.findings[0].details["statements"].split(", ")
        assert not can_be_kept(n, *read(n, texts))
        for text in texts:
            assert can_be_kept(n, *read(n, [other for other in texts if other != text]))


def read(n, texts):
    """What is written as w[0] ≥ 0.5, w[1] ≤ 0.2 and w[0] ≥ w[1]."""
    order, lower, upper = [], np.zeros(n), np.ones(n)
    for text in texts:
        left, sign, right = text.split()
        place = int(re.sub(r"\D", "", left))
        if right.startswith("w"):
            order.append((place, int(re.sub(r"\D", "", right))))
        else:
            (lower if sign == "≥" else upper)[place] = float(right)
    return order, lower, upper


@pytest.mark.parametrize(
    ("given_", "codes"),
    [
        ({"order": 5}, ["draws.order"]),
        ({"order": [(0, 3), (0, 1.0), (0,), (True, 1)]}, ["draws.order"] * 4),
        ({"order": [(0, 1), (1, 0)], "lower": [0.1]}, ["draws.circle", "draws.lower_bounds"]),
        ({"order": [(2, 2)]}, ["draws.circle"]),
        ({"lower": [0.1, np.nan, -1]}, ["draws.lower", "draws.lower"]),
        ({"lower": "much", "upper": [1, 2]}, ["draws.lower_bounds", "draws.upper_bounds"]),
        ({"upper": [1, np.inf, 1]}, ["draws.upper"]),
        ({"lower": 0.4}, ["draws.conflict"]),
        ({"lower": [0.5, 0.5, 0]}, ["draws.no_room"]),
        (
            {"lower": 0.3, "upper": [0.3, 1, 1], "around": [1, 1, 1], "concentration": 9},
            ["draws.around_fixed"],
        ),
        (
            {"lower": [0.9, 0, 0], "around": [1, 5, 5], "concentration": 90},
            ["draws.around_outside"],
        ),
    ],
)
def test_every_fault_of_order_and_bounds_is_told(given_, codes):
    with pytest.raises(WeightsError) as caught:
        draw_weights(3, 5, 1, **given_)
    assert [finding.code for finding in caught.value.findings] == codes
    assert "{" not in caught.value.text("en") + caught.value.text("fr")


@given(st.integers(1, 8), st.integers(0, 30), SEEDS)
def test_points_of_a_cube_become_weights(n, size, seed):
    u = np.random.default_rng(seed).random((size, n - 1))
    weights = weights_from_uniforms(u)
    assert weights.shape == (size, n)
    assert (weights >= 0).all()
    assert weights.sum(axis=1) == pytest.approx(1, abs=1e-12)


def test_uniform_points_of_a_cube_become_uniform_weights():
    weights = weights_from_uniforms(np.random.default_rng(8).random((SIZE, 3)))
    for column in weights.T:
        assert stats.kstest(column, stats.beta(1, 3).cdf).pvalue > RARE
    orders_ = np.argsort(weights, axis=1)
    counts = [(orders_ == row).all(axis=1).sum() for row in permutations(range(4))]
    assert stats.chisquare(counts).pvalue > RARE


def test_the_corners_of_a_cube_become_corners():
    assert weights_from_uniforms([[0, 0], [1, 0], [0, 1], [1, 1]]).tolist() == [
        [0, 0, 1],
        [1, 0, 0],
        [0, 1, 0],
        [1, 0, 0],
    ]


@pytest.mark.parametrize("u", [[0.5, 0.5], [[0.5, np.nan]], [[-0.1]], [[1.1]]])
def test_what_is_no_point_of_a_cube_is_refused(u):
    with pytest.raises(WeightsError):
        weights_from_uniforms(u)
