"""Weights from a file: one that was written here, or a table somebody typed."""

import math
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from partnermcda.catalog.words import Vocabulary, spellings
from partnermcda.errors import Finding, InventoryError, WeightsError, capped, short
from partnermcda.weightfile.rows import WeightRow, WeightRows, table_rows
from partnermcda.weights import Weights

if TYPE_CHECKING:
    from partnermcda.catalog import Catalog
    from partnermcda.tables import Table

_SHEETS: Final = ("weights", "poids")
"""Sheets that are read if no other is asked for."""
_LOOKED_AT: Final = 200


@dataclass(frozen=True, slots=True)
class WeightFile:
    """Weights as a file has them."""

    weights: Weights
    """Normalized, in the order of the file, or of the names asked for."""
    notes: tuple[Finding, ...]
    """What was done that the user should know."""


def read_weights(
    path: str | Path,
    *,
    sheet: str | None = None,
    names: Mapping[str, Iterable[str]] | Iterable[str] | None = None,
) -> Weights:
    r"""Read weights from a file.

    Parameters
    ----------
    path : str or Path
        What ``partnermcda weights`` wrote (CSV, Excel, JSON), or any table with the columns
        ``criterion`` and ``weight`` (``critère`` and ``poids``): one row a criterion, weights
        with a decimal point or comma, or in percent.
    sheet : str, optional
        Sheet of a workbook; without it the only one, or the one called ``weights`` or ``poids``.
    names : iterable of str, or mapping of str to iterable of str, optional
        The criteria there are, each to be given a weight; a mapping holds other ways to write
        them, as their labels. Without it the file says which criteria there are.

    Returns
    -------
    Weights
        Divided by their sum; in the order of `names` where these are given. With the consistency
        ratios of the judgements behind them, where the file tells.

    Raises
    ------
    WeightsError
        If the file has faults: with every one of them, and the row it is in.

    Examples
    --------
    >>> file = Path(getfixture("tmp_path")) / "weights.csv"
    >>> _ = file.write_text("critère;poids\ncoût;37,5\nportée;12,5\n", encoding="utf-8")
    >>> read_weights(file).to_dict()
    {'coût': 0.75, 'portée': 0.25}
    """
    return read_weight_file(path, sheet=sheet, names=names).weights


def read_weight_file(
    path: str | Path,
    *,
    sheet: str | None = None,
    names: Mapping[str, Iterable[str]] | Iterable[str] | None = None,
) -> WeightFile:
    """Read weights from a file, with what is to be told of the reading.

    Parameters
    ----------
    path, sheet, names
        As for :func:`read_weights`.

    Returns
    -------
    WeightFile

    Raises
    ------
    WeightsError
        As for :func:`read_weights`.
    """
    file = Path(path)
    rows = _rows(file, sheet)
    known = None if names is None else _spelled(names)
    named, faults = _named(rows, known)
    faults = [*rows.faults, *faults]
    if not faults and not any(named.values()):
        faults.append(Finding("weights.all_zero", sheet=rows.sheet))
    if faults:
        raise WeightsError(_in_file(capped(faults), file))
    order = tuple(named if known is None else known)
    values = np.array([named[name] for name in order])
    weights = Weights(order, values, rows.consistency, rows.random_index, file.name)
    return WeightFile(weights, _in_file((*rows.notes, *_rescaled(named)), file))


def entry_words(catalog: "Catalog") -> dict[str, tuple[str, ...]]:
    """Ways to write the columns of a catalog's decision matrix.

    Parameters
    ----------
    catalog : Catalog

    Returns
    -------
    dict of str to tuple of str
        For each column its id and its label in both languages.

    Examples
    --------
    >>> from partnermcda.catalog import load_catalog
    >>> entry_words(load_catalog("urban-services"))["res_human"][2]
    'Ressources humaines mobilisables'
    """
    labels = {pillar.id: pillar.label for pillar in catalog.pillars}
    labels |= {criterion.id: criterion.label for criterion in catalog.criteria}
    return {entry: spellings(entry, labels[entry]) for entry in catalog.entries}


def _in_file(found: Iterable[Finding], file: Path) -> tuple[Finding, ...]:
    return tuple(finding if finding.file else finding.at(str(file)) for finding in found)


def _spelled(names: Mapping[str, Iterable[str]] | Iterable[str]) -> dict[str, tuple[str, ...]]:
    if isinstance(names, Mapping):
        return {name: (name, *words) for name, words in names.items()}
    return {name: (name,) for name in names}


def _named(
    rows: WeightRows, known: Mapping[str, Iterable[str]] | None
) -> tuple[dict[str, float], list[Finding]]:
    """Bring names to the ones that are known, each once."""
    words = Vocabulary.of((known or {}).items())

    def meaning(name: str) -> str | None:
        return name if known is None else words.meaning(name)

    faults: list[Finding] = []
    first: dict[str, WeightRow] = {}
    for row in rows.weights:
        name = meaning(row.name)
        told: dict[str, object] = {"name": short(row.name)}
        if name is None:
            told["nearest"] = words.nearest(row.name)
            faults.append(_at(row, rows, "weightfile.unknown", told))
        elif name in first:
            told["first"] = first[name].number
            faults.append(_at(row, rows, "weightfile.repeated", told))
        else:
            first[name] = row
    there = first.keys() | {meaning(name) for name in rows.unread}
    faults += [
        Finding("weightfile.missing", {"name": name}, sheet=rows.sheet)
        for name in known or ()
        if name not in there
    ]
    return {name: row.weight for name, row in first.items()}, faults


def _at(row: WeightRow, rows: WeightRows, code: str, told: Mapping[str, object]) -> Finding:
    return Finding(code, told, sheet=rows.sheet, row=row.number, path=row.path)


def _rescaled(named: Mapping[str, float]) -> list[Finding]:
    total = math.fsum(named.values())
    if math.isclose(total, 1, rel_tol=1e-9):
        return []
    return [Finding("weightfile.rescaled", {"total": short(total)})]


def _rows(file: Path, sheet: str | None) -> WeightRows:
    if _is_json(file):
        from partnermcda.weightfile.jsonfile import read_json_rows

        return read_json_rows(file)
    return table_rows(_table(file, sheet))


def _is_json(file: Path) -> bool:
    """Tell by what is in it; a file that cannot be read is left to the reader of tables."""
    with suppress(OSError, ValueError):
        if file.is_file():
            with file.open("rb") as stream:
                start = stream.read(_LOOKED_AT).decode("utf-8-sig", "ignore").lstrip()
            return start.startswith("{") or file.suffix.lower() == ".json"
    return False


def _table(file: Path, sheet: str | None) -> "Table":
    from partnermcda.tables import read_table

    if file.is_dir():
        raise WeightsError(Finding("weightfile.folder", file=str(file)))
    try:
        return read_table(file, sheet=sheet)
    except InventoryError as error:
        choice = [found for found in error.findings if found.code == "tables.sheet_choice"]
        if not choice:
            raise WeightsError(error.findings) from None
        names = str(choice[0].details["names"])
    meant = [name for name in names.split(", ") if name.casefold() in _SHEETS]
    if not meant:
        raise WeightsError(Finding("weightfile.sheet_choice", {"names": names}, file=str(file)))
    return _table(file, meant[0])
