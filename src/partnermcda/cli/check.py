"""`partnermcda check`: every fault of a list of actors at once."""

from dataclasses import asdict

from rich.table import Table

from partnermcda.catalog import Catalog, load_catalog
from partnermcda.cli import options as opt
from partnermcda.cli.app import app
from partnermcda.cli.console import grid, plain, terminal
from partnermcda.cli.machine import print_json
from partnermcda.cli.words import Command
from partnermcda.inventory import Reading, read_inventory, reading_of
from partnermcda.messages import say


@app.command("check", cls=Command, help="cli.check", epilog="partnermcda check actors.xlsx")
def check(
    inventory: opt.Inventory,
    catalog: opt.CatalogName = "urban-services",
    mapping: opt.MappingFile = None,
    sheet: opt.Sheet = None,
    decimal: opt.Decimal = None,
    quiet: opt.Quiet = False,
    json: opt.Json = False,
    lang: opt.Lang = "en",
) -> None:
    """Read a list of actors and say what is wrong with it, or what is known."""
    criteria = load_catalog(catalog)
    frame = read_inventory(inventory, criteria, mapping, sheet=sheet, decimal=decimal)
    reading = reading_of(frame)
    if json:
        print_json(_summary(reading, lang))
    elif not quiet:
        console = terminal()
        console.print(plain(say("cli.no_faults", lang, rows=reading.rows), "bold green"))
        console.print(_coverage(reading, criteria, lang))
        for note in reading.notes:
            console.print(plain(note.text(lang)))


def _coverage(reading: Reading, catalog: Catalog, language: str) -> Table:
    heads = ("criterion", "column", "known", "unknown", "limited", "undivided")
    table = grid(*(say(f"cli.head.{name}", language) for name in heads), right=(2, 3, 4, 5))
    for count in reading.criteria:
        table.add_row(
            plain(catalog.label(count.criterion, language)),
            plain(count.source or "–", "dim"),
            plain(count.known, "" if count.known else "dim"),
            plain(count.unknown),
            plain(count.limited or "–"),
            plain(count.zero_denominators or "–"),
        )
    return table


def _summary(reading: Reading, language: str) -> dict[str, object]:
    return {
        "findings": [],
        "rows": reading.rows,
        "criteria": {count.criterion: asdict(count) for count in reading.criteria},
        "notes": [note.text(language) for note in reading.notes],
    }
