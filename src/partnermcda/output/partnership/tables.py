"""Levers, coalitions and maps as tables in files, and read back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import UnionType
from typing import Any, Final, get_args

import pyarrow as pa
from pydantic import BaseModel

from partnermcda.catalog import Catalog
from partnermcda.errors import Finding
from partnermcda.messages import say
from partnermcda.output.about import Line, catalog_lines
from partnermcda.output.document import catalog_used
from partnermcda.output.partnership.asked import Asked
from partnermcda.output.partnership.documents import (
    DOCUMENTS,
    ROWS,
    Found,
    Kind,
    PartnershipDocument,
    frame_of,
    place_of,
)
from partnermcda.output.several import Contents, Tables, records, told_lines
from partnermcda.version import __version__

_TYPES: Final[Mapping[type, pa.DataType]] = {
    str: pa.string(),
    float: pa.float64(),
    int: pa.int64(),
    bool: pa.bool_(),
}
_KEYS: Final = {
    "levers": ("city", "actor_id", "lever"),
    "sheets": ("city", "actor_id", "lever", "question"),
    "members": ("city", "plan", "actor_id"),
    "needs": ("city", "plan", "capability"),
    "cities": ("city",),
    "actors": ("city", "actor_id"),
    "layers": ("city", "layer"),
    "edges": ("city", "from_id", "to_id"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Partnership:
    """Levers, a coalition or a map, and all it rests on."""

    found: Found
    """What was found."""
    catalog: Catalog
    asked: Asked
    """What was asked."""
    orientation: str
    """Whose judgements weigh the criteria; empty where a file gave weights or none count."""
    weights: Mapping[str, float]
    """Weight of each criterion; empty where criteria are not weighed."""
    needs: Mapping[str, float]
    """Level needed of each capability."""
    unknown: Any
    """What a missing answer is."""

    @property
    def kind(self) -> Kind:
        """Which of the three it is."""
        return self.asked.kind

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What was left out, supposed or not proven."""
        return self.found.notes


def partnership_tables(kind: Kind) -> Tables:
    """Say what a file of levers, of coalitions or of a map looks like.

    Parameters
    ----------
    kind : {"levers", "coalition", "map"}

    Returns
    -------
    Tables
    """
    return Tables(
        format=f"partnermcda-{kind}/1",
        schemas={name: _schema(row) for name, row in ROWS[kind].items()},
        keys={name: _KEYS[name] for name in ROWS[kind]},
        rows=partial(_rows, kind),
    )


def partnership_document(found: Partnership, language: str = "en") -> PartnershipDocument:
    """Lay levers, a coalition or a map out as JSON is.

    Parameters
    ----------
    found : Partnership
    language : {"en", "fr"}
        Language of notes and questions.

    Returns
    -------
    LeversDocument, CoalitionDocument or MapDocument
    """
    rows = {
        place_of(name): tuple(row(**r) for r in _records(found, name, language))
        for name, row in ROWS[found.kind].items()
    }
    return DOCUMENTS[found.kind](
        format=f"partnermcda-{found.kind}/1",
        version=__version__,
        catalog=catalog_used(found.catalog),
        orientation=found.orientation,
        weights=found.weights,
        needs=found.needs,
        unknown=found.unknown,
        notes=tuple(note.text(language) for note in found.notes),
        **{"asked": found.asked, **rows},
    )


def partnership_contents(found: Partnership, language: str) -> Contents:
    """Lay out all there is to write of levers, a coalition or a map.

    Parameters
    ----------
    found : Partnership
    language : {"en", "fr"}

    Returns
    -------
    Contents
    """
    return Contents(
        frame=lambda table: frame_of(found.found, table, language),
        facts={"asked": found.asked.model_dump(mode="json")},
        document=lambda: partnership_document(found, language),
        about=lambda: _about(found, language),
    )


def _records(found: Partnership, table: str, language: str) -> Iterator[dict[str, Any]]:
    for record in records(frame_of(found.found, table, language)):
        if "actor_type" in record:
            record["actor_type"] = record["actor_type"] or None
        yield record


def _rows(kind: Kind, raw: bytes, table: str) -> list[dict[str, Any]]:
    document = DOCUMENTS[kind].model_validate_json(raw)
    return [row.model_dump(by_alias=True) for row in getattr(document, place_of(table))]


def _schema(row: type[BaseModel]) -> pa.Schema:
    fields = row.model_fields.items()
    return pa.schema([(f.alias or name, _TYPES[_plain(f.annotation)]) for name, f in fields])


def _plain(annotation: Any) -> type:
    """Find the type of what may also be none, or is bounded."""
    if isinstance(annotation, UnionType) or type(None) in get_args(annotation):
        (annotation,) = (a for a in get_args(annotation) if a is not type(None))
    plain: type = getattr(annotation, "__origin__", annotation)
    return plain


def _about(found: Partnership, language: str) -> Iterator[Line]:
    yield "title", say("output.about.made_with", language)
    yield from catalog_lines(found.catalog, language)
    yield ("plain",)
    yield "title", say("partnership.about.asked", language)
    if found.orientation:
        yield "plain", say("output.about.orientation", language), found.orientation
    yield "plain", say("partnership.about.unknown", language), found.unknown
    for name, value in found.asked.model_dump(mode="json", exclude_none=True).items():
        if name != "kind" and value not in ([], {}):
            yield "plain", say(f"partnership.about.{name}", language), _said(value)
    yield ("plain",)
    yield "title", say("partnership.about.needs", language)
    for capability in found.catalog.capabilities:
        if found.needs[capability.id]:
            label = f"{capability.label[language]} ({capability.id})"
            yield "share", label, found.needs[capability.id]
    yield ("plain",)
    yield from told_lines(found.notes, language)


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        return ", ".join(f"{name} {figure:g}" for name, figure in value.items())
    if isinstance(value, list):
        return ", ".join(" / ".join(v) if isinstance(v, list) else v for v in value)
    return value
