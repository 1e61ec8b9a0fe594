"""How far a ranking can be trusted, as tables and documents that are told apart."""

import json

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from partnermcda.errors import OutputError
from partnermcda.job import Job, as_drawing, assess, run
from partnermcda.output import (
    ROBUSTNESS,
    compare_several,
    json_schema,
    leads,
    robustness_contents,
    robustness_document,
    tables_writer,
)
from partnermcda.output.comparison import compare_tables
from partnermcda.output.drawing import TABLES

ROWS = """actor_id,actor,actor_type,city,res_technical,res_human,dig_propensity
1,Ada,ngo,Dakar,4,3,2
2,=Bo(),start_up,Dakar,2,,5
3,Cy,,Dakar,3,2,4
4,Di,ngo,Lima,1,9,3
"""
FORMATS = ["csv", "parquet", "xlsx", "json"]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    file = tmp_path_factory.mktemp("list") / "actors.csv"
    file.write_text(ROWS, encoding="utf-8")
    return run(Job(str(file), "balanced"))


@pytest.fixture(scope="module")
def found(outcome):
    return assess(outcome, as_drawing(draws=200, seed=5)).robustness


def written(found, folder, name, table="actors"):
    file = folder / name
    tables_writer(ROBUSTNESS, robustness_contents(found), file.suffix, table, "en")(file)
    return file


def test_a_document_is_accepted_by_its_schema_and_nothing_else_is(found):
    schema = json_schema("robustness")
    Draft202012Validator.check_schema(schema)
    data = json.loads(robustness_document(found).model_dump_json())
    validator = Draft202012Validator(schema)
    assert list(validator.iter_errors(data)) == []
    assert not validator.is_valid({**data, "surprise": 1})
    assert not validator.is_valid({**data, "format": "partnermcda-ranking/1"})
    for field in schema["required"]:
        assert not validator.is_valid({k: v for k, v in data.items() if k != field})


def test_a_document_says_the_same_as_the_tables(found):
    document = robustness_document(found)
    actors, weights = found.to_frame("actors"), found.to_frame("weights")
    assert [row.actor_id for row in document.actors] == actors["actor_id"].tolist()
    assert [row.first for row in document.actors] == actors["first"].tolist()
    assert [row.low for row in document.weight_intervals] == weights["low"].tolist()
    assert len(document.survey) == len(found.survey)
    assert document.actors[-1].actor_type == "ngo"
    assert None in [row.actor_type for row in document.actors]


def test_central_weights_are_those_of_the_actor_and_sum_to_one(found):
    document, contest = robustness_document(found), found.acceptability.contest
    for row in document.actors:
        if row.central_weights is None:
            assert row.first == 0
        else:
            place = contest.actors.tolist().index(row.actor_id)
            central = found.acceptability.central_weights[place]
            np.testing.assert_allclose(list(row.central_weights.values()), central, atol=1e-12)
            assert sum(row.central_weights.values()) == pytest.approx(1)


def test_leads_stand_the_least_sure_first_and_their_shares_are_of_the_leaders(found):
    told = leads(found)
    assert [lead.city for lead in told] == ["Dakar", "Lima"]
    ids, shares = found.acceptability.contest.actors, found.acceptability.first
    for lead in told:
        assert lead.first == pytest.approx(shares[list(lead.leaders)].sum())
        assert lead.first + shares[list(lead.others)].sum() == pytest.approx(1)
        assert not set(ids[list(lead.leaders)]) & set(ids[list(lead.others)])


def test_notes_stand_once(found):
    assert len(found.notes) == len({note.text("en") for note in found.notes})


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_gives_the_same_bytes(found, outcome, tmp_path, suffix):
    again = assess(outcome, as_drawing(draws=200, seed=5)).robustness
    one, other = (written(f, tmp_path, f"{i}.{suffix}") for i, f in enumerate((found, again)))
    assert one.read_bytes() == other.read_bytes()
    assert compare_several(ROBUSTNESS, one, other, "actors").same_bytes


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("suffix", FORMATS)
def test_what_differs_is_found_whatever_the_format(outcome, found, tmp_path, suffix, table):
    other = assess(outcome, as_drawing(draws=200, seed=6)).robustness
    files = [written(f, tmp_path, f"{i}.{suffix}", table) for i, f in enumerate((found, other))]
    compared = compare_several(ROBUSTNESS, *files, table)
    drawn = table == "actors" or suffix in ("xlsx", "json")
    # A Parquet file says with which seed it was made.
    assert compared.same_bytes is (suffix == "csv" and not drawn)
    assert (compared.largest_difference > 0) is drawn
    assert compared.only_old == compared.only_new == 0


def test_a_formula_in_a_name_stands_in_a_csv_as_text_and_is_read_back(found, tmp_path):
    file = written(found, tmp_path, "a.csv")
    assert ",'=Bo()," in file.read_text(encoding="utf-8")
    (tmp_path / "b.csv").write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    compared = compare_several(ROBUSTNESS, file, tmp_path / "b.csv", "actors")
    assert (compared.same_bytes, compared.same_ranks, compared.differing) == (False, True, 0)


def test_a_parquet_file_says_what_it_is_and_what_was_drawn(found, tmp_path):
    stated = pq.read_schema(written(found, tmp_path, "a.parquet", "weights")).metadata
    facts = json.loads(stated[b"partnermcda"])
    assert facts["format"] == "partnermcda-robustness/1"
    assert (facts["table"], facts["seed"], facts["draws"]) == ("weights", 5, 200)


def test_a_file_that_is_something_else_is_refused(found, tmp_path):
    file = written(found, tmp_path, "a.json")
    (tmp_path / "b.json").write_text('{"format": "partnermcda-ranking/1"}', encoding="utf-8")
    with pytest.raises(OutputError, match="not a whole result"):
        compare_several(ROBUSTNESS, file, tmp_path / "b.json", "actors")


FIGURE = st.none() | st.floats(0, 1)


@given(st.lists(st.tuples(FIGURE, FIGURE), min_size=1))
def test_figures_are_apart_by_their_largest_difference_and_gaps_are_no_figures(pairs):
    old, new = (
        pd.DataFrame({"id": map(str, range(len(pairs))), "x": np.array(side, dtype=float)})
        for side in zip(*pairs, strict=True)
    )
    compared = compare_tables(old, new, ["id"])
    gaps = [(a is None) != (b is None) for a, b in pairs]
    both = [abs(a - b) for a, b in pairs if a is not None and b is not None]
    assert compared.same_ranks is not any(gaps)
    assert compared.largest_difference == max(both, default=0)
    assert compared.differing == sum(gaps) + sum(x > 0 for x in both)
