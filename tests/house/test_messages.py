"""Every sentence a person reads stands once in the table, in English and French, and is used."""

import ast
import json
import re
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest

from partnermcda.messages import LANGUAGES, message_table

SOURCE = Path(__file__).parents[2] / "src" / "partnermcda"
TABLE = message_table()
BUILT = {"schema.": "pydantic's own name of a fault is put after it"}
"""Prefixes of keys that no source spells out, and why. F-strings speak for themselves."""
OWN_FIELDS = {"value", "column", "row", "file"}
"""Fields that every finding fills in by itself."""
NODES = [
    node
    for file in sorted(SOURCE.rglob("*.py"))
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
]


def constants(node):
    """Texts that an expression can be: itself, or either side of a choice."""
    if isinstance(node, ast.IfExp):
        return constants(node.body) | constants(node.orelse)
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return {node.value} if is_text else set()


def calls(name):
    """Every call of `name` that has an argument."""
    for node in NODES:
        if isinstance(node, ast.Call) and node.args:
            function = node.func
            if getattr(function, "id", getattr(function, "attr", "")) == name:
                yield node


def first_arguments(name):
    """Texts that stand first in calls of `name`."""
    return {text for call in calls(name) for text in constants(call.args[0])}


def prefixes(nodes):
    """Texts that f-strings begin with."""
    strings = (node for node in nodes if isinstance(node, ast.JoinedStr) and node.values)
    return {text for string in strings for text in constants(string.values[0])}


TEXTS = {text for node in NODES for text in constants(node)}
PREFIXES = {prefix for prefix in prefixes(NODES) if prefix.endswith((".", "_"))}
ROOMS = {key.split(".")[0] for key in TABLE if "." in key}
ROOMS_OF_FINDINGS = {key.split(".")[0] for key in TABLE if f"{key}.right" in TABLE}
PYDANTIC_TYPES = first_arguments("PydanticCustomError") - {"findings"}


def fields(sentence):
    """Names of what a sentence leaves to be filled in."""
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(sentence) if name}


def test_each_key_stands_once():
    counted = Counter()
    for part in (SOURCE / "messages").glob("*.json"):
        json.loads(
            part.read_text(encoding="utf-8"),
            object_pairs_hook=lambda pairs: counted.update(
                key for key, value in pairs if not isinstance(value, str)
            ),
        )
    assert [key for key, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("key", sorted(TABLE))
def test_a_sentence_is_said_in_both_languages_with_the_same_fields(key):
    sentences = TABLE[key]
    assert set(sentences) == set(LANGUAGES) == {"en", "fr"}
    assert all(sentence.strip() for sentence in sentences.values())
    assert fields(sentences["en"]) == fields(sentences["fr"])


@pytest.mark.parametrize("key", sorted(TABLE))
def test_french_is_set_as_french(key):
    parts = Formatter().parse(TABLE[key]["fr"])
    shown = "".join(literal + ("x" if name is not None else "") for literal, name, _, _ in parts)
    words = re.sub(r"`[^`]*`|(?<=«)[^»]*(?=»)", " x ", shown)
    assert '"' not in words
    assert re.findall(r"\S*[^\s][:;?!](?=\s|$)", words) == []
    assert re.findall(r"«(?!\s).|(?<!\s)»", shown) == []


def test_every_key_in_the_sources_is_in_the_table():
    shaped = {text for text in TEXTS if re.fullmatch(r"[a-z_]+(\.[a-z0-9_]+)+", text)}
    spelled = {text for text in shaped if text.split(".")[0] in ROOMS}
    assert sorted(spelled - set(TABLE) - PREFIXES) == []
    assert sorted((first_arguments("say") | first_arguments("Finding")) - set(TABLE)) == []


def test_every_fault_of_a_model_has_its_sentences():
    known = {kind for kind in PYDANTIC_TYPES for room in ROOMS if f"{room}.{kind}" in TABLE}
    assert sorted(PYDANTIC_TYPES - known) == []


def test_every_finding_says_what_would_be_right():
    said = first_arguments("say"), tuple(prefixes(call.args[0] for call in calls("say")))
    findings = {
        key.removesuffix(".right")
        for key in TABLE
        if key.split(".")[0] in ROOMS_OF_FINDINGS and key not in said[0]
        if not key.startswith(said[1])
    }
    findings |= first_arguments("Finding")
    assert sorted(key for key in findings if key not in TABLE) == []
    assert sorted(key for key in findings if f"{key}.right" not in TABLE) == []


def test_every_finding_fills_in_its_sentences():
    short = []
    for call in calls("Finding"):
        details = call.args[1] if len(call.args) > 1 else ast.Dict(keys=[], values=[])
        if not isinstance(details, ast.Dict) or None in details.keys:
            continue
        given = {text for key in details.keys for text in constants(key)} | OWN_FIELDS
        for code in constants(call.args[0]) & set(TABLE):
            wanted = fields(TABLE[code]["en"]) | fields(TABLE[f"{code}.right"]["en"])
            short += [(code, sorted(wanted - given))] if wanted - given else []
    assert short == []


def test_no_sentence_is_left_over():
    typed = {f"{room}.{kind}" for room in ROOMS for kind in PYDANTIC_TYPES}
    built = tuple(PREFIXES | set(BUILT))
    used = {key for key in TABLE if key in TEXTS | typed or key.startswith(built)}
    left = {key for key in TABLE if key.removesuffix(".right") not in used and key not in used}
    assert sorted(left) == []
