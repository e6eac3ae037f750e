"""Commands that are killed at a random moment, and what has to be true of the home after each."""

import json
import os
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.killed import KILLED, Killer
from tests.running import EXAMPLES, Analyzer
from tests.torture.crowd import marker, talk

DECK = (
    *(["upload"] * 8 + ["replace"] * 2 + ["rename"] * 2 + ["forget"] * 2),
    *("upload and read", "note", "reindex", "forget client", "forget person", "restore", "receive"),
)
"""Which commands are killed, and how often each of so many."""
OLD, NEW = "Dawn Whitlock", "Dawn Hale"
COMMAND = """
import sys
from analyzer.cli.main import main
sys.stdout, sys.stderr = open(out, "w"), open(err, "w")
sys.argv = ["analyzer", *arguments.split("|"), "--json"]
main()
"""


@dataclass
class Toll:
    """How often each kind of command was killed, and how long the longest of a kind took that was not, in seconds."""

    killed: Counter[str] = field(default_factory=Counter)
    longest: dict[str, float] = field(default_factory=dict)


@dataclass
class Victim:
    """A home on which commands are killed. `words` has the marker word of each meeting that is there, by its title.

    `notes` are the words of what was noted and told as kept.
    """

    analyzer: Analyzer
    killer: Killer
    home: Path
    seed: random.Random
    toll: Toll = field(default_factory=Toll)
    words: dict[str, str] = field(default_factory=dict)
    notes: set[str] = field(default_factory=set)

    def kill(self, kind: str) -> None:
        """Kill one command of a kind of DECK, and check what it leaves; where there is no meeting yet, an upload."""
        {
            "upload": self.upload,
            "upload and read": lambda: self.upload(reading=True),
            "replace": self._replace,
            "note": self._note,
            "rename": self._rename,
            "reindex": self._reindex,
            "forget": self._forget,
            "forget client": self._forget_client,
            "forget person": self._forget_person,
            "restore": self._restore,
            "receive": self._receive,
        }[kind if self.words else "upload"]()

    def upload(self, *, reading: bool = False) -> None:
        """Kill an upload: what it told as added is there, and what is there is whole."""
        path, word = self._file()
        options = ("--client", "Northgate", *([] if reading else ["--no-read"]))
        told = self._kill("upload and read" if reading else "upload", "upload", path, *options)
        self.check()
        there = self._row(word.title())
        assert there or not told
        if there:
            self.words[word.title()] = word
            self._check_whole(word)
            assert word.title() in self._found(word)  # by the search alone, before anything else could put it in
            assert not (told and reading) or there["readings"] == ["offline"]
        again = self._data("upload", path, "--client", "Northgate", "--no-read")["meetings"][0]["status"]
        assert again == ("unchanged" if there else "added")
        self.words[word.title()] = word

    def _replace(self) -> None:
        path, word = self._file()
        self._data("upload", path, "--client", "Northgate", "--no-read")
        self.words[word.title()] = word
        later = marker(self.seed)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"Priya Raman: And {later} is what we begin with.\n")
        told = self._kill("replace", "upload", path, "--replace", "--no-read")
        self.check()
        self._check_whole(word)
        if told:
            self._check_whole(word, later)
        again = self._data("upload", path, "--replace", "--no-read")["meetings"][0]["status"]
        assert again in ({"unchanged"} if told else {"unchanged", "replaced"})
        self._check_whole(word, later)
        assert word.title() in self._found(later)

    def _note(self) -> None:
        word = marker(self.seed)
        if self._kill("note", "note", "northgate", f"They said {word}."):
            self.notes.add(word)
        self.check()
        self._check_notes()

    def _rename(self) -> None:
        _, slug = self._any()
        names = self._voices(slug)
        old, new = (OLD, NEW) if OLD in names else (NEW, OLD)
        told = self._kill("rename", "speakers", "rename", slug, old, new)
        self.check()
        assert self._voices(slug) in ({*names} - {old} | {new}, *([] if told else [names]))

    def _reindex(self) -> None:
        self._kill("reindex", "reindex")
        self.check()

    def _forget(self) -> None:
        title, slug = self._any()
        told = self._kill("forget", "forget", slug, "--yes")
        there = self._row(title)
        assert not (told and there)
        if not there:
            self._check_gone(self.words.pop(title))
        self.check()

    def _forget_client(self) -> None:
        path, word = self._file()
        self._data("upload", path, "--client", "Passing Company", "--no-read")
        told = self._kill("forget client", "forget", "Passing Company", "--yes")
        self.check()
        if "passing-company" in {row["slug"] for row in self._data("clients")["clients"]}:
            assert not told
            assert len(self._data("search", word, "--client", "passing-company")["hits"]) == 1
            self._data("forget", "Passing Company", "--yes")
        self._check_gone(word)

    def _forget_person(self) -> None:
        first, last = (marker(self.seed).title() for _ in range(2))
        path, word = self._file(f"{first} {last}: I never said so, but so it is.\n")
        self._data("upload", path, "--client", "Northgate", "--no-read")
        self.words[word.title()] = word
        told = self._kill("forget person", "forget", "--person", f"{first} {last}", "--yes")
        self.check()
        if any(last in name for name in self._voices(self._data_row(word.title())["slug"])):
            assert not told
            self._data("forget", "--person", f"{first} {last}", "--yes")
        self._check_gone(first.lower(), last.lower())
        self._check_whole(word)

    def _restore(self) -> None:
        file = self._beside("backup")
        self._data("backup", file)
        with self._elsewhere() as there:
            told = self._kill("restore", "restore", file, home=there)
            if not self._data("clients")["clients"]:
                assert not told
                self._data("restore", file)
            self.check_all()
        file.unlink()

    def _receive(self) -> None:
        file = self._beside("handed over")
        self._data("handover", "northgate", "-o", file)
        with self._elsewhere() as there:
            shutil.copy(EXAMPLES / "practice.toml", there)
            told = self._kill("receive", "receive", file, home=there)
            if not self._data("clients")["clients"]:
                assert not told
                self._data("receive", file)
            self.check_all()
        file.unlink()

    # What has to be true

    def check(self) -> None:
        """What doctor finds broken has a command that mends it, and after a search that needs its index nothing is broken."""
        failed = self._failed()
        assert [check for check in failed if not check["mend"]] == []
        if self.words:
            word = self.words[self.seed.choice(sorted(self.words))]
            assert word.title() in self._found(word)
        assert not failed or self._failed() == []

    def check_all(self) -> None:
        """Every meeting and note that was told as kept, and not forgotten, is there; each meeting is whole, and found."""
        assert {row["title"] for row in self._data("meetings")["meetings"]} == self.words.keys()
        for title, word in self.words.items():
            self._check_whole(word)
            assert title in self._found(word)
        self._check_notes()
        assert self._failed() == []

    def _check_whole(self, *words: str) -> None:
        row = self._data_row(words[0].title())
        turns = self._data("show", row["slug"])["turns"]
        assert len(turns) == row["turns"]
        said = " ".join(turn["text"] for turn in turns)
        assert [word for word in words if word not in said] == []

    def _check_notes(self) -> None:
        kept = " ".join(note["text"] for note in self._data("note", "northgate")["notes"]) if self.notes else ""
        assert [word for word in self.notes if word not in kept] == []

    def _check_gone(self, *words: str) -> None:
        left = b"\0".join(path.read_bytes().lower() for path in self.home.rglob("*") if path.is_file())
        assert [word for word in words if word.encode() in left or word.encode("utf-16-le") in left] == []

    # What is there

    def _failed(self) -> list[dict[str, str]]:
        return [check for check in self.analyzer("doctor", "--json").json["data"]["checks"] if check["state"] == "fail"]

    def _found(self, word: str) -> set[str]:
        """The titles of the meetings that a search finds."""
        titles = {row["slug"]: row["title"] for row in self._data("meetings")["meetings"]}
        return {titles[hit["slug"]] for hit in self._data("search", word, "--client", "northgate")["hits"]}

    def _row(self, title: str) -> dict[str, Any] | None:
        return next((row for row in self._data("meetings")["meetings"] if row["title"] == title), None)

    def _data_row(self, title: str) -> dict[str, Any]:
        row = self._row(title)
        assert row is not None, title
        return row

    def _any(self) -> tuple[str, str]:
        """The title and the slug of some meeting."""
        title = self.seed.choice(sorted(self.words))
        return title, self._data_row(title)["slug"]

    def _voices(self, slug: str) -> set[str]:
        return {voice["name"] for voice in self._data("speakers", "show", slug)["meetings"][0]["speakers"]}

    def _data(self, *arguments: object) -> Any:
        return self.analyzer(*arguments, "--json").data

    # How it is done

    def _file(self, more: str = "") -> tuple[Path, str]:
        """A new meeting as a file, and the word by which it is known."""
        word = marker(self.seed)
        path = self._beside(f"2025-{self.seed.randrange(1, 13):02}-{self.seed.randrange(1, 28):02} {word.title()}.txt")
        path.write_text(talk(self.seed, word) + more, encoding="utf-8")
        return path, word

    def _beside(self, name: str) -> Path:
        return self.home.parent / name

    @contextmanager
    def _elsewhere(self) -> Iterator[Path]:
        """Another home, which is empty, in the place of this one."""
        other = self._beside("elsewhere")
        other.mkdir(mode=0o700)
        os.environ["ANALYZER_HOME"] = str(other)
        try:
            yield other
        finally:
            os.environ["ANALYZER_HOME"] = str(self.home)
            shutil.rmtree(other)

    def _kill(self, kind: str, *arguments: object, home: Path | None = None) -> bool:
        """Start the command and kill it within the time that it takes; the first of its kind may end.

        Returns whether it told that it had done what was asked.
        """
        out, err = self._beside("out"), self._beside("err")
        out.unlink(missing_ok=True)
        err.unlink(missing_ok=True)
        after = self.seed.uniform(0.0, self.toll.longest[kind]) if kind in self.toll.longest else None
        case = "|".join(map(str, arguments))
        done = self.killer.run(home or self.home, COMMAND, after=after, arguments=case, out=out, err=err)
        if done.ended == KILLED:
            self.toll.killed[kind] += 1
        else:
            self.toll.longest[kind] = max(done.seconds, self.toll.longest.get(kind, 0.0))
        complained = err.read_text(encoding="utf-8") if err.exists() else ""
        assert "Traceback" not in complained, complained
        assert done.ended in (KILLED, 0), complained
        printed = out.read_text(encoding="utf-8") if out.exists() else ""
        return printed.rstrip().endswith("}") and bool(json.loads(printed)["ok"])
