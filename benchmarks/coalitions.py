"""Coalitions at scale: one city of a thousand candidates, and hundreds of such cities.

Run as ``python -m benchmarks.coalitions --cities 300 --actors 1000 --processes 2``.
"""

import argparse
import time

import numpy as np
import pandas as pd

import partnermcda as pm
from partnermcda.alliances import coalition, coalitions

TYPES = {
    "local_authority": 0.02,
    "traditional_company": 0.18,
    "small_informal_operator": 0.35,
    "start_up": 0.15,
    "ngo": 0.25,
    "population": 0.05,
}
KINDS = ("supply", "cost", "demand", "unserved")
FUNCTIONS = ("consumption_followup", "easy_payment", "complaint_handling")


def made_up(cities, actors, seed=7, unknown=0.3):
    """Cities of made-up actors: every scale of the catalog, three answers in ten missing."""
    rng = np.random.default_rng(seed)
    catalog = pm.load_catalog("urban-services")
    m = cities * actors
    frame = pd.DataFrame(
        {
            "actor_id": [f"a{i % actors:05d}" for i in range(m)],
            "actor": [f"Actor {i}" for i in range(m)],
            "actor_type": rng.choice(list(TYPES), m, p=list(TYPES.values())),
            "city": [f"City {i // actors:04d}" for i in range(m)],
        }
    )
    for criterion in catalog.criteria:
        answers = _answers(criterion, m, rng)
        frame[criterion.id] = np.where(rng.random(m) < unknown, np.nan, answers)
    frame["districts"] = _lists([f"district {d}" for d in range(20)], 0.15, m, rng)
    frame["data_kinds"] = _lists(KINDS, 0.4, m, rng)
    frame["functions"] = _lists(FUNCTIONS, 0.2, m, rng)
    return pm.read_inventory(frame, catalog), catalog


def _answers(criterion, m, rng):
    if criterion.scale == "likert5":
        return rng.integers(1, 6, m).astype(float)
    v = rng.beta(2, 3, m)
    if criterion.transform == "log10":
        return criterion.low * (criterion.high / criterion.low) ** v
    return criterion.low + v * (criterion.high - criterion.low)


def _lists(words, share, m, rng):
    """Lists of some of the words; half of the actors give none."""
    chosen = rng.random((m, len(words))) < share
    given = rng.random(m) < 0.5
    return [
        "; ".join(w for w, c in zip(words, row, strict=True) if c) if told else None
        for row, told in zip(chosen.tolist(), given.tolist(), strict=True)
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cities", type=int, default=4)
    parser.add_argument("--actors", type=int, default=1000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--needs", default="balanced")
    parser.add_argument("--time-limit", type=float, default=30)
    parser.add_argument("--unknown", type=float, default=0.3)
    parser.add_argument("--robust", choices=("worst", "nominal"), default="worst")
    asked = parser.parse_args()
    inventory, catalog = made_up(asked.cities, asked.actors, unknown=asked.unknown)
    start = time.perf_counter()
    if asked.cities == 1:
        options = {"time_limit": asked.time_limit, "robust": asked.robust}
        found = coalition(inventory, catalog, asked.needs, **options)
        print(found.to_frame().to_string())
        gaps = [found.best.gap]
    else:
        done = coalitions(
            inventory,
            catalog,
            asked.needs,
            processes=asked.processes,
            time_limit=asked.time_limit,
            robust=asked.robust,
        )
        frame = done.to_frame()
        print(frame.head(5).to_string())
        gaps = frame["gap"].tolist()
    print(
        f"{asked.cities} cities x {asked.actors} actors: {time.perf_counter() - start:.1f} s; "
        f"proven {sum(gap <= 1e-6 for gap in gaps)}, largest gap {max(gaps):.2g}"
    )


if __name__ == "__main__":
    main()
