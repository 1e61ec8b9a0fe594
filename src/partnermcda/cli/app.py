"""The group that all commands belong to."""

from typing import Final

import typer

from partnermcda.cli import options as opt
from partnermcda.cli.words import Group

app: Final = typer.Typer(
    cls=Group,
    help="cli.partnermcda",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@app.callback()
def root(lang: opt.Lang = "en") -> None:
    """Take ``--lang`` before the command too."""
