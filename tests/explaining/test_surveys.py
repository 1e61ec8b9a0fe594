"""An answer is worth finding out if it alone can change who is among the best."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import partnermcda as pm
from partnermcda.explaining.surveys import survey_first
from partnermcda.matrix.values import texts
from tests.ranking.strategies import matrix

GRID = st.integers(0, 4).map(lambda step: step / 4)
METHODS = st.sampled_from(["topsis", "weighted_sum"])


@st.composite
def problems(draw):
    """Actors whose values lie on a coarse grid, so that many are equal, with gaps."""
    m, n = draw(st.integers(1, 6)), draw(st.integers(1, 3))
    ends = draw(arrays(float, (2, m, n), elements=GRID))
    known = draw(arrays(bool, (m, n)))
    low, high = np.sort(ends, axis=0)
    high = np.where(known, low, high)
    cities = draw(st.lists(st.sampled_from(["Dakar", "Lima"]), min_size=m, max_size=m))
    values = replace(matrix(low, np.ones((m, n)), cities), low=low, mid=(low + high) / 2, high=high)
    weights = draw(arrays(float, n, elements=st.sampled_from([0.0, 1.0, 2.0, 3.0])))
    return values, weights + (weights.sum() == 0)


def open_ended(mid, known, cities=None):
    """Values of which some could be anything; every criterion has been asked about."""
    values = matrix(mid, np.ones(np.shape(mid)), cities)
    known = np.asarray(known)
    return replace(
        values, low=np.where(known, values.mid, 0.0), high=np.where(known, values.mid, 1.0)
    )


def best(values, weights, method, top):
    """Ids of the best of every city."""
    ranking = pm.rank(values, weights, method)
    return set(ranking.actors[ranking.rank <= top])


def with_answer(values, row, column, share):
    low, mid, high = (t.copy() for t in (values.low, values.mid, values.high))
    value = low[row, column] + share * (high[row, column] - low[row, column])
    low[row, column] = mid[row, column] = high[row, column] = value
    return replace(values, low=low, mid=mid, high=high)


@settings(max_examples=40)
@given(problems(), METHODS, st.integers(1, 3))
def test_an_answer_changes_the_best_where_ranking_with_it_says_so(problem, method, top):
    values, weights = problem
    survey = survey_first(pm.rank(values, weights, method), top)
    now = best(values, weights, method, top)
    frame = survey.to_frame()
    assert len(survey) == np.count_nonzero(values.low < values.high)
    for i, cell in enumerate(frame.itertuples()):
        row = int(np.flatnonzero(values.actors == cell.actor_id)[0])
        column = values.column(cell.criterion)
        tried = {
            share: best(with_answer(values, row, column, share), weights, method, top)
            for share in np.linspace(0, 1, 17)
        }
        assert cell.changes == any(found != now for found in (tried[0.0], tried[1.0]))
        differing = sum(found != now for found in tried.values())
        assert differing / 17 == pytest.approx(cell.share, abs=2 / 16)
        if cell.changes:
            moved = set(survey.contest.actors[list(survey.enters[i])])
            assert moved == set().union(*tried.values()) - now
            left = set(survey.contest.actors[list(survey.leaves[i])])
            assert left == now - set.intersection(*tried.values())


@settings(max_examples=30)
@given(problems(), METHODS)
def test_a_share_ends_where_the_best_change(problem, method):
    values, weights = problem
    survey = survey_first(pm.rank(values, weights, method))
    now = best(values, weights, method, 1)
    for i in np.flatnonzero(survey.changes & (survey.share > 1e-6) & (survey.share < 1 - 1e-6)):
        row = int(np.flatnonzero(values.actors == survey.contest.actors[survey.rows[i]])[0])

        def changed(share, row=row, column=survey.columns[i]):
            return best(with_answer(values, row, column, share), weights, method, 1) != now

        edge = survey.share[i] if changed(0.0) else 1 - survey.share[i]
        assert changed(edge - 1e-7) != changed(edge + 1e-7)


def test_the_scores_are_those_of_the_lowest_and_the_highest_answer():
    values = matrix([[0.5, 0.5], [0.4, 0.4]], [[True, False], [True, True]])
    survey = survey_first(pm.rank(values, [1, 1]))
    for share, score in ((0.0, survey.score_low), (1.0, survey.score_high)):
        assert pm.rank(with_answer(values, 0, 1, share), [1, 1]).score[0] == score[0]


def test_where_fewer_is_better_the_answers_are_the_same():
    values = matrix([[0.5, 0.5], [0.4, 0.4]], [[True, False], [False, True]])
    far = pm.Method(
        "far",
        lambda x, weights, benefit=None, starts=None: ((1 - x) * weights).sum(axis=1),
        higher_is_better=False,
        fixed_scale=True,
    )
    here, there = (
        survey_first(pm.rank(values, [1, 1], method)) for method in ("weighted_sum", far)
    )
    columns = ["actor", "criterion", "changes", "share", "enters", "leaves"]
    assert here.to_frame()[columns].round(9).equals(there.to_frame()[columns].round(9))
    assert np.allclose(here.score_low, 1 - there.score_high)


def test_first_stand_the_answers_that_change_most():
    rng = np.random.default_rng(5)
    values = matrix(rng.random((40, 4)), rng.random((40, 4)) < 0.6)
    survey = survey_first(pm.rank(values, [1, 2, 3, 4]), top=3)
    keys = zip(~survey.changes, -survey.share, survey.score_low - survey.score_high, strict=True)
    assert all(a <= b for a, b in pairwise(keys))
    assert 0 < survey.changes.sum() < len(survey)


def test_who_is_known_through_and_through_need_not_be_asked():
    values = matrix([[0.5], [0.4]], [[True], [True]])
    survey = survey_first(pm.rank(values, [1]))
    assert len(survey) == 0
    assert survey.notes == ()
    assert survey.to_frame().empty
    assert "nobody to ask" in survey.in_words()
    assert "personne" in survey.in_words("fr")


def test_words_tell_as_many_answers_as_wanted_and_count_the_others():
    values = open_ended(np.linspace(0.5, 0.6, 9)[:, None], np.zeros((9, 1), bool))
    values = replace(values, low=np.full((9, 1), 0.1))
    survey = survey_first(pm.rank(values, [1]))
    told = survey.in_words(most=3).splitlines()
    assert len(told) == 5
    assert told[1].startswith("Dakar: actor 00")
    assert told[-1] == "… and 6 more"
    assert len(survey.in_words("fr", most=20).splitlines()) == 10


def test_many_who_are_equal_are_not_all_listed():
    values = open_ended(np.full((9, 1), 0.5), [[False]] * 8 + [[True]])
    values = replace(values, low=np.minimum(values.low + 0.1, 0.5))
    survey = survey_first(pm.rank(values, [1]))
    assert set(survey.to_frame()["leaves"].str.count(",")) == {2}
    assert survey.to_frame()["leaves"].str.endswith("(+6)").all()


def test_criteria_have_the_labels_of_a_catalog():
    catalog = pm.load_catalog("urban-services")
    values = open_ended([[0.5, 0.5], [0.4, 0.5]], [[False, True], [True, True]])
    values = replace(values, criteria=("res_data", "res_human"))
    survey = survey_first(pm.rank(values, [1, 1]))
    assert catalog.label("res_data", "fr") in survey.in_words("fr", catalog=catalog)
    assert "res_data" in survey.in_words("fr")


def test_together_actors_are_told_without_their_city():
    known = [[False, True], [True, True]]
    values = open_ended([[0.5, 0.5], [0.4, 0.5]], known, ["Dakar", "Lima"])
    together = survey_first(pm.rank(values, [1, 1], by=None))
    assert together.changes.tolist() == [True]
    assert "Dakar" not in together.in_words()
    assert survey_first(pm.rank(values, [1, 1])).changes.tolist() == [False]


@pytest.mark.parametrize("top", [0, -1, 1.5, True, "1", None])
def test_a_top_that_is_no_number_of_places_is_refused(top):
    ranking = pm.rank(matrix([[0.5]], [[True]]), [1])
    with pytest.raises(pm.MethodError) as caught:
        survey_first(ranking, top)
    assert caught.value.findings[0].code == "survey.top"


def test_notes_tell_what_was_held_still_and_what_was_not_looked_at():
    values = matrix([[0.5, 0.5], [0.4, 0.5]], [[False, False], [False, False]])
    values.evidence[:, 0] = 1
    survey = survey_first(pm.rank(values, [1, 1]))
    assert [note.code for note in survey.notes] == ["survey.one_by_one", "survey.set_aside"]
    assert survey.notes[1].details == {"names": "b"}


def test_a_hundred_thousand_answers_take_no_loop_over_actors():
    rng = np.random.default_rng(1)
    calls = []

    def counted(x, weights, benefit=None, starts=None):
        calls.append(len(x))
        return x @ weights

    values = matrix(
        rng.random((2000, 4)),
        rng.random((2000, 4)) < 0.5,
        texts([f"c{i % 200}" for i in range(2000)]),
    )
    survey = survey_first(pm.rank(values, [1, 1, 1, 1], pm.Method("w", counted, fixed_scale=True)))
    assert survey.changes.any()
    assert len(calls) < 120
