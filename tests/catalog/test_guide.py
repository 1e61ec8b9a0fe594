"""Whatever the guide's page states of capacities, interests, questions and levers is carried.

The table `guide.csv` holds short quotations of the page, line by line in its own order, and what
of the catalog carries each: a criterion, a prior of a type, a lever, a capability, a role.

Source: AFD & IDDRI (2018), guide "Le numérique dans quatre domaines urbains", step 3 of "Gérer
les services urbains": "Identifier les partenaires possibles pour utiliser les TIC pour un
service". All rights stay with its authors; quoted here is what the comparison needs.
"""

import csv
import re
from itertools import groupby
from pathlib import Path

import pytest

LINES = {
    "introduction": 5,
    "glossary": 3,
    "local_authority": 4,
    "traditional_company": 3,
    "small_informal_operator": 3,
    "start_up": 4,
    "ngo": 3,
    "population": 3,
    "practice": 3,
    "question_1": 1,
    "question_2": 2,
    "question_3": 1,
    "question_4": 1,
    "figure": 2,
}
"""Parts of the page in their order, with how many lines each has."""
ASKED = {
    "question_1": ["s'orientent", "s'orienteront"],
    "question_2": ["profit", "sociale", "politique", "connaissances", "efficacité", "démocratie"],
    "question_3": ["financières", "techniques", "humaines", "données"],
    "question_4": ["visibilité", "marketing", "partenariats", "pilotes"],
}
"""What each question names one by one."""


def table():
    path = Path(__file__).parent / "guide.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TABLE = table()
CARRIED = {carrier for row in TABLE for carrier in row["carried_by"].split()}


def plain(text):
    """Write apostrophes and spaces in one way, and no capitals."""
    return re.sub(r"\s+", " ", text.replace("’", "'")).strip().casefold()


PAGE = plain(" | ".join(row["said"] for row in TABLE))


def carriers(catalog):
    """Everything of a catalog that can carry a sentence."""
    lists = {
        "criterion": catalog.criteria,
        "pillar": catalog.pillars,
        "lever": catalog.levers,
        "capability": catalog.capabilities,
        "role": catalog.roles,
        "flag": catalog.flags,
        "layer": catalog.layers,
        "orientation": catalog.orientations,
        "derived": catalog.derived,
        "attribute": catalog.attributes,
    }
    yield from (f"{kind}:{part.id}" for kind, parts in lists.items() for part in parts)
    for actor_type in catalog.actor_types:
        yield from (f"prior:{actor_type.id}.{name}" for name in actor_type.priors)
        yield from (f"silent:{actor_type.id}.{name}" for name in actor_type.silent)


def quotations(catalog):
    """Every quotation of the catalog, with what quotes it."""
    for kind in ("criteria", "levers", "capabilities", "layers"):
        for part in getattr(catalog, kind):
            yield from ((part.id, quote) for quote in part.guide)
    for actor_type in catalog.actor_types:
        for name, prior in actor_type.priors.items():
            for quote in re.findall(r"«([^»]*)»", prior.guide):
                yield f"{actor_type.id}.{name}", quote


def test_no_line_of_the_page_is_left_out():
    found = {part: len(list(rows)) for part, rows in groupby(TABLE, lambda row: row["part"])}
    assert found == LINES
    assert len({row["said"] for row in TABLE}) == len(TABLE)


@pytest.mark.parametrize("question", ASKED)
def test_all_that_a_question_names_is_in_its_line(question):
    said = " ".join(row["said"] for row in TABLE if row["part"] == question)
    assert [word for word in ASKED[question] if word not in said] == []


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["said"][:40])
def test_every_line_is_carried_by_what_the_catalog_has(urban, row):
    named = row["carried_by"].split()
    assert named
    assert [name for name in named if name not in set(carriers(urban))] == []


def test_the_rows_of_the_page_are_the_actor_types(urban):
    assert {t.id for t in urban.actor_types} <= set(LINES)


def test_every_quotation_of_the_catalog_is_of_the_page(urban):
    strange = [
        (name, quote)
        for name, quote in quotations(urban)
        for piece in quote.split("…")
        if plain(piece) not in PAGE
    ]
    assert strange == []


def test_every_criterion_and_every_prior_carries_a_line(urban):
    wanted = {name for name in carriers(urban) if name.startswith(("criterion:", "prior:"))}
    assert sorted(wanted - CARRIED) == []


def test_the_levers_that_quote_the_page_carry_a_line_and_the_others_say_they_were_added(urban):
    for lever in urban.levers:
        assert bool(lever.guide) == (f"lever:{lever.id}" in CARRIED)
        assert lever.guide or lever.added
