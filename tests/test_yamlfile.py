"""YAML is read safely, bounded, and as written; whatever else a file may hold is refused."""

import hashlib
import json
import os
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from partnermcda.errors import CatalogError, MappingError
from partnermcda.yamlfile import load_model, path_text, read_yaml, reading

LOADERS = {"plain": yaml.SafeLoader, "fast": getattr(yaml, "CSafeLoader", yaml.SafeLoader)}
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdef", "bcdefg", strict=True)
)


@pytest.fixture(params=LOADERS.values(), ids=LOADERS.keys(), autouse=True)
def _each_loader(request, monkeypatch):
    monkeypatch.setattr(reading, "_LOADER", request.param)


def write(tmp_path, content):
    file = tmp_path / "a.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def read(tmp_path, content):
    return read_yaml(write(tmp_path, content), CatalogError)


def fault(tmp_path, content):
    with pytest.raises(CatalogError) as caught:
        read(tmp_path, content)
    for language in ("en", "fr"):
        assert caught.value.text(language).startswith(str(tmp_path))
    return caught.value.findings


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("3", 3),
        ("-3", -3),
        ("+3", 3),
        ("0", 0),
        ("0.5", 0.5),
        (".5", 0.5),
        ("1.", 1.0),
        ("1e3", 1000.0),
        ("-1.5E-3", -0.0015),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("12:30", "12:30"),
        ("2026-01-01", "2026-01-01"),
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"),
        ("007", "007"),
        ("0o17", "0o17"),
        ("0x1F", "0x1F"),
        ("0b1", "0b1"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1/3", "1/3"),
        ("3,5", "3,5"),
        ("'3'", "3"),
        ('"true"', "true"),
        ("=", "="),
        ("1.2.3", "1.2.3"),
        ("18446744073709551617", 18446744073709551617),
    ],
)
def test_words_and_numbers_are_read_as_written(tmp_path, written, meant):
    value = read(tmp_path, f"a: {written}\n").data["a"]
    assert value == meant
    assert type(value) is type(meant)


def test_keys_are_text_always(tmp_path):
    assert list(read(tmp_path, "007: a\n1: b\ntrue: c\n~: d\nno: e\n").data) == [
        "007",
        "1",
        "true",
        "~",
        "no",
    ]


def test_every_place_knows_its_line(tmp_path):
    document = read(tmp_path, "# head\na:\n  - b: 1\n    c: 2\n  - [x,\n     y]\nd: {e: f}\n")
    assert document.lines == {
        (): 2,
        ("a",): 2,
        ("a", 0): 3,
        ("a", 0, "b"): 3,
        ("a", 0, "c"): 4,
        ("a", 1): 5,
        ("a", 1, 0): 5,
        ("a", 1, 1): 6,
        ("d",): 7,
        ("d", "e"): 7,
    }
    assert document.line(("a", 0, "missing", 3)) == 3


def test_the_hash_is_that_of_the_bytes_and_a_byte_order_mark_is_no_fault(tmp_path):
    plain, marked = read(tmp_path, "a: é\n"), read(tmp_path, "\ufeffa: é\n")
    assert plain.data == marked.data == {"a": "é"}
    assert plain.sha256 != marked.sha256
    assert plain.sha256 == hashlib.sha256("a: é\n".encode()).hexdigest()


def test_an_alias_bomb_is_refused_at_once(tmp_path):
    assert len(BOMB) < 400
    start = time.perf_counter()
    findings = fault(tmp_path, BOMB)
    assert time.perf_counter() - start < 1
    assert {f.code for f in findings} == {"yaml.alias", "yaml.anchor"}
    assert findings[0].line == 1


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ("a: 1\nb: &x 2\n", "yaml.anchor", 2),
        ("a: 1\n&x b: 2\n", "yaml.anchor", 2),
        ("a: 1\nb: !!python/object/apply:os.system [ls]\n", "yaml.tag", 2),
        ("a: 1\nb: !!str 2\n", "yaml.tag", 2),
        ("a: 1\nb: !mine {c: 1}\n", "yaml.tag", 2),
        ("a: 1\nb: 2\na: 3\n", "yaml.repeated", 3),
        ("a:\n  b: 2\n  'b': 3\n", "yaml.repeated", 3),
        ("a: 1\n---\nb: 1\n", "yaml.documents", 2),
        ("a: 1\n...\n---\nb: 1\n", "yaml.documents", 3),
        ("a: 1\n? [b]\n: 2\n", "yaml.key", 2),
        ("a: 1\nb: {{name}}\n", "yaml.key", 2),
        ("a: 1\nb: 1e400\n", "yaml.number", 2),
        ("a: 1\nb: " + "9" * 5000 + "\n", "yaml.number", 2),
        ("a: 1\n\tb: 2\n", "yaml.tab", 2),
        ("a:\n  b: 1\n\tc: 2\n", "yaml.tab", 3),
        ("a: 1\nb: c: d\n", "yaml.syntax", 2),
        ("a: 1\nb: [1, 2\n", "yaml.syntax", 2),
        ("a: 'b\n", "yaml.syntax", 1),
        ("a: 1\nb: @c\n", "yaml.syntax", 2),
        ("a: 1\nb: x\x00y\n", "yaml.character", 2),
        ("a: 1\nb: x\x1by\n", "yaml.character", 2),
        ("a: 1\nb: x\ufeffy\n", "yaml.character", 2),
        (b"a: 1\nb: caf\xe9\n", "yaml.encoding", 2),
        ("a: é\n".encode("utf-16"), "yaml.encoding", 1),
        ("", "yaml.empty", None),
        ("# only a comment\n", "yaml.empty", None),
        ("---\n", "yaml.empty", None),
        ("~\n", "yaml.empty", None),
        ("a: 1\nb: " + "[" * 60 + "]" * 60 + "\n", "yaml.depth", 2),
        ("a: 1\nb: " + "{a: " * 60 + "}" * 60 + "\n", "yaml.depth", 2),
        ("a: 1\nb: " + "[" * 100_000 + "\n", "yaml.depth", 2),
    ],
)
def test_what_could_do_harm_or_mislead_is_refused_by_line(tmp_path, content, code, line):
    found = fault(tmp_path, content)
    assert [(f.code, f.line) for f in found] == [(code, line)]


