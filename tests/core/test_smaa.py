"""Ranks are counted over draws as one would count them by hand."""

import importlib
import statistics
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermcda import core
from partnermcda.core.blocks import Block
from partnermcda.core.smaa import SHAPES, Uncertain, leader_acceptability, smaa
from partnermcda.core.smaa.quantiles import Quantiles, normal_quantile
from partnermcda.core.smaa.uncertain import Tables
from partnermcda.errors import MethodError

SCORES = [("closeness", 1), ("closeness", 2), ("closeness", np.inf), ("weighted_sum", 2)]
KINDS = ["random", "grid", "repeated", "alike", "huge", "near"]


def values(kind, m, n, rng):
    """Values where ties are none, some, all, or hang on the last digits."""
    r = rng.random((m, n))
    made = {
        "grid": np.round(r * 2) / 2,
        "repeated": np.repeat(r, 3, axis=0)[:m],
        "alike": np.full((m, n), 0.25),
        "huge": r * 1e180,
        # Closer to the ideal than the tolerance of ties, so that chains of equals are long.
        "near": 1 - r * 1e-12,
    }
    return made.get(kind, r)


def scored(table, w, starts, score, p, ideals):
    if score == "weighted_sum":
        return core.weighted_sum(table, w)
    return core.closeness(table, w, starts, p=p, **ideals)


def by_hand(tables, draws, starts, score, p, ideals):
    """Shares of ranks, duels won and central weights, one draw after the other."""
    m = tables.shape[1]
    edges = np.append(starts, m)
    q = int(np.diff(edges).max())
    ranks, won = np.zeros((m, q)), np.full((m, q), np.nan)
    lead, by = np.zeros(m), np.zeros((m, draws.shape[1]))
    for a, b in pairwise(edges):
        won[a:b, : b - a] = 0
    for table, w in zip(tables, draws, strict=True):
        found = core.rank(scored(table, w, starts, score, p, ideals), starts)
        for a, b in pairwise(edges):
            for i in range(a, b):
                equals = int((found[a:b] == found[i]).sum())
                ranks[i, found[i] - 1 : found[i] - 1 + equals] += 1 / equals
                won[i, : b - a] += (found[i] < found[a:b]) + (found[i] == found[a:b]) / 2
                won[i, i - a] = 0
                if found[i] == 1:
                    lead[i] += 1 / equals
                    by[i] += w / equals
    with np.errstate(invalid="ignore"):
        return ranks / len(draws), won / len(draws), by / lead[:, None]


