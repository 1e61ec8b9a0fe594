"""Every example of the pages runs: Python blocks, and the commands of console blocks.

A page becomes a script whose lines have the numbers they have in the page, so that a failure
names the page's own line. Its blocks share one namespace and one folder, in the page's order.
"""

import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "criteria" / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]
BLOCK = re.compile(
    r"^(?P<indent> *)```(?P<kind>\w+)[^\n]*\n(?P<code>.*?)^(?P=indent)```$", re.M | re.S
)
COMMAND = re.compile(r"^\$ (?P<command>(?:[^\n]*\\\n)*[^\n]*)", re.M)
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)


def script(text):
    """Turn a page into a script with the page's line numbers."""
    lines = [""] * text.count("\n")
    for block in BLOCK.finditer(text):
        start = text.count("\n", 0, block.start("code"))
        code = python_lines(block["kind"], block["code"].replace(f"\n{block['indent']}", "\n"))
        lines[start : start + len(code)] = code
    return "\n".join(lines)


def python_lines(kind, code):
    """Lines of Python for a block: its own, or one call for each command."""
    if kind == "python":
        return code.splitlines()
    if kind != "console":
        return []
    lines = [""] * code.count("\n")
    for command in COMMAND.finditer(code):
        lines[code.count("\n", 0, command.start())] = f"console({command['command']!r})"
    return lines


def console(command):
    """Run a page's command; it ends as its comment says, else well."""
    told = re.search(r"# exit (\d+)", command)
    if command.startswith("make "):
        assert command.split()[1] in TARGETS
    elif command.startswith("partnermcda "):
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-c", command],
            env={**os.environ, "PATH": path},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        assert done.returncode == (int(told[1]) if told else 0), done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_example_of_a_page_runs(page, tmp_path, monkeypatch):
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "docs" / "examples")
    shutil.copytree(ROOT / "criteria", tmp_path / "criteria")
    monkeypatch.chdir(tmp_path)
    translated = tmp_path / f"{page.stem}.py"
    translated.write_text(script(page.read_text(encoding="utf-8")), encoding="utf-8")
    runpy.run_path(str(translated), init_globals={"console": console})


def test_a_page_becomes_a_script_with_its_own_line_numbers():
    python = "```python\nx = 1\n```\n"
    commands = "```console\n$ partnermcda a \\\n  b  # exit 1\nout\n```\n"
    page = f"# A\n\n{python}text\n\n{commands}"
    lines = script(page).split("\n")
    assert lines[3] == "x = 1"
    assert lines[8] == "console('partnermcda a \\\\\\n  b  # exit 1')"
    assert [line for line in lines if line] == [lines[3], lines[8]]


def test_a_command_that_ends_otherwise_than_told_is_found():
    with pytest.raises(AssertionError):
        console("partnermcda no-such-command")
    console("partnermcda no-such-command  # exit 2")
    with pytest.raises(AssertionError):
        console("make no-such-target")
