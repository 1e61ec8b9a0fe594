"""How far a ranking can be trusted, as a person reads it in a terminal."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd
from rich.console import Console, RenderableType
from rich.text import Text

from partnermcda.cli.console import grid, plain
from partnermcda.cli.robustness_words import View, drawn_words, verdict
from partnermcda.core.arrays import Floats
from partnermcda.errors import Finding
from partnermcda.job import Assessment
from partnermcda.messages.figures import percent
from partnermcda.output import Lead, leads

Part: TypeAlias = tuple[Iterator[RenderableType], Sequence[Finding]]
"""A title with its table, and what is to be known of it."""

_CITIES_SHOWN: Final = 10
_DETAILED: Final = 4
_WEIGHTS_SHOWN: Final = 3
_ANSWERS_SHOWN: Final = 5
_NAMED: Final = 2


def show_robustness(console: Console, found: Assessment, city: str | None, language: str) -> None:
    """Print who leads how surely, on which weights and answers that hangs, and what it means.

    Parameters
    ----------
    console : Console
        Where to print.
    found : Assessment
        What was found out.
    city : str or None
        The city to show; None for those in which the lead is least sure.
    language : str
        Language of the words.
    """
    view = View(found.robustness, found.outcome, language)
    asked = [lead for lead in leads(found.robustness) if city in (None, lead.city)]
    for printed, notes in _parts(view, asked, city):
        for piece in printed:
            console.print(piece)
        for note in notes:
            # What was set aside has its own line, with labels.
            if not note.code.endswith(".set_aside"):
                console.print(plain(note.problem(language), "dim"))
        console.print()
    for line in verdict(view, asked):
        console.print(plain(line, "bold"))
    for line in drawn_words(view):
        console.print(plain(line))


def _parts(view: View, asked: list[Lead], city: str | None) -> Iterator[Part]:
    shown, found = asked[:_CITIES_SHOWN], view.found
    yield _who(view, shown, len(asked) - len(shown)), found.acceptability.notes
    yield _weights(view, shown), found.stability.notes
    yield _answers(view, city), found.survey.notes


def _who(view: View, shown: list[Lead], rest: int) -> Iterator[RenderableType]:
    """Who leads in each city, and in which share of draws."""
    yield plain(view.say("robustness.who"), "bold")
    top = view.found.drawing.top
    heads = ("city", "leader", "first", "others", *(["best"] if top > 1 else []))
    names = (view.say(f"robustness.head.{head}", top=top) for head in heads)
    table = grid(*names, right=(2,))
    for lead in shown:
        alone = len(lead.places) == 1
        table.add_row(
            plain(lead.city, "bold"),
            plain(view.named(lead.leaders)),
            plain("–" if alone else view.with_error(lead)),
            plain(view.say("robustness.alone") if alone else _others(view, lead), "dim"),
            *([plain(_best(view, lead))] if top > 1 else []),
        )
    yield table
    if rest:
        yield plain(view.say("robustness.more_cities", count=rest), "dim")


def _others(view: View, lead: Lead) -> str:
    return _shares(view, lead.others, view.found.acceptability.first, _NAMED)


def _best(view: View, lead: Lead) -> str:
    share, places = view.found.acceptability.top, np.array(lead.places)
    order = places[np.argsort(-share[places], kind="stable")]
    return _shares(view, order[share[order] > 0].tolist(), share, view.found.drawing.top + 2)


def _shares(view: View, places: Sequence[int], shares: Floats, most: int) -> str:
    """Names with their shares, the first few of them."""
    listed = [f"{view.named([i])} {view.share(shares[i])}" for i in places[:most]]
    more = [f"+{len(places) - most}"] if len(places) > most else []
    return ", ".join(listed + more) or "–"


def _weights(view: View, shown: list[Lead]) -> Iterator[RenderableType]:
    """Weights that can move least before another leads."""
    fragile, top = _fragile(view, shown), view.found.drawing.top
    title = view.say("robustness.weights" if top == 1 else "robustness.weights_top", top=top)
    yield plain(title, "bold")
    if not len(fragile):
        yield plain(view.say("robustness.no_weight"))
        return
    heads = ("city", "criterion", "weight", "stands", "below", "above")
    table = grid(*(view.say(f"robustness.head.{head}") for head in heads), right=(2,))
    told = ""
    for row in fragile.itertuples():
        cells = _weight_cells(view, row)
        table.add_row(plain("" if row.city == told else row.city, "bold"), *cells)
        told = str(row.city)
    yield table


def _fragile(view: View, shown: list[Lead]) -> pd.DataFrame:
    """Find the weights with least room: of each city several, where only few cities are shown."""
    frame = view.found.to_frame("weights")
    most = _WEIGHTS_SHOWN if len(shown) <= _DETAILED else 1
    order = {lead.city: place for place, lead in enumerate(shown)}
    here = frame[frame["room"].notna() & frame["city"].isin([*order])]
    here = here.assign(place=here["city"].map(order)).sort_values(["place", "room"], kind="stable")
    return here.groupby("place").head(most)


def _weight_cells(view: View, row: Any) -> Iterator[Text]:
    yield plain(view.label(row.criterion))
    yield plain(percent(row.weight, view.language, 1))
    yield plain(" – ".join(percent(end, view.language, 1) for end in (row.low, row.high)))
    yield from (plain(view.called(row.city, actor) or "–") for actor in (row.below, row.above))


def _answers(view: View, city: str | None) -> Iterator[RenderableType]:
    """Answers that alone can change who leads, those most worth finding out first."""
    survey, top = view.found.survey, view.found.drawing.top
    contest, here = survey.contest, survey.changes.copy()
    if city is not None:
        here &= contest.cities[survey.rows] == city
    answers = np.flatnonzero(here)
    found = {"top": top, "count": len(answers)}
    title = view.say("robustness.survey" if top == 1 else "robustness.survey_top", **found)
    yield plain(title, "bold")
    if not len(answers):
        return
    heads = ("city", "actor", "criterion", "share", "enters", "leaves")
    table = grid(*(view.say(f"robustness.head.{head}") for head in heads), right=(3,))
    for i in answers[:_ANSWERS_SHOWN].tolist():
        row = survey.rows[i]
        table.add_row(
            plain(contest.cities[row], "bold"),
            plain(view.named([row])),
            plain(view.label(contest.criteria[survey.columns[i]])),
            plain(view.share(survey.share[i])),
            *(plain(view.named(moved[i]) or "–") for moved in (survey.enters, survey.leaves)),
        )
    yield table
