"""A home with a client of long standing: many meetings that were read and talked over, and meetings of other clients beside them.

What is said are turns of labelled meetings, a few in a row from here and from there, with words misheard anew each time, so that
no two talks are the same; the offline engine reads them. The other clients' words are drawn one by one.
"""

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from analyzer.model.findings import Level, SignId
from analyzer.model.meetings import Side, Speaker, Utterance
from analyzer.model.person import NoteKind, SaidVerdict
from analyzer.settings import load
from analyzer.store import MeetingHead, NewMeeting
from analyzer.usecases.read import read_meetings
from analyzer.workspace import OFFLINE, Workspace
from benchmarks.altered_meetings import Document, by_sound, misheard
from benchmarks.made_up_home import Spoken, a_meeting

CLIENT, READER = "Hollis Freight", "Carla Ruiz"
OURS = ("Priya Raman", "Tom Ellery")  # of the examples' practice.toml
THEIRS = (READER, "Dan Whitfield", "Elif Kaya")
TURNS = 100  # of a meeting
IN_A_ROW = 8
OTHERS = 10  # other clients
DAYS_APART = 7
NOTED_EVERY = 10  # meetings: a person notes something, and says what a sign is


def make(home: Path, practice: str, documents: Sequence[Document], meetings: int, elsewhere: int) -> None:
    """A home with so many read meetings of the client, the last one yesterday, and so many hours with other clients."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "practice.toml").write_text(practice, encoding="utf-8")
    chance = random.Random(0)  # noqa: S311 no secret
    words = tuple(word for one in documents for turn in one["turns"] for word in turn["text"].split())
    with Workspace(load(environ={"ANALYZER_HOME": str(home)})) as ws:
        others = [ws.store.add_client(f"Other {at} Works").id for at in range(min(OTHERS, elsewhere))]
        for at in range(elsewhere):
            day = ws.today - dt.timedelta(days=at)
            of = others[at % len(others)]
            ws.store.add_meeting(a_meeting(of, f"Elsewhere {at}", day, Spoken(words=words, questions=()), chance))
        client = ws.store.add_client(CLIENT).id
        sounds = by_sound(documents)
        for at in range(meetings):
            day = ws.today - dt.timedelta(days=1 + DAYS_APART * at)
            ws.store.add_meeting(_talk(client, at, day, documents, sounds, chance))
        heads = ws.store.meetings(client)
        read_meetings(ws, heads, OFFLINE)
        _say(ws, client, heads)


def _talk(
    client: str, at: int, day: dt.date, documents: Sequence[Document], sounds: Mapping[str, Sequence[str]], chance: random.Random
) -> NewMeeting:
    title = f"{CLIENT} {at}"
    drawn = {"id": title, "turns": list(_turns(documents, chance)), "labels": {}}
    theirs = [READER, *chance.sample(THEIRS[1:], chance.randint(0, len(THEIRS) - 1))]
    heard = misheard(drawn, sounds).document["turns"]
    return NewMeeting(
        client_id=client,
        date=day,
        title=title,
        format="made up",
        file_name=f"{title}.txt",
        original=title.encode(),
        speakers=tuple(
            Speaker(name=name, side=side) for side, names in ((Side.OURS, OURS), (Side.THEIRS, theirs)) for name in names
        ),
        utterances=tuple(
            Utterance(
                speaker=chance.choice(OURS if turn["ours"] else theirs), text=turn["text"], start=10.0 * n, end=10.0 * n + 9
            )
            for n, turn in enumerate(heard)
        ),
    )


def _turns(documents: Sequence[Document], chance: random.Random) -> Iterator[Document]:
    for _ in range(-(-TURNS // IN_A_ROW)):
        one = chance.choice(documents)
        at = chance.randrange(max(1, len(one["turns"]) - IN_A_ROW))
        for turn in one["turns"][at : at + IN_A_ROW]:
            yield {"text": turn["text"], "ours": turn["speaker"] in one["consultant_side"]}


def _say(ws: Workspace, client: str, heads: Sequence[MeetingHead]) -> None:
    """What a person says beside the readings, here and there."""
    signs = list(SignId)
    for at, head in enumerate(heads[::NOTED_EVERY]):
        ws.store.person.keep_note(client, head.date, NoteKind.IMPRESSION, f"The paper of week {at} lies with the board still")
        verdict = SaidVerdict(
            meeting=head.id, sign=signs[at % len(signs)], level=Level.WEAK, note=f"Heard twice in week {at}", made_at=ws.now()
        )
        ws.store.person.keep_verdict(verdict)
