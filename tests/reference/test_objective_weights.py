"""Weights from values and from the best and the worst give the figures of their published cases."""

import json
from pathlib import Path

import numpy as np
import pytest

from partnermcda.core import weighting
from partnermcda.core.normalization import minmax
from partnermcda.elicitation import best_worst, objective_weights
from partnermcda.matrix import DecisionMatrix

CASES = {
    file.stem: json.loads(file.read_text(encoding="utf-8"))
    for file in sorted(Path(__file__).parent.glob("weights-*.json"))
}
ENTRIES = {
    f"{name}-{entry['name']}": (case, entry)
    for name, case in CASES.items()
    for entry in case["expected"]
}
PRINTED = {
    name: (case, entry) for name, (case, entry) in ENTRIES.items() if entry["origin"] == "published"
}
FROM_VALUES = {name: case for name, case in CASES.items() if "matrix" in case}


def values(case):
    """Values and directions; where a source has no directions, they do not enter."""
    x = np.array(case["matrix"], dtype=float)
    return x, np.array(case.get("directions", ["max"] * x.shape[1])) == "max"


def computed(case):
    """Every figure that a case can print."""
    if case["method"] == "best_worst":
        found = best_worst(case["best"], case["worst"])
        return {
            "weights": found.weights.values,
            "xi": found.xi,
            "consistency_ratio": found.consistency_ratio,
        }
    x, benefit = values(case)
    shares = x / x.sum(axis=0)
    logs = np.log(np.where(shares > 0, shares, 1))
    return {
        "weights": getattr(weighting, f"{case['method']}_weights")(x, benefit),
        "standard_deviation": minmax(x, benefit).std(axis=0, ddof=1),
        "entropy": -(shares * logs).sum(axis=0) / np.log(len(x)),
    }


def params(entries):
    return [pytest.param(*pair, id=name) for name, pair in entries.items()]


@pytest.mark.parametrize(("case", "one"), params(PRINTED))
def test_printed_figures_are_met(case, one):
    assert computed(case)[one["name"]] == pytest.approx(one["value"], abs=one["atol"], rel=0)


@pytest.mark.parametrize(("case", "one"), params(ENTRIES))
def test_figures_are_right_to_their_last_digits(case, one):
    precise = one.get("full_precision", one["value"])
    assert computed(case)[one["name"]] == pytest.approx(precise, abs=1e-12, rel=0)


@pytest.mark.parametrize("name", FROM_VALUES)
def test_a_matrix_with_names_gives_the_same_weights(name):
    case = FROM_VALUES[name]
    x, benefit = values(case)
    weights = objective_weights(DecisionMatrix(x, benefit=benefit), case["method"])
    assert weights.source == case["method"]
    assert weights.values == pytest.approx(computed(case)["weights"], abs=1e-15)


def test_every_way_that_takes_numbers_has_a_case():
    assert {case["method"] for case in CASES.values()} == {
        *("entropy", "critic", "deviation", "merec", "best_worst")
    }


def test_directions_matter_to_the_critic_print():
    x, benefit = values(CASES["weights-critic-krishnan-2021"])
    printed = CASES["weights-critic-krishnan-2021"]["expected"][1]["value"]
    blind = weighting.critic_weights(x, np.ones_like(benefit))
    assert np.abs(blind - printed).max() > 0.1
