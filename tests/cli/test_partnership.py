"""Levers, coalitions and maps from the command line: said, written, verified, refused."""

import json
from functools import partial

import jsonschema
import pandas as pd
import pytest

import partnermcda as pm

KINDS = {
    "levers": ("levers", "sheets"),
    "coalition": ("members", "needs", "cities"),
    "map": ("actors", "layers", "edges"),
}
ROWS = """actor_id,actor,actor_type,city,res_technical,res_financial,eq_demand_voice,districts,cost
1,Ada,ngo,Dakar,2,20000,5,Pikine,100
2,Bo,start_up,Dakar,5,,1,Médina,900
3,Ville,local_authority,Dakar,1,5000,,,0
4,Cy,ngo,Lima,3,5000,,,50
"""


@pytest.fixture
def actors(tmp_path):
    """Four actors in two cities of whom some answers are known."""
    path = tmp_path / "actors.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.fixture
def asked(call, actors):
    """Ask for one of the three about the small list."""
    return lambda kind, *options: call(kind, actors, *options)


def verdict(call, manifest):
    return json.loads(call("verify", manifest, "--json").out)["verdict"]


def words(said):
    return " ".join(said.out.split())


def test_levers_are_told_with_what_to_find_out(asked):
    said = asked("levers", "--top", 1)
    assert said.code == 0
    assert "Told of" in said.out
    assert "to find out:" in said.out
    assert "and 3 more actors" in said.out


def test_the_coalition_of_a_city_is_told_in_full_and_those_of_all_in_a_line_each(asked):
    alone = asked("coalition", "--city", "Dakar")
    assert "Dakar: 3 partners cover" in alone.out
    assert "No other set is better: proven." in alone.out
    many = asked("coalition")
    assert "No coalition covers 80% of the needs in 2 of 2 cities" in words(many)
    assert {alone.code, many.code} == {0}


def test_the_map_names_places_layers_and_pairs(asked):
    said = asked("map", "--city", "Dakar")
    assert said.code == 0
    assert "Needed, and nobody there: Connectivity" in said.out
    assert "Who completes whom" in said.out
    assert "manage closely" in said.out


@pytest.mark.parametrize("kind", KINDS)
def test_it_speaks_french(asked, kind):
    said = asked(kind, "--lang", "fr")
    assert said.code == 0
    assert not {"the", "of", "cities", "needs"} & set(words(said).split())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("suffix", ["csv", "parquet", "xlsx", "json"])
def test_a_result_comes_out_the_same_when_it_is_verified(call, asked, tmp_path, kind, suffix):
    assert asked(kind, "-q", "-o", tmp_path / f"r.{suffix}").code == 0
    assert verdict(call, tmp_path / "r.manifest.json") == "identical"


@pytest.mark.parametrize(("kind", "table"), [(k, t) for k, names in KINDS.items() for t in names])
def test_a_file_holds_the_table_asked_for_as_the_library_lays_it_out(
    asked, actors, tmp_path, kind, table
):
    file = tmp_path / "r.parquet"
    assert asked(kind, "-q", "-o", file, "--table", table, "--needs", "expand_unserved").code == 0
    catalog = pm.load_catalog("urban-services")
    inventory = pm.read_inventory(actors, catalog)
    weights = catalog.weights("expand_unserved")
    find = {
        "levers": partial(pm.levers, weights=weights),
        "coalition": partial(pm.coalitions, processes=1),
        "map": partial(pm.ecosystem, weights=weights),
    }[kind]
    found = find(inventory, catalog, needs="expand_unserved")
    frames = {
        "levers": lambda: found.to_frame(),
        "sheets": lambda: found.sheets(),
        "members": lambda: found.members_frame(),
        "needs": lambda: found.needs_frame(),
        "cities": lambda: found.to_frame(),
    }
    ours = frames.get(table, lambda: getattr(found, table))().reset_index(drop=True)
    ours = ours.astype(object).where(ours.notna() & (ours != ""), None)
    read = pd.read_parquet(file).astype(object)
    read = read.where(read.notna() & (read != ""), None)
    pd.testing.assert_frame_equal(read, ours, check_dtype=False)


