"""A command line to call, and a small list of actors to call it with."""

from dataclasses import dataclass

import pytest

from partnermcda.cli import main

ACTORS = """actor_id,actor,actor_type,city,res_technical,res_financial,mot_cause
1,Ada,ngo,Dakar,4,20000,élevé
2,Bo,start_up,Dakar,2,,5
3,Cy,Start-up,Lima,3,5000,
4,Mairie,mairie,Lima,3,5000,
"""


@dataclass(frozen=True)
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def call(capsys, monkeypatch):
    """Call the command line as the shell would."""
    monkeypatch.setenv("PARTNERMCDA_LANG", "en")

    def _call(*arguments):
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Said(ended.value.code, said.out, said.err)

    return _call


@pytest.fixture
def actors(tmp_path):
    """Four actors in two cities; the town hall decides and is no candidate."""
    path = tmp_path / "actors.csv"
    path.write_text(ACTORS, encoding="utf-8")
    return path
