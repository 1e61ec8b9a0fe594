"""A register of any size, from the command line: ranked, watched, stopped and gone on with."""

import json
import re
import signal
import subprocess
import sys
import time
from functools import partial
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from rich.console import Console

from partnermcda.batch import Progress
from partnermcda.catalog import load_catalog
from partnermcda.cli import batch_progress
from partnermcda.cli.batch_progress import Pace, Watch, batch_watched, so_far
from partnermcda.cli.options import as_bytes

BUILT_IN = Path(__file__).parents[2] / "criteria" / "urban-services.yaml"
CITIES = ("Dakar", "Lima", "São Tomé", "Thiès")
SMALL = (
    "import sys; from partnermcda.batch import parts; parts.BLOCK, parts.PART = 2000, 4000;"
    "from partnermcda.cli import main; main(sys.argv[1:])"
)
"""The command line where a register of a few thousand rows has many blocks and parts."""


def register(actors=40, seed=1, cities=CITIES):
    """A register in the order of its cities, some answers missing and some beyond the bounds."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "actor_id": [f"a{row}" for row in range(actors)],
            "actor": [f"Acteur {row}" for row in range(actors)],
            "actor_type": rng.choice(["ngo", "start_up", "local_authority"], actors),
            "city": np.sort(rng.choice(cities, actors)),
            "res_technical": rng.integers(1, 6, actors).astype(float),
            "res_financial": rng.uniform(0, 2e6, actors).round(),
        }
    )
    frame.loc[rng.random(actors) < 0.25, "res_technical"] = None
    return frame


@pytest.fixture
def source(tmp_path):
    """Forty actors in four cities."""
    path = tmp_path / "register.parquet"
    register().to_parquet(path)
    return path


@pytest.fixture
def asked(call, source, tmp_path):
    """Rank the small register."""
    return partial(call, "batch", source, tmp_path / "ranked")


def words(text):
    """What was printed, wherever its lines broke."""
    return " ".join(text.split())


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize(
    "options",
    [
        (),
        (
            "--orientation",
            "expand_unserved",
            "--unknown",
            "prior",
            "--rank-role",
            "focal_authority",
        ),
        ("--method", "weighted_sum", "--set-aside", "0.9", "--min-evidence", "0.9"),
    ],
    ids=["as it comes", "priors and the authority", "a sum of what is known well"],
)
def test_the_ranking_is_that_of_the_command_for_small_lists(call, asked, source, tmp_path, options):
    assert asked(*options).code == 0
    assert call("rank", source, "-o", tmp_path / "ranking.parquet", *options).code == 0
    ours = pd.read_parquet(tmp_path / "ranked")
    pd.testing.assert_frame_equal(
        ours, pd.read_parquet(tmp_path / "ranking.parquet"), check_exact=True
    )
    assert len(ours)


def test_weights_may_come_from_a_file(call, asked, source, tmp_path):
    names = load_catalog("urban-services").weights("balanced").names
    rows = [f"{name},{place}" for place, name in enumerate(names)]
    weights = tmp_path / "w.csv"
    weights.write_text("\n".join(["criterion,weight", *rows]), encoding="utf-8")
    said = asked("--weights", weights)
    assert f"weights from '{weights}'" in words(said.out)
    assert "says nothing of judgements" in words(said.out)
    call("rank", source, "--weights", weights, "-o", tmp_path / "ranking.parquet")
    expected = pd.read_parquet(tmp_path / "ranking.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "ranked"), expected, check_exact=True)


def test_only_the_best_of_each_city_are_written(asked, tmp_path):
    asked("--top", 2)
    ranked = pd.read_parquet(tmp_path / "ranked")
    assert ranked["rank"].max() == 2
    assert set(ranked["city"]) == set(CITIES)


def test_actors_of_all_cities_are_ranked_together(call, asked, source, tmp_path):
    said = asked("--by", "none", "--top", 5)
    assert "all together" in words(said.out)
    call("rank", source, "--by", "none", "-o", tmp_path / "ranking.parquet")
    best = pd.read_parquet(tmp_path / "ranking.parquet").query("rank <= 5")
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "ranked"), best, check_exact=True)


def test_it_says_who_was_ranked_what_is_not_known_and_where_all_is(asked, tmp_path):
    said = asked("--orientation", "balanced")
    told = words(said.out)
    assert "of 40 actors, each within one of 4 cities, orientation 'Balanced'" in told
    assert "plays another part" in told
    assert "Technical expertise and equipment 3" in told
    assert "Not judged, for nobody:" in told
    assert "The slowest step: " in told
    assert "Taken up from" not in told
    for file in ("part-00000.parquet", "_cities.parquet", "_faults.parquet", "_manifest.json"):
        assert file in told
        assert (tmp_path / "ranked" / file).exists()


def test_it_speaks_french(asked):
    said = asked("--lang", "fr")
    assert said.code == 0
    assert "acteurs sur 40, chacun dans une des 4 ville(s)" in words(said.out)
    assert "Parcours : 0 lignes sur 40" in said.err
    assert "L'étape la plus longue" in words(said.out)
    assert "Ranked" not in said.out


def test_it_tells_that_rows_had_to_be_sorted(call, tmp_path):
    register().sample(frac=1, random_state=3).to_parquet(tmp_path / "shuffled.parquet")
    said = call("batch", tmp_path / "shuffled.parquet", tmp_path / "ranked")
    assert "were sorted first" in words(said.out)


def test_it_is_quiet_when_asked(asked):
    said = asked("--quiet")
    assert (said.code, said.out, said.err) == (0, "", "")


def test_machines_get_the_counts_and_nothing_else(asked, tmp_path):
    said = asked("--json")
    told = json.loads(said.out)
    assert said.err == ""
    assert told["rows"] == 40
    assert told["ranked"] + sum(told["left_out"].values()) == 40
    assert told["unknown"]["res_technical"] + told["known"]["res_technical"] == 40
    assert told["folder"] == str(tmp_path / "ranked")
    assert set(told["seconds"]) == {"survey", "rank", "write"}
    assert 0 < told["set_aside_share"] < 1
    assert told["notes"] == []


def test_machines_hear_how_far_it_has_come(asked):
    said = asked("--json-progress", "--quiet")
    told = [json.loads(line) for line in said.err.splitlines()]
    assert [pace["step"] for pace in told] == ["survey", "rank", "write"]
    assert told[0] == {
        "step": "survey",
        "rows": 0,
        "of": 40,
        "rows_per_second": None,
        "seconds_left": None,
    }


def test_without_a_terminal_each_step_is_a_plain_line(asked):
    said = asked()
    assert said.err.splitlines() == [
        "Looking through: 0 of 40 rows",
        "Ranking: 0 of 40 rows",
        "Finishing",
    ]


def test_faults_end_the_run_and_are_listed_beside_the_result(call, tmp_path):
    frame = register()
    frame["res_technical"] = frame["res_technical"].astype(object)
    frame.loc[[3, 7], "res_technical"] = "beaucoup"
    frame["res_technical"] = frame["res_technical"].astype("string")
    frame.loc[5, "city"] = None
    frame.to_parquet(tmp_path / "faulty.parquet")
    ask = partial(call, "batch", tmp_path / "faulty.parquet", tmp_path / "ranked")
    said = ask()
    assert said.code == 1
    assert "Nothing was ranked; the 3 faults found are listed in" in words(said.err)
    listed = pd.read_parquet(tmp_path / "ranked.faults.parquet")
    assert sorted(listed["row"]) == [4, 6, 8]
    assert not (tmp_path / "ranked").exists()
    again = ask("--max-faults", 3)
    assert again.code == 0
    assert "Rows left out for faults: 3; faults: 3, all listed in _faults.parquet" in words(
        again.out
    )
    assert sorted(pd.read_parquet(tmp_path / "ranked" / "_faults.parquet")["row"]) == [4, 6, 8]
    assert json.loads(ask("--json").out)["findings"][0]["code"] == "batch.fault"


def test_a_source_that_is_not_there_is_named(call, tmp_path):
    said = call("batch", tmp_path / "nowhere.parquet", tmp_path / "ranked", "--json")
    assert said.code == 1
    assert json.loads(said.out)["findings"][0]["file"] == str(tmp_path / "nowhere.parquet")


def test_contradicting_judgements_are_refused_before_a_row_is_read(call, source, tmp_path):
    text = BUILT_IN.read_text(encoding="utf-8")
    head, balanced = text.split("id: balanced", 1)
    against = balanced.replace("pillars: [1, 1, 1, 1, 1, 1]", "pillars: [9, 1, 1/9, 9, 1, 9]")
    assert against != balanced
    own = tmp_path / "own.yaml"
    own.write_text(f"{head}id: balanced{against}", encoding="utf-8")
    ask = partial(call, "batch", source, tmp_path / "ranked", "--catalog", own)
    refused = ask()
    assert refused.code == 2
    assert "--accept-inconsistent" in refused.err
    assert "Looking through" not in refused.err
    accepted = ask("--accept-inconsistent")
    assert accepted.code == 0
    assert "contradict one another" in words(accepted.out)


@pytest.mark.parametrize("text", ["much", "256", "-1GB", "1e9B", "nanGB", "٣GB", "1 GBB", ""])
def test_a_size_of_memory_that_is_none_is_refused_in_words(asked, text):
    said = asked(f"--memory={text}")
    assert said.code == 2
    assert "--memory is: memory for sorting" in words(said.err)


def test_too_little_memory_is_refused_with_what_would_do(asked):
    said = asked("--memory", "1MB")
    assert said.code == 2
    assert "67108864" in said.err


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("64MB", 64_000_000),
        ("64 MiB", 1 << 26),
        ("2gb", 2_000_000_000),
        ("0,5 Go", 500_000_000),
        ("100000000B", 100_000_000),
        ("1.5TiB", 3 << 39),
    ],
)
def test_a_size_of_memory_is_read_as_it_is_written(text, size):
    assert as_bytes(text) == size


def test_an_engine_that_is_none_is_refused(asked):
    assert asked("--engine", "spark").code == 2


@pytest.fixture
def ticking(monkeypatch):
    """A clock that the test sets."""
    now = [100.0]
    monkeypatch.setattr(batch_progress, "perf_counter", lambda: now[0])
    return now


def test_the_pace_counts_from_the_begin_of_a_step_and_is_shown_now_and_then(ticking):
    shown = []
    watch = Watch(shown.append, every=5.0)
    for second, progress in [
        (0, Progress("survey", 0, 1000)),
        (1, Progress("survey", 900, 1000)),
        (2, Progress("rank", 200, 1000)),
        (4, Progress("rank", 300, 1000)),
        (10, Progress("rank", 600, 1000)),
    ]:
        ticking[0] = 100.0 + second
        watch(progress)
    assert shown == [
        Pace("survey", 0, 1000, None, None),
        Pace("rank", 200, 1000, None, None),
        Pace("rank", 600, 1000, 50.0, 8.0),
    ]
    assert watch.rows == 1000


def test_a_pace_is_told_in_words():
    pace = Pace("rank", 1_500_000, 6_000_000, 125_000.4, 4225.0)
    assert so_far(pace, "en") == "1,500,000 of 6,000,000 rows, 125,000 a second, 1 h 10 min left"
    assert words(so_far(pace, "fr")).endswith(", 125 000 par seconde, encore 1 h 10 min")
    assert so_far(Pace("write", 0, 0, None, None), "en") == ""


def test_a_terminal_shows_a_bar_of_the_step_that_is_at_work(monkeypatch, ticking):
    screen = Console(file=StringIO(), force_terminal=True, width=100)
    monkeypatch.setattr(batch_progress, "terminal", lambda *, error: screen)
    with batch_watched("en", quiet=False, as_json=False) as watch:
        for second, progress in [
            (0, Progress("survey", 0, 80)),
            (1, Progress("rank", 0, 80)),
            (3, Progress("rank", 40, 80)),
        ]:
            ticking[0] = 100.0 + second
            watch(progress)
    drawn = screen.file.getvalue()
    assert "━" in drawn
    last = drawn[drawn.rindex("Ranking") :]
    assert "40 of 80 rows, 20 a second, 2 s left" in last


def until(holds, seconds=20.0):
    """Wait for something to hold."""
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.002)


def run(program, folder):
    """Let a command finish; say what it said."""
    done = subprocess.run(program, capture_output=True, text=True, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_run_stopped_with_ctrl_c_says_how_to_go_on_and_does(tmp_path):
    rows = 40_000
    register(rows, cities=[f"C{city:03d}" for city in range(200)]).to_parquet(
        tmp_path / "a.parquet"
    )
    program = [sys.executable, "-c", SMALL, "batch", "a.parquet", "ranked"]
    kept = tmp_path / ".ranked.staging" / "_work"
    with subprocess.Popen(program, stderr=subprocess.PIPE, text=True, cwd=tmp_path) as stopped:
        until(lambda: len(list(kept.glob("0*.json"))) > 1)
        asked = time.monotonic()
        stopped.send_signal(signal.SIGINT)
        told = words(stopped.communicate()[1])
    assert time.monotonic() - asked < 5
    assert stopped.returncode == 130
    assert not (tmp_path / "ranked").exists()
    done = re.search(r"run the same command again: ([\d,]+) of 40,000 rows are done", told)[1]
    assert 0 < int(done.replace(",", "")) < rows
    assert "Taken up" in run(program, tmp_path)
    run([*program[:-1], "whole"], tmp_path)
    assert contents(tmp_path / "ranked") == contents(tmp_path / "whole")


@pytest.fixture
def interrupted(monkeypatch):
    """Ctrl-C is pressed after the first quarter of the survey."""

    def run_until_stopped(*_, on_progress, **__):
        on_progress(Progress("survey", 0, 40))
        on_progress(Progress("survey", 10, 40))
        raise KeyboardInterrupt

    monkeypatch.setattr("partnermcda.cli.batch.run_batch_job", run_until_stopped)


def test_nothing_kept_is_told_as_such(asked, interrupted):
    said = asked("--quiet", "--lang", "fr")
    assert said.code == 130
    assert "relancez la même commande : 0 lignes sur 40 sont faites" in words(said.err)


def test_whoever_began_anew_goes_on_without_doing_so_again(asked, interrupted):
    assert "run the same command again without --restart" in words(asked("--restart").err)


def test_machines_hear_that_it_was_stopped(asked, interrupted):
    said = asked("--json", "--json-progress")
    assert (said.code, said.out) == (130, "")
    told = json.loads(said.err.splitlines()[-1])
    assert (told["stopped"], told["rows"], told["of"]) == (True, 0, 40)
