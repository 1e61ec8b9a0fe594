"""`partnermcda schema`: the forms of our files, for tools in any language."""

from typing import Annotated

import typer

from partnermcda.cli import options as opt
from partnermcda.cli.app import app
from partnermcda.cli.machine import print_json
from partnermcda.cli.words import Command
from partnermcda.output import json_schema
from partnermcda.output.schemas import SchemaName

Name = Annotated[SchemaName, typer.Argument(help="cli.schema_name", metavar="cli.meta.name")]


@app.command("schema", cls=Command, help="cli.schema", epilog="partnermcda schema manifest")
def schema(name: Name, lang: opt.Lang = "en") -> None:  # noqa: ARG001 - said by main
    """Print the JSON Schema of one of our files."""
    print_json(json_schema(name))