@pytest.mark.parametrize("kind", KINDS)
def test_machines_get_a_document_and_a_manifest_that_fit_their_schemas(call, asked, tmp_path, kind):
    said = asked(kind, "--json", "-o", tmp_path / "r.json", "--need", "platform=0,5")
    document = json.loads(said.out)
    jsonschema.validate(document, json.loads(call("schema", kind).out))
    assert json.loads((tmp_path / "r.json").read_text()) == document
    assert document["needs"]["platform"] == 0.5
    manifest = json.loads((tmp_path / "r.manifest.json").read_text())
    jsonschema.validate(manifest, json.loads(call("schema", "partnership").out))
    assert manifest["asked"]["kind"] == kind
    assert manifest["options"]["levels"] == {"platform": 0.5}


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_holds_every_table_and_what_was_asked(asked, tmp_path, kind):
    asked(kind, "-q", "-o", tmp_path / "r.xlsx")
    sheets = pd.read_excel(tmp_path / "r.xlsx", sheet_name=None, engine="calamine")
    assert [*sheets] == [*KINDS[kind], "about"]
    assert "What was asked" in sheets["about"].iloc[:, 0].tolist()


def test_everything_asked_of_a_coalition_is_kept_and_asked_again(call, asked, tmp_path):
    options = [
        *("--city", "Dakar", "--size", 2, "--budget", 500, "--must-have", 1, "--must-not", 3),
        *(
            "--incompatible",
            "1=3",
            "--gates",
            "show",
            "--district",
            "Pikine",
            "--counts",
            "funds=2",
        ),
        *("--counts", "users_voice=1", "--penalty", 0, "--robust", "expected", "--draws", 5),
        *("--seed", 9, "--best", 2, "--enough", 0.5, "--time-limit", 9, "--need", "funds=0.2"),
    ]
    assert asked("coalition", *options, "-q", "-o", tmp_path / "r.json").code == 0
    document = json.loads((tmp_path / "r.json").read_text())
    assert {row["actor_id"] for row in document["members"]} == {"1"}
    assert document["asked"]["incompatible"] == [["1", "3"]]
    assert document["asked"]["districts"] == ["Pikine"]
    manifest = tmp_path / "r.manifest.json"
    assert verdict(call, manifest) == "identical"
    manifest.write_text(manifest.read_text().replace('"seed": 9', '"seed": 8'))
    assert verdict(call, manifest) == "different"


def test_what_has_changed_is_named(call, asked, actors, tmp_path):
    asked("map", "-q", "-o", tmp_path / "r.json")
    text = actors.read_text(encoding="utf-8")
    actors.write_text(text.replace("Ada", "Eve"), encoding="utf-8")
    assert verdict(call, tmp_path / "r.manifest.json") == "changed"


def test_figures_of_a_manifest_that_are_not_so_are_found(call, asked, tmp_path):
    asked("levers", "-q", "-o", tmp_path / "r.csv")
    manifest = tmp_path / "r.manifest.json"
    manifest.write_text(manifest.read_text().replace('"rows": 4', '"rows": 5'))
    assert verdict(call, manifest) == "misreported"


def test_a_result_never_takes_the_manifest_of_another_kind(call, asked, actors, tmp_path):
    asked("levers", "-q", "-o", tmp_path / "r.csv")
    said = call("rank", actors, "-o", tmp_path / "r.json")
    assert (said.code, "manifest of r.csv" in said.err) == (1, True)
    assert not (tmp_path / "r.json").exists()


def test_weights_of_a_file_are_used_and_named(call, asked, actors, tmp_path):
    entries = pm.load_catalog("urban-services").entries
    lines = [f"{name},{0.3 if name == 'res_technical' else 0.05}" for name in entries]
    weights = tmp_path / "w.csv"
    weights.write_text("\n".join(["criterion,weight", *lines]), encoding="utf-8")
    assert asked("map", "--weights", weights, "-q", "-o", tmp_path / "r.json").code == 0
    document = json.loads((tmp_path / "r.json").read_text())
    assert document["orientation"] == ""
    assert document["weights"]["res_technical"] == pytest.approx(0.3 / (0.25 + 0.05 * len(entries)))
    assert verdict(call, tmp_path / "r.manifest.json") == "identical"