@st.composite
def problems(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    m, n, s = draw(st.integers(1, 12)), draw(st.integers(1, 4)), draw(st.integers(1, 12))
    r = values(draw(st.sampled_from(KINDS)), m, n, rng)
    cuts = draw(st.lists(st.integers(1, m), max_size=3)) if m > 1 else []
    starts = np.array(sorted({0, *(cut for cut in cuts if cut < m)}))
    ideals = {"ideal": np.ones(n), "anti_ideal": np.zeros(n)} if draw(st.booleans()) else {}
    return r, rng.dirichlet(np.ones(n), s), starts, *draw(st.sampled_from(SCORES)), ideals


@settings(deadline=None, max_examples=120)
@given(problems())
def test_counts_are_those_made_by_hand(problem):
    r, draws, starts, score, p, ideals = problem
    tables = np.broadcast_to(r, (len(draws), *r.shape))
    ranks, won, central = by_hand(tables, draws, starts, score, p, ideals)
    found = smaa(r, draws, starts, score=score, p=p, **ideals)
    assert found.rank_acceptability == pytest.approx(ranks, abs=1e-12)
    assert found.pairwise_winning == pytest.approx(won, abs=1e-12, nan_ok=True)
    assert found.central_weights == pytest.approx(central, abs=1e-12, nan_ok=True)


@settings(deadline=None, max_examples=120)
@given(problems(), st.integers(0, 5))
def test_leaders_alone_have_the_same_shares(problem, k):
    r, draws, starts, score, p, ideals = problem
    options = {"score": score, "p": p, **ideals}
    found, leaders = (
        smaa(r, draws, starts, **options),
        leader_acceptability(r, draws, starts, k, **options),
    )
    assert leaders.first.tobytes() == found.first.tobytes()
    assert leaders.top == pytest.approx(found.rank_acceptability[:, :k].sum(axis=1), abs=1e-12)
    assert leaders.central_weights.tobytes() == found.central_weights.tobytes()
    assert leaders.central_weights_error.tobytes() == found.central_weights_error.tobytes()


@settings(deadline=None, max_examples=60)
@given(problems())
def test_rows_and_columns_sum_to_one_and_duels_make_up_the_expected_rank(problem):
    r, draws, _, score, p, ideals = problem
    found = smaa(r, draws, score=score, p=p, **ideals)
    assert found.rank_acceptability.sum(axis=0) == pytest.approx(1)
    assert found.rank_acceptability.sum(axis=1) == pytest.approx(1)
    won = found.pairwise_winning
    assert won + won.T == pytest.approx(1 - np.eye(len(r)))
    assert found.expected_rank == pytest.approx(1 + won.sum(axis=0))


@settings(deadline=None, max_examples=60)
@given(problems(), st.integers(0, 2**32 - 1))
def test_tables_may_differ_from_draw_to_draw(problem, seed):
    r, draws, starts, score, p, ideals = problem
    r = np.clip(r, -1e90, 1e90)
    tables = r * np.random.default_rng(seed).choice([0.5, 1.0], (len(draws), *r.shape))
    options = {"score": score, "p": p, **ideals}
    ranks, won, central = by_hand(tables, draws, starts, score, p, ideals)
    found = smaa(tables, draws, starts, **options)
    assert found.rank_acceptability == pytest.approx(ranks, abs=1e-12)
    assert found.pairwise_winning == pytest.approx(won, abs=1e-12, nan_ok=True)
    assert found.central_weights == pytest.approx(central, abs=1e-12, nan_ok=True)
    leaders = leader_acceptability(tables, draws, starts, 2, **options)
    assert leaders.first.tobytes() == found.first.tobytes()


@settings(deadline=None, max_examples=30)
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_draws_changes_no_bit(problem, random):
    r, draws, starts, score, p, ideals = problem
    order = random.sample(range(len(draws)), len(draws))
    a = smaa(r, draws, starts, score=score, p=p, **ideals)
    b = smaa(r, draws[order], starts, score=score, p=p, **ideals)
    assert a.rank_acceptability.tobytes() == b.rank_acceptability.tobytes()
    assert a.central_weights.tobytes() == b.central_weights.tobytes()
    assert a.pairwise_winning.tobytes() == b.pairwise_winning.tobytes()


def shrink(monkeypatch):
    """Work in parts that are as small as can be."""
    for module, name, size in [
        ("draws", "_TOGETHER", 7),
        ("searching", "_GROUPS", 2),
        ("leading", "_ROWS", 3),
        ("confidence", "_SCORES", 1),
        ("confidence", "_FEWEST", 100),
    ]:
        monkeypatch.setattr(importlib.import_module(f"partnermcda.core.smaa.{module}"), name, size)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("k", [1, 4])
def test_blocks_and_threads_change_no_bit(kind, k, monkeypatch):
    rng = np.random.default_rng(3)
    r, draws = values(kind, 30, 3, rng), rng.dirichlet(np.ones(3), 40)
    starts = np.array([0, 5, 19, 20])
    before = smaa(r, draws, starts), leader_acceptability(r, draws, starts, k)
    shrink(monkeypatch)
    monkeypatch.setattr(importlib.import_module("partnermcda.core.blocks"), "_CELLS_OF_A_THREAD", 1)
    for threads in (1, 3):
        after = (
            smaa(r, draws, starts, threads=threads),
            leader_acceptability(r, draws, starts, k, threads=threads),
        )
        for old, new in zip(before, after, strict=True):
            for name in old.__slots__:
                assert (
                    np.asarray(getattr(old, name)).tobytes()
                    == np.asarray(getattr(new, name)).tobytes()
                ), name


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("k", [1, 10])
@pytest.mark.parametrize("fixed", [False, True])
def test_a_large_city_is_sifted_without_changing_a_bit(kind, k, fixed, monkeypatch):
    rng = np.random.default_rng(4)
    r, draws = values(kind, 900, 4, rng), rng.dirichlet(np.ones(4), 25)
    ideals = {"ideal": np.ones(4), "anti_ideal": np.zeros(4)} if fixed else {}
    whole = leader_acceptability(r, draws, k=k, **ideals)
    leading = importlib.import_module("partnermcda.core.smaa.leading")
    sifted = []
    monkeypatch.setattr(leading, "_ROWS", 100)
    sift = leading.sift
    monkeypatch.setattr(leading, "sift", lambda *given: sifted.append(sift(*given)) or sifted[-1])
    parts = leader_acceptability(r, draws, k=k, **ideals)
    assert len(sifted) == 1
    assert kind != "random" or len(sifted[0]) == 0
    for name in whole.__slots__:
        assert np.array_equal(getattr(whole, name), getattr(parts, name), equal_nan=True)


def test_the_errors_are_those_of_many_repetitions():
    r = np.array([[1.0, 0.0, 0.4], [0.7, 0.6, 0.5], [0.0, 1.0, 0.5]])
    runs = [smaa(r, core.draw_weights(3, 400, seed), score="weighted_sum") for seed in range(200)]
    for name in ("rank_acceptability", "pairwise_winning", "central_weights", "expected_rank"):
        found = np.array([getattr(run, name) for run in runs])
        told = np.array([getattr(run, f"{name}_error") for run in runs]).mean(axis=0)
        assert found.std(axis=0) == pytest.approx(told, rel=0.2, abs=0.002)


def test_who_is_never_first_has_no_central_weights_and_no_confidence():
    found = smaa(np.array([[1.0, 0.5], [0.2, 0.1]]), np.array([[0.5, 0.5], [0.9, 0.1]]))
    assert np.isnan(found.central_weights[1]).all()
    assert found.confidence[0] == 1
    assert np.isnan(found.confidence[1])
    # From a single lead no spread can be told.
    alone = smaa(np.array([[1.0, 0.5]]), np.array([[0.5, 0.5]]))
    assert np.isnan(alone.central_weights_error).all()


@settings(deadline=None, max_examples=40)
@given(problems())
def test_known_values_make_sure_whether_central_weights_make_one_first(problem):
    r, draws, starts, score, p, ideals = problem
    found = smaa(r, draws, starts, score=score, p=p, **ideals)
    edges = np.append(starts, len(r))
    for i in np.flatnonzero(found.first):
        ranks = core.rank(scored(r, found.central_weights[i], starts, score, p, ideals), starts)
        city = slice(*edges[np.searchsorted(edges, i, "right") - 1 :][:2])
        first = (ranks[i] == 1) / (ranks[city] == 1).sum()
        assert found.confidence[i] == first
        assert found.confidence_error[i] == 0


@pytest.mark.parametrize("size", [1e-20, 1e-120, 1e-250])
def test_weights_decide_however_small_where_nothing_else_does(size):
    rng = np.random.default_rng(9)
    r = rng.random((30, 3))
    r[:, 0] = 0.5
    draws = np.array([[1.0, 3 * size, 2 * size], [1.0, size, 0.0], [size, 1.0, 1.0]])
    ideals = {"ideal": np.array([0.5, 1.0, 1.0]), "anti_ideal": np.array([0.5, 0.0, 0.0])}
    for options in ({}, ideals):
        tables = np.broadcast_to(r, (3, 30, 3))
        ranks = by_hand(tables, draws, np.array([0]), "closeness", 2, options)[0]
        found = smaa(r, draws, **options)
        assert found.rank_acceptability == pytest.approx(ranks, abs=1e-12)
        assert leader_acceptability(r, draws, **options).first.tobytes() == found.first.tobytes()


def bounds(m, n, seed):
    low, mid, high = np.sort(np.random.default_rng(seed).random((3, m, n)), axis=0)
    known = np.random.default_rng(seed + 1).random((m, n)) < 0.4
    return np.where(known, mid, low), mid, np.where(known, mid, high)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("score", "p"), SCORES)
