"""Whatever can be wrong in a catalog is told with path and line, in both languages, at once."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from partnermcda.catalog import Catalog, load_catalog
from partnermcda.errors import CatalogError

SMALL = (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")
MONEY = "pillars[0].criteria[0]"
SKILL = "pillars[0].criteria[1]"
LEVER = "levers[0].when"


def faults(tmp_path, text):
    file = tmp_path / "my.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        load_catalog(file)
    return caught.value


def spoil(old, new):
    assert SMALL.count(old) == 1, old
    return SMALL.replace(old, new)


def line_of(text, marker):
    return text[: text.index(marker)].count("\n") + 1


def test_the_small_catalog_has_no_fault(tmp_path):
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, encoding="utf-8")
    catalog = load_catalog(str(file))
    assert catalog.entries == ("money", "skill", "delay", "motives")


# what is replaced, by what, the code, the path, the line that is named (by what it holds)
BAD = {
    "bounds reversed": (
        "low: 10\n        high: 1000",
        "low: 1000\n        high: 10",
        "catalog.bounds_reversed",
        f"{MONEY}.low",
        "low: 1000",
    ),
    "bounds equal": (
        "low: 10\n",
        "low: 1000\n",
        "catalog.bounds_reversed",
        f"{MONEY}.low",
        "low: 1000",
    ),
    "log of zero": ("low: 10\n", "low: 0\n", "catalog.log_bounds", f"{MONEY}.low", "low: 0\n"),
    "low outside the scale": (
        "low: 1\n        high: 5",
        "low: 0.5\n        high: 5",
        "catalog.bounds_impossible",
        f"{SKILL}.low",
        "low: 0.5",
    ),
    "high outside the scale": (
        "high: 5\n",
        "high: 6\n",
        "catalog.bounds_impossible",
        f"{SKILL}.high",
        "high: 6",
    ),
    "rating bounds": (
        "high: 0.4",
        "high: 0",
        "catalog.bounds_reversed",
        "ratings[0].low",
        "low: 0\n    high: 0\n",
    ),
    "unknown transform": (
        "transform: log10",
        "transform: log",
        "schema.literal_error",
        f"{MONEY}.transform",
        "transform: log\n",
    ),
    "unknown scale": (
        "scale: likert5",
        "scale: likert7",
        "schema.literal_error",
        f"{SKILL}.scale",
        "scale: likert7",
    ),
    "unknown direction": (
        "direction: cost",
        "direction: max",
        "schema.literal_error",
        "pillars[0].criteria[2].direction",
        "direction: max",
    ),
    "missing translation": (
        "label: {en: Money, fr: Argent}",
        "label: {en: Money}",
        "schema.translation",
        f"{MONEY}.label.fr",
        "label: {en: Money}",
    ),
    "one language only": (
        "label: {en: Means, fr: Moyens}",
        "label: Means",
        "schema.model_type",
        "pillars[0].label",
        "label: Means",
    ),
    "empty words": (
        "fr: Argent}",
        "fr: ''}",
        "schema.string_too_short",
        f"{MONEY}.label.fr",
        "fr: ''}",
    ),
    "missing field": (
        "        scale: likert5\n",
        "",
        "schema.missing",
        f"{SKILL}.scale",
        "- id: skill",
    ),
    "misspelt field": (
        "    verdict: pass",
        "    verdict: pass\n        verdit: pass",
        "schema.extra_forbidden",
        "gates[0].tiers[0].verdit",
        "verdit: pass",
    ),
    "an id with capitals": (
        "- id: power",
        "- id: Power",
        "schema.identifier",
        "attributes[0].id",
        "- id: Power",
    ),
    "a number in quotes": (
        "high: 24",
        "high: '24'",
        "schema.float_type",
        "pillars[0].criteria[2].high",
        "high: '24'",
    ),
    "a number above its limit": (
        "high: 0.4",
        "high: 1.4",
        "schema.less_than_equal",
        "ratings[0].high",
        "high: 1.4",
    ),
    "a number below its limit": (
        "likert: 1",
        "likert: 0",
        "schema.greater_than_equal",
        "ratings[0].likert",
        "likert: 0",
    ),
    "a fraction of a step": (
        "likert: 1",
        "likert: 1.5",
        "schema.int_type",
        "ratings[0].likert",
        "likert: 1.5",
    ),
    "a word where a list belongs": (
        "synonyms: [company]",
        "synonyms: company",
        "schema.tuple_type",
        "actor_types[0].synonyms",
        "synonyms: company",
    ),
    "a list where keys belong": (
        "levels: {funds: 0.5}",
        "levels: [funds]",
        "schema.dict_type",
        "needs[0].levels",
        "levels: [funds]",
    ),
    "not true nor false": (
        "types: [people]",
        "types: [people]\n    ranked: no",
        "schema.bool_type",
        "roles[0].ranked",
        "ranked: no",
    ),
    "a list where text belongs": (
        "synonyms: [company]",
        "synonyms: [[company]]",
        "schema.string_type",
        "actor_types[0].synonyms[0]",
        "[[company]]",
    ),
    "a version of two numbers": (
        "version: 1.0.0",
        "version: '1.0'",
        "schema.string_pattern_mismatch",
        "version",
        "version: '1.0'",
    ),
    "another format": (
        "partnermcda-catalog/1",
        "partnermcda-catalog/9",
        "schema.literal_error",
        "format",
        "format:",
    ),
    "words without end": (
        "fr: Argent}",
        f"fr: {'x' * 2001}}}",
        "schema.string_too_long",
        f"{MONEY}.label.fr",
        "xxx",
    ),
    "two criteria of one id": (
        "- id: cause",
        "- id: money",
        "catalog.repeated",
        "pillars[1].criteria[1].id",
        "- id: money\n        label: {en: Cause",
    ),
    "two pillars of one id": (
        "- id: motives",
        "- id: means",
        "catalog.repeated",
        "pillars[1].id",
        "- id: means\n    label: {en: Motives",
    ),
    "two types of one id": (
        "- id: people",
        "- id: firm",
        "catalog.repeated",
        "actor_types[1].id",
        "- id: firm\n    label: {en: People",
    ),
    "two ratings of one id": (
        "- id: rich",
        "- id: poor",
        "catalog.repeated",
        "ratings[1].id",
        "- id: poor\n    label: {en: rich",
    ),
    "two tiers of one id": (
        "- id: barred",
        "- id: clear",
        "catalog.repeated",
        "gates[0].tiers[1].id",
        "- id: clear\n        label: {en: not",
    ),
    "a criterion with its pillar's id": (
        "- id: skill",
        "- id: means",
        "catalog.repeated",
        f"{SKILL}.id",
        "- id: means\n        label: {en: Skill",
    ),
    "a flag with a criterion's id": (
        "- id: power",
        "- id: cause",
        "catalog.repeated",
        "attributes[0].id",
        "- id: cause\n    label: {en: Power",
    ),
    "a pillar named pillars": (
        "- id: motives",
        "- id: pillars",
        "catalog.reserved",
        "pillars[1].id",
        "- id: pillars",
    ),
    "a criterion named like a column": (
        "- id: cause",
        "- id: city",
        "catalog.reserved",
        "pillars[1].criteria[1].id",
        "- id: city",
    ),
    "an attribute named like a result": (
        "- id: power",
        "- id: rank_best",
        "catalog.reserved",
        "attributes[0].id",
        "- id: rank_best",
    ),
    "four anchors": (
        "          - {en: e, fr: e}\n",
        "",
        "catalog.anchors",
        f"{SKILL}.anchors",
        "anchors:",
    ),
    "anchors of no likert scale": (
        "scale: likert5",
        "scale: number",
        "catalog.anchors_scale",
        f"{SKILL}.anchors",
        "anchors:",
    ),
    "too few ordered weights": (
        "[0.7, 0.3]",
        "[0.7, 0.2, 0.1]",
        "catalog.ordered_size",
        "pillars[1].combine.ordered",
        "[0.7, 0.2, 0.1]",
    ),
    "ordered weights that do not sum to 1": (
        "[0.7, 0.3]",
        "[0.7, 0.2]",
        "catalog.ordered_sum",
        "pillars[1].combine.ordered",
        "[0.7, 0.2]",
    ),
    "ordered weights that rise": (
        "[0.7, 0.3]",
        "[0.3, 0.7]",
        "catalog.ordered_order",
        "pillars[1].combine.ordered",
        "[0.3, 0.7]",
    ),
    "a single ordered weight": (
        "[0.7, 0.3]",
        "[1]",
        "schema.too_short",
        "pillars[1].combine.ordered",
        "ordered: [1]",
    ),
    "judgements too few": (
        "[2, 1/3, 1/4]",
        "[2, 1/3]",
        "catalog.judgements_size",
        "orientations[0].judgements.means",
        "[2, 1/3]",
    ),
    "judgements of a combined pillar of wrong size": (
        "means: [2, 1/3, 1/4]",
        "means: [2, 1/3, 1/4]\n      motives: [1, 2]",
        "catalog.judgements_size",
        "orientations[0].judgements.motives",
        "motives: [1, 2]",
    ),
    "judgements of nothing": (
        "means: [2, 1/3, 1/4]",
        "means: [2, 1/3, 1/4]\n      meens: [2]",
        "catalog.node_unknown",
        "orientations[0].judgements.meens",
        "meens: [2]",
    ),
    "judgements missing": (
        "      means: [2, 1/3, 1/4]\n",
        "",
        "catalog.node_missing",
        "orientations[0].judgements.means",
        "judgements:",
    ),
    "a judgement of zero": (
        "[2, 1/3, 1/4]",
        "[2, 0, 1/4]",
        "schema.greater_than_equal",
        "orientations[0].judgements.means[1]",
        "[2, 0, 1/4]",
    ),
    "a judgement below zero": (
        "[2, 1/3, 1/4]",
        "[2, -3, 1/4]",
        "schema.greater_than_equal",
        "orientations[0].judgements.means[1]",
        "[2, -3, 1/4]",
    ),
    "a judgement by zero": (
        "[2, 1/3, 1/4]",
        "[2, 1/0, 1/4]",
        "schema.float_type",
        "orientations[0].judgements.means[1]",
        "[2, 1/0, 1/4]",
    ),
    "a prior on nothing": (
        "      money: {rating",
        "      mony: {rating",
        "catalog.no_criterion",
        "actor_types[0].priors.mony",
        "mony:",
    ),
    "a silence on nothing": (
        "delay: {en: nothing",
        "dealy: {en: nothing",
        "catalog.no_criterion",
        "actor_types[0].silent.dealy",
        "dealy:",
    ),
    "a silence with a prior": (
        "delay: {en: nothing",
        "money: {en: nothing",
        "catalog.not_silent",
        "actor_types[0].silent.money",
        "money: {en: nothing",
    ),
    "a prior of no rating": (
        "money: {rating: rich",
        "money: {rating: richer",
        "catalog.no_rating",
        "actor_types[0].priors.money.rating",
        "rating: richer",
    ),
    "a prior on no flag": (
        "only_if: sse",
        "only_if: ess",
        "catalog.no_flag",
        "actor_types[0].priors.skill.only_if",
        "only_if: ess",
    ),
    "a role of no flag": (
        "flag: is_beneficiary",
        "flag: is_benficiary",
        "catalog.no_flag",
        "roles[0].flag",
        "flag: is_benf",
    ),
    "a role of no type": (
        "types: [people]",
        "types: [peple]",
        "catalog.no_actor_type",
        "roles[0].types[0]",
        "types: [peple]",
    ),
    "a need of no capability": (
        "levels: {funds: 0.5}",
        "levels: {fund: 0.5}",
        "catalog.no_capability",
        "needs[0].levels.fund",
        "levels:",
    ),
    "a capability of no criterion": (
        "criterion: money",
        "criterion: monney",
        "catalog.no_criterion",
        "capabilities[0].criterion",
        "monney",
    ),
    "a capability of no role": (
        "roles: [beneficiary]",
        "roles: [owner]",
        "catalog.no_role",
        "capabilities[1].roles[0]",
        "[owner]",
    ),
    "a bridge between nobody": (
        "between: [firm, people]",
        "between: [firm, peple]",
        "catalog.no_actor_type",
        "capabilities[1].between[1]",
        "between:",
    ),
    "a layer of no type": (
        "    types: [firm]",
        "    types: [farm]",
        "catalog.no_actor_type",
        "layers[0].types[0]",
        "types: [farm]",
    ),
    "a lever on no criterion": (
        "names: [profit]",
        "names: [proft]",
        "catalog.no_criterion",
        f"{LEVER}[0][0].names[0]",
        "proft",
    ),
    "a lever on no pillar": (
        "names: [means]",
        "names: [meens]",
        "catalog.no_pillar",
        f"{LEVER}[1][0].names[0]",
        "meens",
    ),
    "a lever on no gate": (
        "gate: gate_law",
        "gate: gate_low",
        "catalog.no_gate",
        f"{LEVER}[2][0].gate",
        "gate_low",
    ),
    "a lever on no tier": (
        "names: [clear]",
        "names: [clean]",
        "catalog.no_tier",
        f"{LEVER}[2][0].names[0]",
        "clean",
    ),
    "a lever on no flag": (
        "{on: flag, names: [sse]}",
        "{on: flag, names: [ess]}",
        "catalog.no_flag",
        f"{LEVER}[2][1].names[0]",
        "ess]",
    ),
    "a lever on no ramp": (
        "ramp: steep",
        "ramp: flat",
        "catalog.no_ramp",
        f"{LEVER}[0][0].ramp",
        "ramp: flat",
    ),
    "a lever typical of nobody": (
        "typical: [firm]",
        "typical: [farm]",
        "catalog.no_actor_type",
        "levers[0].typical[0]",
        "[farm]",
    ),
    "a condition with two tests": (
        "ramp: steep",
        "ramp: steep, at_least: 0.5",
        "catalog.condition_test",
        f"{LEVER}[0][0].on",
        "ramp: steep, at",
    ),
    "a condition with no test": (
        ", at_most: 6",
        "",
        "catalog.condition_test",
        f"{LEVER}[3][1].on",
        "on: answer",
    ),
    "a condition with a test too many": (
        "names: [delay]}]",
        "names: [delay], at_most: 1}]",
        "catalog.condition_no_test",
        f"{LEVER}[1][1].on",
        "on: unknown",
    ),
    "a condition on nothing": (
        "{on: flag, names: [sse]}",
        "{on: flag}",
        "catalog.condition_names",
        f"{LEVER}[2][1].names",
        "on: flag",
    ),
    "a condition on two answers": (
        "{on: answer, names: [delay], at_most: 6}",
        "{on: answer, names: [delay, profit], at_most: 6}",
        "catalog.condition_single",
        f"{LEVER}[3][1].names",
        "names: [delay, profit]",
    ),
    "a condition on a tier of no gate": (
        "{on: tier, gate: gate_law, names: [clear]}",
        "{on: tier, names: []}",
        "catalog.condition_gate",
        f"{LEVER}[2][0].on",
        "on: tier",
    ),
    "a sum of nothing": (
        "    cover: sum\n    criterion: money",
        "    cover: sum",
        "catalog.capability_criterion",
        "capabilities[0].cover",
        "cover: sum",
    ),
    "a ramp on one spot": ("one: 0.8", "one: 0.4", "catalog.ramp", "ramps[0].one", "one: 0.4"),
    "a word for two types": (
        "label: {en: People, fr: Habitants}",
        "label: {en: People, fr: COMPANY}",
        "catalog.synonym",
        "actor_types[1].label.fr",
        "fr: COMPANY",
    ),
    "a word for two ratings": (
        "label: {en: poor, fr: pauvre}",
        "label: {en: poor, fr: elevee}\n    synonyms: [ELEVÉ]",
        "catalog.synonym",
        "ratings[1].synonyms[0]",
        "synonyms: [Élevé]",
    ),
    "a label that is a word for a column every inventory has": (
        "label: {en: Power, fr: Pouvoir}",
        "label: {en: Name, fr: Pouvoir}",
        "catalog.synonym",
        "attributes[0].label.en",
        "en: Name",
    ),
    "an id that is a word for a column every inventory has": (
        "  - id: power\n",
        "  - id: ville\n",
        "catalog.synonym",
        "attributes[0].id",
        "id: ville",
    ),
    "a label that is a word for two columns": (
        "label: {en: Power, fr: Pouvoir}",
        "label: {en: Power, fr: ÉCONOMIE-SOCIALE}",
        "catalog.synonym",
        "attributes[0].label.fr",
        "fr: ÉCONOMIE",
    ),
    "a gate that is labelled as a criterion is named": (
        "label: {en: Law, fr: Droit}",
        "label: {en: money, fr: Droit}",
        "catalog.synonym",
        "gates[0].label.en",
        "en: money",
    ),
}


@pytest.mark.parametrize("case", BAD.values(), ids=BAD.keys())
def test_a_fault_is_told_with_path_and_line_in_both_languages(tmp_path, case):
    old, new, code, path, marker = case
    text = spoil(old, new)
    error = faults(tmp_path, text)
    found = [f for f in error.findings if f.code == code and f.path == path]
    assert len(found) == 1, error.findings
    (finding,) = found
    assert finding.line == line_of(text, marker)
    assert finding.file == str(tmp_path / "my.yaml")
    for language in ("en", "fr"):
        sentence = finding.text(language)
        assert path in sentence
        assert "None" not in sentence
        assert "{" not in sentence.replace("{…}", "")
    assert error.text("en") != error.text("fr")


def test_a_pillar_with_no_criterion_is_refused(tmp_path):
    start = SMALL.index("    criteria:\n      - id: profit")
    text = SMALL[:start] + "    criteria: []\n" + SMALL[SMALL.index("ratings:") :]
    error = faults(tmp_path, text)
    assert ("schema.too_short", "pillars[1].criteria") in [(f.code, f.path) for f in error.findings]


def test_judgements_of_the_wrong_size_say_how_many_and_for_what(tmp_path):
    (finding,) = faults(tmp_path, spoil("[2, 1/3, 1/4]", "[2]")).findings
    assert finding.problem("en") == "judgements for 'means': 1"
    assert finding.right("en") == "write 3, one for each pair of its 3 parts"


def test_more_parts_than_consistency_can_be_told_for_are_refused(tmp_path):
    start, end = SMALL.index("      - id: delay"), SMALL.index("  - id: motives")
    block = SMALL[start:end]
    many = "".join(block.replace("id: delay", f"id: delay{i}") for i in range(14))
    finding = next(
        f
        for f in faults(tmp_path, SMALL[:end] + many + SMALL[end:]).findings
        if f.code == "catalog.judgements_order"
    )
    assert finding.details["size"] == 17
    assert finding.details["most"] == 15


def test_all_faults_of_form_and_meaning_are_told_at_once_in_the_order_of_the_file(tmp_path):
    text = (
        spoil("fr: Argent}", "}")
        .replace("transform: log10", "transform: log")
        .replace("high: 24", "high: 0")
        .replace("[0.7, 0.3]", "[0.3, 0.7]")
        .replace("flag: is_beneficiary", "flag: nobody")
    )
    found = [(f.code, f.path) for f in faults(tmp_path, text).findings]
    assert found == [
        ("schema.translation", "pillars[0].criteria[0].label.fr"),
        ("schema.literal_error", "pillars[0].criteria[0].transform"),
        ("catalog.bounds_reversed", "pillars[0].criteria[2].low"),
        ("catalog.ordered_order", "pillars[1].combine.ordered"),
        ("catalog.no_flag", "roles[0].flag"),
    ]


def test_a_misspelt_name_is_answered_with_the_nearest_first(tmp_path):
    (finding,) = faults(tmp_path, spoil("criterion: money", "criterion: profi")).findings
    assert "nearest first: profit, " in finding.right("en")
    (finding,) = faults(tmp_path, spoil("    why:", "    whi: x\n    why:")).findings
    assert finding.right("fr").startswith("les champs possibles ici sont why, ")


def test_more_than_a_hundred_faults_of_one_kind_are_counted_not_listed(tmp_path):
    words = ", ".join("{en: a}" for _ in range(250))
    error = faults(tmp_path, SMALL + f"notes: [{words}]\n")
    assert len(error.findings) == 100
    assert error.findings[-1].more == 150
    assert "150" in error.text("fr")


@pytest.mark.parametrize("text", ["just words", "[1, 2]", "12"])
def test_a_file_that_is_no_catalog_at_all_is_told_so(tmp_path, text):
    (finding,) = faults(tmp_path, text).findings
    assert finding.code == "schema.model_type"
    assert finding.line == 1


def test_a_catalog_made_in_memory_is_checked_as_one_from_a_file(tmp_path):
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, encoding="utf-8")
    data = load_catalog(file).model_dump()
    assert Catalog(**data).model_dump() == data
    data["roles"][0]["flag"] = "nobody"
    with pytest.raises(ValidationError):
        Catalog(**data)
