"""Tables as found: whatever a user hands over, as raw cells with the rows' numbers."""

from partnermcda.tables.reading import read_table
from partnermcda.tables.table import Table

__all__ = ["Table", "read_table"]