def test_half_a_character_spelt_as_an_escape_is_refused(tmp_path):
    (finding,) = fault(tmp_path, 'a: 1\nb: "\\ud800"\n')
    assert finding.code in ("yaml.character", "yaml.syntax")
    assert finding.line == 2


def test_all_refusals_of_a_file_are_told_at_once(tmp_path):
    found = fault(tmp_path, "a: &x 1\nb: *x\na: !t 2\n")
    assert [(f.code, f.line) for f in found] == [
        ("yaml.anchor", 1),
        ("yaml.alias", 2),
        ("yaml.repeated", 3),
        ("yaml.tag", 3),
    ]


def test_forty_levels_are_read_and_not_one_more(tmp_path):
    assert read(tmp_path, "[" * 40 + "]" * 40).data
    assert fault(tmp_path, "[" * 41 + "]" * 41)[0].code == "yaml.depth"


def test_two_megabytes_are_read_and_not_one_byte_more(tmp_path):
    row = "#" * 99 + "\n"
    largest = "a: 1\n" + row * 19_999 + "#" * 94 + "\n"
    assert len(largest) == 2_000_000
    assert read(tmp_path, largest).data == {"a": 1}
    assert fault(tmp_path, largest + "\n")[0].code == "yaml.size"


def test_a_missing_file_a_folder_and_a_pipe_are_told_apart(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for name, code in {"none.yaml": "missing", "": "directory", "pipe": "special"}.items():
        with pytest.raises(MappingError) as caught:
            read_yaml(tmp_path / name, MappingError)
        assert caught.value.findings[0].code == f"yaml.{code}"
    with pytest.raises(MappingError) as caught:
        read_yaml("a\0b", MappingError)
    assert caught.value.findings[0].code == "yaml.missing"


def test_a_file_that_cannot_be_read_is_told_so(tmp_path, monkeypatch):
    file = write(tmp_path, "a: 1\n")

    def refuse(*_args, **_options):
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(CatalogError) as caught:
        read_yaml(file, CatalogError)
    assert caught.value.findings[0].code == "yaml.unreadable"


leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12).filter(
        lambda text: "\ufeff" not in text
    ),
)
keys = st.text("abcdefghij _-é", min_size=1, max_size=8)
plain_data = st.dictionaries(
    keys,
    st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
        max_leaves=10,
    ),
    min_size=1,
)


@given(plain_data)
def test_plain_data_written_as_json_come_back_the_same(tmp_path_factory, data):
    file = tmp_path_factory.mktemp("yaml") / "a.yaml"
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert read_yaml(file, CatalogError).data == data


class Step(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    name: str
    sizes: tuple[float, ...] = ()


class Plan(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    steps: tuple[Step, ...]
    by_name: dict[str, Step] = {}


def test_lists_become_tuples_and_whole_numbers_floats(tmp_path):
    plan = load_model(read(tmp_path, "steps: [{name: a, sizes: [1, 2.5]}]"), Plan, MappingError)
    assert plan.steps[0].sizes == (1.0, 2.5)


def test_faults_of_a_model_carry_path_line_and_value(tmp_path):
    text = "steps:\n  - name: 7\n    sizes: [1, many]\n  - nmae: b\nby_name:\n  x: {nam: 1}\n"
    document = read(tmp_path, text)
    with pytest.raises(MappingError) as caught:
        load_model(document, Plan, MappingError)
    assert [(f.code, f.path, f.line, f.value) for f in caught.value.findings] == [
        ("schema.string_type", "steps[0].name", 2, "7"),
        ("schema.float_type", "steps[0].sizes[1]", 3, "many"),
        ("schema.extra_forbidden", "steps[1].nmae", 4, "b"),
        ("schema.missing", "steps[1].name", 4, None),
        ("schema.extra_forbidden", "by_name.x.nam", 6, "1"),
        ("schema.missing", "by_name.x.name", 6, None),
    ]
    assert "'nmae' is not a field here; the fields here are name, sizes" in str(caught.value)


def test_a_value_is_shown_short(tmp_path):
    document = read(tmp_path, f"steps: [{{name: a, sizes: [{'x' * 200}]}}]")
    with pytest.raises(MappingError) as caught:
        load_model(document, Plan, MappingError)
    assert caught.value.findings[0].value == "x" * 79 + "…"


def test_a_path_is_written_as_one_reads_it():
    assert path_text(("a", 0, "b", 2, "c")) == "a[0].b[2].c"
    assert path_text(()) == ""
