"""`partnermcda schema`: the forms of our files, for tools in any language."""

from partnermcda.cli import options as opt
from partnermcda.cli.app import app
from partnermcda.cli.machine import print_json
from partnermcda.cli.words import Command
from partnermcda.output import json_schema


@app.command("schema", cls=Command, help="cli.schema", epilog="partnermcda schema manifest")
def schema(name: opt.SchemaName, lang: opt.Lang = "en") -> None:  # noqa: ARG001 - said by main
    """Print the JSON Schema of one of our files."""
    print_json(json_schema(name))
