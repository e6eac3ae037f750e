"""Several processes on one home: each uploads, searches, edits, asks, lists and forgets by chance, and writes down the outcome.

Run by `python -m tests.forked tests.torture.crowd HOME LOG PROCESSES SEED SECONDS ROUNDS`. Each process has a client of its own
and one that all share; it forgets only what it has uploaded itself, so that it knows what a search must find.
"""

import json
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.forked import Done, command

SHARED = "Shared Harbour"
LETTERS = "bcdfghklmnprstvw"
TALK = [
    "Where does the order wait longest, in the yard or at the desk?",
    "The board wants it written down that we looked at it.",
    "I would rather we tried it in one depot for a month.",
    "Then you should ask the shift leads, they know.",
    "We have always done it like that, to be honest.",
    "I will send you the questions by Friday.",
]


def marker(seed: random.Random) -> str:
    """A word that stands nowhere else."""
    return "".join(seed.choice(LETTERS) + seed.choice("aeiou") for _ in range(7))


def talk(seed: random.Random, word: str) -> str:
    """A short meeting that is like no other."""
    lines = [f"{seed.choice(TALK)} That is {marker(seed)} and {marker(seed)} to me." for _ in range(8)]
    lines.insert(4, f"We call it the {word} among ourselves.")
    return "".join(f"{('Dawn Whitlock', 'Priya Raman')[at % 2]}: {line}\n" for at, line in enumerate(lines))


@dataclass
class Worker:
    """One process, with what it has added and not forgotten: the marker word by meeting, and the client of each.

    `renamed` are the meetings in which it gave the client's voice another name.
    """

    home: Path
    name: str
    seed: random.Random
    log: list[dict[str, object]] = field(default_factory=list)
    words: dict[str, tuple[str, str]] = field(default_factory=dict)
    renamed: set[str] = field(default_factory=set)

    def round(self) -> None:
        """One command, and what has to be true after it."""
        moves: list[Callable[[], None]] = (
            [self.upload] * 4 + [self.search] * 2 + [self.edit, self.ask, self.list_all, self.forget, self.forget_client]
        )
        self.seed.choice(moves)()

    def say(self, done: Done, *, wrong: str = "", **more: object) -> None:
        """Write down what a command did; `wrong` is what should not be."""
        crashed = "Traceback" in done.err or done.told is None or done.code not in (0, 1)
        if crashed or done.code:
            more |= {"code": done.code, "error": done.error, "err": done.err[-2000:], "told": done.told}
        self.log.append({"worker": self.name, "at": time.time(), "crashed": crashed, "wrong": wrong, **more})

    def upload(self) -> None:
        client = self.seed.choice([SHARED, f"Own {self.name}"])
        word = marker(self.seed)
        day = f"2025-{self.seed.randrange(1, 13):02}-{self.seed.randrange(1, 28):02}"
        path = self.home.parent / f"{self.name}-{len(self.log)}" / f"{day} {word.title()}.txt"
        path.parent.mkdir()
        path.write_text(talk(self.seed, word), encoding="utf-8")
        reading = [] if self.seed.random() < 0.1 else ["--no-read"]  # one in ten is read
        done = command(self.home, "upload", path, "--client", client, *reading)
        path.unlink()
        rows = done.told["data"]["meetings"] if done.told and done.told.get("data") else []
        added = [row for row in rows if row["status"] == "added"]
        for row in added:
            self.words[row["id"]] = (word, client)
        self.say(done, did="upload", added=[row["id"] for row in added], word=word, wrong="" if added else "not added")
        if added:
            self._look(word, added[0]["id"], client, there=True)

    def search(self) -> None:
        if self.words:
            meeting = self.seed.choice(sorted(self.words))
            word, client = self.words[meeting]
            self._look(word, meeting, client, there=True)

    def edit(self) -> None:
        """Another name for the client's voice: from then on a search tells that one."""
        if self.words:
            meeting = self.seed.choice(sorted(self.words))
            word, client = self.words[meeting]
            self.say(
                command(self.home, "speakers", "rename", meeting, self._voice(meeting), self._voice(meeting, other=True)),
                did="edit",
            )
            self.renamed ^= {meeting}
            self._look(word, meeting, client, there=True)

    def _voice(self, meeting: str, *, other: bool = False) -> str:
        return "Dawn Hale" if (meeting in self.renamed) != other else "Dawn Whitlock"

    def ask(self) -> None:
        if self.words:
            word, client = self.words[self.seed.choice(sorted(self.words))]
            self.say(command(self.home, "ask", f"What do they call the {word}?", "--client", client), did="ask")

    def list_all(self) -> None:
        for what in (("meetings",), ("clients",)):
            done = command(self.home, *what)
            there = {row["id"] for row in done.told["data"].get("meetings", [])} if done.told and done.code == 0 else set()
            missing = self.words.keys() - there if what == ("meetings",) and done.code == 0 else set()
            self.say(done, did=what[0], wrong=f"missing {missing}" if missing else "")

    def forget(self) -> None:
        if self.words:
            meeting = self.seed.choice(sorted(self.words))
            word, client = self.words.pop(meeting)
            self.say(command(self.home, "forget", meeting, "--yes"), did="forget", forgotten=[word])
            self._look(word, meeting, client, there=False)

    def forget_client(self) -> None:
        own = f"Own {self.name}"
        mine = [meeting for meeting, (_, client) in self.words.items() if client == own]
        if mine:
            words = [self.words.pop(meeting)[0] for meeting in mine]
            self.say(command(self.home, "forget", own, "--yes"), did="forget client", forgotten=words)

    def _look(self, word: str, meeting: str, client: str, *, there: bool) -> None:
        """What a search finds right after what was done."""
        done = command(self.home, "search", word, "--client", client)
        if not there and done.error == "not_found":  # its client may be gone with its last meeting
            return
        hits = [hit for hit in done.told["data"]["hits"] if hit["meeting"] == meeting] if done.told and done.code == 0 else []
        wrong = "" if bool(hits) == there or done.code else ("not found" if there else "still found")
        if hits and not any(self._voice(meeting) in hit["speakers"] for hit in hits):
            wrong = wrong or f"found with {[hit['speakers'] for hit in hits]} and not {self._voice(meeting)}"
        self.say(done, did="search", word=word, wrong=wrong)


def main(home: str, log: str, processes: str, seed: str, seconds: str, rounds: str) -> None:
    """Let the crowd in; it ends after so many seconds, or after so many rounds of each where that is not 0."""
    children = []
    for number in range(int(processes)):
        child = os.fork()
        if not child:
            code = 1
            try:
                _live(Worker(Path(home), f"w{number}", random.Random(f"{seed} {number}")), Path(log), float(seconds), int(rounds))  # noqa: S311
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    raise SystemExit(max(map(abs, ends)))


def _live(worker: Worker, log: Path, seconds: float, rounds: int) -> None:
    until = time.monotonic() + seconds
    done = 0
    try:
        while time.monotonic() < until and (not rounds or done < rounds):
            worker.round() if rounds == 0 or done else worker.upload()
            done += 1
    finally:
        told = {"log": worker.log, "there": {meeting: word for meeting, (word, _) in worker.words.items()}}
        (log / f"{worker.name}.json").write_text(json.dumps(told), encoding="utf-8")
