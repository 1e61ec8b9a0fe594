"""A mapping says how a register answers the catalog, or is refused with all its faults."""

import copy
import json
from difflib import SequenceMatcher

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermcda.catalog.words import Vocabulary, fold, nearest
from partnermcda.errors import InventoryError, MappingError
from partnermcda.inventory import read_inventory, reading_of
from partnermcda.mapping import load_mapping
from tests.inventory.actors import CATALOG, notes, told

WHY = {"en": "because", "fr": "parce que"}
PLAIN = {
    "format": "partnermcda-mapping/1",
    "mapping": "a-register",
    "version": "1.0.0",
    "catalog": "urban-services",
    "title": {"en": "A register", "fr": "Un registre"},
    "source": {"en": "somewhere", "fr": "quelque part"},
    "columns": {
        "actor_id": {"column": "id"},
        "actor": {"column": "name"},
        "actor_type": {"value": "ngo"},
        "city": {"value": "Dakar"},
    },
    "criteria": {},
}
SIZE = 4
FLOATS = st.floats(-1e6, 1e6, allow_subnormal=False)
REGISTER = pd.DataFrame(
    {
        "id": ["a", "b", "c", "d"],
        "name": ["A", "B", "C", "D"],
        "town": ["Dakar", "Thiès", None, "Dakar"],
        "country": ["SN", "SN", "SN", "SN"],
        "kind": ["Mairie", "Privé", "Privé", None],
        "amount": ["10", "0", "30", "n/a"],
        "base": ["2", "5", "0", "4"],
        "share": [0.1, 0.2, 1.5, None],
    }
)


def mapping(columns=None, criteria=None, **others):
    data = copy.deepcopy(PLAIN) | others
    data["columns"] |= columns or {}
    data["criteria"] |= {name: {"why": WHY, **part} for name, part in (criteria or {}).items()}
    return data


def plain_yaml(data):
    """YAML without the aliases PyYAML writes for what is the same object twice."""
    return yaml.safe_dump(json.loads(json.dumps(data)), sort_keys=False, allow_unicode=True)


def read(data, register=REGISTER):
    frame = read_inventory(register, CATALOG, data)
    told(reading_of(frame).notes)
    return frame


def answers(name="res_financial", register=REGISTER, **source):
    return read(mapping(criteria={name: source}), register)[name]


def refused(data, error=MappingError, register=REGISTER):
    with pytest.raises(error) as found:
        read(data, register)
    return told(found.value.findings)


def count(frame, name):
    return next(c for c in reading_of(frame).criteria if c.criterion == name)


def same(values, expected):
    np.testing.assert_array_equal(np.asarray(values, dtype=float), np.array(expected, dtype=float))


# What is computed


def test_an_answer_is_column_over_per_times_factor_plus_offset():
    same(answers(column="amount"), [10, 0, 30, np.nan])
    same(answers(column="amount", factor=3, offset=1), [31, 1, 91, np.nan])
    same(answers(column="amount", per="base", factor=2, offset=1), [11, 1, np.nan, np.nan])


@settings(max_examples=25, deadline=None)
@given(
    st.floats(-1e6, 1e6).filter(bool),
    st.floats(-1e6, 1e6),
    st.lists(FLOATS, min_size=4, max_size=4),
    st.lists(FLOATS, min_size=4, max_size=4),
)
def test_the_computation_is_that_of_float64_to_the_last_bit(factor, offset, x, y):
    register = REGISTER.assign(amount=x, base=y)
    source = {"column": "amount", "per": "base", "factor": factor, "offset": offset}
    limits = {"limits": [0, 1e300], "outside": "missing"}
    expected = [a / b * factor + offset if b else np.nan for a, b in zip(x, y, strict=True)]
    kept = [v if v == v and 0 <= v <= 1e300 else np.nan for v in expected]
    same(answers(register=register, **source, **limits), kept)


@pytest.mark.parametrize(
    ("written", "factor"), [("1/4", 0.25), ("0.01/4", 0.0025), ("3/7", 3 / 7), (2, 2)]
)
def test_a_factor_may_be_written_as_a_quotient(written, factor):
    same(answers(column="base", factor=written)[:1], [2 * factor])


