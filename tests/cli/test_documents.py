"""Brief, agenda and recap as a user writes them."""

import os
import re
import struct
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.running import Analyzer
from tests.warm import Warm

AtTerminal = Callable[..., tuple[int, str]]
TALK = "northgate-logistics-2026-02-11"


@pytest.fixture
def at_terminal(warm: Warm) -> AtTerminal:
    return partial(on_terminal, warm)


def on_terminal(warm: Warm, columns: int, *arguments: object, colour: bool = False) -> tuple[int, str]:
    """The exit code of a command and what it prints on a terminal of this width."""
    fcntl = pytest.importorskip("fcntl", reason="pseudo-terminals are POSIX")
    termios = pytest.importorskip("termios", reason="pseudo-terminals are POSIX")
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")}
    own = {"TERM": "xterm-256color"} | ({} if colour else {"NO_COLOR": "1"})
    process = warm.start([*map(str, arguments)], (theirs, theirs, theirs), kept | own)
    os.close(theirs)
    shown = b""
    while True:
        try:
            some = os.read(ours, 65536)
        except OSError:  # Linux ends a pseudo-terminal that nobody holds with an error
            break
        if not some:
            break
        shown += some
    os.close(ours)
    return process.wait(60), shown.decode().replace("\r\n", "\n")


