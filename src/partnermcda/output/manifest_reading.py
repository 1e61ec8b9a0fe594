"""Manifests read back, whichever kind of result they lie beside."""

import hashlib
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from partnermcda.errors import Finding, OutputError
from partnermcda.output.faults import told
from partnermcda.output.files import open_ordinary
from partnermcda.output.manifest import MANIFEST_FORMAT, Manifest
from partnermcda.output.partnership.manifest import PARTNERSHIP_FORMAT, PartnershipManifest
from partnermcda.output.versioning import refuse_other_formats
from partnermcda.yamlfile import Document, load_model
from partnermcda.yamlfile.jsontext import read_json

MOST_BYTES: Final = 50_000_000
"""The longest manifest that is read."""

_PARTNERSHIP: Final = PARTNERSHIP_FORMAT.partition("/")[0]

Model = TypeVar("Model", bound=BaseModel)


def read_manifest(path: str | Path) -> Manifest | PartnershipManifest:
    """Read the manifest of a single result, of whichever kind.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    Manifest or PartnershipManifest

    Raises
    ------
    OutputError
        If it cannot be read, is longer than 50 MB, is no manifest, was written by a newer
        version, or has faults; all faults are told, each with its place.
    """
    file = Path(path)
    raw = _bytes(file)
    data = _plain(raw, file)
    if isinstance(data, dict) and str(data.get("format")).startswith(_PARTNERSHIP):
        return _loaded(PartnershipManifest, PARTNERSHIP_FORMAT, file, (raw, data))
    return _loaded(Manifest, MANIFEST_FORMAT, file, (raw, data))


def read_as(model: type[Model], format_: str, path: str | Path) -> Model:
    """Read a manifest of some format, as :func:`read_manifest` does.

    Parameters
    ----------
    model : type
        Pydantic model of its content.
    format_ : str
        What it must say it is.
    path : str or Path

    Returns
    -------
    model
    """
    file = Path(path)
    raw = _bytes(file)
    return _loaded(model, format_, file, (raw, _plain(raw, file)))


def _loaded(model: type[Model], format_: str, file: Path, content: tuple[bytes, Any]) -> Model:
    raw, data = content
    refuse_other_formats(data, format_, file, "output.not_a_manifest")
    document = Document(data, {}, str(file), hashlib.sha256(raw).hexdigest())
    return load_model(document, model, OutputError)


def _bytes(file: Path) -> bytes:
    with open_ordinary(file) as stream, told(file):
        raw = stream.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise OutputError(Finding("output.manifest_size", {"most": MOST_BYTES}, file=str(file)))
    return raw


def _plain(raw: bytes, file: Path) -> Any:
    try:
        return read_json(raw)
    except ValueError:
        raise OutputError(Finding("output.not_json", file=str(file))) from None
