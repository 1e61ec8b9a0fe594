"""AHP gives the figures that books, papers and packages print; each file here is a test."""

import json
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from partnermcda.core.ahp.consistency import consistency_index, consistency_ratio
from partnermcda.core.ahp.groups import pool, pool_priorities
from partnermcda.core.ahp.matrices import reciprocal_matrix
from partnermcda.core.ahp.missing import complete
from partnermcda.core.ahp.priorities import principal_eigenvalue, priorities
from partnermcda.core.ahp.random_index import RANDOM_INDEX, random_index

OF_TREES = ("ahp-hierarchy-", "ahp-composition-")
CASES = {
    file.stem: json.loads(file.read_text(encoding="utf-8"))
    for file in sorted(Path(__file__).parent.glob("ahp-*.json"))
    if not file.stem.startswith(OF_TREES)
}
TABLES = ("saaty-1980", "saaty-2007", "alonso-lamata")
COMPLETIONS = ("least_squares", "harker", "optimal")
SCALE = [1 / step for step in range(9, 1, -1)] + list(range(1, 10))
ENTRIES = [
    pytest.param(case, entry, id=f"{name}-{entry['name']}")
    for name, case in CASES.items()
    for entry in case["expected"]
]
PUBLISHED = [one for one in ENTRIES if one.values[1]["origin"] == "published"]
PRECISE = [
    one
    for one in ENTRIES
    if one.values[1]["origin"] != "published" or "full_precision" in one.values[1]
]


def number(written):
    return np.nan if written is None else float(Fraction(written))


def matrices(case):
    """The matrix of a case, or its (k, j, j) stack; NaN where a pair was not asked."""
    read = np.vectorize(number, otypes=[float])
    return read(np.array(case.get("matrix") or case["matrices"], dtype=object))


def ratios(a, case):
    """Consistency ratios by every table, by the case's own table and by its own index."""
    by_table = {
        f"consistency_ratio_{table.replace('-', '_')}": consistency_ratio(a, table)
        for table in TABLES
    }
    own = {
        name: consistency_ratio(a, case[key])
        for name, key in (
            ("consistency_ratio", "random_index"),
            ("consistency_ratio_own_index", "own_index"),
        )
        if key in case
    }
    return by_table | own


def of_a_matrix(case):
    a = matrices(case)
    return {
        "priorities": priorities(a, case["method"]),
        "priorities_eigenvector": priorities(a),
        "priorities_geometric_mean": priorities(a, "geometric_mean"),
        "column_sums": a.sum(axis=0),
        "largest_eigenvalue": principal_eigenvalue(a),
        "consistency_index": consistency_index(a),
        **ratios(a, case),
    }


def of_an_incomplete_matrix(case, completion):
    a = matrices(case)
    filled = complete(a, completion)
    row, column = case["pair"]
    return {
        "completed": filled[row - 1, column - 1],
        "priorities": priorities(a, case["method"], missing=completion),
        "largest_eigenvalue": principal_eigenvalue(a, missing=completion),
        **ratios(a, case),
    }


def of_a_group(case):
    a = matrices(case)
    pooled, each = pool(a), priorities(a)
    return {
        "pooled": pooled,
        "aij": priorities(pooled),
        "aij_geometric_mean": priorities(pooled, "geometric_mean"),
        "aip_geometric": pool_priorities(each),
        "aip_arithmetic": pool_priorities(each, mean="arithmetic"),
        **ratios(pooled, case),
    }


def every_matrix(*pairs):
    """All matrices on Saaty's scale in which these pairs, counted from 1, were asked.

    Of a matrix and its transpose, whose eigenvalue is the same, only the one with the last
    judgement not below 1 is there, counted twice.
    """
    values = np.array(list(product(*[SCALE] * (len(pairs) - 1), SCALE[8:])))
    order = max(map(max, pairs))
    a = np.ones((len(values), order, order))
    for place, (row, column) in enumerate(pairs):
        a[:, row - 1, column - 1] = values[:, place]
        a[:, column - 1, row - 1] = 1 / values[:, place]
    return a, np.where(values[:, -1] > 1, 2, 1)


def with_first_pair(a, values):
    a[:, 0, 1], a[:, 1, 0] = values, 1 / values
    return a


