"""The private brief as a user asks for it."""

from pathlib import Path

import pytest

from tests.running import Analyzer

NEXT = "2026-03-02"


@pytest.mark.usefixtures("two_clients")
def test_a_brief_for_a_past_day_counts_nothing_that_came_later(analyzer: Analyzer) -> None:
    analyzer("note", "northgate", "The pack came by post.", "--date", "2026-02-20")
    data = analyzer("brief", "northgate", "--date", "2025-12-01", "--json").data
    assert (data["cadence"]["meetings"], data["read"]["meetings"]) == (2, 2)
    assert [point["slug"] for point in data["stance"]["path"]] == [
        "northgate-logistics-2025-09-17",
        "northgate-logistics-2025-11-20",
    ]
    assert "Yusuf Demir" not in {person["name"] for person in data["people"]}
    assert data["notes"] == []
    text = analyzer("brief", "northgate", "--date", "2025-12-01").out
    assert "2026-02-11" not in text
    assert "Feb 2026" not in text
    assert "The pack came by post." in analyzer("brief", "northgate", "--date", NEXT).out


@pytest.mark.usefixtures("two_clients")
def test_before_the_first_meeting_nothing_is_known(analyzer: Analyzer) -> None:
    run = analyzer("brief", "northgate", "--date", "2025-09-01")
    assert run.code == 0
    assert "gap: nothing is read yet." in run.out


@pytest.mark.usefixtures("two_clients")
def test_the_numbers_are_those_that_the_other_commands_tell(analyzer: Analyzer) -> None:
    brief = analyzer("brief", "northgate", "--date", NEXT, "--json").data
    motives = analyzer("motives", "northgate", "--json").data
    meetings = analyzer("meetings", "northgate", "--json").data["meetings"]
    turns = sum(row["turns"] for row in meetings)
    assert brief["read"]["meetings"] == brief["read"]["meetings_read"] == len(meetings) == motives["meetings_read"]
    assert brief["read"]["turns"] == brief["read"]["turns_read"] == turns
    assert len(brief["ledger"]) == len(motives["recommendations"])
    promised = [row for row in motives["commitments"] if row["status"] not in ("done", "dropped")]
    assert sum(len(side) for side in brief["promises"].values()) == len(promised)
    opened = {kind: found for kind, found in motives["openings"].items() if kind != "shares_context" and found}
    assert sorted(row["heard"] for row in brief["openings"]) == sorted(map(len, opened.values()))
    assert all(len(row["quotes"]) + row["taken_up"] == row["heard"] for row in brief["openings"])
    shared = motives["openings"]["shares_context"]
    for side in ("ours", "theirs"):
        assert brief["openness"][side] == len({e["meeting"] for e in shared if e["side"] == side})
    for share in brief["talk_shares"]:
        said = analyzer("show", share["slug"], "--json").data["turns"]
        for side in ("ours", "theirs"):
            assert share[side] == sum(len(turn["text"].split()) for turn in said if turn["side"] == side)


@pytest.mark.usefixtures("two_clients")
def test_every_quote_is_said_where_it_stands(analyzer: Analyzer) -> None:
    said: dict[str, list[dict[str, str]]] = {}

    def quotes(value: object) -> list[dict[str, object]]:
        if isinstance(value, dict):
            here = [value] if {"text", "slug", "turn", "match"} <= set(value) else []
            return here + [quote for part in value.values() for quote in quotes(part)]
        return [quote for part in value for quote in quotes(part)] if isinstance(value, list) else []

    found = quotes(analyzer("brief", "northgate", "--date", NEXT, "--json").data)
    assert len(found) > 20
    for quote in found:
        slug, turn = str(quote["slug"]), int(str(quote["turn"]))
        if slug not in said:
            said[slug] = analyzer("show", slug, "--json").data["turns"]
        assert str(quote["text"]) in said[slug][turn]["text"]
        assert quote["speaker"] == said[slug][turn]["speaker"]


