"""Inventories: lists of actors, read from files and frames and checked against a catalog.

Everything a user hands over passes here once. A reading never guesses: what is doubtful is a
fault that says what would be right, what was settled or set aside is counted in a note.
"""

from partnermcda.inventory.read import read_inventory
from partnermcda.inventory.reading import CriterionCount, Reading, reading_of
from partnermcda.inventory.schema import check_inventory, inventory_schema, user_rows

__all__ = [
    "CriterionCount",
    "Reading",
    "check_inventory",
    "inventory_schema",
    "read_inventory",
    "reading_of",
    "user_rows",
]
