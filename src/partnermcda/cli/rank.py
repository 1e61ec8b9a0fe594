"""`partnermcda rank`: from a list of actors to a ranking."""

import typer

from partnermcda.cli import options as opt
from partnermcda.cli.app import app
from partnermcda.cli.consistency import refuse_contradictions
from partnermcda.cli.console import plain, terminal
from partnermcda.cli.progress import watched
from partnermcda.cli.show import show_ranking, show_summary
from partnermcda.cli.words import Command
from partnermcda.job import Job, as_set_aside, check_output, document, run, save
from partnermcda.messages import say
from partnermcda.output import as_json


@app.command(
    "rank",
    cls=Command,
    help="cli.rank",
    epilog="partnermcda rank actors.csv --orientation expand_unserved -o ranking.csv",
)
def rank(
    context: typer.Context,
    inventory: opt.Inventory,
    orientation: opt.Orientation = "balanced",
    weights: opt.WeightsFile = None,
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
    top: opt.Top = 5,
    quiet: opt.Quiet = False,
    json: opt.Json = False,
    lang: opt.Lang = "en",
) -> None:
    """Rank actors and print or write the result."""
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
    if output is not None:
        check_output(job, output)
    with watched(lang, quiet=quiet or json) as on_step:
        outcome = run(job, on_step)
        refuse_contradictions(outcome.given, lang, accepted=accept_inconsistent)
        manifest = None if output is None else save(outcome, output, lang, on_step)
    if json:
        typer.echo(as_json(document(outcome)))
    elif not quiet:
        console = terminal()
        show_ranking(console, outcome, top, lang)
        show_summary(console, outcome, lang)
        if manifest is not None:
            console.print(plain(say("cli.written", lang, result=output, manifest=manifest), "bold"))
