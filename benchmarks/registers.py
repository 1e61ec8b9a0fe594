"""Registers made up for measuring: many cities, answers with gaps, written as Parquet."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from partnermcda import load_catalog

TYPES = ("traditional_company", "small_informal_operator", "start_up", "ngo")


def write_register(path: Path, actors: int, cities: int, *, gaps: float = 0.3) -> None:
    """Write a register of `actors` in `cities`, with a share of answers missing."""
    rng = np.random.default_rng(20)
    city = np.sort(rng.integers(0, cities, actors))
    columns = {
        "actor_id": pa.array([f"A{i:07}" for i in range(actors)]),
        "actor": pa.array([f"Partner {i:07}" for i in range(actors)]),
        "actor_type": pa.array(np.array(TYPES)[rng.integers(0, len(TYPES), actors)]),
        "city": pa.array([f"City {c:05}" for c in city]),
    }
    for criterion in load_catalog("urban-services").criteria:
        low, high = criterion.low, criterion.high
        answers = (
            10 ** rng.uniform(np.log10(low), np.log10(high), actors)
            if criterion.transform == "log10"
            else rng.uniform(low, high, actors)
        )
        if criterion.scale == "likert5":
            answers = np.round(answers)
        columns[criterion.id] = pa.array(answers, mask=rng.random(actors) < gaps)
    pq.write_table(pa.table(columns), path, row_group_size=250_000)