@pytest.mark.parametrize(
    ("kind", "options", "told"),
    [
        ("map", ("--city", "Daka"), "near it: Dakar"),
        ("levers", ("--needs", "nothing"), "balanced"),
        ("levers", ("--table", "sheets"), "--output"),
        ("levers", ("--need", "platform"), "platform=0.8"),
        ("levers", ("--need", "platform=1", "--need", "platform=0"), "once"),
        ("levers", ("--need", "platform=2"), "platform"),
        ("levers", ("--orientation", "none"), "balanced"),
        ("coalition", ("--incompatible", "1"), "a12=b7"),
        ("coalition", ("--district", "Pikine"), "--city"),
        ("coalition", ("--must-have", "99"), "99"),
        ("coalition", ("--city", "Dakar", "--size", "1", "--must-have", 1, "--must-have", 2), "2"),
        ("coalition", ("--counts", "nothing=1"), "nothing"),
        ("map", ("--threshold", "0"), "--threshold"),
    ],
)
def test_what_cannot_be_is_refused_with_what_would_be_right(asked, tmp_path, kind, options, told):
    said = asked(kind, *options)
    assert said.code == 2
    assert told in " ".join(said.err.split())
    assert said.out == ""


@pytest.mark.parametrize("kind", KINDS)
def test_faults_of_the_list_are_told_and_nothing_is_written(asked, actors, tmp_path, kind):
    actors.write_text(ROWS.replace(",2,20000", ",9,20000"), encoding="utf-8")
    said = asked(kind, "-o", tmp_path / "r.csv")
    assert said.code == 1
    assert "res_technical" in said.err
    assert [file.name for file in tmp_path.iterdir()] == ["actors.csv"]


def test_where_no_city_has_a_coalition_the_files_are_empty_and_say_why(call, asked, tmp_path):
    said = asked("coalition", "--budget", 0, "--must-have", 1, "--must-not", 4)
    assert said.code == 0
    assert "cannot be met together" in words(said)
    french = asked(
        "coalition", "--budget", 0, "--must-have", 1, "--must-not", 4, "--json", "--lang", "fr"
    )
    assert "exigences" in json.loads(french.out)["cities"][0]["reason"]
    for suffix in ("csv", "parquet", "xlsx", "json"):
        file = tmp_path / f"none_{suffix}.{suffix}"
        options = ("--budget", 0, "--must-have", 1, "--must-not", 4)
        assert asked("coalition", *options, "-q", "-o", file).code == 0
        assert verdict(call, tmp_path / f"none_{suffix}.manifest.json") == "identical"
    document = json.loads((tmp_path / "none_json.json").read_text())
    assert [row["size"] for row in document["cities"]] == [0, 0]
    assert document["members"] == []


@pytest.mark.parametrize("count", [3, 6, 7, 10, 13, 15])
def test_needs_that_are_covered_in_full_are_no_fault_of_rounding(call, tmp_path, count):
    catalog = pm.load_catalog("urban-services")
    names = [c.id for c in catalog.capabilities]
    levels = {name: 0.01 if place < count else 0 for place, name in enumerate(names)}
    wanted = [part for name, level in levels.items() for part in ("--need", f"{name}={level}")]
    full = {c.id: [c.high if c.direction == "benefit" else c.low] for c in catalog.criteria}
    lists = {
        "districts": ["Médina"],
        "data_kinds": ["supply; demand"],
        "functions": ["consumption_followup; easy_payment; complaint_handling"],
        "guarantees": ["tariff_guarantee; environmental_guarantee"],
    }
    who = {"actor_id": ["1"], "actor": ["Ada"], "actor_type": ["ngo"], "city": ["Dakar"]}
    pd.DataFrame({**who, **full, **lists}).to_csv(tmp_path / "full.csv", index=False)
    said = call("coalition", tmp_path / "full.csv", *wanted, "--json")
    assert said.code == 0
    assert json.loads(said.out)["cities"][0]["coverage_low"] == pytest.approx(1)
