"""The commands: what they print, write and answer, for people and for machines."""

import json
import os
import re
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from time import sleep

import jsonschema
import pandas as pd
import pytest

from partnermcda.ranking import COLUMNS

COMMANDS = [
    (),
    ("catalog",),
    ("rank",),
    ("check",),
    ("verify",),
    ("schema",),
    ("weights",),
    ("robustness",),
    ("batch",),
    ("catalog", "list"),
    ("catalog", "show"),
    ("catalog", "check"),
]


def test_rank_prints_the_ranking_and_how_far_it_can_be_trusted(call, actors):
    said = call("rank", actors, "--orientation", "expand_unserved")
    assert said.code == 0
    assert re.search(r"Dakar +1 +1–2 +(Ada|Bo)", said.out)
    assert "Ranked: 3 of 4 actors, in 2 groups" in said.out
    assert "Not ranked: 1, plays another part" in said.out
    assert "Not judged, for nobody:" in said.out


@pytest.mark.parametrize("suffix", ["csv", "parquet", "xlsx", "json"])
def test_a_result_has_its_columns_and_a_manifest_that_verifies(call, actors, tmp_path, suffix):
    result = tmp_path / f"ranking.{suffix}"
    assert call("rank", actors, "-o", result).code == 0
    read = {
        "csv": pd.read_csv,
        "parquet": pd.read_parquet,
        "xlsx": partial(pd.read_excel, engine="calamine"),
        "json": lambda file: pd.DataFrame(json.loads(file.read_text())["ranking"]),
    }[suffix]
    assert tuple(read(result).columns) == COLUMNS
    verified = call("verify", tmp_path / "ranking.manifest.json", "--json")
    assert verified.code == 0
    assert json.loads(verified.out)["verdict"] == "identical"


def test_verify_says_which_file_has_changed(call, actors, tmp_path):
    call("rank", actors, "-o", tmp_path / "ranking.csv")
    actors.write_text(actors.read_text(encoding="utf-8").replace("Ada", "Eve"), encoding="utf-8")
    said = call("verify", tmp_path / "ranking.manifest.json")
    assert said.code == 1
    assert "changed since are actors.csv" in said.out


def test_verify_finds_a_result_that_was_tampered_with(call, actors, tmp_path):
    call("rank", actors, "-o", tmp_path / "ranking.csv")
    manifest = tmp_path / "ranking.manifest.json"
    result = tmp_path / "ranking.csv"
    result.write_text(result.read_text().replace("Ada", "Eve"))
    assert "ranking.csv" in call("verify", manifest).out


def test_a_folder_with_result_and_list_can_be_moved_and_still_verifies(call, actors, tmp_path):
    call("rank", actors, "-o", tmp_path / "ranking.csv")
    moved = tmp_path.rename(tmp_path.with_name(f"{tmp_path.name}-moved"))
    assert call("verify", moved / "ranking.manifest.json").code == 0


def test_machines_get_documents_that_fit_their_schemas(call, actors, tmp_path):
    result = call("rank", actors, "--json", "-o", tmp_path / "ranking.csv")
    schema = json.loads(call("schema", "result").out)
    jsonschema.validate(json.loads(result.out), schema)
    manifest = json.loads((tmp_path / "ranking.manifest.json").read_text())
    jsonschema.validate(manifest, json.loads(call("schema", "manifest").out))
    catalog = json.loads(call("catalog", "show", "urban-services", "--json").out)
    jsonschema.validate(catalog, json.loads(call("schema", "catalog").out))


def test_every_fault_is_told_at_once_and_nothing_is_written(call, actors, tmp_path):
    bad = actors.read_text(encoding="utf-8").replace("4,20000", "6,-3").replace("start_up", "start")
    actors.write_text(bad, encoding="utf-8")
    for command in (("rank", actors, "-o", tmp_path / "ranking.csv"), ("check", actors)):
        said = call(*command)
        assert said.code == 1
        assert said.err.count("row 2") == 2
        assert "row 3" in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["actors.csv"]
    found = json.loads(call("check", actors, "--json").out)["findings"]
    assert {(f["row"], f["column"]) for f in found} == {
        (2, "res_technical"),
        (2, "res_financial"),
        (3, "actor_type"),
    }


def test_check_tells_what_is_known_of_each_criterion(call, actors):
    said = call("check", actors)
    assert said.code == 0
    assert "No faults in 4 rows." in said.out
    counts = json.loads(call("check", actors, "--json").out)["criteria"]
    assert (counts["res_financial"]["known"], counts["res_financial"]["unknown"]) == (3, 1)


