"""The optimum is the optimum: beside every set there is."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from scipy.optimize import Bounds, LinearConstraint, milp

from partnermcda.alliances.front import front_of
from partnermcda.alliances.model import program_of
from partnermcda.alliances.reduction import undominated
from partnermcda.alliances.rules import as_sets
from partnermcda.alliances.solving import PROVEN, solve
from tests.alliances.problems import (
    NOBODY,
    by_hand,
    every_set,
    every_value,
    random_problem,
    seeds,
)

CLOSE = 1e-7


def members_of(row, problem):
    return tuple(row[row < len(problem)].tolist())


@settings(max_examples=100)
@given(seeds)
def test_values_and_what_is_allowed_are_those_worked_out_by_hand(seed):
    problem = random_problem(seed, most=6, states=2)
    m = len(problem)
    sets = [np.flatnonzero(np.array(list(f"{bits:0{m}b}")) == "1") for bits in range(1, 2**m)]
    rows = np.array([(*s, *[m] * (m - len(s))) for s in sets], dtype=np.int64)
    values = [by_hand(problem, tuple(s.tolist())) for s in sets]
    allowed = problem.allowed(rows)
    assert allowed.tolist() == [value is not None for value in values]
    expected = [value for value in values if value is not None]
    assert problem.values(rows[allowed]) == pytest.approx(expected, abs=1e-12)


@settings(max_examples=250)
@given(seeds)
def test_the_best_set_is_the_best_of_all_sets(seed):
    problem = random_problem(seed)
    (found,) = solve(problem)
    assert found.value == pytest.approx(every_value(problem)[0], abs=CLOSE)
    assert found.value == pytest.approx(by_hand(problem, found.members), abs=CLOSE)
    assert found.gap <= PROVEN


@settings(max_examples=200)
@given(seeds)
def test_the_program_alone_has_the_value_of_the_best_of_all_sets(seed):
    problem = random_problem(seed)
    program, _ = program_of(problem, [])
    found = milp(
        -np.concatenate(program.gain),
        integrality=np.concatenate(program.whole),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(program.matrix(), -np.inf, np.array(program.limits)),
        options={"mip_rel_gap": 0},
    )
    assert problem.penalty - found.fun == pytest.approx(every_value(problem)[0], abs=1e-5)


@settings(max_examples=50)
@given(seeds)
def test_the_best_set_on_average_over_states_is_the_best_of_all_sets(seed):
    problem = random_problem(seed, most=10, states=3)
    (found,) = solve(problem)
    assert found.value == pytest.approx(every_value(problem)[0], abs=CLOSE)


@settings(max_examples=25)
@given(seeds)
def test_the_k_best_sets_differ_and_are_the_best_of_all_sets(seed):
    problem = random_problem(seed, most=10)
    values = every_value(problem)
    found = solve(problem, best=4)
    assert len({one.members for one in found}) == len(found) == min(4, len(values))
    assert [one.value for one in found] == pytest.approx(values[:4], abs=CLOSE)


@settings(max_examples=30)
@given(seeds)
def test_another_candidate_never_lowers_the_best_value(seed):
    problem = random_problem(seed)
    last = len(problem) - 1
    assume(last > 0 and last not in problem.forced)
    fewer = problem.some(np.arange(last))
    assume(len(problem.forced) or fewer.cost.min() <= fewer.budget)
    assert solve(problem)[0].value >= solve(fewer)[0].value - CLOSE


@settings(max_examples=20)
@given(seeds)
def test_a_tighter_budget_never_raises_the_best_value(seed):
    problem = replace(random_problem(seed), forced=NOBODY)
    budgets = [float(problem.cost.min() + extra) for extra in (0, 4, 12, np.inf)]
    values = [solve(replace(problem, budget=budget))[0].value for budget in budgets]
    assert all(tight <= wide + CLOSE for tight, wide in pairwise(values))


@settings(max_examples=100)
@given(seeds)
def test_the_best_sets_are_among_the_undominated(seed):
    problem = random_problem(seed, most=10)
    if seed % 2:
        problem = problem.some(np.sort(np.append(np.arange(len(problem)), np.arange(len(problem)))))
        problem = replace(problem, pairs=(), size=2, forced=NOBODY)
    sets = every_set(problem)
    values = problem.values(sets)
    for best in (1, 3):
        kept = undominated(problem, best)
        inside = np.isin(sets, [*kept, len(problem)]).all(axis=1)
        assert np.sort(values[inside])[::-1][:best] == pytest.approx(
            np.sort(values)[::-1][:best], abs=1e-12
        )


@settings(max_examples=15)
@given(seeds)
def test_the_front_has_every_set_that_no_other_beats(seed):
    problem = replace(random_problem(seed, most=7), penalty=0.0)
    sets = every_set(problem)
    figures = np.column_stack(
        [
            problem.values(sets),
            -(sets < len(problem)).sum(axis=1),
            -np.append(problem.cost, 0.0)[sets].sum(axis=1),
        ]
    ).round(7)
    as_good = (figures[:, None] >= figures).all(axis=2)
    beaten = (as_good & ~as_good.T).any(axis=0)
    points, complete = front_of(problem, 60.0)
    rows = np.vstack([as_sets(p.members, len(problem), problem.size) for p in points])
    spent = np.append(problem.cost, 0.0)[rows].sum(axis=1)
    told = np.column_stack([[p.value for p in points], -(rows < len(problem)).sum(axis=1), -spent])
    assert complete
    assert {*map(tuple, told.round(7))} == {*map(tuple, figures[~beaten])}


def test_candidates_are_left_out_where_enough_others_are_better():
    problem = replace(random_problem(3), size=2, pairs=(), forced=NOBODY)
    often = problem.some(np.tile(np.arange(len(problem)), 4))
    assert len(undominated(often)) <= 2 * len(problem)


def test_the_first_of_equals_is_told_and_how_many_there_are():
    problem = replace(random_problem(5), pairs=(), forced=NOBODY, budget=np.inf)
    alike = replace(problem.some(np.repeat(0, 6)), penalty=0.1, size=1)
    (found,) = solve(alike)
    assert found.members == (0,)
    assert found.ties == 5
    assert len(solve(alike, best=9)) == 6


def test_time_that_runs_out_leaves_a_set_and_a_gap_that_holds():
    rng = np.random.default_rng(1)
    problem = replace(random_problem(11), forced=NOBODY, pairs=(), size=5)
    large = problem.some(rng.integers(0, len(problem), 300))
    (found,) = solve(large, time_limit=0.0)
    (sure,) = solve(large)
    assert found.value <= sure.value + CLOSE <= found.value + found.gap + 2 * CLOSE
