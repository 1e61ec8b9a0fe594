"""Levers, coalitions and maps as JSON."""

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias

from partnermcda.alliances import Coalitions
from partnermcda.engagement import Levers
from partnermcda.output.document import CatalogUsed, Record, Share
from partnermcda.output.partnership.asked import CoalitionAsked, LeversAsked, MapAsked
from partnermcda.output.partnership.rows import (
    City,
    Edge,
    Layer,
    Member,
    Need,
    PlacedActor,
    Question,
    ToldLever,
)
from partnermcda.stakeholders import Ecosystem

Found: TypeAlias = Levers | Coalitions | Ecosystem
"""What was found."""


class PartnershipDocument(Record):
    """What all three say of themselves."""

    format: str
    """What the file says it is."""
    version: str
    """Version of partnermcda that wrote it."""
    catalog: CatalogUsed
    orientation: str
    """Aim of the project the weights stand for; empty where a file gave them or none count."""
    weights: Mapping[str, Share]
    """Weight of each criterion; empty where criteria are not weighed."""
    needs: Mapping[str, Share]
    """Level needed of each capability."""
    unknown: Literal["interval", "prior", "refuse"]
    """What a missing answer is."""
    notes: tuple[str, ...]
    """What was left out, supposed or not proven."""


class LeversDocument(PartnershipDocument):
    """By which levers actors are engaged."""

    format: Literal["partnermcda-levers/1"]
    asked: LeversAsked
    levers: tuple[ToldLever, ...]
    """The levers told, by city, actor and place."""
    sheets: tuple[Question, ...]
    """What is to be filled in for the levers that come with a sheet."""


class CoalitionDocument(PartnershipDocument):
    """Who together covers what is needed."""

    format: Literal["partnermcda-coalition/1"]
    asked: CoalitionAsked
    members: tuple[Member, ...]
    """Members, city by city and plan by plan."""
    needs_covered: tuple[Need, ...]
    """What each plan covers of each need."""
    cities: tuple[City, ...]
    """Each city in one line."""


class MapDocument(PartnershipDocument):
    """Who counts, who sits on which layer, who completes whom."""

    format: Literal["partnermcda-map/1"]
    asked: MapAsked
    actors: tuple[PlacedActor, ...]
    """Where each actor stands."""
    layers: tuple[Layer, ...]
    """Who sits on each layer of each city."""
    edges: tuple[Edge, ...]
    """Who brings what to whom."""


Kind: TypeAlias = Literal["levers", "coalition", "map"]

DOCUMENTS: Final[Mapping[Kind, type[PartnershipDocument]]] = {
    "levers": LeversDocument,
    "coalition": CoalitionDocument,
    "map": MapDocument,
}
ROWS: Final[Mapping[Kind, Mapping[str, type[Record]]]] = {
    "levers": {"levers": ToldLever, "sheets": Question},
    "coalition": {"members": Member, "needs": Need, "cities": City},
    "map": {"actors": PlacedActor, "layers": Layer, "edges": Edge},
}
"""Tables of each kind, with what a row of each holds."""


def place_of(table: str) -> str:
    """Tell under which name a table stands in JSON."""
    return "needs_covered" if table == "needs" else table


def frame_of(found: Found, table: str, language: str) -> Any:
    """Lay one of the tables of a result out.

    Parameters
    ----------
    found : Levers, Coalitions or Ecosystem
    table : str
    language : {"en", "fr"}
        Language of the questions of a sheet.

    Returns
    -------
    DataFrame
    """
    if isinstance(found, Levers):
        return found.to_frame() if table == "levers" else found.sheets(language)
    if isinstance(found, Ecosystem):
        return getattr(found, table).copy()
    frames = {
        "members": found.members_frame,
        "needs": found.needs_frame,
    }
    return found.to_frame(language) if table == "cities" else frames[table]()
