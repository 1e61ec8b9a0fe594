"""Catalogs are found by name in the package or by path, and loaded the same."""

import hashlib
from pathlib import Path

import pytest

from partnermcda.catalog import Catalog, builtin_catalogs, load, load_catalog
from partnermcda.errors import CatalogError

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "criteria" / "urban-services.yaml"


def test_the_built_in_catalogs_are_those_of_the_criteria_folder():
    assert builtin_catalogs() == tuple(sorted(f.stem for f in FILE.parent.glob("*.yaml")))


def test_a_name_and_a_path_give_the_same_catalog(urban):
    assert load_catalog(FILE) == load_catalog(str(FILE)) == urban
    assert urban.sha256 == hashlib.sha256(FILE.read_bytes()).hexdigest()


def test_a_catalog_is_returned_as_it_is(urban):
    assert load_catalog(urban) is urban


def test_every_built_in_catalog_is_named_like_its_file():
    assert all(load_catalog(name).catalog == name for name in builtin_catalogs())


def test_an_unknown_name_is_answered_with_those_there_are():
    with pytest.raises(CatalogError) as caught:
        load_catalog("urban-service")
    assert caught.value.findings[0].code == "catalog.unknown"
    for language in ("en", "fr"):
        assert "urban-services" in caught.value.text(language)
        assert "./urban-service.yaml" in caught.value.text(language)


def test_a_path_that_leads_nowhere_is_told_so(tmp_path):
    with pytest.raises(CatalogError) as caught:
        load_catalog(tmp_path / "none.yaml")
    assert caught.value.findings[0].code == "yaml.missing"


def test_the_packaged_folder_comes_before_that_of_a_checkout(tmp_path, monkeypatch):
    packaged = tmp_path / "criteria"
    packaged.mkdir()
    (packaged / "mine.yaml").write_bytes(FILE.read_bytes())
    monkeypatch.setattr(load, "files", lambda _package: tmp_path)
    assert builtin_catalogs() == ("mine",)
    assert load_catalog("mine").version == "1.2.0"


def test_an_installation_without_catalogs_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(load, "files", lambda _package: tmp_path)
    monkeypatch.setattr(load, "__file__", str(tmp_path / "a" / "b" / "c" / "load.py"))
    with pytest.raises(CatalogError) as caught:
        builtin_catalogs()
    assert caught.value.findings[0].code == "catalog.not_installed"


def test_a_catalog_cannot_be_changed(urban):
    with pytest.raises(ValueError, match="frozen"):
        urban.title = None


def test_the_json_schema_admits_fractions_as_judgements():
    schema = Catalog.model_json_schema()
    judgements = schema["$defs"]["Orientation"]["properties"]["judgements"]
    (nodes,) = judgements["patternProperties"].values()
    kinds = nodes["items"]["anyOf"]
    assert [kind["type"] for kind in kinds] == ["number", "string"]
