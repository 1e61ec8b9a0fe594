"""Sobol' indices and Shapley effects of models whose indices are known."""

import sys
from itertools import combinations

import numpy as np
import pytest

from partnermcda.errors import MethodError
from partnermcda.sensitivity.indices import indices

A, B = 7.0, 0.1
G = np.array([0.0, 1.0, 4.5, 9.0])


def ishigami(u):
    x = np.pi * (2 * u - 1)
    return np.sin(x[:, 0]) + A * np.sin(x[:, 1]) ** 2 + B * x[:, 2] ** 4 * np.sin(x[:, 0])


def ishigami_parts():
    """Variance of each set of inputs."""
    alone = 0.5 * (1 + B * np.pi**4 / 5) ** 2
    return {(0,): alone, (1,): A**2 / 8, (0, 2): B**2 * np.pi**8 * (1 / 18 - 1 / 50)}


def g_function(u):
    return np.prod((np.abs(4 * u - 2) + G) / (1 + G), axis=1)


def g_parts():
    alone = 1 / (3 * (1 + G) ** 2)
    sets = [part for size in (1, 2, 3, 4) for part in combinations(range(4), size)]
    return {part: float(np.prod(alone[list(part)])) for part in sets}


def times_weights(u):
    """Weights uniform on the simplex, times another input: both act alone and together."""
    gaps = np.diff(np.sort(u[:, :2]), axis=1, prepend=0, append=1)
    return (gaps @ [4.0, 1.0, 1.0]) * (1 + u[:, 2])


def times_weights_parts():
    mean = 2.0
    spread = np.array([4.0, 1.0, 1.0]) @ ((np.eye(3) / 3 - 1 / 9) / 4) @ np.array([4.0, 1.0, 1.0])
    return {(0,): spread * 1.5**2, (1,): mean**2 / 12, (0, 1): spread / 12}


def shares(parts, g):
    """First-order, total and Shapley shares from the variance of each set."""
    whole = sum(parts.values())
    first = [parts.get((i,), 0) / whole for i in range(g)]
    total = [sum(v for part, v in parts.items() if i in part) / whole for i in range(g)]
    each = [sum(v / len(part) for part, v in parts.items() if i in part) / whole for i in range(g)]
    return first, total, each


@pytest.mark.parametrize(
    ("model", "sizes", "parts"),
    [
        (ishigami, (1, 1, 1), ishigami_parts()),
        (g_function, (1, 1, 1, 1), g_parts()),
        (times_weights, (2, 1), times_weights_parts()),
    ],
    ids=["Ishigami", "g-function", "weights on the simplex"],
)
def test_known_indices_are_met_within_their_errors(model, sizes, parts):
    found = indices(model, sizes, 4096, np.random.default_rng(7))
    first, total, each = shares(parts, len(sizes))
    assert (np.abs(found.first - first) <= 4 * found.first_error + 1e-3).all()
    assert (np.abs(found.total - total) <= 4 * found.total_error + 1e-3).all()
    assert (np.abs(found.shapley - each) <= 4 * found.shapley_error + 1e-3).all()
    assert found.shapley.sum() == pytest.approx(1, abs=1e-9)
    assert found.variance == pytest.approx(sum(parts.values()), rel=0.02)
    assert max(found.first_error.max(), found.total_error.max()) < 0.06
    assert found.shapley_error.max() < 0.03


def test_each_group_costs_twice_the_draws():
    calls = []

    def counted(u):
        calls.append(len(u))
        return u.sum(axis=1)

    found = indices(counted, (1, 2, 1, 3), 64, np.random.default_rng(7))
    assert found.evaluations == sum(calls) == 2 * 4 * 64


def test_the_same_seed_gives_the_same_bytes():
    found = [indices(g_function, (2, 1, 1), 64, np.random.default_rng(7)) for _ in range(2)]
    other = indices(g_function, (2, 1, 1), 64, np.random.default_rng(8))
    for name in ("first", "first_error", "total", "total_error", "shapley", "shapley_error"):
        one, again = (getattr(each, name).tobytes() for each in found)
        assert one == again != getattr(other, name).tobytes()


def test_an_outcome_that_never_changes_has_no_indices():
    found = indices(lambda u: np.ones(len(u)), (1, 1), 16, np.random.default_rng(7))
    assert np.isnan([found.first, found.total, found.shapley]).all()
    assert (found.mean, found.variance, found.evaluations) == (1, 0, 64)


def test_without_salib_one_is_told_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "SALib.analyze.sobol", None)
    with pytest.raises(MethodError, match=r"partnermcda\[sensitivity\]"):
        indices(g_function, (1, 1, 1, 1), 16, np.random.default_rng(7))
