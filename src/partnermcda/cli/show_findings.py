"""Faults as a person reads them in a terminal."""

from collections.abc import Sequence
from typing import Final

from rich.console import Console

from partnermcda.cli.console import grid, plain
from partnermcda.errors import Finding
from partnermcda.messages import say

_SHOWN: Final = 50


def show_findings(console: Console, findings: Sequence[Finding], language: str) -> None:
    """Print faults as a table, and how many there are in all.

    Parameters
    ----------
    console : Console
        Where to print.
    findings : sequence of Finding
        What was found.
    language : str
        Language of the words.
    """
    total = sum(1 + finding.more for finding in findings)
    console.print(plain(say("cli.faults", language, count=total), "bold red"))
    table = grid(*(say(f"cli.head.{name}", language) for name in ("place", "problem", "right")))
    for finding in findings[:_SHOWN]:
        more = f" ({say('and_more', language, count=finding.more)})" if finding.more else ""
        table.add_row(
            plain(finding.place(language), "bold"),
            plain(finding.problem(language) + more),
            plain(finding.right(language), "green"),
        )
    console.print(table)
    if len(findings) > _SHOWN:
        rest = len(findings) - _SHOWN
        console.print(plain(say("cli.more_faults", language, count=rest)))
