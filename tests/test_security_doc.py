"""The page on security keeps to the truth: its files, modes, commands, options and links are those of the product."""

import re
import shlex
import stat
from pathlib import Path

import pytest

from analyzer import tombstones
from analyzer.cli.main import app
from analyzer.private_files import FILE, FOLDER
from analyzer.usecases import household
from analyzer.usecases.forget_person import LIMITS
from tests.cli.test_docs import commands
from tests.running import ROOT, Analyzer

PAGE = ROOT / "docs" / "security.md"
LINES = PAGE.read_text(encoding="utf-8")
TEXT = " ".join(LINES.split())
FILES = LINES.split("## What lies where")[1].split("\n## ")[0]
MENTIONED = sorted({words for words in re.findall(r"`analyzer ([^`]+)`", TEXT) if not words.startswith("-")})


def test_everything_that_lies_in_a_home_stands_on_the_page(analyzer: Analyzer, two_clients: Path) -> None:
    analyzer("search", "the board", "--client", "northgate")
    analyzer("forget", "meridian-biotech-2025-11-12", "--yes")
    there = {path.name for path in two_clients.iterdir()} | {path.name for path in (two_clients / "index").glob("*/*")}
    assert len(there) > 5
    for name in there:
        known = re.sub(r"(-wal|-shm|-\d+)$", "", name)
        assert re.search(rf"`{re.escape(known)}(/|-1)?`", FILES), name


def test_the_modes_on_the_page_are_those_of_the_files(two_clients: Path) -> None:
    assert f"Folders are {FOLDER:04o}, files {FILE:04o}" in " ".join(FILES.split())
    assert stat.S_IMODE((two_clients / "record.sqlite3").stat().st_mode) == FILE
    assert stat.S_IMODE((two_clients / "index").stat().st_mode) == FOLDER
    assert f"`{tombstones.FILE_NAME}`" in FILES
    assert f"`{tombstones.LOCK_NAME}`" in FILES


@pytest.mark.parametrize("words", MENTIONED)
def test_every_command_on_the_page_is_one_with_these_options(analyzer: Analyzer, words: str) -> None:
    names = sorted((name for name in commands(app) if words == name or words.startswith(f"{name} ")), key=len)
    assert names, words
    told = analyzer(*names[-1].split(), "--help").out
    for option in (word for word in shlex.split(words) if word.startswith("-")):
        assert option in told, words


def test_every_link_leads_somewhere() -> None:
    headings = {
        re.sub(r"[^a-z0-9 -]", "", line.lower()).replace(" ", "-") for line in re.findall(r"^#+ (.+)$", LINES, re.MULTILINE)
    }
    links = re.findall(r"\]\(([^)]+)\)", LINES)
    assert links
    for link in links:
        file, _, heading = link.partition("#")
        assert (PAGE.parent / file).is_file() if file else heading in headings, link


def test_what_doctor_sends_people_to_is_this_page_and_says_it() -> None:
    assert ROOT / household.GUIDE == PAGE
    for said in ("FileVault", "BitLocker", "LUKS", "OneDrive", "Obsidian Sync", "wear levelling", "snapshots", "not encrypted"):
        assert said in TEXT


def test_the_limits_of_forgetting_a_person_are_those_that_the_command_tells() -> None:
    limits = TEXT.split("## Forgetting, and its limits")[1].split(" ## ")[0]
    for said in (
        "Nicknames",
        "initials",
        "first name in small letters",
        "Two people of one full name",
        "documents that were written",
    ):
        assert said.casefold() in limits.casefold(), said
    for told in ("nicknames", "initials", "a first name in small letters", "exported"):
        assert told in LIMITS


def test_the_page_speaks_of_files_of_the_project_that_are_there() -> None:
    for name in ("pyproject.toml", "requirements.lock", "examples/"):
        assert f"`{name}`" in TEXT
        assert (ROOT / name).exists(), name
