"""What the tests of tables share: reading on purpose what has faults."""

import re

import pyarrow as pa
import pytest

from partnermcda.errors import InventoryError
from partnermcda.messages import LANGUAGES
from partnermcda.tables import read_table


def said(findings):
    """Say the findings in every language, as a user would read them."""
    for language in LANGUAGES:
        for finding in findings:
            assert not re.search(r"\bNone\b", finding.text(language)), finding
    return findings


@pytest.fixture
def faults():
    """Read a table that has faults, and return them."""

    def read(source, **options):
        with pytest.raises(InventoryError) as caught:
            read_table(source, **options)
        return said(caught.value.findings)

    return read


@pytest.fixture
def codes(faults):
    """Read a table that has faults, and return their codes."""
    return lambda source, **options: [f.code for f in faults(source, **options)]


@pytest.fixture
def noted():
    """Read a sound table, and return it with the codes of its notes."""

    def read(source, **options):
        table = read_table(source, **options)
        return table, [note.code for note in said(table.notes)]

    return read


@pytest.fixture
def broken_texts():
    """Make an Arrow array of two texts, the first of which is no UTF-8."""

    def make(kind):
        bare = pa.large_binary() if pa.types.is_large_string(kind) else pa.binary()
        return pa.array([b"\xff", b"b"], bare).view(kind)

    return make
