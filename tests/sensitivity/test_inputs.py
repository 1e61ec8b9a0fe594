"""From uniform numbers to settings: exact maps, nothing beyond what is possible."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import partnermcda as pm
from partnermcda.ranking.contest import as_contest
from partnermcda.sensitivity import Choices
from partnermcda.sensitivity.inputs import Inputs
from partnermcda.sensitivity.problem import make_problem
from partnermcda.sensitivity.simplex import around, make_weights

from .actors import CATALOG, WEIGHTS, inventory


def make_inputs(actors, choices):
    contest = as_contest(pm.evaluate(actors, CATALOG), WEIGHTS)
    problem = make_problem(actors, CATALOG, contest, choices.unknown, slice(0, len(contest)))
    pillars = {}
    for j, entry in enumerate(problem.entries):
        pillars.setdefault(entry.pillar, []).append(j)
    weights = make_weights(CATALOG, contest.weights, choices, pillars)
    return Inputs(problem, choices, weights), contest


def drawn(inputs, s=64, seed=7):
    points = np.random.default_rng(seed).random((s, sum(inputs.groups.values())))
    return list(inputs.settings(points))


ACTORS = inventory()
ALL_OPEN, _ = make_inputs(ACTORS, Choices())


@pytest.mark.parametrize("unknown", ["interval", "prior"])
@pytest.mark.parametrize(("seed", "missing"), [(1, 0.0), (2, 0.3), (3, 0.8)])
def test_what_was_chosen_gives_the_values_of_evaluate(seed, unknown, missing):
    actors = inventory(seed=seed, missing=missing)
    inputs, contest = make_inputs(actors, Choices(unknown=(unknown,)))
    found, setting = inputs.problem, inputs.chosen()
    values = found.values(setting.low, setting.high, setting.logs, 0, setting.places)
    expected = pm.evaluate(actors, CATALOG, unknown=unknown)
    columns = [expected.column(name) for name in contest.criteria]
    assert found.names == contest.criteria
    np.testing.assert_allclose(values, expected.mid[np.ix_(contest.rows, columns)], atol=1e-12)


def test_missing_answers_lie_in_their_intervals_and_known_ones_stay():
    choices = Choices(bounds=0.0, transform=False)
    inputs, contest = make_inputs(ACTORS, choices)
    ways = [pm.evaluate(ACTORS, CATALOG, way) for way in choices.unknown]
    places = np.ix_(contest.rows, [ways[0].column(name) for name in contest.criteria])
    for setting in drawn(inputs):
        given_ = (setting.low, setting.high, setting.logs, setting.unknown)
        expected = ways[setting.unknown]
        values = inputs.problem.values(*given_, setting.places)
        assert (values >= expected.low[places] - 1e-12).all()
        assert (values <= expected.high[places] + 1e-12).all()


def test_a_place_of_0_or_1_is_an_end_of_the_interval():
    inputs, contest = make_inputs(ACTORS, Choices(unknown=("prior",)))
    expected = pm.evaluate(ACTORS, CATALOG, "prior")
    places = np.ix_(contest.rows, [expected.column(name) for name in contest.criteria])
    chosen = inputs.chosen()
    for place, end in ((0.0, expected.low), (1.0, expected.high)):
        values = inputs.problem.values(chosen.low, chosen.high, chosen.logs, 0, place)
        np.testing.assert_allclose(values, end[places], atol=1e-12)


@given(st.floats(0.01, 0.49), st.integers(0, 2**31))
def test_bounds_move_by_no_more_than_their_share_and_stay_in_order(share, seed):
    inputs = replace(ALL_OPEN, choices=Choices(bounds=share))
    for setting in drawn(inputs, 4, seed):
        for j, criterion in enumerate(inputs.problem.criteria):
            possible, log = criterion.possible, setting.logs[j]
            assert possible.minimum <= setting.low[j] < setting.high[j] <= possible.maximum
            low, high = criterion.low, criterion.high
            now = np.array([setting.low[j], setting.high[j], low, high])
            low_now, high_now, low, high = np.log10(now) if log else now
            assert abs(low_now - low) <= share * (high - low) + 1e-9
            assert abs(high_now - high) <= share * (high - low) + 1e-9


def test_ends_of_a_scale_are_nobodys_choice_and_stay():
    inputs = ALL_OPEN
    ends = {"likert5": (1, 5), "share01": (0, 1), "score100": (0, 100)}
    for setting in drawn(inputs, 8):
        for j, criterion in enumerate(inputs.problem.criteria):
            if criterion.scale in ends:
                assert (setting.low[j], setting.high[j]) == ends[criterion.scale]
                assert not setting.logs[j]


def test_the_scale_of_amounts_is_switched_one_by_one():
    inputs = ALL_OPEN
    logs = np.array([setting.logs for setting in drawn(inputs)])
    switched = [
        c.id
        for c, ways in zip(inputs.problem.criteria, logs.T, strict=True)
        if 0 < ways.sum() < len(ways)
    ]
    assert switched == ["res_financial", "res_human", "dig_deploy_months", "eq_tariff_ratio"]
    assert inputs.groups["transform"] == 4


def test_each_choice_between_several_is_made_as_often():
    inputs = ALL_OPEN
    made = drawn(inputs, 600)
    for name in ("normalization", "method", "unknown"):
        count = len(getattr(inputs.choices, name))
        times = np.bincount([getattr(setting, name) for setting in made], minlength=count)
        assert times == pytest.approx(600 / count, rel=0.25)


def test_any_weights_are_uniform_on_the_simplex():
    inputs, _ = make_inputs(ACTORS, Choices(weights="any"))
    weights = np.array([setting.weights for setting in drawn(inputs, 2000)])
    n = weights.shape[1]
    assert inputs.groups["weights"] == n - 1
    assert weights.sum(axis=1) == pytest.approx(1)
    assert all(stats.kstest(w, stats.beta(1, n - 1).cdf).pvalue > 1e-4 for w in weights.T)


def test_weights_by_pillar_are_uniform_among_pillars_and_within_each():
    inputs, contest = make_inputs(ACTORS, Choices(weights="pillars"))
    groups = inputs.groups
    assert {name: groups[name] for name in list(groups)[:4]} == {
        "pillars": 3, "within resources": 4, "within digital_readiness": 4,
        "within equity_alignment": 4}  # fmt: skip
    weights = np.array([setting.weights for setting in drawn(inputs, 2000)])
    assert weights.sum(axis=1) == pytest.approx(1)
    alone = contest.criteria.index("motivations")
    assert stats.kstest(weights[:, alone], stats.beta(1, 3).cdf).pvalue > 1e-4
    resources = weights[:, [j for j, name in enumerate(contest.criteria) if name[:4] == "res_"]]
    assert stats.kstest(resources.sum(axis=1), stats.beta(1, 3).cdf).pvalue > 1e-4
    share = resources[:, 0] / resources.sum(axis=1)
    assert stats.kstest(share, stats.beta(1, 4).cdf).pvalue > 1e-4


def test_weights_around_those_given_are_dirichlet():
    inputs, contest = make_inputs(ACTORS, Choices(weights="around", concentration=40))
    weights = np.array([setting.weights for setting in drawn(inputs, 2000)])
    assert weights.sum(axis=1) == pytest.approx(1)
    for w, center in zip(weights.T, contest.weights.values, strict=True):
        expected = stats.beta(40 * center, 40 * (1 - center))
        assert stats.kstest(w, expected.cdf).pvalue > 1e-4


@given(st.integers(2, 8), st.floats(0.01, 1000), st.integers(0, 2**31))
def test_a_broken_stick_sums_to_one_however_uneven(n, concentration, seed):
    rng = np.random.default_rng(seed)
    weights = around(rng.random((20, n - 1)), concentration * rng.dirichlet(np.ones(n)) + 1e-6)
    assert (weights >= 0).all()
    assert weights.sum(axis=1) == pytest.approx(1)


def test_weights_of_an_orientation_are_those_of_the_catalog():
    inputs, contest = make_inputs(ACTORS, Choices(weights="orientations"))
    known = {
        tuple(CATALOG.weights(o.id).without(contest.set_aside).values) for o in CATALOG.orientations
    }
    assert {tuple(setting.weights) for setting in drawn(inputs)} == known


def test_what_has_nothing_to_vary_is_left_out_and_told():
    actors = inventory(missing=0.0, criteria=["res_technical", "dig_propensity"])
    inputs, _ = make_inputs(actors, Choices())
    assert list(inputs.groups) == ["weights", "normalization", "method"]
    names = ["no_bounds", "no_transform", "no_priors", "nothing_missing"]
    assert [note.code for note in inputs.notes()] == [f"sensitivity.{name}" for name in names]


def test_a_single_criterion_leaves_nothing_to_weigh():
    inputs, _ = make_inputs(inventory(missing=0.0, criteria=["res_technical"]), Choices())
    assert "weights" not in inputs.groups
    assert all(setting.weights.tolist() == [1.0] for setting in drawn(inputs))
    assert next(inputs.notes()).code == "sensitivity.no_weights"
