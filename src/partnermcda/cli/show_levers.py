"""Levers, as a person reads them in a terminal."""

from typing import Final, cast

import numpy as np
from rich.console import Console

from partnermcda.cli.console import first_few, grid, plain
from partnermcda.engagement import Levers
from partnermcda.engagement.subjects import Subjects
from partnermcda.engagement.wording import because, to_find_out
from partnermcda.messages import say
from partnermcda.messages.figures import number as figure
from partnermcda.output.partnership.tables import Partnership

_ASKED: Final = 3


def show_levers(console: Console, found: Partnership, language: str, top: int) -> None:
    """Print how many actors each lever is told of, and the levers of the first few.

    Parameters
    ----------
    console : Console
        Where to print.
    found : Partnership
        Of levers.
    language : str
        Language of the words.
    top : int
        How many actors are told of one by one.
    """
    levers = cast("Levers", found.found)
    _show_counts(console, levers, language)
    console.print()
    _show_actors(console, levers, language, top)
    rest = len(np.unique(levers.told.rows)) - top
    if rest > 0:
        console.print(plain(say("partnership.more_actors", language, count=rest), "dim"))
    console.print()
    for note in levers.notes:
        console.print(plain(note.problem(language), "dim"))


def _show_actors(console: Console, levers: Levers, language: str, top: int) -> None:
    """Print the levers of the first few actors, with what fired them and what to ask."""
    told = levers.told.some(levers.reading_order())
    told = told.some(np.flatnonzero(np.cumsum(told.places == 1) <= top))
    labels = Subjects.of(levers.catalog).labels(language)
    texts = zip(because(told, labels), to_find_out(told, labels), strict=True)
    several = len(set(levers.cities)) > 1
    for e, (why, ask) in enumerate(texts):
        row, number = told.rows[e], told.levers[e]
        if told.places[e] == 1:
            city = f" ({levers.cities[row]})" if several else ""
            console.print(plain(f"{levers.names[row]}{city}", "bold"))
        label = levers.catalog.levers[number].label[language]
        strength = _strength(levers, (int(row), int(number)), language)
        console.print(plain(f"  {label} {strength}"), plain(why, "dim"))
        if ask:
            names = first_few(ask.split("; "), _ASKED, "; ")
            console.print(plain(f"    {say('partnership.ask', language, names=names)}", "dim"))
        _show_partner(console, levers, (int(row), int(number)), language)


def _show_partner(console: Console, levers: Levers, at: tuple[int, int], language: str) -> None:
    row, lever = at[0], levers.catalog.levers[at[1]]
    if lever.pairs_up and levers.partner[row] >= 0:
        gain = figure(float(levers.gain.mid[row]), 2, language)
        name = levers.names[levers.partner[row]]
        console.print(plain("  " + say("engagement.with", language, name=name, gain=gain)))
    if lever.place is not None and levers.districts[row]:
        place = say("engagement.begin", language, name=levers.districts[row])
        console.print(plain("  " + place))


def _strength(levers: Levers, at: tuple[int, int], language: str) -> str:
    """Write a strength, and between what it can be where that is not one figure."""
    low, mid, high = (
        figure(float(side[at]), 2, language) for side in (levers.low, levers.mid, levers.high)
    )
    return f"{mid} ({low} – {high})" if low != high else mid


def _show_counts(console: Console, levers: Levers, language: str) -> None:
    told, count = levers.told, len(levers.catalog.levers)
    certain = levers.low[told.rows, told.levers] > 0
    figures = (
        np.bincount(told.levers, minlength=count),
        np.bincount(told.levers[told.places == 1], minlength=count),
        np.bincount(told.levers[certain], minlength=count),
    )
    heads = ("lever", "told", "first", "certain")
    table = grid(*(say(f"partnership.head.{h}", language) for h in heads), right=(1, 2, 3))
    for number in np.argsort(-figures[0], kind="stable"):
        if figures[0][number]:
            label = levers.catalog.levers[number].label[language]
            table.add_row(plain(label), *(plain(figure[number]) for figure in figures))
    title = say("partnership.levers", language, count=len(levers))
    console.print(plain(title, "bold"))
    console.print(table)
