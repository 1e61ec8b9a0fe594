"""The one step: rows of whole cities in, their ranking out. Every driver only brings rows to it."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from partnermcda.batch.cities import in_order
from partnermcda.batch.faults import Read, read_block
from partnermcda.batch.overview import city_table, pillar_table
from partnermcda.batch.step import Step
from partnermcda.batch.tally import Tally
from partnermcda.core.arrays import Ints
from partnermcda.errors import Finding, MethodError
from partnermcda.evaluation import measure
from partnermcda.inventory.cells import as_text
from partnermcda.matrix import ValueMatrix
from partnermcda.output.tables import SCHEMA
from partnermcda.ranking.candidates import Candidates, candidates_among
from partnermcda.ranking.contest import Contest
from partnermcda.ranking.ranks import score_contest
from partnermcda.ranking.result import reading_order
from partnermcda.ranking.scoring import Scores, by_city
from partnermcda.tables import Table


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """What came of a block."""

    actors: pa.Table
    """The ranking: the columns of every ranking, by city, rank and id."""
    cities: pa.Table
    """One row a city: who leads, by how much, and who cannot be told apart from the leader."""
    pillars: pa.Table
    """One row a city and pillar."""
    tally: Tally
    """What was counted."""
    faults: tuple[Finding, ...]
    """Every fault; the rows at fault are not ranked."""


def rank_block(table: Table, step: Step) -> Ranked:
    """Read, check, evaluate, score and rank the actors of whole cities.

    Parameters
    ----------
    table : Table
        m rows of a register, with the columns the plan needs; its index is the row as the user
        counts it. All rows of a city are among them.
    step : Step
        What is done with every block.

    Returns
    -------
    Ranked
        The same for a city whatever other cities are in the block.

    Raises
    ------
    MethodError
        If the method cannot take a value, with the names of actor and criterion.
    """
    read = read_block(table, step)
    names, values = _Names.of(read), values_of(read, step)
    counted, faults = read.tally, read.faults
    # What was read is not needed once it is values, and takes as much room again.
    del table, read
    found = candidates_among(values, step.weights, step.options)
    contest, scores = _scored(values, found, step, names)
    city = names.city[contest.rows]
    order = reading_order(city, scores.rank, lambda at: names.id_codes(contest.rows[at]))
    actors = _table(contest, scores, names, order)
    tally = replace(
        counted,
        ranked=len(found.rows),
        cities=len(contest.sizes) if len(found.rows) else 0,
        possible_leaders=int(np.count_nonzero(scores.best == 1)),
        certain_leaders=int(np.count_nonzero(scores.worst == 1)),
        left_out=_reasons(found),
        clipped=dict(values.clipped),
    )
    return Ranked(
        actors,
        city_table(actors),
        pillar_table(actors, values, contest.rows[order], contest.weights, step.catalog),
        tally,
        faults,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    """Who the actors are, in Arrow: arithmetic goes by position, and needs no texts."""

    ids: Any
    actors: Any
    types: Any
    cities: Any
    """Distinct cities, sorted."""
    city: Ints
    """(m,) position of each actor's city among them."""

    @classmethod
    def of(cls, read: Read) -> "_Names":
        frame = read.rows.frame
        coded = as_text(frame["city"]).dictionary_encode()
        cities, places = in_order(coded.dictionary)
        return cls(
            as_text(frame["actor_id"]),
            as_text(frame["actor"]),
            as_text(frame["actor_type"]),
            cities,
            places[np.asarray(coded.indices, dtype=np.int64)],
        )

    def id_codes(self, rows: Ints) -> Ints:
        """Numbers for some actors, in the order of their ids."""
        return np.asarray(
            pc.rank(self.ids.take(pa.array(rows)), tiebreaker="dense"), dtype=np.int64
        )


def values_of(read: Read, step: Step) -> ValueMatrix:
    """Bring the answers of a block to the fixed scale.

    Parameters
    ----------
    read : Read
        m rows without fault.
    step : Step

    Returns
    -------
    ValueMatrix
        Actors are known by their position.
    """
    measured = measure(read.rows.frame, step.catalog, step.unknown, step.weights.names)
    position = np.arange(len(measured.low))
    roles = tuple(role.id for role in step.catalog.roles)
    return measured.of(step.weights.names, roles, position, position, position, position)


def _scored(
    values: ValueMatrix, found: Candidates, step: Step, names: _Names
) -> tuple[Contest, Scores]:
    order, starts = by_city(names.city[found.rows])
    contest = Contest(values, step.weights, step.method, "city", found, order, starts)
    if not len(found.rows):
        none, nobody = np.empty(0), np.empty(0, dtype=np.int64)
        return contest, Scores(none, none, none, nobody, nobody, nobody)
    try:
        return contest, score_contest(contest)
    except MethodError as error:
        raise MethodError([_by_name(found, names) for found in error.findings]) from None


def _by_name(found: Finding, names: _Names) -> Finding:
    """Name the actor a finding knows by its position."""
    return replace(found, path=names.ids[int(found.path)].as_py()) if found.path else found


def _table(contest: Contest, scores: Scores, names: _Names, order: Ints) -> pa.Table:
    rows = contest.rows[order]
    at = pa.array(rows)
    columns = [
        names.cities.take(pa.array(names.city[rows])),
        *(text.take(at) for text in (names.ids, names.actors, names.types)),
        *(pa.array(x[order]) for x in (scores.score, scores.low, scores.high)),
        *(pa.array(x[order]) for x in (scores.rank, scores.best, scores.worst)),
        pa.array(contest.evidence[order]),
    ]
    return pa.table(columns, names=SCHEMA.names).cast(SCHEMA)


def _reasons(found: Candidates) -> dict[str, int]:
    codes, reasons = pd.factorize(found.reasons)
    counts = np.bincount(codes, minlength=len(reasons)).tolist()
    return {str(r): n for r, n in sorted(zip(reasons, counts, strict=True)) if r}
