"""Acceptabilities are those of exact geometry and of published runs; each file here is a test."""

import functools
import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from partnermcda import core
from partnermcda.core.smaa import Uncertain, leader_acceptability, smaa
from partnermcda.core.smaa.result import share_error

DRAWS = 1_000_000
CASES = {
    file.stem: json.loads(file.read_text(encoding="utf-8"))
    for file in sorted(Path(__file__).parent.glob("smaa-*.json"))
}
ENTRIES = [
    pytest.param(name, entry, id=f"{name}-{entry['name']}")
    for name, case in CASES.items()
    for entry in case["expected"]
    if entry["name"] != "w1_breakpoints"
]


def normalized(case):
    benefit = [direction == "max" for direction in case["directions"]]
    return core.vector(np.array(case["matrix"]), benefit)


def weights(case):
    asked = dict(case["weights"])
    if "fixed" in asked:
        return np.tile(asked["fixed"], (DRAWS, 1))
    return core.draw_weights(asked.pop("uniform"), DRAWS, 7, **asked)


def values(case):
    """Values of a case: known, between bounds, or drawn here from beta distributions."""
    if "values" in case:
        return np.array(case["values"])
    if "matrix" in case:
        return normalized(case)
    if "bounds" in case:
        low, high = np.moveaxis(np.array(case["bounds"]), 2, 0)
        return Uncertain(low, (low + high) / 2, high, "uniform", 11)
    a, b = np.moveaxis(np.array(case["beta"]), 2, 0)
    low, high = np.array(case["ranges"]).T
    drawn = np.random.default_rng(13).beta(a, b, (DRAWS, *a.shape))
    return (high - drawn) / (high - low)


@functools.cache
def counted(name):
    case = CASES[name]
    return smaa(values(case), weights(case), score=case["score"])


def error_of(found, name):
    return getattr(found, f"{name}_error")


def filled(value):
    """Figures as an array; rows that are not defined are NaN."""
    width = max(len(row) if isinstance(row, list) else 1 for row in value)
    return np.array([[np.nan] * width if row is None else row for row in value], dtype=float)


@pytest.mark.parametrize(("name", "entry"), ENTRIES)
def test_figures_are_met_within_three_standard_errors(name, entry):
    found = counted(name)
    figure = getattr(found, entry["name"])
    exact = filled(entry.get("full_precision", entry["value"]))
    near = 3 * error_of(found, entry["name"]) + entry.get("full_precision_atol", 1e-12)
    assert (np.isnan(figure) == np.isnan(exact)).all()
    assert np.nanmax(np.abs(figure - exact) / near) <= 1


@pytest.mark.parametrize(("name", "entry"), [e for e in ENTRIES if "atol" in e.values[1]])
def test_printed_figures_are_met(name, entry):
    assert getattr(counted(name), entry["name"]) == pytest.approx(
        filled(entry["value"]), abs=entry["atol"], rel=0
    )


@pytest.mark.parametrize(("name", "entry"), [e for e in ENTRIES if "fractions" in e.values[1]])
def test_exact_figures_are_the_fractions_they_stand_for(name, entry):
    fractions = [[float(Fraction(part)) for part in row] for row in entry["fractions"]]
    assert np.array(fractions) == pytest.approx(np.array(entry["value"]), abs=1e-15)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "beta" not in case])
def test_leaders_alone_have_the_same_shares(name):
    case, found = CASES[name], counted(name)
    leaders = leader_acceptability(values(case), weights(case), k=2, score=case["score"])
    assert leaders.first.tobytes() == found.first.tobytes()
    assert leaders.top == pytest.approx(found.rank_acceptability[:, :2].sum(axis=1), abs=1e-12)
    assert leaders.first_error == pytest.approx(share_error(found.first, DRAWS))


def test_ranks_change_at_the_breakpoints_of_the_mountain_and_nowhere_else():
    case = CASES["smaa-topsis-2-criteria-mountain"]
    points = case["expected"][0]["value"]
    edges = np.concatenate(([1e-9], np.repeat(points, 2), [1 - 1e-9]))
    edges[1:-1] += np.tile([-1e-8, 1e-8], len(points))
    draws = np.column_stack((edges, 1 - edges))
    ranks = core.rank(core.closeness(normalized(case), draws))
    assert (ranks[::2] == ranks[1::2]).all()
    assert (ranks[1:-1:2] != ranks[2::2]).any(axis=1).all()
