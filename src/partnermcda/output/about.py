"""What a ranking rests on, line by line, for a reader."""

from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

from partnermcda.catalog import Catalog
from partnermcda.messages import say
from partnermcda.output.document import count_actors, weights_origin
from partnermcda.output.ways import in_words
from partnermcda.ranking import Ranking
from partnermcda.version import __version__

Line: TypeAlias = (
    tuple[Literal["title"], str]
    | tuple[Literal["plain"]]
    | tuple[Literal["plain", "share", "score"], str, Any]
)
"""How the line looks, what it is about, and what there is to say."""


def about_rows(ranking: Ranking, catalog: Catalog | None, language: str) -> list[Line]:
    """Say what a ranking rests on.

    Parameters
    ----------
    ranking : Ranking
    catalog : Catalog or None
        For labels of criteria and orientations.
    language : {"en", "fr"}

    Returns
    -------
    list of tuple
    """
    parts = (
        _made_with(ranking, catalog, language),
        _counted(ranking, language),
        _weighed(ranking, catalog, language),
        _set_aside(ranking, catalog, language),
        _judged(ranking, catalog, language),
        _notes(language),
    )
    return [line for part in parts for line in part]


def _made_with(ranking: Ranking, catalog: Catalog | None, language: str) -> Iterator[Line]:
    yield "title", say("output.about.made_with", language)
    yield from catalog_lines(catalog, language)
    if origin := weights_origin(ranking, catalog):
        yield "plain", say("output.about.weights_from", language), origin
    elif ranking.weights.source:
        aim = _orientation(ranking.weights.source, catalog, language)
        yield "plain", say("output.about.orientation", language), aim
    yield "plain", say("output.about.method", language), ranking.method
    yield "plain", say("output.about.scale", language), _scale(ranking, language)
    by = say("output.about.by_city" if ranking.by else "output.about.by_all", language)
    yield "plain", say("output.about.by", language), by
    yield ("plain",)


def catalog_lines(catalog: Catalog | None, language: str) -> Iterator[Line]:
    """Say which version computed by which catalog.

    Parameters
    ----------
    catalog : Catalog or None
    language : {"en", "fr"}

    Yields
    ------
    tuple
    """
    yield "plain", say("output.about.version", language), f"partnermcda {__version__}"
    if catalog:
        named = f"{catalog.catalog} {catalog.version}"
        yield "plain", say("output.about.catalog", language), named
        yield "plain", say("output.about.sha256", language), catalog.sha256


def _scale(ranking: Ranking, language: str) -> str:
    """Say what a score can be compared with, and which end is best."""
    scale = say(f"output.about.scale.{ranking.scale}", language)
    best = say(f"output.about.best.{'high' if ranking.higher_is_better else 'low'}", language)
    return f"{scale} ; {best}" if language == "fr" else f"{scale}; {best}"


def _counted(ranking: Ranking, language: str) -> Iterator[Line]:
    counts, summary = count_actors(ranking), ranking.summary()
    yield "title", say("output.about.counts", language)
    yield "plain", say("output.about.rows", language), counts.rows
    yield "plain", say("output.about.ranked", language), counts.ranked
    for reason, count in counts.not_ranked.items():
        words = say(f"output.reason.{reason}", language)
        yield "plain", say("output.about.not_ranked", language, reason=words), count
    for verdict, count in counts.gates.items():
        words = say(f"output.gate.{verdict}", language)
        yield "plain", say("output.about.gates", language, verdict=words), count
    yield "plain", say("output.about.possible_leaders", language), summary.possible_leaders
    yield "plain", say("output.about.median_span", language), summary.median_span
    yield "share", say("output.about.median_evidence", language), summary.median_evidence
    yield ("plain",)


def _weighed(ranking: Ranking, catalog: Catalog | None, language: str) -> Iterator[Line]:
    yield "title", say("output.about.weights", language)
    for name, weight in ranking.weights.to_dict().items():
        yield "share", _label(name, catalog, language), weight
    yield ("plain",)


def _set_aside(ranking: Ranking, catalog: Catalog | None, language: str) -> Iterator[Line]:
    if not ranking.set_aside:
        return
    yield "title", say("output.about.set_aside", language)
    for name in ranking.set_aside:
        yield "plain", _label(name, catalog, language), say("output.about.not_judged", language)
    yield "share", say("output.about.set_aside_share", language), ranking.set_aside_share
    yield ("plain",)


def _judged(ranking: Ranking, catalog: Catalog | None, language: str) -> Iterator[Line]:
    if not ranking.weights.consistency:
        return
    yield "title", say("output.about.consistency", language)
    for node, ratio in ranking.weights.consistency.items():
        root = node == "pillars"
        named = say("output.about.pillars", language) if root else _label(node, catalog, language)
        yield "score", named, ratio
    yield (
        "plain",
        say("output.about.random_index", language),
        in_words(ranking.weights.random_index, language),
    )
    yield ("plain",)


def _notes(language: str) -> Iterator[Line]:
    yield "title", say("output.about.notes", language)
    for column in ("score", "rank", "evidence"):
        yield "plain", column, say(f"output.about.note_{column}", language)


def _label(name: str, catalog: Catalog | None, language: str) -> str:
    return f"{catalog.label(name, language)} ({name})" if catalog else name


def _orientation(name: str, catalog: Catalog | None, language: str) -> str:
    known = {o.id: o.label[language] for o in catalog.orientations} if catalog else {}
    return f"{known[name]} ({name})" if name in known else name
