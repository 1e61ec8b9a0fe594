"""Judgements that were not asked: filled in three ways, or refused where nothing leads to them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from partnermcda.core.ahp.connection import connected, connected_parts
from partnermcda.core.ahp.missing import COMPLETIONS, complete
from partnermcda.core.ahp.priorities import PRIORITIZATIONS, principal_eigenvalue, priorities
from partnermcda.errors import JudgementsError, MethodError
from tests.core.ahp.gapped import chained, gapped, gapped_stack
from tests.core.ahp.judged import judged

NAN = np.nan
FEW = settings(max_examples=50, deadline=None)
METHODS = st.sampled_from(COMPLETIONS)
BOZOKI = np.array([[1, 1, 5, 2], [1, 1, 3, 4], [1 / 5, 1 / 3, 1, NAN], [1 / 2, 1 / 4, NAN, 1]])
PATH = np.array([[1, 2, NAN], [1 / 2, 1, 2], [NAN, 1 / 2, 1]])


def eigenpairs(a):
    """Principal eigenvalue with right and left eigenvectors, by full decomposition."""
    values, vectors = np.linalg.eig(a)
    x = np.abs(vectors[:, values.real.argmax()].real)
    lefts, vectors = np.linalg.eig(a.T)
    y = np.abs(vectors[:, lefts.real.argmax()].real)
    return values.real.max(), x, y / (y @ x)


def slopes(a, gaps):
    """Derivatives of the principal eigenvalue by the logarithms of the gaps."""
    _, x, y = eigenpairs(a)
    flow = y[:, None] * a * x
    return np.where(gaps, flow - flow.T, 0)


def test_the_published_example_of_the_optimal_completion():
    # S. Bozóki, J. Fülöp and L. Rónyai 2010, example 3; the optimum is sqrt(2/5 * 4/3).
    filled = complete(BOZOKI, "optimal")
    assert filled[2, 3] == pytest.approx(0.730296743340221, abs=1e-8)
    assert priorities(BOZOKI, missing="optimal") == pytest.approx(
        [0.3737868843406158, 0.3919925483369159, 0.0984842176855075, 0.1357363496369609], abs=1e-8
    )
    assert float(principal_eigenvalue(filled)) == pytest.approx(4.092367293939258, abs=1e-8)


def test_harker_s_matrix_of_a_path_has_the_order_as_its_eigenvalue():
    filled = complete(PATH, "harker")
    assert filled[0, 2] == pytest.approx(4, abs=1e-12)
    assert priorities(PATH, missing="harker") == pytest.approx([4 / 7, 2 / 7, 1 / 7], abs=1e-12)


@given(gapped(), METHODS)
@FEW
def test_what_was_asked_keeps_its_bits_and_what_was_not_is_reciprocal(a, method):
    filled = complete(a, method)
    asked = ~np.isnan(a)
    assert (filled[asked] == a[asked]).all()
    assert (filled > 0).all()
    assert filled * filled.T == pytest.approx(np.ones(a.shape), abs=1e-12)


@given(judged((1, 6)), METHODS)
@FEW
def test_a_complete_matrix_comes_back_untouched(a, method):
    assert (complete(a, method) == a).all()
    assert np.shares_memory(complete(a, method), a)


@given(gapped(), METHODS, st.data())
@FEW
def test_relabelling_relabels_the_completion(a, method, data):
    order = np.ix_(*[data.draw(st.permutations(range(len(a))))] * 2)
    assert np.log(complete(a[order], method)) == pytest.approx(
        np.log(complete(a, method)[order]), abs=1e-9
    )


@given(chained(), METHODS)
@FEW
def test_a_tree_of_judgements_gives_the_ratios_of_its_chains_by_every_method(tree, method):
    weights, a = tree
    filled = complete(a, method)
    assert np.log(filled) == pytest.approx(np.log(weights[:, None] / weights), abs=1e-9)
    for prioritization in PRIORITIZATIONS:
        assert priorities(a, prioritization, missing=method) == pytest.approx(weights, abs=1e-9)


@given(gapped())
@FEW
def test_least_squares_fills_with_ratios_of_the_geometric_means_of_what_results(a):
    filled = complete(a)
    means = np.exp(np.log(filled).mean(axis=1))
    gaps = np.isnan(a)
    assert filled[gaps] == pytest.approx((means[:, None] / means)[gaps], rel=1e-10)


@given(gapped())
@FEW
def test_harker_fills_with_ratios_of_the_eigenvector_of_what_results(a):
    filled = complete(a, "harker")
    _, x, _ = eigenpairs(filled)
    gaps = np.isnan(a)
    assert filled[gaps] == pytest.approx((x[:, None] / x)[gaps], rel=1e-8)


@given(gapped())
@FEW
def test_no_other_completion_has_a_smaller_eigenvalue_than_the_optimal_one(a):
    least = principal_eigenvalue(a, missing="optimal")
    for other in ("least_squares", "harker"):
        assert least <= principal_eigenvalue(a, missing=other) + 1e-10


@given(gapped())
@FEW
def test_the_eigenvalue_is_flat_at_the_optimum(a):
    assert slopes(complete(a, "optimal"), np.isnan(a)) == pytest.approx(0, abs=1e-10)


@pytest.mark.parametrize("missing", [30, 300, 406])
def test_thirty_things_with_hundreds_of_gaps_are_completed(missing):
    a = gapped_stack(1, 30, missing if missing < 406 else 300, seed=missing)[0]
    if missing == 406:
        # A path: the pairs asked are as few, and as far apart, as can be.
        steps = np.abs(np.subtract.outer(np.arange(30), np.arange(30)))
        a = np.where(steps <= 1, complete(a), NAN)
    assert np.count_nonzero(np.isnan(a)) == 2 * missing
    assert slopes(complete(a, "optimal"), np.isnan(a)) == pytest.approx(0, abs=1e-10)


@pytest.mark.parametrize("method", COMPLETIONS)
@pytest.mark.parametrize("order", [4, 7, 12])
def test_a_stack_has_the_bits_of_its_matrices_each_with_gaps_of_its_own(order, method):
    stack = gapped_stack(30, order, [0, 1, 2, 3, 2], seed=order)
    alone = np.array([complete(a, method) for a in stack])
    assert (complete(stack, method) == alone).all()
    assert (complete(stack.reshape(5, 6, order, order), method).reshape(alone.shape) == alone).all()


@pytest.mark.parametrize("method", COMPLETIONS)
def test_parts_that_nothing_links_are_named_with_their_matrices(method):
    unlinked = np.array(
        [[1, NAN, 3, NAN], [NAN, 1, NAN, NAN], [1 / 3, NAN, 1, NAN], [NAN, NAN, NAN, 1]]
    )
    with pytest.raises(JudgementsError) as caught:
        complete(np.array([unlinked, BOZOKI, unlinked.T]), method)
    assert [finding.code for finding in caught.value.findings] == ["ahp.not_linked"] * 2
    assert [finding.details["matrix"] for finding in caught.value.findings] == [1, 3]
    assert "1, 3 | 2 | 4" in str(caught.value)
    assert "rows 1 and 2" in str(caught.value)


def test_a_judge_who_answered_nothing_is_refused():
    with pytest.raises(JudgementsError, match=r"matrix 1: .*: 1 \| 2 \| 3"):
        complete(np.where(np.eye(3, dtype=bool), 1, NAN))


@pytest.mark.parametrize("method", ["harker", "optimal"])
def test_contradictions_beyond_what_can_be_computed_are_refused_not_filled(method):
    huge = np.exp(100.0)
    a = np.array([[1, huge, 1, 1], [1, 1, huge, 1], [1, 1, 1, NAN], [1, 1, NAN, 1]])
    a[[1, 2], [0, 1]] = 1 / huge
    with pytest.raises(JudgementsError, match="matrix 2: the judgements are so extreme") as caught:
        complete(np.array([BOZOKI, a]), method)
    assert len(caught.value.findings) == 1


def test_ratios_beyond_all_numbers_are_refused_not_made_infinite():
    a = np.array([[1, 1e300, NAN], [1e-300, 1, 1e300], [NAN, 1e-300, 1]])
    with pytest.raises(JudgementsError, match="matrix 1"):
        complete(a)


def test_an_unknown_way_to_complete_is_refused_with_those_there_are():
    with pytest.raises(MethodError, match="least_squares, harker, optimal"):
        complete(np.ones((2, 2)), "best")


@given(st.integers(1, 9).flatmap(lambda order: arrays(bool, (order, order))))
def test_two_things_share_a_part_if_a_way_leads_from_one_to_the_other(links):
    asked = links | links.T
    order = len(asked)
    ways = np.linalg.matrix_power((asked | np.eye(order, dtype=bool)).astype(int), order) > 0
    parts = connected_parts(asked)
    assert sorted(place for part in parts for place in part) == list(range(order))
    for part in parts:
        assert all(tuple(np.flatnonzero(ways[place]).tolist()) == part for place in part)
    assert connected(asked) == (len(parts) == 1)
