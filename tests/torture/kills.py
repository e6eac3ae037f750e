"""Commands that are killed at a random moment, and what has to be true of the home after each."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.forked import ROOT
from tests.running import Analyzer
from tests.torture.crowd import marker, talk

OLD, NEW = "Dawn Whitlock", "Dawn Hale"


@dataclass
class Victim:
    """A home on which commands are killed. `words` has the marker word of each meeting that is there, by its title.

    `longest` is how long the longest command of a kind took so far, in seconds: it is killed somewhere within that.
    """

    analyzer: Analyzer
    home: Path
    seed: random.Random
    words: dict[str, str] = field(default_factory=dict)
    longest: dict[str, float] = field(default_factory=dict)
    killed: int = 0

    def upload(self, *, reading: bool) -> None:
        """Kill an upload: what it told as added is there, and what is there is whole."""
        word = marker(self.seed)
        path = self.home.parent / f"2025-{self.seed.randrange(1, 13):02}-{self.seed.randrange(1, 28):02} {word.title()}.txt"
        path.write_text(talk(self.seed, word), encoding="utf-8")
        told = self._kill(
            "read" if reading else "upload", "upload", path, "--client", "Northgate", *([] if reading else ["--no-read"])
        )
        self.check()
        there = {row["title"] for row in self._data("meetings")["meetings"]}
        if told and told["ok"]:
            assert word.title() in there
        if word.title() in there:
            self.words[word.title()] = word
            self._check_whole(word)
        again = self._data("upload", path, "--client", "Northgate", "--no-read")["meetings"][0]["status"]
        assert again == ("unchanged" if word.title() in there else "added")
        self.words[word.title()] = word
        path.unlink()

    def other(self) -> None:
        """Kill a command that changes what is there already: it is done, or it is not."""
        title = self.seed.choice(sorted(self.words))
        slug = next(row["slug"] for row in self._data("meetings")["meetings"] if row["title"] == title)
        kind = self.seed.choice(["note", "rename", "reindex", "forget"])
        if kind == "note":
            word = marker(self.seed)
            told = self._kill(kind, "note", "northgate", f"They said {word}.")
            self.check()
            assert not told or any(word in note["text"] for note in self._data("note", "northgate")["notes"])
        elif kind == "rename":
            names = {voice["name"] for voice in self._data("speakers", "show", slug)["meetings"][0]["speakers"]}
            old, new = (OLD, NEW) if OLD in names else (NEW, OLD)
            told = self._kill(kind, "speakers", "rename", slug, old, new)
            self.check()
            now = {voice["name"] for voice in self._data("speakers", "show", slug)["meetings"][0]["speakers"]}
            assert now in ({*names} - {old} | {new}, *([] if told else [names]))
        elif kind == "reindex":
            self._kill(kind, "reindex")
            self.check()
        else:
            told = self._kill(kind, "forget", slug, "--yes")
            there = title in {row["title"] for row in self._data("meetings")["meetings"]}
            assert not (told and there)
            self.check()
            if not there:
                word = self.words.pop(title)
                left = b"\0".join(path.read_bytes().lower() for path in self.home.rglob("*") if path.is_file())
                assert word.encode() not in left
                assert word.encode("utf-16-le") not in left

    def check(self) -> None:
        """Nothing that was told as added is gone, each is found, and doctor finds nothing broken."""
        failed = [c for c in self.analyzer("doctor", "--json").json["data"]["checks"] if c["state"] == "fail"]
        assert [c for c in failed if not c["mend"]] == []
        if self.words:
            word = self.words[self.seed.choice(sorted(self.words))]
            assert word.title() in self._found(word)
            failed = [c for c in self.analyzer("doctor", "--json").json["data"]["checks"] if c["state"] == "fail"]
        assert failed == []

    def check_all(self) -> None:
        """Every meeting that was added and not forgotten is there, whole, and found."""
        for title, word in self.words.items():
            assert title in self._found(word)

    def _found(self, word: str) -> set[str]:
        """The titles of the meetings that a search finds."""
        titles = {row["slug"]: row["title"] for row in self._data("meetings")["meetings"]}
        return {titles[hit["slug"]] for hit in self._data("search", word, "--client", "northgate")["hits"]}

    def _check_whole(self, word: str) -> None:
        meeting = next(row for row in self._data("meetings")["meetings"] if row["title"] == word.title())
        shown = self._data("show", meeting["slug"])
        assert len(shown["turns"]) == meeting["turns"]
        assert word in " ".join(turn["text"] for turn in shown["turns"])

    def _data(self, *arguments: object) -> Any:
        return self.analyzer(*arguments, "--json").data

    def _kill(self, kind: str, *arguments: object) -> dict[str, bool] | None:
        """Start the command and kill it; what it had told by then, None for nothing. The first of its kind may end."""
        with tempfile.TemporaryFile("w+") as out:
            began = time.monotonic()
            process = subprocess.Popen(
                [sys.executable, "-m", "analyzer", *map(str, arguments), "--json"],
                cwd=ROOT,
                env={**os.environ, "ANALYZER_HOME": str(self.home)},
                stdout=out,
                stderr=subprocess.PIPE,
                text=True,
            )
            try:
                _, err = process.communicate(timeout=self.seed.uniform(0.0, self.longest[kind]) if kind in self.longest else None)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                _, err = process.communicate()
            took = time.monotonic() - began
            if process.returncode != -signal.SIGKILL:
                self.longest[kind] = max(took, self.longest.get(kind, 0.0))
            else:
                self.killed += 1
            assert "Traceback" not in err, err
            out.seek(0)
            printed = out.read()
        return json.loads(printed) if printed.rstrip().endswith("}") else None
