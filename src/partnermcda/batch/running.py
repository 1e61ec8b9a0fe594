"""A run from a register to a folder of results, whoever makes the parts."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pyarrow as pa

from partnermcda.batch.cities import Cities, city_texts, codes_of
from partnermcda.batch.evidence import with_set_aside
from partnermcda.batch.observed import with_ideals
from partnermcda.batch.parts import Part, cut
from partnermcda.batch.planning import Planned, named, rests_on
from partnermcda.batch.results import refuse_faults, total, write_manifest, write_sides
from partnermcda.batch.rows import RowReader
from partnermcda.batch.sorting import bring_together
from partnermcda.batch.source import Source, open_source
from partnermcda.batch.step import ROW, Step
from partnermcda.batch.survey import find_cities, settle_set_aside
from partnermcda.batch.tally import Tally, currency_of
from partnermcda.batch.together import rank_together
from partnermcda.batch.watching import Clock, Hear
from partnermcda.batch.ways import Engine, Ways
from partnermcda.batch.working import Task
from partnermcda.batch.workshop import SCORED, Done, clear, finished, open_workshop
from partnermcda.errors import Finding, InventoryError
from partnermcda.output.folder import folder_whole

_CITY: Final = "__city"
_BEYOND: Final = 10_000
"""So many faults more than are allowed are looked for before a run stops."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of a run.

    Examples
    --------
    >>> import pandas as pd
    >>> import partnermcda as pm
    >>> folder = Path(getfixture("tmp_path"))
    >>> actors = pd.DataFrame({
    ...     "city": ["Dakar", "Thiès"], "actor_id": ["a", "b"], "actor": ["Ada", "Bo"],
    ...     "actor_type": ["ngo", "ngo"], "res_technical": [2.0, 4.0]})
    >>> actors.to_parquet(folder / "actors.parquet")
    >>> catalog = pm.load_catalog("urban-services")
    >>> batch = pm.rank_parquet(
    ...     folder / "actors.parquet", folder / "ranked", catalog, catalog.weights("balanced"))
    >>> batch.together, batch.parts, batch.tally.known["res_technical"]
    (True, 1, 2)
    """

    folder: Path
    """Folder of the result."""
    tally: Tally
    """What was counted."""
    set_aside: tuple[str, ...]
    """Criteria that were judged for nobody."""
    notes: tuple[Finding, ...]
    """What was done that the user should know."""
    together: bool
    """Whether the rows stood in the order of their cities."""
    parts: int
    """Files of the ranking."""
    resumed: int
    """Those of them that an earlier run had finished."""
    seconds: tuple[tuple[str, float], ...]
    """How long each step took."""


def run_batch(
    source: Source, target: Path, planned: Planned, ways: Ways, engine: Engine, heard: Hear
) -> Batch:
    """Rank a register, part by part, whoever makes the parts.

    Parameters
    ----------
    source : Source
        The register.
    target : Path
        Folder of the result.
    planned : Planned
        What is done with every block.
    ways : Ways
        How it is worked through.
    engine : callable
        Makes the parts.
    heard : callable
        Told how far the run has come.

    Returns
    -------
    Batch
    """
    clock = Clock(heard)
    # So many of one kind in one block are too many by themselves.
    step = replace(planned.step, most=ways.max_faults + _BEYOND + 1)
    on = rests_on(source, step, top=ways.top, max_faults=ways.max_faults, language=ways.language)
    with folder_whole(target) as staging:
        work = open_workshop(staging, on, restart=ways.restart)
        cities = find_cities(source, step.plan, clock.begin("survey", source.rows))
        aside = settle_set_aside(source, step, step.options.set_aside)
        step = with_set_aside(step, aside)
        if step.options.by is None and not step.method.fixed_scale:
            step = with_ideals(source, step, clock.begin("observe", source.rows))
        rows = source if cities.sorted else _sorted(source, step, cities, work, ways, clock)
        parts = cut(cities.sizes)
        task = _task(rows, step, staging, ways)
        before = {
            done.index: done for part in parts if (done := finished(staging, task.home, part))
        }
        made = _made(task, parts, before, engine, clock, ways, target)
        tally = total(made)
        _refuse_currencies(staging, tally)
        _refuse_nobody(staging, tally)
        if step.options.by is None:
            made, tally = rank_together(task, made, tally, ways, clock.begin("order", tally.ranked))
        clock.begin("write", 0)
        write_sides(staging, parts)
        facts = {**named(planned.step), "set_aside": list(aside)}
        write_manifest(staging, on, facts, made, tally)
    notes = (*planned.notes, *_unseen(tally, step.file), *tally.notes)
    files = len(made)
    return Batch(target, tally, aside, notes, cities.sorted, files, len(before), clock.end())


def _refuse_currencies(staging: Path, tally: Tally) -> None:
    """Refuse a column of amounts in several currencies, each of which is alone in its block."""
    named: dict[str, list[Finding]] = {}
    for note in filter(currency_of, tally.notes):
        named.setdefault(note.column, []).append(note)
    mixed = [notes for notes in named.values() if len(notes) > 1]
    if mixed:
        clear(staging)
        raise InventoryError(_mixed(notes) for notes in mixed)


def _mixed(notes: Sequence[Finding]) -> Finding:
    counts = [int(str(note.details["count"])) for note in notes]
    found = ", ".join(
        f"{currency_of(note)} ({count})" for note, count in zip(notes, counts, strict=True)
    )
    details = {**notes[0].details, "found": found, "count": sum(counts)}
    return replace(notes[0], code="inventory.mixed_currencies", details=details)


def _refuse_nobody(staging: Path, tally: Tally) -> None:
    if tally.ranked:
        return
    clear(staging)
    if tally.left_out.get("outside", 0) == tally.rows:
        raise InventoryError(Finding("mapping.nothing_kept", {"rows": tally.rows}))
    raise InventoryError(Finding("rank.nobody", {"count": tally.rows}))


def _unseen(tally: Tally, file: str) -> Iterator[Finding]:
    """Note what a mapping keeps and no row has."""
    for column, value in tally.unseen or ():
        yield Finding("mapping.keep_unseen", column=column, value=value, file=file)


def _task(rows: Source, step: Step, staging: Path, ways: Ways) -> Task:
    """Rank within each city first, even where all actors are ranked together in the end."""
    if step.options.by is not None:
        return Task(rows, step, staging, staging, ways.top, ways.language)
    (staging / SCORED).mkdir(exist_ok=True)
    return Task(rows, step, staging, staging / SCORED, None, ways.language)


def _sorted(
    source: Source, step: Step, cities: Cities, work: Path, ways: Ways, clock: Clock
) -> Source:
    """Bring the rows of each city together, in the order of the cities."""
    heard = clock.begin("sort", source.rows)

    def batches() -> Iterator[pa.RecordBatch]:
        with RowReader(source, step.columns) as reader:
            for rows in reader.groups():
                codes = codes_of(city_texts(rows.drop_columns([ROW]), step.plan), cities)
                yield from rows.append_column(_CITY, codes).to_batches()
                heard(len(rows))

    file = bring_together(
        batches(), [_CITY, ROW], work / "sort", memory=ways.memory, threads=ways.threads
    )
    return open_source(file)


def _made(
    task: Task,
    parts: Sequence[Part],
    before: Mapping[int, Done],
    engine: Engine,
    clock: Clock,
    ways: Ways,
    target: Path,
) -> list[Done]:
    """Make the parts that are not there, and stop where there are too many faults."""
    done = dict(before)
    todo = [part for part in parts if part.index not in done]
    ready = sum(part.rows for part in parts if part.index in done)
    heard = clock.begin("rank", sum(part.rows for part in parts), ready)
    with closing(engine(task, todo, heard)) as making:
        for part in making:
            done[part.index] = part
            if _faults(done) > ways.max_faults + _BEYOND:
                break
    made = [part for part in parts if part.index in done]
    if _faults(done) > ways.max_faults:
        refuse_faults(task.staging, made, target, task.step.file)
    return [done[part.index] for part in made]


def _faults(done: Mapping[int, Done]) -> int:
    return sum(sum(part.tally.faults.values()) for part in done.values())
