"""Find catalogs and load them: those that come with the package, and a user's own."""

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from partnermcda.catalog.checks import meaning_faults
from partnermcda.catalog.model import Catalog
from partnermcda.errors import CatalogError, Finding
from partnermcda.yamlfile import load_model, read_yaml

_NAME = re.compile(r"[a-z][a-z0-9-]*")


def load_catalog(source: str | Path | Catalog) -> Catalog:
    """Load a catalog by name or from a file.

    Parameters
    ----------
    source : str, Path or Catalog
        Name of a catalog that comes with the package, as ``urban-services``; or the path of a
        YAML file; or a catalog, which is returned as it is.

    Returns
    -------
    Catalog

    Raises
    ------
    CatalogError
        If there is no such catalog, or the file has faults; all of them are told.

    Examples
    --------
    >>> [pillar.id for pillar in load_catalog("urban-services").pillars]
    ['resources', 'motivations', 'digital_readiness', 'equity_alignment']
    """
    if isinstance(source, Catalog):
        return source
    if isinstance(source, str) and _NAME.fullmatch(source):
        return _read(_builtin(source))
    return _read(Path(source))


def builtin_catalogs() -> tuple[str, ...]:
    """Names of the catalogs that come with the package.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> "urban-services" in builtin_catalogs()
    True
    """
    names = (entry.name for entry in _root().iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def _builtin(name: str) -> Traversable:
    names = builtin_catalogs()
    if name not in names:
        raise CatalogError(Finding("catalog.unknown", {"name": name, "names": ", ".join(names)}))
    return _root() / f"{name}.yaml"


def _root() -> Traversable:
    packaged = files("partnermcda") / "criteria"
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "pyproject.toml").is_file():
        return checkout / "criteria"
    raise CatalogError(Finding("catalog.not_installed"))


def _read(path: Path | Traversable) -> Catalog:
    document = read_yaml(path, CatalogError)
    catalog = load_model(document, Catalog, CatalogError, also=meaning_faults)
    return catalog.read_from(document.sha256)