def test_drawn_values_are_counted_as_the_tables_they_are(shape, score, p):
    uncertain = Uncertain(*bounds(9, 3, 5), shape, 11)
    draws, starts = np.random.default_rng(6).dirichlet(np.ones(3), 60), np.array([0, 4])
    blocks = [Block(0, 4, np.array([0])), Block(4, 9, np.array([0]))]
    taken = [Tables(uncertain, block).take(60) for block in blocks]
    tables = np.moveaxis(np.concatenate(taken, axis=2), 0, 2)
    known = uncertain.low == uncertain.high
    assert (tables[:, known] == uncertain.mid[known]).all()
    a = smaa(uncertain, draws, starts, score=score, p=p)
    b = smaa(tables, draws, starts, score=score, p=p)
    for name in a.__slots__:
        assert np.array_equal(getattr(a, name), getattr(b, name), equal_nan=True), name


@pytest.mark.parametrize("shape", SHAPES)
def test_drawn_values_do_not_hang_on_blocks_or_on_other_cities(shape, monkeypatch):
    low, mid, high = bounds(30, 3, 7)
    draws, starts = np.random.default_rng(8).dirichlet(np.ones(3), 50), np.array([0, 10, 25])
    uncertain = Uncertain(low, mid, high, shape, 12)
    before = smaa(uncertain, draws, starts), leader_acceptability(uncertain, draws, starts, 2)
    alone = Uncertain(low[:10], mid[:10], high[:10], shape, 12)
    assert smaa(alone, draws).first.tobytes() == before[0].first[:10].tobytes()
    assert before[0].first.tobytes() == before[1].first.tobytes()
    shrink(monkeypatch)
    after = smaa(uncertain, draws, starts), leader_acceptability(uncertain, draws, starts, 2)
    for old, new in zip(before, after, strict=True):
        for name in old.__slots__:
            assert np.array_equal(getattr(old, name), getattr(new, name), equal_nan=True), name


