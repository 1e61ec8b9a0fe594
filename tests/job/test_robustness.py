"""What is found out of a ranking, against the same counted here."""

import numpy as np
import pytest

from partnermcda import core
from partnermcda.errors import MethodError
from partnermcda.job import Job, as_drawing, assess, run

HEADER = "actor_id,actor,actor_type,city,res_technical,res_human,dig_propensity,eq_demand_voice"
ROWS = """
1,Ada,ngo,Dakar,4,3,2,5
2,Bo,start_up,Dakar,2,6,5,1
3,Cy,traditional_company,Dakar,3,2,4,4
4,Di,ngo,Lima,1,9,3,2
5,Ed,traditional_company,Lima,5,1,3,3
"""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """Five actors in two cities of whom all that is judged is known."""
    file = tmp_path_factory.mktemp("known") / "actors.csv"
    file.write_text(HEADER + ROWS, encoding="utf-8")
    return run(Job(str(file), "balanced"))


def counted(outcome, drawing):
    """Share of draws in which each actor is first, by scoring every one of them."""
    contest = outcome.ranking.contest
    around = contest.given.values if drawing.spread == "around" else None
    draws = core.draw_weights(
        len(contest.given.names),
        drawing.draws,
        np.random.default_rng(drawing.seed),
        around=around,
        concentration=drawing.concentration,
    )
    kept = draws[:, [contest.given.names.index(name) for name in contest.criteria]]
    kept /= kept.sum(axis=1, keepdims=True)
    n = len(contest.criteria)
    scores = core.closeness(contest.mid, kept, ideal=np.ones(n), anti_ideal=np.zeros(n))
    first = np.zeros(len(contest))
    for rows in np.split(np.arange(len(contest)), contest.starts[1:]):
        winners = rows[scores[:, rows].argmax(axis=1)]
        first += np.bincount(winners, minlength=len(contest)) / drawing.draws
    return first


@pytest.mark.parametrize("spread", ["around", "uniform"])
def test_shares_are_those_counted_by_scoring_every_draw(outcome, spread):
    drawing = as_drawing(draws=500, seed=3, spread=spread)
    found = assess(outcome, drawing).robustness
    np.testing.assert_allclose(found.acceptability.first, counted(outcome, drawing), atol=1e-12)


def test_actors_stand_as_in_the_ranking(outcome):
    found = assess(outcome, as_drawing(draws=50)).robustness
    ours, ranked = found.to_frame("actors"), outcome.ranking.to_frame()
    for name in ("city", "actor_id", "actor", "actor_type", "rank", "rank_best", "rank_worst"):
        assert ours[name].tolist() == ranked[name].tolist()


def test_weights_spread_about_those_of_the_ranking_and_less_when_closer(outcome):
    wide, near = (
        assess(outcome, as_drawing(draws=2_000, concentration=c)).robustness.drawn
        for c in (50, 5_000)
    )
    weights = outcome.ranking.weights.values
    assert np.all((near[:, 0] < weights) & (weights < near[:, 1]))
    assert np.all(np.diff(near) < np.diff(wide) / 5)


def test_a_larger_top_is_asked_of_everything(outcome):
    found = assess(outcome, as_drawing(draws=100, top=2)).robustness
    assert found.acceptability.most == 2
    assert found.survey.top == 2
    np.testing.assert_allclose(found.acceptability.top[outcome.ranking.cities == "Lima"], 1)


def test_a_concentration_where_any_weights_are_drawn_is_refused():
    with pytest.raises(MethodError, match="--spread around"):
        as_drawing(spread="uniform", concentration=10)
