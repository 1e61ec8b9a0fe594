"""Forty rows of Excel from the command to the result: what a planner waits for."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from partnermcda import load_catalog


@pytest.fixture
def workbook(tmp_path):
    """A list of forty actors with French headers, half of the answers missing."""
    rng = np.random.default_rng(40)
    types = ["ONG", "start-up", "entreprise traditionnelle", "petit opérateur"]
    columns = {
        "Identifiant": [f"A{i:02}" for i in range(40)],
        "Nom": [f"Acteur {i}" for i in range(40)],
        "Type": rng.choice(types, 40),
        "Ville": ["Thiès"] * 40,
    }
    for criterion in load_catalog("urban-services").criteria:
        answers = rng.uniform(criterion.low, criterion.high, 40).round(2)
        columns[criterion.label["fr"]] = np.where(rng.random(40) < 0.5, answers, np.nan)
    path = tmp_path / "acteurs.xlsx"
    pd.DataFrame(columns).to_excel(path, sheet_name="acteurs", index=False, engine="xlsxwriter")
    return path


def test_forty_rows_of_excel_from_the_command_to_the_result(benchmark, workbook):
    result = workbook.with_name("classement.xlsx")
    arguments = ["rank", workbook, "--lang", "fr", "-o", result, "--quiet"]
    command = [sys.executable, "-m", "partnermcda", *map(str, arguments)]
    rounds = 1 if benchmark.disabled else 5
    benchmark.pedantic(subprocess.run, (command,), {"check": True}, rounds=rounds)
    assert result.exists()
