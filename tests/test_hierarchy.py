"""Hierarchies: trees of any depth, whose leaves share the weight of the goal."""

import copy

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermcda.errors import WeightsError
from partnermcda.hierarchy import Hierarchy, global_priorities, leaf_weights, synthesize
from partnermcda.weights import Weights

MODES = ("distributive", "ideal")
TREE = Hierarchy("goal", {"goal": ("cost", "service"), "service": ("reach", "trust")})
LOCAL = {"goal": [1, 3], "service": [2, 1]}
RATINGS = {"cost": [2, 4, 4], "reach": [1, 2, 3], "trust": [3, 0, 1]}
shares = st.floats(1e-3, 1e3)


@st.composite
def trees(draw, most=9):
    """Ragged trees: everything that comes in stands under anything that is there already."""
    children = {"n0": []}
    for number in range(1, draw(st.integers(2, most))):
        above = draw(st.sampled_from([f"n{i}" for i in range(number)]))
        children.setdefault(above, []).append(f"n{number}")
    return Hierarchy.of({node: tuple(items) for node, items in children.items()})


@st.composite
def weighed(draw, ratings=False):
    """A tree, local priorities of its nodes and, if asked for, ratings of three alternatives."""
    tree = draw(trees())
    local = {
        node: draw(st.lists(shares, min_size=len(items), max_size=len(items)))
        for node, items in tree.children.items()
    }
    if not ratings:
        return tree, local
    rows = st.lists(shares, min_size=3, max_size=3)
    return tree, local, {leaf: draw(rows) for leaf in tree.leaves}


def renamed(tree, local, name):
    children = {name(n): tuple(map(name, items)) for n, items in tree.children.items()}
    return Hierarchy.of(children), {name(node): values for node, values in local.items()}


def under(tree, name):
    """Leaves below a name, or the leaf itself."""
    return [leaf for leaf in tree.leaves if name in tree.path(leaf)]


def faults(call, *arguments, **options):
    """Codes of all findings a call raises, each said in both languages."""
    with pytest.raises(WeightsError) as caught:
        call(*arguments, **options)
    for language in ("en", "fr"):
        assert all(finding.text(language) for finding in caught.value.findings)
    return [finding.code.removeprefix("hierarchy.") for finding in caught.value.findings]


# The tree


@given(trees())
def test_every_name_is_a_node_or_a_leaf_and_has_one_path_from_the_root(tree):
    names = {tree.root} | {item for items in tree.children.values() for item in items}
    assert set(tree.nodes) == set(tree.children)
    assert set(tree.nodes) | set(tree.leaves) == names
    assert len(tree.nodes) + len(tree.leaves) == len(names)
    for name in names:
        *above, last = tree.path(name)
        assert (tree.path(name)[0], last) == (tree.root, name)
        assert above == [] or tree.parent(name) == above[-1]
        assert tree.level(name) == len(above)


@given(trees())
def test_nodes_and_leaves_are_read_from_left_to_right(tree):
    def down(name):
        yield name
        for item in tree.children.get(name, ()):
            yield from down(item)

    order = list(down(tree.root))
    assert tree.nodes == tuple(name for name in order if name in tree.children)
    assert tree.leaves == tuple(name for name in order if name not in tree.children)


@given(trees(), st.randoms())
def test_nodes_may_come_in_any_order(tree, random):
    nodes = list(tree.children.items())
    random.shuffle(nodes)
    assert Hierarchy.of(dict(nodes)) == tree


def test_a_hierarchy_keeps_its_items_whatever_becomes_of_what_it_was_made_from():
    items = ["cost", "reach"]
    tree = Hierarchy.of({"goal": items})
    items.append("trust")
    assert tree.children == {"goal": ("cost", "reach")}


def test_a_hierarchy_can_be_copied():
    copied = copy.deepcopy(TREE)
    assert copied == TREE
    assert copied.path("trust") == TREE.path("trust")


def test_a_tree_may_be_deeper_than_pythons_stack():
    deep = Hierarchy.of({str(level): (str(level + 1),) for level in range(5000)})
    assert deep.leaves == ("5000",)
    assert deep.level("5000") == 5000
    assert leaf_weights(deep, {}).to_dict() == {"5000": 1.0}


def test_the_root_stands_under_no_node():
    with pytest.raises(KeyError):
        TREE.parent("goal")


def test_a_name_that_is_not_there_is_a_key_error():
    for look in (TREE.parent, TREE.path, TREE.level):
        with pytest.raises(KeyError):
            look("speed")


