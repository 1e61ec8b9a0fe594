"""Intervals in which an answer stands: confirmed by scoring, and by nothing else."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from partnermcda import core
from partnermcda.core.stability import (
    critical_changes,
    stability,
    weight_intervals,
    weight_path,
)
from partnermcda.core.stability.parts import Parts
from partnermcda.errors import MethodError

HAIR = 1e-6
BOOLEANS = st.booleans()
KEEPS = ["leader", "order", 3]


@st.composite
def problems(draw, most=60, coarse=BOOLEANS):
    m, n = draw(st.integers(1, most)), draw(st.integers(2, 8))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    r = rng.random((m, n))
    if draw(coarse):
        r = np.round(4 * r) / 4
    weights = rng.dirichlet(np.ones(n))
    if draw(st.booleans()):
        weights[draw(st.integers(0, n - 1))] = 0.0
    return r, weights / weights.sum()


@st.composite
def ways(draw):
    """Keyword arguments of a way to score."""
    if draw(st.booleans()):
        return {"score": "weighted_sum"}
    return {"p": draw(st.sampled_from([1, 2])), "fixed": draw(st.booleans())}


def arguments(way, n):
    if "score" in way:
        return way
    ideals = {"ideal": np.ones(n), "anti_ideal": np.zeros(n)} if way["fixed"] else {}
    return {"p": way["p"], **ideals}


def scored(r, weights, way):
    if "score" in way:
        return core.weighted_sum(r, weights)
    return core.closeness(r, weights, **arguments(way, r.shape[1]))


def answers(scores, keep):
    """What stands: (s,) answers, as something that can be compared."""
    if keep == "order":
        return [tuple(row) for row in core.top_k(scores, scores.shape[1])]
    k = 1 if keep == "leader" else keep
    return [frozenset(row.tolist()) for row in core.top_k(scores, min(k, scores.shape[1]))]


def clear(scores, keep):
    """Whether no two that matter are so near that a hair decides."""
    rising = -np.sort(-scores)
    gaps = rising[:-1] - rising[1:]
    k = len(rising) if keep == "order" else 1 if keep == "leader" else keep
    near = gaps if keep == "order" else gaps[k - 1 : k]
    return (near > 1e-10).all()


@pytest.mark.parametrize("keep", KEEPS)
@given(problems(), ways())
def test_the_answer_stands_within_and_changes_beyond(keep, problem, way):
    r, weights = problem
    found = stability(r, weights, keep=keep, **arguments(way, r.shape[1]))
    parts = Parts.of(weights, [[j] for j in range(r.shape[1])])
    (now,) = answers(scored(r, weights[None], way), keep)
    for j in range(r.shape[1]):
        low, high = found.low[j], found.high[j]
        assert low <= weights[j] + 1e-12
        assert high >= weights[j] - 1e-12
        if high - low > 3 * HAIR:
            within = parts.at(j, np.linspace(low + HAIR, high - HAIR, 5))
            scores = scored(r, within, way)
            kept = answers(scores, keep)
            assert all(
                one == now for one, row in zip(kept, scores, strict=True) if clear(row, keep)
            )
        for end, who, side in ((low, found.below[j], -1), (high, found.above[j], 1)):
            assert (who == -1) == (end in (0.0, 1.0) and end != weights[j]) or end == weights[j]
            if who >= 0 and HAIR < end + side * HAIR < 1 - HAIR:
                scores = scored(r, parts.at(j, np.array([end + side * HAIR])), way)
                if clear(scores[0], keep):
                    assert answers(scores, keep) != [now]


@given(problems(most=30, coarse=st.just(False)), ways(), st.data())
def test_a_dense_scan_finds_the_same_interval(problem, way, data):
    r, weights = problem
    j = data.draw(st.integers(0, r.shape[1] - 1))
    found = weight_intervals(r, weights, **arguments(way, r.shape[1]))[j]
    parts = Parts.of(weights, [[k] for k in range(r.shape[1])])
    grid = np.append(np.linspace(0, 1, 501), weights[j])
    led = scored(r, parts.at(j, grid), way).argmax(axis=1) == scored(r, weights, way).argmax()
    away = grid[~led]
    if (away <= weights[j]).any():
        assert found[0] >= away[away <= weights[j]].max() - 1e-9
    if (away >= weights[j]).any():
        assert found[1] <= away[away >= weights[j]].min() + 1e-9
    inside = (grid > found[0] + 1e-9) & (grid < found[1] - 1e-9)
    assert led[inside].all()


@given(problems(most=20), ways())
def test_at_an_end_the_two_who_change_places_tie(problem, way):
    r, weights = problem
    found = stability(r, weights, **arguments(way, r.shape[1]))
    parts = Parts.of(weights, [[j] for j in range(r.shape[1])])
    leader = int(core.top_k(scored(r, weights, way), 1)[0])
    for j in range(r.shape[1]):
        for end, who in ((found.low[j], found.below[j]), (found.high[j], found.above[j])):
            if who >= 0 and 1e-6 < end < 1 - 1e-6:
                scores = scored(r, parts.at(j, np.array([end])), way)[0]
                assert scores[leader] == pytest.approx(scores[who], abs=1e-9)


@given(st.lists(problems(most=12), min_size=1, max_size=4), st.sampled_from(KEEPS), ways())
def test_many_cities_are_each_as_if_alone(cities, keep, way):
    n = min(r.shape[1] for r, _ in cities)
    weights = cities[0][1][:n] + 0.01
    tables = [r[:, :n] for r, _ in cities]
    starts = np.cumsum([0, *(len(r) for r in tables[:-1])])
    given_ = arguments(way, n)
    together = stability(np.concatenate(tables), weights, starts, keep=keep, **given_)
    for i, r in enumerate(tables):
        alone = stability(r, weights, keep=keep, **given_)
        assert together.low[i].tolist() == pytest.approx(alone.low.tolist(), abs=1e-12)
        assert together.high[i].tolist() == pytest.approx(alone.high.tolist(), abs=1e-12)
        leader = int(core.top_k(scored(r, weights / weights.sum(), way), 1)[0])
        for ends, one, other in (
            (alone.low, together.below[i], alone.below),
            (alone.high, together.above[i], alone.above),
        ):
            here = np.where(one < 0, -1, one - starts[i])
            assert ((here < 0) == (other < 0)).all()
            if keep == "leader":
                # Where several come at once, rounding says which of them is named.
                for j in np.flatnonzero((here != other) & (other >= 0)):
                    moved = Parts.of(weights / weights.sum(), [[k] for k in range(n)]).at(
                        j, ends[[j]]
                    )
                    scores = scored(r, moved, way)[0]
                    both = scores[[here[j], other[j]]]
                    assert both == pytest.approx(scores[leader], abs=1e-9)


def test_neither_threads_nor_what_is_looked_at_first_change_a_bit():
    rng = np.random.default_rng(3)
    r = np.round(rng.random((30_000, 5)), 2)
    weights = rng.dirichlet(np.ones(5))
    for keep in KEEPS:
        one, two = (stability(r, weights, keep=keep, threads=threads) for threads in (1, 4))
        for name in ("low", "high", "below", "above"):
            assert getattr(one, name).tobytes() == getattr(two, name).tobytes()


def test_a_large_city_has_the_interval_of_its_contenders_alone():
    rng = np.random.default_rng(5)
    r = rng.random((20_000, 4))
    weights = np.array([0.4, 0.3, 0.2, 0.1])
    ideals = {"ideal": np.ones(4), "anti_ideal": np.zeros(4)}
    whole = weight_intervals(r, weights, **ideals)
    # Whoever leads under some weights is in nobody's shadow.
    parts = Parts.of(weights, [[j] for j in range(4)])
    grid = np.concatenate([parts.at(j, np.linspace(0, 1, 400)) for j in range(4)])
    some = np.unique(core.leaders(r, np.concatenate((grid, weights[None])), 8, **ideals))
    assert weight_intervals(r[some], weights, **ideals) == pytest.approx(whole, abs=1e-12)


@given(problems(most=15), ways(), st.data())
def test_a_group_moves_together(problem, way, data):
    r, weights = problem
    n = r.shape[1]
    group = sorted(data.draw(st.sets(st.integers(0, n - 1), min_size=1, max_size=n - 1)))
    assume(1e-3 < weights[group].sum() < 1 - 1e-3)
    found = stability(r, weights, groups=[group], **arguments(way, n))
    leader = scored(r, weights, way).argmax()
    inside = np.isin(np.arange(n), group)
    for t in np.linspace(found.low[0] + HAIR, found.high[0] - HAIR, 4):
        moved = np.where(inside, weights * t / weights[group].sum(), 0.0)
        moved += np.where(inside, 0.0, weights * (1 - t) / (1 - weights[group].sum()))
        scores = scored(r, np.maximum(moved, 0), way)
        if found.high[0] - found.low[0] > 3 * HAIR and clear(scores, "leader"):
            assert scores.argmax() == leader


@given(problems(most=12), ways(), st.data())
def test_a_path_has_the_ranks_of_scoring_between_its_breaks(problem, way, data):
    r, weights = problem
    j = data.draw(st.integers(0, r.shape[1] - 1))
    path = weight_path(r, weights, [j], **arguments(way, r.shape[1]))
    parts = Parts.of(weights, [[k] for k in range(r.shape[1])])
    edges = np.concatenate(([0.0], path.breaks, [1.0]))
    assert (np.diff(path.breaks) > 0).all()
    assert (path.ranks[1:] != path.ranks[:-1]).any(axis=1).all()
    for low, high, ranks in zip(edges[:-1], edges[1:], path.ranks, strict=True):
        for t in np.linspace(low, high, 5)[1:-1]:
            scores = scored(r, parts.at(j, np.array([t])), way)[0]
            order = np.sort(scores)
            if (np.diff(order)[np.diff(order) > 1e-12] > 1e-9).all():
                assert core.rank(scores).tolist() == ranks.tolist()


@given(problems(most=12), st.data())
def test_a_path_of_some_actors_is_theirs_in_the_path_of_all(problem, data):
    r, weights = problem
    some = data.draw(st.lists(st.integers(0, len(r) - 1), min_size=1, unique=True))
    whole = weight_path(r, weights, [0])
    part = weight_path(r, weights, [0], rows=some)
    ranks = whole.ranks[:, some]
    kept = np.append(True, (ranks[1:] != ranks[:-1]).any(axis=1))
    assert part.ranks.tolist() == ranks[kept].tolist()
    assert part.breaks == pytest.approx(whole.breaks[kept[1:]], abs=1e-9)


@given(problems(most=10), st.data())
def test_a_critical_change_makes_the_pair_tie(problem, data):
    r, weights = problem
    found = critical_changes(r, weights)
    i, j = (data.draw(st.integers(0, len(r) - 1)) for _ in range(2))
    for k, change in enumerate(found[i, j]):
        if not np.isnan(change) and abs(change) < 1e6:
            moved = weights.copy()
            moved[k] -= change
            assert moved[k] >= -1e-12
            assert r[i] @ moved == pytest.approx(r[j] @ moved, abs=1e-9 * (1 + abs(change)))


def test_equals_leave_no_room_or_all_of_it():
    same = stability(np.array([[0.5, 0.5], [0.5, 0.5]]), np.array([0.5, 0.5]), score="weighted_sum")
    assert same.low.tolist() == [0, 0]
    assert same.high.tolist() == [1, 1]
    crossing = np.array([[0.8, 0.2], [0.2, 0.8]])
    tied = stability(crossing, np.array([0.5, 0.5]), score="weighted_sum")
    assert tied.low == pytest.approx([0.5, 0.0])
    assert tied.high == pytest.approx([1.0, 0.5])
    assert tied.below.tolist() == [1, -1]


def test_somebody_alone_and_a_city_without_anybody_stand_whatever_the_weights():
    alone = stability(np.array([[0.3, 0.4]]), np.array([0.5, 0.5]), np.array([0, 1]))
    assert alone.low.tolist() == [[0, 0], [0, 0]]
    assert alone.high.tolist() == [[1, 1], [1, 1]]
    assert alone.above.tolist() == [[-1, -1], [-1, -1]]


R = np.array([[0.3, 0.4], [0.5, 0.1]])


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ({"keep": "first"}, "stability.keep"),
        ({"keep": 0}, "stability.none_kept"),
        ({"score": "vikor"}, "stability.score"),
        ({"p": np.inf}, "stability.norm"),
        ({"groups": [[0, 0]]}, "stability.group"),
        ({"groups": [[2]]}, "stability.group"),
        ({"groups": [[]]}, "stability.group"),
        ({"weights": np.ones((2, 2))}, "stability.one_vector"),
        ({"r": np.array([[np.nan, 1.0]])}, "core.not_finite"),
        ({"r": R * 1e200}, "stability.extreme"),
        ({"r": R * 1e-200}, "stability.extreme"),
    ],
)
def test_what_cannot_be_asked_is_refused(given_, code):
    with pytest.raises(MethodError) as caught:
        stability(**{"r": R, "weights": np.ones(2)} | given_)
    assert caught.value.findings[0].code == code


@pytest.mark.parametrize(
    ("rows", "m", "code"),
    [
        ([2], 2, "stability.rows"),
        ([0.5], 2, "stability.rows"),
        (None, 1_025, "stability.pairs"),
        ([0, 1, 2], 300_000, "stability.ranks"),
    ],
)
def test_a_path_that_cannot_be_laid_out_is_refused(rows, m, code):
    r = np.random.default_rng(1).random((m, 2))
    with pytest.raises(MethodError) as caught:
        weight_path(r, np.ones(2), [0], rows=rows)
    assert caught.value.findings[0].code == code
