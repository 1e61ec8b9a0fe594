"""The language of the command line: help and usage errors, all from the message table."""

from collections.abc import Mapping, Sequence
from typing import Any

import typer
from rich.table import Table
from rich.text import Text
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from partnermcda.cli.console import terminal
from partnermcda.messages import LANGUAGES, message_table, say


def asked_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Find the language a user asks for, before anything is said.

    Parameters
    ----------
    arguments : sequence of str
        What follows the command's name.
    environment : mapping of str to str
        Where ``PARTNERMCDA_LANG`` may be set.

    Returns
    -------
    str

    Examples
    --------
    >>> asked_language(["rank", "--lang", "fr"], {})
    'fr'
    """
    asked = environment.get("PARTNERMCDA_LANG", "en")
    for word, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if word == "--lang":
            asked = following
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    return asked if asked in LANGUAGES else "en"


def asked_command(arguments: Sequence[str]) -> str:
    """Find the command a user asks for, before commands are loaded.

    Parameters
    ----------
    arguments : sequence of str
        What follows the program's name.

    Returns
    -------
    str
        The first word but for the language; empty if there is none.

    Examples
    --------
    >>> asked_command(["--lang", "fr", "rank", "actors.csv"]), asked_command(["--help", "rank"])
    ('rank', '--help')
    """
    words = iter(arguments)
    for word in words:
        if word == "--lang":
            next(words, "")
        elif not word.startswith("--lang="):
            return word
    return ""


def usage_error(error: TyperException, language: str) -> str:
    """Say what was wrong with a command line, and what would be right.

    Parameters
    ----------
    error : TyperException
        As typer raised it.
    language : str
        Language of the sentence.

    Returns
    -------
    str
    """
    key = f"cli.usage.{type(error).__name__}"
    if isinstance(getattr(error, "cmd", None), TyperGroup) and key == "cli.usage.UsageError":
        key = "cli.usage.no_command"
    if key not in message_table():
        return error.format_message()
    param = getattr(error, "param", None)
    return say(
        key,
        language,
        option=getattr(error, "option_name", "") or _name(param, language),
        near=", ".join(getattr(error, "possibilities", None) or ["--help"]),
        meaning=_help(param, language),
    )


class Command(TyperCommand):
    """A command whose help speaks the user's language."""

    def format_help(self, ctx: typer.Context, formatter: object) -> None:  # type: ignore[override]  # noqa: ARG002
        """Print the help."""
        language = ctx.find_root().obj
        arguments = [p for p in self.params if not p.opts[0].startswith("-")]
        options = [p for p in self.params if p.opts[0].startswith("-")]
        named = " ".join(_name(argument, language) for argument in arguments)
        usage = f"{ctx.command_path} {named} [{say('cli.words.options', language).upper()}]"
        _print_head(usage, self.help, language)
        _print_parts("cli.words.arguments", arguments, language)
        _print_parts("cli.words.options", options, language)
        terminal().print(Text(say("cli.words.example", language), style="bold"))
        terminal().print(Text(f"  $ {self.epilog}\n"))


class Group(TyperGroup):
    """A group of commands whose help speaks the user's language."""

    def format_help(self, ctx: typer.Context, formatter: object) -> None:  # type: ignore[override]  # noqa: ARG002
        """Print the help."""
        language = ctx.find_root().obj
        usage = f"{ctx.command_path} {say('cli.words.command', language).upper()} …"
        _print_head(usage, self.help, language)
        rows = [(name, say(str(c.help), language)) for name, c in self.commands.items()]
        _print_rows("cli.words.commands", rows, language)
        _print_parts("cli.words.options", self.params, language)


def _print_head(usage: str, help_key: str | None, language: str) -> None:
    terminal().print(Text.assemble((say("cli.words.usage", language), "bold"), " ", usage))
    terminal().print(Text(f"\n{say(str(help_key), language)}\n"))


def _print_parts(heading: str, params: Sequence[Any], language: str) -> None:
    _print_rows(heading, [_row(p, language) for p in params], language)


def _print_rows(heading: str, rows: Sequence[tuple[str, str]], language: str) -> None:
    if not rows:
        return
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column()
    for name, meaning in rows:
        table.add_row(Text(f"  {name}", style="cyan"), Text(meaning))
    terminal().print(Text(say(heading, language), style="bold"))
    terminal().print(table)
    terminal().print()


def _row(param: Any, language: str) -> tuple[str, str]:
    name = ", ".join(param.opts) if param.opts[0].startswith("-") else _name(param, language)
    default = param.default
    told = param.show_default and default not in (None, False, "")
    suffix = f" [{say('cli.words.default', language, default=default)}]" if told else ""
    metavar = f" {say(param.metavar, language)}" if param.metavar and name[0] == "-" else ""
    return name + metavar, _help(param, language) + suffix


def _name(param: Any, language: str) -> str:
    if param is None or param.opts[0].startswith("-"):
        return param.opts[0] if param else ""
    return say(param.metavar, language)


def _help(param: Any, language: str) -> str:
    return say(param.help, language) if param and param.help else ""
