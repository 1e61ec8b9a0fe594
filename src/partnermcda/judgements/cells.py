"""The cells of a table as its readers go through them."""

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnermcda.errors import Finding, short
from partnermcda.judgements.checks import Place
from partnermcda.judgements.values import is_blank

if TYPE_CHECKING:
    from partnermcda.tables import Table


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Columns of cells; None where nothing stands."""

    headers: tuple[str, ...]
    rows: tuple[int, ...]
    """Rows as the user counts them."""
    columns: tuple[tuple[object, ...], ...]
    file: str
    sheet: str
    notes: tuple[Finding, ...]

    @classmethod
    def of(cls, table: "Table") -> "Cells":
        """Take the cells of a table."""
        frame = table.frame
        columns = (frame.iloc[:, j].astype(object).tolist() for j in range(frame.shape[1]))
        return cls(
            tuple(clean(header) for header in frame.columns),
            tuple(int(row) for row in frame.index),
            tuple(tuple(_cell(value) for value in column) for column in columns),
            table.file,
            table.sheet,
            table.notes,
        )

    def place(self, row: int, column: int | None = None) -> Place:
        """Tell where a cell, or a row, is."""
        if column is None:
            return Place(self.file, self.sheet, self.rows[row])
        value = short(self.columns[column][row])
        return Place(self.file, self.sheet, self.rows[row], short(self.headers[column]), value)

    def finding(self, code: str, column: int | None = None, **details: object) -> Finding:
        """Tell something of the whole table, or of a column."""
        header = "" if column is None else short(self.headers[column])
        return Place(self.file, self.sheet, column=header).finding(code, **details)


def clean(name: object) -> str:
    """Write what stands in a cell as a name: composed letters, single spaces."""
    if name is None:
        return ""
    if isinstance(name, float) and name.is_integer():
        name = int(name)
    return " ".join(unicodedata.normalize("NFC", str(name)).split())


def _cell(value: object) -> object:
    # Pandas's missing value cannot tell whether it differs from itself.
    return None if type(value).__name__ == "NAType" or is_blank(value) else value
