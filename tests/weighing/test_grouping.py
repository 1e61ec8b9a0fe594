"""Judges who think alike are found, and those who do not are not forced together."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermcda.core.ahp.groups import pool_priorities
from partnermcda.errors import WeightsError
from partnermcda.weighing.ahp import ahp_weights
from partnermcda.weighing.grouping import judge_clusters
from tests.weighing.groups import chain, group, square, stacks

few = settings(max_examples=25, deadline=None)

GREEN = [square([1 / 5, 1 / 3, 2]), square([1 / 4, 1 / 3, 1]), square([1 / 5, 1 / 4, 1])]
THRIFTY = [square([5, 7, 1]), square([5, 5, 1]), square([7, 7, 1]), square([6, 7, 1])]
NAMES = ["thrift 1", "green 1", "thrift 2", "green 2", "thrift 3", "green 3", "thrift 4"]
CAMPS = [THRIFTY[0], GREEN[0], THRIFTY[1], GREEN[1], THRIFTY[2], GREEN[2], THRIFTY[3]]


def camps(**options):
    return ahp_weights(group({"goal": ("xyz", CAMPS)}, NAMES), **options)


def members(found):
    return [cluster.judges for cluster in found.clusters]


def test_two_camps_are_found_the_larger_first():
    found = judge_clusters(camps().nodes[0])
    assert members(found) == [tuple(NAMES[::2]), tuple(NAMES[1::2])]
    assert found.silhouette > 0.5
    assert found.clusters[0].priorities[0] > 0.6
    assert found.clusters[1].priorities[0] < 0.2


def test_a_camp_has_the_priorities_of_its_judges_alone():
    found = judge_clusters(camps(pooling="aip_geometric").nodes[0])
    alone = ahp_weights(group({"goal": ("xyz", THRIFTY)}), pooling="aip_geometric")
    assert found.clusters[0].priorities == pytest.approx(alone.weights.values, abs=1e-14)


def test_with_one_node_the_weights_group_judges_as_the_node_does():
    judged = camps()
    assert members(judge_clusters(judged)) == members(judge_clusters(judged.nodes[0]))


def test_two_judges_are_one_group_however_far_apart():
    judged = ahp_weights(group({"goal": ("xyz", [GREEN[0], THRIFTY[0]])}))
    found = judge_clusters(judged)
    assert len(found.clusters) == 1
    assert np.isnan(found.silhouette)
    assert len(judge_clusters(judged, 2).clusters) == 2


def test_judges_without_camps_are_one_group():
    spread = [square([2, v, v / 2]) for v in (2, 3, 4, 5, 6)]
    judged = ahp_weights(group({"goal": ("xyz", spread)}))
    assert len(judge_clusters(judged, 2).clusters) == 2
    assert len(judge_clusters(judged).clusters) == 1


def test_judges_who_say_the_same_are_one_group_however_many_are_asked_for():
    judged = ahp_weights(group({"goal": ("xyz", [GREEN[0]] * 4)}))
    assert members(judge_clusters(judged)) == [judged.judges]
    assert judge_clusters(judged).clusters[0].priorities == pytest.approx(judged.weights.values)


@few
@given(stacks(judges=st.integers(1, 6), orders=st.integers(3, 4)), st.integers(1, 6))
def test_every_judge_is_in_one_group(stack, count):
    judged = ahp_weights(group({"goal": ("abcd"[: stack.shape[-1]], stack)}), limit=np.inf)
    for asked in (None, min(count, len(stack))):
        found = judge_clusters(judged, asked)
        assert sorted(sum(members(found), ())) == sorted(judged.judges)
        assert len(found.clusters) <= (asked or 8)
        sizes = [len(cluster.judges) for cluster in found.clusters]
        assert sizes == sorted(sizes, reverse=True)


@few
@given(stacks(judges=st.integers(3, 6), orders=st.just(3)), st.permutations(range(3)))
def test_relabelling_the_items_moves_no_judge(stack, order):
    one = ahp_weights(group({"goal": ("abc", stack)}), limit=np.inf)
    moved = stack[:, list(order)][:, :, list(order)]
    other = ahp_weights(group({"goal": ("abc", moved)}), limit=np.inf)
    found, again = judge_clusters(one), judge_clusters(other)
    assert again.silhouette == pytest.approx(found.silhouette, abs=1e-9, nan_ok=True)


def test_judges_who_do_not_count_or_cannot_be_placed_are_named():
    torn = square([9, 1 / 9, 9])
    names = ["ngo", "bank", "torn", "brief"]
    judgements = group({"goal": ("xyz", [*GREEN[:2], torn, chain(3, ab=2)])}, names)
    judged = ahp_weights(judgements, max_consistency_ratio=0.2)
    found = judge_clusters(judged)
    assert found.unplaced == ("torn", "brief")
    assert members(found) == [("ngo", "bank")]
    assert judge_clusters(judged.nodes[0]).unplaced == ("torn", "brief")


def test_where_nobody_can_be_placed_there_are_no_groups():
    judged = ahp_weights(group({"goal": ("abc", [chain(3, ab=2), chain(3, bc=2)])}))
    found = judge_clusters(judged)
    assert found.clusters == ()
    assert found.unplaced == judged.judges


def test_weights_of_each_judge_are_products_along_the_tree():
    nodes = {"goal": ("pq", [square([3]), square([1])]), "q": ("xyz", [GREEN[0], THRIFTY[0]])}
    judged = ahp_weights(group(nodes))
    found = judge_clusters(judged, 2)
    first = next(one for one in found.clusters if one.judges == ("judge 1",))
    inner = judged.node("q").judge_priorities[0]
    assert found.items == judged.weights.names
    assert first.priorities == pytest.approx([3 / 4, *(inner / 4)])


def test_leaves_without_weight_group_nobody():
    judgements = group({"goal": ("pq", [square([3]), square([5])])})
    judged = ahp_weights(judgements, local={"q": {"x": 1, "y": 0}})
    found = judge_clusters(judged)
    assert found.items == ("p", "x")
    each = judged.nodes[0].judge_priorities
    assert found.clusters[0].priorities == pytest.approx(pool_priorities(each))


@pytest.mark.parametrize("count", [0, 8])
def test_as_many_groups_as_judges_can_be_asked_for_and_not_more(count):
    judged = camps()
    assert len(judge_clusters(judged, 7).clusters) == 7
    with pytest.raises(WeightsError) as caught:
        judge_clusters(judged, count)
    assert f"{count} groups of 7 judges" in caught.value.text()
    assert f"{count} groupes de 7 juges" in caught.value.text("fr")


def test_the_table_has_a_row_for_each_group_and_item():
    frame = judge_clusters(camps()).to_frame()
    assert frame["cluster"].tolist() == [1, 1, 1, 2, 2, 2]
    assert frame["item"].tolist() == list("xyz") * 2
    assert frame.groupby("cluster")["priority"].sum().tolist() == pytest.approx([1, 1])
