"""Weights as an Excel workbook: the weights, who judged how, what to look at again."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import pandas as pd

from partnermcda.messages import say
from partnermcda.output.about import Line
from partnermcda.output.ways import in_words
from partnermcda.output.workbook import write_book
from partnermcda.weightfile.document import LookAgain, WeightsDocument
from partnermcda.weightfile.rows import COLUMNS

_JUDGES: Final = (
    *("node", "judge", "weight", "consistency_ratio", "consensus", "distance", "left_out"),
)
_AGAIN: Final = tuple(LookAgain.model_fields)


class Exact(float):
    """A number of which Excel's file keeps every bit, where xlsxwriter would write 16 digits.

    Examples
    --------
    >>> f"{Exact(0.1 + 0.2):.16G}", f"{0.1 + 0.2:.16G}"
    ('0.30000000000000004', '0.3')
    """

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return float.__repr__(self)


def write_weight_book(
    rows: Iterable[tuple[Any, ...]], document: WeightsDocument, path: Path, language: str
) -> None:
    """Write weights as an Excel workbook.

    Parameters
    ----------
    rows : iterable of tuple
        The weights, row by row.
    document : WeightsDocument
        All that is known of them.
    path : Path
    language : {"en", "fr"}
        Language of everything but the names of the columns.

    Raises
    ------
    OutputError
        If a text is longer than a cell of Excel can hold.
    """
    again = (tuple(one.model_dump().values()) for one in document.look_again)
    named = ((judge or say("output.group", language), *rest) for judge, *rest in again)
    frames = {
        "weights": _frame(rows, COLUMNS),
        "judges": _frame(_judges(document, language), _JUDGES),
        "look_again": _frame(named, _AGAIN),
    }
    texts = ("criterion", "node", "judge", "a", "b")
    write_book(frames, _about(document, language), path, texts=texts, language=language)


def _frame(rows: Iterable[Iterable[Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    cells = [[Exact(c) if isinstance(c, float) else c for c in row] for row in rows]
    return pd.DataFrame(cells, columns=pd.Index(columns), dtype=object)


def _judges(document: WeightsDocument, language: str) -> Iterator[tuple[Any, ...]]:
    out = {(one.node, one.judge) for one in document.left_out}
    group, yes = say("output.group", language), say("output.yes", language)
    for node in document.nodes:
        if not node.judges:
            continue
        yield node.name, group, 1.0, node.consistency_ratio, node.consensus, None, None
        for one in node.judges:
            left_out = yes if (node.name, one.judge) in out else None
            ratio = one.consistency_ratio
            yield node.name, one.judge, one.weight, ratio, None, one.distance, left_out


def _about(document: WeightsDocument, language: str) -> Iterator[Line]:
    yield "title", say("output.about.made_with", language)
    yield "plain", say("output.about.version", language), f"partnermcda {document.version}"
    if document.catalog:
        named = f"{document.catalog.name} {document.catalog.version}"
        yield "plain", say("output.about.catalog", language), named
        yield "plain", say("output.about.sha256", language), document.catalog.sha256
    if document.orientation:
        yield "plain", say("output.about.weights_of_rest", language), document.orientation
    yield "plain", say("output.about.priorities", language), in_words(document.method, language)
    yield "plain", say("output.about.missing", language), in_words(document.missing, language)
    yield "plain", say("output.about.pooling", language), in_words(document.pooling, language)
    yield (
        "plain",
        say("output.about.random_index", language),
        in_words(document.random_index, language),
    )
    yield ("plain",)
    yield "title", say("output.about.judges", language)
    for judge, share in document.judges.items():
        yield "share", judge, share
    yield ("plain",)
    yield "title", say("output.about.inputs", language)
    for file in document.inputs:
        yield "plain", file.path, file.sha256
    yield ("plain",)
    yield from _notes(document, language)


def _notes(document: WeightsDocument, language: str) -> Iterator[Line]:
    yield "title", say("output.about.told", language)
    for number, note in enumerate(document.notes, start=1):
        yield "plain", str(number), note
    if not document.look_again:
        sheet = say("output.sheet.look_again", language)
        yield "plain", sheet, say("output.about.look_again_none", language)
    yield ("plain",)
    yield "title", say("output.about.notes", language)
    for name in ("weights", "look_again"):
        yield (
            "plain",
            say(f"output.sheet.{name}", language),
            say(f"output.about.note_{name}", language),
        )
