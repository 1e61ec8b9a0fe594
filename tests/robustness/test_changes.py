"""The smallest change of all weights, with names."""

import numpy as np
import pytest

import partnermcda as pm
from partnermcda.core.nearest import smallest_change as nearest_change
from partnermcda.robustness.changes import smallest_change
from tests.ranking.strategies import matrix

PHONES = pm.DecisionMatrix(
    [[0.9, 0.2], [0.5, 0.5], [0.4, 0.8], [0.3, 0.3]],
    criteria=["price", "memory"],
    benefit=[True, True],
    alternatives=["w", "x", "y", "z"],
    cities=["Lima", "Dakar", "Lima", "Dakar"],
)


def test_who_catches_up_is_told_by_city():
    change = smallest_change(PHONES, [0.6, 0.4], "weighted_sum")
    frame = change.to_frame()
    assert frame["city"].tolist() == ["Lima", "Dakar"]
    assert frame["leader"].tolist() == ["w", "x"]
    assert frame["rival_id"].tolist() == ["y", ""]
    assert frame["distance"].round(3).tolist() == [0.109, np.inf]
    assert frame["weight_price"].round(3).tolist()[0] == 0.545
    assert frame["distance_low"].equals(frame["distance"].rename("distance_low"))


def test_words_tell_the_most_fragile_city_first_in_both_languages():
    change = smallest_change(PHONES, [0.6, 0.4], "weighted_sum")
    moved = "price 60.0% → 54.5%; memory 40.0% → 45.5%"
    assert change.in_words().splitlines() == [
        f"Lima: y draws level with w once 5.5% of the weight has moved: {moved}",
        "Dakar: nobody was found who draws level with x, whatever the weights",
    ]
    assert "5,5 % du poids" in change.in_words("fr")
    assert change.in_words(most=1).splitlines()[1] == "… other cities: 1"
    equal = pm.DecisionMatrix([[0.5], [0.5]], benefit=[True])
    assert smallest_change(equal, [1]).in_words() == "A2 is level with A1 already"


def test_criteria_have_the_labels_of_a_catalog():
    catalog = pm.load_catalog("urban-services")
    named = pm.DecisionMatrix(
        PHONES.x[[0, 2]], criteria=["res_data", "res_human"], benefit=[True, True]
    )
    change = smallest_change(named, [0.6, 0.4])
    assert catalog.label("res_data", "fr") in change.in_words("fr", catalog=catalog)
    assert "res_data" in change.in_words()


@pytest.mark.parametrize("method", ["topsis", "weighted_sum"])
def test_costs_are_turned_round(method):
    costs = pm.DecisionMatrix([[0.1, 0.2], [0.6, 0.8]], benefit=[False, True])
    gains = pm.DecisionMatrix([[0.9, 0.2], [0.4, 0.8]], benefit=[True, True])
    found = [smallest_change(values, [0.6, 0.4], method) for values in (costs, gains)]
    assert np.allclose(found[0].weights, found[1].weights)


def test_ideals_that_are_observed_are_those_of_each_city():
    ranking = pm.rank(PHONES, [0.6, 0.4], pm.TOPSIS_OBSERVED)
    change = smallest_change(ranking, norm="l2")
    rows = [0, 2]
    r = pm.core.vector(PHONES.x[rows], np.array([True, True]))
    alone = nearest_change(r, np.array([0.6, 0.4]), norm="l2")
    assert change.distance[0] == alone.distance[0]
    assert change.norm == "l2"


def test_what_is_not_known_stands_in_the_middle_and_is_noted():
    values = matrix([[0.9, 0.2], [0.4, 0.8]], [[True, False], [True, True]])
    change = smallest_change(pm.rank(values, [0.6, 0.4]))
    known = smallest_change(
        pm.DecisionMatrix([[0.9, 0.5], [0.4, 0.8]], benefit=[True, True]), [0.6, 0.4]
    )
    assert change.distance[0] == known.distance[0]
    assert [note.code for note in change.notes] == ["change.middle"]
    assert change.notes[0].details == {"count": 1}
    assert known.notes == ()


@pytest.mark.parametrize(
    ("method", "code"),
    [("vikor", "contest.no_geometry"), (pm.method("topsis_observed", p=1), "change.norm")],
)
def test_other_methods_are_refused(method, code):
    with pytest.raises(pm.MethodError) as caught:
        smallest_change(PHONES, [0.6, 0.4], method)
    assert caught.value.findings[0].code == code
