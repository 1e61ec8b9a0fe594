"""`partnermcda verify`: run a ranking again and say whether it is the same."""

import typer

from partnermcda.cli import options as opt
from partnermcda.cli.app import app
from partnermcda.cli.console import plain, terminal
from partnermcda.cli.machine import print_json
from partnermcda.cli.progress import watched
from partnermcda.cli.words import Command
from partnermcda.job import verify as verify_manifest
from partnermcda.messages import say


@app.command(
    "verify", cls=Command, help="cli.verify", epilog="partnermcda verify ranking.manifest.json"
)
def verify(
    manifest: opt.ManifestFile,
    quiet: opt.Quiet = False,
    json: opt.Json = False,
    lang: opt.Lang = "en",
) -> None:
    """Run again what a manifest records and compare."""
    with watched(lang, quiet=quiet or json) as on_step:
        verdict = verify_manifest(manifest, on_step)
    if json:
        print_json(verdict.to_dict())
    elif not quiet:
        style = "bold green" if verdict.same else "bold red"
        largest = f"{verdict.details.get('largest', 0.0):.1e}"
        told = {**verdict.details, "largest": largest.replace(".", "," if lang == "fr" else ".")}
        terminal().print(plain(say(f"verify.{verdict.code}", lang, **told), style))
    if not verdict.same:
        raise typer.Exit(1)
