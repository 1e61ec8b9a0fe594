"""What the commands for levers, coalitions and maps do alike."""

from collections.abc import Callable

import typer
from rich.console import Console

from partnermcda.cli.consistency import refuse_contradictions
from partnermcda.cli.console import plain, terminal
from partnermcda.cli.progress import watched
from partnermcda.job import check_output, check_table
from partnermcda.job.partnership import Search, find
from partnermcda.job.partnership_files import save_findings
from partnermcda.messages import say
from partnermcda.output import as_json
from partnermcda.output.partnership.tables import Partnership, partnership_document

Show = Callable[[Console, Partnership, str], None]


def answer(
    search: Search,
    show: Show,
    lang: str,
    *,
    output: str | None,
    table: str | None,
    quiet: bool,
    json: bool,
    accept_inconsistent: bool = False,
    processes: int | None = None,
) -> None:
    """Find what was asked for, and print or write it.

    Parameters
    ----------
    search : Search
        What was asked.
    show : callable
        Prints it for a person.
    lang : str
        Language of the words.
    output : str or None
        Where to write it.
    table : str or None
        Table of a file that holds one.
    quiet, json : bool
        Whether to print nothing, or JSON.
    accept_inconsistent : bool
        Whether judgements that contradict each other are used all the same.
    processes : int or None
        How many cities are worked on at a time.
    """
    check_table(output, table)
    if output is not None:
        check_output(search, output)
    with watched(lang, quiet=quiet or json) as on_step:
        found = find(search, on_step, processes)
        if found.weighing is not None:
            refuse_contradictions(found.weighing.weights, lang, accepted=accept_inconsistent)
        manifest = None if output is None else save_findings(found, output, table, lang, on_step)
    if json:
        typer.echo(as_json(partnership_document(found.partnership, lang)))
    elif not quiet:
        console = terminal()
        show(console, found.partnership, lang)
        if manifest is not None:
            console.print(plain(say("cli.written", lang, result=output, manifest=manifest), "bold"))
