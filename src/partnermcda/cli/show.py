"""Results as a person reads them in a terminal."""

from collections.abc import Iterable, Sequence
from typing import Final

import pandas as pd
from rich.console import Console
from rich.table import Table

from partnermcda.catalog import Catalog
from partnermcda.cli.console import plain
from partnermcda.cli.figures import number, percent
from partnermcda.errors import Finding
from partnermcda.job import INCONSISTENT, Outcome
from partnermcda.messages import say

_CITIES_SHOWN: Final = 40
_FINDINGS_SHOWN: Final = 50


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
    frame = outcome.ranking.to_frame()
    by = outcome.ranking.by
    cities = frame["city"].drop_duplicates().head(_CITIES_SHOWN) if by else [None]
    table = _grid(
        *(say(f"cli.head.{name}", language) for name in ("city", "rank", "possible", "actor")),
        *(say(f"cli.head.{name}", language) for name in ("type", "score", "interval", "evidence")),
        right=(1, 5, 7),
    )
    for city in cities:
        rows = frame if city is None else frame[frame["city"] == city]
        for position, row in enumerate(rows[rows["rank"] <= top].head(2 * top).itertuples()):
            bounds = (row.score_low, row.score_high)
            table.add_row(
                plain("" if position and by else row.city, "bold"),
                plain(row.rank),
                plain(f"{row.rank_best}–{row.rank_worst}", "dim"),
                plain(row.actor),
                plain(_type_label(outcome.catalog, row.actor_type, language), "dim"),
                plain(number(row.score, 3, language)),
                plain("–".join(number(s, 2, language) for s in bounds), "dim"),
                plain(percent(row.evidence, language)),
            )
    console.print(table)
    _show_rest(console, frame, outcome, language)


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
    for note in outcome.reading.notes:
        console.print(plain(note.text(language), "dim"))


def _summary_lines(outcome: Outcome, language: str) -> Iterable[str]:
    ranking, catalog = outcome.ranking, outcome.catalog
    told = ranking.summary()
    orientation = catalog.orientation(outcome.job.orientation).label[language]
    yield say(
        "cli.summary.ranked",
        language,
        ranked=told.ranked,
        rows=told.ranked + len(ranking.left_out.actors),
        cities=told.cities,
        orientation=orientation,
    )
    for reason, count in ranking.left_out.counts().items():
        because = say(f"reason.{reason}", language)
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
    yield from _weight_lines(outcome, language)
    failing = int((ranking.gates == "fail").sum())
    if failing:
        yield say("cli.summary.gates", language, count=failing)
    for criterion, count in outcome.clipped:
        label = catalog.label(criterion, language)
        yield say("cli.summary.clipped", language, count=count, criterion=label)


def show_findings(console: Console, findings: Sequence[Finding], language: str) -> None:
    """Print faults as a table, and how many there are in all.

    Parameters
    ----------
    console : Console
        Where to print.
    findings : sequence of Finding
        What was found.
    language : str
        Language of the words.
    """
    total = sum(1 + finding.more for finding in findings)
    console.print(plain(say("cli.faults", language, count=total), "bold red"))
    table = _grid(*(say(f"cli.head.{name}", language) for name in ("place", "problem", "right")))
    for finding in findings[:_FINDINGS_SHOWN]:
        more = f" ({say('and_more', language, count=finding.more)})" if finding.more else ""
        table.add_row(
            plain(finding.place(language), "bold"),
            plain(finding.problem(language) + more),
            plain(finding.right(language), "green"),
        )
    console.print(table)
    if len(findings) > _FINDINGS_SHOWN:
        rest = len(findings) - _FINDINGS_SHOWN
        console.print(plain(say("cli.more_faults", language, count=rest)))


def _weight_lines(outcome: Outcome, language: str) -> Iterable[str]:
    worst = outcome.given.worst_consistency
    ratio, table = number(worst, 3, language), outcome.given.random_index
    key = "cli.summary.inconsistent" if worst > INCONSISTENT else "cli.summary.consistent"
    yield say(key, language, ratio=ratio, table=table, limit=number(INCONSISTENT, 2, language))


def _show_rest(console: Console, frame: pd.DataFrame, outcome: Outcome, language: str) -> None:
    cities = frame["city"].nunique() if outcome.ranking.by else 1
    if cities > _CITIES_SHOWN:
        console.print(plain(say("cli.more_cities", language, count=cities - _CITIES_SHOWN), "dim"))


def _grid(*headings: str, right: Sequence[int] = ()) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for position, heading in enumerate(headings):
        table.add_column(heading, justify="right" if position in right else "left")
    return table


def _type_label(catalog: Catalog, actor_type: object, language: str) -> str:
    labels = {t.id: t.label[language] for t in catalog.actor_types}
    return labels.get(str(actor_type), say("cli.type_unknown", language))
