"""The shipped YAML is read alike by any YAML reader, not only by ours."""

from pathlib import Path

import pytest
import yaml

from partnermcda.errors import CatalogError
from partnermcda.yamlfile import read_yaml

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("criteria/*.yaml"), *ROOT.glob("docs/examples/*.yaml")])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_plain_reader_understands_the_same(file):
    def as_text(data):
        if isinstance(data, dict):
            return {str(key): as_text(value) for key, value in data.items()}
        return [as_text(value) for value in data] if isinstance(data, list) else data

    plain = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert as_text(plain) == as_text(read_yaml(file, CatalogError).data)
