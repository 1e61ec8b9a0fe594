"""Correlations of rankings, held against scipy, pymcdm and their formulas."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from partnermcda import core
from partnermcda.core.correlations import kendall, spearman, weighted_spearman, ws
from partnermcda.errors import MethodError

ALL = [kendall, spearman, weighted_spearman, ws]
SYMMETRIC = [kendall, spearman, weighted_spearman]


@st.composite
def rankings(draw, ties, many=2):
    """Rankings of the same actors, each of which tells somebody apart."""
    m = draw(st.integers(2, 30))
    if ties is None:
        return [np.array(draw(st.permutations(range(1, m + 1)))) for _ in range(many)]
    scores = st.lists(st.integers(0, 6), min_size=m, max_size=m).filter(lambda s: len(set(s)) > 1)
    return [core.rank(np.array(draw(scores)), ties=ties) for _ in range(many)]


STRICT = rankings(None)
TIED = st.sampled_from(["min", "dense", "average"]).flatmap(rankings)
MEANS = rankings("average")


@given(TIED)
def test_kendall_counts_pairs(pair):
    a, b = (np.sign(ranks[:, None] - ranks).astype(int) for ranks in pair)
    expected = (a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum())
    assert kendall(*pair) == pytest.approx(expected, abs=1e-15)


@given(TIED)
def test_kendall_agrees_with_scipy(pair):
    assert kendall(*pair) == pytest.approx(stats.kendalltau(*pair).statistic, abs=1e-14)


@pytest.mark.parametrize("levels", [3, 1000, 10**6])
def test_kendall_agrees_with_scipy_on_many_actors(levels):
    rng = np.random.default_rng(levels)
    a = rng.integers(0, levels, 20_011)
    a, b = core.rank(a), core.rank(a + rng.normal(0, levels, len(a)).round())
    assert kendall(a, b) == pytest.approx(stats.kendalltau(a, b).statistic, abs=1e-13)


@given(MEANS)
def test_spearman_agrees_with_scipy(pair):
    assert spearman(*pair) == pytest.approx(stats.spearmanr(*pair).statistic, abs=1e-14)


@given(STRICT)
def test_spearman_is_its_formula_without_ties(pair):
    a, b = pair
    m = len(a)
    expected = 1 - 6 * ((a - b) ** 2).sum() / (m**3 - m)
    assert spearman(a, b) == pytest.approx(expected, abs=1e-14)


@settings(deadline=None)
@given(STRICT)
def test_weighted_spearman_and_ws_agree_with_pymcdm(pair):
    from pymcdm import correlations as peer

    assert weighted_spearman(*pair) == pytest.approx(peer.weighted_spearman(*pair), abs=1e-14)
    assert ws(*pair) == pytest.approx(peer.ws(*pair), abs=1e-14)


@given(TIED)
def test_weighted_spearman_and_ws_are_their_formulas(pair):
    a, b = (ranks.tolist() for ranks in pair)
    m, both = len(a), list(zip(a, b, strict=True))
    distance = sum((x - y) ** 2 * ((m - x + 1) + (m - y + 1)) for x, y in both)
    expected = 1 - 6 * distance / (m**4 + m**3 - m**2 - m)
    assert weighted_spearman(*pair) == pytest.approx(expected, abs=1e-14)
    lost = sum(2 ** (-x) * abs(x - y) / max(abs(1 - x), abs(m - x)) for x, y in both)
    assert ws(*pair) == pytest.approx(1 - lost, abs=1e-14)


@given(TIED)
def test_which_ranking_comes_first_only_matters_to_ws(pair):
    assert all(f(*pair) == f(*reversed(pair)) for f in SYMMETRIC)


def test_ws_asks_about_the_first_of_the_reference():
    assert ws([1, 2, 3], [2, 3, 1]) != ws([2, 3, 1], [1, 2, 3])


@given(TIED)
def test_a_ranking_is_fully_like_itself(pair):
    assert [f(pair[0], pair[0]) for f in ALL] == [1.0] * 4


@given(STRICT)
def test_a_ranking_is_opposite_to_its_reverse(pair):
    a = pair[0]
    assert [f(a, len(a) + 1 - a) for f in SYMMETRIC] == pytest.approx([-1.0] * 3, abs=1e-14)
    assert kendall(a, len(a) + 1 - a) == -1.0


@given(MEANS)
def test_correlations_keep_their_bounds(pair):
    assert all(-1 <= f(*pair) <= 1 for f in (kendall, spearman))
    assert -1 - 1e-14 <= weighted_spearman(*pair) <= 1
    assert -1e-14 <= ws(*pair) <= 1


@given(TIED, st.randoms())
def test_the_order_of_actors_changes_nothing(pair, random):
    order = list(range(len(pair[0])))
    random.shuffle(order)
    mixed = [ranks[order] for ranks in pair]
    assert kendall(*mixed) == kendall(*pair)
    for f in (spearman, weighted_spearman, ws):
        assert f(*mixed) == pytest.approx(f(*pair), abs=4e-15)


def test_a_million_actors_are_counted_exactly():
    # Reversed by halves: pairs within a half are in opposite orders, all others in the same.
    half = 500_000
    a = np.arange(1, 2 * half + 1)
    b = np.concatenate([a[:half][::-1], a[half:][::-1]])
    inverted, pairs = half * (half - 1), half * (2 * half - 1)
    assert kendall(a, b) == (pairs - 2 * inverted) / pairs
    assert spearman(a, a[::-1]) == pytest.approx(-1, abs=1e-15)
    assert weighted_spearman(a, a[::-1]) == pytest.approx(-1, abs=1e-14)


@pytest.mark.parametrize("correlation", ALL)
@pytest.mark.parametrize(
    ("a", "b", "problem"),
    [
        ([1, 2, 3], [1, 2], "rankings of the shapes (3,) and (2,)"),
        ([1], [1], "rankings of the shapes (1,) and (1,)"),
        ([[1, 2]], [[1, 2]], "rankings of the shapes (1, 2) and (1, 2)"),
        ([1, 1, 1], [1, 2, 3], "one of the rankings tells nobody apart"),
        ([1, 2, 3], [2.0, 2.0, 2.0], "one of the rankings tells nobody apart"),
        ([1, 2, np.nan], [1, 2, 3], "row 3: the rank is nan"),
        ([1, 2, 3], [0.2, 0.1, 0.3], "row 1: the rank is 0.2"),
        ([1, 2, 4], [1, 2, 3], "row 3: the rank is 4"),
    ],
)
def test_what_is_no_pair_of_rankings_is_refused(correlation, a, b, problem):
    with pytest.raises(MethodError) as refused:
        correlation(a, b)
    assert problem in str(refused.value)
