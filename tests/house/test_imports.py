"""`import partnermcda` is light, and imports run down from floor to floor."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = {
    "SALib",
    "dask",
    "distributed",
    "duckdb",
    "fsspec",
    "matplotlib",
    "pandas",
    "pandera",
    "pyarrow",
    "pydantic",
    "pymcdm",
    "python_calamine",
    "rich",
    "scipy",
    "typer",
    "xlsxwriter",
    "yaml",
}


def loaded_by(statement):
    """Top-level modules that a fresh interpreter holds after `statement`."""
    program = f"import sys; {statement}; print(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_importing_the_package_loads_numpy_and_nothing_heavy():
    loaded = loaded_by("import partnermcda")
    assert "numpy" in loaded
    assert loaded & HEAVY == set()


def test_the_core_loads_numpy_and_nothing_heavy():
    assert loaded_by("from partnermcda import core") & HEAVY == set()


def test_the_light_import_would_show_a_heavy_one():
    assert "yaml" in loaded_by("import partnermcda, yaml")


def test_the_import_contracts_hold():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
