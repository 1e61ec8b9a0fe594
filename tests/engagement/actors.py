"""Small inventories of actors, and their levers."""

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from partnermcda.catalog import load_catalog
from partnermcda.engagement import levers
from partnermcda.inventory import read_inventory

CATALOG = load_catalog("urban-services")
NAMES = [lever.id for lever in CATALOG.levers]
CRITERIA = [criterion.id for criterion in CATALOG.criteria]
TYPES = [actor_type.id for actor_type in CATALOG.actor_types]
ANSWERS = {
    c.id: [round(c.low + share * (c.high - c.low), 3) for share in (0, 0.25, 0.5, 0.75, 1)]
    for c in CATALOG.criteria
}
"""Five answers to each criterion; for likert5 all there are."""
LISTS = {
    "functions": ["consumption_followup", "easy_payment; complaint_handling"],
    "data_kinds": ["supply", "demand; unserved"],
    "gate_recognition": ["formal", "associated", "neither"],
    "sse": [True, False],
}
"""What else may be known or not."""


def frame(rows):
    """Read rows of answers; ids, names and a city come by themselves."""
    ids = [f"a{i}" for i in range(len(rows))]
    columns = {"actor_id": ids, "actor": ids, "actor_type": "ngo", "city": "Dakar"}
    names = list(dict.fromkeys(name for row in rows for name in row))
    given = {name: [row.get(name) for row in rows] for name in names}
    table = pd.DataFrame({**columns, **given}, index=range(2, len(rows) + 2))
    return read_inventory(table, CATALOG)


def found(*rows, **options):
    """Levers of rows of answers."""
    return levers(frame(rows), CATALOG, **options)


def of(result, lever, actor=0):
    """Strength of a lever: lowest, today's, highest."""
    at = actor, NAMES.index(lever)
    return tuple(round(float(side[at]), 12) for side in (result.low, result.mid, result.high))


@st.composite
def rows(draw, most=4, cities=("Dakar",)):
    """Answers of a few actors, many of them not known."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    share = draw(st.sampled_from([0.1, 0.4, 0.8]))

    def one(choices):
        return None if rng.random() < share else choices[rng.integers(len(choices))]

    return [
        {
            "actor_type": TYPES[rng.integers(len(TYPES))],
            "city": cities[rng.integers(len(cities))],
            "gate_integrity": one(["clear", "to_review", "excluded"]),
            **{name: one(choices) for name, choices in {**ANSWERS, **LISTS}.items()},
        }
        for _ in range(draw(st.integers(1, most)))
    ]
