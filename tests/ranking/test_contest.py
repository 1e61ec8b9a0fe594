"""A contest is what a ranking was made from, laid city by city."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import partnermcda as pm
from partnermcda import core
from partnermcda.matrix.values import texts
from partnermcda.ranking.contest import as_contest, position
from partnermcda.ranking.geometry import geometry

from .strategies import matrix

COSTS = [False, True, True]


@st.composite
def matrices(draw, low=0.0):
    m = draw(st.integers(1, 12))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    cities = draw(st.one_of(st.none(), st.lists(st.sampled_from("abc"), min_size=m, max_size=m)))
    x = rng.uniform(low, 1.0, (m, 3))
    return pm.DecisionMatrix(x, benefit=COSTS, cities=cities)


WEIGHTS = [0.2, 0.3, 0.5]


@given(matrices())
def test_rows_lie_city_by_city_and_keep_their_values(matrix):
    contest = as_contest(matrix, WEIGHTS)
    assert sorted(contest.rows.tolist()) == list(range(len(matrix)))
    assert (contest.mid == matrix.x[contest.rows]).all()
    assert (contest.actors == matrix.alternatives[contest.rows]).all()
    assert contest.sizes.sum() == len(matrix)
    if matrix.cities is not None:
        of_group = np.repeat(contest.city_names, contest.sizes)
        assert (contest.cities == of_group).all()
        assert len(set(contest.city_names)) == len(contest.city_names)


@given(matrices(0.1), st.sampled_from(["topsis", "weighted_sum", "topsis_observed(p=1)"]))
def test_the_geometry_scores_as_the_method_does(matrix, method):
    ranking = pm.rank(matrix, WEIGHTS, method)
    contest = as_contest(ranking)
    seen = geometry(contest)
    if seen.score == "weighted_sum":
        scores = core.weighted_sum(seen.mid, contest.weights.values)
    else:
        scores = core.closeness(
            seen.mid,
            contest.weights.values,
            contest.starts,
            ideal=seen.ideal,
            anti_ideal=seen.anti_ideal,
            p=seen.p,
        )
    assert np.allclose(scores, ranking.score[contest.rows], atol=1e-12, rtol=0)
    assert seen.certain


def test_a_ranking_answers_by_its_own_weights_and_options():
    matrix = pm.DecisionMatrix([[1.0, 0.2], [0.5, 0.9]], benefit=[True, True])
    ranking = pm.rank(matrix, [1, 3], set_aside=["C2"])
    contest = as_contest(ranking)
    assert contest.criteria == ("C1",)
    assert contest.set_aside == ("C2",)
    assert contest.given.values.tolist() == [0.25, 0.75]
    assert contest.mid.tolist() == [[1.0], [0.5]]
    for more in ({"weights": [1, 1]}, {"method": "topsis"}):
        with pytest.raises(pm.MethodError) as caught:
            as_contest(ranking, **more)
        assert caught.value.findings[0].code == "contest.ranking_and_more"


def test_values_without_weights_are_refused():
    matrix = pm.DecisionMatrix([[1.0], [0.5]], benefit=[True])
    with pytest.raises(pm.WeightsError, match="no weights"):
        as_contest(matrix)


def test_a_ranking_without_values_is_refused():
    matrix = pm.DecisionMatrix([[1.0], [0.5]], benefit=[True])
    with pytest.raises(pm.MethodError, match="does not carry the values"):
        as_contest(replace(pm.rank(matrix, [1.0]), contest=None))


def test_what_has_no_closed_form_is_refused_even_under_the_name_of_one_that_has():
    matrix = pm.DecisionMatrix([[1.0], [0.5]], benefit=[True])
    own = pm.Method("topsis", lambda x, weights, benefit=None, starts=None: x[:, 0])
    for method in ("vikor", own):
        with pytest.raises(pm.MethodError, match="no closed form"):
            geometry(as_contest(matrix, [1.0], method))


def test_values_beyond_the_scale_are_refused_by_name():
    matrix = pm.DecisionMatrix([[3.0], [0.5]], benefit=[True])
    with pytest.raises(pm.MethodError) as caught:
        geometry(as_contest(matrix, [1.0]))
    assert caught.value.findings[0].path == "A1"


def test_an_actor_is_found_by_id_then_by_name_and_within_its_city():
    values = replace(
        matrix(np.ones((4, 1)), np.ones((4, 1)), texts(["x", "y", "x", "y"])),
        actors=texts(["1", "2", "3", "4"]),
        names=texts(["Ada", "Bo", "Cy", "Ada"]),
    )
    contest = as_contest(values, [1.0])
    assert contest.actors[position(contest, "3")] == "3"
    assert contest.actors[position(contest, "Bo")] == "2"
    assert contest.actors[position(contest, "Ada", "y")] == "4"
    for actor, city, code in (
        ("Ada", None, "contest.several"),
        ("Dee", None, "contest.actor"),
        (3, None, "contest.actor"),
        ("Ada", "z", "contest.city"),
    ):
        with pytest.raises(pm.MethodError) as caught:
            position(contest, actor, city)
        assert caught.value.findings[0].code == code


def test_among_very_many_the_nearest_is_looked_for_where_names_begin_alike():
    m = 20_000
    names = [f"actor {i:05}" for i in range(m - 1)] + ["Zenith"]
    matrix = pm.DecisionMatrix(np.ones((m, 1)), benefit=[True], alternatives=names)
    contest = as_contest(matrix, [1.0])
    for asked, near in (("Zenit", "Zenith"), ("Quark", "–")):
        with pytest.raises(pm.MethodError) as caught:
            position(contest, asked)
        assert caught.value.findings[0].details["near"] == near
