"""How often actors lead: with names, over one city or many, known or not."""

import importlib
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import partnermcda as pm
from partnermcda import core
from partnermcda.core.smaa import smaa as counted
from partnermcda.matrix.values import texts
from partnermcda.ranking.contest import as_contest
from partnermcda.robustness.acceptability import smaa
from partnermcda.robustness.smaa_result import COLUMNS
from partnermcda.weighing import WeightDraws

NAMES = ("cost", "reach", "trust")
W = core.draw_weights(3, 50, 7)


class Space:
    """All weights there are, in another order of names."""

    names = NAMES[::-1]

    def draw(self, size, rng):
        return WeightDraws(self.names, core.draw_weights(3, size, rng), "judges")


def value_matrix(low, mid, high, cities, evidence=None):
    m = len(low)
    return pm.ValueMatrix(
        criteria=NAMES,
        actors=texts([f"a{i}" for i in range(m)]),
        names=texts([f"Actor {i}" for i in range(m)]),
        types=texts(["ngo"] * m),
        cities=texts(cities),
        low=low,
        mid=mid,
        high=high,
        evidence=(low == high).astype(float) if evidence is None else evidence,
        roles=texts([""] * m),
        gates=texts([""] * m),
        outside=np.zeros(m, dtype=bool),
    )


@st.composite
def intervals(draw):
    m = draw(st.integers(1, 10))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    low, mid, high = np.sort(np.round(rng.random((3, m, 3)), 1), axis=0)
    known = rng.random((m, 3)) < 0.6
    known[0] = True
    cities = rng.choice(["Dakar", "Lomé"], m).tolist()
    return value_matrix(np.where(known, mid, low), mid, np.where(known, mid, high), cities)


VALUES = value_matrix(*(np.random.default_rng(1).random((9, 3)),) * 3, ["Dakar"] * 5 + ["Lomé"] * 4)
GAPS = value_matrix(
    np.where(np.eye(9, 3), 0.0, VALUES.mid),
    np.where(np.eye(9, 3), 0.5, VALUES.mid),
    np.where(np.eye(9, 3), 1.0, VALUES.mid),
    ["Dakar"] * 5 + ["Lomé"] * 4,
)


@settings(max_examples=40)
@given(
    intervals(),
    st.sampled_from(["uniform", "triangular", "normal"]),
    st.sampled_from(["topsis", "weighted_sum"]),
)
def test_what_is_drawn_stays_within_the_bounds_of_the_ranking(values, uncertain, method):
    ranking = pm.rank(values, W[0], method)
    found = smaa(ranking, np.tile(W[0], (30, 1)), rng=3, uncertain=uncertain)
    rows = found.contest.rows
    best, worst = ranking.rank_best[rows], ranking.rank_worst[rows]
    assert (best[found.first > 0] == 1).all()
    assert (best <= found.expected_rank).all()
    assert (found.expected_rank <= worst).all()
    for row, shares in enumerate(found.rank_acceptability):
        assert set(np.flatnonzero(shares) + 1) <= set(range(best[row], worst[row] + 1))


@pytest.mark.parametrize("method", ["topsis", "weighted_sum", "topsis_observed(p=1)"])
def test_shares_are_those_of_the_core(method):
    x = pm.DecisionMatrix(VALUES.mid, benefit=[True, False, True], cities=["b", "a", "b"] * 3)
    found = smaa(x, W, method)
    contest = as_contest(x, W.mean(axis=0), method)
    gain = np.where(contest.benefit, contest.mid, 1 - contest.mid)
    ideals = {} if "observed" in method else {"ideal": np.ones(3), "anti_ideal": np.zeros(3)}
    if "observed" in method:
        gain = core.vector(contest.mid, contest.benefit, contest.starts)
    score = "weighted_sum" if method == "weighted_sum" else "closeness"
    same = counted(gain, W, contest.starts, score=score, p=1 if ideals == {} else 2, **ideals)
    assert found.first.tobytes() == same.first.tobytes()
    assert found.rank_acceptability.tobytes() == same.rank_acceptability.tobytes()
    assert found.notes == ()


@pytest.mark.parametrize("top", [1, 2, 5])
def test_the_top_is_the_sum_of_its_places(top):
    found = smaa(VALUES, W, top=top)
    assert found.top == pytest.approx(found.rank_acceptability[:, :top].sum(axis=1))
    assert found.top_error == pytest.approx(np.sqrt(found.top * (1 - found.top) / 50), abs=1e-8)


def test_names_bring_weights_to_their_criteria():
    draws = WeightDraws(NAMES[::-1], W[:, ::-1], "judges")
    assert smaa(VALUES, draws).first.tobytes() == smaa(VALUES, W).first.tobytes()
    with pytest.raises(pm.WeightsError, match="fame"):
        smaa(VALUES, WeightDraws(("cost", "reach", "fame"), W, "judges"))


