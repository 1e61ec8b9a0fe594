"""Stability of published and derived examples; each `sens-*` file here is a test."""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from partnermcda import core
from partnermcda.core.stability import critical_changes, weight_intervals

CASES = {
    file.stem: json.loads(file.read_text(encoding="utf-8"))
    for file in sorted(Path(__file__).parent.glob("sens-*.json"))
}
KEEP = {"top_interval": "leader", "ranking_interval": "order"}


def entries(*names):
    return [
        pytest.param(CASES[case], entry, id=f"{case}-{entry['name']}")
        for case in CASES
        for entry in CASES[case]["expected"]
        if entry["name"] in names
    ]


def values(case):
    if "values" in case:
        return np.array(case["values"])
    benefit = [direction == "max" for direction in case["directions"]]
    return core.vector(np.array(case["matrix"], dtype=float), benefit)


def test_there_are_cases_for_intervals_and_for_changes():
    assert len(entries("top_interval", "ranking_interval")) == 6
    assert len(entries("changes")) == 1


@pytest.mark.parametrize(("case", "entry"), entries(*KEEP))
def test_intervals_are_met(case, entry):
    found = weight_intervals(
        values(case), case["weights"], keep=KEEP[entry["name"]], score=case["score"]
    )
    assert found == pytest.approx(np.array(entry["value"]), abs=1e-9, rel=0)


@pytest.mark.parametrize(
    ("case", "entry"), [e for e in entries(*KEEP) if "fractions" in e.values[1]]
)
def test_exact_ends_are_the_fractions_they_stand_for(case, entry):
    fractions = [[float(Fraction(end)) for end in ends] for ends in entry["fractions"]]
    assert np.array(fractions) == pytest.approx(np.array(entry["value"]), abs=1e-15)


@pytest.mark.parametrize(("case", "entry"), entries("total_scores", "preferences"))
def test_scores_are_met(case, entry):
    weights = np.array(case["weights"])
    if entry["name"] == "total_scores":
        weights = weights / weights.sum()
    found = core.weighted_sum(values(case), weights)
    assert found == pytest.approx(entry["value"], abs=entry.get("atol", 1e-12), rel=0)
    assert found == pytest.approx(
        entry.get("full_precision", entry["value"]),
        abs=max(1e-12, 0 if "full_precision" in entry else entry.get("atol", 0)),
        rel=0,
    )


@pytest.mark.parametrize(("case", "entry"), entries("changes"))
def test_changes_of_one_weight_are_met(case, entry):
    weights = np.array(case["weights"])
    found = critical_changes(values(case), weights)
    for told in entry["value"]:
        i, j = (number - 1 for number in told["pair"])
        absolute = np.array(told["absolute"], dtype=float)
        assert found[i, j] == pytest.approx(absolute, abs=1e-9, rel=0, nan_ok=True)
        percent = np.array(told["percent"], dtype=float)
        assert 100 * found[i, j] / weights == pytest.approx(percent, rel=1e-9, nan_ok=True)


@pytest.mark.parametrize(
    ("case", "entry"), entries("percent_top_critical_criterion", "percent_any_critical_criterion")
)
def test_the_most_critical_criterion_is_the_one_published(case, entry):
    weights = np.array(case["weights"])
    scores = core.weighted_sum(values(case), weights)
    shares = np.abs(critical_changes(values(case), weights)) / weights
    if "top" in entry["name"]:
        shares = shares[scores.argmax()]
    _, criterion = divmod(int(np.nanargmin(shares)), len(weights))
    assert criterion + 1 == entry["value"]
