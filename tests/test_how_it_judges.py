"""The page that explains the verdicts keeps to the truth: its quotes stand where it says, and its commands work."""

import re
import shlex
from pathlib import Path

import pytest

from analyzer.cli.main import app
from analyzer.signs import SIGNS
from tests.cli.test_docs import commands
from tests.running import ROOT, Analyzer

PAGE = ROOT / "docs" / "how-it-judges.md"
TEXT = " ".join(PAGE.read_text(encoding="utf-8").split())
CITED = re.findall(r"“([^”]+)” \((\w+), turn (\d+)\)", TEXT)
SESSION = tuple(re.findall(r"^\$ analyzer (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
MENTIONED = tuple(sorted({*re.findall(r"`analyzer ([^`]+)`", TEXT), *SESSION}))
SLUG = "meridian-biotech-2025-11-12"


@pytest.fixture
def meeting(analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The meeting of the page, uploaded as the page says."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    assert analyzer(*shlex.split(SESSION[0])).code == 0
    return SLUG


def test_every_quote_stands_in_its_turn_and_its_speaker_said_it(analyzer: Analyzer, meeting: str) -> None:
    turns = analyzer("show", meeting, "--json").data["turns"]
    assert len(CITED) > 10
    for quote, name, turn in CITED:
        assert quote in turns[int(turn)]["text"]
        assert turns[int(turn)]["speaker"].startswith(name)


def test_nothing_is_quoted_without_its_place() -> None:
    assert TEXT.count("“") == TEXT.count("”") == len(CITED)


def test_the_sides_are_those_of_the_page(analyzer: Analyzer, meeting: str) -> None:
    sides = {t["speaker"]: t["side"] for t in analyzer("show", meeting, "--json").data["turns"]}
    ours, theirs = re.findall(r"Here (.+?) are ours; (.+?) are theirs", TEXT)[0]
    assert sides == dict.fromkeys(ours.split(" and "), "ours") | dict.fromkeys(theirs.split(" and "), "theirs")


def test_the_signs_stand_in_order_by_their_titles() -> None:
    assert [title for _, title in re.findall(r"(\d)\. \*\*(.+?)\*\*", TEXT)] == [sign.title for sign in SIGNS]


def test_every_reason_to_dismiss_and_level_is_a_real_one() -> None:
    from analyzer.model.findings import Level
    from analyzer.model.person import Because

    listed = re.findall(r"because of (.+?)\. Something was missed", TEXT)[0]
    assert set(re.split(r", | or ", listed)) == {because.value for because in Because}
    assert re.findall(r"- `(\w+)`:", TEXT) == ["strong", "weak", "none", "insufficient"]
    assert {level.value for level in Level} == {"strong", "weak", "none", "insufficient"}


def name_of(words: list[str]) -> str:
    """The command, as it is typed, with which these words begin."""
    known = set(commands(app))
    return next((name for n in (2, 1) if (name := " ".join(words[:n])) in known), words[0])


@pytest.mark.parametrize("command", MENTIONED)
def test_every_command_exists_with_its_options(analyzer: Analyzer, command: str) -> None:
    words = shlex.split(command)
    run = analyzer(*name_of(words).split(), "--help")
    assert run.code == 0, run.err
    for option in (word for word in words if word.startswith("--")):
        assert re.search(rf"{re.escape(option)}\b", run.out), option


def test_options_named_alone_are_those_of_motives(analyzer: Analyzer) -> None:
    options = re.findall(r"`(--[\w-]+)`", TEXT)
    shown = analyzer("motives", "--help").out
    assert options
    assert all(option in shown for option in options)


def test_the_session_runs_and_changes_what_it_says(analyzer: Analyzer, meeting: str) -> None:
    def level() -> str:
        return str(analyzer("motives", meeting, "--json").data["signs"][0]["level"])

    assert level() == "weak"
    told = {}
    for command in SESSION[1:]:
        run = analyzer(*shlex.split(command))
        assert run.code == 0, f"{command}\n{run.out}{run.err}"
        told[command] = (run.out, level())
    verdict, cleared = (told[c] for c in SESSION if c.startswith("verdict"))
    assert "strong" in verdict[0]
    assert (verdict[1], cleared[1]) == ("strong", "weak")


def test_the_offline_reader_does_what_the_page_says(analyzer: Analyzer, meeting: str) -> None:
    sign = analyzer("motives", meeting, "--json").data["signs"][0]
    assert sign["level"] == "weak"
    assert 24 in [e["turn"] for e in sign["evidence"]]


def test_the_pages_that_it_points_to_are_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", TEXT)
    assert links
    assert all((PAGE.parent / link).is_file() for link in links)


def test_the_page_is_short_enough_to_be_read() -> None:
    assert len(TEXT.split()) <= 1_400
