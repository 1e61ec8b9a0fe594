"""Load a mapping, from its file or from plain data."""

import hashlib
import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from partnermcda.catalog import Catalog
from partnermcda.errors import Finding, MappingError
from partnermcda.mapping.checks import meaning_faults
from partnermcda.mapping.model import RegisterMapping
from partnermcda.yamlfile import Document, load_model, read_yaml


def load_mapping(source: str | Path | Mapping[str, Any], catalog: Catalog) -> RegisterMapping:
    """Load a mapping and check it against the catalog it maps to.

    Parameters
    ----------
    source : str, Path or mapping
        A YAML file, or the same as plain data.
    catalog : Catalog
        The catalog whose questions are answered.

    Returns
    -------
    RegisterMapping

    Raises
    ------
    MappingError
        With every fault of form and of meaning, each with its path.
    """
    document = _document(source)
    check = partial(meaning_faults, catalog=catalog)
    mapping = load_model(document, RegisterMapping, MappingError, also=check)
    return mapping.read_from(document.sha256)


def _document(source: str | Path | Mapping[str, Any]) -> Document:
    if isinstance(source, str | Path):
        return read_yaml(source, MappingError)
    try:
        raw = json.dumps(source, allow_nan=False, sort_keys=True).encode("ascii")
    except (TypeError, ValueError):
        raise MappingError(Finding("mapping.not_plain")) from None
    return Document(json.loads(raw), {}, "", hashlib.sha256(raw).hexdigest())