@cache
def of_random_matrices(order, unasked):
    if not unasked:
        a, counts = every_matrix((1, 2), (1, 3), (2, 3))
        return {"mean_consistency_index": np.average(consistency_index(a), weights=counts)}
    a, counts = every_matrix((1, 3), (1, 4), (2, 3), (2, 4), (3, 4))
    least = np.sqrt(a[:, 0, 2] * a[:, 2, 1] * a[:, 0, 3] * a[:, 3, 1])
    fills = {"": least, "_on_scale": np.clip(least, 1 / 9, 9)}
    return {
        f"mean_consistency_index{where}": np.average(
            consistency_index(with_first_pair(a, fill)), weights=counts
        )
        for where, fill in fills.items()
    }


def computed(case):
    """Every figure that a case can print, once for each completion that the case is about."""
    if "order" in case:
        return [of_random_matrices(case["order"], case["unasked"])]
    if "matrices" in case:
        return [of_a_group(case)]
    if "missing" not in case:
        return [of_a_matrix(case)]
    completions = COMPLETIONS if case["missing"] == "any" else (case["missing"],)
    return [of_an_incomplete_matrix(case, completion) for completion in completions]


@pytest.mark.parametrize(("case", "entry"), PUBLISHED)
def test_printed_figures_are_met(case, entry):
    for figures in computed(case):
        assert figures[entry["name"]] == pytest.approx(entry["value"], abs=entry["atol"], rel=0)


@pytest.mark.parametrize(("case", "entry"), PRECISE)
def test_figures_are_right_to_their_last_digits(case, entry):
    precise = np.array(entry.get("full_precision", entry["value"]))
    for figures in computed(case):
        assert figures[entry["name"]] == pytest.approx(precise, abs=1e-12, rel=1e-12)


@pytest.mark.parametrize(("order", "unasked"), [(3, 0), (4, 1)])
def test_our_random_index_is_that_of_all_matrices(order, unasked):
    exact = of_random_matrices(order, unasked)["mean_consistency_index"]
    assert random_index(order, missing=unasked) == pytest.approx(exact, rel=0.003)


def test_the_gap_of_order_4_that_is_filled_by_hand_is_the_optimal_completion():
    a, _ = every_matrix((1, 3), (1, 4), (2, 3), (2, 4), (3, 4))
    some = a[::5003]
    gaps = with_first_pair(some.copy(), np.nan)
    least = np.sqrt(some[:, 0, 2] * some[:, 2, 1] * some[:, 0, 3] * some[:, 3, 1])
    assert complete(gaps, "optimal")[:, 0, 1] == pytest.approx(least, rel=1e-10)


def test_saatys_index_of_1980_is_not_that_of_all_matrices():
    exact = of_random_matrices(3, 0)["mean_consistency_index"]
    assert RANDOM_INDEX["saaty-1980"][0] - exact > 0.05
    assert RANDOM_INDEX["saaty-2007"][0] == pytest.approx(exact, abs=0.005)


def test_another_index_does_not_meet_a_print():
    house = CASES["ahp-saaty-2003-house-modified"]
    printed = next(e for e in house["expected"] if e["name"] == "consistency_ratio")
    off = abs(consistency_ratio(matrices(house), "saaty-1980") - printed["value"])
    assert off > 0.0005


def test_the_arithmetic_mean_of_judgements_is_no_pairwise_judgement():
    a = matrices(CASES["ahp-group-aczel-saaty-scalar"])
    mean = a.mean(axis=0)
    assert mean[0, 1] * mean[1, 0] == pytest.approx(3 * 13 / 36)
    pooled = pool(a)
    assert pooled[0, 1] * pooled[1, 0] == pytest.approx(1, abs=1e-15)


def test_rounding_the_pooled_judgements_midway_moves_the_fourth_digit():
    case = CASES["ahp-group-aij-aip-three-judges-n5"]
    exact = next(np.array(e["value"]) for e in case["expected"] if e["name"] == "aij")
    pooled = pool(matrices(case))
    upper = np.triu_indices(len(pooled), 1)
    rounded = reciprocal_matrix(np.round(pooled[upper], 1), len(pooled))
    assert np.abs(priorities(rounded) - exact).max() > 1e-4
