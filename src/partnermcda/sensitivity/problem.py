"""What all settings of the choices share: who is compared, and what each answered."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from partnermcda import core
from partnermcda.catalog import Catalog, Criterion, Pillar
from partnermcda.core.arrays import Bools, Floats, Ints, Texts
from partnermcda.evaluation import Unknown, evaluate
from partnermcda.ranking.contest import Contest


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One column of the decision matrix, made of some criteria."""

    name: str
    pillar: str
    columns: slice
    """Its criteria among those that are used."""
    ordered: Floats | None
    """Weights of their values from the strongest to the weakest; None for a single criterion."""


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Answers of k actors to q criteria, which make n columns to judge by."""

    actors: Texts
    """(k,) ids, city by city."""
    starts: Ints | None
    """(c,) first actor of each city; None for one city."""
    criteria: tuple[Criterion, ...]
    """The q criteria."""
    entries: tuple[Entry, ...]
    """The n columns."""
    x: Floats
    """(k, q) answers; NaN where missing."""
    missing: Bools
    """(k, q) true where an answer is missing."""
    intervals: tuple[tuple[Floats, Floats], ...]
    """Lowest and highest values of missing answers, (k, q) each, for every way to take them."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the n columns."""
        return tuple(entry.name for entry in self.entries)

    def values(
        self, low: Floats, high: Floats, logs: Bools, unknown: int, places: Floats | float
    ) -> Floats:
        """Bring every answer to a scale.

        Parameters
        ----------
        low, high : (q,) arrays
            Bounds of the criteria, in their units.
        logs : (q,) array of bool
            True where values rise with powers of ten.
        unknown : int
            Which of the ways to take missing answers.
        places : (k, q) array or float
            Where in their intervals missing answers lie, from 0 to 1.

        Returns
        -------
        (k, n) array
            Values in [0, 1]; in every column more is better.
        """
        benefit = np.array([criterion.direction == "benefit" for criterion in self.criteria])
        known = core.value(self.x, low, high, benefit, logs)
        least, most = self.intervals[unknown]
        table = np.where(self.missing, least + (most - least) * places, known)
        columns = [
            table[:, entry.columns.start]
            if entry.ordered is None
            else core.ordered_sum(table[:, entry.columns], entry.ordered)
            for entry in self.entries
        ]
        return np.column_stack(columns)


def make_problem(
    inventory: pd.DataFrame,
    catalog: Catalog,
    contest: Contest,
    unknown: tuple[Unknown, ...],
    here: slice,
) -> Problem:
    """Gather what all settings share.

    Parameters
    ----------
    inventory : DataFrame
        Checked actors.
    catalog : Catalog
        Its criteria.
    contest : Contest
        Who is compared, by what.
    unknown : tuple of str
        Ways to take missing answers.
    here : slice
        The actors of the contest that matter.

    Returns
    -------
    Problem
    """
    used = [p for p in catalog.pillars if set(p.entries) & set(contest.criteria)]
    criteria = tuple(c for p in used for c in p.criteria if _judged(p, c, contest))
    rows = contest.rows[here]
    x = np.column_stack([inventory[c.id].to_numpy(dtype=float)[rows] for c in criteria])
    return Problem(
        actors=contest.actors[here],
        starts=contest.starts if len(set(contest.cities[here])) > 1 else None,
        criteria=criteria,
        entries=_entries(used, contest),
        x=x,
        missing=np.isnan(x),
        intervals=tuple(
            _interval(inventory, catalog, way, tuple(c.id for c in criteria), rows)
            for way in unknown
        ),
    )


def _judged(pillar: Pillar, criterion: Criterion, contest: Contest) -> bool:
    return pillar.combine is not None or criterion.id in contest.criteria


def _entries(pillars: list[Pillar], contest: Contest) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    first = 0
    for pillar in pillars:
        for name in pillar.entries:
            if name in contest.criteria:
                ordered = None if pillar.combine is None else np.array(pillar.combine.ordered)
                size = 1 if ordered is None else len(ordered)
                entries.append(Entry(name, pillar.id, slice(first, first + size), ordered))
                first += size
    return tuple(entries)


def _interval(
    inventory: pd.DataFrame, catalog: Catalog, way: Unknown, names: tuple[str, ...], rows: Ints
) -> tuple[Floats, Floats]:
    """Intervals criterion by criterion, also where a pillar is one column."""
    if way == "interval":
        shape = (len(rows), len(names))
        return np.zeros(shape), np.ones(shape)
    plain = tuple(pillar.model_copy(update={"combine": None}) for pillar in catalog.pillars)
    values = evaluate(
        inventory, Catalog.model_construct(**{**dict(catalog), "pillars": plain}), way
    )
    columns = np.array([values.column(name) for name in names])
    places = np.ix_(rows, columns)
    return values.low[places], values.high[places]
