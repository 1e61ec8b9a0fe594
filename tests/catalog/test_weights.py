"""Weights of an orientation are the published ones, and obey the laws of AHP."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermcda.catalog import Catalog, load_catalog
from partnermcda.core.ahp import principal_eigenvalue, priorities, reciprocal_matrix
from partnermcda.errors import WeightsError

HERE = Path(__file__).parent
WORKED = json.loads((HERE / "weights.json").read_text(encoding="utf-8"))["orientations"]
NODES = [(o, node) for o, worked in WORKED.items() for node in worked["nodes"]]
SMALL = load_catalog(HERE / "small.yaml").model_dump()
positive = st.floats(0.01, 100)


def upper(weights):
    return tuple(
        weights[i] / weights[j] for i in range(len(weights)) for j in range(i + 1, len(weights))
    )


def small(judgements, order=(0, 1, 2)):
    means, motives = SMALL["pillars"]
    criteria = tuple(means["criteria"][i] for i in order)
    orientation = {**SMALL["orientations"][0], "judgements": judgements}
    return Catalog(
        **{
            **SMALL,
            "pillars": ({**means, "criteria": criteria}, motives),
            "orientations": (orientation,),
        }
    )


@pytest.mark.parametrize(("orientation", "node"), NODES)
def test_every_node_has_the_worked_out_priorities_and_eigenvalue(urban, orientation, node):
    worked = WORKED[orientation]["nodes"][node]
    judged = urban.orientation(orientation).judgements[node]
    a = reciprocal_matrix(np.array(judged), len(worked["weights"]))
    assert priorities(a) == pytest.approx(list(worked["weights"].values()), abs=1e-4)
    assert float(principal_eigenvalue(a)) == pytest.approx(worked["lambda_max"], abs=1e-4)


@pytest.mark.parametrize("orientation", WORKED)
def test_weights_are_the_worked_out_ones_with_motivations_as_one_column(urban, orientation):
    worked, weights = WORKED[orientation], urban.weights(orientation)
    expected = {n: w for n, w in worked["global_weights"].items() if not n.startswith("mot_")}
    expected["motivations"] = worked["nodes"]["pillars"]["weights"]["motivations"]
    assert weights.names == urban.entries
    assert weights.to_dict() == pytest.approx(expected, abs=1e-4)
    assert weights.source == orientation
    assert weights.random_index == "alonso-lamata"


@pytest.mark.parametrize("orientation", WORKED)
def test_consistency_is_told_for_the_nodes_used(urban, orientation):
    worked = {n: v["CR"] for n, v in WORKED[orientation]["nodes"].items() if n != "motivations"}
    assert urban.weights(orientation).consistency == pytest.approx(worked, abs=1e-4)


def test_without_its_combination_the_motivations_pillar_weighs_by_its_judgements(urban):
    data = urban.model_dump()
    data["pillars"][1]["combine"] = None
    for orientation, worked in WORKED.items():
        weights = Catalog(**data).weights(orientation)
        assert weights.to_dict() == pytest.approx(worked["global_weights"], abs=1e-4)
        assert set(weights.consistency) == set(worked["nodes"])


def test_an_unknown_orientation_is_answered_with_the_known_ones(urban):
    with pytest.raises(WeightsError) as caught:
        urban.weights("grow")
    assert caught.value.findings[0].code == "weights.orientation"
    assert "expand_unserved, improve_efficiency, balanced" in caught.value.text("fr")


@given(st.tuples(positive, positive), st.tuples(positive, positive, positive))
def test_judgements_made_from_weights_give_them_back(pillars, means):
    weights = small({"pillars": upper(pillars), "means": upper(means)}).weights("grow")
    shares = np.array(pillars) / sum(pillars)
    expected = [*(shares[0] * np.array(means) / sum(means)), shares[1]]
    assert weights.values == pytest.approx(expected, abs=1e-9)
    assert weights.worst_consistency == pytest.approx(0, abs=1e-9)


@given(st.tuples(positive, positive, positive), st.permutations(range(3)))
def test_permuting_criteria_permutes_their_weights(judged, order):
    a = reciprocal_matrix(np.array(judged), 3)
    shuffled = a[np.ix_(order, order)][np.triu_indices(3, 1)]
    plain = small({"pillars": (2.0,), "means": judged}).weights("grow")
    moved = small({"pillars": (2.0,), "means": tuple(shuffled.tolist())}, order).weights("grow")
    assert moved.names[:3] == tuple(plain.names[i] for i in order)
    assert moved.to_dict() == pytest.approx(plain.to_dict(), abs=1e-9)
    assert dict(moved.consistency) == pytest.approx(dict(plain.consistency), abs=1e-9)


@given(positive, st.tuples(positive, positive, positive))
def test_weights_are_positive_and_sum_to_one(pillars, means):
    weights = small({"pillars": (pillars,), "means": means}).weights("grow")
    assert (weights.values > 0).all()
    assert weights.values.sum() == pytest.approx(1, abs=1e-12)
    assert all(ratio >= 0 for ratio in weights.consistency.values())


@pytest.mark.parametrize("ratio", [1e-6, 1e6])
def test_the_most_lopsided_judgements_that_are_read_give_finite_weights(ratio):
    weights = small({"pillars": (ratio,), "means": (ratio, 1 / ratio, ratio)}).weights("grow")
    assert np.isfinite(weights.values).all()
    assert (weights.values > 0).all()
