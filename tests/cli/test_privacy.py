"""What leaves the machine when a model reads: no name that is known, exactly what the preview shows, and nothing unasked."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzer.settings import load
from analyzer.usecases.batch import UploadOptions
from analyzer.usecases.incoming import gather
from analyzer.usecases.looking import Said
from analyzer.usecases.upload import upload
from analyzer.workspace import Workspace
from tests.model_server import Asked, ModelServer, Reply, says
from tests.recorded import Recorded
from tests.running import EXAMPLES, Analyzer

NAMES = ("Priya", "Raman", "Ellery", "Fergus", "Dunlop", "Bukola", "Adeyemi", "Meridian", "Northgate")
LISTS = ("signs", "openings", "conditions", "commitments", "recommendations", "follow_ups")
EMPTY: dict[str, object] = {"notes": ""} | dict.fromkeys(LISTS, ())


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """A server that a user treats as a stranger's."""
    with ModelServer(obliging) as server:
        monkeypatch.setenv("ANALYZER_BASE_URL", server.url)
        monkeypatch.setenv("ANALYZER_PRIVACY", "pseudonyms")
        yield server


def obliging(asked: Asked) -> Reply:
    """Quotes one line of theirs as it was sent, names and all, and judges nothing."""
    line = next(line for line in asked.material if " | theirs | " in line and "," in line.split(" | ", 4)[-1])
    number, _, _, speaker, text = line.split(" | ", 4)
    if asked.task == "read":
        mark = {"turn": int(number), "quote": text, "reason": f"{speaker} says so", "strength": "strong"}
        promise = mark | {"giver": speaker, "receiver": None, "what": f"what {speaker} says", "due": None}
        sign = mark | {"sign": "board_mandate", "polarity": "for"}
        return says(EMPTY | {"signs": [sign], "commitments": [promise]})
    judged = json.loads((Path(__file__).parents[1] / "data" / "engines" / "model-answers.json").read_text(encoding="utf-8"))
    return says(judged["Judging"])


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a meeting of two clients each, which nobody has read; made once."""
    home = tmp_path_factory.mktemp("stored") / "home"
    home.mkdir(mode=0o700)
    shutil.copy(EXAMPLES / "practice.toml", home)
    with Workspace(load(environ={"ANALYZER_HOME": str(home)})) as ws:
        for client, series in (("Northgate Logistics", "northgate"), ("Meridian Biotech", "meridian")):
            told = UploadOptions(said=Said(client=client), read=False)
            (row,) = upload(ws, gather([min((EXAMPLES / series).iterdir())]), told).meetings
            assert row.status == "added"
    return home


@pytest.fixture
def meridian(stored: Path, home: Path) -> str:
    """The first Meridian meeting, stored and not read by a model; a second client is known as well."""
    shutil.copytree(stored, home)
    return "meridian-biotech-2025-11-12"


def test_no_known_name_leaves_and_every_name_is_put_back(analyzer: Analyzer, server: ModelServer, meridian: str) -> None:
    seen = analyzer("motives", meridian, "--engine", "llm", "--json").data
    sent = " ".join(message["content"] for asked in server.asked for message in asked.body["messages"])
    material = " ".join(line for asked in server.asked for line in asked.material)
    assert len(server.asked) == 2
    assert [name for name in NAMES if name.casefold() in material.casefold()] == []
    assert [name for name in ("Dunlop", "Adeyemi", "Meridian", "Northgate") if name in sent] == []
    (promise,) = seen["commitments"]
    assert promise["owner"] in ("Fergus Dunlop", "Bukola Adeyemi")
    assert promise["what"] == f"what {promise['owner']} says"
    assert promise["evidence"]["match"] == "exact"
    assert seen["rejected"] == {}


def test_the_preview_shows_the_stand_ins_counts_them_and_is_what_is_sent(
    analyzer: Analyzer, server: ModelServer, meridian: str
) -> None:
    (shown,) = analyzer("motives", meridian, "--preview", "--json").data["sendings"]
    assert shown["replaced"]["people"] > 98  # each turn has its speaker, beside the names in what is said
    assert server.asked == []
    assert "replaced: " in analyzer("motives", meridian, "--preview").out
    analyzer("motives", meridian, "--engine", "llm")
    assert (server.asked[0].system, server.asked[0].user) == (shown["system"], shown["user"])


@pytest.mark.usefixtures("practice")
def test_stand_ins_stay_the_same_over_meetings_and_go_with_the_client(
    analyzer: Analyzer, server: ModelServer, home: Path
) -> None:
    files = sorted((EXAMPLES / "meridian").iterdir())
    stored = analyzer("upload", *files, "--client", "Meridian Biotech", "--no-read", "--json").data["meetings"]
    for row in stored:
        analyzer("motives", row["slug"], "--engine", "llm")
    theirs = [line for asked in server.asked for line in asked.user.splitlines() if line.startswith("Their side")]
    first = theirs[0].partition(": ")[2].split(", ")[0]
    assert sum(first in line for line in theirs) == len(theirs)
    with sqlite3.connect(home / "record.sqlite3") as record:
        record.execute("PRAGMA foreign_keys = ON")
        assert record.execute("SELECT count(*) FROM stand_ins").fetchone()[0] > 4
        record.execute("DELETE FROM clients")
        assert record.execute("SELECT count(*) FROM stand_ins").fetchone()[0] == 0


def test_no_name_of_another_client_is_kept_among_a_clients_stand_ins(
    analyzer: Analyzer, server: ModelServer, meridian: str, home: Path
) -> None:
    analyzer("motives", meridian, "--engine", "llm")
    with sqlite3.connect(home / "record.sqlite3") as record:
        kept = {original for (original,) in record.execute("SELECT original FROM stand_ins")}
    assert {"Fergus", "Dunlop"} <= kept
    assert [name for name in kept if "Northgate" in name or "Graham" in name] == []


def test_a_question_hides_names_too_and_its_answer_has_them(analyzer: Analyzer, server: ModelServer, meridian: str) -> None:
    def point(asked: Asked) -> Reply:
        number, _, _, speaker, text = next(line for line in asked.material if " | theirs | " in line).split(" | ", 4)
        told = {"sentence": f"{speaker} said it.", "passage": 1, "turn": int(number), "quote": text}
        return says({"answered": True, "points": [told]})

    server.answer = point
    asked = ("ask", "What did Fergus Dunlop say about the tox package?", "--client", "meridian", "--engine", "llm")
    answer = analyzer(*asked, "--json").data
    assert answer["rejected"] == 0
    assert answer["answer"] in ("Fergus Dunlop said it.", "Bukola Adeyemi said it.")
    assert "Dunlop" not in server.asked[0].user
    assert "Meridian" not in server.asked[0].user


def test_names_go_as_they_are_only_where_that_is_chosen_or_the_server_is_ones_own(
    analyzer: Analyzer, server: ModelServer, meridian: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANALYZER_PRIVACY", "none")
    (shown,) = analyzer("motives", meridian, "--preview", "--json").data["sendings"]
    assert "Fergus Dunlop" in shown["user"]
    assert shown["replaced"] == {}
    monkeypatch.delenv("ANALYZER_PRIVACY")
    assert analyzer("motives", meridian, "--preview", "--json").data["privacy"] == "none"
    monkeypatch.setenv("ANALYZER_BASE_URL", "https://models.example.com/v1")
    remote = analyzer("motives", meridian, "--preview", "--json").data
    assert (remote["privacy"], remote["server"]) == ("pseudonyms", "models.example.com")
    assert "Fergus" not in "".join(one["user"] for one in remote["sendings"])


def test_the_recorded_answers_survive_being_hidden(analyzer: Analyzer, server: ModelServer, meridian: str) -> None:
    """What a reader quotes from the hidden meeting is found in the real one, whatever names stand in it."""
    server.answer = quoting_all
    seen = analyzer("motives", meridian, "--engine", "llm", "--json").data
    assert seen["rejected"] == {}
    quoted = seen["openings"]["shares_context"]
    assert len(quoted) > 50
    assert {e["match"] for e in quoted} == {"exact"}
    assert any("Fergus" in e["quote"] or "Bukola" in e["quote"] for e in quoted)


def quoting_all(asked: Asked) -> Reply:
    """Quotes every turn whole."""
    if asked.task == "judge":
        return obliging(asked)
    lines = (line.split(" | ", 4) for line in asked.material)
    marks = [
        {"turn": int(number), "quote": text, "reason": "said", "strength": "strong", "opening": "shares_context"}
        for number, _, side, _, text in lines
        if side in ("ours", "theirs") and len(text.split()) > 3
    ]
    return says(EMPTY | {"openings": marks})


@pytest.mark.parametrize(
    "command", ["clients", "meetings", "doctor", "usage", "motives meridian", "search tox --client meridian"]
)
def test_no_other_command_sends_anything(analyzer: Analyzer, server: ModelServer, meridian: str, command: str) -> None:
    server.answer = Recorded()
    assert analyzer(*command.split()).code == 0
    assert server.asked == []
