"""Files of weights: those written here come back to the bit, typed ones with every fault told."""

import json

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermcda.catalog import load_catalog
from partnermcda.errors import OutputError, WeightsError
from partnermcda.hierarchy import Hierarchy, leaf_weights
from partnermcda.output.weights import Origin, write_weights
from partnermcda.weighing.result import JudgedNode, JudgedWeights, LeftOut, Suggestion
from partnermcda.weightfile.numbers import read_numbers
from partnermcda.weightfile.reading import entry_words, read_weight_file, read_weights

NAMES = ("cost", "reach", "trust")
SUFFIXES = ("csv", "xlsx", "json")
INJECTIONS = ("=1+1", "+cmd", "-2", "@SUM(A1)", "'=x", "a,b", 'say "hi"', "café\nbar", "<r>x</r>")


def judged(shares=(0.25, 0.75), names=NAMES, ratio=0.05, judges=("water utility", "ngo")):
    """A goal that compares a leaf with a node of two leaves, judged by two."""
    leaf, first, second = names
    tree = Hierarchy("goal", {"goal": (leaf, "service"), "service": (first, second)})
    local = {"goal": np.array([0.1, 0.9]), "service": np.array(shares) / sum(shares)}
    again = Suggestion(judges[0], "goal", leaf, "service", 9.0, 1 / 3, 0.31, 0.02)
    nodes = tuple(
        JudgedNode(
            name=name,
            items=tree.children[name],
            priorities=local[name],
            matrix=np.ones((2, 2)),
            consistency_ratio=ratio,
            judges=judges,
            judge_weights=np.array([1.0, 0.0]),
            judge_priorities=np.array([[0.5, 0.5], [np.nan, np.nan]]),
            judge_consistency=np.array([0.01, np.nan]),
            consensus=np.nan,
            distances=np.array([1.5, np.nan]),
            suggestions=(again,) if name == "goal" else (),
        )
        for name in tree.nodes
    )
    weights = leaf_weights(
        tree,
        local,
        consistency={node.name: node.consistency_ratio for node in nodes},
        random_index="alonso-lamata",
    )
    return JudgedWeights(
        weights=weights,
        nodes=nodes,
        hierarchy=tree,
        local=local,
        judges=judges,
        judge_weights=np.array([0.5, 0.5]),
        left_out=(LeftOut(judges[1], "goal", 0.4),),
        random_index="alonso-lamata",
        method="eigenvector",
        missing="least_squares",
        pooling="aij",
    )


