"""Inventories to map: any answers, any gaps, any cities."""

import numpy as np
import pandas as pd
from hypothesis import strategies as st

import partnermcda as pm

CATALOG = pm.load_catalog("urban-services")
TYPES = [kind.id for kind in CATALOG.actor_types]
LAYERS = [layer.id for layer in CATALOG.layers]
ATTRIBUTES = ("power", "interest", "legitimacy", "urgency")
BASE = {"actor_id": "a", "actor": "Ada", "actor_type": "ngo", "city": "Dakar"}


def read(*rows):
    """An inventory of some actors; each row says only what is particular about it."""
    full = [{**BASE, "actor_id": f"a{i}", **row} for i, row in enumerate(rows)]
    return pm.read_inventory(pd.DataFrame(full), CATALOG)


def answer(criterion):
    """Any possible answer to a criterion."""
    possible = criterion.possible
    low = max(possible.minimum, 0.001 if possible.above else 0)
    high = min(possible.maximum, 1e7)
    return st.floats(low, high, allow_subnormal=False)


def rows():
    """What is known of an actor, and what is not."""
    fields = {
        **{c.id: st.none() | answer(c) for c in CATALOG.criteria},
        **{name: st.none() | st.floats(0, 1) for name in ATTRIBUTES},
        "gate_recognition": st.none() | st.sampled_from(["formal", "associated", "neither"]),
        "actor_type": st.sampled_from(TYPES),
        "city": st.sampled_from(["Dakar", "Lomé", "Accra"]),
        "layers": st.none() | st.lists(st.sampled_from(LAYERS)).map("; ".join),
    }
    return st.fixed_dictionaries(fields)


def inventories(least=1, most=6):
    """Some actors of some cities."""
    return st.lists(rows(), min_size=least, max_size=most).map(lambda found: read(*found))


def completed(inventory, seed):
    """The same actors, with every unknown answer filled in somehow, and every unknown tier."""
    rng = np.random.default_rng(seed)
    full = inventory.copy()
    for criterion in CATALOG.criteria:
        possible = criterion.possible
        ends = max(possible.minimum, 0.001), min(possible.maximum, 2 * criterion.high)
        # The ends of the scale are where a bound would break first.
        drawn = rng.choice(
            [*ends, criterion.low, criterion.high, *rng.uniform(*ends, 2)], len(full)
        )
        drawn = np.clip(drawn, *ends)
        full[criterion.id] = full[criterion.id].where(full[criterion.id].notna(), drawn)
    gate = pd.Series(rng.choice(["formal", "associated", "neither"], len(full)), full.index)
    full["gate_recognition"] = full["gate_recognition"].fillna(gate.astype("string[pyarrow]"))
    return full
