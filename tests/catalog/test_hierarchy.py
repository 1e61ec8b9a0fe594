"""A catalog's criteria are a hierarchy, and its weights are those of the leaves."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermcda.catalog import load_catalog
from partnermcda.catalog.hierarchy import pillar_hierarchy
from partnermcda.catalog.judgements import orientation_weights
from partnermcda.core.ahp import priorities, reciprocal_matrix
from partnermcda.hierarchy import global_priorities

SMALL = load_catalog(Path(__file__).with_name("small.yaml"))
MEANS, MOTIVES = SMALL.pillars
positive = st.floats(0.01, 100)


def weights(pillars, judgements):
    orientation = SMALL.orientations[0].model_copy(update={"judgements": judgements})
    return orientation_weights(pillar_hierarchy(pillars), orientation)


def test_pillars_stand_under_the_root_and_criteria_under_their_pillars(urban):
    tree = urban.hierarchy
    assert tree.root == "pillars"
    assert tree.children["pillars"] == tuple(pillar.id for pillar in urban.pillars)
    for pillar in urban.pillars:
        if not pillar.combine:
            assert tree.children[pillar.id] == tuple(c.id for c in pillar.criteria)


def test_leaves_are_the_columns_of_the_decision_matrix(urban):
    assert urban.hierarchy.leaves == urban.entries


def test_a_pillar_combined_in_order_is_a_leaf_and_its_criteria_are_not_in_the_tree(urban):
    tree = urban.hierarchy
    combined = [pillar for pillar in urban.pillars if pillar.combine]
    assert combined
    for pillar in combined:
        assert tree.parent(pillar.id) == "pillars"
        assert pillar.id not in tree.nodes
        with pytest.raises(KeyError):
            tree.parent(pillar.criteria[0].id)


def test_a_single_pillar_hands_its_criteria_all_the_weight():
    found = weights((MEANS,), {"means": (2.0, 4.0, 2.0)})
    expected = {"money": 4 / 7, "skill": 2 / 7, "delay": 1 / 7}
    assert found.to_dict() == pytest.approx(expected, abs=1e-12)
    assert set(found.consistency) == {"pillars", "means"}


def test_a_single_criterion_has_all_the_weight_of_its_pillar():
    alone = MEANS.model_copy(update={"criteria": MEANS.criteria[:1]})
    found = weights((alone, MOTIVES), {"pillars": (3.0,)})
    assert found.to_dict() == pytest.approx({"money": 0.75, "motives": 0.25}, abs=1e-12)


@given(positive, st.tuples(positive, positive, positive))
def test_weights_are_the_global_priorities_of_the_leaves(ratio, judged):
    local = {
        "pillars": priorities(reciprocal_matrix(np.array([ratio]), 2)),
        "means": priorities(reciprocal_matrix(np.array(judged), 3)),
    }
    tree = SMALL.hierarchy
    found = global_priorities(tree, local)
    expected = {leaf: found[leaf] for leaf in tree.leaves}
    weighed = weights(SMALL.pillars, {"pillars": (ratio,), "means": judged}).to_dict()
    assert weighed == pytest.approx(expected, abs=1e-15, rel=0)