def test_criteria_set_aside_are_left_out_of_every_draw_and_that_is_told():
    unseen = np.ones((9, 3))
    unseen[:, 1] = 0
    low, high = VALUES.low.copy(), VALUES.high.copy()
    low[:, 1], high[:, 1] = 0, 1
    values = value_matrix(low, VALUES.mid, high, VALUES.cities, unseen)
    found = smaa(values, W)
    left = W[:, [0, 2]] / W[:, [0, 2]].sum(axis=1, keepdims=True)
    x = pm.DecisionMatrix(VALUES.mid[:, [0, 2]], benefit=[True, True], cities=VALUES.cities)
    assert found.first == pytest.approx(smaa(x, left).first)
    assert found.contest.criteria == ("cost", "trust")
    assert [note.code for note in found.notes] == ["smaa.set_aside"]
    assert f"{W[:, 1].mean():.0%}" in found.notes[0].text()
    with pytest.raises(pm.WeightsError, match=r"not judged \(reach\) in draws: 1"):
        smaa(values, [[0.0, 1.0, 0.0], [0.5, 0.0, 0.5]])


@pytest.mark.parametrize("uncertain", ["uniform", "triangular", "normal", "middle"])
def test_what_stands_for_the_unknown_is_told_in_both_languages(uncertain):
    found = smaa(GAPS, W, rng=5, uncertain=uncertain)
    assert [note.code for note in found.notes] == [f"smaa.values_{uncertain}"]
    assert "3 values are not known" in found.notes[0].text()
    assert "3 valeurs sont inconnues" in found.notes[0].text("fr")
    certain = uncertain == "middle"
    middle = value_matrix(GAPS.mid, GAPS.mid, GAPS.mid, GAPS.cities)
    assert (found.first.tobytes() == smaa(middle, W).first.tobytes()) == certain


def test_a_seed_gives_the_same_bytes_and_another_one_others():
    found = [smaa(GAPS, Space(), rng=seed, most=300) for seed in (1, 1, 2)]
    first, again, other = (json.dumps(one.to_frame().to_dict("list")) for one in found)
    assert first == again
    assert first != other
    assert found[0].draws == 300


def test_draws_go_on_until_the_error_is_met():
    found = smaa(GAPS, Space(), rng=1, error=0.008, most=100_000)
    assert found.first_error.max() <= 0.008
    assert 1_000 < found.draws < 10_000
    assert "smaa.not_met" not in [note.code for note in found.notes]
    short = smaa(GAPS, Space(), rng=1, error=0.001, most=1_500)
    assert short.draws == 1_500
    assert short.notes[-1].code == "smaa.not_met"
    few = smaa(GAPS, Space(), rng=1, error=0.4, most=5_000)
    assert few.draws == 1_000


@pytest.mark.parametrize("limit", ["_MOST_PLACES", "_MOST_SCORES", "_MOST_DUELS"])
def test_where_there_are_too_many_leaders_alone_are_counted_and_that_is_told(limit, monkeypatch):
    everything = smaa(GAPS, W, rng=5)
    module = importlib.import_module("partnermcda.robustness.smaa_counting")
    monkeypatch.setattr(module, limit, 1)
    found = smaa(GAPS, W, rng=5)
    assert found.first.tobytes() == everything.first.tobytes()
    assert found.top == pytest.approx(everything.top, abs=1e-12)
    assert np.isnan(found.expected_rank).all()
    assert np.isnan(found.confidence).all()
    assert found.rank_acceptability is None
    assert found.pairwise_winning is None
    assert "smaa.leaders_only" in [note.code for note in found.notes]
    assert found.to_frame()["first"].tolist() == everything.to_frame()["first"].tolist()


def test_tables_are_read_from_the_first_on():
    found = smaa(VALUES, W)
    frame = found.to_frame()
    assert tuple(frame.columns) == COLUMNS
    assert frame["city"].tolist() == sorted(frame["city"])
    for _, city in frame.groupby("city"):
        assert city["first"].is_monotonic_decreasing
    assert frame.groupby("city")["first"].sum().tolist() == pytest.approx([1, 1])
    weights = found.weights_frame()
    led = frame["actor_id"][frame["first"] > 0]
    assert weights["actor_id"].tolist() == np.repeat(led, 3).tolist()
    sums = weights.groupby(["city", "actor_id"])["central_weight"].sum()
    assert sums.tolist() == pytest.approx([1] * len(led))


def test_all_actors_together_are_one_city():
    found = smaa(pm.rank(VALUES, W[0], by=None), W)
    assert found.first.sum() == pytest.approx(1)
    assert found.to_frame()["first"].is_monotonic_decreasing


def test_every_fault_is_told_at_once():
    with pytest.raises(pm.MethodError) as caught:
        smaa(VALUES, W, rng="x", uncertain="beta", top=0, error=-1.0, most=True)
    codes = [finding.code for finding in caught.value.findings]
    number = "smaa.number"
    assert codes == ["smaa.unknown", number, number, "smaa.error", "draws.rng", "smaa.fixed"]


@pytest.mark.parametrize(
    ("given", "options", "said"),
    [
        (VALUES, {"draws": Space()}, "weights are to be drawn, and there is no seed"),
        (GAPS, {"draws": W}, "values are to be drawn between their bounds"),
        (VALUES, {"draws": W, "method": "weighted_product"}, "no closed form"),
        (VALUES, {"draws": W[:, :2]}, "for 3 criteria"),
        (VALUES, {"draws": np.empty((0, 3))}, "no draws of weights"),
        (pm.rank(VALUES, W[0]), {"draws": W, "method": "topsis"}, "beside a ranking"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_words(given, options, said):
    with pytest.raises(pm.PartnerMCDAError, match=said):
        smaa(given, **options)
