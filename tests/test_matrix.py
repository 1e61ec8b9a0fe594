"""A decision matrix is checked on birth: every fault at once, with its place; nothing is copied."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import partnermcda as pm

TABLES = arrays(
    float, st.tuples(st.integers(1, 5), st.integers(1, 4)), elements=st.floats(-1e9, 1e9)
)


def codes(caught):
    return [finding.code for finding in caught.value.findings]


@given(TABLES)
def test_a_matrix_is_what_was_given_with_names(x):
    m, n = x.shape
    matrix = pm.DecisionMatrix(x, benefit=[True] * n)
    assert (matrix.x == x).all()
    assert len(matrix) == len(matrix.alternatives) == m
    assert matrix.criteria == tuple(f"C{j}" for j in range(1, n + 1))
    assert matrix.alternatives.tolist() == [f"A{i}" for i in range(1, m + 1)]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("order", ["C", "F"])
def test_floats_are_looked_at_read_only_and_not_copied(dtype, order):
    x = np.ones((3, 2), dtype=dtype, order=order)
    matrix = pm.DecisionMatrix(x, benefit=[True, False])
    assert np.shares_memory(matrix.x, x)
    assert matrix.x.dtype == dtype
    assert not matrix.x.flags.writeable
    assert x.flags.writeable


@pytest.mark.parametrize(
    "kind", [list, np.array, pd.DataFrame, lambda x: np.array(x, dtype=object)]
)
def test_lists_arrays_and_frames_of_numbers_are_tables(kind):
    matrix = pm.DecisionMatrix(kind([[1, 2], [3, 4]]), benefit=[True, False])
    assert matrix.x.dtype == float
    assert matrix.x.tolist() == [[1, 2], [3, 4]]


def test_directions_may_be_told_by_name():
    told = {"reach": True, "price": False}
    matrix = pm.DecisionMatrix([[1, 2]], criteria=["price", "reach"], benefit=told)
    assert matrix.benefit.tolist() == [False, True]
    assert matrix.column("reach") == 1


def test_values_that_are_no_numbers_are_named_by_row_and_column():
    x = [[1, np.nan], [np.inf, 2]]
    with pytest.raises(pm.MethodError) as caught:
        pm.DecisionMatrix(x, benefit=[True, True], criteria=["a", "b"], alternatives=["p", "q"])
    assert str(caught.value).splitlines() == [
        "column a: the value of 'q' is inf; every value must be a finite number; "
        "what is not known is for `evaluate`",
        "column b: the value of 'p' is nan; every value must be a finite number; "
        "what is not known is for `evaluate`",
    ]


@pytest.mark.parametrize(
    ("x", "code"),
    [
        ([1, 2], "matrix.table"),
        ([[[1]]], "matrix.table"),
        ([], "matrix.table"),
        ([[]], "matrix.table"),
        (np.ones((0, 3)), "matrix.table"),
        ([[1, 2], [3]], "matrix.numbers"),
        ([["1", "2"]], "matrix.numbers"),
        ([[1j, 2]], "matrix.numbers"),
        (np.array([["2020-01-01"]], dtype="M8[D]"), "matrix.numbers"),
        ([[object(), 1]], "matrix.numbers"),
    ],
)
def test_what_is_no_table_of_numbers_is_refused(x, code):
    with pytest.raises(pm.MethodError) as caught:
        pm.DecisionMatrix(x, benefit=[True])
    assert codes(caught) == [code]


def test_every_fault_is_told_at_once():
    with pytest.raises(pm.MethodError) as caught:
        pm.DecisionMatrix(
            [[1, np.nan], [2, 3]],
            benefit={"a": True, "z": -1},
            criteria=["a", "a"],
            alternatives=["p", "q", "r"],
            cities=["Dakar"],
        )
    assert set(codes(caught)) == {
        "matrix.criteria_repeated",
        "matrix.alternatives_number",
        "matrix.cities",
        "matrix.unknown_direction",
        "matrix.direction",
        "matrix.not_finite",
    }
    for language in ("en", "fr"):
        assert all(finding.text(language) for finding in caught.value.findings)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"benefit": [True]}, "matrix.directions"),
        ({"benefit": [1, -1]}, "matrix.direction"),
        ({"benefit": ["max", "min"]}, "matrix.direction"),
        ({"benefit": {"C1": True}}, "matrix.no_direction"),
        ({"benefit": [True, True], "criteria": ["a"]}, "matrix.criteria_number"),
        ({"benefit": [True, True], "alternatives": ["a", "a"]}, "matrix.alternatives_repeated"),
    ],
)
def test_names_and_directions_that_do_not_fit_are_refused(options, code):
    with pytest.raises(pm.MethodError) as caught:
        pm.DecisionMatrix([[1, 2], [3, 4]], **options)
    assert code in codes(caught)


def test_which_end_is_best_is_never_assumed():
    with pytest.raises(TypeError, match="benefit"):
        pm.DecisionMatrix([[1, 2]])


def test_a_matrix_cannot_be_changed():
    matrix = pm.DecisionMatrix([[1, 2]], benefit=[True, True])
    with pytest.raises(AttributeError):
        matrix.x = None
    with pytest.raises(ValueError, match="read-only"):
        matrix.benefit[0] = False
