"""The figures that README and docs/demo.md print are those the code gives."""

import re
from pathlib import Path

import pytest

import partnermcda as pm
from partnermcda.job import Job, run

ROOT = Path(__file__).parents[2]
REGISTER = str(ROOT / "docs/examples/br_water_providers_2021.csv")
MAPPING = str(ROOT / "docs/examples/br-water-by-state.yaml")


def table():
    """The rows of the demo's table, as texts."""
    page = (ROOT / "docs" / "demo.md").read_text(encoding="utf-8")
    inside = page.split("<!-- table: demo -->")[1].split("<!-- end -->")[0]
    rows = [line.strip("| ").split(" | ") for line in inside.strip().splitlines()[2:]]
    return [[cell.strip("` ") for cell in row] for row in rows]


def summary(orientation, unknown, by):
    outcome = run(Job(REGISTER, orientation, mapping=MAPPING, unknown=unknown, by=by))
    return outcome.ranking, outcome.ranking.summary()


@pytest.mark.parametrize("row", table(), ids=lambda row: f"{row[0]}-{row[1]}")
def test_a_row_of_the_table_is_what_the_code_gives(row):
    orientation, unknown = row[0], {"intervals": "interval", "priors": "prior"}[row[1]]
    by_state, in_states = summary(orientation, unknown, "city")
    _, in_brazil = summary(orientation, unknown, None)
    assert row[2:] == [
        f"{by_state.set_aside_share:.0%}".replace("%", " %"),
        str(in_states.possible_leaders),
        f"{in_states.certain_leaders} of {in_states.cities}",
        f"{in_states.median_span:g}",
        str(in_brazil.possible_leaders),
        f"{in_brazil.median_span:g}",
    ]


def test_the_table_has_all_orientations_with_and_without_priors():
    assert len(table()) == 6


def test_the_last_lines_of_the_demo_stand_in_the_readme():
    ranking, told = summary("expand_unserved", "interval", "city")
    page = re.sub(r"\s+", " ", (ROOT / "README.md").read_text(encoding="utf-8"))
    open_ = told.cities - told.certain_leaders
    fragile = int((pm.weight_stability(ranking).room.min(axis=1) < 0.05).sum())
    for sentence in (
        f"Ranked: {told.ranked} of 1871 actors, in {told.cities} groups",
        f"They carried {ranking.set_aside_share:.0%} of the weight.",
        f"Could be first in their group: {told.possible_leaders} actors.",
        f"In {open_} of {told.cities} groups the leader cannot be told apart",
        f"Median width of the rank interval: {told.median_span:.1f}.",
        f"Median share of the weight known of an actor: {told.median_evidence:.0%}.",
        f"In {fragile} of {told.cities} groups another leads once a single weight moves by less",
    ):
        assert sentence in page