@pytest.mark.parametrize("written", ["1/0", "1/2/3", "a/2", "1/", "/2", "half", "1/1e400"])
def test_what_is_no_quotient_is_no_factor(written):
    found = refused(mapping(criteria={"res_human": {"column": "base", "factor": written}}))
    assert [f.path for f in found] == ["criteria.res_human.factor"]


def test_codes_mean_not_known_in_the_column_and_the_denominator():
    same(answers(column="amount", missing=[0]), [10, np.nan, 30, np.nan])
    same(answers(column="amount", missing=["10", 30]), [np.nan, 0, np.nan, np.nan])
    same(answers(column="amount", per="base", missing=[4, 5]), [5, np.nan, np.nan, np.nan])
    register = REGISTER.assign(amount=["1", "secret", "3", "4"])
    same(answers(register=register, column="amount", missing=["secret"]), [1, np.nan, 3, 4])


@pytest.mark.parametrize("cells", [["99", "7", "1", None], [99, 7, 1, None], [99.0, 7, 1, np.nan]])
@pytest.mark.parametrize("code", ["99", "99.0", 99])
def test_a_code_for_not_known_is_the_same_as_text_and_as_a_number(cells, code):
    register = REGISTER.assign(amount=pd.Series(cells, dtype=object).infer_objects())
    same(answers(register=register, column="amount", missing=[code]), [np.nan, 7, 1, np.nan])


@pytest.mark.parametrize(
    ("cells", "code", "expected"),
    [
        ([1, 0.5, 0, 1], True, [1, 0.5, 0, 1]),
        ([1, 0.5, 0, 1], False, [1, 0.5, 0, 1]),
        ([True, 0.5, False, 1], True, [np.nan, 0.5, 0, 1]),
        ([True, 0.5, False, 1], False, [1, 0.5, np.nan, 1]),
        ([True, 0.5, False, 1], 1, [1, 0.5, 0, np.nan]),
        (["1", "0.5", "0", "1"], True, [1, 0.5, 0, 1]),
    ],
)
def test_a_truth_for_not_known_is_found_in_cells_that_are_true_or_false_only(cells, code, expected):
    register = REGISTER.assign(share=pd.Series(cells, dtype=object).infer_objects())
    source = {"column": "share", "missing": [code]}
    same(answers("res_field_reach", register=register, **source), expected)


def test_a_code_for_not_known_is_no_fault_whatever_kind_of_cell_it_is():
    register = REGISTER.assign(amount=pd.Series([True, 2.0**60, 3, 4], dtype=object))
    codes = {"column": "amount", "missing": [True, 2.0**60]}
    same(answers(register=register, **codes), [np.nan, np.nan, 3, 4])


def test_a_denominator_of_zero_or_not_known_is_not_known_and_zeros_are_counted():
    register = REGISTER.assign(base=["0", None, "0", "0"])
    frame = read(mapping(criteria={"res_human": {"column": "amount", "per": "base"}}), register)
    assert frame["res_human"].isna().all()
    counted = count(frame, "res_human")
    assert (counted.zero_denominators, counted.source) == (2, "amount / base")


def test_a_recode_turns_categories_into_numbers_ratings_or_not_known():
    same(
        answers("mot_profit", column="kind", recode={"Privé": "très élevé", "Mairie": None}),
        [np.nan, 5, 5, np.nan],
    )
    same(
        answers("mot_profit", column="base", recode={0: 1, 2: 2.5, 4: "high", 5: None}),
        [2.5, np.nan, 1, 4],
    )
    register = REGISTER.assign(base=[True, False, None, True])
    same(
        answers("mot_profit", register, column="base", recode={"true": 4, "false": 2}),
        [4, 2, np.nan, 4],
    )


def test_a_number_of_a_category_may_be_written_with_or_without_decimals():
    for cells in (["1.0", "0.0", "1", "0"], [1.0, 0.0, 1.0, 0.0], [1, 0, 1, 0]):
        register = REGISTER.assign(base=cells)
        for recode in ({"1": 3, "0": 2}, {"1.0": 3, "0.0": 2}):
            same(answers("mot_profit", register, column="base", recode=recode), [3, 2, 3, 2])


def test_a_constant_answers_for_all():
    same(answers("res_field_reach", value=0.5), [0.5] * SIZE)
    same(answers("mot_cause", value="high"), [4] * SIZE)