@pytest.mark.parametrize(
    ("children", "codes"),
    [
        ({}, ["no_top"]),
        ({"a": ("b",), "c": ("d",)}, ["tops"]),
        ({"a": ("b",), "b": ("a",)}, ["no_top", "cycle"]),
        ({"a": ("a",)}, ["no_top", "cycle"]),
        ({"a": ("b", "c"), "b": ("d",), "c": ("d",)}, ["two_nodes"]),
        ({"a": ("b", "c"), "b": ()}, ["no_items"]),
        ({"a": ("b", "b")}, ["repeated"]),
        ({"a": ("b", " ")}, ["item_name"]),
        ({"a": ("b", 3)}, ["item_name"]),
        ({"a": ("b",), "": ("c",)}, ["node_name"]),
        ({"a": "bc"}, ["items"]),
        ({"a": None}, ["items"]),
        ({"a": ("b", "c"), "d": ("e", "f"), "e": ("d",)}, ["cycle"]),
    ],
)
def test_what_is_no_tree_is_refused(children, codes):
    assert faults(Hierarchy.of, children) == codes


@pytest.mark.parametrize("root", ["b", "x", ""])
def test_a_root_that_is_not_at_the_top_is_refused(root):
    assert faults(Hierarchy, root, {"a": ("b", "c"), "b": ("d", "e")}) == ["root"]


def test_all_faults_of_a_tree_are_told_at_once():
    children = {
        "a": ("b", "b", ""),
        "b": (),
        "c": ("b", "d"),
        "e": ("f",),
        "f": ("e",),
        "g": ("h",),
        "h": ("g",),
    }
    with pytest.raises(WeightsError) as caught:
        Hierarchy.of(children)
    assert caught.value.text().splitlines() == [
        "an item of node 'a' is named ''; a name is a text that is not empty",
        "node 'b' has no items; name what stands under it, or leave it out: "
        "what has no items is a leaf",
        "several nodes stand at the top: a, c; "
        "put all but one of them, the goal, under other nodes",
        "node 'a' names the item 'b' more than once; name each item once",
        "'b' stands under several nodes: a, c; put it under one of them; "
        "where it counts in both, give each its own name",
        "a node stands under itself: e > f > e; a hierarchy leads down only: "
        "take one of these out of the items of the one before it",
        "a node stands under itself: g > h > g; a hierarchy leads down only: "
        "take one of these out of the items of the one before it",
    ]


# Priorities


@given(weighed())
def test_leaves_share_the_weight_of_the_goal(given):
    tree, local = given
    found = global_priorities(tree, local)
    assert found[tree.root] == 1
    assert sum(found[leaf] for leaf in tree.leaves) == pytest.approx(1, abs=1e-12)


@given(weighed())
def test_a_node_counts_as_much_as_the_leaves_below_it(given):
    tree, local = given
    found = global_priorities(tree, local)
    for node in tree.nodes:
        below = sum(found[leaf] for leaf in under(tree, node))
        assert found[node] == pytest.approx(below, rel=1e-12)


@given(weighed())
def test_within_a_node_global_priorities_keep_the_proportions_of_the_local_ones(given):
    tree, local = given
    found = global_priorities(tree, local)
    for node, items in tree.children.items():
        expected = np.array(local[node]) / sum(local[node]) * found[node]
        assert [found[item] for item in items] == pytest.approx(expected, rel=1e-12)


@given(weighed())
def test_names_mean_nothing(given):
    tree, local = given
    plain = leaf_weights(tree, local)
    other = leaf_weights(*renamed(tree, local, lambda name: f"« {name} »"))
    assert other.names == tuple(f"« {name} »" for name in plain.names)
    assert other.values.tolist() == plain.values.tolist()


@given(weighed(), st.randoms())
def test_the_order_of_siblings_changes_no_weight(given, random):
    tree, local = given
    children, moved = {}, {}
    for node, items in tree.children.items():
        order = random.sample(range(len(items)), len(items))
        children[node] = tuple(items[i] for i in order)
        moved[node] = [local[node][i] for i in order]
    other = leaf_weights(Hierarchy.of(children), moved).to_dict()
    assert other == pytest.approx(leaf_weights(tree, local).to_dict(), rel=1e-12)


@given(weighed(), st.floats(1e-100, 1e100))
def test_the_scale_of_direct_ratings_of_a_node_means_nothing(given, factor):
    tree, local = given
    scaled = {node: np.array(values) * factor for node, values in local.items()}
    other = leaf_weights(tree, scaled).to_dict()
    assert other == pytest.approx(leaf_weights(tree, local).to_dict(), rel=1e-12)


