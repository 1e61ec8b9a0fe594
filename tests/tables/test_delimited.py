"""Text files are read whole, under any usual encoding and separator, or their faults are told."""

import csv
import io
import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermcda.tables import read_table

SEPARATORS = [",", ";", "\t", "|"]
LATIN = st.text(st.characters(max_codepoint=0xFF, exclude_characters="\0"), max_size=8)
ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
# High letters only: none of these can be taken for a part of UTF-8.
WESTERN = st.text([*map(chr, range(1, 128)), *"éèàçôñãíüÉ"], max_size=8)
ENCODINGS = {
    "utf-8": (ANY, b""),
    "utf-8-sig": (ANY, b"\xef\xbb\xbf"),
    "utf-16-le": (ANY, b"\xff\xfe"),
    "utf-16-be": (ANY, b"\xfe\xff"),
    "utf-16-le unmarked": (LATIN, b""),
    "utf-16-be unmarked": (LATIN, b""),
    "cp1252": (WESTERN, b""),
}


@pytest.fixture
def write(tmp_path):
    def written(content, name="actors.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def values(table):
    return table.frame.astype(object).where(table.frame.notna(), None).values.tolist()


@st.composite
def written_tables(draw):
    encoding = draw(st.sampled_from(sorted(ENCODINGS)))
    cell, mark = ENCODINGS[encoding]
    width = draw(st.integers(2, 4))
    rows = draw(st.lists(st.lists(cell, min_size=width, max_size=width), max_size=6))
    rows.append(["end"] * width)
    all_quoted = draw(st.booleans())
    stream = io.StringIO(newline="")
    writer = csv.writer(
        stream,
        delimiter=draw(st.sampled_from(SEPARATORS)),
        quoting=csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL,
        lineterminator=draw(st.sampled_from(["\n", "\r\n", "\r"])) if all_quoted else "\r\n",
    )
    writer.writerows([[f"c{j}" for j in range(width)], *rows])
    return rows, mark + stream.getvalue().encode(encoding.split()[0].removesuffix("-sig"))


@given(written_tables())
def test_what_csv_writes_reads_back_the_same(tmp_path_factory, written):
    rows, content = written
    path = tmp_path_factory.getbasetemp() / "written.csv"
    path.write_bytes(content)
    table = read_table(path)
    expected = {
        number: [cell.strip() or None for cell in row]
        for number, row in enumerate(rows, start=2)
        if any(cell.strip() for cell in row)
    }
    assert dict(zip(table.frame.index, values(table), strict=True)) == expected


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "windows-1252"),
    ],
)
@pytest.mark.parametrize("separator", SEPARATORS)
def test_encoding_and_separator_are_recognized_and_told(write, noted, encoding, name, separator):
    text = "actor_id;ville\n1;Thiès\n2;Saint-Louis, Sénégal\n".replace(";", separator)
    if separator == ",":
        text = text.replace("Saint-Louis, Sénégal", '"Saint-Louis, Sénégal"')
    table, notes = noted(write(text.encode(encoding)))
    assert table.facts == {"encoding": name, "separator": separator}
    assert values(table) == [["1", "Thiès"], ["2", "Saint-Louis, Sénégal"]]
    assert notes == ([] if name.startswith("utf-8") else ["tables.encoding_read"])


def test_a_text_table_says_what_it_is(write):
    path = write("a,b\n1,2\n")
    table = read_table(path)
    assert (table.kind, table.file, table.sheet, table.notes) == ("text", str(path), "", ())
    assert table.frame.index.tolist() == [2]
    assert table.frame.index.dtype == "int64"
    assert all(kind == pd.StringDtype("pyarrow") for kind in table.frame.dtypes)


@pytest.mark.parametrize(
    "text", ["007", "NA", "null", "None", "1e400", "12345678901234567890", "nan"]
)
def test_cells_stay_text_as_found(write, text):
    assert values(read_table(write(f"actor_id,x\n{text},1\n"))) == [[text, "1"]]


def test_outer_white_space_is_trimmed_and_inner_kept(write):
    table = read_table(write("a;b\n\u00a0 1\u202f234 \t; \u00a0\nx;y\n"))
    assert values(table) == [["1\u202f234", None], ["x", "y"]]


def test_decimal_commas_do_not_look_like_separators(write):
    table = read_table(write("id;x;y\na;1,5;2,5\nb;3,5;4,5\n"))
    assert values(table) == [["a", "1,5", "2,5"], ["b", "3,5", "4,5"]]


def test_rows_are_numbered_as_a_spreadsheet_does(write, noted):
    table, notes = noted(write('\n;\na;b\n1;"two\nlines"\n\n  \n;\n3;4\n'))
    assert table.frame.index.tolist() == [4, 8]
    assert values(table) == [["1", "two\nlines"], ["3", "4"]]
    assert notes == ["tables.blank_rows"]
    assert table.notes[0].details["count"] == 5


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_is_read(write, end):
    assert values(read_table(write(f"a,b{end}1,2{end}3,4"))) == [["1", "2"], ["3", "4"]]


def test_rows_with_too_many_or_too_few_fields_are_all_told_with_their_numbers(write, faults):
    found = faults(write('a,b,c\n1,2,3\n\n1,2\n"x\ny",2,3\n1,2,3,4\n1,2,3\n'))
    assert [(f.code, f.row, f.details["found"], f.value) for f in found] == [
        ("tables.fields", 4, 2, "1,2"),
        ("tables.fields", 6, 4, "1,2,3,4"),
    ]


