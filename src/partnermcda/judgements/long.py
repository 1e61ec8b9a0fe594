"""Long tables of judgements: one row a judgement."""

from functools import cache

from partnermcda.catalog.words import Vocabulary
from partnermcda.errors import Finding, short
from partnermcda.judgements.cells import Cells, clean
from partnermcda.judgements.checks import Answer
from partnermcda.judgements.names import JUDGE, Names, Pair, resolved
from partnermcda.judgements.pairs import Asked
from partnermcda.judgements.values import joined


@cache
def _words() -> Vocabulary:
    things = ("item", "element", "élément", "criterion", "critère")
    return Vocabulary.of(
        {
            "judge": ("judge", "juge", "respondent", "répondant", "expert", "participant"),
            "node": ("node", "nœud", "group", "groupe", "parent", "cluster"),
            "a": ("a", *(f"{word} {x}" for word in things for x in ("a", "1")), "first", "premier"),
            "b": (
                "b",
                *(f"{word} {x}" for word in things for x in ("b", "2")),
                "second",
                "deuxième",
            ),
            "value": ("value", "valeur", "judgement", "judgment", "jugement", "ratio"),
            "low": ("low", "min", "minimum", "lower", "lowest", "bas", "borne basse"),
            "high": ("high", "max", "maximum", "upper", "highest", "haut", "borne haute"),
        }.items()
    )


def is_long(cells: Cells) -> bool:
    """Tell whether the header is that of a long table.

    Parameters
    ----------
    cells : Cells

    Returns
    -------
    bool
    """
    meant = {_words().meaning(header) for header in cells.headers}
    return {"a", "b"} <= meant and ("value" in meant or {"low", "high"} <= meant)


def read_long(cells: Cells, names: Names | None, asked: Asked) -> None:
    """Read a table with the columns judge, node, a, b and value.

    Parameters
    ----------
    cells : Cells
        Judge and node may be left out, and bounds stand in columns of their own.
    names : Names or None
        What nodes and the things compared may be called.
    asked : Asked
        Takes in what is read.
    """
    columns = _columns(cells, asked)
    for row in range(len(cells.rows)):
        where = _who_and_what(cells, row, columns, names, asked)
        if where is None:
            continue
        judge, pair = where
        low, value, high = (_cell(cells, columns.get(k), row) for k in ("low", "value", "high"))
        asked.ask(judge, pair, cells.place(row))
        if low is value is high is None:
            continue
        place = cells.place(row, columns.get("value", columns.get("low")))
        ratio = joined(low, value, high)
        if isinstance(ratio, Finding):
            asked.refuse(judge, ratio, place)
        else:
            asked.take(Answer(judge, *pair, ratio, place))


def _columns(cells: Cells, asked: Asked) -> dict[str, int]:
    """Find the column of each meaning."""
    columns: dict[str, int] = {}
    unread = []
    for j, header in enumerate(cells.headers):
        meaning = _words().meaning(header)
        if meaning is None:
            unread.append(header)
        elif meaning in columns:
            other = short(cells.headers[columns[meaning]])
            asked.faults.append(cells.finding("judgements.column_twice", j, other=other))
        else:
            columns[meaning] = j
    if unread:
        names = short(", ".join(unread))
        asked.notes.append(cells.finding("judgements.unread", names=names))
    return columns


def _who_and_what(
    cells: Cells, row: int, columns: dict[str, int], names: Names | None, asked: Asked
) -> tuple[str, Pair] | None:
    texts = {}
    for meaning in ("judge", "node", "a", "b"):
        texts[meaning] = clean(_cell(cells, columns.get(meaning), row))
        if meaning in columns and not texts[meaning]:
            place = cells.place(row, columns[meaning])._replace(value=None)
            asked.refuse("", Finding("judgements.missing"), place)
    if any(not texts[meaning] for meaning in columns if meaning in texts):
        return None
    pair = resolved(names, texts["node"], texts["a"], texts["b"])
    if isinstance(pair, Pair):
        return texts["judge"] or JUDGE, pair
    for found in pair:
        asked.refuse(texts["judge"], found, cells.place(row))
    return None


def _cell(cells: Cells, column: int | None, row: int) -> object:
    return None if column is None else cells.columns[column][row]
