"""Ranks over all actors beyond memory are those in memory, bit for bit."""

from functools import partial
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps

from partnermcda import core
from partnermcda.batch import foremost, globally
from partnermcda.batch.globally import rank_all
from partnermcda.core.ranks import TOLERANCE
from partnermcda.errors import MethodError, OutputError
from partnermcda.ranking.result import COLUMNS

LITTLE = 24 << 20
"""Bytes that suffice for some thousand rows."""
RANKS = ["rank", "rank_best", "rank_worst"]


@pytest.fixture
def sorts_always(monkeypatch):
    """Let nothing fit into memory."""
    monkeypatch.setattr(foremost, "MOST", 0)


def register(score, low, high, ids=None):
    """Parts' columns, with ids that recur in other cities."""
    m = len(score)
    rows = np.arange(m)
    return pa.table({
        "city": pa.array([f"Cité {row // 7:04}" for row in rows], pa.string()),
        "actor_id": pa.array([f"é{i}" for i in (rows * 5 % 7 if ids is None else ids)]),
        "actor": pa.array([f"Actor {row}" for row in rows]),
        "actor_type": pa.array(["ngo"] * m),
        "score": score,
        "score_low": low,
        "score_high": high,
        "rank": np.full(m, -1),
        "rank_best": np.full(m, -1),
        "rank_worst": np.full(m, -1),
        "evidence": np.linspace(0, 1, m),
    })  # fmt: skip


def in_memory(table, tolerance, top=None):
    """The same ranking by the core, read by rank and id."""
    score, low, high = (table[n].to_numpy() for n in ("score", "score_low", "score_high"))
    rank = core.rank(score, tolerance=tolerance)
    best, worst = core.rank_bounds(low, high, tolerance=tolerance)
    frame = table.drop_columns(RANKS).to_pandas()
    frame = frame.assign(
        rank=rank, rank_best=np.minimum(best, rank), rank_worst=np.maximum(worst, rank)
    )
    _, id_codes = np.unique(frame.actor_id.to_numpy(object), return_inverse=True)
    frame = frame.iloc[np.lexsort((id_codes, rank))]
    return frame[frame["rank"] <= (top or len(frame))][list(COLUMNS)].reset_index(drop=True)


def beyond(table, folder, tolerance, *, cuts=(), memory=LITTLE, threads=1, top=None):
    """The ranking of parts that are cut at some rows."""
    folder.mkdir(exist_ok=True)
    paths = []
    edges = [0, *sorted(cuts), len(table)]
    for index, (start, stop) in enumerate(pairwise(edges)):
        paths.append(folder / f"{index}.parquet")
        pq.write_table(table.slice(start, stop - start), paths[-1], row_group_size=1000)
    scratch = folder / "scratch"
    rank = partial(rank_all, paths, scratch, memory=memory, threads=threads, tolerance=tolerance)
    ranked = pa.concat_tables(list(rank(top=top)))
    assert list(scratch.iterdir()) == []
    return ranked.to_pandas()


def same(left, right):
    pd.testing.assert_frame_equal(left, right, check_exact=True, check_dtype=False)
    for name in ("score", "score_low", "score_high"):
        assert left[name].to_numpy().tobytes() == right[name].to_numpy().tobytes()


STEPS = st.sampled_from([0.0, 0.9e-12, 1e-12, 1.1e-12, 1e-15, 0.01, 0.3])


@st.composite
def registers(draw):
    """Actors with many equals, chains of near-equals and intervals, some of no width."""
    m = draw(st.integers(1, 40))
    climb = np.cumsum(draw(st.lists(STEPS, min_size=m, max_size=m)))
    score = draw(st.permutations(list(np.minimum(climb, 1.0))))
    score = np.where(draw(nps.arrays(bool, m)) & (np.array(score) == 0), -0.0, score)
    down, up = (np.array(draw(st.lists(STEPS, min_size=m, max_size=m))) for _ in ("down", "up"))
    ids = draw(st.lists(st.integers(0, 12), min_size=m, max_size=m))
    cuts = draw(st.lists(st.integers(0, m), max_size=3))
    return register(score, np.maximum(score - down, 0), np.minimum(score + up, 1), ids), cuts


