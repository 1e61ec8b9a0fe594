"""What must be known of a whole register before its first row can be ranked."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from partnermcda.batch.block import values_of
from partnermcda.batch.cities import Cities, add_up, cities_of, city_texts
from partnermcda.batch.faults import read_block
from partnermcda.batch.rows import RowReader
from partnermcda.batch.source import Source
from partnermcda.batch.step import ROW, Step, as_table
from partnermcda.core.arrays import Bools, Ints
from partnermcda.mapping import Plan
from partnermcda.ranking.candidates import (
    SetAside,
    first_reasons,
    named_aside,
    weights_without,
)

_SLICE: Final = 1 << 17


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
        As :func:`partnermcda.rank` takes it.

    Returns
    -------
    tuple of str
        Those of which nothing is known for any candidate, which the first rows usually settle;
        those known for less than this share of the candidates, which takes a pass over all rows;
        or those named, whether they exist or not.
    """
    if isinstance(rule, (int, float)):
        return _little_known(source, step, float(rule))
    return _unobserved(source, step) if rule == "unobserved" else as_names(rule)


def as_names(rule: str | Collection[str]) -> tuple[str, ...]:
    """Name the criteria to set aside, where the rule is not to be found out from answers.

    Parameters
    ----------
    rule : "none", str or collection of str

    Returns
    -------
    tuple of str
    """
    if rule == "none":
        return ()
    return (rule,) if isinstance(rule, str) else tuple(rule)


def _unobserved(source: Source, step: Step) -> tuple[str, ...]:
    entries = np.array(step.catalog.entries)
    waiting = _could_be_known(source, step)
    seen = np.zeros(len(entries), dtype=bool)
    candidates = 0
    for known, count in _evidence(source, step):
        seen, candidates = seen | (known > 0), candidates + count
        if candidates and not (waiting & ~seen).any():
            break
    # Where there is no candidate, that is what is told.
    return tuple(entries[~seen].tolist()) if candidates else ()


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


def _little_known(source: Source, step: Step, share: float) -> tuple[str, ...]:
    entries = step.catalog.entries
    known, candidates = np.zeros(len(entries), dtype=np.int64), 0
    for some, count in _evidence(source, step):
        known, candidates = known + some, candidates + count
    if not candidates:
        return ()
    coverage = known / (_parts(step) * candidates)
    return tuple(name for name, c in zip(entries, coverage, strict=True) if c < share)


def _parts(step: Step) -> Ints:
    """Count the criteria behind each entry: several where a pillar is combined in order."""
    sizes = {p.id: len(p.criteria) for p in step.catalog.pillars if p.combine is not None}
    return np.array([sizes.get(entry, 1) for entry in step.catalog.entries])


def _evidence(source: Source, step: Step) -> Iterator[tuple[Ints, int]]:
    """Count, slice by slice, the answers known for each entry and the candidates asked."""
    # Whether an id is repeated in its city is told when cities are whole.
    with RowReader(source, step.columns) as reader:
        for rows in reader.groups():
            for first in range(0, len(rows), _SLICE):
                table = as_table(rows.slice(first, _SLICE), step.file)
                values = values_of(read_block(table, step), step)
                asked = first_reasons(values, step.options) == ""
                sums = values.evidence[asked].sum(axis=0)
                yield np.rint(sums * _parts(step)).astype(np.int64), int(np.count_nonzero(asked))


def with_set_aside(step: Step, names: tuple[str, ...]) -> Step:
    """Set criteria aside: what nobody is judged by is not computed.

    Parameters
    ----------
    step : Step
    names : tuple of str

    Returns
    -------
    Step

    Raises
    ------
    MethodError
        If a criterion does not exist.
    InventoryError
        If nothing is left to judge by.
    """
    aside = named_aside(step.weights.names, names)
    kept = weights_without(step.weights, aside)
    return replace(step, weights=kept, options=replace(step.options, set_aside=()))
