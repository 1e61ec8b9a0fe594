"""How a register is worked through: nothing here changes a figure of the result."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal, TypeAlias

from partnermcda.batch.parts import Part
from partnermcda.batch.working import Task, by_threads
from partnermcda.batch.workshop import Done
from partnermcda.errors import Finding, MethodError
from partnermcda.messages import LANGUAGES

Engine: TypeAlias = Callable[[Task, Sequence[Part], Callable[[int], None]], Generator[Done]]
"""Makes the parts of a task, in any order, and tells of rows as they are done."""

ENGINES: Final = ("threads", "dask")
LEAST_MEMORY: Final = 1 << 26
"""Bytes below which sorting has no room."""


@dataclass(frozen=True, slots=True)
class Ways:
    """How a register is worked through."""

    top: int | None
    """How many of each city are written; None for all."""
    max_faults: int
    """How many faults are put up with; rows at fault are left out."""
    memory: int
    """Bytes that sorting may use."""
    threads: int
    """Threads of this process."""
    restart: bool
    """Whether the finished parts of a stopped run are thrown away."""
    language: Literal["en", "fr"]
    """Language of what is said of faults."""


def as_ways(
    *,
    top: int | None,
    max_faults: int,
    memory: int,
    threads: int,
    restart: bool,
    language: Literal["en", "fr"],
) -> Ways:
    """Check how a register shall be worked through.

    Parameters
    ----------
    top, max_faults, memory, threads, restart, language
        As :class:`Ways` has them.

    Returns
    -------
    Ways

    Raises
    ------
    MethodError
        With everything that is out of range.
    """
    least = {
        "top": (1 if top is None else top, 1),
        "max_faults": (max_faults, 0),
        "memory": (memory, LEAST_MEMORY),
        "threads": (threads, 1),
    }
    findings = [
        Finding("batch.option", {"name": name, "found": found, "least": low})
        for name, (found, low) in least.items()
        if not found >= low
    ]
    if language not in LANGUAGES:
        details = {"name": "language", "found": language, "names": ", ".join(LANGUAGES)}
        findings.append(Finding("batch.choice", details))
    if findings:
        raise MethodError(findings)
    return Ways(top, max_faults, memory, threads, restart, language)


def as_engine(
    engine: Literal["threads", "dask"], *, threads: int, scheduler: str | None, workers: int
) -> Engine:
    """Choose who makes the parts.

    Parameters
    ----------
    engine : {"threads", "dask"}
    threads : int
        Of this process.
    scheduler : str, optional
        Address of a cluster.
    workers : int
        Processes of a cluster on this machine.

    Returns
    -------
    callable

    Raises
    ------
    MethodError
        If there is no such engine.
    """
    if engine not in ENGINES:
        details = {"name": "engine", "found": engine, "names": ", ".join(ENGINES)}
        raise MethodError(Finding("batch.choice", details))
    if engine == "threads":
        return partial(by_threads, threads=threads)
    from partnermcda.batch.distributed import by_dask

    return partial(by_dask, scheduler=scheduler, workers=workers)
