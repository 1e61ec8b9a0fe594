"""How far a run over a register has come: a bar, plain lines, or JSON lines on standard error."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import Final

import typer
from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn
from rich.progress import Progress as Bars

from partnermcda.batch import Progress
from partnermcda.cli.console import plain, terminal
from partnermcda.messages import say
from partnermcda.messages.figures import amount

BAR_SECONDS: Final = 0.1
"""Least time between two moves of a bar."""
LINE_SECONDS: Final = 5.0
"""Least time between two plain lines of a step."""
JSON_SECONDS: Final = 1.0
"""Least time between two JSON lines of a step."""
_MINUTE, _HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class Pace:
    """How far a step has come, and how fast it goes on."""

    step: str
    """What is being done."""
    rows: int
    """Rows done."""
    of: int
    """Rows to do."""
    rows_per_second: float | None
    """Rows a second since the step began; None before any is done."""
    seconds_left: float | None
    """Time for the rows that are left, at this pace."""


class Watch:
    """Hears how far a run has come, and shows the begin of each step and then some.

    Parameters
    ----------
    show : callable
        Shows how far a step has come.
    every : float
        Least time between two shows of one step, in seconds.
    """

    def __init__(self, show: Callable[[Pace], None], every: float) -> None:
        self._show, self._every = show, every
        self._first: Progress | None = None
        self._began = self._shown = 0.0
        self.rows = 0
        """Rows of the register; 0 while they are not counted."""

    def __call__(self, progress: Progress) -> None:
        """Hear how far the run has come."""
        now = perf_counter()
        if self._first is None or progress.step != self._first.step:
            self.rows = self.rows or progress.of
            self._first, self._began = progress, now
        elif now - self._shown < self._every:
            return
        self._shown = now
        self._show(_pace(self._first, progress, now - self._began))


def _pace(first: Progress, now: Progress, seconds: float) -> Pace:
    done = now.rows - first.rows
    if done <= 0 or seconds <= 0:
        return Pace(now.step, now.rows, now.of, None, None)
    rate = done / seconds
    return Pace(now.step, now.rows, now.of, rate, (now.of - now.rows) / rate)


@contextmanager
def batch_watched(language: str, *, quiet: bool, as_json: bool) -> Iterator[Watch]:
    """Show how far a run has come, on standard error.

    Parameters
    ----------
    language : str
        Language of the words.
    quiet : bool
        Whether to show nothing to people.
    as_json : bool
        Whether to show it to machines, one JSON object a line.

    Yields
    ------
    Watch
        In a terminal it moves a bar; elsewhere it prints a line every five seconds.
    """
    console = terminal(error=True)
    if as_json:
        yield Watch(_as_line_of_json, JSON_SECONDS)
    elif quiet:
        yield Watch(lambda _: None, JSON_SECONDS)
    elif console.is_terminal:
        with _bars(console) as bars:
            yield Watch(_moving(bars, language), BAR_SECONDS)
    else:
        yield Watch(lambda pace: console.print(plain(_line(pace, language))), LINE_SECONDS)


def _as_line_of_json(pace: Pace) -> None:
    print_line({**asdict(pace)})


def print_line(value: dict[str, object]) -> None:
    """Print plain data as one line of JSON on standard error.

    Parameters
    ----------
    value : dict
    """
    typer.echo(json.dumps(value, ensure_ascii=False, allow_nan=False), err=True)


def _bars(console: Console) -> Bars:
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[told]}", markup=False),
    )
    return Bars(*columns, console=console, transient=True)


def _moving(bars: Bars, language: str) -> Callable[[Pace], None]:
    """Make what shows one bar at a time."""
    tasks: dict[str, TaskID] = {}

    def show(pace: Pace) -> None:
        if pace.step not in tasks:
            for other in tasks.values():
                bars.update(other, visible=False)
            label = say(f"cli.batch.step.{pace.step}", language)
            tasks[pace.step] = bars.add_task(label, total=pace.of or None, told="")
        bars.update(tasks[pace.step], completed=pace.rows, told=so_far(pace, language))

    return show


def _line(pace: Pace, language: str) -> str:
    told = so_far(pace, language)
    label = say(f"cli.batch.step.{pace.step}", language)
    return f"{label}{say('colon', language)}{told}" if told else label


def so_far(pace: Pace, language: str) -> str:
    """Say how far a step has come.

    Parameters
    ----------
    pace : Pace
    language : str
        Language of the words.

    Returns
    -------
    str
        Empty where there are no rows to count.

    Examples
    --------
    >>> so_far(Pace("rank", 250, 1000, 50.0, 15.0), "en")
    '250 of 1,000 rows, 50 a second, 15 s left'
    """
    if not pace.of:
        return ""
    rows, of = amount(pace.rows, language), amount(pace.of, language)
    if pace.rows_per_second is None or pace.seconds_left is None:
        return say("cli.batch.rows", language, rows=rows, of=of)
    rate, left = amount(round(pace.rows_per_second), language), lasting(pace.seconds_left)
    return say("cli.batch.pace", language, rows=rows, of=of, rate=rate, left=left)


def lasting(seconds: float) -> str:
    """Write a length of time, in the symbols all languages share.

    Parameters
    ----------
    seconds : float

    Returns
    -------
    str

    Examples
    --------
    >>> lasting(7.4), lasting(200), lasting(3900)
    ('7 s', '3 min 20 s', '1 h 05 min')
    """
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE:02d} s"
    return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE:02d} min"
