"""Every method offered gives the figures of its published cases; each file here is a test."""

import json
from pathlib import Path

import numpy as np
import pytest

import partnermcda as pm
from partnermcda.methods import METHODS
from partnermcda.methods.ours import regrets

CASES = {
    file.stem: json.loads(file.read_text(encoding="utf-8"))
    for file in sorted(Path(__file__).parent.glob("*.json"))
    if not file.stem.startswith(("ahp-", "sens-", "smaa-", "topsis-", "weights-"))
}
ENTRIES = {
    f"{name}-{entry['name']}": (case, entry)
    for name, case in CASES.items()
    for entry in case["expected"]
    if isinstance(entry["value"], list) and entry["name"] != "compromise"
}
PRINTED = {
    name: (case, entry)
    for name, (case, entry) in ENTRIES.items()
    if entry["origin"] == "published" and "disputed" not in case
}
VIKOR = [name for name in CASES if name.startswith("vikor")]


def benefit(case):
    return np.array(case["directions"]) == "max"


def weights(case):
    given = np.array(case["weights"], dtype=float)
    return given / given.sum() if case.get("normalize_weights") else given


def score(case, more=None):
    method = pm.method(case["method"], **case["parameters"])
    x = np.array(case["matrix"], dtype=float)
    return method.score(x, weights(case), benefit(case) if more is None else more)


def computed(case):
    """Every figure that a case can print."""
    figures = {"score": score(case)}
    if case["method"] == "vikor":
        x = np.array(case["matrix"], dtype=float)
        both = regrets(x, weights(case), benefit(case))
        figures |= zip(("total_regret", "largest_regret"), both, strict=True)
    return figures


def entry(case, name):
    return next(entry for entry in case["expected"] if entry["name"] == name)


def precise(one):
    return np.array(one.get("full_precision", one["value"]))


def params(entries):
    return [pytest.param(*pair, id=name) for name, pair in entries.items()]


@pytest.mark.parametrize(("case", "one"), params(PRINTED))
def test_printed_figures_are_met(case, one):
    assert computed(case)[one["name"]] == pytest.approx(one["value"], abs=one["atol"], rel=0)


@pytest.mark.parametrize(("case", "one"), params(ENTRIES))
def test_figures_are_right_to_their_last_digits(case, one):
    assert computed(case)[one["name"]] == pytest.approx(precise(one), abs=1e-12, rel=0)


@pytest.mark.parametrize("name", CASES)
def test_ranks_follow_the_figures(name):
    case = CASES[name]
    method = pm.method(case["method"], **case["parameters"])
    matrix = pm.DecisionMatrix(case["matrix"], benefit=benefit(case))
    figures = precise(entry(case, "score"))
    better = figures if method.higher_is_better else -figures
    expected = 1 + (better[None, :] > better[:, None] + 1e-9).sum(axis=1)
    assert pm.rank(matrix, case["weights"], method).rank.tolist() == expected.tolist()


def test_every_method_that_takes_its_scale_from_the_data_has_a_case_that_is_not_disputed():
    observed = {name for name in METHODS if not pm.method(name).fixed_scale}
    met = {case["method"] for case in CASES.values() if "disputed" not in case}
    assert observed - {"topsis_observed"} == met


@pytest.mark.parametrize("name", VIKOR)
def test_the_compromise_that_is_printed_follows_from_the_figures(name):
    case = CASES[name]
    figures = computed(case)
    q, m = figures["score"], len(case["matrix"])
    order = np.argsort(q, kind="stable")
    advantage = bool(q[order[1]] - q[order[0]] >= 1 / (m - 1))
    lowest = [figures[part].min() for part in ("total_regret", "largest_regret")]
    leader = [figures[part][order[0]] for part in ("total_regret", "largest_regret")]
    stability = any(np.isclose(leader, lowest))
    near = [int(i) + 1 for i in order if q[i] - q[order[0]] < 1 / (m - 1)]
    compromise = near if not advantage else (order[: 1 if stability else 2] + 1).tolist()
    assert advantage == entry(case, "acceptable_advantage")["value"]
    assert stability == entry(case, "acceptable_stability")["value"]
    assert sorted(compromise) == sorted(entry(case, "compromise")["value"])


def test_the_copras_print_rewards_costs():
    case = CASES["copras-zavadskas-2007-roads"]
    printed = entry(case, "score")
    assert np.abs(score(case) - printed["value"]).max() > 0.05
    shares = np.array(case["matrix"]) / np.sum(case["matrix"], axis=0)
    rewarded = shares @ weights(case)
    assert rewarded / rewarded.max() == pytest.approx(printed["value"], abs=printed["atol"])


def test_the_edas_print_differs_in_its_fourth_score_alone():
    case = CASES["edas-karabasevic-2018"]
    printed = entry(case, "score")
    off = np.abs(score(case) - printed["value"]) > printed["atol"]
    assert np.flatnonzero(off).tolist() == [3]


def test_the_promethee_print_is_that_of_costs_and_its_negative_that_of_benefits():
    case = CASES["promethee-jmcdm-mixed-functions"]
    printed = entry(case, "score")
    value = np.array(printed["value"])
    assert score(case) == pytest.approx(value, abs=printed["atol"])
    assert score(case, ~benefit(case)) == pytest.approx(-value, abs=printed["atol"])