def typed(tmp_path, text, name="weights.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def refused(path, **how):
    with pytest.raises(WeightsError) as caught:
        read_weights(path, **how)
    assert all(finding.file == str(path) for finding in caught.value.findings)
    assert caught.value.text("en") != caught.value.text("fr")
    return [(finding.code.split(".")[1], finding.row) for finding in caught.value.findings]


def same(read, written):
    assert read.names == written.names
    assert read.values.tobytes() == written.values.tobytes()
    assert read.consistency == dict(written.consistency)
    assert read.random_index == written.random_index


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(st.tuples(*[st.floats(1e-12, 1e6)] * 2), st.floats(0, 3))
@settings(max_examples=15)
def test_what_is_written_comes_back_to_the_bit(tmp_path_factory, suffix, shares, ratio):
    made = judged(shares, ratio=ratio)
    path = tmp_path_factory.mktemp("weights") / f"weights.{suffix}"
    write_weights(made, path)
    read = read_weight_file(path, names=NAMES)
    same(read.weights, made.weights)
    assert read.notes == ()


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", INJECTIONS)
def test_a_name_that_a_spreadsheet_would_run_is_text_and_comes_back(tmp_path, suffix, name):
    made = judged(names=(name, "reach", "trust"), judges=("=1+1", "ngo"))
    path = tmp_path / f"weights.{suffix}"
    write_weights(made, path)
    same(read_weights(path), made.weights)
    if suffix == "xlsx":
        for sheet in openpyxl.load_workbook(path):
            assert all(cell.data_type != "f" for row in sheet for cell in row)
    if suffix == "csv":
        text = path.read_text(encoding="utf-8")
        assert not any(
            line.lstrip('"').startswith(("=", "+", "-2", "@")) for line in text.split("\n")
        )


def test_every_node_has_its_ratio_in_a_table_also_one_without_leaves(tmp_path):
    path = tmp_path / "weights.csv"
    write_weights(judged(), path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "criterion,weight,node,local_priority,consistency_ratio,random_index"
    assert lines[4] == "service,,goal,0.9,0.05,alonso-lamata"
    assert read_weights(path).consistency == {"goal": 0.05, "service": 0.05}


def test_a_workbook_has_sheets_for_judges_and_what_to_look_at_again(tmp_path):
    write_weights(judged(), tmp_path / "poids.xlsx", "fr")
    book = openpyxl.load_workbook(tmp_path / "poids.xlsx")
    assert book.sheetnames == ["poids", "nœuds_et_juges", "à_revoir", "à_propos"]
    rows = list(book["nœuds_et_juges"].iter_rows(min_row=2, values_only=True))
    assert rows[0][:4] == ("goal", "(groupe)", 1, 0.05)
    assert rows[2][1:] == ("ngo", 0, "", "", "", "oui")
    again = list(book["à_revoir"].iter_rows(min_row=2, values_only=True))
    assert again == [("water utility", "goal", "cost", "service", 9, 1 / 3, 0.31, 0.02)]


def test_the_document_tells_all_and_names_its_inputs(tmp_path):
    path = tmp_path / "weights.json"
    read = {str(tmp_path / "judgements.csv"): ("0" * 64, 7)}
    catalog = load_catalog("urban-services")
    write_weights(judged(), path, origin=Origin(catalog, "balanced", read))
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["format"] == "partnermcda-weights/1"
    assert data["inputs"] == [{"path": "judgements.csv", "sha256": "0" * 64, "bytes": 7}]
    assert data["catalog"]["sha256"] == catalog.sha256
    assert data["judges"] == {"water utility": 0.5, "ngo": 0.5}
    assert [node["name"] for node in data["nodes"]] == ["goal", "service"]
    assert data["nodes"][0]["judges"][1]["priorities"] is None
    assert data["left_out"][0]["judge"] == "ngo"
    assert data["look_again"][0]["suggested"] == 1 / 3


def test_writing_refuses_an_input_another_kind_of_file_and_another_language(tmp_path):
    source = typed(tmp_path, "a;b\n")
    for path, language, inputs in (
        (source, "en", {str(source): ("0" * 64, 4)}),
        (tmp_path / "weights.parquet", "en", {}),
        (tmp_path / "no folder" / "weights.csv", "en", {}),
        (tmp_path / "weights.csv.csv", "de", {}),
    ):
        with pytest.raises(OutputError):
            write_weights(judged(), path, language, origin=Origin(inputs=inputs))
    assert source.read_text(encoding="utf-8") == "a;b\n"
    assert [file.name for file in tmp_path.iterdir()] == ["weights.csv"]


@pytest.mark.parametrize(
    "text",
    [
        "criterion,weight\ncost,1\nreach,2\ntrust,5\n",
        "critère;poids\ncost;12,5\nreach;25\ntrust;62,5\n",
        "Poids\tCritère\n12,5 %\tcost\n25 %\treach\n62.5%\ttrust\n",
        "criterion,weight\ntrust,5e0\ncost,1\nreach,2\n",
    ],
)
def test_a_typed_table_is_read_as_people_write_it(tmp_path, text):
    read = read_weight_file(typed(tmp_path, text), names=NAMES)
    assert read.weights.to_dict() == {"cost": 0.125, "reach": 0.25, "trust": 0.625}
    assert read.weights.source == "weights.csv"
    assert [note.code for note in read.notes] == ([] if "%" in text else ["weightfile.rescaled"])


def test_weights_that_sum_to_one_hundred_are_divided_and_that_is_told(tmp_path):
    read = read_weight_file(typed(tmp_path, "criterion,weight\ncost,40\nreach,60\n"))
    assert read.weights.to_dict() == {"cost": 0.4, "reach": 0.6}
    assert "the weights sum to 100" in read.notes[0].text()


def test_other_columns_are_passed_over_and_that_is_told(tmp_path):
    read = read_weight_file(typed(tmp_path, "criterion,why,weight\ncost,because,1\n"))
    assert [note.details["names"] for note in read.notes] == ["why"]


def test_labels_of_a_catalog_in_either_language_are_names(tmp_path):
    catalog = load_catalog("urban-services")
    lines = [f"{catalog.label(name, 'fr')};1" for name in catalog.entries]
    path = typed(tmp_path, "\n".join(["critère;poids", *reversed(lines)]))
    read = read_weights(path, names=entry_words(catalog))
    assert read.names == catalog.entries
    assert np.all(read.values == 1 / len(catalog.entries))


def test_every_fault_of_a_table_is_told_with_its_row(tmp_path):
    text = (
        "criterion;weight\ncost;-1\nreach;many\ntrust;\ncost;1\nspeed;0,5\nspede;0,2\n;3\n"
        "speed;2\nkind;1e999\n"
    )
    names = (*NAMES, "speed", "kind", "calm")
    assert sorted(refused(typed(tmp_path, text), names=names), key=str) == sorted(
        [
            ("negative", 2),
            ("text", 3),
            ("empty", 4),
            ("unknown", 7),
            ("no_name", 8),
            ("repeated", 9),
            ("infinite", 10),
            ("missing", None),
        ],
        key=str,
    )


def test_an_unknown_name_is_told_with_the_nearest_and_a_missing_one_by_name(tmp_path):
    path = typed(tmp_path, "criterion,weight\ncost,1\nreech,2\n")
    with pytest.raises(WeightsError) as caught:
        read_weights(path, names=("cost", "reach"))
    assert "the nearest is 'reach'" in caught.value.text()
    assert "there is no weight for 'reach'" in caught.value.text()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("criterion,weight\ncost,0\nreach,0\n", [("all_zero", None)]),
        ("criterion,share\ncost,1\n", [("column_absent", None)]),
        ("name,value\ncost,1\n", [("column_absent", None)] * 2),
        ("criterion,weight,poids\ncost,1,2\n", [("column_twice", None)]),
        ("criterion,weight\n", [("no_rows", None)]),
        ("criterion;weight\ncost;1,250\nreach;2\n", [("doubtful", 2)]),
        ("criterion;weight\ncost;25 %\nreach;75\n", [("percent", 3)]),
        ("criterion,weight\ncost,TRUE\n", [("text", 2)]),
        ("criterion,weight\ncost,nan\n", [("text", 2)]),
        (
            "criterion,weight,node,consistency_ratio\na,1,goal,0.1\nb,1,goal,0.2\nc,1,goal,x\n",
            [("ratio_differs", 3), ("ratio", 4)],
        ),
    ],
)
def test_a_table_that_cannot_be_used_says_why(tmp_path, text, expected):
    assert refused(typed(tmp_path, text)) == expected


