"""Small inventories to read, and what reading them tells."""

import pandas as pd
import pytest

from partnermcda.catalog import load_catalog
from partnermcda.errors import InventoryError
from partnermcda.inventory import read_inventory, reading_of

CATALOG = load_catalog("urban-services")


def actors(size=3, **columns):
    """A frame of actors of one city with the columns given."""
    return pd.DataFrame(
        {
            "actor_id": [f"a{i}" for i in range(size)],
            "actor": [f"Actor {i}" for i in range(size)],
            "actor_type": ["ngo"] * size,
            "city": ["Dakar"] * size,
            **columns,
        }
    )


def read(size=3, *, mapping=None, decimal=None, **columns):
    """Read a frame of actors with the columns given."""
    frame = read_inventory(actors(size, **columns), CATALOG, mapping, decimal=decimal)
    told(reading_of(frame).notes)
    return frame


def faults(size=3, *, mapping=None, decimal=None, **columns):
    """Findings of a frame that is refused."""
    with pytest.raises(InventoryError) as refused:
        read(size, mapping=mapping, decimal=decimal, **columns)
    return told(refused.value.findings)


def told(findings):
    """The findings, once each of them has been told in both languages."""
    for finding in findings:
        assert finding.text("en") != finding.text("fr")
        assert "{" not in finding.text("en") + finding.text("fr")
    return findings


def cells(findings):
    """Where and what: code, row, value of every finding."""
    return [(finding.code, finding.row, finding.value) for finding in findings]


def notes(frame):
    """Notes of a reading by their code."""
    return {note.code: note for note in reading_of(frame).notes}
