"""The command line offers every method, and what it wrote can be verified."""

from typing import get_args

import numpy as np
import pytest

import partnermcda as pm
from partnermcda.cli import main
from partnermcda.cli.options import MethodName
from partnermcda.job import Job, run, save, verify
from partnermcda.messages import LANGUAGES, say
from partnermcda.methods import METHODS


@pytest.fixture(scope="module")
def actors(tmp_path_factory):
    """Three actors of whom the same two things are known, both above 0."""
    file = tmp_path_factory.mktemp("actors") / "actors.csv"
    rows = ["1,Ada,ngo,Dakar,4,3", "2,Bo,ngo,Dakar,2,5", "3,Cy,ngo,Lima,3,3"]
    header = "actor_id,actor,actor_type,city,res_technical,res_human"
    file.write_text("\n".join([header, *rows]), encoding="utf-8")
    return file


def test_the_command_line_takes_every_method_there_is():
    assert get_args(get_args(MethodName)[0]) == tuple(METHODS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_names_every_method(language):
    words = say("cli.method", language).replace(",", " ").split()
    assert set(METHODS) <= set(words)


@pytest.mark.parametrize("name", ["weighted_product", "topsis_observed", "vikor", "promethee_ii"])
def test_what_a_method_wrote_comes_out_again(name, actors, tmp_path):
    outcome = run(Job(str(actors), "balanced", method=name))
    assert outcome.ranking.method == pm.method(name).name
    assert np.isfinite(outcome.ranking.score).all()
    manifest = save(outcome, str(tmp_path / "ranking.csv"), "en")
    assert verify(manifest).code == "identical"


def test_the_command_ranks_by_a_method_of_pymcdm(actors, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["rank", str(actors), "--method", "marcos", "--json"])
    assert ended.value.code == 0, capsys.readouterr()
