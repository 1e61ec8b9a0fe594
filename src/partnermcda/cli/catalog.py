"""`partnermcda catalog`: which criteria there are, and whether a catalog of one's own holds."""

from collections.abc import Iterator

import typer
from rich.table import Table
from rich.text import Text

from partnermcda.catalog import Catalog, Criterion, builtin_catalogs, load_catalog
from partnermcda.cli import options as opt
from partnermcda.cli.app import app
from partnermcda.cli.console import grid, plain, terminal
from partnermcda.cli.machine import print_json
from partnermcda.cli.words import Command, Group
from partnermcda.core.ahp.consistency import ACCEPTABLE
from partnermcda.messages import say
from partnermcda.messages.figures import amount, number, percent

group = typer.Typer(cls=Group, help="cli.catalog_group", no_args_is_help=True)
app.add_typer(group, name="catalog")


@group.callback()
def root(lang: opt.Lang = "en") -> None:
    """Take ``--lang`` before the command too."""


@group.command(
    "list", cls=Command, help="cli.catalog_list", epilog="partnermcda catalog list --lang fr"
)
def list_catalogs(json: opt.Json = False, lang: opt.Lang = "en") -> None:
    """Print the built-in catalogs."""
    found = [load_catalog(name) for name in builtin_catalogs()]
    if json:
        print_json(
            [{"catalog": c.catalog, "version": c.version, "title": c.title[lang]} for c in found]
        )
        return
    for catalog in found:
        terminal().print(plain(f"{catalog.catalog} {catalog.version}  {catalog.title[lang]}"))


@group.command(
    "show", cls=Command, help="cli.catalog_show", epilog="partnermcda catalog show urban-services"
)
def show(catalog: opt.CatalogArgument, json: opt.Json = False, lang: opt.Lang = "en") -> None:
    """Print the criteria of a catalog with their weights under every orientation."""
    loaded = load_catalog(catalog)
    if json:
        typer.echo(loaded.model_dump_json(indent=2))
        return
    console = terminal()
    console.print(plain(f"{loaded.title[lang]} ({loaded.catalog} {loaded.version})", "bold"))
    console.print(_criteria(loaded, lang))
    console.print(plain(say("cli.source", lang, source=loaded.source[lang]), "dim"))


@group.command(
    "check", cls=Command, help="cli.catalog_check", epilog="partnermcda catalog check my.yaml"
)
def check(file: opt.CatalogFile, json: opt.Json = False, lang: opt.Lang = "en") -> None:
    """Say whether a catalog file holds, and how consistent its judgements are."""
    loaded = load_catalog(file)
    ratios = {o.id: dict(loaded.weights(o.id).consistency) for o in loaded.orientations}
    if json:
        print_json({"findings": [], "criteria": len(loaded.criteria), "consistency": ratios})
        return
    counted = say("cli.catalog_holds", lang, file=file, criteria=len(loaded.criteria))
    terminal().print(plain(counted, "bold green"))
    worst = {o.id: max(ratios[o.id].values(), default=0.0) for o in loaded.orientations}
    for orientation in loaded.orientations:
        ratio = worst[orientation.id]
        key, style = ("ratio", "") if ratio <= ACCEPTABLE else ("contradicts", "bold red")
        told = {"orientation": orientation.label[lang], "ratio": number(ratio, 3, lang)}
        terminal().print(plain(say(f"cli.catalog_{key}", lang, **told), style))
    if max(worst.values()) > ACCEPTABLE:
        raise typer.Exit(2)


def _criteria(catalog: Catalog, language: str) -> Table:
    table = grid(*(say(f"cli.head.{name}", language) for name in ("column", "criterion", "bounds")))
    table.columns[0].no_wrap = True
    for orientation in catalog.orientations:
        table.add_column(orientation.label[language], justify="right", max_width=14)
    weights = [catalog.weights(o.id).to_dict() for o in catalog.orientations]
    for pillar in catalog.pillars:
        shares = (percent(sum(w[e] for e in pillar.entries), language, 1) for w in weights)
        ordered = pillar.combine.ordered if pillar.combine else ()
        how = " · ".join(number(share, 2, language) for share in ordered)
        label = plain(pillar.label[language], "bold")
        table.add_row(plain(pillar.id, "bold"), label, how, *(plain(s, "bold") for s in shares))
        for criterion in pillar.criteria:
            table.add_row(*_row(criterion, weights, language))
    return table


def _row(criterion: Criterion, weights: list[dict[str, float]], language: str) -> Iterator[Text]:
    yield plain(f"  {criterion.id}")
    name, question = criterion.label[language], criterion.question[language]
    yield Text.assemble(plain(name), "\n", plain(question, "dim"))
    ends = (criterion.low, criterion.high)
    worst, best = ends if criterion.direction == "benefit" else reversed(ends)
    bounds = f"{amount(worst, language)} → {amount(best, language)}"
    yield plain(f"{bounds} ({criterion.unit[language]})")
    for w in weights:
        yield plain(percent(w[criterion.id], language, 1) if criterion.id in w else "")
