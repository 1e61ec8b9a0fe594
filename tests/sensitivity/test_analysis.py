"""The whole of it: which choices a ranking hangs on."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from partnermcda.errors import InventoryError, MethodError, WeightsError
from partnermcda.sensitivity import Choices, global_sensitivity

from .actors import CATALOG, WEIGHTS, inventory

ACTORS = inventory()
FEW = Choices(bounds=0.0, transform=False, normalization=("fixed",))


def analyze(actors=ACTORS, **given):
    given = {"draws": 16, "rng": 7, "choices": FEW, **given}
    return global_sensitivity(actors, CATALOG, WEIGHTS, **given)


@cache
def known(**given):
    """The same, computed once."""
    return analyze(**given)


def codes(**given):
    with pytest.raises(MethodError) as refused:
        analyze(**given)
    return [finding.code for finding in refused.value.findings]


def test_every_choice_is_open_unless_said_otherwise():
    found = global_sensitivity(ACTORS, CATALOG, WEIGHTS, draws=16, rng=7)
    names = ("weights", "bounds", "transform", "normalization", "method", "unknown", "missing")
    assert found.choices == names
    assert found.inputs[0] == 15
    assert len(found) == 7
    assert found.indices.evaluations == 2 * 7 * 16
    assert found.indices.shapley.sum() == pytest.approx(1, abs=1e-9)
    assert (found.cities, found.city, found.about) == (2, "", "")


def test_the_same_seed_gives_the_same_bytes_and_a_generator_does_as_well():
    found = [known(), *(analyze(rng=rng) for rng in (7, np.random.default_rng(7), 8))]
    first, same, from_generator, other = (each.to_frame().to_csv() for each in found)
    assert first == same == from_generator != other


def test_one_city_hangs_on_its_own_actors_only():
    beside = ACTORS[ACTORS["city"] == "City 1"]
    choices = Choices(bounds=0.0, transform=False, missing=False)
    one = analyze(beside, choices=choices)
    both = analyze(ACTORS, city="City 1", choices=choices)
    assert one.city == both.city == "City 1"
    assert one.about == both.about != ""
    assert one.indices.shapley == pytest.approx(both.indices.shapley, abs=1e-12)


def test_the_rank_of_an_actor_is_explained_by_id_or_by_name():
    by_id, by_name = known(of="rank", actor="a3"), analyze(of="rank", actor="Actor 3")
    assert by_id.to_frame().equals(by_name.to_frame())
    assert by_id.about == "Actor 3"
    assert by_id.city == "City 1"
    assert 1 <= by_id.indices.mean <= 4


def test_weights_that_hardly_move_decide_hardly_anything():
    choices = Choices(
        weights="around",
        concentration=1e9,
        normalization=("fixed",),
        method=("topsis", "weighted_sum"),
    )
    found = analyze(inventory(missing=0.0), of="score", actor="a0", draws=64, choices=choices)
    assert found.choices == ("weights", "bounds", "transform", "method")
    frame = found.to_frame().set_index("choice")
    assert frame.loc["weights", "total"] < 1e-3
    assert frame.loc["method", "total"] > 0.01


def test_a_leader_that_nothing_moves_has_no_shares():
    table = inventory(m=2, cities=1, missing=0.0, criteria=["res_technical", "dig_propensity"])
    table["res_technical"], table["dig_propensity"] = [5.0, 2.0], [5.0, 2.0]
    found = analyze(table, choices=Choices())
    assert found.indices.mean == 1
    assert np.isnan(found.indices.shapley).all()
    assert found.notes[-1].code == "sensitivity.constant"
    assert found.in_words().splitlines() == [
        "With these choices left open, first place stays with Actor 0 in 100% of all cases.",
        "None of these choices changes that.",
    ]


def test_whoever_is_left_out_is_counted():
    table = inventory(criteria=["res_technical", "dig_propensity"], missing=0.0)
    table.loc[table.index[0], ["res_technical", "dig_propensity"]] = np.nan
    notes = {note.code: note for note in analyze(table, choices=Choices()).notes}
    assert notes["sensitivity.left_out"].details == {"count": 1}
    assert "res_data" in notes["sensitivity.set_aside"].details["names"]


def test_all_faults_are_told_at_once():
    found = codes(draws=100, rng="seed", of="best", choices=FEW)
    assert found == ["sensitivity.draws", "draws.rng", "sensitivity.of"]


@pytest.mark.parametrize("draws", [0, -16, 8, 17, 16.0, True, "16", None])
def test_draws_that_are_no_power_of_two_are_refused(draws):
    assert codes(draws=draws) == ["sensitivity.draws"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"of": "rank"}, "sensitivity.no_actor"),
        ({"actor": "a0"}, "sensitivity.actor_of_leader"),
        ({"of": "rank", "actor": "nobody"}, "contest.actor"),
        ({"city": "Atlantis"}, "contest.city"),
        ({"of": "rank", "actor": "a0", "city": "Atlantis"}, "contest.city"),
        ({"of": "score", "actor": "a0"}, "sensitivity.units"),
        ({"of": "score", "actor": "a0", "choices": Choices(method=("topsis",))},
         "sensitivity.units"),
        ({"choices": Choices("given", None, 0.0, False, ("fixed",), ("topsis",))}, None),
        ({"choices": Choices("given", None, 0.0, False, ("fixed",), ("topsis",), missing=False)},
         "sensitivity.one_choice"),
        ({"choices": ("weights",)}, "sensitivity.choices"),
    ],
)  # fmt: skip
def test_questions_without_an_answer_are_refused(given, code):
    if code is None:
        assert analyze(**given).choices == ("unknown", "missing")
    else:
        assert codes(**given) == [code]


def test_weights_and_inventories_are_checked_as_for_a_ranking():
    with pytest.raises(WeightsError):
        global_sensitivity(ACTORS, CATALOG, {"cost": 1}, draws=16, rng=7)
    with pytest.raises(InventoryError):
        global_sensitivity(ACTORS.drop(columns="city"), CATALOG, WEIGHTS, draws=16, rng=7)


def test_the_table_has_what_decides_most_first():
    frame = known().to_frame("fr")
    assert list(frame) == [
        "choice", "label", "inputs", "first", "first_error", "total", "total_error", "shapley",
        "shapley_error"]  # fmt: skip
    assert frame["shapley"].is_monotonic_decreasing
    assert "les poids" in frame["label"].to_list()


@pytest.mark.parametrize(
    ("given", "english", "french"),
    [
        ({}, "first place stays where it is in", "en moyenne sur 2 villes."),
        ({"city": "City 0"}, "first place stays with Actor", "la première place reste à Actor"),
        ({"of": "rank", "actor": "a3"}, "the rank of Actor 3 is", "le rang de Actor 3 est de"),
    ],
)
def test_words_say_the_outcome_and_what_decides_it(given, english, french):
    found = known(**given)
    assert english in found.in_words().splitlines()[0]
    assert french in found.in_words("fr").splitlines()[0]


def told(shapley, error, language="en", first=None, total=0.0):
    """Words for three choices with these shares."""
    found = known()
    given = np.array(shapley)
    indices = replace(
        found.indices,
        shapley=given,
        shapley_error=np.array(error),
        first=given if first is None else np.array(first),
        first_error=np.full(3, 0.01),
        total=np.full(3, total),
        total_error=np.full(3, 0.01),
    )
    names = {"en": ("one", "two", "three"), "fr": ("un", "deux", "trois")}
    return replace(found, indices=indices, labels=names).in_words(language).splitlines()[1:]


def test_words_tell_what_decides_and_what_hardly_does():
    lines = told([0.2, 0.77, 0.03], [0.02, 0.02, 0.02])
    assert lines == [
        "What decides here: two (77% ± 2), one (20% ± 2).",
        "Hardly anything hangs on: three.",
    ]
    lines = told([0.2, 0.77, 0.03], [0.02, 0.02, 0.001], "fr")
    assert lines == [
        "Ce qui décide ici\u00a0: deux (77\u00a0% ± 2), un (20\u00a0% ± 2), trois (3\u00a0% ± 1)."
    ]


def test_words_do_not_claim_what_too_few_draws_cannot_tell():
    assert told([0.7, 0.2, 0.1], [0.15, 0.12, 0.06]) == [
        "What decides here: one (70% ± 15).",
        "More draws are needed to tell what hangs on: two, three.",
    ]
    assert told([0.4, 0.3, 0.3], [0.3, 0.3, 0.3]) == [
        "More draws are needed to tell what hangs on: one, two, three."
    ]


def test_what_no_path_showed_is_settled_only_where_the_total_says_so():
    settled, open_ = (told([1, 0, 0], [0.02, 0, 0], total=total)[1] for total in (0.05, 0.3))
    assert settled == "Hardly anything hangs on: two, three."
    assert open_ == "More draws are needed to tell what hangs on: two, three."


def test_words_tell_what_choices_do_together():
    lines = told([0.5, 0.5, 0.0], [0.02, 0.02, 0.0], first=[0.3, 0.3, 0.0])
    assert lines[-1].startswith("40% of it comes from choices acting together")


def test_a_score_is_written_as_each_language_does():
    choices = Choices(normalization=("fixed",), method=("topsis", "weighted_sum"))
    found = analyze(of="score", actor="a3", choices=choices)
    mean = f"{found.indices.mean:.3f}"
    assert f"is {mean} on average" in found.in_words()
    assert f"est de {mean.replace('.', ',')} en moyenne" in found.in_words("fr")
    assert 0 < found.indices.mean < 1