def test_limits_cut_set_aside_or_refuse_and_are_counted():
    source = {"column": "amount", "limits": [5, 20]}
    frame = read(mapping(criteria={"res_human": {**source, "outside": "clip"}}))
    same(frame["res_human"], [10, 5, 20, np.nan])
    assert count(frame, "res_human").limited == 2
    frame = read(mapping(criteria={"res_human": {**source, "outside": "missing"}}))
    same(frame["res_human"], [10, np.nan, np.nan, np.nan])
    assert (count(frame, "res_human").known, count(frame, "res_human").limited) == (1, 2)
    found = refused(mapping(criteria={"res_human": source}), InventoryError)
    assert [(f.code, f.row, f.value, f.column) for f in found] == [
        ("mapping.outside_limits", 2, "0", "amount"),
        ("mapping.outside_limits", 3, "30", "amount"),
    ]


def test_what_is_computed_must_be_possible():
    found = refused(mapping(criteria={"res_field_reach": {"column": "share"}}), InventoryError)
    assert [(f.code, f.row, f.column) for f in found] == [("inventory.impossible", 3, "share")]
    huge = {"column": "share", "factor": 1e308, "offset": 1e308}
    found = refused(mapping(criteria={"res_financial": huge}), InventoryError)
    assert [(f.code, f.row, f.value) for f in found] == [("inventory.impossible", 3, "∞")]


def test_percent_and_currency_in_a_computation_are_read_as_written_and_told():
    register = REGISTER.assign(amount=["12 %", "€ 3", "4", "5"])
    frame = read(mapping(criteria={"res_human": {"column": "amount", "factor": 2}}), register)
    same(frame["res_human"], [24, 6, 8, 10])
    assert {"inventory.percent_points", "inventory.currency_set_aside"} <= set(notes(frame))


# What is not a criterion


def test_columns_are_joined_or_constant_or_recoded():
    columns = {
        "city": {"columns": ["name", "country"], "join": ", "},
        "actor_type": {"column": "kind", "recode": {"Mairie": "local_authority", "Privé": None}},
        "is_focal": {"value": False},
        "sse": {"column": "kind", "recode": {"Mairie": False, "Privé": True}},
        "gate_recognition": {"value": "formal"},
        "services": {"value": "water"},
        "power": {"value": 0.5},
        "interest": {"column": "amount", "recode": {"10": 1, "0": 0, "30": 0.3, "n/a": None}},
    }
    frame = read(mapping(columns))
    assert frame["city"].tolist() == ["A, SN", "B, SN", "C, SN", "D, SN"]
    assert frame["actor_type"].tolist() == ["local_authority", pd.NA, pd.NA, pd.NA]
    assert frame["is_focal"].tolist() == [False] * SIZE
    assert frame["sse"].tolist() == [False, True, True, pd.NA]
    assert frame["gate_recognition"].tolist() == ["formal"] * SIZE
    assert frame["services"].tolist() == ["water"] * SIZE
    same(frame["power"], [0.5] * SIZE)
    same(frame["interest"], [1, 0, 0.3, np.nan])


def test_a_city_with_a_part_missing_is_missing():
    columns = {"city": {"columns": ["town", "country"], "join": ", "}}
    found = refused(mapping(columns), InventoryError)
    assert [(f.code, f.row, f.column) for f in found] == [("inventory.missing", 3, "town, country")]


def test_rows_outside_keep_stay_in_the_frame_and_are_counted():
    frame = read(mapping(keep=[{"column": "kind", "values": ["Privé", "Rien"]}]))
    assert frame["outside"].tolist() == [True, False, False, True]
    reading = reading_of(frame)
    assert (reading.rows, reading.outside) == (4, 2)
    assert notes(frame)["mapping.kept"].details["count"] == 2
    assert notes(frame)["mapping.keep_unseen"].value == "Rien"


def test_answers_are_counted_among_the_candidates():
    keep = [{"column": "kind", "values": ["Privé"]}, {"column": "base", "values": [5]}]
    frame = read(mapping(keep=keep, criteria={"res_human": {"column": "amount"}}))
    assert frame["outside"].tolist() == [True, False, True, True]
    counted = count(frame, "res_human")
    assert (counted.known, counted.unknown, counted.source) == (1, 0, "amount")
    same(frame["res_human"], [10, 0, 30, np.nan])


