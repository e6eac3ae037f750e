"""The questions of training/questions: what is asked of a whole meeting or of a snippet, and which turns say it.

A line names its `meeting` (of training/meetings) or its `snippet` (file and line, from 0), the question `q`, the `turns` that
answer it, and `span`, the words of one of them that do; no turns and no span where it is not said.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analyzer.model.meetings import Side

TRAINING = Path(__file__).parents[1] / "training"
FIFTH, TWELFTH = 5, 12  # of the clients and of the files of snippets, none is learnt from by the answer finder
VOICE = {Side.OURS: "Consultant", Side.THEIRS: "Client"}  # snippets have no names


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question of one source; `turns` is empty where the source does not say it. `file` is the name of that which holds it."""

    file: str
    source: str
    whole_meeting: bool
    question: str
    turns: frozenset[int]
    span: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """What a question is asked of: its client (a snippet's file stands for one), who said what, and on whose side."""

    client: str
    said: tuple[tuple[str, str], ...]
    sides: tuple[Side, ...]


def asked() -> Iterator[Asked]:
    """Every question, file by file."""
    for file in sorted((TRAINING / "questions").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            kept = json.loads(line)
            yield Asked(
                file=file.stem,
                source=kept.get("meeting") or kept["snippet"],
                whole_meeting="meeting" in kept,
                question=kept["q"],
                turns=frozenset(kept["turns"]),
                span=kept["span"],
            )


def source_of(question: Asked) -> Source:
    """The talk that the question is asked of."""
    return _meetings()[question.source] if question.whole_meeting else _snippet(question.source)


def held_out(question: Asked) -> bool:
    """Whether it is of a client or a file that the answer finder does not learn from, so that it can be judged there."""
    client = source_of(question).client
    apart = clients() if question.whole_meeting else files()
    return client in apart[:: FIFTH if question.whole_meeting else TWELFTH]


@cache
def clients() -> tuple[str, ...]:
    """The clients of training/meetings, by name."""
    return tuple(sorted({source.client for source in _meetings().values()}))


@cache
def files() -> tuple[str, ...]:
    """The files of training/snippets, by name."""
    return tuple(sorted(file.stem for file in (TRAINING / "snippets").glob("*.jsonl")))


@cache
def _meetings() -> dict[str, Source]:
    read = (json.loads(file.read_text(encoding="utf-8")) for file in sorted((TRAINING / "meetings").glob("*.json")))
    return {
        m["id"]: Source(
            client=m["client"],
            said=tuple((t["speaker"], t["text"]) for t in m["turns"]),
            sides=tuple(_side(m, t["speaker"]) for t in m["turns"]),
        )
        for m in read
    }


def _side(document: dict[str, Any], speaker: str) -> Side:
    if speaker in document["consultant_side"]:
        return Side.OURS
    return Side.THEIRS if speaker in document["client_side"] else Side.UNKNOWN


@cache
def _snippet(name: str) -> Source:
    file, _, line = name.partition(":")
    turns = [(Side(t["side"]), t["text"]) for t in json.loads(_lines(file)[int(line)])["turns"]]
    return Source(client=file, said=tuple((VOICE[side], text) for side, text in turns), sides=tuple(side for side, _ in turns))


@cache
def _lines(file: str) -> tuple[str, ...]:
    return tuple((TRAINING / "snippets" / f"{file}.jsonl").read_text(encoding="utf-8").splitlines())
