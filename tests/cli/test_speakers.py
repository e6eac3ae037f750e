"""Who speaks, put right: names, several names of one person, single turns; each a revision, each taken back."""

from pathlib import Path

import pytest

from tests.running import Analyzer, Begin

TEXT = """Speaker 1: Shall we begin with what would be different by the summer?
Dana Ortiz: The structure is drawn already. I need my finance chief to hear it from you.
Ortiz, Dana (Acme): I am on the telephone now, sorry, and it is decided anyway.
Speaker 1: So it is decided?
Dana Ortiz: It is decided, yes. What matters is that it comes from outside.
"""


@pytest.fixture
def slug(analyzer: Analyzer, begun: Begin, tmp_path: Path) -> str:
    path = tmp_path / "2026-03-04 Kickoff.txt"
    path.write_text(TEXT, encoding="utf-8")
    begun(__name__, lambda: analyzer("upload", path, "--client", "Acme", "--us", "Speaker 1", "--json").data)
    return "acme-2026-03-04"


def voices(analyzer: Analyzer, slug: str) -> list[tuple[str, str]]:
    return [(t["speaker"], t["side"]) for t in analyzer("show", slug, "--json").data["turns"]]


def words(analyzer: Analyzer, slug: str) -> list[str]:
    return [t["text"] for t in analyzer("show", slug, "--json").data["turns"]]


def test_a_renamed_speaker_keeps_side_and_words(analyzer: Analyzer, slug: str) -> None:
    said = words(analyzer, slug)
    row = analyzer("speakers", "rename", slug, "Speaker 1", "Priya Raman", "--json").data["meetings"][0]
    assert (row["changed"], row["revision"], row["edits"]) == (True, 2, ["Speaker 1 is called Priya Raman"])
    assert voices(analyzer, slug)[0] == ("Priya Raman", "ours")
    assert words(analyzer, slug) == said


def test_names_of_one_person_are_proposed_and_merged_only_when_told(analyzer: Analyzer, slug: str) -> None:
    (row,) = analyzer("speakers", "show", slug, "--json").data["meetings"]
    assert row["one_person"] == [["Dana Ortiz", "Ortiz, Dana (Acme)"]]
    assert f'analyzer speakers merge {slug} "Dana Ortiz" "Ortiz, Dana (Acme)"' in analyzer("speakers", "show", slug).out
    analyzer("speakers", "merge", slug, "Dana Ortiz", "Ortiz, Dana (Acme)")
    assert [name for name, _ in voices(analyzer, slug)] == ["Speaker 1", "Dana Ortiz", "Dana Ortiz", "Speaker 1", "Dana Ortiz"]
    assert analyzer("speakers", "show", slug, "--json").data["meetings"][0]["one_person"] == []


def test_single_turns_go_to_whom_they_are_given(analyzer: Analyzer, slug: str) -> None:
    analyzer("speakers", "assign", slug, "Lou Fry", "1-2", "4")
    assert [name for name, _ in voices(analyzer, slug)] == ["Speaker 1", "Lou Fry", "Lou Fry", "Speaker 1", "Lou Fry"]
    assert voices(analyzer, slug)[1][1] == "unknown"


def test_changes_are_taken_back_one_by_one(analyzer: Analyzer, slug: str) -> None:
    states = [voices(analyzer, slug)]
    for command in (
        ("speakers", "rename", slug, "Speaker 1", "Priya Raman"),
        ("speakers", "assign", slug, "Lou Fry", "4"),
        ("sides", slug, "--mixed", "Lou Fry"),
    ):
        assert analyzer(*command).code == 0
        states.append(voices(analyzer, slug))
    while states:
        assert voices(analyzer, slug) == states.pop()
        undone = analyzer("speakers", "undo", slug)
        assert undone.code == (0 if states else 1)
    assert "nothing was changed" in undone.err


def test_a_shared_microphone_is_set_and_judges_no_sign(analyzer: Analyzer, slug: str) -> None:
    analyzer("sides", slug, "--mixed", "Dana Ortiz", "--mixed", "Ortiz, Dana (Acme)")
    assert {side for _, side in voices(analyzer, slug)} == {"ours", "mixed"}
    assert not any(s["evidence"] for s in analyzer("motives", slug, "--json").data["signs"])


def test_the_index_and_the_readings_follow_the_names(analyzer: Analyzer, slug: str) -> None:
    analyzer("speakers", "rename", slug, "Dana Ortiz", "Ottilie Brandt")
    hits = analyzer("search", "finance chief", "--client", "acme", "--json").data["hits"]
    assert "Ottilie Brandt: The structure" in hits[0]["text"]
    assert next(m for m in analyzer("meetings", "--json").data["meetings"])["readings"] == ["offline"]


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        (("rename", "Nobody", "Lou"), 1, "Nobody"),
        (("rename", "Speaker 1", "Dana Ortiz"), 2, "merge"),
        (("assign", "Lou", "99"), 2, "99"),
        (("assign", "Lou", "x"), 2, "no turn"),
        (("assign", "Lou", "4-2"), 2, "no turn"),
        (("assign", "Lou", "0-99999999999"), 2, "more than any"),
        (("merge", "Dana Ortiz", "Nobody"), 1, "Nobody"),
    ],
)
def test_what_makes_no_sense_is_told_and_changes_nothing(
    analyzer: Analyzer, slug: str, command: tuple[str, ...], code: int, told: str
) -> None:
    verb, *rest = command
    run = analyzer("speakers", verb, slug, *rest)
    assert run.code == code, run.err
    assert told in run.err
    assert analyzer("show", slug, "--json").data["revision"] == 1


def test_a_side_set_by_name_is_not_overruled_by_the_practice(analyzer: Analyzer, slug: str) -> None:
    analyzer("init", "--name", "Raman Studio", "--person", "Dana Ortiz")
    analyzer("sides", slug, "--them", "Dana Ortiz", "--them", "Ortiz, Dana (Acme)")
    assert analyzer("sides", "--from-practice", "--json").data["meetings"] == []
    assert dict(voices(analyzer, slug))["Dana Ortiz"] == "theirs"


def test_a_new_voice_without_a_side_is_told(analyzer: Analyzer, slug: str) -> None:
    run = analyzer("speakers", "assign", slug, "Lou Fry", "1", "--json")
    (told,) = [w["message"] for w in run.json["warnings"] if w["code"] == "side_unknown"]
    assert f'analyzer sides {slug} --them "Lou Fry"' in told


def test_following_the_practice_and_naming_sides_are_two_commands(analyzer: Analyzer, slug: str) -> None:
    assert analyzer("sides", slug, "--mixed", "Dana Ortiz", "--from-practice").code == 2


def test_a_voice_that_is_one_of_ours_by_its_new_name_is_told(analyzer: Analyzer, slug: str) -> None:
    analyzer("init", "--name", "Raman Studio", "--person", "Priya Raman")
    run = analyzer("speakers", "rename", slug, "Dana Ortiz", "Priya Raman", "--json")
    (told,) = [w["message"] for w in run.json["warnings"] if w["code"] == "side_differs"]
    assert f"analyzer sides {slug} --from-practice" in told


def test_a_turn_of_thousands_of_digits_is_no_turn(analyzer: Analyzer, slug: str) -> None:
    assert analyzer("speakers", "assign", slug, "Lou", "9" * 5000).code == 2