@given(st.lists(shares, min_size=1, max_size=8))
def test_a_tree_of_one_level_gives_the_local_priorities_back(values):
    names = tuple(f"c{j}" for j in range(len(values)))
    weights = leaf_weights(Hierarchy("goal", {"goal": names}), {"goal": values})
    assert weights.names == names
    assert weights.values.tolist() == Weights(names, np.array(values)).values.tolist()


def test_local_priorities_are_given_in_order_or_by_name():
    in_order = leaf_weights(TREE, LOCAL).to_dict()
    by_name = {"goal": {"service": 3, "cost": 1}, "service": Weights(("trust", "reach"), [1, 2])}
    assert leaf_weights(TREE, by_name).to_dict() == in_order
    assert in_order == pytest.approx({"cost": 0.25, "reach": 0.5, "trust": 0.25})


def test_a_single_item_needs_no_priorities_and_gets_all_its_node_has():
    tree = Hierarchy("goal", {"goal": ("cost", "service"), "service": ("reach",)})
    assert leaf_weights(tree, {"goal": [1, 3]}).to_dict() == {"cost": 0.25, "reach": 0.75}
    assert leaf_weights(tree, {"goal": [1, 3], "service": [7]}).to_dict()["reach"] == 0.75


def test_an_item_may_count_for_nothing_and_so_does_all_below_it():
    assert leaf_weights(TREE, {**LOCAL, "goal": [1, 0]}).to_dict() == {
        "cost": 1.0,
        "reach": 0.0,
        "trust": 0.0,
    }


def test_weights_of_leaves_carry_where_they_come_from():
    weights = leaf_weights(
        TREE, LOCAL, consistency={"goal": 0.02}, random_index="saaty-1980", source="ngo"
    )
    assert weights.consistency == {"goal": 0.02}
    assert (weights.random_index, weights.source) == ("saaty-1980", "ngo")


@pytest.mark.parametrize(
    ("local", "codes"),
    [
        ({}, ["local_missing", "local_missing"]),
        ({**LOCAL, "cost": [1]}, ["local_unknown"]),
        ({**LOCAL, "goal": [1, 2, 3]}, ["weights.shape"]),
        ({**LOCAL, "goal": [1, -1]}, ["weights.value"]),
        ({**LOCAL, "goal": [1, np.nan]}, ["weights.value"]),
        ({**LOCAL, "goal": [0, 0]}, ["weights.all_zero"]),
        ({**LOCAL, "goal": ["a", 1]}, ["weights.numbers"]),
        ({**LOCAL, "goal": {"cost": 1}}, ["weights.missing"]),
        (
            {"speed": [1], "service": [1, np.inf]},
            ["local_unknown", "local_missing", "weights.value"],
        ),
    ],
)
def test_local_priorities_that_do_not_fit_are_refused_all_at_once(local, codes):
    assert faults(global_priorities, TREE, local) == codes


def test_a_fault_of_priorities_is_told_with_its_node():
    with pytest.raises(WeightsError, match=r"^service: the weight of 'trust' is -1"):
        leaf_weights(TREE, {"goal": [1, 3], "service": [2, -1]})


# Synthesis


@given(weighed(ratings=True), st.sampled_from(MODES))
def test_scores_are_shares_in_either_mode(given, mode):
    scores = synthesize(*given, mode=mode)
    assert scores.shape == (3,)
    assert (scores > 0).all()
    assert scores.sum() == pytest.approx(1, abs=1e-12)


@given(weighed(ratings=True), st.sampled_from(MODES), st.floats(1e-150, 1e150))
def test_the_scale_of_ratings_under_a_leaf_means_nothing(given, mode, factor):
    tree, local, ratings = given
    leaf = tree.leaves[0]
    scaled = {**ratings, leaf: np.array(ratings[leaf]) * factor}
    plain = synthesize(tree, local, ratings, mode=mode)
    assert synthesize(tree, local, scaled, mode=mode) == pytest.approx(plain, rel=1e-12)


@given(weighed(ratings=True), st.sampled_from(MODES), st.permutations(range(3)))
def test_permuting_alternatives_permutes_their_scores(given, mode, order):
    tree, local, ratings = given
    moved = {leaf: np.array(values)[order] for leaf, values in ratings.items()}
    plain = synthesize(tree, local, ratings, mode=mode)
    assert synthesize(tree, local, moved, mode=mode) == pytest.approx(plain[order], rel=1e-12)


