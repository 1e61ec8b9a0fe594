"""The page on the form of a catalog names every field, and its example is a catalog."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from partnermcda.catalog import Catalog, load_catalog
from partnermcda.catalog import __all__ as parts

README = Path(__file__).resolve().parents[2] / "criteria" / "README.md"
TEXT = README.read_text(encoding="utf-8")


def test_the_example_is_a_catalog(tmp_path):
    (example,) = re.findall(r"```yaml\n(format:.*?)```", TEXT, re.DOTALL)
    file = tmp_path / "my.yaml"
    file.write_text(example, encoding="utf-8")
    catalog = load_catalog(file)
    assert catalog.weights(catalog.orientations[0].id).values.sum() == pytest.approx(1)
    assert len(example.splitlines()) < 60


def models():
    import partnermcda.catalog as room

    found = [getattr(room, name) for name in parts]
    return [model for model in found if isinstance(model, type) and issubclass(model, BaseModel)]


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_field_is_told(model):
    told = set(re.findall(r"^\| `([a-z_0-9]+)`", TEXT, re.MULTILINE))
    assert set(model.model_fields) <= told | {"en", "fr"}


def test_no_field_is_told_that_is_not_there():
    known = {name for model in models() for name in model.model_fields}
    told = set(re.findall(r"^\| `([a-z_0-9]+)`", TEXT, re.MULTILINE))
    assert told <= known
    assert Catalog in models()
