"""Judgements handed over by a program: pairs, matrices, and every fault in them."""

import dataclasses
import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermcda.core.ahp.matrices import as_pairwise
from partnermcda.judgements import Judgements
from tests.judgements.files import codes, faults_of, note_codes
from tests.judgements.strategies import equal, judgements

NAN, INF = math.nan, math.inf
pairs = Judgements.from_pairs
matrix = Judgements.from_matrix
ABC = ("a", "b", "c")


def cells(a="a", b="b", node="goal", judgements_=None, name="matrices"):
    items = judgements_.items[node]
    return getattr(judgements_, name)[node][:, items.index(a), items.index(b)].tolist()


def test_pairs_are_laid_out_in_the_order_in_which_they_come():
    said_ = pairs([("ngo", "goal", "b", "a", 2), ("city", "sub", "x", "y", "1/3")])
    assert said_.judges == ("ngo", "city")
    assert dict(said_.items) == {"goal": ("b", "a"), "sub": ("x", "y")}
    assert said_.matrices["goal"][0].tolist() == [[1, 2], [0.5, 1]]
    assert np.isnan(said_.matrices["goal"][1, 0, 1])
    assert said_.matrices["goal"][1].diagonal().tolist() == [1, 1]


def test_a_mapping_and_tuples_say_the_same():
    mapping = {("a", "b"): 3, ("b", "c"): (1, 2)}
    assert equal(pairs(mapping), pairs([("a", "b", 3), ("b", "c", (1, 2))]))
    named = {("judge", "goal", *pair): value for pair, value in mapping.items()}
    assert equal(pairs(mapping), pairs(named))
    other = pairs({("j", "n", *pair): value for pair, value in mapping.items()})
    assert equal(pairs(mapping, node="n", judge="j"), other)


def test_names_are_taken_without_the_spaces_around_them():
    assert pairs({(" a ", "b"): 2, ("a", "c "): 3}).items["goal"] == ABC


@given(judgements())
def test_every_matrix_is_one_the_core_takes_and_bounds_lie_around_it(given_):
    for node in given_.items:
        low, mode, high = (x[node] for x in (given_.low, given_.matrices, given_.high))
        as_pairwise(mode)
        asked = ~np.isnan(mode)
        for end in (low, high):
            assert (asked == ~np.isnan(end)).all()
        assert (low[asked] <= mode[asked]).all()
        assert (mode[asked] <= high[asked]).all()
        assert np.allclose((low * np.swapaxes(high, -1, -2))[asked], 1)


@given(judgements(certain=True))
def test_certain_judgements_have_no_bounds_of_their_own(given_):
    for node, a in given_.matrices.items():
        assert np.array_equal(a, given_.low[node], equal_nan=True)
        assert np.array_equal(a, given_.high[node], equal_nan=True)


@given(judgements())
def test_a_pair_may_be_told_from_either_side(given_):
    turned = []
    for node, names in given_.items.items():
        for k, judge in enumerate(given_.judges):
            low, mode, high = (x[node][k] for x in (given_.low, given_.matrices, given_.high))
            turned += [(judge, node, name, name, 1) for name in names]
            turned += [
                (judge, node, names[j], names[i], (low[j, i], mode[j, i], high[j, i]))
                for i in range(len(names))
                for j in range(i + 1, len(names))
                if not np.isnan(mode[j, i])
            ]
    assert equal(pairs(turned), given_, exactly=False)


def test_an_interval_is_its_geometric_mean_with_mirrored_bounds():
    said_ = pairs({("a", "b"): (2, 8), ("a", "c"): (2, 3, 4)})
    assert cells(judgements_=said_) == [4]
    assert cells("b", "a", judgements_=said_, name="low") == [1 / 8]
    assert cells("b", "a", judgements_=said_, name="high") == [1 / 2]
    assert cells("c", "a", judgements_=said_) == [1 / 3]
    assert cells("a", "c", judgements_=said_, name="high") == [4]


@given(judgements())
def test_one_judge_has_the_same_nodes_and_nobody_elses_judgements(given_):
    for k, name in enumerate(given_.judges):
        one = given_.judge(name)
        assert one.judges == (name,)
        assert dict(one.items) == dict(given_.items)
        for node, a in one.matrices.items():
            assert np.array_equal(a[0], given_.matrices[node][k], equal_nan=True)


def test_a_judge_nobody_knows_is_told():
    (found,) = faults_of(pairs({("a", "b"): 2}).judge, "nobody")
    assert "nobody" in found.text()