def test_each_keep_of_a_column_is_told():
    keep = [{"column": "kind", "values": ["Privé"]}, {"column": "kind", "values": ["Privé", "X"]}]
    told_of = [n for n in reading_of(read(mapping(keep=keep))).notes if n.code == "mapping.kept"]
    assert [note.details["values"] for note in told_of] == ["Privé", "Privé, X"]


def test_every_absent_column_of_one_source_is_told():
    found = refused(mapping({"actor": {"columns": ["x", "y"]}}))
    assert [(f.path, f.details["name"]) for f in found] == [
        ("columns.actor", "x"),
        ("columns.actor", "y"),
    ]


def test_a_category_of_a_hundred_letters_is_recoded_and_kept():
    kind = "k" * 100
    register = REGISTER.assign(kind=[kind, "Privé", None, kind])
    keep = [{"column": "kind", "values": [kind]}]
    assert read(mapping(keep=keep), register)["outside"].tolist() == [False, True, True, False]


def test_a_mapping_is_not_changed_by_noting_where_it_was_read_from():
    loaded = load_mapping(mapping(), CATALOG)
    other = loaded.read_from("0" * 64)
    assert other.sha256 == "0" * 64
    assert loaded.sha256 not in ("", other.sha256)


def test_keeping_nobody_is_a_fault():
    data = mapping(keep=[{"column": "kind", "values": ["Rien"]}])
    assert [f.code for f in refused(data, InventoryError)] == ["mapping.nothing_kept"]


def test_columns_that_are_not_used_are_listed():
    note = notes(read(mapping()))["mapping.unused"]
    assert note.details["count"] == 6
    assert note.details["names"].startswith("town, country")


def test_the_decimal_sign_of_the_mapping_counts_unless_the_caller_says_otherwise():
    register = REGISTER.assign(amount=["1.234", "1", "2", "3"])
    data = mapping(criteria={"res_financial": {"column": "amount"}}, decimal="comma")
    assert read(data, register)["res_financial"].iloc[0] == 1234
    frame = read_inventory(register, CATALOG, data, decimal="point")
    assert frame["res_financial"].iloc[0] == 1.234


def test_a_file_and_the_same_as_plain_data_read_alike(tmp_path):
    data = mapping(criteria={"res_human": {"column": "amount", "factor": "1/3"}})
    file = tmp_path / "m.yaml"
    file.write_text(plain_yaml(data), encoding="utf-8")
    one, two = read(data), read_inventory(REGISTER, CATALOG, str(file))
    pd.testing.assert_frame_equal(one, two)
    readings = [reading_of(frame) for frame in (one, two)]
    assert [r.mapping_version for r in readings] == ["1.0.0", "1.0.0"]
    assert len({r.mapping_sha256 for r in readings} - {""}) == 2
    assert load_mapping(data, CATALOG).sha256 == readings[0].mapping_sha256


# What is refused

