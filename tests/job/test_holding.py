"""A folder of results is intact until a file in it is changed, lost or added."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from partnermcda.errors import OutputError
from partnermcda.job import verify
from tests.batch.registers import batch, lay, plain


@pytest.fixture
def folder(tmp_path):
    return batch(lay(plain(60), tmp_path / "register"), tmp_path / "ranked").folder


def test_a_folder_and_its_manifest_are_told_to_be_intact(folder):
    for named in (folder, folder / "_manifest.json"):
        verdict = verify(named)
        assert (verdict.code, verdict.same) == ("intact", True)
        assert verdict.details["rows"] == len(pq.read_table(folder))


def flip(folder):
    path = folder / "part-00000.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def lose(folder):
    (folder / "_cities.parquet").unlink()


def add(folder):
    pq.write_table(pa.table({"city": ["x"]}), folder / "part-00009.parquet")


@pytest.mark.parametrize(
    ("act", "name"),
    [(flip, "part-00000.parquet"), (lose, "_cities.parquet"), (add, "part-00009.parquet")],
)
def test_files_that_are_not_what_was_written_are_named(folder, act, name):
    act(folder)
    verdict = verify(folder)
    assert (verdict.code, verdict.same, verdict.details) == ("touched", False, {"files": name})


def test_a_manifest_that_is_none_is_refused_in_words(folder):
    manifest = folder / "_manifest.json"
    manifest.write_text(json.dumps({"format": "partnermcda-batch/1", "parts": "none"}))
    with pytest.raises(OutputError) as raised:
        verify(folder)
    assert {finding.path.split(".")[0] for finding in raised.value.findings} >= {"parts", "tables"}
    manifest.unlink()
    with pytest.raises(OutputError, match=r"_manifest\.json"):
        verify(folder)
