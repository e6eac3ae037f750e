"""The home that documents are timed over, and the table of their times."""

import re
from pathlib import Path

import pytest

from analyzer.settings import load
from analyzer.workspace import OFFLINE, Workspace
from benchmarks import bench_documents, read_home
from benchmarks.read_home import CLIENT, READER
from benchmarks.whole_process import ANALYZER, environment_of, once
from tests.benchmarks.small_meetings import depot, oven

PRACTICE = 'name = "Raman Studio"\n'


@pytest.fixture
def made(tmp_path: Path) -> Path:
    home = tmp_path / "made"
    read_home.make(home, PRACTICE, [oven(), depot()], meetings=2, elsewhere=3)
    return home


def test_the_meetings_are_read_and_differ_and_lie_beside_those_of_others(made: Path) -> None:
    with Workspace(load(environ={"ANALYZER_HOME": str(made)})) as ws:
        client = next(one for one in ws.store.clients() if one.name == CLIENT)
        heads = ws.store.meetings(client.id)
        one, other = ws.store.in_full(heads)
        assert [head.readings for head in heads] == [(OFFLINE,), (OFFLINE,)]
        assert len(ws.store.meetings()) == 5
        assert len(ws.store.clients()) == 4
        assert [turn.text for turn in one.turns] != [turn.text for turn in other.turns]
        assert all(READER in {speaker.name for speaker in head.speakers} for head in heads)
        assert other.date < ws.today


def test_a_row_for_each_document_that_is_asked_for(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench_documents.main(["--home", str(made), "--runs", "1", "--only", "recap"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("2 read meetings, 3 of other clients;")
    told = re.findall(
        r"^(\S.*?) {2,}(\d+\.\d\d) +(\d+\.\d\d)(?: +\d\.\d)? +(\d+\.\d\d) +\d+\.\d\d +\d+(?:  OVER)?$", shown, re.MULTILINE
    )
    assert [row[0] for row in told] == ["recap MEETING"]
    assert all(float(seconds) > 0 for row in told for seconds in row[1:])


def test_a_command_that_fails_ends_the_benchmark(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="brief nobody failed"):
        once([*ANALYZER, "brief", "nobody"], environment_of(tmp_path / "empty"))
