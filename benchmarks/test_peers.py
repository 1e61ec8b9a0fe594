"""The race against other libraries runs from end to end, with whoever is installed."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from benchmarks.peers import memory, one_city, picture, report
from benchmarks.peers.clock import race
from benchmarks.peers.contenders import OURS, Contender, installed, missing
from benchmarks.peers.problems import Size
from benchmarks.peers.results import Results
from benchmarks.peers.sections import SECTIONS

ROOT = Path(__file__).parents[1]
EVERY_QUICK_SIZE = [(s, size) for s in SECTIONS for size in s.quick]
SMALL = Size("matrix", 50, 3)


def test_the_command_runs_from_end_to_end():
    command = [sys.executable, "-m", "benchmarks.peers", "--quick"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    for section, size in EVERY_QUICK_SIZE:
        assert f"**{size}**" in done.stdout
        assert all(name in done.stdout for name in section.missing())


@pytest.mark.parametrize("size", [size for _, size in EVERY_QUICK_SIZE], ids=str)
def test_our_answers_are_right_and_wrong_ones_are_told(size):
    section = next(s for s, quick in EVERY_QUICK_SIZE if quick == size)
    ours = next(c for c in section.contenders(size) if c.name == OURS)
    problem = size.make()
    answer = np.asarray(ours.finish(ours.prepare(problem)()))
    assert problem.judge()(answer) <= report.AGREES
    assert problem.judge()(np.roll(answer, 1, axis=0)) > report.AGREES


@pytest.mark.parametrize("size", [size for _, size in EVERY_QUICK_SIZE], ids=str)
def test_a_problem_cut_short_is_the_beginning_of_the_whole(size):
    problem = size.make()
    head = problem.head(30)
    assert len(head.x) == head.size.m <= size.m
    assert np.array_equal(head.x, problem.x[: len(head.x)])
    assert head.size.draws == min(size.draws, 30)


def test_a_library_that_is_missing_is_named():
    absent = Contender("nobody", print, ("no_such_library",))
    assert missing([absent]) == ("nobody",)
    assert installed([absent]) == ()


def test_an_answer_that_differs_stands_in_bold_and_a_cut_problem_has_its_star():
    def wrong(problem):
        return lambda: np.full(len(problem.x), 0.5)

    given = {"seconds": 0.0, "fewest": 1}
    times = race(SMALL.make(), [Contender("half", wrong, most=10)], **given)
    (row,) = (r for r in report.table(SMALL, Results({SMALL: times})).split("\n") if "half*" in r)
    assert row.rstrip(" |").endswith("**")


def test_what_a_person_wrote_on_the_page_stays(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("Mine.\n<!-- measured: a -->\nold\n<!-- end: a -->\nMine too.\n", "utf-8")
    report.fill(page, {"a": r"new \1"})
    assert page.read_text("utf-8") == (
        "Mine.\n<!-- measured: a -->\nnew \\1\n<!-- end: a -->\nMine too.\n"
    )
    with pytest.raises(SystemExit, match="measured: b"):
        report.fill(page, {"b": "new"})


def test_the_page_has_a_place_for_all_that_is_measured(tmp_path):
    page = tmp_path / "page.md"
    page.write_bytes((ROOT / "docs" / "benchmarks.md").read_bytes())
    report.fill(page, report.pages(Results(), quick=False))


def test_memory_is_that_of_the_contender_and_not_of_its_input_and_answer():
    size, naive = Size("matrix", 500_000), one_city.NAIVE
    taken = memory.beyond("one-city", size, naive) if memory.MEASURABLE else size.m * size.n * 8
    assert 1 <= taken / (size.m * size.n * 8) <= 4


def test_names_beside_the_lines_stand_apart_and_in_order():
    placed = picture.spread([0.5, 0.5, 0.51, 0.99, 1.0])
    assert all(b - a >= picture.HEIGHT - 1e-6 for a, b in pairwise(placed))
    assert 0 <= placed[0] <= placed[-1] <= 1
