"""Which embedder makes passages searchable, and whose words it may be sent."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.embedding_server import EmbeddingServer
from tests.running import Analyzer, Run

KEY = "sk-very-secret-key"
TOLD = "the passages and your questions go to localhost:"
WAREHOUSE = [
    ("Dawn Whitlock", "Is it going? Then let us begin with who signs off the warehouse, before anybody asks again."),
    ("Priya Raman", "As I have it, Graham signs off what is below ten thousand, and nobody knows about the rest."),
    ("Graham Pell", "That is the long and the short of it. The shift leads bring it to me, and I carry it upstairs."),
    ("Priya Raman", "We came past the new racking at the far end. Was that signed off in the same way?"),
    ("Graham Pell", "Nine to fourteen, new since March. Narrow aisle, that. It went round for seven weeks before it was signed."),
]


@pytest.fixture
def talks(tmp_path: Path) -> list[Path]:
    """Three short meetings of some passages each, about the warehouse; else they have no words in common."""
    files = []
    for month, ending in enumerate(("", "um", "ov"), 1):
        own = [(name, re.sub(r"\b(?!warehouse)([a-z]{3,})\b", rf"\g<1>{ending}", words)) for name, words in WAREHOUSE]
        turns = [f"{name}: {words} That is {month}{'abcdefg'[round_]}." for round_ in range(7) for name, words in own]
        files.append(tmp_path / f"2026-0{month}-17 Warehouse.txt")
        files[-1].write_text("\n\n".join(turns), encoding="utf-8")
    return files


@pytest.fixture
def first(talks: list[Path]) -> Path:
    return talks[0]


@pytest.fixture
def server(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, practice: Path) -> EmbeddingServer:
    """An embeddings server of one's own, and settings that choose it."""
    server = EmbeddingServer(httpserver)
    monkeypatch.setenv("ANALYZER_BASE_URL", server.url)
    monkeypatch.setenv("ANALYZER_API_KEY", KEY)
    monkeypatch.setenv("ANALYZER_RETRIES", "0")
    monkeypatch.setenv("ANALYZER_EMBEDDER", "openai")
    practice.chmod(0o600)
    return server


def upload(analyzer: Analyzer, *files: Path, client: str = "Northgate", read: bool = False) -> Run:
    run = analyzer("upload", *files, "--client", client, *(() if read else ("--no-read",)), "--json")
    assert run.code == 0, run.out
    assert {row["status"] for row in run.data["meetings"]} == {"added"}
    return run


def notices(run: Run) -> dict[str, str]:
    return {told["code"]: told["message"] for told in run.json["warnings"]}


def checks(analyzer: Analyzer) -> dict[str, dict[str, str]]:
    return {check["name"]: check for check in analyzer("doctor", "--json").json["data"]["checks"]}


def slugs(run: Run) -> list[str]:
    return [hit["slug"] for hit in run.data["hits"]]


def test_passages_and_questions_go_to_the_server_that_was_chosen(
    analyzer: Analyzer, server: EmbeddingServer, first: Path
) -> None:
    told = notices(upload(analyzer, first))["words_leave"]
    assert told == f"{TOLD}{server.http.port} (this machine) as they are (embedding model text-embedding-3-small)"
    assert "Dawn Whitlock: " in server.words
    assert server.keys[0] == f"Bearer {KEY}"
    found = analyzer("search", "who signs off the warehouse", "--json")
    assert slugs(found)
    assert server.sent[-1] == ["who signs off the warehouse"]
    assert TOLD in notices(found)["words_leave"]
    shown = checks(analyzer)
    assert {check["state"] for name, check in shown.items() if name != "disk"} == {"ok"}  # whose disk, the test cannot choose
    assert "openai (environment ANALYZER_EMBEDDER), model text-embedding-3-small" in shown["embedder"]["detail"]
    assert "in the box" in shown["bundled embedder"]["detail"]
    assert "nothing leaves" not in shown["engine"]["detail"]


