"""Weights from judgements as CSV, Excel or JSON, written whole or not at all."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from partnermcda.errors import Finding, OutputError, short
from partnermcda.messages import LANGUAGES
from partnermcda.output.atomic import Writer, write_whole
from partnermcda.output.files import seen_from
from partnermcda.output.target import check_weights_target
from partnermcda.version import __version__
from partnermcda.weightfile.document import (
    WEIGHTS_FORMAT,
    CatalogRead,
    JudgeInNode,
    LeftOutJudge,
    LookAgain,
    Node,
    SourceFile,
    WeightsDocument,
)
from partnermcda.weightfile.rows import COLUMNS

if TYPE_CHECKING:
    from partnermcda.catalog import Catalog
    from partnermcda.weighing.result import JudgedNode, JudgedWeights

TEXTS: Final = ("criterion", "node", "random_index")


@dataclass(frozen=True, slots=True)
class Origin:
    """What weights rest on besides judgements."""

    catalog: "Catalog | None" = None
    """Whose criteria were weighed; None where names were taken from the judgements."""
    orientation: str = ""
    """Whose judgements in the catalog weigh the nodes nobody judged."""
    inputs: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """Files that were read, with the SHA-256 and the size each had."""


def write_weights(
    judged: "JudgedWeights",
    path: str | Path,
    language: str = "en",
    *,
    origin: "Origin | None" = None,
) -> None:
    """Write weights, whole or not at all, in the format the name asks for.

    Parameters
    ----------
    judged : JudgedWeights
    path : str or Path
        Ends in ``.csv``, ``.xlsx`` or ``.json``.
    language : {"en", "fr"}
        Language of notes, and of the words in a workbook.
    origin : Origin, optional
        What the weights rest on; JSON and Excel name it.

    Raises
    ------
    OutputError
        If the name ends otherwise, an input would be written over, there are no words in that
        language, or the system refuses; then what was there before is as it was.

    Notes
    -----
    Every number comes back with the same bits. CSV and Excel have one row a criterion, and then
    one for each node that stands under another, without a weight. A text in CSV that a
    spreadsheet would run as a formula gets an apostrophe before it, which reading takes away.

    Examples
    --------
    >>> from pathlib import Path
    >>> from partnermcda.judgements import Judgements
    >>> from partnermcda.weighing import ahp_weights
    >>> from partnermcda.weightfile import read_weights
    >>> file = Path(getfixture("tmp_path")) / "weights.csv"
    >>> write_weights(ahp_weights(Judgements.from_pairs({("cost", "reach"): 3})), file)
    >>> read_weights(file).to_dict()
    {'cost': 0.75, 'reach': 0.25}
    """
    if language not in LANGUAGES:
        details = {"languages": ", ".join(LANGUAGES)}
        raise OutputError(Finding("output.language", details, value=short(language)))
    target = Path(path)
    check_weights_target(target, origin.inputs if origin else ())
    document = weights_document(judged, language, folder=target.parent, origin=origin)
    writers: dict[str, Writer] = {
        ".csv": partial(_write_csv, judged),
        ".xlsx": partial(_write_excel, judged, document, language=language),
        ".json": partial(_write_json, document),
    }
    write_whole({target: writers[target.suffix.lower()]})


def weights_document(
    judged: "JudgedWeights",
    language: str = "en",
    *,
    folder: str | Path = ".",
    origin: "Origin | None" = None,
) -> WeightsDocument:
    """Lay weights out as a document.

    Parameters
    ----------
    judged : JudgedWeights
    language : {"en", "fr"}
        Language of the notes.
    folder : str or Path
        Paths of the inputs are as seen from there.
    origin : Origin, optional
        What the weights rest on.

    Returns
    -------
    WeightsDocument
    """
    origin = origin or Origin()
    return WeightsDocument(
        format=WEIGHTS_FORMAT,
        version=__version__,
        catalog=_catalog_read(origin.catalog) if origin.catalog else None,
        orientation=origin.orientation,
        weights=judged.weights.to_dict(),
        random_index=judged.random_index,
        method=judged.method,
        missing=judged.missing,
        pooling=judged.pooling,
        judges=dict(zip(judged.judges, map(_share, judged.judge_weights.tolist()), strict=True)),
        nodes=tuple(_nodes(judged)),
        left_out=tuple(
            LeftOutJudge(judge=o.judge, node=o.node, consistency_ratio=o.consistency_ratio)
            for o in judged.left_out
        ),
        look_again=tuple(_look_again(judged)),
        notes=tuple(note.text(language) for note in judged.notes),
        inputs=tuple(
            SourceFile(path=seen_from(folder, name), sha256=sha256, bytes=size)
            for name, (sha256, size) in origin.inputs.items()
        ),
    )


def weight_rows(judged: "JudgedWeights") -> list[tuple[Any, ...]]:
    """Lay weights out row by row.

    Parameters
    ----------
    judged : JudgedWeights

    Returns
    -------
    list of tuple
        ``criterion, weight, node, local_priority, consistency_ratio, random_index``: the leaves,
        then the nodes under other nodes, which have no weight of their own.
    """
    weights, tree = judged.weights.to_dict(), judged.hierarchy
    rows = []
    for name in (*weights, *tree.nodes[1:]):
        node = tree.parent(name) or ""
        share = float(judged.local[node][tree.children[node].index(name)])
        ratio = _known(judged.consistency_ratio.get(node))
        table = None if ratio is None else judged.random_index
        rows.append((name, weights.get(name), node, share, ratio, table))
    return rows


def _catalog_read(catalog: "Catalog") -> CatalogRead:
    return CatalogRead(name=catalog.catalog, version=catalog.version, sha256=catalog.sha256)


def _nodes(judged: "JudgedWeights") -> Iterator[Node]:
    answered = {node.name: node for node in judged.nodes}
    for name in judged.hierarchy.nodes:
        items = judged.hierarchy.children[name]
        node = answered.get(name)
        yield Node(
            name=name,
            priorities=_by_item(items, judged.local[name].tolist()),
            consistency_ratio=_known(judged.consistency_ratio.get(name)),
            consensus=_known(node.consensus) if node else None,
            judges=tuple(_judges(node)) if node else (),
        )


def _judges(node: "JudgedNode") -> Iterator[JudgeInNode]:
    for i, judge in enumerate(node.judges):
        own = node.judge_priorities[i].tolist()
        yield JudgeInNode(
            judge=judge,
            weight=_share(float(node.judge_weights[i])),
            priorities=None if any(map(math.isnan, own)) else _by_item(node.items, own),
            consistency_ratio=_known(float(node.judge_consistency[i])),
            distance=_known(float(node.distances[i])),
        )


def _look_again(judged: "JudgedWeights") -> Iterator[LookAgain]:
    for node in judged.nodes:
        for s in node.suggestions:
            yield LookAgain(
                judge=s.judge,
                node=s.node,
                a=s.a,
                b=s.b,
                value=s.value,
                suggested=s.suggested,
                before=s.before,
                after=s.after,
            )


def _by_item(items: tuple[str, ...], shares: list[float]) -> dict[str, float]:
    return {item: _share(share) for item, share in zip(items, shares, strict=True)}


def _share(value: float) -> float:
    # A single item's share may be rounded to a hair above 1.
    return min(value, 1.0)


def _known(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else value


def _write_csv(judged: "JudgedWeights", path: Path) -> None:
    import pyarrow as pa

    from partnermcda.output.tables import write_csv

    columns = zip(*weight_rows(judged), strict=True)
    types = [pa.string() if name in TEXTS else pa.float64() for name in COLUMNS]
    cells = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
    write_csv(pa.table(cells, names=list(COLUMNS)), path)


def _write_excel(
    judged: "JudgedWeights", document: WeightsDocument, path: Path, *, language: str
) -> None:
    from partnermcda.output.weightbook import write_weight_book

    write_weight_book(weight_rows(judged), document, path, language)


def _write_json(document: WeightsDocument, path: Path) -> None:
    text = document.model_dump_json(indent=2)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
