"""Judgements on a catalog give weights for its columns, whatever language judges write in."""

import numpy as np
import pytest

from partnermcda.catalog import load_catalog
from partnermcda.core.ahp.consistency import consistency_ratio
from partnermcda.core.ahp.matrices import reciprocal_matrix
from partnermcda.core.ahp.priorities import priorities
from partnermcda.errors import JudgementsError, WeightsError
from partnermcda.judgements.model import Judgements
from partnermcda.weighing.catalogs import catalog_names, catalog_weights

CATALOG = load_catalog("urban-services")
BALANCED = CATALOG.orientation("balanced")
PILLARS = [pillar.id for pillar in CATALOG.pillars]


def on_pillars(labels=PILLARS, node="pillars", weights=(4, 2, 1, 1)):
    w = np.array(weights, dtype=float)
    return Judgements.from_matrix(np.divide.outer(w, w), labels, node=node)


def everything(orientation):
    """What an orientation of the catalog says, as one judge would say it."""
    pairs = []
    items = {"pillars": PILLARS, **{p.id: [c.id for c in p.criteria] for p in CATALOG.pillars}}
    for node, upper in orientation.judgements.items():
        a = reciprocal_matrix(np.array(upper), len(items[node]))
        rows, columns = np.triu_indices(len(a), 1)
        pairs += [
            ("judge", node, items[node][i], items[node][j], a[i, j])
            for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
        ]
    return Judgements.from_pairs(pairs)


@pytest.mark.parametrize("orientation", CATALOG.orientations, ids=lambda one: one.id)
def test_a_judge_who_says_what_an_orientation_says_gets_its_weights(orientation):
    judged = catalog_weights(everything(orientation), CATALOG)
    expected = CATALOG.weights(orientation.id)
    assert judged.weights.names == expected.names == CATALOG.entries
    assert judged.weights.values == pytest.approx(expected.values, abs=1e-13)
    assert judged.consistency_ratio == pytest.approx(dict(expected.consistency), abs=1e-12)


def test_judgements_on_criteria_that_are_combined_in_order_are_not_used_and_that_is_told():
    judged = catalog_weights(everything(BALANCED), CATALOG)
    (note,) = [note for note in judged.notes if note.code == "judged.combined"]
    assert note.details == {"node": "motivations", "count": 10}
    assert "not used: 10" in note.text()
    assert "« motivations » qui ne sont pas utilisés : 10" in note.text("fr")
    assert "motivations" not in judged.consistency_ratio


def test_nodes_that_nobody_judged_are_an_orientations_and_that_is_told():
    judged = catalog_weights(on_pillars(), CATALOG, orientation="balanced")
    assert judged.weights.names == CATALOG.entries
    assert judged.weights.to_dict()["motivations"] == pytest.approx(2 / 8)
    within = [pillar.id for pillar in CATALOG.pillars if not pillar.combine]
    for node in within:
        a = reciprocal_matrix(np.array(BALANCED.judgements[node]), 5)
        assert judged.local[node] == pytest.approx(priorities(a), abs=1e-15)
        assert judged.consistency_ratio[node] == float(consistency_ratio(a))
    told = [note for note in judged.notes if note.code == "judged.from_orientation"]
    assert [note.details["node"] for note in told] == within
    assert all("balanced" in note.text(language) for note in told for language in ("en", "fr"))


def test_a_node_somebody_judged_is_never_an_orientations():
    said = Judgements.from_pairs({("p", "resources", "res_data", "res_human"): 3})
    with pytest.raises(JudgementsError) as caught:
        catalog_weights(said, CATALOG, orientation="balanced")
    assert [finding.code for finding in caught.value.findings] == ["judged.item_missing"] * 3


def test_without_an_orientation_nodes_that_nobody_judged_are_an_error_that_lists_them():
    with pytest.raises(JudgementsError) as caught:
        catalog_weights(on_pillars(), CATALOG)
    (finding,) = caught.value.findings
    assert finding.code == "judged.not_judged"
    assert finding.details["count"] == 3
    assert "equity_alignment (eq_unserved_reach, " in finding.text()


def test_an_orientation_that_is_not_there_is_refused():
    with pytest.raises(WeightsError) as caught:
        catalog_weights(on_pillars(), CATALOG, orientation="grow")
    assert "balanced" in caught.value.text()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("node", ["pillars", "Piliers", "goal", "OBJECTIF"])
def test_pillars_may_be_called_by_their_labels(node, language):
    labels = [pillar.label[language] for pillar in CATALOG.pillars]
    by_label = catalog_weights(on_pillars(labels, node), CATALOG, orientation="balanced")
    by_id = catalog_weights(on_pillars(), CATALOG, orientation="balanced")
    assert by_label.weights.to_dict() == by_id.weights.to_dict()


def test_pillars_may_come_in_any_order():
    turned = on_pillars(PILLARS[::-1], weights=(1, 1, 2, 4))
    expected = catalog_weights(on_pillars(), CATALOG, orientation="balanced").weights.to_dict()
    judged = catalog_weights(turned, CATALOG, orientation="balanced")
    assert judged.weights.to_dict() == pytest.approx(expected)


def test_a_node_that_is_not_the_catalogs_is_refused():
    with pytest.raises(JudgementsError) as caught:
        catalog_weights(on_pillars(node="columns"), CATALOG, orientation="balanced")
    assert {finding.code for finding in caught.value.findings} == {"judged.node_unknown"}


def test_a_node_under_two_names_is_refused():
    twice = [("judge", node, "resources", "motivations", 2) for node in ("goal", "pillars")]
    with pytest.raises(JudgementsError) as caught:
        catalog_weights(Judgements.from_pairs(twice), CATALOG, orientation="balanced")
    assert "judged.node_unknown" in {finding.code for finding in caught.value.findings}


def test_names_know_every_id_and_label_of_the_catalog():
    names = catalog_names(CATALOG)
    for pillar in CATALOG.pillars:
        for word in (pillar.id, pillar.label.en, pillar.label.fr.upper()):
            assert names.node(word) == names.item("pillars", word) == pillar.id
        for criterion in pillar.criteria:
            for word in (criterion.id, criterion.label.en, f"  {criterion.label.fr} "):
                assert names.item(pillar.id, word) == criterion.id


def test_names_tell_the_only_node_that_compares_two_things():
    names = catalog_names(CATALOG)
    assert names.node_of("Équité", "Ressources") == "pillars"
    assert names.node_of("res_data", "Ressources humaines mobilisables") == "resources"
    assert names.node_of("mot_profit", "mot_cause") == "motivations"
    assert names.node_of("res_data", "mot_cause") is None
    assert names.node_of("res_data", "gold") is None


def test_names_suggest_the_nearest():
    names = catalog_names(CATALOG)
    assert names.node("resource") is None
    assert names.item("ghost", "resources") is None
    assert names.node(names.nearest_node("resource")) == "resources"
    assert names.item("resources", names.nearest_item("resources", "res_humain")) == "res_human"
    assert names.nearest_item(None, "mot_profits") == "mot_profit"
    assert names.item("resources", names.nearest_item("resources", "mot_profit")) is not None
