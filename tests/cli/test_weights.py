"""From judgements to weights and from weights to a ranking, as the shell would do it."""

import json
import shutil
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from partnermcda.catalog import load_catalog
from partnermcda.cli import main

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
JUDGEMENTS = EXAMPLES / "judgements.csv"
SUFFIXES = ("csv", "xlsx", "json")
HEADER = "judge,node,a,b,value"
CONTRADICTING = ["ngo,goal,cost,reach,9", "ngo,goal,reach,trust,9", "ngo,goal,cost,trust,1/9"]


@pytest.fixture
def said(tmp_path):
    """Write judgements pair by pair."""

    def _write(*lines, name="judgements.csv"):
        path = tmp_path / name
        path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
        return path

    return _write


@pytest.fixture(scope="module")
def committee(tmp_path_factory):
    """Weights of the committee in every format."""
    folder = tmp_path_factory.mktemp("committee")
    for suffix in SUFFIXES:
        with pytest.raises(SystemExit) as ended:
            main(["weights", str(JUDGEMENTS), "-o", str(folder / f"weights.{suffix}"), "--quiet"])
        assert ended.value.code == 0
    return folder


@pytest.fixture
def weighed(committee, tmp_path):
    """Weights of the committee, in the format of a suffix, to be used and spoiled."""

    def _copy(suffix="csv"):
        return Path(shutil.copy(committee / f"weights.{suffix}", tmp_path))

    return _copy


def test_weights_are_printed_with_consistency_and_what_to_look_at_again(call):
    told = call("weights", JUDGEMENTS)
    assert told.code == 0
    assert "Reach in unserved districts" in told.out
    assert "Consensus" in told.out
    assert "residents' association" in told.out
    again = next(line for line in told.out.splitlines() if line.startswith("ngo ") and ":" in line)
    assert "Technical expertise and equipment : Presence on the ground" in again
    assert "1/3" in again
    assert "0.220 → 0.049" in again


def test_the_examples_in_both_shapes_and_languages_weigh_alike(call, tmp_path):
    for name in ("judgements.csv", "judgements.xlsx"):
        assert call("weights", EXAMPLES / name, "-o", tmp_path / f"{name}.csv", "-q").code == 0
    first, second = (tmp_path / f"judgements.{suffix}.csv" for suffix in ("csv", "xlsx"))
    assert first.read_bytes() == second.read_bytes()


def test_a_french_run_has_no_english_sentence(call, tmp_path):
    book = EXAMPLES / "judgements.xlsx"
    told = call("weights", book, "--lang", "fr", "-o", tmp_path / "poids.xlsx")
    assert told.code == 0
    words = set(told.out.casefold().replace(str(tmp_path).casefold(), "").split())
    assert {"weights", "judges", "node", "consistency", "written", "group"} & words == set()
    assert "Atteinte des quartiers non desservis" in told.out
    assert openpyxl.load_workbook(tmp_path / "poids.xlsx").sheetnames[0] == "poids"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_weights_rank_and_the_result_verifies(call, actors, weighed, tmp_path, suffix):
    weights, result = weighed(suffix), tmp_path / "ranking.csv"
    told = call("rank", actors, "--weights", weights, "-o", result)
    assert told.code == 0
    assert f"weights from '{weights}'" in told.out
    assert "consistency ratio of at most 0.009" in told.out
    manifest = json.loads((tmp_path / "ranking.manifest.json").read_text())
    assert manifest["weights_file"]["path"] == weights.name
    assert manifest["orientation"] == ""
    assert set(manifest["consistency"]) == set(load_catalog("urban-services").hierarchy.nodes)
    jsonschema.validate(manifest, json.loads(call("schema", "manifest").out))
    assert json.loads(call("verify", tmp_path / "ranking.manifest.json", "--json").out)["same"]


def test_each_format_of_weights_ranks_alike(call, actors, weighed, tmp_path):
    results = []
    for suffix in SUFFIXES:
        result = tmp_path / f"by-{suffix}.csv"
        call("rank", actors, "--weights", weighed(suffix), "-o", result, "-q")
        results.append(result.read_bytes())
    assert results[0] == results[1] == results[2]


def test_judgements_of_the_catalog_rank_as_its_orientation_does(call, actors, said, tmp_path):
    catalog = load_catalog("urban-services")
    upper = catalog.orientation("expand_unserved").judgements
    lines = []
    for node, items in catalog.hierarchy.children.items():
        pairs = [(a, b) for i, a in enumerate(items) for b in items[i + 1 :]]
        both = zip(pairs, upper[node], strict=True)
        lines += [f"guide,{node},{a},{b},{value!r}" for (a, b), value in both]
    weights = tmp_path / "weights.csv"
    assert call("weights", said(*lines), "-o", weights, "-q").code == 0
    call("rank", actors, "--weights", weights, "-o", tmp_path / "a.csv", "-q")
    call("rank", actors, "-w", "expand_unserved", "-o", tmp_path / "b.csv", "-q")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_a_result_names_the_weights_it_rests_on(call, actors, weighed, tmp_path):
    weights = weighed()
    document = json.loads(call("rank", actors, "--weights", weights, "--json").out)
    assert document["orientation"] == ""
    assert document["weights_from"].startswith("weights.csv (sha256 ")
    jsonschema.validate(document, json.loads(call("schema", "result").out))
    call("rank", actors, "--weights", weights, "-o", tmp_path / "r.xlsx", "-q")
    about = openpyxl.load_workbook(tmp_path / "r.xlsx")["about"]
    rows = dict(row for row in about.iter_rows(values_only=True, max_col=2) if row[0])
    assert rows["Weights from"] == document["weights_from"]
    assert "Orientation of the project" not in rows


