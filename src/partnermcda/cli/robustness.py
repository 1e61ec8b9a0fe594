"""`partnermcda robustness`: from a list of actors to how far its ranking can be trusted."""

import typer

from partnermcda.cli import options as opt
from partnermcda.cli.app import app
from partnermcda.cli.consistency import refuse_contradictions
from partnermcda.cli.console import plain, terminal
from partnermcda.cli.progress import watched
from partnermcda.cli.robustness_words import check_city
from partnermcda.cli.show_robustness import show_robustness
from partnermcda.cli.words import Command
from partnermcda.job import (
    DRAWS,
    SEED,
    Job,
    as_drawing,
    as_set_aside,
    assess,
    assessment_document,
    check_output,
    check_table,
    run,
    save_assessment,
)
from partnermcda.messages import say
from partnermcda.output import as_json


@app.command(
    "robustness",
    cls=Command,
    help="cli.robustness",
    epilog="partnermcda robustness actors.csv --orientation expand_unserved -o robustness.xlsx",
)
def robustness(
    context: typer.Context,
    inventory: opt.Inventory,
    orientation: opt.Orientation = "balanced",
    weights: opt.WeightsFile = None,
    draws: opt.Draws = DRAWS,
    seed: opt.Seed = SEED,
    spread: opt.Spread = "around",
    concentration: opt.Concentration = None,
    top: opt.Best = 1,
    city: opt.City = None,
    catalog: opt.CatalogName = "urban-services",
    mapping: opt.MappingFile = None,
    sheet: opt.Sheet = None,
    decimal: opt.Decimal = None,
    by: opt.By = "city",
    unknown: opt.Unknown = "interval",
    method: opt.MethodName = "topsis",
    set_aside: opt.SetAside = "unobserved",
    rank_role: opt.Roles = None,
    gates: opt.Gates = "show",
    min_evidence: opt.MinEvidence = 0.0,
    accept_inconsistent: opt.AcceptInconsistent = False,
    output: opt.Output = None,
    table: opt.Table = None,
    quiet: opt.Quiet = False,
    json: opt.Json = False,
    lang: opt.Lang = "en",
) -> None:
    """Rank actors, and print or write how far the ranking can be trusted."""
    job = Job(
        inventory=inventory,
        orientation=opt.asked_orientation(context, orientation, weights),
        weights=weights,
        catalog=catalog,
        mapping=mapping,
        sheet=sheet,
        decimal=decimal,
        method=method,
        by=None if by == "none" else by,
        unknown=unknown,
        set_aside=as_set_aside(set_aside),
        rank_roles=tuple(rank_role or ()),
        gates=gates,
        min_evidence=min_evidence,
    )
    drawing = as_drawing(
        draws=draws, seed=seed, spread=spread, concentration=concentration, top=top
    )
    check_table(output, table)
    if output is not None:
        check_output(job, output)
    with watched(lang, quiet=quiet or json) as on_step:
        outcome = run(job, on_step)
        refuse_contradictions(outcome.given, lang, accepted=accept_inconsistent)
        check_city(outcome.ranking, city)
        found = assess(outcome, drawing, on_step)
        manifest = None if output is None else save_assessment(found, output, table, lang, on_step)
    if json:
        typer.echo(as_json(assessment_document(found, lang)))
    elif not quiet:
        console = terminal()
        show_robustness(console, found, city, lang)
        if manifest is not None:
            console.print(plain(say("cli.written", lang, result=output, manifest=manifest), "bold"))
