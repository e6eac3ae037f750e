"""A home in which random words that are found nowhere else stand in every place that a client's words and names can come to."""

import io
import random
import re
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from analyzer.model.edits import AssignedTurn
from analyzer.model.findings import Outcome
from analyzer.model.person import SaidOutcome
from analyzer.settings import load
from analyzer.workspace import Workspace
from tests.running import EXAMPLES, Run

OTHER = "Meridian Biotech"
DAY = "2026-03-04"
_LETTERS = "bcdfghjkmnpqvwxz"

TALK = [
    ("Priya Raman", "Thanks for the time. How has the pilot gone since we spoke, and who has been using it?"),
    ("{speaker}", "Well enough. The depot managers {word} like it, but finance wants a number before the board meets."),
    ("Priya Raman", "Then I suggest that we count the returns for two weeks, and put that number in front of the board."),
    ("{speaker}", "Good. I will send you the list of depots by Friday, and Graham can open the door for you on Monday."),
    ("Priya Raman", "I will draft the plan by Wednesday, so that you have it before the board meeting in March."),
    ("{speaker}", "The {former} board has decided already, so we need a report that says what it wants to hear."),
    ("Priya Raman", "I would rather report what we find, and help you to make the case for it whatever it turns out to be."),
    ("{speaker}", "Then let us see what you find. There may be two more depots that could use you after the summer."),
]


@dataclass(frozen=True)
class Marked:
    """The home, the words by the place where they were put, and the first meeting of the client."""

    home: Path
    words: dict[str, str]
    client: str
    meeting: str
    of_meeting: tuple[str, ...]
    """The places of words that stand in that meeting alone."""


def command(*arguments: object) -> Run:
    """The command line in this process, in the home that the environment names."""
    from analyzer.cli.main import main

    out, err, argv = io.StringIO(), io.StringIO(), sys.argv
    sys.argv = ["analyzer", *map(str, arguments)]
    try:
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
            main()
    finally:
        sys.argv = argv
    return Run(code=int(ended.value.code or 0), out=out.getvalue(), err=err.getvalue())


def make(home: Path, files: Path, seed: int) -> Marked:
    """A marked home, made by commands alone but for what only a model's answers, or a killed process, would leave."""
    draw = random.Random(seed)  # noqa: S311 words for a test

    def drawn(name: str) -> str:
        word = "zq" + "".join(draw.choice(_LETTERS) for _ in range(10))
        return {"title": f"{word} ä", "umlaut": f"{word}äöü"}.get(name, word.capitalize() if name in NAMES else word)

    words = {name: drawn(name) for name in PLACES}
    home.mkdir(mode=0o700)
    (home / "practice.toml").write_text((EXAMPLES / "practice.toml").read_text(encoding="utf-8"), encoding="utf-8")
    other = min((EXAMPLES / "meridian").iterdir())
    done("upload", other, "--client", OTHER)
    _upload(files, words)
    done("clients", "rename", words["client"], f"{words['renamed']} Freight")
    done("clients", "set", f"{words['merged']} Partners", "--stage", "active", "--new")
    moved = _talk(files, words["merged_file"], {"speaker": "Cleo Marsh", "word": words["moved"]}, other="ers")
    done("upload", moved, "--client", f"{words['merged']} Partners", "--date", "2026-02-11", "--no-read")
    done("clients", "merge", f"{words['merged']} Partners", f"{words['renamed']} Freight")
    client = words["renamed"].lower() + "-freight"
    meeting = f"{client}-{DAY}"
    _say(client, meeting, words)
    _leave_behind(home, files, client, meeting, words)
    return Marked(home=home, words=words, client=client, meeting=meeting, of_meeting=OF_MEETING)


NAMES = ("client", "renamed", "merged", "speaker", "spoken_as")
OF_MEETING = (
    *("speaker", "spoken_as", "word", "former", "title", "amended", "file", "verdict", "outcome", "umlaut"),
    *("cached", "stand_in"),
)
PLACES = (
    *(*NAMES, "word", "former", "umlaut", "title", "amended", "file", "merged_file", "moved", "note", "verdict", "outcome"),
    *("decision", "agenda", "cached", "stand_in", "draft", "half", "document", "copy"),
)


def done(*arguments: object) -> Run:
    """A command that has to succeed."""
    run = command(*arguments)
    assert run.code == 0, (arguments, run.out, run.err)
    return run


