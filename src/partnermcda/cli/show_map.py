"""The map of the ecosystem, as a person reads it in a terminal."""

from collections.abc import Iterator
from typing import Any, cast

from rich.console import Console, RenderableType

from partnermcda.catalog import Catalog
from partnermcda.cli.console import grid, plain
from partnermcda.messages import say
from partnermcda.messages.figures import number
from partnermcda.output.partnership.tables import Partnership
from partnermcda.stakeholders import Ecosystem

_DETAILED = 40


def show_map(console: Console, found: Partnership, language: str, top: int) -> None:
    """Print who counts, which layers are empty, and who completes whom.

    Parameters
    ----------
    console : Console
        Where to print.
    found : Partnership
        Of a map.
    language : str
        Language of the words.
    top : int
        How many pairs are told.
    """
    ecosystem = cast("Ecosystem", found.found)
    for line in ecosystem.in_words(language, catalog=found.catalog).splitlines():
        console.print(plain(line))
    console.print()
    alone = ecosystem.actors["city"].nunique() == 1 or not ecosystem.by
    if alone and len(ecosystem.actors) <= _DETAILED:
        console.print(_actors(ecosystem, language))
        console.print()
    console.print(_layers(ecosystem, found.catalog, language))
    console.print()
    for piece in _pairs(ecosystem, found.catalog, language, top):
        console.print(piece)
    for note in ecosystem.notes:
        console.print(plain(note.problem(language), "dim"))


def _heads(language: str, *names: str) -> Iterator[str]:
    return (say(f"partnership.head.{name}", language) for name in names)


def _actors(found: Ecosystem, language: str) -> RenderableType:
    table = grid(*_heads(language, "actor", "power", "interest", "place", "class"))
    for row in found.actors.itertuples():
        table.add_row(
            plain(row.actor, "bold"),
            plain(_between(row.power_low, row.power_high, language)),
            plain(_between(row.interest_low, row.interest_high, language)),
            plain(_places(str(row.quadrants), language)),
            plain(_places(str(row.saliences), language)),
        )
    return table


def _between(low: Any, high: Any, language: str) -> str:
    return " – ".join(number(float(end), 2, language) for end in (low, high))


def _places(names: str, language: str) -> str:
    """Name all the places possible; where nothing is decided, say so instead of all of them."""
    listed = names.split("; ")
    if len(listed) > 2:
        return say("ecosystem.undecided", language)
    return " / ".join(say(f"ecosystem.{name}", language) for name in listed)


def _layers(found: Ecosystem, catalog: Catalog, language: str) -> RenderableType:
    table = grid(*_heads(language, "layer", "actors", "given", "empty"), right=(1, 2, 3))
    grouped = found.layers.groupby("layer", sort=False)
    for layer in catalog.layers:
        here = grouped.get_group(layer.id)
        empty = f"{int(here['empty'].sum())} / {len(here)}"
        figures = (int(here["actors"].sum()), int(here["given"].sum()), empty)
        style = "yellow" if (here["warning"] == "missing").any() else ""
        table.add_row(plain(layer.label[language], style), *(plain(f, style) for f in figures))
    return table


def _pairs(found: Ecosystem, catalog: Catalog, language: str, top: int) -> Iterator[RenderableType]:
    edges = found.edges.sort_values(["gain_low", "gain"], ascending=False, kind="stable")
    if not len(edges):
        return
    yield plain(say("partnership.pairs", language), "bold")
    table = grid(*_heads(language, "brings", "lacks", "certain_brings", "gain"))
    labels = {c.id: c.label[language] for c in catalog.capabilities}
    for row in edges.head(2 * top).to_dict("records"):
        certain = ", ".join(labels[name] for name in row["certain"].split("; ") if name) or "–"
        gain = _between(row["gain_low"], row["gain_high"], language)
        table.add_row(plain(row["from"]), plain(row["to"]), plain(certain), plain(gain))
    yield table
    yield plain("")
