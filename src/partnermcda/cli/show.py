"""Results as a person reads them in a terminal."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import numpy as np
from rich.console import Console
from rich.text import Text

from partnermcda.catalog import Catalog
from partnermcda.cli.console import grid, plain
from partnermcda.cli.weighed import weighed_by, weight_lines
from partnermcda.job import Outcome
from partnermcda.messages import say
from partnermcda.messages.figures import number, percent
from partnermcda.ranking import Ranking
from partnermcda.ranking.geometry import is_seen
from partnermcda.robustness import weight_stability

_CITIES_SHOWN: Final = 40
_BREATH: Final = 0.05
"""A move of a weight that no committee would notice."""


def show_ranking(console: Console, outcome: Outcome, top: int, language: str) -> None:
    """Print the top of the ranking per city, and how far it can be trusted.

    Parameters
    ----------
    console : Console
        Where to print.
    outcome : Outcome
        What came of the job.
    top : int
        Ranks to print per city.
    language : str
        Language of the words.
    """
    frame, by = outcome.ranking.to_frame(), bool(outcome.ranking.by)
    gates = _gates(outcome.ranking, language)
    heads = ["city", "rank", "possible", "actor", "type", "score", "interval", "evidence"]
    heads += ["gates"] if gates else []
    table = grid(*(say(f"cli.head.{name}", language) for name in heads), right=(1, 5, 7))
    for city in frame["city"].drop_duplicates().head(_CITIES_SHOWN) if by else [None]:
        rows = frame if city is None else frame[frame["city"] == city]
        best = rows[rows["rank"] <= top]
        for position, row in enumerate(best.head(2 * top).itertuples()):
            city_shown = "" if position and by else row.city
            gate = gates.get((row.city, row.actor_id), "")
            cells = [*_cells(row, city_shown, gate, outcome.catalog, language)]
            table.add_row(*cells[: len(heads)])
        if len(best) > 2 * top:
            table.add_row("", "", "", plain(say("and_more", language, count=len(best) - 2 * top)))
    console.print(table)
    cities = frame["city"].nunique() if by else 1
    if cities > _CITIES_SHOWN:
        console.print(plain(say("cli.more_cities", language, count=cities - _CITIES_SHOWN), "dim"))


def show_summary(console: Console, outcome: Outcome, language: str) -> None:
    """Print who was ranked, who was not and why, and what was not judged.

    Parameters
    ----------
    console : Console
        Where to print.
    outcome : Outcome
        What came of the job.
    language : str
        Language of the words.
    """
    for line in _summary_lines(outcome, language):
        console.print(plain(line))
    for note in (*outcome.weight_notes, *outcome.reading.notes):
        console.print(plain(note.text(language), "dim"))


def _summary_lines(outcome: Outcome, language: str) -> Iterable[str]:
    ranking, catalog = outcome.ranking, outcome.catalog
    told = ranking.summary()
    yield say(
        "cli.summary.ranked",
        language,
        ranked=told.ranked,
        rows=told.ranked + len(ranking.left_out.actors),
        cities=told.cities,
        weighed=weighed_by(outcome.job, outcome.catalog, language),
    )
    for reason, count in ranking.left_out.counts().items():
        because = say(f"output.reason.{reason}", language)
        yield say("cli.summary.left_out", language, count=count, reason=because)
    if ranking.set_aside:
        names = ", ".join(catalog.label(name, language) for name in ranking.set_aside)
        share = percent(ranking.set_aside_share, language)
        yield say("cli.summary.set_aside", language, names=names, share=share)
    yield say(
        "cli.summary.trust",
        language,
        leaders=told.possible_leaders,
        open=told.cities - told.certain_leaders,
        cities=told.cities,
        span=number(told.median_span, 1, language),
        evidence=percent(told.median_evidence, language),
    )
    yield from _stability_line(outcome, language)
    yield from weight_lines(outcome.given, language)
    failing = int((ranking.gates == "fail").sum())
    if failing:
        yield say("cli.summary.gates", language, count=failing)
    for criterion, count in outcome.clipped:
        label = catalog.label(criterion, language)
        yield say("cli.summary.clipped", language, count=count, criterion=label)


def _stability_line(outcome: Outcome, language: str) -> Iterable[str]:
    """Tell in how many groups a small move of one weight brings another to the top."""
    if not is_seen(outcome.ranking.contest):
        return
    room = weight_stability(outcome.ranking).room.min(axis=1)
    count = int(np.count_nonzero(room < _BREATH))
    details = {"count": count, "cities": len(room), "room": percent(_BREATH, language)}
    yield say("stability.summary", language, **details)


def _cells(row: Any, city: str, gate: str, catalog: Catalog, language: str) -> Iterator[Text]:
    yield plain(city, "bold")
    yield plain(row.rank)
    yield plain(f"{row.rank_best}–{row.rank_worst}", "dim")
    yield plain(row.actor)
    yield plain(_type_label(catalog, row.actor_type, language), "dim")
    yield plain(number(row.score, 3, language))
    yield plain(
        "–".join(number(score, 2, language) for score in (row.score_low, row.score_high)), "dim"
    )
    yield plain(percent(row.evidence, language))
    yield plain(gate)


def _gates(ranking: Ranking, language: str) -> dict[tuple[str, str], str]:
    """Verdicts in words, of the actors whose gates were answered."""
    answered = np.flatnonzero(ranking.gates != "")
    return {
        (ranking.cities[i], ranking.actors[i]): say(f"output.gate.{ranking.gates[i]}", language)
        for i in answered
    }


def _type_label(catalog: Catalog, actor_type: object, language: str) -> str:
    labels = {t.id: t.label[language] for t in catalog.actor_types}
    return labels.get(str(actor_type), say("cli.type_unknown", language))
