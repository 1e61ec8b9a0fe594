"""Wheel, sdist and checkout all bring the package whole, its catalogs included."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHOW = """
import partnermcda
print(partnermcda.__file__)
print(*partnermcda.builtin_catalogs(), sep=chr(10))
"""
QUIET = {
    key: value
    for key, value in os.environ.items()
    if not key.startswith(("PYTHON", "PIP_")) and key != "VIRTUAL_ENV"
}


def run(*command, cwd="/"):
    """Run a command away from the checkout, and give what it printed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=QUIET,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Folder with the sdist, and the wheel made from it."""
    folder = tmp_path_factory.mktemp("built")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT)
    return folder


@pytest.fixture(scope="module")
def built_from_checkout(tmp_path_factory):
    """Folder with the wheel made from the checkout itself."""
    folder = tmp_path_factory.mktemp("checkout")
    run(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", folder, ROOT)
    return folder


def expected_names():
    """What a wheel must hold besides its metadata: the package, and the catalogs."""
    for source, place in ((ROOT / "src/partnermcda", ""), (ROOT / "criteria", "criteria/")):
        for file in source.rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                yield f"partnermcda/{place}{file.relative_to(source).as_posix()}"


def only(folder, ending):
    """Return the one file of a folder with this ending."""
    (file,) = folder.glob(f"*{ending}")
    return file


@pytest.mark.parametrize("source", ["built", "built_from_checkout"])
def test_a_wheel_holds_the_package_and_the_catalogs_and_nothing_else(source, request):
    with zipfile.ZipFile(only(request.getfixturevalue(source), ".whl")) as wheel:
        names = [name for name in wheel.namelist() if ".dist-info/" not in name]
    assert sorted(names) == sorted(expected_names())


def clean_environment(folder):
    """Make an environment without pip that sees the running one's packages after its own."""
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    own = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    Path(own, "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python


@pytest.mark.parametrize("ending", [".whl", ".tar.gz"])
def test_what_is_built_installs_and_lists_its_catalogs(ending, built, tmp_path):
    python = clean_environment(tmp_path / "environment")
    offline = ("--no-deps", "--no-index", "--no-build-isolation", "--ignore-installed")
    installer = (sys.executable, "-m", "pip", "--python", python, "install")
    run(*installer, *offline, only(built, ending))
    where, *catalogs = run(python, "-c", SHOW).splitlines()
    assert Path(where).is_relative_to(tmp_path)
    assert "urban-services" in catalogs


def test_the_checkout_lists_its_catalogs():
    where, *catalogs = run(sys.executable, "-c", SHOW).splitlines()
    assert Path(where).parent == ROOT / "src" / "partnermcda"
    assert "urban-services" in catalogs