@pytest.mark.usefixtures("two_clients")
def test_the_short_brief_has_twelve_lines_and_says_what_is_not_read(analyzer: Analyzer, tmp_path: Path) -> None:
    call = tmp_path / "2026-02-25 Call.txt"
    call.write_text("Priya Raman: Did the pack come?\nGraham Pell: It came, and thank you for it.\n" * 3, encoding="utf-8")
    assert analyzer("upload", call, "--client", "Northgate Logistics", "--no-read").code == 0
    run = analyzer("brief", "northgate", "--short", "--date", NEXT)
    lines = [line for line in run.out.splitlines() if line.strip()]
    assert len(lines) <= 12
    assert lines[0] == "# Northgate Logistics, 2 Mar 2026"
    assert lines[3] == "- **Last met:** 25 Feb 2026, 5 days ago. Not read, 1 meeting: `northgate-logistics-2026-02-25`."
    for wanted in ("We may owe", "They may owe", "Changed", "Listen for", "Ask", "As partners"):
        assert any(line.startswith(f"- **{wanted}:") for line in lines)
    assert "1 of 4 meetings of Northgate Logistics are not read" in run.err
    meetings = analyzer("meetings", "northgate", "--json").data["meetings"]
    assert meetings[-1]["readings"] == []


@pytest.mark.usefixtures("two_clients")
def test_a_prospect_gets_the_brief_of_the_first_talk_and_a_decision_is_held_against_what_came(analyzer: Analyzer) -> None:
    assert analyzer("clients", "set", "meridian-biotech", "--stage", "prospect").code == 0
    first = analyzer("brief", "meridian-biotech", "--date", "2026-05-09").out
    assert "The first talk: still to ask" in first
    decided = analyzer("decide", "meridian-biotech", "take-with-conditions", "--note", "If Ruth joins.", "--date", "2026-01-10")
    assert decided.code == 0
    later = analyzer("brief", "meridian-biotech", "--date", "2026-05-09").out
    assert "Take with conditions" in later
    assert "If Ruth joins." in later
    assert "What you decided" not in analyzer("brief", "meridian-biotech", "--date", "2026-01-09").out


@pytest.mark.usefixtures("two_clients")
def test_what_a_person_remembers_stands_in_the_brief_until_it_is_forgotten(analyzer: Analyzer) -> None:
    assert "To remember" not in analyzer("brief", "northgate", "--date", NEXT).out
    assert analyzer("remember", "northgate-logistics-2026-02-11", "--turn", 63).code == 0
    data = analyzer("brief", "northgate", "--date", NEXT, "--json").data
    assert [(quote["slug"], quote["turn"]) for quote in data["remembered"]] == [("northgate-logistics-2026-02-11", 63)]
    assert "To remember" in analyzer("brief", "northgate", "--date", NEXT).out
    assert analyzer("brief", "northgate", "--date", "2026-01-02", "--json").data["remembered"] == []


@pytest.mark.usefixtures("two_clients")
def test_words_of_a_confidential_meeting_are_marked(analyzer: Analyzer) -> None:
    slug = "northgate-logistics-2026-02-11"
    plain = analyzer("brief", "northgate", "--date", NEXT).out
    assert "said in confidence" not in plain
    assert analyzer("amend", slug, "--confidential").code == 0
    marked = analyzer("brief", "northgate", "--date", NEXT).out
    assert "said in confidence, Dawn Whitlock, Yusuf Demir, Graham Pell" in marked


def test_a_prospect_nobody_has_met_yet_gets_the_brief_of_the_first_talk(analyzer: Analyzer, practice: Path) -> None:
    assert "--new makes one" in analyzer("clients", "set", "Quayle Foods", "--stage", "prospect").err
    assert analyzer("clients", "set", "Quayle Foods", "--stage", "prospect", "--new").code == 0
    told = analyzer("brief", "quayle-foods").out
    assert "## The first talk: still to ask" in told
    assert "nothing is read yet" in told
