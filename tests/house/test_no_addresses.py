"""No file names a package registry, a setting of the installer, or a folder of one machine."""

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
IGNORED = [".git", *(ROOT / ".gitignore").read_text(encoding="utf-8").replace("/", "").split()]
# Written with a gap that is closed below, so that this page does not match itself.
FORBIDDEN = {
    "a setting of the installer": rb"(?:extra-)?index~[-_]url|find~[-_]links|extra~[-_]index",
    "a package registry": (
        rb"https?~://[^\s\"'<>)]*(?:py~pi|python~hosted|npm~js|anaco~nda|deb\.deb~ian|packages\.deb~ian)"
    ),
    "an address on a disk": rb"file:~///",
    "a folder of one machine": rb"(?<![\w./~*-])/(?:ro~ot|ho~me|wo~rk|opt|Users)/\w",
}
FORBIDDEN_OUTSIDE_TESTS = {"a temporary folder": rb"(?<![\w./~*-])/t~mp\b"}


def project_files():
    """Every file that is, or is about to be, part of the project."""
    for file in ROOT.rglob("*"):
        parts = file.relative_to(ROOT).parts
        if file.is_file() and not any(fnmatch(p, pattern) for p in parts for pattern in IGNORED):
            yield file


FILES = sorted(project_files())


def holding(pattern, files):
    """Where the files hold `pattern`, as file and line."""
    forbidden = re.compile(pattern.replace(b"~", b""), re.IGNORECASE)
    return [
        f"{file.relative_to(ROOT)}:{number}"
        for file in files
        for number, line in enumerate(file.read_bytes().split(b"\n"), start=1)
        if forbidden.search(line)
    ]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what):
    assert holding(FORBIDDEN[what], FILES) == []


@pytest.mark.parametrize("what", FORBIDDEN_OUTSIDE_TESTS)
def test_no_file_outside_the_tests_holds(what):
    files = [file for file in FILES if ROOT / "tests" not in file.parents]
    assert holding(FORBIDDEN_OUTSIDE_TESTS[what], files) == []


def test_locks_hidden_files_and_sources_are_among_the_files_looked_at():
    names = {str(file.relative_to(ROOT)) for file in FILES}
    assert {
        "requirements/dev.txt",
        ".ci/run",
        "pyproject.toml",
        "src/partnermcda/errors.py",
    } <= names
    assert not any(name.startswith((".git/", ".venv/")) for name in names)