def test_of_many_faulty_rows_the_first_hundred_are_listed_and_all_counted(write, faults):
    rows = "1,2,3\n" * 300 + "1,2\n" * 250
    found = faults(write(f"a,b,c\n{rows}"))
    assert len(found) == 100
    assert [f.more for f in found] == [0] * 99 + [150]


def test_a_last_column_without_name_and_content_is_dropped(write, noted):
    table, notes = noted(write("a;b;\n1;2;\n3;4;\n"))
    assert list(table.frame) == ["a", "b"]
    assert notes == ["tables.empty_columns"]
    assert table.notes[0].details["letters"] == "C"


def test_a_column_with_content_but_no_name_is_a_fault(write, faults):
    (found,) = faults(write("a;;c\n1;2;3\n"))
    assert (found.code, found.details) == ("tables.header_empty", {"number": 2, "letter": "B"})


def test_all_faults_of_a_header_are_told_together(write, codes):
    path = write("a;b;a;;b\n1;2;3;4;5\n")
    assert codes(path) == ["tables.header_empty", *["tables.header_repeated"] * 2]


@pytest.mark.parametrize(
    "text",
    ["Rapport 2024\nid;nom;ville\n1;A;Dakar\n2;B;Dakar\n", "id;nom\n1;A;\n2;B;\n3;C;\n"],
    ids=["a title above", "separators at the ends of rows only"],
)
def test_a_first_row_that_fits_no_other_is_one_fault(write, codes, text):
    assert codes(write(text)) == ["tables.header_fields"]


@pytest.mark.parametrize("text", ["a,b\n", "a,b", "a,b\n\n,\n  \n"])
def test_a_header_alone_is_no_table(write, codes, text):
    assert codes(write(text)) == ["tables.no_rows"]


@pytest.mark.parametrize("text", ["", "\n\n", " ;;; \r\n", "\ufeff"])
def test_a_file_with_nothing_in_it_is_told(write, codes, text):
    assert codes(write(text)) == ["tables.empty_file"]


@pytest.mark.parametrize(
    "text",
    ["a,b;c\n1,2;3\n4,5;6\n", "a,b\n1\n1,2,3\n1,2,3,4\n1,2,3,4,5\n"],
    ids=["two fit alike", "none fits"],
)
def test_a_separator_in_doubt_is_asked_for(write, codes, text):
    assert codes(write(text)) == ["tables.separator"]


def test_one_column_is_a_table_where_its_header_has_no_separator(write):
    assert values(read_table(write("nom\nDakar, Sénégal\nThiès\n"))) == [
        ["Dakar, Sénégal"],
        ["Thiès"],
    ]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('a,b\n1,"2\n3,4\n', 2),
        ('a,b\n1,2\n3,"4', 3),
        ('a,b\n1,"2"x\n3,4\n', 2),
        ('\na,b\n1,5" pipe\n"x\ny",2\n3,"4\n', 5),
    ],
)
def test_a_quote_left_open_or_closed_too_soon_is_told_with_its_row(write, faults, text, row):
    (found,) = faults(write(text))
    assert (found.code, found.row) == ("tables.quote", row)


def test_quotes_inside_a_field_that_does_not_begin_with_one_are_plain_letters(write):
    table = read_table(write('a,b\n5" pipe,Hotel "Le Plateau"\n"x ""y""",z\n'))
    assert values(table) == [['5" pipe', 'Hotel "Le Plateau"'], ['x "y"', "z"]]


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        (b"a,b\n1,2\n3,\0\n", "tables.nul", 3),
        (b"a,b\n1,\x81\n", "tables.encoding", 2),
        (b"\xef\xbb\xbfa,b\n1,2\n3,\xe9\n", "tables.encoding", 3),
        (b"\xff\xfea\x00,\x00b\x00\n", "tables.encoding", None),
        ("a,b\n1,é\n2,è\n".encode() + b"3,\xe9\n", "tables.encoding_mixed", 4),
    ],
)
def test_bytes_that_are_no_text_are_told_with_their_row(write, faults, content, code, row):
    (found,) = faults(write(content))
    assert (found.code, found.row) == (code, row)


@pytest.mark.parametrize("text", ["<!DOCTYPE html><html></html>", "<?xml version='1.0'?><a/>"])
def test_a_web_page_is_no_table(write, codes, text):
    assert codes(write(text)) == ["tables.markup"]


def test_a_row_without_end_is_told(write, codes):
    path = write("a,b\n1,2\n" + "x" * (40 << 20) + ",2\n1,2\n")
    assert codes(path) == ["tables.record_long"]


def test_long_cells_and_odd_letters_are_read(write):
    cells = ["x" * 200_000, "a/../b", "🏙️ \u202eabc", "</script>", "=1+1"]
    table = read_table(write("a,b\n" + "".join(f"{cell},1\n" for cell in cells)))
    assert table.frame["a"].tolist() == cells


def test_no_time_is_spent_on_single_rows(write):
    path = write("a;b;c\n" + '1;"2";3\n' * 300_000)
    began = time.perf_counter()
    table = read_table(path)
    assert len(table.frame) == 300_000
    assert time.perf_counter() - began < 2