WRONG = [
    ("columns.colour", "mapping.unknown_name", {"columns": {"colour": {"value": "red"}}}),
    ("columns.city", "mapping.one_text_source", {"columns": {"city": {}}}),
    (
        "columns.city",
        "mapping.one_text_source",
        {"columns": {"city": {"column": "town", "value": "Dakar"}}},
    ),
    (
        "columns.city.join",
        "mapping.join_alone",
        {"columns": {"city": {"column": "town", "join": "-"}}},
    ),
    (
        "columns.city.recode",
        "mapping.value_alone",
        {"columns": {"city": {"value": "Dakar", "recode": {"a": "b"}}}},
    ),
    (
        "columns.actor_type.value",
        "mapping.unknown_word",
        {"columns": {"actor_type": {"value": "n-go"}}},
    ),
    (
        "columns.actor_type.recode.Mairie",
        "mapping.unknown_word",
        {
            "columns": {
                "actor_type": {"column": "kind", "recode": {"Mairie": "townhall!", "x": None}}
            }
        },
    ),
    ("columns.sse.value", "mapping.unknown_word", {"columns": {"sse": {"value": "perhaps"}}}),
    (
        "columns.gate_integrity.value",
        "mapping.unknown_word",
        {"columns": {"gate_integrity": {"value": "x"}}},
    ),
    ("columns.power.value", "mapping.amount", {"columns": {"power": {"value": 2}}}),
    ("columns.cost.value", "mapping.amount", {"columns": {"cost": {"value": -2}}}),
    (
        "columns.power.columns",
        "mapping.amount_columns",
        {"columns": {"power": {"columns": ["a", "b"]}}},
    ),
    (
        "criteria.res_humain",
        "mapping.unknown_criterion",
        {"criteria": {"res_humain": {"value": 1}}},
    ),
    ("criteria.res_human", "mapping.one_source", {"criteria": {"res_human": {}}}),
    *(
        (
            f"criteria.res_human.{name}",
            f"mapping.{beside}_alone",
            {"criteria": {"res_human": {name: value, **source}}},
        )
        for beside, source in (
            ("recode", {"column": "kind", "recode": {"Mairie": 1}}),
            ("value", {"value": 1}),
        )
        for name, value in (("missing", [9]), ("limits", [0, 1]), ("outside", "clip"))
    ),
    (
        "criteria.res_human",
        "mapping.one_source",
        {"criteria": {"res_human": {"column": "amount", "value": 1}}},
    ),
    ("criteria.res_human.per", "mapping.per_alone", {"criteria": {"res_human": {"per": "base"}}}),
    (
        "criteria.res_human.factor",
        "mapping.value_alone",
        {"criteria": {"res_human": {"value": 1, "factor": 2}}},
    ),
    *(
        (
            f"criteria.mot_cause.{key}",
            "mapping.recode_alone",
            {"criteria": {"mot_cause": {"column": "kind", "recode": {"a": 1}, key: value}}},
        )
        for key, value in (("factor", 2), ("offset", 1), ("per", "base"))
    ),
    (
        "criteria.res_human.limits",
        "mapping.limits",
        {"criteria": {"res_human": {"column": "amount", "limits": [2, "1/1"]}}},
    ),
    (
        "criteria.res_human.outside",
        "mapping.outside_alone",
        {"criteria": {"res_human": {"column": "amount", "outside": "clip"}}},
    ),
    (
        "criteria.res_human.factor",
        "mapping.factor_zero",
        {"criteria": {"res_human": {"column": "amount", "factor": 0}}},
    ),
    (
        "criteria.res_human.value",
        "mapping.no_words",
        {"criteria": {"res_human": {"value": "high"}}},
    ),
    (
        "criteria.mot_cause.value",
        "mapping.unknown_word",
        {"criteria": {"mot_cause": {"value": "hihg"}}},
    ),
    ("criteria.mot_cause.value", "mapping.impossible", {"criteria": {"mot_cause": {"value": 6}}}),
    (
        "criteria.eq_tariff_ratio.value",
        "mapping.impossible",
        {"criteria": {"eq_tariff_ratio": {"value": 0}}},
    ),
    (
        "criteria.mot_cause.recode.a",
        "mapping.impossible",
        {"criteria": {"mot_cause": {"column": "kind", "recode": {"a": 0.5}}}},
    ),
]


@pytest.mark.parametrize(("path", "code", "parts"), WRONG)
def test_what_a_mapping_must_not_say_is_told_with_its_place(path, code, parts):
    found = {(f.path, f.code) for f in refused(mapping(**parts))}
    assert (path, code) in found


def test_the_catalog_must_be_the_one_it_is_for():
    (fault,) = refused(mapping(catalog="other"))
    assert (fault.path, fault.code) == ("catalog", "mapping.catalog")
    assert "urban-services" in fault.right("fr")


@pytest.mark.parametrize("name", ["actor_id", "actor", "actor_type", "city"])
def test_what_every_inventory_has_must_be_mapped(name):
    data = mapping()
    del data["columns"][name]
    assert [(f.code, f.details["name"]) for f in refused(data)] == [("mapping.required", name)]


def test_every_criterion_says_why():
    data = mapping(criteria={"res_human": {"column": "amount"}})
    del data["criteria"]["res_human"]["why"]
    assert [f.path for f in refused(data)] == ["criteria.res_human.why"]


def test_every_fault_is_told_at_once_with_its_line(tmp_path):
    file = tmp_path / "m.yaml"
    data = mapping(
        columns={"colour": {"value": "red"}},
        criteria={"res_humain": {"value": 1}, "mot_cause": {"value": 9, "surprise": 1}},
        version="one",
    )
    file.write_text(plain_yaml(data), encoding="utf-8")
    found = refused(file)
    assert {f.path for f in found} == {
        "version",
        "columns.colour",
        "criteria.res_humain",
        "criteria.mot_cause.surprise",
        "criteria.mot_cause.value",
    }
    lines = file.read_text(encoding="utf-8").splitlines()
    for fault in found:
        assert lines[fault.line - 1].strip().startswith(fault.path.split(".")[-1])
        assert fault.file == str(file)


