"""What must be known of a whole register before its first row can be ranked."""

from collections.abc import Callable, Iterator

import numpy as np

from partnermcda.batch.cities import Cities, add_up, cities_of, city_texts
from partnermcda.batch.evidence import Evidence, aside_by, evidence_of
from partnermcda.batch.faults import read_block
from partnermcda.batch.rows import RowReader
from partnermcda.batch.source import Source
from partnermcda.batch.step import ROW, Step
from partnermcda.core.arrays import Bools
from partnermcda.mapping import Plan
from partnermcda.ranking.candidates import SetAside


def find_cities(source: Source, plan: Plan, heard: Callable[[int], None]) -> Cities:
    """Count the rows of each city, and see whether they stand together.

    Parameters
    ----------
    source : Source
    plan : Plan
        Says where the city comes from.
    heard : callable
        Told the number of rows of each row group as it is read.

    Returns
    -------
    Cities
    """

    def censuses() -> Iterator[Cities]:
        with RowReader(source, sorted(plan.columns["city"].reads)) as reader:
            for rows in reader.groups():
                yield cities_of(city_texts(rows.drop_columns([ROW]), plan))
                heard(len(rows))

    return add_up(censuses())


def settle_set_aside(source: Source, step: Step, rule: SetAside) -> tuple[str, ...]:
    """Find the criteria that are judged for nobody, by name.

    Parameters
    ----------
    source : Source
    step : Step
        With no criteria set aside.
    rule : {"unobserved", "none"}, float or collection of str
        As :func:`partnermcda.rank` takes it. What is unobserved the first rows usually settle; a
        share takes a pass over all of them.

    Returns
    -------
    tuple of str
    """
    found = Evidence.none(step.catalog)
    if rule == "unobserved":
        found = _first_evidence(source, step)
    elif isinstance(rule, (int, float)):
        found = sum(_evidence(source, step), found)
    return aside_by(rule, found, step.catalog)


def _first_evidence(source: Source, step: Step) -> Evidence:
    """Count what is known until everything that can be known is known of somebody."""
    waiting = _could_be_known(source, step)
    found = Evidence.none(step.catalog)
    for some in _evidence(source, step):
        found += some
        if found.asked and not (waiting & (found.known == 0)).any():
            break
    return found


def _evidence(source: Source, step: Step) -> Iterator[Evidence]:
    # Whether an id is repeated in its city is told when cities are whole.
    with RowReader(source, step.columns, step.file) as reader:
        for table in reader.tables():
            yield evidence_of(read_block(table, step), step)


def _could_be_known(source: Source, step: Step) -> Bools:
    """Tell which entries any row can answer, by what the footers of the files say of gaps."""
    empty = _empty_columns(source)
    answered = {
        name
        for name, found in step.plan.criteria.items()
        if found.column is None or found.column not in empty
    }
    sources = {p.id: {c.id for c in p.criteria} for p in step.catalog.pillars}
    return np.array([bool(answered & sources.get(e, {e})) for e in step.catalog.entries])


def _empty_columns(source: Source) -> set[str]:
    """Find the columns in which nothing stands, as far as footers tell."""
    empty = set(source.schema.names)
    for file in source.files:
        for size, nulls in zip(file.groups, file.nulls, strict=True):
            empty = {name for name in empty if nulls.get(name, -1) == size}
    return empty
