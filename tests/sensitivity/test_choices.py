"""What can be chosen, and how what cannot is refused."""

import pytest

import partnermcda as pm
from partnermcda.errors import MethodError
from partnermcda.sensitivity import Choices


def codes(**given):
    with pytest.raises(MethodError) as refused:
        Choices(**given)
    return [finding.code for finding in refused.value.findings]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"weights": "some"}, "weights"),
        ({"weights": "around"}, "concentration_alone"),
        ({"concentration": 5}, "concentration_alone"),
        ({"weights": "around", "concentration": 0}, "concentration"),
        ({"weights": "around", "concentration": float("inf")}, "concentration"),
        ({"weights": "around", "concentration": float("nan")}, "concentration"),
        ({"weights": "around", "concentration": "five"}, "concentration"),
        ({"bounds": 0.5}, "bounds"),
        ({"bounds": -0.1}, "bounds"),
        ({"bounds": float("nan")}, "bounds"),
        ({"bounds": True}, "bounds"),
        ({"transform": 1}, "truth"),
        ({"missing": "no"}, "truth"),
        ({"method": "topsis"}, "tuple"),
        ({"normalization": ()}, "tuple"),
        ({"unknown": ["interval"]}, "tuple"),
        ({"normalization": ("fixed", "best")}, "name"),
        ({"unknown": ("refuse",)}, "name"),
        ({"unknown": ("prior", "prior")}, "repeated"),
        ({"method": ("vikor", "vikor(v=0.5)")}, "repeated"),
    ],
)
def test_what_cannot_be_chosen_is_refused(given, code):
    assert codes(**given) == [f"sensitivity.{code}"]


def test_all_faults_are_told_at_once():
    found = codes(weights="some", bounds=2, transform=None, method="topsis", unknown=("a", "b"))
    names = ["weights", "bounds", "truth", "name", "name", "tuple"]
    assert found == [f"sensitivity.{name}" for name in names]


def test_a_method_that_does_not_exist_is_refused_in_its_own_words():
    assert codes(method=("topsis", "guess")) == ["method.unknown"]


def test_methods_are_taken_by_name_or_as_values():
    def weakest(x, weights, benefit=None, starts=None):
        return x.min(axis=1)

    own = pm.Method("weakest", weakest)
    first, second = Choices(method=("vikor(v=0.3)", own)).methods
    assert (first.name, second) == ("vikor(v=0.3)", own)
