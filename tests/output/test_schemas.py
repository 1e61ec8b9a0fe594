"""The JSON Schemas accept every file of ours, and none that is broken."""

import copy
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from partnermcda.errors import CatalogError, MappingError
from partnermcda.judgements.model import Judgements
from partnermcda.output import json_schema, write_result
from partnermcda.output.weights import write_weights
from partnermcda.weighing.ahp import ahp_weights
from partnermcda.yamlfile import read_yaml

from .rankings import ODD, manifest_of, ranking_of

ROOT = Path(__file__).parents[2]
NAMES = ("catalog", "mapping", "result", "manifest", "weights")
CATALOGS = sorted((ROOT / "criteria").glob("*.yaml"))
MAPPINGS = sorted((ROOT / "docs" / "examples").glob("*.yaml"))
MAPPING = """
format: partnermcda-mapping/1
mapping: small
version: 1.0.0
catalog: urban-services
title: {en: A small register, fr: Un petit registre}
source: {en: made up, fr: inventé}
keep:
  - {column: service, values: [water, 2, true]}
columns:
  actor_id: {column: code}
  actor: {columns: [first, last]}
  actor_type: {column: kind, recode: {firm: sme, unsure: null}}
  city: {value: Kampala}
criteria:
  res_human:
    column: staff
    per: people
    factor: 1000
    missing: [0, "n/a"]
    limits: [0, 10]
    why: {en: staff for every thousand, fr: personnel pour mille habitants}
"""


def validator(name):
    return Draft202012Validator(json_schema(name))


def faults(name, data):
    return [f"{fault.json_path}: {fault.message}" for fault in validator(name).iter_errors(data)]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """One good file of each kind, as plain data."""
    folder = tmp_path_factory.mktemp("files")
    ranking = ranking_of(ODD, types=["", *["ngo"] * (len(ODD) - 1)], left_out=[("B", "role")])
    write_result(ranking, folder / "r.json", manifest_of)
    (folder / "m.yaml").write_text(MAPPING, encoding="utf-8")
    said = Judgements.from_pairs({("cost", "reach"): 9, ("cost", "fit"): 2, ("reach", "fit"): 5})
    write_weights(ahp_weights(said), folder / "w.json")
    return {
        "weights": json.loads((folder / "w.json").read_text(encoding="utf-8")),
        "catalog": read_yaml(CATALOGS[0], CatalogError).data,
        "mapping": read_yaml(folder / "m.yaml", MappingError).data,
        "result": json.loads((folder / "r.json").read_text(encoding="utf-8")),
        "manifest": json.loads((folder / "r.manifest.json").read_text(encoding="utf-8")),
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_a_schema_and_says_so(name):
    schema = json_schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"] == f"partnermcda {name}"
    assert "$id" not in schema


@pytest.mark.parametrize("name", NAMES)
def test_a_good_file_is_accepted(files, name):
    assert faults(name, files[name]) == []


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.name)
def test_a_catalog_that_ships_is_accepted(path):
    assert faults("catalog", read_yaml(path, CatalogError).data) == []


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: path.name)
def test_a_mapping_that_ships_is_accepted(path):
    assert faults("mapping", read_yaml(path, MappingError).data) == []


def test_there_are_mappings_that_ship():
    assert len(MAPPINGS) >= 3


def test_a_factor_may_be_a_fraction_and_no_other_text(files):
    data = copy.deepcopy(files["mapping"])
    data["criteria"]["res_human"]["factor"] = "200/2.37"
    assert faults("mapping", data) == []
    data["criteria"]["res_human"]["factor"] = "a third"
    assert len(faults("mapping", data)) == 1


def test_a_judgement_may_be_a_fraction(files):
    data = copy.deepcopy(files["catalog"])
    node = data["orientations"][0]["judgements"]["pillars"]
    node[0] = "1/3"
    assert faults("catalog", data) == []
    node[0] = "a third"
    assert len(faults("catalog", data)) == 1


@pytest.mark.parametrize("name", NAMES)
def test_no_field_that_is_needed_may_be_absent(files, name):
    for field in json_schema(name)["required"]:
        data = {key: value for key, value in files[name].items() if key != field}
        assert any(field in fault for fault in faults(name, data)), field


@pytest.mark.parametrize("name", NAMES)
def test_a_field_of_no_meaning_is_refused(files, name):
    assert faults(name, {**files[name], "surprise": 1}) != []


@pytest.mark.parametrize("name", NAMES)
def test_another_format_is_refused(files, name):
    assert faults(name, {**files[name], "format": "partnermcda-other/1"}) != []


@pytest.mark.parametrize(
    ("field", "value"),
    [("score", None), ("rank", 0), ("rank", "1"), ("actor_id", 7), ("evidence", 1.5)],
)
def test_a_broken_row_of_a_result_is_refused(files, field, value):
    data = copy.deepcopy(files["result"])
    data["ranking"][0][field] = value
    assert len(faults("result", data)) == 1


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("result", "sha256"), "abc"),
        (("inputs", 0, "bytes"), -1),
        (("options", "method"), {}),
        (("options", "surprise"), 1),
        (("options", "set_aside"), 2),
        (("counts", "ranked"), 1.5),
        (("created",), 7),
    ],
)
def test_a_broken_manifest_is_refused(files, place, value):
    data = copy.deepcopy(files["manifest"])
    inner = data
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    assert faults("manifest", data) != []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("weights", "cost"), -0.1),
        (("nodes", 0, "priorities", "cost"), 2),
        (("nodes", 0, "judges", 0, "weight"), None),
        (("look_again", 0, "suggested"), 0),
        (("inputs",), [{"path": "a.csv"}]),
    ],
)
def test_broken_weights_are_refused(files, place, value):
    data = copy.deepcopy(files["weights"])
    inner = data
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    assert len(faults("weights", data)) >= 1
