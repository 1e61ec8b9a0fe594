"""Judgements of one judge or many become weights, and everything that matters is told."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermcda.core.ahp.consistency import consistency_index, consistency_ratio
from partnermcda.core.ahp.groups import pool, pool_priorities
from partnermcda.core.ahp.priorities import priorities
from partnermcda.core.ahp.random_index import random_index
from partnermcda.errors import JudgementsError, MethodError, WeightsError
from partnermcda.hierarchy import Hierarchy
from partnermcda.weighing.ahp import ahp_weights
from tests.weighing.groups import chain, group, square, stacks

POOLINGS = ("aij", "aip_geometric", "aip_arithmetic")
METHODS = ("eigenvector", "geometric_mean", "column_mean")
LETTERS = "abcdefghijklmnopqrst"
PUBLISHED = json.loads(
    (Path(__file__).parents[1] / "reference" / "ahp-group-aij-aip-three-judges-n5.json").read_text(
        encoding="utf-8"
    )
)

pooling = st.sampled_from(POOLINGS)
few = settings(max_examples=25, deadline=None)

CALM = square([2, 4, 2])
"""Consistent."""
TORN = square([5, 1 / 5, 5])
"""a over b over c over a: as inconsistent as can be."""


def goal(stack, judges=None):
    return group({"goal": (LETTERS[: stack.shape[-1]], stack)}, judges)


def quick(judgements, **options):
    """Weigh without looking for judgements to look at again."""
    return ahp_weights(judgements, limit=np.inf, **options)


def codes(error):
    return [finding.code for finding in error.findings]


def notes(judged, code):
    return [note for note in judged.notes if note.code == code]


def refused(*args, **options):
    with pytest.raises(WeightsError) as caught:
        ahp_weights(*args, **options)
    return caught.value


@few
@given(stacks(judges=st.just(1)), pooling, st.sampled_from(METHODS))
def test_one_judge_is_answered_as_by_the_core(stack, pooled, method):
    judged = quick(goal(stack), pooling=pooled, method=method)
    assert judged.weights.values == pytest.approx(priorities(stack[0], method), abs=1e-14)
    assert judged.consistency_ratio["goal"] == float(consistency_ratio(stack[0]))


@few
@given(stacks(judges=st.just(1)), st.integers(2, 5), pooling)
def test_equal_judges_are_one_judge(stack, count, pooled):
    alone = quick(goal(stack))
    together = quick(goal(np.repeat(stack, count, axis=0)), pooling=pooled)
    assert together.weights.values == pytest.approx(alone.weights.values, abs=1e-14)
    assert together.consistency_ratio == pytest.approx(alone.consistency_ratio, abs=1e-13)
    assert together.nodes[0].consensus == pytest.approx(1, abs=1e-12)
    assert together.nodes[0].distances == pytest.approx(1, abs=1e-7)


@few
@given(stacks(), pooling, st.randoms(use_true_random=False))
def test_the_order_of_judges_does_not_matter(stack, pooled, random):
    names = [f"judge {number}" for number in range(len(stack))]
    order = list(range(len(stack)))
    random.shuffle(order)
    one = quick(goal(stack, names), pooling=pooled)
    other = quick(goal(stack[order], [names[i] for i in order]), pooling=pooled)
    assert other.weights.values == pytest.approx(one.weights.values, abs=1e-14)
    assert other.nodes[0].consensus == pytest.approx(one.nodes[0].consensus, abs=1e-12)
    assert other.nodes[0].distances == pytest.approx(one.nodes[0].distances[order], rel=1e-9)


@few
@given(stacks(judges=st.integers(2, 5)), pooling)
def test_a_judge_of_weight_0_is_absent(stack, pooled):
    names = [f"judge {number}" for number in range(len(stack))]
    counts = dict.fromkeys(names, 1.0) | {names[0]: 0.0}
    with_zero = quick(goal(stack, names), pooling=pooled, judge_weights=counts)
    without = quick(goal(stack[1:], names[1:]), pooling=pooled)
    assert with_zero.weights.values == pytest.approx(without.weights.values, abs=1e-14)
    assert with_zero.nodes[0].consensus == pytest.approx(without.nodes[0].consensus, abs=1e-12)
    assert with_zero.nodes[0].distances[1:] == pytest.approx(without.nodes[0].distances)


@few
@given(stacks(judges=st.integers(2, 3)), pooling)
def test_a_judge_of_double_weight_counts_as_two(stack, pooled):
    names = [f"judge {number}" for number in range(len(stack))]
    counts = dict.fromkeys(names, 1.0) | {names[0]: 2.0}
    doubled = quick(goal(stack, names), pooling=pooled, judge_weights=counts)
    twice = quick(goal(np.concatenate([stack[:1], stack])), pooling=pooled)
    assert doubled.weights.values == pytest.approx(twice.weights.values, abs=1e-14)


@few
@given(stacks(), pooling, st.randoms(use_true_random=False))
def test_relabelling_the_items_relabels_the_weights(stack, pooled, random):
    order = list(range(stack.shape[-1]))
    random.shuffle(order)
    one = quick(goal(stack), pooling=pooled).weights.to_dict()
    moved = group({"goal": ([LETTERS[i] for i in order], stack[:, order][:, :, order])})
    other = quick(moved, pooling=pooled).weights.to_dict()
    assert list(other) == [LETTERS[i] for i in order]
    assert other == pytest.approx(one, abs=1e-12)


@few
@given(stacks(), st.sampled_from(METHODS))
def test_pooling_judgements_or_priorities_is_the_cores(stack, method):
    pooled = quick(goal(stack), method=method)
    assert pooled.nodes[0].matrix == pytest.approx(pool(stack), rel=1e-14)
    each = priorities(stack, method)
    for mean in ("geometric", "arithmetic"):
        judged = quick(goal(stack), method=method, pooling=f"aip_{mean}")
        assert judged.weights.values == pytest.approx(pool_priorities(each, mean=mean), abs=1e-14)
        assert judged.consistency_ratio == pooled.consistency_ratio


@pytest.mark.parametrize("entry", PUBLISHED["expected"], ids=lambda entry: entry["name"])
def test_the_published_group_gets_its_published_figures(entry):
    stack = np.array([[[number(x) for x in row] for row in a] for a in PUBLISHED["matrices"]])
    way = entry["name"] if entry["name"] in POOLINGS else "aij"
    method = "geometric_mean" if entry["name"] == "aij_geometric_mean" else "eigenvector"
    judged = ahp_weights(
        goal(stack), pooling=way, method=method, random_index=PUBLISHED["random_index"]
    )
    figures = {
        "pooled": judged.nodes[0].matrix,
        "consistency_ratio": judged.consistency_ratio["goal"],
    }
    figure = figures.get(entry["name"], judged.weights.values)
    assert figure == pytest.approx(np.array(entry["value"]), abs=1e-12)
    assert judged.random_index == PUBLISHED["random_index"]


def number(written):
    above, _, below = str(written).partition("/")
    return float(above) / float(below or 1)


RAGGED = {
    "goal": (("cost", "service"), [square([1 / 3])]),
    "service": (("reach", "trust", "time"), [CALM]),
    "time": (("start", "end"), [square([4])]),
}


def test_a_ragged_tree_is_read_off_the_nodes_and_gives_products_of_priorities():
    judged = ahp_weights(group(RAGGED))
    assert judged.hierarchy.root == "goal"
    expected = {
        "cost": 1 / 4,
        "reach": 3 / 4 * 4 / 7,
        "trust": 3 / 4 * 2 / 7,
        "start": 3 / 4 * 1 / 7 * 4 / 5,
        "end": 3 / 4 * 1 / 7 * 1 / 5,
    }
    assert judged.weights.to_dict() == pytest.approx(expected, abs=1e-15)
    assert list(judged.weights.names) == list(expected)
    assert judged.consistency_ratio == pytest.approx({"goal": 0, "service": 0, "time": 0})


def test_priorities_that_are_given_stand_where_nobody_judged():
    nodes = {name: RAGGED[name] for name in ("goal", "service")}
    tree = Hierarchy.of({name: items for name, (items, _) in RAGGED.items()})
    given_here = {"time": {"end": 3, "start": 1}}
    judged = ahp_weights(group(nodes), hierarchy=tree, local=given_here)
    assert judged.weights.to_dict()["start"] == pytest.approx(3 / 4 / 7 / 4)
    assert ahp_weights(group(nodes), local=given_here).weights.names[-2:] == ("end", "start")
    assert "time" not in judged.consistency_ratio
    assert judged.local["time"].tolist() == [0.25, 0.75]


def test_items_are_brought_into_the_order_of_the_hierarchy():
    tree = Hierarchy("goal", {"goal": ("c", "a", "b")})
    judged = ahp_weights(goal(CALM[None]), hierarchy=tree)
    assert judged.weights.to_dict() == pytest.approx({"c": 1 / 7, "a": 4 / 7, "b": 2 / 7})
    assert judged.nodes[0].matrix[0] == pytest.approx([1, 1 / 4, 1 / 2])


def test_a_node_with_one_item_needs_no_judgement():
    tree = Hierarchy("goal", {"goal": ("a", "b", "c"), "c": ("d",)})
    judged = ahp_weights(goal(CALM[None]), hierarchy=tree)
    assert judged.weights.to_dict() == pytest.approx({"a": 4 / 7, "b": 2 / 7, "d": 1 / 7})


@pytest.mark.parametrize("pooled", POOLINGS)
def test_a_judge_who_contradicts_themselves_too_much_is_left_out_and_listed(pooled):
    judgements = goal(np.array([CALM, TORN]), ["ngo", "water utility"])
    judged = ahp_weights(judgements, max_consistency_ratio=0.2, pooling=pooled)
    assert judged.weights.values == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    (out,) = judged.left_out
    assert (out.judge, out.node) == ("water utility", "goal")
    assert out.consistency_ratio == float(consistency_ratio(TORN))
    assert judged.nodes[0].judge_weights.tolist() == [1, 0]
    assert judged.nodes_frame()["left_out"].tolist() == [False, True]
    (note,) = notes(judged, "judged.left_out")
    assert "water utility" in note.text()
    assert "écartés" in note.text("fr")


def test_a_judge_is_left_out_of_one_node_alone():
    nodes = {"goal": ("ab", [square([3]), square([5])]), "b": ("xyz", [CALM, TORN])}
    judged = ahp_weights(group(nodes), max_consistency_ratio=0.2)
    assert judged.node("goal").judge_weights.tolist() == [0.5, 0.5]
    assert judged.node("b").judge_weights.tolist() == [1, 0]


def test_nobody_left_is_an_error_that_lists_everybody():
    error = refused(goal(np.array([TORN, TORN]), ["ngo", "bank"]), max_consistency_ratio=0.1)
    assert isinstance(error, JudgementsError)
    assert codes(error) == ["judged.nobody_left"]
    assert "ngo (3." in error.text()
    assert "bank (3," in error.text("fr")
    assert "cohérence" in error.text("fr")


def test_judges_who_answered_count_and_the_silent_are_told_with_their_number():
    silent = chain(3)
    nodes = {"goal": ("abc", [CALM, silent, silent]), "c": ("xy", [square([v]) for v in (1, 2, 3)])}
    judged = ahp_weights(group(nodes))
    assert judged.node("goal").judges == ("judge 1",)
    assert judged.node("goal").priorities == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    (note,) = notes(judged, "judged.silent")
    assert "there: 2: judge 2" in note.text()
    assert "judge 2, judge 3" in note.text("fr")
    assert judged.nodes_frame().groupby("node").size().to_dict() == {"goal": 1, "c": 3}


def test_judges_in_pieces_make_a_whole_together():
    halves = [chain(4, ab=2, cd=2), chain(4, bc=2)]
    judged = ahp_weights(goal(np.array(halves)))
    assert judged.weights.values == pytest.approx(np.array([8, 4, 2, 1]) / 15)
    node = judged.nodes[0]
    assert np.isnan(node.judge_consistency).all()
    assert np.isnan(node.judge_priorities).all()
    assert np.isnan(node.consensus)
    told = notes(judged, "judged.in_pieces")
    assert ["a, b | c, d" in told[0].text(), "a | b, c | d" in told[1].text("fr")] == [True, True]


def test_a_judge_in_pieces_stands_beside_the_others():
    judged = ahp_weights(goal(np.array([CALM, chain(3, ab=8)])), max_consistency_ratio=0.1)
    node = judged.nodes[0]
    assert np.isnan(node.judge_consistency).tolist() == [False, True]
    assert node.judge_weights.tolist() == [0.5, 0.5]
    assert node.matrix[0, 1] == pytest.approx(4)
    assert node.consensus == 1


@pytest.mark.parametrize("pooled", POOLINGS[1:])
def test_pooled_priorities_need_each_judge_to_link_all_items(pooled):
    halves = [chain(4, ab=2, cd=2), chain(4, bc=2)]
    error = refused(goal(np.array(halves), ["ngo", "bank"]), pooling=pooled)
    assert codes(error) == ["judged.judge_not_linked"] * 2
    assert "'ngo' in the node 'goal' do not link the items a, b | c, d" in error.text()
    assert "« bank »" in error.text("fr")


def test_pooled_judgements_need_the_group_to_link_all_items():
    error = refused(goal(np.array([chain(4, ab=2), chain(4, cd=3)])))
    assert codes(error) == ["judged.not_linked"]
    assert "a, b | c, d" in error.text()
    assert "de part et d'autre" in error.text("fr")


def test_faults_of_all_nodes_are_told_together():
    nodes = {"goal": ("abc", [chain(3, ab=2)]), "c": ("xyz", [chain(3, bc=2)])}
    error = refused(group(nodes))
    assert codes(error) == ["judged.not_linked"] * 2


def test_judgements_that_do_not_fit_the_tree_are_refused_with_every_fault():
    tree = Hierarchy("goal", {"goal": ("a", "b", "d"), "d": ("x", "y"), "b": ("u", "v")})
    nodes = {"goal": ("abc", [CALM]), "other": ("xy", [square([2])])}
    error = refused(group(nodes), hierarchy=tree)
    assert sorted(codes(error)) == [
        "judged.item_missing",
        "judged.item_unknown",
        "judged.node_unknown",
        "judged.not_judged",
    ]
    for language in ("en", "fr"):
        text = error.text(language)
        assert all(part in text for part in ("other", "b (u, v); d (x, y)", "a, b, d"))


def test_a_node_both_judged_and_given_is_refused():
    error = refused(goal(CALM[None]), local={"goal": {"a": 1, "b": 1, "c": 1}})
    assert codes(error) == ["judged.given_too"]
    assert "gardez" in error.text("fr")


def test_priorities_of_a_node_that_is_not_there_are_refused():
    tree = Hierarchy("goal", {"goal": ("a", "b", "c")})
    error = refused(goal(CALM[None]), hierarchy=tree, local={"ghost": {"a": 1}})
    assert codes(error) == ["hierarchy.local_unknown"]


def test_weights_of_judges_are_checked_by_name():
    judgements = goal(np.array([CALM, CALM]), ["ngo", "bank"])
    error = refused(judgements, judge_weights={"ngo": -1, "nog": 1})
    assert codes(error) == ["judged.judge_unknown", "judged.judge_weight", "judged.judge_missing"]
    assert "les juges sont ngo, bank" in error.text("fr")
    zero = refused(judgements, judge_weights={"ngo": 0, "bank": 0})
    assert codes(zero) == ["judged.judges_zero"]
    infinite = refused(judgements, judge_weights={"ngo": 1, "bank": float("inf")})
    assert "∞" in infinite.text()


def test_a_node_in_which_only_judges_of_weight_0_answered_is_refused():
    nodes = {"goal": ("abc", [CALM, chain(3)]), "c": ("xy", [square([2]), square([3])])}
    error = refused(group(nodes, ["ngo", "bank"]), judge_weights={"ngo": 0, "bank": 1})
    assert codes(error) == ["judged.no_weight_here"]
    assert "poids nul" in error.text("fr")


@pytest.mark.parametrize("name", ["max_consistency_ratio", "limit"])
@pytest.mark.parametrize("ratio", [-0.1, float("nan")])
def test_a_ratio_that_is_none_is_refused(name, ratio):
    error = refused(goal(CALM[None]), **{name: ratio})
    assert codes(error) == ["judged.ratio"]
    assert name in error.text("fr")


@pytest.mark.parametrize(
    "option", [{"pooling": "vote"}, {"method": "magic"}, {"missing": "guess"}, {"beyond": "shrug"}]
)
def test_an_option_that_is_none_is_refused(option):
    with pytest.raises(MethodError) as caught:
        ahp_weights(goal(chain(3, ab=2, bc=2)[None]), **option)
    assert next(iter(option.values())) in caught.value.text("fr")


def test_orders_beyond_the_table_are_refused_or_simulated_by_choice():
    wide = group({"goal": (LETTERS[:11], [np.ones((11, 11))])})
    error = refused(wide, random_index="saaty-1980")
    assert codes(error) == ["ahp.order"]
    assert error.findings[0].path == "goal"
    judged = ahp_weights(wide, random_index="saaty-1980", beyond="simulate")
    assert judged.random_index == "saaty-1980, simulated"
    assert judged.consistency_ratio["goal"] == pytest.approx(0, abs=1e-12)


def test_the_table_that_was_used_is_told():
    gaps = goal(chain(4, ab=2, bc=3, cd=2, ad=9)[None])
    assert ahp_weights(gaps).random_index == "alonso-lamata, incomplete"
    assert ahp_weights(gaps).weights.random_index == "alonso-lamata, incomplete"
    assert ahp_weights(goal(CALM[None]), random_index=0.5).random_index == "0.5"
    assert ahp_weights(gaps, random_index=0.5).random_index == "0.5, incomplete"
    assert ahp_weights(goal(CALM[None]), random_index="saaty-2007").random_index == "saaty-2007"


def test_two_items_are_always_consistent():
    assert ahp_weights(goal(square([9])[None])).consistency_ratio == {"goal": 0}


def test_contradictions_are_told_and_suggested_but_never_applied():
    judged = ahp_weights(goal(np.array([CALM, TORN]), ["ngo", "bank"]))
    node = judged.nodes[0]
    assert node.matrix == pytest.approx(pool(np.array([CALM, TORN])))
    assert node.suggestions[0].judge == ""
    own = [one for one in node.suggestions if one.judge]
    assert {one.judge for one in own} == {"bank"}
    assert own[0].before == float(consistency_ratio(TORN))
    assert own[0].after < own[0].before
    assert judged.worst_judgement == node.suggestions[0]
    (note,) = notes(judged, "judged.inconsistent_judges")
    assert "1 of 2: bank (3." in note.text()
    assert "1 sur 2 : bank" in note.text("fr")
    assert "0.1" in notes(judged, "judged.inconsistent")[0].text()


def test_one_wrong_judgement_among_consistent_ones_is_found_and_set_right():
    w = np.array([8.0, 4.0, 2.0, 1.0])
    wrong = np.divide.outer(w, w)
    wrong[0, 3], wrong[3, 0] = 1 / 8, 8.0
    worst = ahp_weights(goal(wrong[None])).worst_judgement
    assert (worst.judge, worst.node, worst.a, worst.b) == ("", "goal", "d", "a")
    assert (worst.value, worst.suggested) == (8, 1 / 8)
    assert worst.after == pytest.approx(0, abs=1e-9)


@few
@given(stacks(orders=st.just(4)))
def test_suggestions_follow_on_one_another(stack):
    judged = ahp_weights(goal(stack))
    node = judged.nodes[0]
    ratios = dict(zip(node.judges, node.judge_consistency, strict=True))
    ratios[""] = node.consistency_ratio
    for judge in {one.judge for one in node.suggestions}:
        steps = [one for one in node.suggestions if one.judge == judge]
        befores = [ratios[judge], *(step.after for step in steps[:-1])]
        assert [step.before for step in steps] == befores
        assert all(step.value >= 1 and step.after < step.before for step in steps)
        assert ratios[judge] > 0.1
    worst = [ratios[one.judge] for one in node.suggestions if one.judge]
    assert worst == sorted(worst, reverse=True)


def test_nothing_is_suggested_below_the_limit():
    judged = ahp_weights(goal(np.array([CALM, TORN])), limit=np.inf)
    assert judged.nodes[0].suggestions == ()
    assert judged.worst_judgement is None
    assert judged.notes == ()


def test_who_stands_far_from_the_group_is_told():
    near = [square([2, 4, 2]), square([2, 4, 3]), square([3, 4, 2]), square([2, 5, 2])]
    judged = ahp_weights(goal(np.array([*near, square([1 / 9, 1 / 9, 1])])))
    assert judged.nodes[0].stands_far.tolist() == [False] * 4 + [True]
    assert judged.nodes_frame()["stands_far"].tolist() == [False] * 4 + [True]


def test_results_are_read_only():
    judged = ahp_weights(goal(CALM[None]))
    for array in (judged.judge_weights, judged.nodes[0].matrix, judged.nodes[0].priorities):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 2


def test_the_table_of_leaves_has_a_row_for_each():
    frame = ahp_weights(group(RAGGED)).to_frame()
    assert frame["criterion"].tolist() == ["cost", "reach", "trust", "start", "end"]
    assert frame["node"].tolist() == ["goal", "service", "service", "time", "time"]
    assert frame["local_priority"].to_numpy() == pytest.approx([1 / 4, 4 / 7, 2 / 7, 4 / 5, 1 / 5])
    assert frame["weight"].sum() == pytest.approx(1)
    assert frame["consensus"].tolist() == [1] * 5


def test_the_index_of_incomplete_matrices_divides_their_consistency_index():
    a = chain(4, ab=2, bc=3, cd=2, ad=1, ac=5)
    by_hand = float(consistency_index(a)) / random_index(4, "alonso-lamata", missing=1)
    assert ahp_weights(goal(a[None])).consistency_ratio["goal"] == pytest.approx(by_hand)
