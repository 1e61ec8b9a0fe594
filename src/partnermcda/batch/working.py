"""Rank parts: by threads of this process, or by whoever is given the same task."""

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from partnermcda.batch.block import rank_block
from partnermcda.batch.parts import Part
from partnermcda.batch.rows import RowReader
from partnermcda.batch.source import Source
from partnermcda.batch.step import Step
from partnermcda.batch.workshop import Done, PartWriter


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker needs to know to make any part."""

    source: Source
    """Rows, city by city."""
    step: Step
    """What is done with them."""
    staging: Path
    """Folder that is being filled."""
    home: Path
    """Folder for the parts: the same, or one within, where they are not yet the result."""
    top: int | None
    """How many of each city are written; None for all."""
    language: str
    """Language of what is said of faults."""


class Stopped(Exception):  # noqa: N818
    """The work was asked to stop."""


def make_part(
    task: Task, part: Part, heard: Callable[[int], None], stop: Callable[[], bool]
) -> Done:
    """Make one part of a result.

    Parameters
    ----------
    task : Task
    part : Part
    heard : callable
        Told the number of rows of each block as it is done.
    stop : callable
        Asked before each block whether to stop.

    Returns
    -------
    Done

    Raises
    ------
    Stopped
        If asked to.
    """
    with (
        RowReader(task.source, task.step.columns, task.step.file) as reader,
        PartWriter(task.staging, task.home, part, task.language) as writer,
    ):
        for start, end in part.blocks():
            if stop():
                raise Stopped
            writer.write(rank_block(reader.table(start, end), task.step), task.top)
            heard(end - start)
        return writer.finish()


def by_threads(
    task: Task, parts: Sequence[Part], heard: Callable[[int], None], threads: int
) -> Generator[Done]:
    """Make parts with threads of this process.

    Parameters
    ----------
    task : Task
    parts : sequence of Part
    heard : callable
        Told the number of rows of each block as it is done, by any thread.
    threads : int

    Yields
    ------
    Done
        Of each part as it is finished.
    """
    stop = Event()
    with ThreadPoolExecutor(threads) as pool:
        todo = iter(parts)
        working: set[Future[Done]] = set()
        try:
            while True:
                for part in todo:
                    working.add(pool.submit(make_part, task, part, heard, stop.is_set))
                    if len(working) == threads:
                        break
                if not working:
                    return
                done, working = wait(working, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        finally:
            stop.set()
