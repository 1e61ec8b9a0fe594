"""Workbooks are read cell by cell as they are, or what makes them doubtful is told."""

import datetime as dt
import struct
import time
import zipfile
from contextlib import suppress

import numpy as np
import openpyxl
import pytest
import xlsxwriter

from partnermcda.errors import InventoryError
from partnermcda.tables import read_table

HEADER = ["actor_id", "actor", "staff"]
ROWS = [["007", "Été & Fils", 7], ["008", "Kër", 2.5]]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def book(tmp_path):
    """Write a workbook: sheets by name, each a list of rows, then changed by `edit`."""

    def written(sheets, edit=lambda book: None, name="actors.xlsx"):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        edit(book)
        path = tmp_path / name
        book.save(path)
        return path

    return written


@pytest.fixture
def plain(book):
    return book({"Feuil1": [HEADER, *ROWS]})


def rewrite(path, change, into=None):
    """Copy a workbook, each of its files changed by `change(name, bytes)`."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    into = into or path
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, change(name, content))
    return into


def test_cells_are_read_as_they_are(book):
    cells = [
        "007",
        7,
        7.25,
        True,
        dt.datetime(2026, 3, 1, 12, 30),
        dt.time(9, 30),
        None,
        " x\u00a0",
    ]
    path = book({"S": [[f"c{j}" for j in range(len(cells))], cells]})
    table = read_table(path)
    assert table.frame.loc[2].tolist() == [*cells[:-1], "x"]
    assert [type(cell) for cell in table.frame.loc[2].tolist()[:4]] == [str, float, float, bool]
    assert (table.kind, table.sheet, table.file) == ("cells", "S", str(path))
    assert all(kind == np.dtype(object) for kind in table.frame.dtypes)
    assert table.frame.index.dtype == "int64"
    assert table.notes == ()


def test_a_duration_stays_a_duration_and_a_date_a_date(book):
    path = book({"S": [["a", "b"], [dt.timedelta(hours=30), dt.date(2026, 3, 1)]]})
    assert read_table(path).frame.loc[2].tolist() == [dt.timedelta(hours=30), dt.date(2026, 3, 1)]


def test_titles_above_and_empty_columns_beside_are_left_out_and_told(book, noted):
    rows = [["", "Inventaire 2024"], [], [None, *HEADER, None, "note"]]
    rows += [[None, *row, None, None] for row in ROWS]
    table, notes = noted(book({"S": rows}))
    assert list(table.frame) == [*HEADER, "note"]
    assert table.frame.index.tolist() == [4, 5]
    assert notes == ["tables.empty_columns", "tables.title_rows"]
    assert table.notes[0].details["letters"] == "A, E"
    assert table.notes[1].details == {"count": 2, "row": 3}
    assert {note.sheet for note in table.notes} == {"S"}


def test_blank_rows_are_left_out_counted_and_keep_the_numbering(book, noted):
    table, notes = noted(book({"S": [HEADER, ROWS[0], [], [" ", "\u00a0"], ROWS[1]]}))
    assert table.frame.index.tolist() == [2, 5]
    assert notes == ["tables.blank_rows"]
    assert table.notes[0].details["count"] == 2


def test_a_table_that_starts_far_down_keeps_the_rows_of_the_sheet(book):
    table = read_table(book({"S": [*[[]] * 9, [None, None, *HEADER], [None, None, *ROWS[0]]]}))
    assert table.frame.index.tolist() == [11]
    assert list(table.frame) == HEADER


def test_numbers_in_a_header_are_names(book):
    table = read_table(book({"S": [["id", "nom", 2021], ["a", "b", 3]]}))
    assert list(table.frame) == ["id", "nom", "2021"]


def test_without_a_row_of_names_there_is_no_table(book, codes):
    assert codes(book({"S": [[1, 2, 3], [4, 5, 6]]})) == ["tables.header_none"]


def test_a_header_alone_is_no_table(book, codes):
    assert codes(book({"S": [HEADER]})) == ["tables.no_rows"]


def test_all_faults_of_a_sheet_are_told_together(book, faults):
    def edit(book):
        sheet = book["S"]
        sheet["C3"], sheet["C3"].data_type = "#DIV/0!", "e"
        sheet["C4"] = "=1+1"
        sheet.merge_cells("A4:A5")

    rows = [["id", "id", "x", None], ["a", "b", 1, 1], ["c", "d", 1], ["e", "f", 1], [None, "g", 1]]
    found = faults(book({"S": rows}, edit))
    assert {(f.code, f.row, f.column) for f in found} == {
        ("tables.header_empty", None, ""),
        ("tables.header_repeated", None, "id"),
        ("tables.error_cell", 3, "x"),
        ("tables.formula", 4, "x"),
        ("tables.merged", 4, ""),
    }
    assert {f.sheet for f in found} == {"S"}
    assert next(f.value for f in found if f.code == "tables.error_cell") == "#DIV/0!"


@pytest.mark.parametrize("cells", ["A1:B1", "B1:B2"])
def test_merged_cells_of_the_header_are_a_fault(book, faults, cells):
    path = book({"S": [HEADER, *ROWS]}, lambda book: book["S"].merge_cells(cells))
    found = [f for f in faults(path) if f.code == "tables.merged_header"]
    assert [f.details["cells"] for f in found] == [cells]


def test_a_merged_title_is_no_fault(book, noted):
    rows = [["Inventaire"], HEADER, *ROWS]
    table, notes = noted(book({"S": rows}, lambda book: book["S"].merge_cells("A1:C1")))
    assert len(table.frame) == 2
    assert notes == ["tables.title_rows"]


def test_hidden_rows_and_columns_are_read_and_counted(book, noted):
    def edit(book):
        book["S"].row_dimensions[3].hidden = True
        book["S"].row_dimensions[9].hidden = True
        book["S"].column_dimensions["B"].hidden = True

    table, notes = noted(book({"S": [HEADER, *ROWS]}, edit))
    assert len(table.frame) == 2
    assert notes == ["tables.hidden_rows", "tables.hidden_columns"]
    assert [note.details for note in table.notes] == [{"count": 1}, {"names": "actor"}]


def test_results_of_formulas_are_read(tmp_path):
    path = tmp_path / "actors.xlsx"
    with xlsxwriter.Workbook(path) as written:
        sheet = written.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["a", "b"])
        sheet.write_formula(1, 2, "=1+1", None, 2)
        sheet.write_row(2, 0, ["a", "b"])
        sheet.write_formula(2, 2, '=" "', None, " ")
    assert read_table(path).frame["staff"].tolist() == [2, None]


def test_an_error_that_a_formula_gives_is_told(tmp_path, faults):
    path = tmp_path / "actors.xlsx"
    with xlsxwriter.Workbook(path) as written:
        sheet = written.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["a", "b"])
        sheet.write_formula(1, 2, "=NA()", None, "#N/A")
    (found,) = faults(path)
    assert (found.code, found.row, found.column, found.value) == (
        "tables.error_cell",
        2,
        "staff",
        "#N/A",
    )


def test_a_rule_after_the_last_cell_is_not_taken_for_its_result(book, codes):
    def edit(book):
        book["S"]["C3"] = "=1+1"
        rule = openpyxl.formatting.rule.FormulaRule(formula=["$C1>1"])
        book["S"].conditional_formatting.add("A1:C3", rule)

    assert codes(book({"S": [HEADER, *ROWS]}, edit)) == ["tables.formula"]


def test_cells_without_a_place_are_counted(plain, faults):
    def change(name, content):
        if name != "xl/worksheets/sheet1.xml":
            return content
        for place in ("C3", "A3", "B3"):
            content = content.replace(f'r="{place}" '.encode(), b"")
        return content.replace(b't="n"><v>2.5', b't="e"><v>#REF!').replace(b'<row r="3">', b"<row>")

    (found,) = faults(rewrite(plain, change))
    assert (found.row, found.column, found.value) == (3, "staff", "#REF!")


class TestSheets:
    def test_the_only_sheet_that_holds_anything_is_read(self, book):
        table = read_table(book({"Vide": [], "Données": [HEADER, *ROWS]}))
        assert table.sheet == "Données"

    def test_the_sheet_named_for_actors_is_read_and_the_others_told(self, book, noted):
        path = book({"Facteurs": [HEADER, *ROWS], "Liste_Acteurs 2024": [HEADER, *ROWS]})
        table, notes = noted(path)
        assert table.sheet == "Liste_Acteurs 2024"
        assert notes == ["tables.sheets_left"]
        assert table.notes[0].details["names"] == "Facteurs"

    def test_a_named_sheet_is_read(self, book):
        path = book({"A": [HEADER, ROWS[0]], "B": [HEADER, ROWS[1]]})
        assert read_table(path, sheet="B").frame["actor_id"].tolist() == ["008"]

    def test_sheets_in_doubt_are_asked_for(self, book, faults):
        (found,) = faults(book({"A": [HEADER, *ROWS], "B": [HEADER, *ROWS], "C": []}))
        assert (found.code, found.details["names"]) == ("tables.sheet_choice", "A, B")

    def test_a_hidden_sheet_is_read_only_when_named(self, book, faults, noted):
        def hide(book):
            book["Listes"].sheet_state = "hidden"

        both = {"Listes": [HEADER, *ROWS], "Feuil1": [HEADER, *ROWS]}
        table, notes = noted(book(both, hide))
        assert (table.sheet, notes) == ("Feuil1", ["tables.sheets_left"])
        path = book({**both, "Feuil1": []}, hide)
        assert [(f.code, f.details["names"]) for f in faults(path)] == [
            ("tables.sheet_choice", "Listes")
        ]
        assert read_table(path, sheet="Listes").sheet == "Listes"

    def test_an_unknown_sheet_is_answered_with_those_there_are(self, plain, faults):
        (found,) = faults(plain, sheet="Acteurs")
        assert (found.code, found.details["names"]) == ("tables.sheet_unknown", "Feuil1")

    def test_an_empty_sheet_and_an_empty_workbook_are_told(self, book, codes):
        assert codes(book({"A": [HEADER, *ROWS], "B": []}), sheet="B") == ["tables.sheet_empty"]
        assert codes(book({"A": [], "B": []})) == ["tables.workbook_empty"]


class TestDisguises:
    @pytest.mark.parametrize("name", ["actors.csv", "actors", "actors.parquet"])
    def test_a_workbook_is_known_by_its_content(self, plain, tmp_path, name):
        path = plain.rename(tmp_path / name)
        assert read_table(path).kind == "cells"

    @pytest.mark.parametrize("name", ["actors.xlsx", "actors.xls", "ACTORS.XLSX"])
    @pytest.mark.parametrize("content", [b"<html><table></table></html>", b"a;b\n1;2\n"])
    def test_another_file_named_as_a_workbook_is_told(self, tmp_path, codes, name, content):
        path = tmp_path / name
        path.write_bytes(content)
        assert codes(path) == ["tables.not_workbook"]

    def test_an_old_workbook_and_a_protected_one_are_told_apart(self, tmp_path, codes):
        old, locked = tmp_path / "old.xlsx", tmp_path / "locked.xlsx"
        old.write_bytes(OLE + bytes(2000))
        locked.write_bytes(OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500))
        assert codes(old) == ["tables.old_workbook"]
        assert codes(locked) == ["tables.password"]

    def test_an_encrypted_archive_is_told(self, plain, codes):
        content = bytearray(plain.read_bytes())
        entry = content.index(b"PK\x01\x02")
        content[entry + 8] |= 1
        plain.write_bytes(content)
        assert codes(plain) == ["tables.password"]

    def test_another_archive_is_told(self, tmp_path, codes):
        path = tmp_path / "actors.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("word/document.xml", "<a/>")
        assert codes(path) == ["tables.no_workbook"]


class TestDamage:
    def test_a_truncated_workbook_is_told(self, plain, codes):
        content = plain.read_bytes()
        for kept in range(4, len(content), 401):
            plain.write_bytes(content[:kept])
            assert codes(plain) == ["tables.workbook_damaged"]

    def test_a_flipped_bit_never_changes_a_cell_in_silence(self, plain):
        content, sound = plain.read_bytes(), read_table(plain).frame
        rng = np.random.default_rng(7)
        for _ in range(150):
            damaged = bytearray(content)
            damaged[rng.integers(len(damaged))] ^= 1 << rng.integers(8)
            plain.write_bytes(damaged)
            with suppress(InventoryError):
                assert read_table(plain).frame.equals(sound)

    @pytest.mark.parametrize("broken", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
    def test_broken_xml_is_told(self, plain, codes, broken):
        rewrite(plain, lambda name, content: content[:-20] if name == broken else content)
        assert codes(plain) == ["tables.workbook_damaged"]

    def test_a_sheet_whose_file_is_not_there_is_told(self, plain, codes):
        rewrite(plain, lambda _, content: content.replace(b"worksheets/sheet1", b"worksheets/x"))
        assert codes(plain) == ["tables.workbook_damaged"]


def shared(path, rows):
    """Write a workbook in which each text stands once, however many cells hold it."""
    with xlsxwriter.Workbook(path) as written:
        sheet = written.add_worksheet()
        for number, row in enumerate([["id", "note"], *rows]):
            sheet.write_row(number, 0, row)
    return path


class TestGuards:
    def test_a_bomb_is_refused_before_it_is_unpacked(self, plain, codes):
        with zipfile.ZipFile(plain, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/media/image1.png", bytes(80 << 20))
        began = time.perf_counter()
        assert codes(plain) == ["tables.workbook_bomb"]
        assert time.perf_counter() - began < 1

    def test_a_workbook_beyond_all_bounds_is_refused_however_well_packed(self, plain, faults):
        content = bytearray(plain.read_bytes())
        entry = content.index(b"PK\x01\x02")
        struct.pack_into("<II", content, entry + 20, 1 << 29, 1 << 31)
        plain.write_bytes(content)
        (found,) = faults(plain)
        assert (found.code, found.details) == (
            "tables.workbook_bomb",
            {"size": 2048, "packed": 512},
        )

    def test_an_entry_longer_than_it_claims_is_refused(self, plain, codes):
        content = bytearray(plain.read_bytes())
        entry = content.index(b"PK\x01\x02")
        struct.pack_into("<I", content, entry + 24, 10)
        plain.write_bytes(content)
        assert codes(plain) == ["tables.workbook_damaged"]

    def test_a_long_text_in_very_many_cells_is_refused_before_it_fills_the_memory(
        self, tmp_path, faults
    ):
        (found,) = faults(shared(tmp_path / "s.xlsx", [["a", "é" * 10_000]] * 4000))
        assert (found.code, found.details["size"]) == ("tables.workbook_bomb", 76)

    def test_one_long_text_among_very_many_short_ones_is_read(self, tmp_path):
        rows = [["a", "b"]] * 4000 + [["c", "x" * 30_000]]
        frame = read_table(shared(tmp_path / "s.xlsx", rows)).frame
        assert frame["note"].str.len().sum() == 34_000

    def test_two_cells_at_opposite_corners_do_not_fill_the_memory(self, book, faults):
        def edit(book):
            book["S"]["XFD1048576"] = "x"

        (found,) = faults(book({"S": [HEADER, *ROWS]}, edit))
        assert (found.code, found.details["width"]) == ("tables.sheet_size", 16384)


def test_of_many_error_cells_the_first_hundred_of_a_column_are_listed(tmp_path, faults):
    path = tmp_path / "actors.xlsx"
    with xlsxwriter.Workbook(path) as written:
        sheet = written.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for row in range(1, 251):
            sheet.write_row(row, 0, ["a", "b"])
            sheet.write_formula(row, 2, "=NA()", None, "#N/A")
    found = faults(path)
    assert (len(found), found[-1].more) == (100, 150)
