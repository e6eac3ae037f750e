"""Homes with as many passages as a measurement asks for: the words are drawn from labelled meetings, the vectors are random.

Random unit vectors stand for embeddings because embedding 100,000 passages takes the better part of an hour; nothing is near
anything among them, which is the hard case for a graph of neighbours. The record, the cut, the index of words and Chroma are the
product's own; queries are embedded by the bundled embedder.
"""

import datetime as dt
import hashlib
import json
import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from analyzer.model.meetings import Meeting, Side, Speaker, Utterance
from analyzer.store import NewMeeting
from analyzer.transcripts.passages import cut
from analyzer.workspace import Workspace
from vectorstore.embedders import BundledEmbedder
from vectorstore.index import PASSAGES
from vectorstore.passages import Passages, Row

WORDS_A_MEETING = 7_200  # about an hour with pauses
TURN = (8, 60)  # words
FIRST_DAY = dt.date(2015, 1, 5)
VOICES = ("Ada Holm", "Ben Okafor", "Carla Ruiz", "Dan Whitfield", "Elif Kaya", "Frank Moreau", "Gita Rao", "Hugo Lindt")
OURS = VOICES[:2]


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """All running words of some meetings, and the questions that were asked about them."""

    words: tuple[str, ...]
    questions: tuple[str, ...]


def spoken(folder: Path) -> Spoken:
    """What is said and asked in a folder of labelled meetings. Ends the benchmark where there are none."""
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    words = [word for one in documents for turn in one["turns"] for word in turn["text"].split()]
    questions = [question["q"] for one in documents for question in one["labels"]["questions"]]
    if not words or not questions:
        raise SystemExit(f"{folder} holds no labelled meetings with questions")
    return Spoken(words=tuple(words), questions=tuple(questions))


def fill(ws: Workspace, client: str, passages: int, said: Spoken, *, seed: int = 0) -> str:
    """A client with at least so many passages, on record and indexed; returns its id."""
    folder = ws.settings.index_folder
    chance, vectors = random.Random(seed), np.random.default_rng(seed)  # noqa: S311 no secret
    client_id = ws.store.add_client(client).id
    (folder / client_id).mkdir(mode=0o700, parents=True, exist_ok=True)
    made = at = 0
    file, patience = folder / client_id / PASSAGES, ws.settings.lock_timeout
    with closing(Passages(file, embedder=BundledEmbedder().identity, timeout=patience)) as index:
        while made < passages:
            day = FIRST_DAY + dt.timedelta(days=at)
            meeting = ws.store.add_meeting(a_meeting(client_id, f"{client} {at}", day, said, chance))
            rows = list(_rows(meeting, vectors))
            index.replace(meeting.id, rows)
            ws.store.mark_indexed(meeting.id, meeting.revision, client_id)
            made, at = made + len(rows), at + 1
    with ws.index(client_id):  # writes Chroma from the kept vectors, since these were put in without it
        return client_id


def a_meeting(client_id: str, title: str, day: dt.date, said: Spoken, chance: random.Random) -> NewMeeting:
    """An hour of drawn words by one of ours and two of theirs."""
    voices = [chance.choice(OURS), *chance.sample(VOICES[len(OURS) :], 2)]
    words = chance.choices(said.words, k=WORDS_A_MEETING)
    ends = [0]
    while ends[-1] < len(words):
        ends.append(ends[-1] + chance.randint(*TURN))
    return NewMeeting(
        client_id=client_id,
        date=day,
        title=title,
        format="made up",
        file_name=f"{title}.txt",
        original=title.encode(),
        speakers=tuple(Speaker(name=name, side=Side.OURS if name in OURS else Side.THEIRS) for name in voices),
        utterances=tuple(
            Utterance(speaker=voices[at % len(voices)], text=" ".join(words[start:end]), start=float(start), end=float(end))
            for at, (start, end) in enumerate(pairwise(ends))
        ),
    )


def _rows(meeting: Meeting, vectors: np.random.Generator) -> Iterator[Row]:
    for passage in cut(meeting):
        vector = vectors.normal(size=BundledEmbedder.dimension)
        yield Row(
            id=passage.id,
            group=meeting.id,
            ordinal=passage.ordinal,
            text=passage.text,
            digest=hashlib.sha256(passage.text.encode()).digest(),
            vector=(vector / np.linalg.norm(vector)).astype(np.float32).tobytes(),
        )
