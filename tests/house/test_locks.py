"""The locks hold every dependency, one release each, with hashes and nothing else."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("runtime", "dev", "peers")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(lock):
    """Each requirement of a lock as `name==release`, with its hashes."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    entries = [entry.split() for entry in text.replace("\\\n", " ").splitlines()]
    return {(e[0], *marker(e)): [p for p in e if p.startswith("--hash=")] for e in entries}


def marker(entry):
    """What a lock's line says of where it holds, hashes left out."""
    return tuple(part for part in entry[1:] if not part.startswith("--hash="))


def names(requirements):
    """Names of packages, written as locks write them."""
    found = (re.match(r"[\w.-]+", requirement)[0] for requirement in requirements)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in found}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_release_is_exact_and_hashed(lock):
    for (release, *_), hashes in locked(lock).items():
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+", release)
        assert hashes
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", h) for h in hashes)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_is_locked(lock):
    wanted = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["build"]
    for extra in {"runtime": (), "dev": ("dev",), "peers": ("dev", "peers")}[lock]:
        wanted = wanted + PROJECT["project"]["optional-dependencies"][extra]
    assert names(wanted) <= names(release for release, *_ in locked(lock))


@pytest.mark.parametrize(("smaller", "larger"), [("runtime", "dev"), ("dev", "peers")])
def test_a_larger_lock_holds_every_release_of_the_smaller(smaller, larger):
    assert {release for release, *_ in locked(smaller)} <= {r for r, *_ in locked(larger)}
