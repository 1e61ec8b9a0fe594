"""A result as JSON: everything a planning tool needs to show a ranking and say what it rests on."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from partnermcda.catalog import Catalog
from partnermcda.core.arrays import Texts
from partnermcda.ranking import COLUMNS, Ranking
from partnermcda.version import __version__

RESULT_FORMAT: Final = "partnermcda-ranking/1"

Count = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]
Position = Annotated[int, Field(ge=1)]


class Record(BaseModel):
    """What every part of a result or manifest is: frozen, and nothing in it without a meaning."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        hide_input_in_errors=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
    )


def as_json(record: Record) -> str:
    """Write a record down.

    Parameters
    ----------
    record : Record

    Returns
    -------
    str
        Fields that came later have a default, and are left out where they say nothing: earlier
        versions, which know no such fields, then read the file as well.
    """
    return record.model_dump_json(indent=2, exclude_defaults=True)


class CatalogUsed(Record):
    """The catalog behind a result."""

    name: str
    """Its name, as ``urban-services``."""
    version: str
    """Its version."""
    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
    """SHA-256 of its file; empty for a catalog made in memory."""


class SetAside(Record):
    """Criteria that were not judged, for nobody."""

    criteria: tuple[str, ...]
    """Their names."""
    share: Share
    """Share of the weight they carried."""


class Counts(Record):
    """How many actors there were, and what became of them."""

    rows: Count
    """Actors in the inventory."""
    ranked: Count
    """Actors ranked."""
    not_ranked: Mapping[str, Count]
    """Actors not ranked, for each reason."""
    gates: Mapping[str, Count]
    """Actors ranked, for each worst verdict of their gates: ``pass``, ``review``, ``fail``."""


class RankedActor(Record):
    """One row of the ranking."""

    city: str
    actor_id: str
    actor: str
    actor_type: str | None
    """Type of actor; null where it is not known."""
    score: float
    """Score; 1 is the best on the fixed scale."""
    score_low: float
    """Lowest score the missing answers allow."""
    score_high: float
    """Highest score the missing answers allow."""
    rank: Position
    """Rank within the city, or among all; equals share a rank."""
    rank_best: Position
    """Best rank the missing answers allow."""
    rank_worst: Position
    """Worst rank the missing answers allow."""
    evidence: Share
    """Share of the weight that was observed."""


class NotRankedActor(Record):
    """An actor that is not ranked."""

    city: str
    actor_id: str
    actor: str
    actor_type: str | None
    """Type of actor; null where it is not known."""
    reason: str
    """Why not: ``outside``, ``role``, ``gate``, ``no_evidence`` or ``little_evidence``."""


class RankingDocument(Record):
    """A ranking of actors with all it rests on."""

    format: Literal["partnermcda-ranking/1"]
    version: str
    """Version of partnermcda that wrote it."""
    catalog: CatalogUsed | None
    """The catalog; null where actors were compared without one."""
    orientation: str
    """Aim of the project the weights stand for; empty where the weights were given."""
    weights_from: str = ""
    """Where the weights come from if no orientation gave them: a file, with its SHA-256."""
    method: str
    """How values and weights became scores."""
    scale: Literal["fixed", "observed"]
    """Whether scores are on a fixed scale from 0 to 1, or measured by the actors compared."""
    higher_is_better: bool
    """Whether the highest score is the best."""
    by: str
    """``city`` where ranks are within a city; empty where all actors are ranked together."""
    weights: Mapping[str, Share]
    """Weight of each criterion that was judged; they sum to 1."""
    consistency: Mapping[str, float]
    """Consistency ratio of every node of judgements."""
    random_index: str
    """Table of random indices behind the consistency ratios."""
    set_aside: SetAside
    """What was not judged."""
    counts: Counts
    """How many actors."""
    ranking: tuple[RankedActor, ...]
    """Actors ranked, by city, rank and id."""
    not_ranked: tuple[NotRankedActor, ...]
    """Actors not ranked, by city and id."""


def ranking_document(ranking: Ranking, catalog: Catalog | None = None) -> RankingDocument:
    """Lay a ranking out as a document.

    Parameters
    ----------
    ranking : Ranking
    catalog : Catalog, optional
        The catalog it was made with.

    Returns
    -------
    RankingDocument
    """
    weights = ranking.weights
    origin = weights_origin(ranking, catalog)
    return RankingDocument(
        format=RESULT_FORMAT,
        version=__version__,
        catalog=catalog_used(catalog) if catalog else None,
        orientation="" if origin else weights.source,
        weights_from=origin,
        method=ranking.method,
        scale=ranking.scale,
        higher_is_better=ranking.higher_is_better,
        by=ranking.by,
        weights=weights.to_dict(),
        consistency=dict(weights.consistency),
        random_index=weights.random_index,
        set_aside=set_aside(ranking),
        counts=count_actors(ranking),
        ranking=tuple(RankedActor(**record) for record in _ranked_records(ranking)),
        not_ranked=tuple(NotRankedActor(**record) for record in left_out_records(ranking)),
    )


def weights_origin(ranking: Ranking, catalog: Catalog | None) -> str:
    """Say where weights come from that no orientation gave.

    Parameters
    ----------
    ranking : Ranking
    catalog : Catalog or None
        Whose orientations are known; without one, any origin is taken for an orientation.

    Returns
    -------
    str
        Empty where an orientation gave them.
    """
    source = ranking.weights.source
    known = {orientation.id for orientation in catalog.orientations} if catalog else {source}
    return "" if source in known else source


def catalog_used(catalog: Catalog) -> CatalogUsed:
    """Say which catalog it was.

    Parameters
    ----------
    catalog : Catalog

    Returns
    -------
    CatalogUsed
    """
    return CatalogUsed(name=catalog.catalog, version=catalog.version, sha256=catalog.sha256)


def set_aside(ranking: Ranking) -> SetAside:
    """Say what was not judged.

    Parameters
    ----------
    ranking : Ranking

    Returns
    -------
    SetAside
    """
    return SetAside(criteria=ranking.set_aside, share=min(ranking.set_aside_share, 1.0))


def count_actors(ranking: Ranking) -> Counts:
    """Count the actors that came in, and what became of them.

    Parameters
    ----------
    ranking : Ranking

    Returns
    -------
    Counts
    """
    not_ranked = ranking.left_out.counts()
    rows = len(ranking) + sum(not_ranked.values())
    verdicts = Counter(verdict for verdict in ranking.gates if verdict)
    return Counts(rows=rows, ranked=len(ranking), not_ranked=not_ranked, gates=dict(verdicts))


def left_out_records(ranking: Ranking) -> Iterator[dict[str, Any]]:
    """List the actors that are not ranked, by city and id.

    Parameters
    ----------
    ranking : Ranking

    Yields
    ------
    dict
        ``city, actor_id, actor, actor_type, reason``.
    """
    out = ranking.left_out
    rows = zip(out.cities, out.actors, out.names, _or_none(out.types), out.reasons, strict=True)
    names = tuple(NotRankedActor.model_fields)
    for row in sorted(rows, key=lambda row: row[:2]):
        yield dict(zip(names, row, strict=True))


def _ranked_records(ranking: Ranking) -> Iterator[dict[str, Any]]:
    frame = ranking.to_frame()
    columns: list[Iterable[Any]] = [frame[name].tolist() for name in COLUMNS]
    columns[3] = _or_none(frame["actor_type"].to_numpy(object))
    return (dict(zip(COLUMNS, row, strict=True)) for row in zip(*columns, strict=True))


def _or_none(types: Texts) -> list[str | None]:
    return [name if isinstance(name, str) and name else None for name in types]
