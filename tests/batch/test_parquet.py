"""Files of any layout are ranked as in memory, bit for bit, and parts have one hash."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import partnermcda as pm
from partnermcda.batch import parts as parts_module

from .registers import (
    CATALOG,
    EXAMPLES,
    LAYOUTS,
    OWN,
    WEIGHTS,
    actors_of,
    assert_same,
    batch,
    in_memory,
    lay,
    own,
    parts_of,
    plain,
    printed,
    water,
)

OPTIONS = {
    "as it comes": {},
    "priors": {"unknown": "prior"},
    "criteria set aside by name": {"set_aside": ["res_human", "motivations"]},
    "criteria set aside by share": {"set_aside": 0.7},
    "nothing set aside": {"set_aside": "none"},
    "failed gates excluded": {"gates": "exclude"},
    "enough evidence": {"min_evidence": 0.2},
    "the authority ranked": {"rank_roles": ["focal_authority"]},
    "weighted sum": {"method": "weighted_sum"},
    "all together": {"unknown": "prior", "gates": "exclude", "min_evidence": 0.1},
}
WATER = (
    ("br-water-by-municipality.yaml", "shuffled"),
    ("br-water-by-state.yaml", "one file"),
)


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr(parts_module, "BLOCK", 80)
    monkeypatch.setattr(parts_module, "PART", 60)


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_sorted_and_shuffled_rows_are_ranked_as_in_memory(tmp_path, options):
    table = plain()
    expected = in_memory(table, **options)
    prints = set()
    for layout in ("one file", "shuffled"):
        done = batch(lay(table, tmp_path / layout, layout), tmp_path / "ranked", **options)
        assert_same(actors_of(tmp_path / "ranked"), expected)
        assert done.together == (layout == "one file")
        prints.add(printed(tmp_path / "ranked"))
    assert len(prints) == 1
    assert len(parts_of(tmp_path / "ranked")) > 2


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("mapping", [None, OWN], ids=["no mapping", "mapping"])
def test_every_layout_is_ranked_as_in_memory(tmp_path, layout, mapping):
    table, key = (plain(), "city") if mapping is None else (own(), "commune")
    source = lay(table, tmp_path / "source", layout, key)
    for threads in (1, 2):
        batch(source, tmp_path / f"ranked {threads}", mapping=mapping, threads=threads)
        assert_same(actors_of(tmp_path / f"ranked {threads}"), in_memory(table, mapping=mapping))
    assert printed(tmp_path / "ranked 1") == printed(tmp_path / "ranked 2")


@pytest.mark.parametrize(("name", "layout"), WATER, ids=[layout for _, layout in WATER])
def test_an_open_register_is_ranked_as_in_memory_through_its_mapping(
    tmp_path, monkeypatch, name, layout
):
    monkeypatch.undo()
    table, mapping = water(), EXAMPLES / name
    done = batch(lay(table, tmp_path / "source", layout, "state"), tmp_path / "r", mapping=mapping)
    expected = in_memory(table, mapping=mapping)
    assert_same(actors_of(tmp_path / "r"), expected)
    assert done.tally.left_out == {"outside": len(table) - len(expected)}


def test_the_memory_for_sorting_changes_no_byte(tmp_path):
    source = lay(plain(), tmp_path / "source", "shuffled")
    for number, memory in enumerate((1 << 26, 1 << 28)):
        batch(source, tmp_path / f"ranked {number}", memory=memory)
    assert printed(tmp_path / "ranked 0") == printed(tmp_path / "ranked 1")


def test_ideals_observed_in_each_city_are_those_of_memory(tmp_path):
    options = {"method": pm.TOPSIS_OBSERVED}
    for layout in ("one file", "shuffled"):
        source = lay(plain(gaps=0.0), tmp_path / layout, layout)
        batch(source, tmp_path / "ranked", **options)
        # Sums of what is observed hang on the order of a city's rows, in the last digit.
        assert_same(actors_of(tmp_path / "ranked"), in_memory(pq.read_table(source), **options))


@pytest.mark.parametrize("top", [1, 3])
def test_only_the_best_of_each_city_are_written_where_that_is_asked(tmp_path, top):
    table = plain()
    done = batch(lay(table, tmp_path / "source"), tmp_path / "ranked", top=top)
    expected = in_memory(table)
    best = expected.filter(pa.compute.less_equal(expected["rank"], top))
    assert_same(actors_of(tmp_path / "ranked"), best)
    assert done.tally.ranked == len(expected)


def test_what_was_counted_is_what_memory_counts(tmp_path):
    table = plain()
    done = batch(lay(table, tmp_path / "source"), tmp_path / "ranked", gates="exclude")
    values = pm.evaluate(pm.read_inventory(table, CATALOG), CATALOG)
    ranking = pm.rank(values, WEIGHTS, gates="exclude")
    summary = ranking.summary()
    assert done.tally.rows == len(table)
    assert (done.tally.ranked, done.tally.cities) == (summary.ranked, summary.cities)
    assert done.tally.possible_leaders == summary.possible_leaders
    assert done.tally.certain_leaders == summary.certain_leaders
    assert done.tally.left_out == ranking.left_out.counts()
    assert done.set_aside == ranking.set_aside
    assert dict(done.tally.clipped) == dict(values.clipped)


def test_the_manifest_tells_rows_and_hash_of_every_file(tmp_path):
    from partnermcda.output.files import fingerprint

    batch(lay(plain(), tmp_path / "source"), tmp_path / "ranked")
    manifest = json.loads((tmp_path / "ranked" / "_manifest.json").read_text("utf-8"))
    listed = [*manifest["parts"], *manifest["tables"]]
    for entry in listed:
        file = tmp_path / "ranked" / entry["file"]
        assert (entry["sha256"], entry["bytes"]) == fingerprint(file)
        assert entry["rows"] == pq.read_metadata(file).num_rows
    others = {"_manifest.json", "_SUCCESS"}
    assert {f.name for f in (tmp_path / "ranked").iterdir()} == others | {e["file"] for e in listed}
    assert sum(entry["rows"] for entry in manifest["parts"]) == manifest["counts"]["ranked"]


def test_the_manifest_names_what_the_result_rests_on(tmp_path):
    batch(lay(plain(), tmp_path / "source"), tmp_path / "ranked")
    manifest = json.loads((tmp_path / "ranked" / "_manifest.json").read_text("utf-8"))
    assert manifest["catalog"] == f"{CATALOG.catalog} {CATALOG.version}"
    assert (manifest["mapping"], manifest["weights_from"]) == (None, WEIGHTS.source)
    assert manifest["weights"] == WEIGHTS.to_dict()