def test_where_words_go_is_told_once_a_command_and_only_where_they_go(
    analyzer: Analyzer, server: EmbeddingServer, talks: list[Path]
) -> None:
    assert analyzer("upload", *talks[:2], "--client", "Northgate").err.count(TOLD) == 1
    sent = len(server.keys)
    for command in ("doctor", "clients", "motives northgate", "brief northgate", "reindex"):
        assert TOLD not in analyzer(*command.split()).err, command
    assert len(server.keys) == sent


@pytest.mark.parametrize(
    ("chosen", "why"),
    [
        ({"ANALYZER_PRIVACY": "pseudonyms"}, 'privacy is "pseudonyms"'),
        ({"ANALYZER_BASE_URL": "https://models.example.com/v1"}, 'privacy is "pseudonyms"'),
        ({"ANALYZER_PROVIDER": "mistralai"}, 'provider = "openai"'),
    ],
)
def test_it_is_refused_unless_words_may_go_as_they_are(
    analyzer: Analyzer, server: EmbeddingServer, monkeypatch: pytest.MonkeyPatch, chosen: dict[str, str], why: str, first: Path
) -> None:
    for name, value in chosen.items():
        monkeypatch.setenv(name, value)
    assert why in notices(upload(analyzer, first))["index_pending"]
    for command in (("search", "warehouse"), ("reindex",)):
        run = analyzer(*command, "--json")
        assert run.code == 1
        assert run.json["error"]["code"] == "settings"
        assert why in run.json["error"]["message"]
        assert 'embedder = "bundled"' in run.json["error"]["hint"]
    assert checks(analyzer)["embedder"]["state"] == "fail"
    assert server.keys == []
    monkeypatch.setenv("ANALYZER_EMBEDDER", "bundled")
    assert slugs(analyzer("search", "warehouse", "--json"))