def test_a_leaf_that_lost_its_weight_is_not_taken_for_a_node(tmp_path):
    path = tmp_path / "weights.csv"
    write_weights(judged(), path)
    text = path.read_text(encoding="utf-8")
    leaf = next(line for line in text.splitlines() if line.startswith("reach"))
    cells = leaf.split(",")
    path.write_text(text.replace(leaf, ",".join(["reach", "", *cells[2:]])), encoding="utf-8")
    assert refused(path) == [("empty", 3)]


def test_numbers_that_could_be_thousands_are_read_as_the_others_are():
    assert read_numbers(["1,250", "0,5"]) == [1.25, 0.5]
    assert read_numbers(["1,250", "0.5"]) == [1250.0, 0.5]
    assert read_numbers(["1.250", "0,5", "0.5"])[0] == "weightfile.doubtful"
    assert read_numbers([True, "−1", "1 000,5", float("inf")]) == [
        "weightfile.text",
        -1.0,
        1000.5,
        "weightfile.infinite",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "not_json"),
        ('{"format": "partnermcda-weights/1", "format": 1}', "not_json"),
        ('{"format": "partnermcda-weights/2"}', "format"),
        ('{"cost": 1}', "format"),
        ("[1]", "format"),
        ('{"format": "partnermcda-weights/1"}', "missing"),
    ],
)
def test_a_document_that_is_none_says_why(tmp_path, text, code):
    assert refused(typed(tmp_path, text, "weights.json"))[0][0] == code


def test_a_document_is_known_by_what_is_in_it(tmp_path):
    write_weights(judged(), tmp_path / "weights.json")
    plain = (tmp_path / "weights.json").rename(tmp_path / "weights.txt")
    same(read_weights(plain), judged().weights)


def test_faults_of_a_document_are_told_with_their_place(tmp_path):
    path = tmp_path / "weights.json"
    write_weights(judged(), path)
    data = json.loads(path.read_text(encoding="utf-8"))
    data["weights"]["cost"] = -1
    data["surprise"] = 1
    path.write_text(json.dumps(data), encoding="utf-8")
    assert [code for code, _ in refused(path)] == ["extra_forbidden", "greater_than_equal"]
    del data["surprise"]
    data["weights"] = {"costs": 1, "reach": 1}
    path.write_text(json.dumps(data), encoding="utf-8")
    assert refused(path, names=("cost", "reach")) == [("unknown", None), ("missing", None)]


def test_the_sheet_is_the_one_named_for_weights_or_the_one_asked_for(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Poids"
    for sheet, weight in ((book.active, 0.25), (book.create_sheet("other"), 0.5)):
        for row in (("criterion", "weight"), ("cost", weight), ("reach", 1 - weight)):
            sheet.append(row)
    book.save(tmp_path / "w.xlsx")
    assert read_weights(tmp_path / "w.xlsx").to_dict()["cost"] == 0.25
    assert read_weights(tmp_path / "w.xlsx", sheet="other").to_dict()["cost"] == 0.5
    book["Poids"].title = "first"
    book.save(tmp_path / "w.xlsx")
    assert refused(tmp_path / "w.xlsx") == [("sheet_choice", None)]


def test_a_file_that_is_not_there_and_a_folder_are_told(tmp_path):
    assert refused(tmp_path / "none.csv") == [("missing", None)]
    assert refused(tmp_path / "none.json") == [("missing", None)]
    assert refused(tmp_path) == [("folder", None)]