def test_quiet_prints_nothing(call, actors, tmp_path):
    said = call("rank", actors, "-o", tmp_path / "ranking.csv", "--quiet")
    assert (said.code, said.out, said.err) == (0, "", "")
    assert (tmp_path / "ranking.csv").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("rank",),
        ("rank", "actors.csv", "--by", "country"),
        ("rank", "actors.csv", "--top", "0"),
        ("rank", "actors.csv", "--min-evidence", "2"),
        ("rank", "actors.csv", "extra"),
        ("rank", "actors.csv", "--orientaton", "balanced"),
        ("rank", "actors.csv", "--by"),
        ("rang", "actors.csv"),
        ("schema", "ranking"),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_wrong_usage_ends_with_2_and_one_sentence(call, arguments, language, monkeypatch):
    monkeypatch.setenv("PARTNERMCDA_LANG", language)
    said = call(*arguments)
    assert said.code == 2
    assert said.out == ""
    assert "Traceback" not in said.err
    assert 1 <= len(said.err.splitlines()) <= 3


def test_an_orientation_that_does_not_exist_is_wrong_usage(call, actors):
    said = call("rank", actors, "--orientation", "grow")
    assert said.code == 2
    assert "expand_unserved" in said.err


def test_contradicting_judgements_stop_unless_accepted(call, actors, tmp_path):
    built_in = Path(__file__).parents[2] / "criteria" / "urban-services.yaml"
    text = built_in.read_text(encoding="utf-8")
    head, balanced = text.split("id: balanced", 1)
    contradicting = balanced.replace("pillars: [1, 1, 1, 1, 1, 1]", "pillars: [9, 1, 1/9, 9, 1, 9]")
    assert contradicting != balanced
    own = tmp_path / "own.yaml"
    own.write_text(f"{head}id: balanced{contradicting}", encoding="utf-8")
    call_it = ("rank", actors, "--catalog", own, "-o", tmp_path / "ranking.csv")
    refused = call(*call_it)
    assert refused.code == 2
    assert "--accept-inconsistent" in refused.err
    assert not (tmp_path / "ranking.csv").exists()
    accepted = call(*call_it, "--accept-inconsistent")
    assert accepted.code == 0
    assert "contradict one another" in accepted.out
    assert call("verify", tmp_path / "ranking.manifest.json").code == 0


def test_catalogs_are_listed_shown_and_checked(call, tmp_path):
    assert "urban-services" in call("catalog", "list").out
    shown = call("catalog", "show", "urban-services")
    assert "Money it can commit" in shown.out
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: partnermcda-catalog/1\ncatalog: Bad Name\n", encoding="utf-8")
    checked = call("catalog", "check", bad)
    assert checked.code == 1
    assert "pillars" in checked.err


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_command_has_help_with_an_example(call, command, language):
    said = call(*command, "--lang", language, "--help")
    assert said.code == 0
    example = f"partnermcda {' '.join(command)}".strip()
    assert example in said.out
    assert "cli." not in said.out


def test_a_failed_gate_is_shown_beside_the_actor_and_can_exclude_it(call, actors):
    lines = actors.read_text(encoding="utf-8").splitlines()
    answers = ["gate_integrity", "excluded", "clear", "", ""]
    gated = [f"{line},{answer}" for line, answer in zip(lines, answers, strict=True)]
    actors.write_text("\n".join(gated), encoding="utf-8")
    shown = call("rank", actors)
    assert re.search(r"Ada .* FAIL", shown.out)
    assert re.search(r"Bo .* pass", shown.out)
    assert "Ranked although they fail a gate: 1." in shown.out
    counts = json.loads(call("rank", actors, "--json").out)["counts"]
    assert counts["gates"] == {"fail": 1, "pass": 1}
    excluded = call("rank", actors, "--gates", "exclude")
    assert "Not ranked: 1, fails a condition." in excluded.out


def test_equals_that_are_not_printed_are_counted(call, actors):
    alike = [f"e{i},Equal {i},ngo,Dakar,3,," for i in range(9)]
    header = actors.read_text(encoding="utf-8").splitlines()[0]
    actors.write_text("\n".join([header, *alike]), encoding="utf-8")
    assert "and 7 more like it" in call("rank", actors, "--top", "1").out


