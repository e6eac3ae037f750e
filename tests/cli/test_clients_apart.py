"""Whatever is filed, moved, merged, taken back or lost in between: what is found or asked of a client is of that client alone.

Asked of the use cases that the commands call: they answer many hundred questions in the time of a few commands.
"""

import datetime as dt
import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from analyzer.errors import NeedsClient, NotFound, UsageError
from analyzer.model.insight import Answer, Hits
from analyzer.settings import load
from analyzer.usecases import filing, find
from analyzer.usecases.batch import UploadOptions
from analyzer.usecases.incoming import gather
from analyzer.usecases.looking import Said
from analyzer.usecases.scope import Scope
from analyzer.usecases.session import Session
from analyzer.usecases.upload import upload
from analyzer.workspace import Workspace

CLIENTS = ("Aster Mills", "Birch Rail", "Cedar Labs")
NOBODY = "-"
VOICES = ("Ines Duarte", "Howard Pell", "Petra Lund", "Malik Osei")
SAID = {  # with a question that it answers
    "The lantern boat leaves at dusk on Friday.": "When does the lantern boat leave?",
    "Our saffron supplier wants to be paid before the harvest.": "When does our saffron supplier want to be paid?",
    "The clock in the foundry runs nine minutes late.": "How late does the clock in the foundry run?",
    "We counted the beehives twice this week.": "How often did we count the beehives?",
    "Her cello was left in the night train to Ghent.": "Where was her cello left?",
    "The glacier survey needs two more tents and a doctor.": "What does the glacier survey need?",
}
EVERYBODY_SAYS = "The budget for the roof was signed on Monday."  # in every meeting of every client, word by word
RECALLING = "and when was that?"
FOLLOWING = (
    "who said that?",
    "and the second one?",
    "what about Petra?",
    "and in that meeting?",
    "and in the meeting before?",
    "and who was there?",
    "why?",
    "When did we last meet?",
    "Which meetings are there?",
    "What about Birch?",
    "What did Cedar Labs say about the budget?",
)