def test_judgements_are_not_to_be_changed():
    given_ = np.array([[1, 2], [0.5, 1]])
    said_ = matrix(given_, ["a", "b"])
    given_[0, 1] = 9
    assert cells(judgements_=said_) == [2]
    with pytest.raises(ValueError, match="read-only"):
        said_.matrices["goal"][0, 0, 1] = 3
    with pytest.raises(TypeError):
        said_.matrices["goal"] = given_
    with pytest.raises(dataclasses.FrozenInstanceError):
        said_.file = "x"


@given(judgements(most_nodes=1, certain=True))
def test_a_stack_of_matrices_gives_its_judges_back(given_):
    ((node, names),) = given_.items.items()
    again = matrix(given_.matrices[node], names, node=node, judge=given_.judges)
    assert equal(again, given_)


def test_one_matrix_may_be_a_list_and_hold_gaps():
    said_ = matrix([[1, None, 2], [None, 1, 3], [0.5, 1 / 3, 1]], ABC)
    assert np.isnan(cells(judgements_=said_)).all()
    assert cells("a", "c", judgements_=said_) == [2]
    masked = np.ma.masked_greater([[1, 99], [99, 1]], 9)
    assert np.isnan(cells(judgements_=matrix(masked, ["a", "b"]))).all()


def test_one_thing_alone_and_two_things_are_judged_as_well():
    assert matrix([[1]], ["a"]).matrices["goal"].tolist() == [[[1]]]
    assert pairs([("a", "a", 1)]).matrices["goal"].tolist() == [[[1]]]


@pytest.mark.parametrize(
    ("a", "code"),
    [
        ([[1, 0], [INF, 1]], "matrix_infinite"),
        ([[1, 0], [2, 1]], "matrix_not_positive"),
        ([[1, -2], [0.5, 1]], "matrix_not_positive"),
        ([[2, 1], [1, 1]], "matrix_diagonal"),
        ([[1, NAN], [2, 1]], "matrix_one_sided"),
        ([[1, 3], [2, 1]], "matrix_not_reciprocal"),
        ([[1, 2, 3], [0.5, 1, 2]], "shape"),
    ],
)
def test_each_fault_of_a_matrix_is_told_in_names(a, code):
    (found,) = faults_of(matrix, a, ["cost", "reach"], judge="ngo")
    assert codes([found]) == [code]
    if code != "shape":
        assert "judge 'ngo', node 'goal'" in found.text()
        assert "'cost'" in found.text()


def test_a_pair_that_is_not_reciprocal_shows_both_judgements():
    (found,) = faults_of(matrix, [[1, 3], [2, 1]], ["cost", "reach"])
    assert "'cost' over 'reach' is 3, and 'reach' over 'cost' is 2" in found.text()


def test_text_in_a_matrix_is_told():
    assert faults_of(matrix, [[1, "x"], [2, 1]], ["a", "b"])[0].code == "pairwise.numbers"


def test_all_faults_of_a_stack_are_told_with_their_judges():
    stack = [[[1, 0], [2, 1]], [[1, 2], [0.5, 1]], [[1, 3], [3, 1]]]
    found = faults_of(matrix, stack, ["a", "b"], judge=["x", "y", "z"])
    assert [finding.details["judge"] for finding in found] == ["x", "z"]


@pytest.mark.parametrize(
    ("judges", "names", "code"),
    [
        (["x", "x"], ["a", "b"], "judge_repeated"),
        (["x", " "], ["a", "b"], "name_empty"),
        (["x", "y"], ["a", "a "], "item_repeated"),
        (["x", "y", "z"], ["a", "b"], "shape"),
        (["x", "y"], ["a", "b", "c"], "shape"),
        ([], ["a", "b"], "none"),
        (["x", "y"], [], "node_empty"),
    ],
)
def test_names_must_fit_the_matrices(judges, names, code):
    stack = np.ones((2, 2, 2))
    assert code in codes(faults_of(matrix, stack, names, judge=judges))


@pytest.mark.parametrize("order", [31, 32])
def test_more_than_thirty_things_are_refused_by_either_way(order):
    names = [f"c{j}" for j in range(order)]
    assert codes(faults_of(matrix, np.ones((order, order)), names)) == ["order"]
    chain = dict.fromkeys(pairwise(names), 2)
    (found,) = faults_of(pairs, chain)
    assert f"{order} things are compared in the node 'goal'" in found.text()


def test_thirty_things_are_taken():
    assert len(matrix(np.ones((30, 30)), [f"c{j}" for j in range(30)]).items["goal"]) == 30