def test_the_language_is_heard_wherever_it_stands(call, actors):
    told = "Classés : 3 acteurs sur 4"
    assert told in call("rank", actors, "--lang", "fr").out
    assert told in call("--lang=fr", "rank", actors).out


def test_a_french_run_has_no_english_sentence(call, actors, tmp_path):
    said = call("rank", actors, "--lang", "fr", "-o", tmp_path / "rang.csv")
    told = said.out.casefold().replace(str(tmp_path).casefold(), "").split()
    english = {"ranked", "actors", "score", "interval", "known", "groups", "weight", "judgements"}
    assert english & set(told) == set()


@pytest.mark.parametrize("arguments", [(), ("--lang", "fr"), ("catalog",)])
def test_no_command_gives_help(call, arguments):
    assert "partnermcda" in (said := call(*arguments)).out + said.err
    assert "Traceback" not in said.err


def test_faults_of_every_kind_come_as_json_when_asked_for(call, actors):
    for arguments in (("rank", actors, "--by", "x", "--json"), ("rank", "no.csv", "--json")):
        said = call(*arguments)
        assert json.loads(said.out)["findings"][0]["problem"]
        assert said.err == ""


def test_a_full_disk_behind_the_output_is_told(actors):
    command = [sys.executable, "-m", "partnermcda", "rank", str(actors)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert "the output cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_output_that_cannot_write_a_letter_gets_a_mark(actors):
    command = [sys.executable, "-m", "partnermcda", "catalog", "show", "urban-services"]
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, env=environment, capture_output=True)
    assert done.returncode == 0
    assert b"?" in done.stdout


@pytest.mark.parametrize(
    "tamper",
    [
        lambda m: m["weights"].update(res_technical=0.0),
        lambda m: m["counts"].update(ranked=999),
        lambda m: m["set_aside"].update(share=0.0),
        lambda m: m["consistency"].update(pillars=9.0),
        lambda m: m["options"].update(min_evidence=0.9),
        lambda m: m["options"].update(unknown="prior"),
        lambda m: m["options"].clear(),
        lambda m: m["options"].update(more=1),
        lambda m: m["options"].update(rank_roles=None),
        lambda m: m["options"].update(inventory="../../../../../../etc/passwd"),
        lambda m: m.update(inputs=[]),
        lambda m: m["inputs"][0].update(bytes=1),
        lambda m: m["result"].update(path="a\0b"),
        lambda m: m["inputs"][0].update(path="/dev/zero"),
    ],
)
def test_a_manifest_that_was_tampered_with_never_verifies(call, actors, tmp_path, tamper):
    call("rank", actors, "-o", tmp_path / "ranking.csv")
    manifest = tmp_path / "ranking.manifest.json"
    recorded = json.loads(manifest.read_text())
    tamper(recorded)
    manifest.write_text(json.dumps(recorded))
    said = call("verify", manifest)
    assert said.code != 0
    assert said.out + said.err
    assert "root:" not in said.out + said.err


def test_control_characters_in_names_never_reach_the_terminal(call, actors):
    text = actors.read_text(encoding="utf-8")
    actors.write_text(text.replace("Ada", '"Ada\x1b[31m[bold]x[/bold]"'), encoding="utf-8")
    said = call("rank", actors)
    assert "\x1b" not in said.out + said.err
    if said.code == 0:
        assert "[bold]x[/bold]" in said.out


def test_a_closed_pipe_is_no_fault(actors):
    command = [sys.executable, "-m", "partnermcda", "rank", str(actors), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        errors = process.stderr.read().decode()
    assert process.returncode in (0, 1)
    assert "Traceback" not in errors
    assert "BrokenPipe" not in errors


def test_an_interrupt_ends_with_130_and_writes_nothing(actors, tmp_path):
    rows = actors.read_text(encoding="utf-8").splitlines()
    many = [f"{i},Actor {i},ngo,City {i % 97},4,20000,5" for i in range(400_000)]
    actors.write_text("\n".join([rows[0], *many]), encoding="utf-8")
    result = tmp_path / "ranking.csv"
    command = [sys.executable, "-m", "partnermcda", "rank", str(actors), "-o", str(result)]
    # Moments from the heavy imports to the writing of the result.
    for moment in (0.01, 0.5, 1.0):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while "pyarrow" not in Path(f"/proc/{process.pid}/maps").read_text():
            sleep(0.01)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=moment)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 130
        assert b"Traceback" not in errors
    assert sorted(path.name for path in tmp_path.iterdir()) == ["actors.csv"]