@given(weighed(ratings=True), st.data())
def test_in_ideal_mode_one_who_is_nowhere_the_best_changes_no_ratio(given, data):
    tree, local, ratings = given
    more = {
        leaf: [*values, data.draw(st.floats(0, max(values)))] for leaf, values in ratings.items()
    }
    before = synthesize(tree, local, ratings, mode="ideal")
    after = synthesize(tree, local, more, mode="ideal")[:3]
    assert after / after.sum() == pytest.approx(before, rel=1e-9)


def test_in_distributive_mode_a_copy_may_cost_its_model_the_lead():
    tree = Hierarchy("goal", {"goal": ("a", "b", "c")})
    ratings = {"a": [1, 9, 1], "b": [9, 1, 1], "c": [8, 9, 1]}
    copied = {leaf: [*values, values[1]] for leaf, values in ratings.items()}
    local = {"goal": [1, 1, 1]}
    assert synthesize(tree, local, ratings).argmax() == 1
    assert synthesize(tree, local, copied).argmax() == 0
    assert synthesize(tree, local, copied, mode="ideal").argmax() == 1


@given(weighed(ratings=True))
def test_alternatives_alike_everywhere_score_alike(given):
    tree, local, ratings = given
    same = {leaf: [values[0]] * 3 for leaf, values in ratings.items()}
    for mode in MODES:
        assert synthesize(tree, local, same, mode=mode) == pytest.approx([1 / 3] * 3, rel=1e-12)


@given(weighed(ratings=True), st.sampled_from(MODES))
def test_one_who_is_half_as_good_everywhere_scores_half_as_much(given, mode):
    tree, local, ratings = given
    halved = {leaf: [*values, values[0] / 2] for leaf, values in ratings.items()}
    model, _, _, half = synthesize(tree, local, halved, mode=mode)
    assert half == pytest.approx(model / 2, rel=1e-12)


def test_ratings_are_given_by_name_or_as_a_table():
    by_name = synthesize(TREE, LOCAL, RATINGS)
    table = np.column_stack([RATINGS[leaf] for leaf in TREE.leaves])
    backwards = pd.DataFrame(RATINGS)[["trust", "cost", "reach"]]
    assert synthesize(TREE, LOCAL, table).tolist() == by_name.tolist()
    assert synthesize(TREE, LOCAL, backwards).tolist() == by_name.tolist()


@pytest.mark.parametrize(
    ("ratings", "codes"),
    [
        ({**RATINGS, "cost": [0, 0, 0]}, ["rating_zero"]),
        ({**RATINGS, "cost": [1, -2, 3]}, ["rating"]),
        ({**RATINGS, "cost": [1, np.nan, np.inf]}, ["rating", "rating"]),
        ({**RATINGS, "cost": np.ma.array([1, 2, 3], mask=[0, 1, 0])}, ["rating"]),
        ({**RATINGS, "cost": [1, "much", 3]}, ["rating_numbers"]),
        ({**RATINGS, "cost": 3}, ["rating_numbers"]),
        ({**RATINGS, "cost": []}, ["rating_numbers"]),
        ({**RATINGS, "cost": [1, 2]}, ["rating_count"]),
        ({**RATINGS, "cost": [], "reach": "much"}, ["rating_numbers"] * 2),
        ({**RATINGS, "speed": [1, 2, 3]}, ["rating_unknown"]),
        ({}, ["rating_missing"] * 3),
        (
            {"speed": [1], "cost": [0, 0], "reach": [1, -1]},
            ["rating_unknown", "rating_missing", "rating_zero", "rating"],
        ),
        (np.ones((2, 2)), ["rating_shape"]),
        (np.ones(3), ["rating_shape"]),
        ([[1, 2, 3], [1, 2]], ["rating_shape"]),
        (np.ma.array(np.ones((2, 3)), mask=[[1, 0, 0], [0, 0, 0]]), ["rating"]),
    ],
)
def test_ratings_that_cannot_be_are_refused_all_at_once(ratings, codes):
    assert faults(synthesize, TREE, LOCAL, ratings) == codes


def test_a_leaf_where_all_ratings_are_zero_is_named():
    with pytest.raises(WeightsError, match="all ratings under 'reach' are 0"):
        synthesize(TREE, LOCAL, {**RATINGS, "reach": [0, 0, 0]}, mode="ideal")


def test_an_unknown_mode_is_answered_with_the_known_ones():
    with pytest.raises(WeightsError, match="the modes are distributive, ideal"):
        synthesize(TREE, LOCAL, RATINGS, mode="best")
