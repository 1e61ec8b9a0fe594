"""The levers of some cities' actors: what is done block by block."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from partnermcda.catalog import Catalog
from partnermcda.core.arrays import Bools, Floats, Ints, Texts
from partnermcda.engagement.districts import propose
from partnermcda.engagement.firing import Fired, fire, strongest_first
from partnermcda.engagement.inputs import Inputs, Sides
from partnermcda.engagement.partners import Partners, find_partners
from partnermcda.engagement.subjects import Subjects
from partnermcda.engagement.told import Told
from partnermcda.evaluation import Unknown
from partnermcda.matrix import texts
from partnermcda.weights import Weights


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What is asked, the same for all blocks."""

    catalog: Catalog
    """With K capabilities and L levers."""
    weights: Weights
    """Of its entries."""
    need: Floats
    """(K,) how much of each capability is needed."""
    unknown: Unknown
    """What a missing answer is."""
    most: int
    """How many levers are told of each actor."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What was found of a block of m actors."""

    strength: Sides
    """(m, L) bounds of how strongly each lever fires."""
    told: Told
    """The strongest levers of each."""
    partners: Partners
    """Who complements them best."""
    districts: Texts
    """(m,) where to begin; empty where no district is known, or none is asked for."""


def engage(frame: pd.DataFrame, plan: Plan, *, stopped: Bools, leads: Bools, starts: Ints) -> Part:
    """Find the levers of some cities' actors.

    Parameters
    ----------
    frame : DataFrame
        Checked: m actors, city by city.
    plan : Plan
        What is asked.
    stopped : (m,) array of bool
        Who has no lever.
    leads : (m,) array of bool
        Who plays a role, so that the plan has what it brings.
    starts : (c,) array of int
        First actor of each city.

    Returns
    -------
    Part
    """
    catalog, subjects = plan.catalog, Subjects.of(plan.catalog)
    inputs = Inputs.of(
        frame,
        catalog,
        plan.unknown,
        weights=plan.weights,
        need=plan.need,
        candidates=~leads & ~stopped,
        leads=leads,
        starts=starts,
    )
    fired = fire(inputs, subjects)
    places = (np.where(stopped, -1, at) for at in strongest_first(fired, catalog, plan.most))
    told = Told.of(fired, places, len(subjects))
    seekers = _has(told, len(frame), [lever.pairs_up for lever in catalog.levers])
    partners = find_partners(inputs, seekers, texts(frame["actor_id"]), texts(frame["city"]))
    return Part(_strengths(fired, stopped), told, partners, _districts(inputs, told))


def _strengths(fired: Sequence[Fired], stopped: Bools) -> Sides:
    low, mid, high = (
        np.stack([np.where(stopped, 0.0, f.strength.each()[side]) for f in fired], axis=1)
        for side in range(3)
    )
    return Sides(low, mid, high)


def _districts(inputs: Inputs, told: Told) -> Texts:
    proposed = np.full(len(inputs), "", dtype=object)
    levers = inputs.catalog.levers
    for lever in levers:
        if lever.place is not None:
            wanted = _has(told, len(inputs), [other is lever for other in levers])
            proposed = np.where(wanted, propose(inputs, lever.place, wanted), proposed)
    return proposed


def _has(told: Told, size: int, levers: Sequence[bool]) -> Bools:
    """Of whom one of some levers is told."""
    found = np.zeros(size, dtype=bool)
    found[told.rows[np.array(levers, dtype=bool)[told.levers]]] = True
    return found
