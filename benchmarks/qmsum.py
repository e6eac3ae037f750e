"""QMSum's meetings, with the stretches that their queries were answered from.

Every turn is kept, so that the gold numbers stay right; what the transcribers noted between braces is no speech and goes.
Zhong et al., QMSum, NAACL 2021: its gold stretches count turns from 0, ends included. Its Product meetings are AMI's
(CC BY 4.0), its Academic ones ICSI's.
"""

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

from analyzer.model.meetings import Meeting, Side, Speaker, Utterance
from analyzer.store import NewMeeting
from analyzer.usecases.indexing import index_meeting
from analyzer.workspace import Workspace

NOISE = re.compile(r"\{[^}]*\}")  # {vocalsound}, {disfmarker}
DAY = dt.date(2021, 6, 1)  # of every meeting: QMSum has no dates
PRODUCT, ACADEMIC = "Product", "Academic"
BEGINNINGS = {"ES": PRODUCT, "IS": PRODUCT, "TS": PRODUCT, "B": ACADEMIC}  # of their names


@dataclass(frozen=True, kw_only=True)
class Query:
    """A query and the turns that its answer was written from."""

    text: str
    gold: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of a meeting: its turns and its words, both numbered from the meeting's first."""

    turns: range
    words: range


@dataclass(frozen=True, kw_only=True)
class Talk:
    """A meeting of QMSum: who said what, turn by turn, and its queries that name turns."""

    name: str
    said: tuple[tuple[str, str], ...]
    queries: tuple[Query, ...]

    @property
    def domain(self) -> str:
        """PRODUCT, ACADEMIC, or empty for another."""
        return next((domain for beginning, domain in BEGINNINGS.items() if self.name.startswith(beginning)), "")

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The number of each turn's first word; at the end, of all words."""
        return tuple(accumulate((len(text.split()) for _, text in self.said), initial=0))

    def stretch(self, first: int, last: int) -> Piece:
        """These turns whole, both ends included."""
        return Piece(turns=range(first, last + 1), words=range(self.starts[first], self.starts[last + 1]))


def load(folder: Path, most: int | None = None) -> list[Talk]:
    """The meetings of a split, by name; at most so many of each domain."""
    talks = [talk(path.stem, json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json"))]
    if most is None:
        return talks
    return [one for at, one in enumerate(talks) if sum(other.domain == one.domain for other in talks[:at]) < most]


def talk(name: str, document: dict[str, Any]) -> Talk:
    """A meeting as QMSum publishes it."""
    return Talk(
        name=name,
        said=tuple(
            (turn["speaker"], " ".join(NOISE.sub(" ", turn["content"]).split())) for turn in document["meeting_transcripts"]
        ),
        queries=tuple(
            Query(text=query["query"], gold=gold) for query in document["specific_query_list"] if (gold := _gold(query))
        ),
    )


def _gold(query: dict[str, Any]) -> frozenset[int]:
    spans: Sequence[Sequence[str]] = query["relevant_text_span"]
    return frozenset(turn for first, last in spans for turn in range(int(first), int(last) + 1))


def put(ws: Workspace, one: Talk) -> Meeting:
    """The meeting on record and indexed, filed under a client of its own."""
    meeting = ws.store.add_meeting(
        NewMeeting(
            client_id=None,
            new_client=f"Client {one.name}",
            date=DAY,
            title=one.name,
            format="qmsum",
            file_name=f"{one.name}.json",
            original=one.name.encode(),
            speakers=tuple(Speaker(name=name, side=Side.UNKNOWN) for name in dict.fromkeys(name for name, _ in one.said)),
            utterances=tuple(Utterance(speaker=name, text=text) for name, text in one.said),
        )
    )
    index_meeting(ws, ws.store.head(meeting.id))
    return meeting
