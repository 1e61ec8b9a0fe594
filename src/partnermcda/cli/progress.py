"""What a long job is doing, where a person watches."""

from collections.abc import Iterator
from contextlib import contextmanager

from partnermcda.cli.console import plain, terminal
from partnermcda.job import OnStep, unheard
from partnermcda.messages import say


@contextmanager
def watched(language: str, *, quiet: bool) -> Iterator[OnStep]:
    """Show each step while it runs, on standard error and only in a terminal.

    Parameters
    ----------
    language : str
        Language of the words.
    quiet : bool
        Whether to show nothing.

    Yields
    ------
    callable
        To be told the name of each step as it begins.
    """
    console = terminal(error=True)
    if quiet or not console.is_terminal:
        yield unheard
        return
    with console.status("") as status:

        def show(step: str, /, **reached: int) -> None:
            status.update(plain(say(f"cli.step.{step}", language, **reached)))

        yield show