def _talk(files: Path, name: str, said: dict[str, str], *, other: str = "") -> Path:
    """A file of the talk; `other` makes another talk of it, word by word."""
    path = files / f"{name}.vtt"
    blanks = {"speaker": "", "word": "", "former": ""} | said
    cues = [
        f"00:{n:02}:00.000 --> 00:{n:02}:20.000\n<v {speaker.format(**blanks)}>{_word_by_word(text, other).format(**blanks)}"
        for n, (speaker, text) in enumerate(TALK)
    ]
    path.write_text("WEBVTT\n\n" + "\n\n".join(cues) + "\n", encoding="utf-8")
    return path


def _word_by_word(text: str, other: str) -> str:
    return re.sub(r"(?<!\{)\b([a-z]{4,})\b", rf"\g<1>{other}", text)


def _upload(files: Path, words: dict[str, str]) -> None:
    """The first meeting, twice: as it was read first, and from another export that took its place; and a second one."""
    said = {"speaker": f"{words['spoken_as']} Doe", "word": f"{words['word']} {words['umlaut']}", "former": words["former"]}
    first = ("--client", words["client"], "--date", DAY)
    done("upload", _talk(files, words["file"], said), *first, "--title", words["title"])
    done("upload", _talk(files, f"{words['file']} again", said | {"former": ""}), *first, "--replace")
    done(
        "upload",
        _talk(files, "second", {"speaker": "Cleo Marsh"}, other="ing"),
        "--client",
        words["client"],
        "--date",
        "2026-03-11",
    )


def _say(client: str, meeting: str, words: dict[str, str]) -> None:
    """What a person says about it, and changes of it."""
    done("speakers", "rename", meeting, f"{words['spoken_as']} Doe", f"{words['speaker']} Doe")
    done("amend", meeting, "--title", words["amended"])
    done("verdict", meeting, "1", "weak", "--note", words["verdict"])
    done("mark", meeting, "--turn", "5", "1")
    done("remember", meeting, "--turn", "1")
    done("note", client, words["note"])
    done("decide", client, "take", "--note", words["decision"])


def _leave_behind(home: Path, files: Path, client: str, meeting: str, words: dict[str, str]) -> None:
    """Documents, an agenda that was edited, a model's answers, drafts, and halves of what was being written."""
    done("brief", client, "-o", home / f"{words['document']}.md")
    done("brief", client, "-o", files / "brief.md")
    done("agenda", client, "-o", files / f"{words['renamed']} agenda.md", "--yes")
    with Workspace(load({}, {"ANALYZER_HOME": str(home)})) as ws:
        whose, head = ws.store.client_called(client), ws.store.meeting_called(meeting)
        assert whose is not None
        assert head is not None
        at = AssignedTurn(ordinal=2, speaker="Priya Raman", text="Then I suggest")
        ws.store.person.keep(
            SaidOutcome(
                meeting=head.id,
                at=at,
                what="count the returns",
                outcome=Outcome.ADOPTED,
                note=words["outcome"],
                date=ws.today,
                made_at=ws.now(),
            )
        )
        kept = ws.store.agendas.of(whose.id)[0]
        ws.store.agendas.set_text(whose.id, kept.number, f"About {words['agenda']}")
        ws.store.keep_cached("answer", [head.id], f"says {words['cached']}")
        other = ws.store.client_called(OTHER)
        assert other is not None
        stand_ins = {f"{words['speaker']} Doe": "Robin Ashby", words["stand_in"]: "mail-1@example.org", "Cleo Marsh": "Kim Berg"}
        ws.store.keep_stand_ins(whose.id, stand_ins)
        ws.store.keep_stand_ins(other.id, {f"{words['speaker']} Doe": "Alex Hale", f"{words['merged']} Partners": "Brook Ltd"})
        drafts = home / "drafts" / whose.id
    drafts.mkdir(parents=True, mode=0o700)
    (drafts / "agenda-123.md").write_text(words["draft"], encoding="utf-8")
    (home / f".{words['half']}.x1.part").write_text(words["half"], encoding="utf-8")
    (home / ".copy-12ab34cd").mkdir(mode=0o700)
    (home / ".copy-12ab34cd" / "record.sqlite3").write_text(words["copy"], encoding="utf-8")


def found(home: Path, words: dict[str, str]) -> dict[str, set[str]]:
    """Where in a home the words stand, by the name of the word: in the bytes of files in any encoding and case, and in names."""
    seen: dict[str, set[str]] = {}
    for path in sorted(home.rglob("*")):
        content = path.read_bytes().lower() if path.is_file() else b""
        told = path.relative_to(home).as_posix()
        for name, word in words.items():
            if any(form in content for form in _forms(word)) or word.lower() in told.lower():
                seen.setdefault(name, set()).add(told)
    return seen


def _forms(word: str) -> Iterator[bytes]:
    for text in {word.lower(), word.lower().partition(" ")[0].rstrip("äöü")}:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            yield text.encode(encoding).lower()
