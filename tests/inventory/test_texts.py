"""Ids, names and cities are text whatever they look like; who is who is held, not repaired."""

import datetime
import unicodedata

import pandas as pd
import pytest

from partnermcda.inventory import read_inventory
from tests.inventory.actors import CATALOG, cells, faults, notes, read

TEXT = pd.StringDtype("pyarrow")


@pytest.mark.parametrize(
    "written", ["007", "NA", "null", "None", "nan", "1.0", "TRUE", "=1+1", "-"]
)
def test_an_id_stays_as_it_is(written, tmp_path):
    frame = read(1, actor_id=[written], city=[written], actor=[written])
    assert frame[["actor_id", "actor", "city"]].iloc[0].tolist() == [written] * 3
    file = tmp_path / "actors.csv"
    file.write_text(f"id,name,type,city\n{written},{written},ngo,{written}\n", encoding="utf-8")
    assert read_inventory(file, CATALOG)["actor_id"].tolist() == [written]


def test_ids_of_20_digits_do_not_collide():
    ids = ["12345678901234567890", "12345678901234567891"]
    assert read(2, actor_id=ids)["actor_id"].tolist() == ids
    exact = pd.Series([int(i) for i in ids], dtype="uint64")
    assert read(2, actor_id=exact)["actor_id"].tolist() == ids


def test_numbers_in_a_column_of_ids_are_read_as_written_and_counted():
    frame = read(4, actor_id=pd.Series([7.0, "8", 9, 7.5], dtype=object))
    assert frame["actor_id"].tolist() == ["7", "8", "9", "7.5"]
    assert notes(frame)["inventory.number_as_text"].details["count"] == 3
    assert read(2, actor_id=[7.0, 8.0])["actor_id"].tolist() == ["7", "8"]


def test_an_id_with_more_digits_than_a_spreadsheet_keeps_is_a_fault():
    found = faults(2, actor_id=pd.Series([1.2345678901234568e17, "b"], dtype=object))
    assert [(f.code, f.row) for f in found] == [("inventory.rounded_id", 1)]


def test_dates_and_truths_are_no_names():
    values = pd.Series([datetime.date(2021, 1, 1), True, "c"], dtype=object)
    found = faults(3, actor_id=values)
    assert [(f.code, f.row) for f in found] == [
        ("inventory.date_for_text", 1),
        ("inventory.boolean_for_text", 2),
    ]


def test_text_is_trimmed_in_silence_and_recomposed_with_a_count():
    accents = unicodedata.normalize("NFD", "Thiès")
    frame = read(3, city=[f"  {accents} ", " Dakar\u00a0", "Thiès"])
    assert frame["city"].tolist() == ["Thiès", "Dakar", "Thiès"]
    assert notes(frame)["inventory.recomposed"].details["count"] == 1
    assert "inventory.recomposed" not in notes(read(1, city=[" Thiès "]))


@pytest.mark.parametrize("name", ["actor_id", "actor", "city"])
@pytest.mark.parametrize("empty", ["", "  ", None])
def test_an_actor_without_id_name_or_city_is_a_fault(name, empty):
    values = pd.Series(["x", empty, "z"], dtype=TEXT)
    assert cells(faults(3, **{name: values}))[0][:2] == ("inventory.missing", 2)


def test_a_null_city_is_not_a_city_named_nan():
    found = faults(2, city=pd.Series(["Dakar", float("nan")], dtype=object))
    assert [(f.code, f.row) for f in found] == [("inventory.missing", 2)]


def test_an_id_twice_in_a_city_is_told_with_all_its_rows():
    found = faults(5, actor_id=["a", "b", "a", "b", "a"])
    assert [(f.code, f.value, f.details["rows"]) for f in found] == [
        ("inventory.duplicate", "a", "1, 3, 5"),
        ("inventory.duplicate", "b", "2, 4"),
    ]


def test_an_id_twice_in_different_cities_is_fine():
    assert len(read(2, actor_id=["a", "a"], city=["Dakar", "Thiès"])) == 2


def test_ids_that_are_the_same_once_trimmed_and_recomposed_are_the_same():
    accents = unicodedata.normalize("NFD", "é")
    assert faults(2, actor_id=["é", f" {accents}"])[0].code == "inventory.duplicate"


@pytest.mark.parametrize("other", ["A1", "ａ１", "a\u200b1", "A1\ufeff"])
def test_ids_that_differ_in_case_width_or_unseen_characters_are_noted_as_pairs(other):
    frame = read(3, actor_id=["a1", other, "b"])
    note = notes(frame)["inventory.near_duplicate"]
    assert note.details["count"] == 1
    assert "(1) ~" in note.details["pairs"]
    assert "(2)" in note.details["pairs"]
    assert "inventory.near_duplicate" not in notes(read(2, actor_id=["a1", "B1"]))


def test_the_same_city_in_two_spellings_makes_a_pair():
    frame = read(2, actor_id=["a", "a"], city=["Dakar", "DAKAR"])
    assert notes(frame)["inventory.near_duplicate"].details["count"] == 1


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("actor_id", "a\u200b1", "inventory.invisible"),
        ("city", "Da\u00adkar", "inventory.invisible"),
        ("city", "\u200fDakar", "inventory.invisible"),
        ("actor_id", "p\u0430ypal", "inventory.look_alike"),
        ("city", "D\u0391kar", "inventory.look_alike"),
    ],
)
def test_letters_that_are_not_what_they_seem_are_noted(name, text, code):
    frame = read(2, **{name: [text, "Thiès"]})
    assert frame[name].iloc[0] == text
    assert notes(frame)[code].details["count"] == 1


def test_names_of_one_other_script_are_plain_names():
    assert not notes(read(3, city=["Київ", "Αθήνα", "القاهرة"]))


def test_more_than_100_repeated_ids_are_counted():
    ids = [f"a{i}" for i in range(150)] * 2
    found = faults(300, actor_id=ids)
    assert (len(found), found[-1].more) == (100, 50)
