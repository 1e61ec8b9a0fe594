"""`partnermcda coalition`: who together covers what a service needs."""

from functools import partial

from partnermcda.cli import options as opt
from partnermcda.cli import partnership_options as our
from partnermcda.cli.app import app
from partnermcda.cli.engaged import answer
from partnermcda.cli.show_coalition import show_coalition
from partnermcda.cli.words import Command
from partnermcda.job import SEED
from partnermcda.job.partnership import Search
from partnermcda.output import CoalitionAsked


@app.command(
    "coalition",
    cls=Command,
    help="cli.coalition",
    epilog="partnermcda coalition actors.csv --needs expand_unserved --size 4 -o coalition.xlsx",
)
def coalition(
    inventory: opt.Inventory,
    needs: our.Needs = "balanced",
    need: our.Levels = None,
    size: our.Size = 6,
    budget: our.Budget = None,
    must_have: our.MustHave = None,
    must_not: our.MustNot = None,
    incompatible: our.Incompatible = None,
    gates: our.Gates = "exclude",
    district: our.Districts = None,
    counts: our.Counting = None,
    penalty: our.Penalty = 0.01,
    robust: our.Robust = "worst",
    draws: our.States = 30,
    seed: opt.Seed = SEED,
    best: our.Plans = 1,
    enough: our.Enough = 0.8,
    time_limit: our.TimeLimit = 30.0,
    processes: our.Processes = None,
    city: our.OnlyCity = None,
    unknown: opt.Unknown = "interval",
    catalog: opt.CatalogName = "urban-services",
    mapping: opt.MappingFile = None,
    sheet: opt.Sheet = None,
    decimal: opt.Decimal = None,
    output: opt.Output = None,
    table: our.CoalitionTable = None,
    top: our.Shown = 10,
    quiet: opt.Quiet = False,
    json: opt.Json = False,
    lang: opt.Lang = "en",
) -> None:
    """Find coalitions, and print or write them."""
    asked = CoalitionAsked(
        kind="coalition",
        size=size,
        budget=budget,
        must_have=tuple(must_have or ()),
        must_not=tuple(must_not or ()),
        incompatible=our.as_pairs("--incompatible", incompatible),
        gates=gates,
        districts=tuple(district) if district else None,
        weights=our.as_figures("--counts", counts) or None,
        penalty=penalty,
        robust=robust,
        draws=draws,
        seed=seed,
        best=best,
        enough=enough,
        time_limit=time_limit,
    )
    search = Search(
        inventory=inventory,
        catalog=catalog,
        mapping=mapping,
        sheet=sheet,
        decimal=decimal,
        asked=asked,
        needs=needs,
        levels=our.as_figures("--need", need),
        city=city,
        unknown=unknown,
    )
    answer(
        search,
        partial(show_coalition, top=top),
        lang,
        output=output,
        table=table,
        quiet=quiet,
        json=json,
        processes=processes,
    )
