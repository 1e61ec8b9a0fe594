"""How far a ranking can be trusted, as tables: what each holds, and what is written of them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pyarrow as pa

from partnermcda.catalog import Catalog
from partnermcda.messages import say
from partnermcda.output.about import Line, about_rows
from partnermcda.output.robustness import COUNTED, RANKS, Robustness
from partnermcda.output.robustness_document import (
    ROBUSTNESS_FORMAT,
    RobustnessDocument,
    robustness_document,
)
from partnermcda.output.several import Contents, Tables, told_lines


def _columns(texts: tuple[str, ...], kinds: Mapping[str, pa.DataType]) -> pa.Schema:
    return pa.schema([*((name, pa.string()) for name in texts), *kinds.items()])


def _numbers(*names: str) -> dict[str, pa.DataType]:
    return dict.fromkeys(names, pa.float64())


_PLACES: Final = {"actors": "actors", "weights": "weight_intervals", "survey": "survey"}
"""Where the rows of each table stand in JSON."""


def _rows(raw: bytes, table: str) -> list[dict[str, Any]]:
    document = RobustnessDocument.model_validate_json(raw)
    rows = (record.model_dump() for record in getattr(document, _PLACES[table]))
    names = ROBUSTNESS.schemas[table].names
    return [{name: _cell(row[name]) for name in names} for row in rows]


def _cell(value: Any) -> Any:
    return ", ".join(value) if isinstance(value, tuple) else value


ROBUSTNESS: Final = Tables(
    format=ROBUSTNESS_FORMAT,
    schemas={
        "actors": _columns(
            ("city", "actor_id", "actor", "actor_type"),
            dict.fromkeys(RANKS, pa.int64()) | _numbers(*COUNTED),
        ),
        "weights": _columns(
            ("city", "criterion"),
            _numbers("weight", "low", "high")
            | dict.fromkeys(("below", "above"), pa.string())
            | _numbers("room"),
        ),
        "survey": _columns(
            ("city", "actor_id", "actor", "criterion"),
            {"changes": pa.bool_()}
            | _numbers("share", "score_low", "score_high")
            | dict.fromkeys(("enters", "leaves"), pa.string()),
        ),
    },
    keys={
        "actors": ("city", "actor_id"),
        "weights": ("city", "criterion"),
        "survey": ("city", "actor_id", "criterion"),
    },
    rows=_rows,
)
"""What a file of it looks like."""


def robustness_contents(
    found: Robustness, catalog: Catalog | None = None, language: str = "en"
) -> Contents:
    """Lay out all there is to write of how far a ranking can be trusted.

    Parameters
    ----------
    found : Robustness
    catalog : Catalog, optional
        The catalog the ranking was made with.
    language : {"en", "fr"}
        Language of the words in an Excel or JSON file.

    Returns
    -------
    Contents
    """
    return Contents(
        frame=found.to_frame,
        facts=found.drawing.model_dump(),
        document=lambda: robustness_document(found, catalog, language),
        about=lambda: [*_about(found, language), *about_rows(found.ranking, catalog, language)],
    )


def _about(found: Robustness, language: str) -> Iterator[Line]:
    yield "title", say("robustness.about", language)
    for name, value in found.drawing.model_dump(exclude_none=True).items():
        yield "plain", say(f"robustness.about.{name}", language), value
    yield ("plain",)
    yield from told_lines(found.notes, language)