def test_privacy_that_a_person_set_to_none_lets_it_go_to_any_server(
    analyzer: Analyzer, server: EmbeddingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANALYZER_BASE_URL", "https://models.example.com/v1")
    monkeypatch.setenv("ANALYZER_PRIVACY", "none")
    assert "go to models.example.com" in checks(analyzer)["embedder"]["detail"]


def test_nothing_of_a_client_that_is_kept_offline_is_sent(
    analyzer: Analyzer, server: EmbeddingServer, first: Path, talks: list[Path]
) -> None:
    upload(analyzer, first)
    analyzer("clients", "set", "northgate", "--offline-only")
    server.sent.clear()
    stale = analyzer("search", "warehouse", "--json").json["error"]
    assert "text-embedding-3-small@localhost" in stale["message"]
    assert "analyzer reindex" in stale["hint"]
    assert analyzer("reindex", "northgate").code == 0
    upload(analyzer, talks[1])
    assert slugs(analyzer("search", "who signs off the warehouse", "--json"))
    assert analyzer("ask", "Who signs off the warehouse?").code == 0
    assert server.sent == []


def test_a_meeting_that_is_moved_takes_its_vectors_along_but_not_to_a_client_that_is_kept_offline(
    analyzer: Analyzer, server: EmbeddingServer, first: Path, talks: list[Path]
) -> None:
    upload(analyzer, first)
    slug = analyzer("meetings", "--json").data["meetings"][0]["slug"]
    upload(analyzer, talks[1], client="Meridian")
    server.sent.clear()
    moved = analyzer("move", slug, "Meridian", "--json")
    assert (moved.code, moved.json["warnings"]) == (0, [])
    assert server.sent == []
    analyzer("clients", "undo")
    analyzer("clients", "set", "meridian", "--offline-only")
    analyzer("reindex", "meridian")
    assert analyzer("move", slug, "Meridian", "--json").json["warnings"] == []
    assert len(set(slugs(analyzer("search", "who signs off", "--client", "meridian", "-k", "100", "--json")))) == 2
    assert server.sent == []


def test_reindex_changes_from_one_embedder_to_the_other_and_back(
    analyzer: Analyzer, server: EmbeddingServer, monkeypatch: pytest.MonkeyPatch, first: Path
) -> None:
    monkeypatch.setenv("ANALYZER_EMBEDDER", "bundled")
    upload(analyzer, first)
    bundled = analyzer("search", "who signs off the warehouse", "--json").data["hits"]
    for embedder, other in (("openai", "minilm-l6-int8"), ("bundled", "text-embedding-3-small@localhost")):
        monkeypatch.setenv("ANALYZER_EMBEDDER", embedder)
        run = analyzer("search", "who signs off the warehouse")
        assert run.code == 1
        assert run.err.count("\n") == 1
        assert f"made with the embedder {other}" in run.err
        assert "`analyzer reindex`" in run.err
        assert "reindex" in checks(analyzer)["index of northgate"]["mend"]
        assert analyzer("reindex", "--json").data["embedded"] > 2
        assert slugs(analyzer("search", "who signs off the warehouse", "--json"))
    assert analyzer("search", "who signs off the warehouse", "--json").data["hits"] == bundled
    assert server.sent


@pytest.mark.parametrize(("status", "what"), [(401, "refused the key"), (429, "asks to wait"), (500, "failed")])
def test_a_failure_leaves_what_was_uploaded_and_heals(
    analyzer: Analyzer, server: EmbeddingServer, status: int, what: str, first: Path
) -> None:
    server.status, server.said = status, f"not with {KEY}"
    run = upload(analyzer, first, read=True)
    assert f"stored but not yet searchable: localhost:{server.http.port} {what} (HTTP {status})" in notices(run)["index_pending"]
    assert run.data["meetings"][0]["read_by"] == "offline"
    search = analyzer("search", "warehouse")
    assert (search.code, KEY in run.out + run.err + search.out + search.err) == (1, False)
    assert len([line for line in search.err.splitlines() if line.startswith("error: ")]) == 1
    assert "Traceback" not in search.err
    server.status = 200
    assert slugs(analyzer("search", "warehouse", "--json"))
    assert "pending" not in checks(analyzer)


def test_a_key_that_is_missing_is_told_before_anything_is_sent(
    analyzer: Analyzer, server: EmbeddingServer, monkeypatch: pytest.MonkeyPatch, first: Path
) -> None:
    monkeypatch.delenv("ANALYZER_API_KEY")
    monkeypatch.setenv("ANALYZER_BASE_URL", "https://models.example.com/v1")
    monkeypatch.setenv("ANALYZER_PRIVACY", "none")
    run = upload(analyzer, first)
    assert "there is no key for models.example.com" in notices(run)["index_pending"]
    assert "`analyzer key set`" in notices(run)["index_pending"]
    assert "words_leave" not in notices(run)


def test_a_reindex_that_the_server_cuts_short_is_finished_by_the_next_search(
    analyzer: Analyzer, server: EmbeddingServer, home: Path, talks: list[Path]
) -> None:
    upload(analyzer, *talks)
    shutil.rmtree(home / "index")
    server.answers = 1
    assert "failed (HTTP 500)" in analyzer("reindex").err
    server.answers = 1000
    assert len(set(slugs(analyzer("search", "warehouse", "-k", "200", "--json")))) == 3


def test_an_index_that_an_earlier_version_made_is_made_anew_by_the_next_search(
    analyzer: Analyzer, home: Path, first: Path
) -> None:
    upload(analyzer, first)
    question = ("search", "who signs off the warehouse", "--json")
    before = analyzer(*question)
    (kept,) = home.glob("index/*/passages.sqlite3")
    for name, value in (("format", "1"), ("embedder", "minilm-l6-int8:000000000000")):
        with closing(sqlite3.connect(kept)) as made, made:
            made.execute("UPDATE meta SET value = ? WHERE name = ?", (value, name))
        check = checks(analyzer)["index of northgate"]
        assert (check["state"], "reindex" in check["mend"]) == ("fail", True)
        after = analyzer(*question)
        assert notices(after) == {"index_renewed": "an earlier version made the search index: it is made anew from the record"}
        assert after.data["hits"] == before.data["hits"]
        assert analyzer(*question).json["warnings"] == []
        assert checks(analyzer)["index of northgate"]["state"] == "ok"
