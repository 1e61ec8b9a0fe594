"""How far a ranking can be trusted, from the command line: said, written, verified, refused."""

import json
from functools import partial

import jsonschema
import pandas as pd
import pytest

from partnermcda.catalog import load_catalog

COLUMNS = {
    "actors": (
        *("city", "actor_id", "actor", "actor_type", "rank", "rank_best", "rank_worst"),
        *("first", "first_error", "top", "top_error"),
        *("expected_rank", "expected_rank_error", "confidence"),
    ),
    "weights": ("city", "criterion", "weight", "low", "high", "below", "above", "room"),
    "survey": (
        *("city", "actor_id", "actor", "criterion", "changes", "share"),
        *("score_low", "score_high", "enters", "leaves"),
    ),
}


@pytest.fixture
def asked(call, actors):
    """Ask how far the ranking of the small list can be trusted, with few draws."""
    return partial(call, "robustness", actors, "--draws", 100)


def words(said):
    """What was printed, wherever its lines broke."""
    return " ".join(said.out.split())


def verdict(call, manifest):
    return json.loads(call("verify", manifest, "--json").out)["verdict"]


def test_it_says_who_leads_how_surely_and_what_that_hangs_on(asked):
    said = asked()
    assert said.code == 0
    assert "Who leads, and how surely" in said.out
    assert "no other actor is ranked here" in said.out  # Cy, alone in Lima
    assert "could each alone change who leads: 2" in said.out
    assert "Motivations" in said.out
    assert "Drawn 100 times, seed 1: weights about those of the ranking" in words(said)
    assert "Not judged, for nobody:" in said.out
    assert "4 values are not known, and were drawn" in said.out
    assert "with one actor only: 1" in words(said)


def test_it_speaks_french(asked):
    said = asked("--lang", "fr", "--spread", "uniform", "--top", 2)
    assert said.code == 0
    assert "Qui est en tête" in said.out
    assert "Parmi les 2 premiers" in said.out
    assert "quel que soit l'objectif" in words(said)
    assert "draws" not in said.out


@pytest.mark.parametrize("suffix", ["csv", "parquet", "xlsx", "json"])
def test_a_result_is_the_same_to_the_last_byte_when_it_is_verified(call, asked, tmp_path, suffix):
    assert asked("-o", tmp_path / f"trust.{suffix}", "--seed", 7).code == 0
    assert verdict(call, tmp_path / "trust.manifest.json") == "identical"


@pytest.mark.parametrize("table", COLUMNS)
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_file_holds_the_table_that_was_asked_for(call, asked, tmp_path, table, suffix):
    result = tmp_path / f"trust.{suffix}"
    assert asked("-o", result, "--table", table).code == 0
    read = pd.read_csv if suffix == "csv" else pd.read_parquet
    assert tuple(read(result).columns) == COLUMNS[table]
    assert verdict(call, tmp_path / "trust.manifest.json") == "identical"


def test_a_workbook_holds_every_table_and_what_was_drawn(asked, tmp_path):
    asked("-o", tmp_path / "trust.xlsx", "--seed", 11)
    sheets = pd.read_excel(tmp_path / "trust.xlsx", sheet_name=None, engine="calamine")
    assert [tuple(sheets[name].columns) for name in COLUMNS] == [*COLUMNS.values()]
    assert 11 in sheets["about"].iloc[:, 1].tolist()


def test_a_seed_gives_the_same_bytes_and_another_one_does_not(asked, tmp_path):
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        asked("-o", tmp_path / f"{name}.csv", "--seed", seed)
    a, b, c = ((tmp_path / f"{name}.csv").read_bytes() for name in "abc")
    assert a == b != c


def test_machines_get_a_document_that_fits_its_schema(call, asked, tmp_path):
    said = asked("--json", "-o", tmp_path / "trust.json")
    schema = json.loads(call("schema", "robustness").out)
    jsonschema.validate(json.loads(said.out), schema)
    assert json.loads((tmp_path / "trust.json").read_text()) == json.loads(said.out)
    manifest = json.loads((tmp_path / "trust.manifest.json").read_text())
    jsonschema.validate(manifest, json.loads(call("schema", "manifest").out))
    assert manifest["robustness"]["draws"] == 100


def test_the_manifest_of_a_ranking_knows_nothing_of_draws(call, actors, tmp_path):
    call("rank", actors, "-o", tmp_path / "ranking.csv")
    manifest = json.loads((tmp_path / "ranking.manifest.json").read_text())
    assert not {"robustness", "table"} & set(manifest)


def test_a_manifest_that_tells_another_seed_does_not_verify(call, asked, tmp_path):
    asked("-o", tmp_path / "trust.csv", "--seed", 7)
    manifest = tmp_path / "trust.manifest.json"
    manifest.write_text(manifest.read_text().replace('"seed": 7', '"seed": 8'))
    assert verdict(call, manifest) == "different"


def test_a_list_that_has_changed_is_named(call, asked, actors, tmp_path):
    asked("-o", tmp_path / "trust.json")
    actors.write_text(actors.read_text(encoding="utf-8").replace("Ada", "Eve"), encoding="utf-8")
    assert verdict(call, tmp_path / "trust.manifest.json") == "changed"


def test_one_city_is_shown_alone(asked):
    said = asked("--city", "Dakar")
    assert "Lima" not in said.out
    assert "first in" in said.out
    assert "one actor only" not in words(said)
    assert "only actor ranked here" in words(asked("--city", "Lima"))


def test_all_actors_together_are_one_group(asked):
    said = asked("--by", "none", "--json")
    document = json.loads(said.out)
    assert [city["actors"] for city in document["cities"]] == [3]
    assert asked("--by", "none").code == 0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--city", "Daka"), "near it: Dakar"),
        (("--city", "Dakar", "--by", "none"), "--by city"),
        (("--table", "survey"), "--output"),
        (("--spread", "uniform", "--concentration", "50"), "--spread around"),
        (("--method", "weighted_product"), "topsis"),
        (("--draws", "0"), "--draws"),
        (("--seed", "-1"), "--seed"),
        (("--top", "0"), "--top"),
    ],
)
def test_what_cannot_be_is_refused_with_what_would_be_right(asked, options, told):
    said = asked(*options)
    assert (said.code, said.out) == (2, "")
    assert told in said.err


def test_a_table_of_a_file_that_holds_all_is_refused_before_any_work(asked, tmp_path):
    said = asked("-o", tmp_path / "trust.json", "--table", "weights")
    assert said.code == 2
    assert not (tmp_path / "trust.json").exists()


def test_faults_of_the_list_are_told_as_for_a_ranking(asked, actors):
    actors.write_text(actors.read_text(encoding="utf-8").replace("4,20000", "9,20000"))
    assert asked().code == 1


def test_a_file_of_weights_serves_in_place_of_an_orientation(call, asked, tmp_path):
    names = load_catalog("urban-services").weights("balanced").names
    rows = [f"{name},{place}" for place, name in enumerate(names)]
    (tmp_path / "w.csv").write_text("\n".join(["criterion,weight", *rows]), encoding="utf-8")
    said = asked("--weights", tmp_path / "w.csv", "--json", "-o", tmp_path / "trust.json")
    document = json.loads(said.out)
    assert document["orientation"] == ""
    assert document["weights_from"].startswith("w.csv")
    assert verdict(call, tmp_path / "trust.manifest.json") == "identical"


def test_quiet_prints_nothing(asked, tmp_path):
    said = asked("-q", "-o", tmp_path / "trust.csv")
    assert (said.code, said.out, said.err) == (0, "", "")
