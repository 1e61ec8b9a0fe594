"""Every sheet of a workbook, or the one table of any other file."""

import pytest
import xlsxwriter

from partnermcda.errors import InventoryError
from partnermcda.tables import workbook
from partnermcda.tables.sheets import read_sheets


@pytest.fixture
def book(tmp_path):
    """Write a workbook: title of each sheet to its rows."""

    def write(sheets, hidden=()):
        path = tmp_path / "book.xlsx"
        with xlsxwriter.Workbook(path) as made:
            for title, rows in sheets.items():
                sheet = made.add_worksheet(title)
                for i, row in enumerate(rows):
                    sheet.write_row(i, 0, row)
                if title in hidden:
                    sheet.hide()
        return str(path)

    return write


TABLE = [["", "x", "y"], ["x", 1, 2], ["y", "", 1]]


def test_sheets_are_read_in_their_order_with_an_empty_corner(book):
    tables = read_sheets(book({"b": TABLE, "a": TABLE}))
    assert [table.sheet for table in tables] == ["b", "a"]
    assert list(tables[0].frame.columns) == ["", "x", "y"]
    assert list(tables[0].frame.index) == [2, 3]


def test_one_sheet_may_be_asked_for(book):
    path = book({"b": TABLE, "a": TABLE})
    assert [table.sheet for table in read_sheets(path, sheet="a")] == ["a"]


def test_what_is_hidden_or_no_table_is_left_and_told(book):
    text = [["Fill in", "", ""], ["", "", "each cell"]]
    (table,) = read_sheets(book({"a": TABLE, "help": text, "old": TABLE}, hidden={"old"}))
    left = [note.details["names"] for note in table.notes if note.code == "tables.sheets_left"]
    assert left == ["old", "help"]


def test_only_the_first_column_may_be_without_a_name(book, tmp_path):
    text = tmp_path / "a.csv"
    text.write_text("x,\ny,1\nz,2\n")
    nameless = [["", "x", "y", "z", "", "w"], ["x", 1, 2, 3, 4, 5]]
    for path in (book({"a": nameless}), str(text)):
        with pytest.raises(InventoryError) as caught:
            read_sheets(path)
        assert {found.code for found in caught.value.findings} == {"tables.header_empty"}


def test_faults_of_all_sheets_are_told(book):
    twice = [["x", "x"], ["y", "z"]]
    with pytest.raises(InventoryError) as caught:
        read_sheets(book({"a": twice, "b": TABLE, "c": twice}))
    assert [found.sheet for found in caught.value.findings] == ["a", "c"]


def test_sheets_together_may_not_fill_the_memory(book, monkeypatch):
    path = book({"a": TABLE, "b": TABLE})
    monkeypatch.setattr(workbook, "_MOST_CELLS", 17)
    with pytest.raises(InventoryError, match="lie far apart"):
        read_sheets(path)
    assert len(read_sheets(path, sheet="a")) == 1
    monkeypatch.setattr(workbook, "_MOST_CELLS", 18)
    assert len(read_sheets(path)) == 2


def test_long_texts_of_all_sheets_together_may_not_fill_the_memory(book, monkeypatch):
    long = [["name", "text"], ["x", "y" * 30_000]]
    path = book({"a": long, "b": long})
    monkeypatch.setattr(workbook, "_MOST_RATIO", 0)
    monkeypatch.setattr(workbook, "_SMALL", 50_000)
    with pytest.raises(InventoryError, match="would unpack"):
        read_sheets(path)
    assert len(read_sheets(path, sheet="a")) == 1
