"""Hierarchies give the figures that books, papers and packages print; each file here is a test."""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from partnermcda.core.ahp import consistency_ratio, priorities
from partnermcda.hierarchy import Hierarchy, leaf_weights, synthesize

CASES = {
    file.stem: json.loads(file.read_text(encoding="utf-8"))
    for start in ("ahp-composition-", "ahp-hierarchy-")
    for file in sorted(Path(__file__).parent.glob(f"{start}*.json"))
}
ENTRIES = [
    pytest.param(case, entry, id=f"{name}-{entry['name']}")
    for name, case in CASES.items()
    for entry in case["expected"]
]
PRINTED = [one for one in ENTRIES if one.values[1]["origin"] == "published"]
REVERSALS = ("belton-gear-1983", "saaty-vargas-1984")


def matrix(rows):
    return np.array([[float(Fraction(cell)) for cell in row] for row in rows])


def judged(matrices):
    return {name: priorities(matrix(rows)) for name, rows in matrices.items()}


def ratings(case):
    return judged(case["judged_ratings"]) if "judged_ratings" in case else case["ratings"]


def scores(case, mode="distributive"):
    local = case.get("local", {}) | judged(case.get("judgements", {}))
    return synthesize(Hierarchy.of(case["children"]), local, ratings(case), mode=mode)


def composition(case, divisor):
    """Weights times ratings, these divided as told, and not brought to sum 1 in the end."""
    tree = Hierarchy.of(case["children"])
    weights = leaf_weights(tree, case.get("local", {}) | judged(case.get("judgements", {})))
    columns = [np.asarray(ratings(case)[leaf]) for leaf in tree.leaves]
    return sum(w * c / divisor(c) for w, c in zip(weights.values, columns, strict=True))


def computed(case, name):
    """One of the figures that a case can print."""
    if name == "weights":
        local = case.get("local", {}) | judged(case.get("judgements", {}))
        return leaf_weights(Hierarchy.of(case["children"]), local).values
    if name == "consistency_ratio":
        matrices = [*case["judgements"].values(), *case["judged_ratings"].values()]
        return [float(consistency_ratio(matrix(a), case["random_index"])) for a in matrices]
    return {
        "scores": lambda: scores(case),
        "scores_ideal": lambda: scores(case, "ideal"),
        "composition": lambda: composition(case, lambda column: 1.0),
        "composition_ideal": lambda: composition(case, np.max),
    }[name]()


@pytest.mark.parametrize(("case", "one"), PRINTED)
def test_printed_figures_are_met(case, one):
    assert computed(case, one["name"]) == pytest.approx(one["value"], abs=one["atol"], rel=0)


@pytest.mark.parametrize(("case", "one"), ENTRIES)
def test_figures_are_right_to_their_last_digits(case, one):
    precise = one.get("full_precision", one["value"])
    assert computed(case, one["name"]) == pytest.approx(precise, abs=1e-12, rel=0)


@pytest.mark.parametrize("name", CASES)
def test_scores_are_those_of_the_alternatives(name):
    for mode in ("distributive", "ideal"):
        found = scores(CASES[name], mode)
        assert len(found) == len(CASES[name]["alternatives"])
        assert found.sum() == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("mode", ["distributive", "ideal"])
@pytest.mark.parametrize("name", REVERSALS)
def test_each_mode_reverses_ranks_where_the_literature_says_so(name, mode):
    before, after = (CASES[f"ahp-hierarchy-{name}-{when}"] for when in ("before", "after"))
    first = [float(np.diff(scores(case, mode)[:2])[0]) for case in (before, after)]
    reverses = (name, mode) in {
        ("belton-gear-1983", "distributive"),
        ("saaty-vargas-1984", "ideal"),
    }
    assert (first[0] * first[1] < 0) == reverses
