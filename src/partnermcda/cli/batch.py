"""`partnermcda batch`: from a register of any size to a folder of rankings."""

from pathlib import Path

import typer

from partnermcda.cli import options as opt
from partnermcda.cli.app import app
from partnermcda.cli.batch_progress import Watch, batch_watched, print_line
from partnermcda.cli.consistency import refuse_contradictions
from partnermcda.cli.console import plain, terminal
from partnermcda.cli.machine import print_json
from partnermcda.cli.show_batch import batch_as_data, show_batch
from partnermcda.cli.words import Command
from partnermcda.job import Job, as_set_aside, rows_kept, run_batch_job, weigh
from partnermcda.messages import say
from partnermcda.messages.figures import amount


@app.command(
    "batch",
    cls=Command,
    help="cli.batch",
    epilog="partnermcda batch actors/ ranked/ --orientation expand_unserved --top 10",
)
def batch(
    context: typer.Context,
    source: opt.Register,
    target: opt.ResultFolder,
    orientation: opt.Orientation = "balanced",
    weights: opt.WeightsFile = None,
    catalog: opt.CatalogName = "urban-services",
    mapping: opt.MappingFile = None,
    decimal: opt.Decimal = None,
    by: opt.By = "city",
    unknown: opt.Unknown = "interval",
    method: opt.MethodName = "topsis",
    set_aside: opt.SetAside = "unobserved",
    rank_role: opt.Roles = None,
    gates: opt.Gates = "show",
    min_evidence: opt.MinEvidence = 0.0,
    accept_inconsistent: opt.AcceptInconsistent = False,
    top: opt.TopWritten = None,
    max_faults: opt.MaxFaults = 0,
    memory: opt.Memory = "192MiB",
    threads: opt.Threads = 2,
    engine: opt.Engine = "threads",
    scheduler: opt.Scheduler = None,
    workers: opt.Workers = 2,
    restart: opt.Restart = False,
    quiet: opt.Quiet = False,
    json: opt.Json = False,
    json_progress: opt.JsonProgress = False,
    lang: opt.Lang = "en",
) -> None:
    """Rank a register of any size into a folder, and tell what came of it."""
    job = Job(
        inventory=source,
        orientation=opt.asked_orientation(context, orientation, weights),
        weights=weights,
        catalog=catalog,
        mapping=mapping,
        decimal=decimal,
        method=method,
        by=None if by == "none" else by,
        unknown=unknown,
        set_aside=as_set_aside(set_aside),
        rank_roles=tuple(rank_role or ()),
        gates=gates,
        min_evidence=min_evidence,
    )
    weighed = weigh(job)
    # Before the first row: a whole register takes too long to be refused at its end.
    refuse_contradictions(weighed.given, lang, accepted=accept_inconsistent)
    with batch_watched(lang, quiet=quiet or json, as_json=json_progress) as watch:
        try:
            outcome = run_batch_job(
                weighed,
                target,
                top=top,
                max_faults=max_faults,
                memory=opt.as_bytes(memory),
                threads=threads,
                restart=restart,
                engine=engine,
                scheduler=scheduler,
                workers=workers,
                language=lang,
                on_progress=watch,
            )
        except KeyboardInterrupt:
            outcome = None
    if outcome is None:
        _tell_how_to_go_on(watch, target, lang, restarted=restart, as_json=json_progress)
        raise typer.Exit(130)
    if json:
        print_json(batch_as_data(outcome, lang))
    elif not quiet:
        show_batch(terminal(), outcome, lang)


def _tell_how_to_go_on(
    watch: Watch, target: str, language: str, *, restarted: bool, as_json: bool
) -> None:
    kept = rows_kept(Path(target))
    key = "cli.batch.stopped_restarted" if restarted else "cli.batch.stopped"
    rows, of = amount(kept, language), amount(watch.rows, language)
    words = say(key, language, rows=rows, of=of)
    if as_json:
        print_line({"stopped": True, "rows": kept, "of": watch.rows, "message": words})
    else:
        terminal(error=True).print(plain(words, "bold"))