def test_weights_that_were_tampered_with_are_found_out(call, actors, weighed, tmp_path):
    weights = weighed()
    call("rank", actors, "--weights", weights, "-o", tmp_path / "ranking.csv", "-q")
    weights.write_text(weights.read_text().replace("0.", "0.1", 1))
    told = call("verify", tmp_path / "ranking.manifest.json")
    assert told.code == 1
    assert "changed since are weights.csv" in told.out


def test_a_folder_with_weights_can_be_moved_and_still_verifies(call, actors, weighed, tmp_path):
    call("rank", actors, "--weights", weighed(), "-o", tmp_path / "ranking.json", "-q")
    moved = tmp_path.rename(tmp_path.with_name(f"{tmp_path.name}-moved"))
    assert call("verify", moved / "ranking.manifest.json").code == 0


@pytest.mark.parametrize(
    "tamper",
    [
        lambda m: m["weights_file"].update(path="other.csv"),
        lambda m: m["weights_file"].update(path="/dev/zero"),
        lambda m: m["weights_file"].update(sha256="0" * 64),
        lambda m: m["weights_file"].update(bytes=1),
        lambda m: m.pop("weights_file"),
        lambda m: m.update(orientation="balanced"),
        lambda m: m.update(random_index="saaty-1980"),
        lambda m: m["consistency"].update(pillars=0.0),
    ],
)
def test_a_manifest_with_weights_that_was_tampered_with_never_verifies(
    call, actors, weighed, tmp_path, tamper
):
    call("rank", actors, "--weights", weighed(), "-o", tmp_path / "ranking.csv", "-q")
    manifest = tmp_path / "ranking.manifest.json"
    recorded = json.loads(manifest.read_text())
    tamper(recorded)
    manifest.write_text(json.dumps(recorded))
    told = call("verify", manifest)
    assert told.code != 0
    assert told.out + told.err


@pytest.mark.parametrize("language", ["en", "fr"])
def test_typed_weights_rank_and_faults_in_them_are_told_with_their_rows(
    call, actors, tmp_path, language
):
    catalog = load_catalog("urban-services")
    typed = tmp_path / "typed.csv"
    lines = [f"{catalog.label(name, language)};5" for name in catalog.entries]
    typed.write_text("\n".join(["critère;poids", *lines]), encoding="utf-8")
    told = call("rank", actors, "--weights", typed, "--lang", language)
    assert told.code == 0
    assert {"en": "the weights sum to 80", "fr": "la somme des poids est 80"}[language] in told.out
    bad = [lines[0].replace(";5", ";-5"), "Motivation;5", *lines[2:]]
    typed.write_text("\n".join(["critère;poids", *bad]), encoding="utf-8")
    refused = call("rank", actors, "--weights", typed, "-o", tmp_path / "r.csv", "--lang", language)
    assert refused.code == 1
    row = {"en": "row", "fr": "ligne"}[language]
    assert f"{row} 2" in refused.err
    assert f"{row} 3" in refused.err
    assert not (tmp_path / "r.csv").exists()


def test_weights_and_an_orientation_together_are_wrong_usage(call, actors, weighed):
    for spelling in (("-w", "balanced"), ("--orientation=balanced",)):
        told = call("rank", actors, "--weights", weighed(), *spelling)
        assert told.code == 2
        assert "--weights" in told.err


def test_weights_are_never_written_over_by_the_ranking(call, actors, weighed):
    weights = weighed()
    before = weights.read_bytes()
    assert call("rank", actors, "--weights", weights, "-o", weights).code == 1
    assert weights.read_bytes() == before


def test_contradictions_are_printed_and_nothing_is_written(call, said, tmp_path):
    path = said(*CONTRADICTING)
    ask = ("weights", path, "--catalog", "none", "-o", tmp_path / "w.csv")
    refused = call(*ask)
    assert refused.code == 2
    assert "cost" in refused.out
    assert "To look at again" in refused.out
    assert "--accept-inconsistent" in refused.err
    as_json = call(*ask, "--json")
    assert as_json.code == 2
    assert json.loads(as_json.out)["look_again"]
    assert not (tmp_path / "w.csv").exists()
    assert call(*ask, "--accept-inconsistent").code == 0
    assert (tmp_path / "w.csv").exists()