class Office:
    """The product with a home of its own, and beside it what should be true of that home."""

    def __init__(self, ws: Workspace, folder: Path) -> None:
        self.ws = ws
        self.folder = folder
        self.said: dict[str, str] = {}  # in each meeting, by its id
        self.whose: dict[str, str] = {}  # the client of each meeting that there is
        self.sessions: dict[str, Session] = {}
        self.answers = 0  # that quote something

    def add(self, client: str, day: int, voices: Iterable[str]) -> None:
        (asker, teller), said = voices, list(SAID)[len(self.said)]
        file = self.folder / f"{len(self.said)}.txt"
        lines = (asker, "Good morning. Shall we begin?"), (teller, said), (asker, "So noted."), (teller, EVERYBODY_SAYS)
        file.write_text("\n\n".join(f"{voice}: {words}" for voice, words in lines), encoding="utf-8")
        told = Said(client=client, date=dt.date(2026, 3, day), us=(asker,))
        (row,) = upload(self.ws, gather([file]), UploadOptions(said=told, read=False)).meetings
        assert row.id is not None
        self.said[row.id] = said
        self.follow()

    def move(self, at: int, client: str) -> None:
        meeting = self.some(at)
        if self.whose[meeting] != client:
            filing.move(self.ws, meeting, client, new=client != NOBODY)

    def merge(self, at: int, client: str) -> None:
        one = self.whose[self.some(at)]
        if one not in (client, NOBODY) and client in self.whose.values():
            filing.merge(self.ws, one, client)

    def undo(self, at: int, client: str) -> None:
        if self.whose[self.some(at)] != client:
            self.move(at, client)
            filing.undo(self.ws)

    def lose(self, at: int, _: str) -> None:
        """The record forgets the meeting and the index does not, as after an older copy of the record was put back."""
        if len(self.whose) > 1:
            with closing(sqlite3.connect(self.folder / "home" / "record.sqlite3")) as record:
                record.execute("PRAGMA foreign_keys = ON")
                record.execute("DELETE FROM meetings WHERE id = ?", (self.some(at),))
                record.commit()

    def follow(self) -> None:
        """What the record, which other tests look after, has now."""
        self.whose = {head.id: head.client_name or NOBODY for head in self.ws.store.meetings()}

    def some(self, at: int) -> str:
        """One of the meetings that there are."""
        return list(self.whose)[at % len(self.whose)]

    def look(self, at: int, only: Scope) -> None:
        """Search of each client, of two, of all and in one meeting, in the very words of one meeting; one of these is asked."""
        words, meeting = self.said[self.some(at)], self.some(at + 1)
        filed = sorted(set(self.whose.values()) - {NOBODY})
        first = filed[0]
        scopes = [(replace(only, client=client), {client}) for client in filed]
        scopes += [(replace(only, client=first, also=(client,)), {first, client}) for client in filed[1:]]
        scopes += [(replace(only, client=client, meeting=meeting), {client}) for client in filed]
        scopes.append((replace(only, all_clients=True), set(filed)))
        for scope, clients in scopes:
            self.found(words, scope, clients)
        self.answered(SAID[words], *scopes[at % len(scopes)])

    def found(self, words: str, scope: Scope, clients: set[str]) -> None:
        theirs = self.of(clients, scope)
        try:
            hits = find.search(self.ws, words, scope, 50)
        except (NotFound, UsageError):
            assert scope.meeting
            assert not theirs
            return
        assert self.told_of(hits, [hit.text for hit in hits.hits]) <= theirs
        if not (scope.since or scope.until or scope.speaker or scope.side):
            assert {hit.meeting for hit in hits.hits} == theirs
            assert {said for said in SAID if said in str(hits.hits)} == {self.said[meeting] for meeting in theirs}

    def answered(self, words: str, scope: Scope, clients: set[str]) -> None:
        if theirs := self.of(clients, scope):
            assert self.told_of_answer(find.ask(self.ws, words, scope)) <= theirs

    def of(self, clients: set[str], scope: Scope) -> set[str]:
        """The meetings of which something may be told."""
        return {meeting for meeting, whose in self.whose.items() if whose in clients and scope.meeting in (None, meeting)}

    def talk(self, at: int, following: Sequence[str]) -> None:
        """Ask of a client in a session of its own, which goes on while the record changes, and in two that go through all.

        Of these one is turned to the client, and the other told its name in a question.
        """
        client, question = self.whose[self.some(at)], SAID[self.said[self.some(at)]]
        if client == NOBODY:
            return
        kept = self.sessions.setdefault(client, Session(self.ws, Scope(client=client)))
        turning = self.sessions.setdefault("turning", Session(self.ws, Scope(client=client)))
        turning.about(client)
        for asked in (RECALLING, *following, question, RECALLING):
            self.asked(kept, asked, client)
        for asked in (RECALLING, *following, question):
            self.asked(turning, asked, client)
        naming = self.sessions.setdefault("naming", Session(self.ws, Scope()))
        self.asked(naming, f"At {client}: {question}", client)
        for asked in (*following, RECALLING):
            client = next((one for one in CLIENTS if one.split()[0] in asked and one in self.whose.values()), client)
            self.asked(naming, asked, client)

    def asked(self, session: Session, question: str, client: str) -> None:
        try:
            told = session.ask(question)
        except (NeedsClient, UsageError):  # it turned to a client that is not to be told of, or that is none any longer
            return
        if told.answer is not None:
            self.answers += told.answer.answered and not told.answer.by
            assert self.told_of_answer(told.answer) <= self.of({client}, Scope())

    def told_of_answer(self, answer: Answer) -> set[str]:
        return self.told_of(answer, [answer.answer, *(hit.text for hit in answer.nearest), *(e.quote for e in answer.citations)])

    def told_of(self, result: Hits | Answer, shown: list[str]) -> set[str]:
        """The ids of all meetings of which a result tells anything: by id, by name, or in the words that are shown."""
        told, words = str(result), str(shown)
        names = {head.id: f"'{head.slug}'" for head in self.ws.store.meetings()}
        return {m for m in self.said if m in told or names.get(m, m) in told or self.said[m] in words}


days, places = st.integers(1, 28), st.integers(0, len(SAID))
meetings = st.tuples(st.sampled_from(CLIENTS), days, st.permutations(VOICES).map(lambda names: names[:2]))
changes = st.tuples(
    st.sampled_from([Office.move, Office.move, Office.merge, Office.undo, Office.lose]),
    places,
    st.sampled_from((*CLIENTS, NOBODY)),
)
filters = st.builds(
    Scope,
    since=st.none() | days.map(lambda day: dt.date(2026, 3, day)),
    until=st.none() | days.map(lambda day: dt.date(2026, 3, day)),
    speaker=st.none() | st.sampled_from(VOICES).map(lambda name: name.split()[0]),
    side=st.none() | st.sampled_from(["ours", "theirs"]),
)
followed = st.lists(st.sampled_from(FOLLOWING), min_size=1, max_size=2)


@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # to make a failing example smaller takes minutes
    suppress_health_check=list(HealthCheck),
)
@given(
    st.lists(meetings, min_size=4, max_size=len(SAID), unique_by=lambda one: one[1]),
    st.lists(st.tuples(changes, places, filters, followed), min_size=2, max_size=4),
)
def test_nothing_of_another_client_comes_back(tmp_path: Path, begun: Any, then: Any) -> None:
    folder = tmp_path / uuid4().hex
    folder.mkdir()
    os.environ["ANALYZER_HOME"] = str(folder / "home")  # put back at the end by the fixture that set it
    with Workspace(load()) as ws:
        office = Office(ws, folder)
        for meeting in begun:
            office.add(*meeting)
        office.talk(0, FOLLOWING[:2])
        for (change, *what), at, only, following in then:
            change(office, *what)
            office.follow()
            office.look(at, only)
            office.talk(at, following)
        office.look(0, Scope())
        assert office.answers
