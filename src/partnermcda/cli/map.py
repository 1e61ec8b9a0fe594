"""`partnermcda map`: who counts, who sits on which layer, who completes whom."""

from functools import partial

import typer

from partnermcda.cli import options as opt
from partnermcda.cli import partnership_options as our
from partnermcda.cli.app import app
from partnermcda.cli.engaged import answer
from partnermcda.cli.show_map import show_map
from partnermcda.cli.words import Command
from partnermcda.job.partnership import Search
from partnermcda.output import MapAsked


@app.command(
    "map",
    cls=Command,
    help="cli.map",
    epilog="partnermcda map actors.csv --needs expand_unserved -o map.xlsx",
)
def map_(
    context: typer.Context,
    inventory: opt.Inventory,
    needs: our.Needs = "balanced",
    need: our.Levels = None,
    orientation: our.NeedsOrientation = None,
    weights: opt.WeightsFile = None,
    threshold: our.Threshold = 0.5,
    most: our.MostPartners = 5,
    city: our.OnlyCity = None,
    by: our.By = "city",
    unknown: opt.Unknown = "interval",
    catalog: opt.CatalogName = "urban-services",
    mapping: opt.MappingFile = None,
    sheet: opt.Sheet = None,
    decimal: opt.Decimal = None,
    accept_inconsistent: opt.AcceptInconsistent = False,
    output: opt.Output = None,
    table: our.MapTable = None,
    top: our.Shown = 5,
    quiet: opt.Quiet = False,
    json: opt.Json = False,
    lang: opt.Lang = "en",
) -> None:
    """Map the ecosystem, and print or write the map."""
    within = None if by == "none" else by
    search = Search(
        inventory=inventory,
        orientation=opt.asked_orientation(context, orientation or needs, weights),
        catalog=catalog,
        mapping=mapping,
        sheet=sheet,
        decimal=decimal,
        weights=weights,
        asked=MapAsked(kind="map", by=within, threshold=threshold, most=most),
        needs=needs,
        levels=our.as_figures("--need", need),
        city=city,
        unknown=unknown,
    )
    answer(
        search,
        partial(show_map, top=top),
        lang,
        output=output,
        table=table,
        quiet=quiet,
        json=json,
        accept_inconsistent=accept_inconsistent,
    )