def unstyled(shown: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", shown)


@pytest.mark.usefixtures("two_clients")
def test_a_brief_is_written_to_a_file_and_never_over_one(analyzer: Analyzer, tmp_path: Path) -> None:
    path = tmp_path / "prep.md"
    assert analyzer("brief", "northgate", "-o", path).code == 0
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Northgate Logistics")
    path.write_text("my own notes", encoding="utf-8")
    refused = analyzer("brief", "northgate", "-o", path)
    assert refused.code == 2
    assert "--force" in refused.err
    assert path.read_text(encoding="utf-8") == "my own notes"
    assert analyzer("brief", "northgate", "-o", path, "--force").code == 0
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.usefixtures("two_clients")
def test_a_brief_by_the_offline_engine_tells_who_owes_whom_what(analyzer: Analyzer) -> None:
    owed = analyzer("brief", "northgate", "--date", "2026-03-02").out.partition("## Who owes whom")[2].partition("\n## ")[0]
    assert "- We may owe: Priya Raman: " in owed
    assert "- They may owe: Graham Pell: " in owed
    assert "northgate-logistics-2026-02-11` turn" in owed


@pytest.mark.usefixtures("two_clients")
def test_a_day_beyond_the_calendar_is_a_usage_error(analyzer: Analyzer) -> None:
    assert analyzer("agenda", "northgate", "--date", "9999-12-31").code == 2


def test_the_finished_agenda_is_looked_at_once_more(analyzer: Analyzer, two_clients: Path) -> None:
    """Each item may be told by itself; only the finished text has six words in a row of the private one."""
    practice = two_clients / "practice.toml"
    items = (("From us April has six days free", "never"), ("April has six days free", "all"))
    text = "".join(f'\n[[wants]]\ntext = "{text}"\nshare = "{share}"\n' for text, share in items)
    practice.write_text(f'name = "Raman Studio"\n{text}', encoding="utf-8")
    run = analyzer("agenda", "northgate", "--json")
    assert run.code == 1
    assert run.json["error"]["code"] == "leak"
    assert "data" not in run.json


@pytest.mark.usefixtures("two_clients")
def test_minutes_add_up(analyzer: Analyzer) -> None:
    for minutes in (15, 45, 60, 90):
        data = analyzer("agenda", "northgate", "--minutes", minutes, "--json").data
        assert sum(item["minutes"] for item in data["items"]) == data["minutes"] == minutes


def test_another_client_is_named_in_no_agenda(analyzer: Analyzer, two_clients: Path) -> None:
    practice = two_clients / "practice.toml"
    item = '\n[[wants]]\ntext = "More work like the units at Meridian Biotech"\nshare = "all"\n'
    practice.write_text(practice.read_text(encoding="utf-8") + item, encoding="utf-8")
    own = analyzer("agenda", "meridian").out
    other = analyzer("agenda", "northgate")
    assert "More work like the units at Meridian Biotech" in own
    assert "Meridian" not in other.out
    assert "left out" in other.err


@pytest.mark.usefixtures("two_clients")
def test_no_sign_stands_in_an_agenda(analyzer: Analyzer) -> None:
    from analyzer.signs import SIGNS

    text = analyzer("agenda", "northgate", "--with", "Graham Pell", "--date", "2026-03-02").out.casefold()
    for sign in SIGNS:
        assert sign.title.casefold() not in text
        assert sign.id.value not in text


@pytest.mark.usefixtures("two_clients")
def test_an_agenda_for_nobody_is_a_usage_error(analyzer: Analyzer) -> None:
    assert analyzer("agenda", "northgate", "--with", "").code == 2


@pytest.mark.usefixtures("two_clients")
@pytest.mark.parametrize(("form", "start"), [("md", b"# North"), ("html", b"<!doctype html>"), ("docx", b"PK")])
def test_a_brief_goes_into_a_folder_in_each_format(analyzer: Analyzer, tmp_path: Path, form: str, start: bytes) -> None:
    assert analyzer("brief", "northgate", "--date", "2026-03-09", "--format", form, "-o", tmp_path).code == 0
    data = (tmp_path / f"northgate-logistics-2026-03-09-prep.{form}").read_bytes()
    assert data.lstrip()[: len(start)].lower() == start.lower()


@pytest.mark.usefixtures("two_clients")
def test_the_short_brief_is_twelve_lines_at_most(analyzer: Analyzer) -> None:
    lines = [line for line in analyzer("brief", "northgate", "--short", "--date", "2026-03-02").out.splitlines() if line]
    assert 4 < len(lines) <= 12


@pytest.mark.usefixtures("two_clients")
@pytest.mark.parametrize("columns", [50, 80])
@pytest.mark.parametrize(
    ("command", "heading"),
    [
        (("brief", "northgate", "--date", "2026-03-02"), "Who owes whom"),
        (("brief", "northgate", "--short", "--date", "2026-03-02"), "Before the call"),
        (("agenda", "northgate", "--with", "Graham Pell", "--date", "2026-03-02"), "1. Arriving (5 min)"),
        (("recap", TALK), "Who does what by when"),
    ],
)
def test_a_terminal_shows_a_document_without_marks_of_markdown(
    command: tuple[str, ...], heading: str, columns: int, at_terminal: AtTerminal
) -> None:
    code, shown = at_terminal(columns, *command)
    assert code == 0
    assert f"\n\x1b[1m{heading}\x1b[0m\n" in shown
    lines = unstyled(shown).splitlines()
    assert max(map(len, lines)) <= columns
    assert not re.search(r"(?m)^#|\*\*|`MEETING|\\\\|^- ", "\n".join(lines))
    points = [at for at, line in enumerate(lines) if line.startswith("• ")]
    assert any(lines[at + 1].startswith("  ") for at in points)  # what goes on is set in below the words


@pytest.mark.usefixtures("two_clients")
def test_a_terminal_has_colours_only_where_they_are_wanted(at_terminal: AtTerminal) -> None:
    command = ("brief", "northgate", "--date", "2026-03-02")
    assert "\x1b[36m" in at_terminal(80, *command, colour=True)[1]
    assert "\x1b[36m" not in at_terminal(80, *command)[1]


@pytest.mark.usefixtures("two_clients")
def test_a_terminal_shows_markdown_where_it_is_named(analyzer: Analyzer, at_terminal: AtTerminal) -> None:
    command = ("recap", TALK)
    code, shown = at_terminal(1_000, *command, "--format", "md")
    piped = analyzer(*command)
    assert (code, piped.code) == (0, 0)
    assert piped.out.startswith("# After our talk on 11 Feb 2026")
    assert piped.out in shown


def test_what_a_terminal_shows_of_an_agenda_is_looked_through(two_clients: Path, at_terminal: AtTerminal) -> None:
    practice = two_clients / "practice.toml"
    items = (("From us April has six days free", "never"), ("April has six days free", "all"))
    text = "".join(f'\n[[wants]]\ntext = "{text}"\nshare = "{share}"\n' for text, share in items)
    practice.write_text(f'name = "Raman Studio"\n{text}', encoding="utf-8")
    code, shown = at_terminal(80, "agenda", "northgate")
    assert code == 1
    assert "something private" in shown
    assert "Arriving" not in shown


def test_a_terminal_shows_an_edited_agenda_as_the_person_wrote_it(
    analyzer: Analyzer, two_clients: Path, monkeypatch: pytest.MonkeyPatch, at_terminal: AtTerminal
) -> None:
    own = "# Our talk\n\n## Coffee *first*\n\n- [ ] what is new\n    - and what is not\n"
    script = two_clients / "edit.py"
    script.write_text(f"import sys\nopen(sys.argv[1], 'w', encoding='utf-8').write({own!r})\n", encoding="utf-8")
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
    assert analyzer("agenda", "northgate", "--edit").code == 0
    code, shown = at_terminal(80, "agenda", "northgate")
    assert code == 0
    assert shown.startswith(own)