@pytest.mark.parametrize(
    ("value", "code"),
    [(0, "zero"), (-2, "negative"), (INF, "infinite"), ("many", "text"), ((3, 2), "interval")],
)
def test_each_judgement_at_fault_is_told_with_its_place(value, code):
    (found,) = faults_of(pairs, [("a", "b", 1), ("b", "c", value)])
    assert codes([found]) == [code]
    assert found.row == 2


def test_all_faults_are_told_at_once():
    found = faults_of(
        pairs, [("a", "b", 0), ("a", "c", -1), ("b", "c"), ("a", "a", 2), ("b", 3, 1)]
    )
    assert sorted(codes(found)) == ["diagonal", "negative", "tuple", "tuple", "zero"]


def test_pairs_that_contradict_each_other_are_shown_both():
    (found,) = faults_of(pairs, [("a", "b", 3), ("a", "c", 2), ("a", "b", "1/2")])
    assert codes([found]) == ["contradiction"]
    assert "row 3: judge 'judge', node 'goal': 'a' over 'b' is 0.5 here, and 3 in row 1" in (
        found.text()
    )


def test_judgements_told_from_both_sides_must_be_reciprocal():
    (found,) = faults_of(pairs, [("a", "b", 3), ("b", "a", 2)])
    assert codes([found]) == ["reversed"]
    assert "'b' over 'a' is 2 here, and 'a' over 'b' is 3 in row 1" in found.text()


def test_bounds_that_contradict_each_other_are_told():
    (found,) = faults_of(pairs, [("a", "b", (2, 4)), ("b", "a", ("1/5", "1/2"))])
    assert "0.2..0.5" in found.text()
    assert "2..4" in found.text()
    again = pairs([("a", "b", (2, 4)), ("b", "a", ("1/4", "1/2"))])
    assert equal(pairs([("a", "b", (2, 4))]), again)


def test_the_same_judgement_again_counts_once_and_is_noted():
    said_ = pairs([("a", "b", 3), ("a", "b", "3"), ("b", "a", "1/3")])
    assert cells(judgements_=said_) == [3]
    assert note_codes(said_) == ["repeated"]
    assert said_.notes[0].details["count"] == 2


@given(st.integers(2, 9), st.integers(1, 6), st.booleans())
def test_a_rounded_reciprocal_is_the_exact_one(ratio, digits, first):
    rounded = round(1 / ratio, digits)
    two = [("a", "b", ratio), ("b", "a", rounded)]
    said_ = pairs(two if first else two[::-1])
    names = said_.items["goal"]
    assert said_.matrices["goal"][0][names.index("a"), names.index("b")] == ratio
    assert said_.matrices["goal"][0][names.index("b"), names.index("a")] == 1 / ratio
    exact = rounded == 1 / ratio
    assert note_codes(said_) == ["repeated" if exact else "rounded"]


@given(st.integers(2, 9), st.integers(1, 6), st.sampled_from([-1, 1]))
def test_what_is_further_off_than_rounding_is_a_contradiction(ratio, digits, side):
    text = f"{1 / ratio + side * 1.01 * 10.0**-digits:.{digits}f}"
    if float(text) > 0:
        assert codes(faults_of(pairs, [("a", "b", ratio), ("b", "a", text)])) == ["reversed"]


def test_a_judge_who_answered_nothing_is_told():
    (found,) = faults_of(pairs, [("x", "n", "a", "b", 2), ("y", "n", "a", "b", None)])
    assert codes([found]) == ["silent"]
    assert "the judge 'y' answered nothing; remove the judge, or ask again" in found.text()


def test_a_judge_may_leave_out_a_whole_node():
    said_ = pairs([("x", "n", "a", "b", 2), ("y", "m", "c", "d", 2)])
    assert np.isnan(said_.matrices["n"][1]).sum() == 2


def test_no_judgements_at_all_are_told():
    assert codes(faults_of(pairs, {})) == ["none"]


def test_what_is_put_together_by_hand_is_checked():
    ones = np.ones((1, 2, 2))
    make = Judgements
    assert codes(faults_of(make, ("x",), {"n": ("a", "b")}, {})) == ["node_without_matrix"]
    found = faults_of(make, ("x",), {"n": ("a", "b")}, {"n": ones, "m": ones})
    assert codes(found) == ["node_without_items"]
    low, wide = np.array([[[1, 2], [1 / 4, 1]]]), np.array([[[1, 4], [1 / 2, 1]]])
    mode = np.array([[[1, 3], [1 / 3, 1]]])
    make(("x",), {"n": ("a", "b")}, {"n": mode}, {"n": low}, {"n": wide})
    (found,) = faults_of(make, ("x",), {"n": ("a", "b")}, {"n": mode}, {"n": wide}, {"n": low})
    assert "is 3, its bounds 4 and 2" in found.text()
