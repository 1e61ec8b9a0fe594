"""How far a run has come, for whoever watches it."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import perf_counter
from typing import Literal, TypeAlias

StepName: TypeAlias = Literal["survey", "observe", "sort", "rank", "order", "write"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come.

    Examples
    --------
    >>> progress = Progress("rank", 500, 2_000)
    >>> f"{progress.rows / progress.of:.0%}"
    '25%'
    """

    step: StepName
    """What is being done: look through all rows, take ideals of them, bring cities together, rank,
    order all actors, write the rest."""
    rows: int
    """Rows done in this step."""
    of: int
    """Rows to do in this step."""


Hear: TypeAlias = Callable[[Progress], None]


def unheard(_: Progress) -> None:
    """Go on without telling anybody."""


class Stopwatch:
    """Keeps how long each step of some work took, one after the other."""

    def __init__(self) -> None:
        self._began: list[tuple[str, float]] = []

    def begin(self, step: str) -> None:
        """Begin a step, which ends the last."""
        self._began.append((step, perf_counter()))

    def end(self) -> tuple[tuple[str, float], ...]:
        """Say how long each step took, in seconds."""
        ends = [*(moment for _, moment in self._began[1:]), perf_counter()]
        pairs = zip(self._began, ends, strict=True)
        return tuple((step, end - begun) for (step, begun), end in pairs)


class Clock:
    """Tells how far each step has come, and keeps how long it took.

    Parameters
    ----------
    heard : callable
        Told, one call at a time.
    """

    def __init__(self, heard: Hear) -> None:
        self._heard, self._lock = heard, Lock()
        self._watch = Stopwatch()

    def begin(self, step: StepName, of: int, done: int = 0) -> Callable[[int], None]:
        """Begin a step; what is returned is told of rows as they are done, by any thread.

        The first report tells what was done before.
        """
        self._watch.begin(step)
        so_far = 0

        def hear(rows: int) -> None:
            nonlocal so_far
            with self._lock:
                so_far += rows
                self._heard(Progress(step, so_far, of))

        hear(done)
        return hear

    def end(self) -> tuple[tuple[str, float], ...]:
        """Say how long each step took, in seconds."""
        return self._watch.end()