def test_confidence_is_the_share_of_leads_by_ones_own_central_weights():
    uncertain = Uncertain(*bounds(5, 3, 9), "uniform", 13)
    draws = np.random.default_rng(10).dirichlet(np.ones(3), 400)
    found = smaa(uncertain, draws)
    for actor in np.flatnonzero(found.first):
        own = np.tile(found.central_weights[actor], (400, 1))
        assert smaa(uncertain, own).first[actor] == found.confidence[actor]
    sure = found.confidence[found.first > 0]
    errors = np.sqrt(sure * (1 - sure) / 400)
    assert found.confidence_error[found.first > 0] == pytest.approx(errors)


def test_normal_numbers_are_those_of_the_standard_library():
    shares = np.linspace(3e-5, 1 - 3e-5, 4001)
    expected = [statistics.NormalDist().inv_cdf(share) for share in shares.tolist()]
    assert normal_quantile(shares) == pytest.approx(expected, abs=1e-13)


@pytest.mark.parametrize("shape", SHAPES)
@given(st.floats(-3, 3), st.floats(0, 1), st.floats(0.01, 5))
def test_quantiles_rise_from_one_bound_to_the_other(shape, low, share, width):
    high = low + width
    mid = min(low + share * (high - low), high)
    made = Quantiles(shape, *(np.array([x]) for x in (low, mid, high)))
    found = made(np.array([[0.0], [0.25], [0.5], [0.75], [1 - 1e-16]]))[:, 0]
    assert found[0] == pytest.approx(low, abs=1e-7)
    assert found[-1] == pytest.approx(high, abs=1e-7)
    assert (np.diff(found) > 0).all()


def test_quantiles_have_the_moments_of_their_distributions():
    shares = (np.arange(100_000)[:, None] + 0.5) / 100_000
    low, mid, high = np.array([1.0]), np.array([2.0]), np.array([5.0])
    moments = {
        shape: (found.mean(), found.var())
        for shape in SHAPES
        if (found := Quantiles(shape, low, mid, high)(shares)) is not None
    }
    assert moments["uniform"] == pytest.approx((3, 16 / 12), rel=1e-6)
    assert moments["triangular"] == pytest.approx((8 / 3, (1 + 4 + 25 - 2 - 5 - 10) / 18), rel=1e-6)
    # A normal number of mean 2 and deviation 1 that lies between 1 and 5.
    normal = statistics.NormalDist(2, 1)
    inside = normal.cdf(5) - normal.cdf(1)
    mean = 2 + (normal.pdf(1) - normal.pdf(5)) / inside
    assert moments["normal"][0] == pytest.approx(mean, rel=1e-6)


R, W = np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[0.5, 0.5]])
REFUSED = [
    ({"r": [[1.0, np.nan], [0.0, 1.0]]}, "row 1, column 2: the value is nan"),
    ({"r": np.full((1, 2, 2), np.inf)}, "row 1, column 1: the value in table 1 is inf"),
    ({"r": np.zeros((3, 2, 2))}, "3 tables of values for 1 weight vectors"),
    ({"r": np.full((1, 2, 2), 1e101)}, "as large as 1e\\+101"),
    ({"draws": np.empty((0, 2))}, "no draws of weights"),
    ({"draws": [[0.5, -0.5]]}, "negative or not finite"),
    ({"draws": [[0.0, 0.0]]}, "all 0"),
    ({"draws": [[0.5, 0.2, 0.3]]}, "weights of shape"),
    ({"score": "rank"}, "no score 'rank'"),
    ({"p": 3}, "no norm p = 3"),
    ({"starts": [1]}, "first rows of cities"),
    ({"ideal": [1.0]}, "not 2 finite numbers"),
]


@pytest.mark.parametrize(("given", "said"), REFUSED)
@pytest.mark.parametrize("count", [smaa, leader_acceptability])
def test_what_cannot_be_counted_is_refused_in_words(count, given, said):
    with pytest.raises(MethodError, match=said):
        count(**{"r": R, "draws": W, **given})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((R, R, R, "beta", 1), "no distribution 'beta'"),
        ((R, R, R[:1], "uniform", 1), "of the shapes"),
        ((R, R - 0.1, R, "uniform", 1), "row 1, column 1: .* are 1, 0.9, 1"),
        ((R, R, np.full((2, 2), np.inf), "uniform", 1), "inf"),
    ],
)
def test_bounds_out_of_order_are_refused_in_words(given, said):
    with pytest.raises(MethodError, match=said):
        Uncertain(*given)
