"""The command line: public functions with files for arguments."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import Final

import typer
from typer.exceptions import TyperException

from partnermcda.cli.app import app
from partnermcda.cli.console import plain, terminal
from partnermcda.cli.machine import findings_as_data, print_json
from partnermcda.cli.show_findings import show_findings
from partnermcda.cli.words import asked_command, asked_language, usage_error
from partnermcda.errors import JudgementsError, MethodError, PartnerMCDAError, WeightsError
from partnermcda.messages import say

__all__ = ["COMMANDS", "app", "load", "main"]

COMMANDS: Final = (
    *("batch", "catalog", "check", "coalition", "levers", "map", "rank", "robustness", "schema"),
    *("verify", "weights"),
)
"""Each command with the module of its name."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 faults in the input, 2 wrong usage.

    Parameters
    ----------
    arguments : sequence of str, optional
        What follows the command's name; without it, what the program was called with.
    """
    for stream in (sys.stdout, sys.stderr):
        # A terminal or pipe that cannot write a letter gets a mark instead, never an error.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    # Wherever --lang stands, before or after the command, every command hears it as its default.
    language = os.environ["PARTNERMCDA_LANG"] = asked_language(given, os.environ)
    sys.exit(_run(given, language))


def _run(arguments: list[str], language: str) -> int:
    try:
        load(arguments)
        command = typer.main.get_command(app)
        code = command.main(arguments, prog_name="partnermcda", standalone_mode=False, obj=language)
        sys.stdout.flush()
    except TyperException as error:
        words = usage_error(error, language)
        if "--json" in arguments:
            print_json({"findings": [{"code": "usage", "problem": words}]})
        else:
            terminal(error=True).print(plain(words, "red"))
        return 2
    except PartnerMCDAError as error:
        _complain(error, language, as_json="--json" in arguments)
        return _exit_code(error)
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except OSError as error:
        # Standard output cannot be written, and Python must not try again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return 0
        words = say("cli.system", language, reason=error.strerror)
        terminal(error=True).print(plain(words, "red"))
        return 1
    return code if isinstance(code, int) else 0


def load(arguments: Sequence[str]) -> None:
    """Import the command asked for; all of them where that is none: for help and near names.

    Parameters
    ----------
    arguments : sequence of str
        What follows the command's name.
    """
    asked = asked_command(arguments)
    # What each of them imports takes longer than most of them run.
    for name in (asked,) if asked in COMMANDS else COMMANDS:
        import_module(f"partnermcda.cli.{name}")


def _exit_code(error: PartnerMCDAError) -> int:
    """Tell faults in what was handed over from a request that cannot be met."""
    if isinstance(error, WeightsError):
        of_file = isinstance(error, JudgementsError) or any(f.file for f in error.findings)
        return 1 if of_file else 2
    return 2 if isinstance(error, MethodError) else 1


def _complain(error: PartnerMCDAError, language: str, *, as_json: bool) -> None:
    if as_json:
        print_json(findings_as_data(error.findings, language))
    else:
        show_findings(terminal(error=True), error.findings, language)
