"""The rows of a table of weights, with every fault in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from partnermcda.catalog.words import Vocabulary
from partnermcda.errors import Finding, WeightsError, short
from partnermcda.weightfile.numbers import read_numbers

if TYPE_CHECKING:
    from partnermcda.tables import Table

COLUMNS: Final = (
    "criterion",
    "weight",
    "node",
    "local_priority",
    "consistency_ratio",
    "random_index",
)
"""Columns of a table of weights; only the first two are needed."""

_WRITTEN: Final[Mapping[str, tuple[str, ...]]] = {
    "criterion": ("criterion", "critère", "criteria", "critères"),
    "weight": ("weight", "poids", "weights"),
    "node": ("node", "nœud"),
    "local_priority": ("local_priority", "priorité locale"),
    "consistency_ratio": ("consistency_ratio", "ratio de cohérence"),
    "random_index": ("random_index", "indice aléatoire"),
}
_WORDS: Final = Vocabulary.of(_WRITTEN.items())


@dataclass(frozen=True, slots=True)
class WeightRow:
    """One criterion with its weight."""

    name: str
    """As the file has it."""
    weight: float
    """Not negative, finite."""
    number: int | None = None
    """Row as the user counts it."""
    path: str = ""
    """Place in a JSON file."""


@dataclass(frozen=True, slots=True)
class WeightRows:
    """What a file of weights holds."""

    weights: tuple[WeightRow, ...]
    """Rows without faults."""
    unread: tuple[str, ...] = ()
    """Names whose weight has a fault."""
    consistency: Mapping[str, float] = field(default_factory=dict)
    """Consistency ratio of each node, where the file tells."""
    random_index: str = ""
    """Table behind `consistency`."""
    faults: tuple[Finding, ...] = ()
    """Everything that is wrong with the rows."""
    notes: tuple[Finding, ...] = ()
    """What was passed over."""
    sheet: str = ""
    """Sheet of a workbook."""


def table_rows(table: "Table") -> WeightRows:
    """Read the rows of a table of weights.

    Parameters
    ----------
    table : Table
        As found.

    Returns
    -------
    WeightRows

    Raises
    ------
    WeightsError
        If a column that is needed is not there, or is there twice.
    """
    columns = _columns(table)
    cells = {name: _cells(table, header) for name, header in columns.items()}
    lines = [
        _Line(int(number), dict(zip(cells, line, strict=True)))
        for number, line in zip(table.frame.index, zip(*cells.values(), strict=True), strict=True)
    ]
    place = _Place(table.sheet, columns)
    weights, unread, faults = _weights(lines, place)
    consistency, more = _consistency(lines, place)
    tables = dict.fromkeys(
        str(line.cells["random_index"]) for line in lines if line.has("random_index")
    )
    return WeightRows(
        weights=tuple(weights),
        unread=tuple(unread),
        consistency=consistency,
        random_index=", ".join(tables),
        faults=(*faults, *more),
        notes=tuple(_notes(table, columns)),
        sheet=table.sheet,
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """One row: cells by the names of our columns, None where nothing stands."""

    number: int
    cells: Mapping[str, Any]

    def has(self, column: str) -> bool:
        return self.cells.get(column) is not None

    def text(self, column: str) -> str:
        return str(self.cells[column]) if self.has(column) else ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row is, for findings."""

    sheet: str
    columns: Mapping[str, str]

    def fault(self, code: str, line: _Line, column: str, **details: object) -> Finding:
        value = line.cells.get(column)
        return Finding(
            code,
            {"name": short(line.text("criterion")), **details},
            sheet=self.sheet,
            row=line.number,
            column=self.columns[column],
            value=None if value is None else short(value),
        )


def _columns(table: "Table") -> dict[str, str]:
    """Header of each of our columns that is there."""
    found: dict[str, str] = {}
    faults = []
    for header in map(str, table.frame.columns):
        name = _WORDS.meaning(header)
        if name in found:
            other = {"name": name, "other": short(found[name])}
            faults.append(Finding("weightfile.column_twice", other, column=short(header)))
        elif name:
            found[name] = header
    headers = short(", ".join(map(str, table.frame.columns)))
    for name in COLUMNS[:2]:
        if name not in found:
            told = {"name": name, "words": " / ".join(_WRITTEN[name][:2]), "headers": headers}
            faults.append(Finding("weightfile.column_absent", told))
    if faults:
        raise WeightsError(replace(found, file=table.file, sheet=table.sheet) for found in faults)
    return found


def _cells(table: "Table", header: str) -> list[Any]:
    column = table.frame[header]
    if table.kind == "text":
        import pyarrow as pa

        from partnermcda.tables.formulas import unguarded

        texts: list[Any] = unguarded(pa.array(column, pa.string(), from_pandas=True)).to_pylist()
        return texts
    return list(column.astype(object).where(column.notna(), None))


def _weights(
    lines: Sequence[_Line], place: _Place
) -> tuple[list[WeightRow], list[str], list[Finding]]:
    nodes = {line.text("node") for line in lines} - {""}
    weights, unread, faults = [], [], []
    numbers = read_numbers([line.cells["weight"] for line in lines])
    for line, number in zip(lines, numbers, strict=True):
        name = line.text("criterion")
        if not name:
            faults.append(place.fault("weightfile.no_name", line, "criterion"))
        elif not line.has("weight"):
            # What is divided further has no weight of its own: its parts have.
            if name not in nodes:
                faults.append(place.fault("weightfile.empty", line, "weight"))
                unread.append(name)
        elif isinstance(number, str) or number < 0:
            code = number if isinstance(number, str) else "weightfile.negative"
            faults.append(place.fault(code, line, "weight"))
            unread.append(name)
        else:
            weights.append(WeightRow(name, number, line.number))
    return weights, unread, faults


def _consistency(lines: Sequence[_Line], place: _Place) -> tuple[dict[str, float], list[Finding]]:
    column = "consistency_ratio"
    told = [line for line in lines if line.has("node") and line.has(column)]
    ratios: dict[str, float] = {}
    faults = []
    for line, ratio in zip(told, read_numbers([line.cells[column] for line in told]), strict=True):
        node = line.text("node")
        if isinstance(ratio, str):
            faults.append(place.fault("weightfile.ratio", line, column, node=short(node)))
        elif ratios.setdefault(node, ratio) != ratio:
            other = {"node": short(node), "other": short(ratios[node])}
            faults.append(place.fault("weightfile.ratio_differs", line, column, **other))
    return ratios, faults


def _notes(table: "Table", columns: Mapping[str, str]) -> Iterator[Finding]:
    ours = set(COLUMNS) <= set(columns)
    for note in table.notes:
        # The other sheets of a workbook that was written here tell how the weights came about.
        if not (ours and note.code == "tables.sheets_left"):
            yield note
    unread = [str(header) for header in table.frame.columns if header not in columns.values()]
    if unread:
        names = short(", ".join(unread))
        yield Finding("weightfile.columns_left", {"names": names}, sheet=table.sheet)