def test_a_ratio_in_the_weights_stops_the_ranking_unless_accepted(call, actors, weighed, tmp_path):
    weights = weighed()
    lines = weights.read_text().splitlines()
    ratio = next(line for line in lines if ",pillars," in line).split(",")[4]
    weights.write_text(weights.read_text().replace(ratio, "0.31"))
    ask = ("rank", actors, "--weights", weights, "-o", tmp_path / "r.csv")
    refused = call(*ask)
    assert refused.code == 2
    assert "0.310" in refused.err
    assert not (tmp_path / "r.csv").exists()
    assert call(*ask, "--accept-inconsistent").code == 0


def test_faults_of_judgements_are_told_at_once_and_nothing_is_written(call, said, tmp_path):
    path = said(
        "ngo,pillars,resources,motivations,0",
        "ngo,pillars,resources,equity_alignment,many",
        "ngo,pillars,ressource,digital_readiness,2",
    )
    told = call("weights", path, "-o", tmp_path / "w.csv")
    assert told.code == 1
    assert all(f"row {row}" in told.err for row in (2, 3, 4))
    found = json.loads(call("weights", path, "--json").out)["findings"]
    assert {fault["row"] for fault in found} == {2, 3, 4}
    assert not (tmp_path / "w.csv").exists()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 1),  # nobody judged most nodes
        (("--orientation", "balanced"), 0),
        (("--orientation", "grow"), 2),
        (("--catalog", "none", "--orientation", "balanced"), 2),
        (("--judge-weight", "ngos=2", "--orientation", "balanced"), 2),
        (("--judge-weight", "ngo", "--orientation", "balanced"), 2),
        (("--random-index", "saaty", "--orientation", "balanced"), 2),
        (("--random-index", "0,9", "--orientation", "balanced"), 0),
        (("--max-cr", "-1", "--orientation", "balanced"), 2),
        (("--pooling", "mean"), 2),
        (("-o", "weights.parquet", "--orientation", "balanced"), 1),
    ],
)
def test_exit_codes_tell_faults_of_files_from_wrong_usage(call, said, options, code):
    pairs = [("motivations", 2), ("digital_readiness", 2), ("equity_alignment", 1)]
    path = said(*(f"ngo,pillars,resources,{name},{value}" for name, value in pairs))
    told = call("weights", path, *options)
    assert told.code == code
    assert bool(told.err) == (code > 0)


def test_no_such_file_is_a_fault_of_the_input(call, tmp_path):
    assert call("weights", tmp_path / "no.csv").code == 1
    assert call("weights", tmp_path).code == 1


def test_judges_count_as_asked_and_are_left_out_by_name(call, said, tmp_path):
    steady = ["hall,goal,cost,reach,2", "hall,goal,reach,trust,2", "hall,goal,cost,trust,4"]
    path = said(*steady, *CONTRADICTING)
    ask = ("weights", path, "--catalog", "none", "--json")
    told = json.loads(call(*ask, "--max-cr", "0.2").out)
    assert [(out["judge"], out["node"]) for out in told["left_out"]] == [("ngo", "goal")]
    assert told["weights"]["cost"] == pytest.approx(4 / 7)
    told = json.loads(call(*ask, "--judge-weight", "ngo=0").out)
    assert told["judges"] == {"hall": 1.0, "ngo": 0.0}
    assert told["weights"]["cost"] == pytest.approx(4 / 7)


def test_the_document_fits_its_schema(call):
    told = call("weights", JUDGEMENTS, "--json")
    jsonschema.validate(json.loads(told.out), json.loads(call("schema", "weights").out))
    assert json.loads(told.out)["inputs"][0]["path"].endswith("docs/examples/judgements.csv")


def test_names_that_would_run_are_text(call, said, tmp_path):
    path = said('"=1+1",goal,"=cost","@reach",3')
    for suffix in ("csv", "xlsx"):
        weights = tmp_path / f"w.{suffix}"
        assert call("weights", path, "--catalog", "none", "-o", weights).code == 0
    assert "'=cost" in (tmp_path / "w.csv").read_text()
    cells = [c for s in openpyxl.load_workbook(tmp_path / "w.xlsx") for row in s for c in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert "=cost" in {cell.value for cell in cells}


def test_control_characters_in_names_never_reach_the_terminal(call, said):
    told = call("weights", said("ngo,goal,a\x1b[31mb,[bold]c[/bold],3"), "--catalog", "none")
    assert "\x1b" not in told.out + told.err


def test_judgements_are_never_written_over(call, tmp_path):
    path = shutil.copy(JUDGEMENTS, tmp_path / "judgements.csv")
    assert call("weights", path, "-o", path).code == 1
    assert Path(path).read_bytes() == JUDGEMENTS.read_bytes()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_help_explains_every_option(call, language):
    told = call("weights", "--lang", language, "--help")
    assert told.code == 0
    assert "partnermcda weights judgements.xlsx" in told.out
    assert "cli." not in told.out
