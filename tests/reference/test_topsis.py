"""TOPSIS gives the figures that books, papers and packages print; each file here is a test."""

import json
from pathlib import Path

import numpy as np
import pytest

from partnermcda import core

CASES = {
    file.stem: json.loads(file.read_text(encoding="utf-8"))
    for file in sorted(Path(__file__).parent.glob("topsis-*.json"))
}
DISPUTED = [name for name, case in CASES.items() if "disputed" in case]
WITH_IDEALS = [
    name
    for name, case in CASES.items()
    if {"ideal", "anti_ideal"} <= {entry["name"] for entry in case["expected"]}
]
ENTRIES = [
    pytest.param(case, entry, id=f"{name}-{entry['name']}")
    for name, case in CASES.items()
    for entry in case["expected"]
]
UNDISPUTED = [entry for entry in ENTRIES if "disputed" not in entry.values[0]]


def directed(case, x):
    """Values as they are, those of costs negative: from the textbook's ideals to ours, and back."""
    return np.where(np.array(case["directions"]) == "max", x, np.negative(x))


def normalized(case):
    if case["normalization"] == "none":
        return directed(case, case["matrix"])
    benefit = [direction == "max" for direction in case["directions"]]
    return getattr(core, case["normalization"])(case["matrix"], benefit)


def computed(case):
    """Every figure that a case can print."""
    r, weights, p = normalized(case), np.array(case["weights"]), case["p"]
    to_ideal, to_anti_ideal = core.distances(r, weights, p=p)
    closeness = core.closeness(r, weights, p=p)
    return {
        "ideal": directed(case, weights * r.max(axis=0)),
        "anti_ideal": directed(case, weights * r.min(axis=0)),
        "distance_to_ideal": to_ideal,
        "distance_to_anti_ideal": to_anti_ideal,
        "closeness": closeness,
        "ranking": core.rank(closeness),
    }


def precise(entry):
    return np.array(entry.get("full_precision", entry["value"]))


def expected(case, name):
    return precise(next(entry for entry in case["expected"] if entry["name"] == name))


@pytest.mark.parametrize(("case", "entry"), UNDISPUTED)
def test_printed_figures_are_met(case, entry):
    assert computed(case)[entry["name"]] == pytest.approx(entry["value"], abs=entry["atol"], rel=0)


@pytest.mark.parametrize(("case", "entry"), ENTRIES)
def test_figures_are_right_to_their_last_digits(case, entry):
    assert computed(case)[entry["name"]] == pytest.approx(precise(entry), abs=1e-12, rel=0)


@pytest.mark.parametrize("name", WITH_IDEALS)
def test_ideals_may_be_given_as_well_as_observed(name):
    case = CASES[name]
    weights = np.array(case["weights"])
    ideal = directed(case, expected(case, "ideal")) / weights
    anti_ideal = directed(case, expected(case, "anti_ideal")) / weights
    closeness = core.closeness(
        normalized(case), weights, ideal=ideal, anti_ideal=anti_ideal, p=case["p"]
    )
    assert closeness == pytest.approx(expected(case, "closeness"), abs=1e-12, rel=0)


@pytest.mark.parametrize("name", DISPUTED)
def test_a_disputed_print_is_not_what_its_data_give(name):
    case = CASES[name]
    figures = computed(case)
    for entry in case["expected"]:
        half_a_unit = 0.5 * 10.0 ** -entry["digits"]
        assert np.abs(figures[entry["name"]] - entry["value"]).max() > half_a_unit


@pytest.mark.parametrize("name", DISPUTED)
def test_a_disputed_print_is_what_rounding_on_the_way_gives(name):
    case = CASES[name]
    digits = case["disputed"]["digits"]
    v = np.round(normalized(case), digits["normalized"]) * case["weights"]
    v = np.round(v, digits["weighted"])
    to_ideal, to_anti_ideal = np.round(core.distances(v, np.ones(v.shape[1])), digits["distances"])
    rounded = {
        "ideal": directed(case, v.max(axis=0)),
        "closeness": to_anti_ideal / (to_ideal + to_anti_ideal),
    }
    for entry in case["expected"]:
        assert np.round(rounded[entry["name"]], entry["digits"]).tolist() == entry["value"]
