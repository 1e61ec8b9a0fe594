"""Actors to try choices on."""

import numpy as np
import pandas as pd

import partnermcda as pm

CATALOG = pm.load_catalog("urban-services")
TYPES = [actor_type.id for actor_type in CATALOG.actor_types]
WEIGHTS = CATALOG.weights("balanced")


def inventory(m=8, cities=2, missing=0.3, seed=7, criteria=None):
    """Actors with random answers to some criteria, some of which are missing."""
    rng = np.random.default_rng(seed)
    asked = [c for c in CATALOG.criteria if criteria is None or c.id in criteria]
    table = {
        "actor_id": [f"a{i}" for i in range(m)],
        "actor": [f"Actor {i}" for i in range(m)],
        "actor_type": rng.choice(["ngo", "start_up", "small_informal_operator"], m),
        "city": [f"City {i % cities}" for i in range(m)],
    }
    for criterion in asked:
        answers = rng.uniform(criterion.low, criterion.high, m)
        answers[rng.random(m) < missing] = np.nan
        table[criterion.id] = answers
    return pm.read_inventory(pd.DataFrame(table), CATALOG)
