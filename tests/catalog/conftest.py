"""The catalog that comes with the package, read once."""

import pytest

from partnermcda.catalog import load_catalog


@pytest.fixture(scope="session")
def urban():
    return load_catalog("urban-services")
