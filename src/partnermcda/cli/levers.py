"""`partnermcda levers`: by which lever each actor is engaged."""

from functools import partial

import typer

from partnermcda.cli import options as opt
from partnermcda.cli import partnership_options as our
from partnermcda.cli.app import app
from partnermcda.cli.engaged import answer
from partnermcda.cli.show_levers import show_levers
from partnermcda.cli.words import Command
from partnermcda.job.partnership import Search
from partnermcda.output import LeversAsked


@app.command(
    "levers",
    cls=Command,
    help="cli.levers",
    epilog="partnermcda levers actors.csv --needs expand_unserved -o levers.xlsx",
)
def levers(
    context: typer.Context,
    inventory: opt.Inventory,
    needs: our.Needs = "balanced",
    need: our.Levels = None,
    orientation: our.NeedsOrientation = None,
    weights: opt.WeightsFile = None,
    most: our.MostLevers = 3,
    city: our.OnlyCity = None,
    by: our.By = "city",
    unknown: opt.Unknown = "interval",
    catalog: opt.CatalogName = "urban-services",
    mapping: opt.MappingFile = None,
    sheet: opt.Sheet = None,
    decimal: opt.Decimal = None,
    accept_inconsistent: opt.AcceptInconsistent = False,
    output: opt.Output = None,
    table: our.LeversTable = None,
    top: our.Shown = 5,
    quiet: opt.Quiet = False,
    json: opt.Json = False,
    lang: opt.Lang = "en",
) -> None:
    """Find levers, and print or write them."""
    search = Search(
        inventory=inventory,
        orientation=opt.asked_orientation(context, orientation or needs, weights),
        catalog=catalog,
        mapping=mapping,
        sheet=sheet,
        decimal=decimal,
        weights=weights,
        asked=LeversAsked(kind="levers", by=None if by == "none" else by, most=most),
        needs=needs,
        levels=our.as_figures("--need", need),
        city=city,
        unknown=unknown,
    )
    answer(
        search,
        partial(show_levers, top=top),
        lang,
        output=output,
        table=table,
        quiet=quiet,
        json=json,
        accept_inconsistent=accept_inconsistent,
    )
