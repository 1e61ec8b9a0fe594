"""How far a ranking can be trusted, as JSON."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

from partnermcda.catalog import Catalog
from partnermcda.output.document import (
    CatalogUsed,
    Count,
    Counts,
    Position,
    Record,
    SetAside,
    Share,
    catalog_used,
    count_actors,
    set_aside,
    weights_origin,
)
from partnermcda.output.drawing import Drawing
from partnermcda.output.robustness import Robustness
from partnermcda.output.robustness_leads import leads
from partnermcda.output.several import records
from partnermcda.version import __version__

ROBUSTNESS_FORMAT: Final = "partnermcda-robustness/1"


class CityLead(Record):
    """How surely the leader of a city leads."""

    city: str
    """Empty where all actors are compared together."""
    actors: Count
    """How many are compared."""
    leaders: tuple[str, ...]
    """Ids of the actors ranked first; several where they are equal."""
    first: Share
    """Share of draws in which one of them is first."""
    first_error: Share
    """Its standard error."""
    others: tuple[str, ...]
    """Ids of the actors that are first in other draws, the most frequent first."""


class DrawnActor(Record):
    """How often an actor comes where."""

    city: str
    actor_id: str
    actor: str
    actor_type: str | None
    """Type of actor; null where it is not known."""
    rank: Position
    """Rank in the ranking."""
    rank_best: Position
    """Best rank the missing answers allow."""
    rank_worst: Position
    """Worst rank the missing answers allow."""
    first: Share
    """Share of draws in which it is first; equals share a place."""
    first_error: Share
    """Its standard error."""
    top: Share
    """Share of draws in which it is among the best."""
    top_error: Share
    """Its standard error."""
    expected_rank: float | None
    """Mean rank; null where ranks were not counted."""
    expected_rank_error: float | None
    """Its standard error."""
    confidence: Share | None
    """Share of draws in which it is first under its central weights; null where it has none."""
    central_weights: Mapping[str, Share] | None
    """Mean of the weights under which it is first; null where it never is."""


class WeightInterval(Record):
    """How far the weight of a criterion can move, the others rescaled alike, with the same best."""

    city: str
    criterion: str
    weight: Share
    low: Share
    high: Share
    below: str
    """Id of who comes among the best below `low`; empty where nobody does."""
    above: str
    """Id of who comes among the best above `high`; empty where nobody does."""
    room: Share | None
    """How far the weight is from the nearer end at which others come; null where nobody does."""


class OpenAnswer(Record):
    """An answer that is not known."""

    city: str
    actor_id: str
    actor: str
    criterion: str
    changes: bool
    """Whether it alone can change who is among the best."""
    share: Share
    """Share of the possible answers with which others are among the best."""
    score_low: float
    """Lowest score of the actor, over all possible answers."""
    score_high: float
    """Highest score."""
    enters: tuple[str, ...]
    """Ids of the actors that could come among the best."""
    leaves: tuple[str, ...]
    """Ids of those that could fall out."""


class RobustnessDocument(Record):
    """How far a ranking can be trusted, with all this rests on."""

    format: Literal["partnermcda-robustness/1"]
    version: str
    """Version of partnermcda that wrote it."""
    catalog: CatalogUsed | None
    """The catalog; null where actors were compared without one."""
    orientation: str
    """Aim of the project the weights stand for; empty where the weights were given."""
    weights_from: str
    """Where the weights come from if no orientation gave them; else empty."""
    method: str
    """How values and weights became scores."""
    by: str
    """``city`` where actors are compared within a city; empty where all are together."""
    weights: Mapping[str, Share]
    """Weight of each criterion that was judged; they sum to 1."""
    set_aside: SetAside
    """What was not judged."""
    counts: Counts
    """How many actors."""
    drawing: Drawing
    """How weights were drawn."""
    drawn: Mapping[str, tuple[Share, Share]]
    """For each criterion the ends between which its weight lies in two draws of three."""
    cities: tuple[CityLead, ...]
    """How surely each city's leader leads, the least sure first."""
    actors: tuple[DrawnActor, ...]
    """How often each actor comes where, by city, rank and id."""
    weight_intervals: tuple[WeightInterval, ...]
    """How far each weight alone can move."""
    survey: tuple[OpenAnswer, ...]
    """Answers that are not known, those most worth finding out first."""
    notes: tuple[str, ...]
    """What was left out, held still or approximated."""


def robustness_document(
    found: Robustness, catalog: Catalog | None = None, language: str = "en"
) -> RobustnessDocument:
    """Lay out how far a ranking can be trusted.

    Parameters
    ----------
    found : Robustness
    catalog : Catalog, optional
        The catalog the ranking was made with.
    language : {"en", "fr"}
        Language of the notes.

    Returns
    -------
    RobustnessDocument
    """
    ranking = found.ranking
    origin = weights_origin(ranking, catalog)
    pairs = (tuple(ends) for ends in found.drawn.tolist())
    return RobustnessDocument(
        format=ROBUSTNESS_FORMAT,
        version=__version__,
        catalog=catalog_used(catalog) if catalog else None,
        orientation="" if origin else ranking.weights.source,
        weights_from=origin,
        method=ranking.method,
        by=ranking.by,
        weights=ranking.weights.to_dict(),
        set_aside=set_aside(ranking),
        counts=count_actors(ranking),
        drawing=found.drawing,
        drawn=dict(zip(ranking.weights.names, pairs, strict=True)),
        cities=tuple(_cities(found)),
        actors=tuple(DrawnActor(**record) for record in _actors(found)),
        weight_intervals=tuple(
            WeightInterval(**record) for record in records(found.to_frame("weights"))
        ),
        survey=tuple(OpenAnswer(**record) for record in _answers(found)),
        notes=tuple(note.text(language) for note in found.notes),
    )


def _cities(found: Robustness) -> Iterator[CityLead]:
    ids = found.acceptability.contest.actors
    for lead in leads(found):
        yield CityLead(
            city=lead.city,
            actors=len(lead.places),
            leaders=tuple(ids[list(lead.leaders)]),
            first=lead.first,
            first_error=lead.first_error,
            others=tuple(ids[list(lead.others)]),
        )


def _actors(found: Robustness) -> Iterator[dict[str, Any]]:
    central, names = found.acceptability.central_weights, found.ranking.weights.names
    rows = records(found.to_frame("actors"))
    for record, weights in zip(rows, central[found.reading_order].tolist(), strict=True):
        # The mean of a single weight may be rounded to a hair above 1.
        shares = (min(weight, 1.0) for weight in weights)
        led = None if math.isnan(weights[0]) else dict(zip(names, shares, strict=True))
        yield record | {"actor_type": record["actor_type"] or None, "central_weights": led}


def _answers(found: Robustness) -> Iterator[dict[str, Any]]:
    survey = found.survey
    ids = survey.contest.actors
    none: tuple[int, ...] = ()
    for i, record in enumerate(records(found.to_frame("survey"))):
        moved = i < len(survey.enters)
        enters, leaves = (survey.enters[i], survey.leaves[i]) if moved else (none, none)
        yield record | {"enters": tuple(ids[list(enters)]), "leaves": tuple(ids[list(leaves)])}
