"""Weights as they were written to JSON."""

import hashlib
from pathlib import Path
from typing import Any, Final

from partnermcda.errors import Finding, WeightsError, short
from partnermcda.weightfile.document import WEIGHTS_FORMAT, WeightsDocument
from partnermcda.weightfile.rows import WeightRow, WeightRows
from partnermcda.yamlfile import Document, load_model
from partnermcda.yamlfile.jsontext import read_json

_LONGEST: Final = 50_000_000


def read_json_rows(file: Path) -> WeightRows:
    """Read a document of weights.

    Parameters
    ----------
    file : Path

    Returns
    -------
    WeightRows

    Raises
    ------
    WeightsError
        If it cannot be read, is no such document, or has faults: with every one of them.
    """
    raw = _bytes(file)
    try:
        data = read_json(raw)
    except ValueError:
        raise WeightsError(Finding("weightfile.not_json", file=str(file))) from None
    stated = data.get("format") if isinstance(data, dict) else None
    if stated != WEIGHTS_FORMAT:
        told = {"format": WEIGHTS_FORMAT}
        shown = "" if stated is None else short(stated)
        raise WeightsError(Finding("weightfile.format", told, value=shown, file=str(file)))
    found = Document(data, {}, str(file), hashlib.sha256(raw).hexdigest())
    return _rows(load_model(found, WeightsDocument, WeightsError))


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            raw = stream.read(_LONGEST + 1)
    except OSError:
        raise WeightsError(Finding("tables.unreadable", file=str(file))) from None
    if len(raw) > _LONGEST:
        raise WeightsError(Finding("weightfile.size", {"most": _LONGEST // 1_000_000}))
    return raw


def _rows(document: WeightsDocument) -> WeightRows:
    weights: Any = document.weights.items()
    return WeightRows(
        tuple(WeightRow(name, weight, path=f"weights.{name}") for name, weight in weights),
        consistency={
            node.name: node.consistency_ratio
            for node in document.nodes
            if node.consistency_ratio is not None
        },
        random_index=document.random_index,
    )