@settings(max_examples=20, deadline=None)
@given(
    registers(),
    st.sampled_from([TOLERANCE, 0.0, 0.05]),
    st.sampled_from([1, 2]),
    st.none() | st.integers(1, 12),
)
def test_ranks_by_sorting_are_those_in_memory(tmp_path_factory, parts, tolerance, threads, top):
    table, cuts = parts
    folder = tmp_path_factory.mktemp("parts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(foremost, "MOST", 0)
        ranked = beyond(table, folder, tolerance, cuts=cuts, threads=threads, top=top)
    same(ranked, in_memory(table, tolerance, top))


@settings(max_examples=50, deadline=None)
@given(registers(), st.sampled_from([TOLERANCE, 0.0, 0.05]), st.none() | st.integers(1, 12))
def test_ranks_by_a_threshold_are_those_in_memory(tmp_path_factory, parts, tolerance, top):
    table, cuts = parts
    folder = tmp_path_factory.mktemp("parts")
    ranked = beyond(table, folder, tolerance, cuts=cuts, top=top)
    same(ranked, in_memory(table, tolerance, top))


def many(m):
    """Actors with a few thousand scores, each in several last bits."""
    rng = np.random.default_rng(6)
    score = rng.integers(0, 3000, m) / 3000 + rng.integers(0, 3, m) * 2e-16
    return register(score, score - rng.integers(0, 2, m) * 0.01, score + rng.random(m) / 50)


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("memory", [LITTLE, 1 << 28])
def test_memory_and_threads_change_no_bit(tmp_path, sorts_always, memory, threads):
    table = many(60_000)
    cuts = [1, 20_000, 50_001]
    ranked = beyond(table, tmp_path, TOLERANCE, cuts=cuts, memory=memory, threads=threads)
    same(ranked, in_memory(table, TOLERANCE))


@pytest.mark.parametrize("top", [1, 100, 20_000])
def test_the_best_few_of_many_are_those_in_memory(tmp_path, top):
    table = many(60_000)
    same(beyond(table, tmp_path, TOLERANCE, cuts=[30_000], top=top), in_memory(table, 1e-12, top))


def test_a_chain_that_reaches_far_down_is_followed_to_its_end(tmp_path):
    score = 0.5 - np.arange(5000) * 0.9e-12
    table = register(score, score, score)
    same(beyond(table, tmp_path, TOLERANCE, top=3), in_memory(table, TOLERANCE, 3))


def test_more_equals_than_fit_into_memory_are_sorted(tmp_path, monkeypatch):
    monkeypatch.setattr(foremost, "MOST", 100)
    score = np.full(3000, 0.5)
    table = register(score, score, score, ids=np.arange(3000) * 7 % 3000)
    same(beyond(table, tmp_path, TOLERANCE, top=3), in_memory(table, TOLERANCE, 3))


def test_too_little_memory_is_told_with_one_that_works(tmp_path, sorts_always):
    with pytest.raises(MethodError, match="of memory; allow it 256 MiB"):
        beyond(many(60_000), tmp_path, TOLERANCE, memory=2 << 20)


def test_a_part_that_is_gone_is_named(tmp_path):
    gone = tmp_path / "gone.parquet"
    with pytest.raises(OutputError, match=r"gone\.parquet: there is no such file"):
        next(rank_all([gone], tmp_path, memory=LITTLE, threads=1, tolerance=0.0))


def test_stopping_halfway_leaves_nothing(tmp_path, sorts_always):
    table = many(200_000)
    path = tmp_path / "part.parquet"
    pq.write_table(table, path)
    scratch = tmp_path / "scratch"
    tables = globally.rank_all([path], scratch, memory=1 << 28, threads=1, tolerance=TOLERANCE)
    next(tables)
    assert list(scratch.iterdir()) != []
    tables.close()
    assert list(scratch.iterdir()) == []