def test_a_column_the_register_does_not_have_is_told_with_the_nearest():
    data = mapping(
        columns={"city": {"columns": ["twon", "country"]}},
        criteria={"res_human": {"column": "amuont", "per": "base"}},
        keep=[{"column": "knd", "values": ["a"]}],
    )
    found = refused(data)
    assert [(f.path, f.details["name"], f.details["nearest"]) for f in found] == [
        ("keep[0].column", "knd", "kind"),
        ("columns.city", "twon", "town"),
        ("criteria.res_human", "amuont", "amount"),
    ]


def test_a_category_the_recode_misses_is_told_with_all_the_others_and_their_counts():
    data = mapping(criteria={"mot_cause": {"column": "name", "recode": {"A": 3}}})
    (fault,) = refused(data, InventoryError)
    assert (fault.code, fault.path) == ("mapping.unlisted", "criteria.mot_cause.recode")
    assert fault.details["found"] == "B (1), C (1), D (1)"
    columns = {"sse": {"column": "kind", "recode": {"Mairie": False}}}
    (fault,) = refused(mapping(columns), InventoryError)
    assert (fault.path, fault.details["found"]) == ("columns.sse.recode", "Privé (2)")


@pytest.mark.parametrize(
    "data", [{"a": {1, 2}}, {"a": float("nan")}, {"a": object()}, {}, {"a": "\ud800"}]
)
def test_what_is_not_plain_data_or_no_mapping_is_refused(data):
    assert refused(data)


@pytest.mark.parametrize("data", [[], "text", {"columns": 3}, {"criteria": {"res_human": []}}])
def test_data_of_any_shape_is_refused_without_a_traceback(data, tmp_path):
    file = tmp_path / "m.yaml"
    file.write_text(plain_yaml(data), encoding="utf-8")
    assert refused(file)


def test_faults_of_the_register_and_the_mapping_s_categories_are_told_together():
    data = mapping(
        criteria={
            "res_human": {"column": "name"},
            "mot_cause": {"column": "kind", "recode": {"Privé": 3}},
        }
    )
    codes = {f.code for f in refused(data, InventoryError)}
    assert codes == {"inventory.not_a_number", "mapping.unlisted"}


# Words


def test_of_very_many_faults_of_meaning_the_first_hundred_are_told():
    found = refused(mapping(criteria={f"c{i}": {"value": 1} for i in range(250)}))
    assert [f.code for f in found] == ["mapping.unknown_criterion"] * 100
    assert [f.more for f in found[-2:]] == [0, 150]


def test_a_word_with_two_meanings_is_not_understood():
    words = Vocabulary.of((("a", ("one", "both")), ("b", ("two", "BOTH"))))
    assert [words.meaning(word) for word in ("One", "tWo", "both", "three")] == [
        "a",
        "b",
        None,
        None,
    ]
    assert words.nearest("onne") == "one"


@pytest.mark.parametrize(
    ("word", "other"),
    [("Straße", "STRASSE"), ("Œuvre", "oeuvre"), ("ﬁl", "FIL"), ("Ç a", "c_a"), ("x²", "X2")],
)
def test_words_that_are_one_word_for_a_catalog_are_one_for_its_vocabularies(word, other):
    words = Vocabulary.of((("a", (word,)),))
    assert fold(word) == fold(other)
    assert words.meaning(other) == "a"
    assert words.find([other, "?", ""]).tolist() == [0, -1, -1]


@given(st.text(max_size=12), st.lists(st.text(max_size=12), min_size=1, max_size=6))
def test_no_word_is_more_alike_than_the_nearest(word, words):
    def likeness(other):
        return SequenceMatcher(None, other, word).ratio()

    assert likeness(nearest(word, words)) == max(map(likeness, words))


def test_a_mapping_is_frozen():
    loaded = load_mapping(mapping(criteria={"res_human": {"column": "amount"}}), CATALOG)
    with pytest.raises(ValueError, match="frozen"):
        loaded.version = "2.0.0"
    assert loaded.reads == {"id", "name", "amount"}
