"""What the rows of a hand-over have to mean: each is read as the record reads its own, and written again as the record writes it.

Words of people are one line without anything that steers a terminal, like those that are typed here.
"""

import math
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from analyzer.model.agenda import AgendaKind
from analyzer.model.edits import AssignedTurn, Edit, EditKind
from analyzer.model.findings import Fate, Level, Outcome, SignId
from analyzer.model.meetings import Side, Stage
from analyzer.model.person import Because, Choice, NoteKind
from analyzer.store import rows
from analyzer.store.names import tidy_name

Row = dict[str, Any]
WIDEST = 2**53
"""A whole number up to which every program reads the same from JSON."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[a-z0-9_]{1,40}")


class Unfit(ValueError):
    """A row of a hand-over that no record can take; the message says in one line what is wrong with it."""


def names(value: object) -> list[str]:
    """A list of names as JSON has it. Raises Unfit."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Unfit("something else in it stands for a list of names")
    return value


def nothing_more(_: Row) -> None:
    """A row of which the types say all."""


def _id(text: str) -> None:
    if not _ID.fullmatch(text):
        raise Unfit("an id in it is none")


def _client(row: Row) -> None:
    _id(row["id"])
    Stage(row["stage"])
    row["name"] = tidy_name(row["name"])
    if not row["name"]:
        raise Unfit("its client has no name")


def _meeting(row: Row) -> None:
    _id(row["id"])
    row["title"], row["file_name"] = tidy_name(row["title"]), tidy_name(row["file_name"])
    dropped, warnings = row["dropped"], row["warnings"]
    numbers = isinstance(dropped, dict) and all(type(number) is int and 0 <= number <= WIDEST for number in dropped.values())
    lines = isinstance(warnings, list) and all(isinstance(line, str) for line in warnings)
    if not (numbers and lines and 0 <= row["coverage"] <= 1):
        raise Unfit(f"what is told of the file of {row['id']} is not that")


def _original(row: Row) -> None:
    row["file_name"] = tidy_name(row["file_name"])
    if not _DIGEST.fullmatch(row["digest"]):
        raise Unfit("an original has no checksum")


def _speaker(row: Row) -> None:
    Side(row["side"])
    row["name"], row["role"] = " ".join(row["name"].split()), " ".join(row["role"].split())


def _turn(row: Row) -> None:
    row["text"] = " ".join(row["text"].split())
    cues = row["cues"]
    if cues is None:
        return
    for at, start, end in cues:
        times = all(type(second) in (int, float) and math.isfinite(second) for second in (start, end))
        if type(at) is not int or not 0 <= at <= len(row["text"]) or not times:
            raise Unfit("a caption in it has no place")
    if any(one[0] > other[0] for one, other in pairwise(cues)):
        raise Unfit("captions in it are not in order")


def _edit(row: Row) -> None:
    made = rows.structured(row["body"], Edit)
    if made is None or (made.kind is EditKind.ASSIGN and not made.turns):
        raise Unfit("an edit in it is damaged")
    if made.kind in (EditKind.RENAME, EditKind.MERGE) and not made.names:
        raise Unfit("an edit in it is of nobody")
    for turn in made.turns:
        _check_place(turn.ordinal, turn.place)
    row["body"] = rows.edit_body(made)


def _at(row: Row) -> None:
    turn = rows.structured(row["at"], AssignedTurn)
    if turn is None:
        raise Unfit("a person's word in it is of no turn")
    _check_place(turn.ordinal, turn.place)
    row["at"] = rows.turn_body(turn)


def _check_place(ordinal: int, place: int | None) -> None:
    if not (0 <= ordinal <= WIDEST and 0 <= (place or 0) <= WIDEST):
        raise Unfit("a turn in it is nowhere")


def _verdict(row: Row) -> None:
    SignId(row["sign"])
    Level(row["level"])
    row["note"] = tidy_name(row["note"])
    if row["reader"] is not None:
        Level(row["reader"])
    if row["engine"] is not None:
        row["model"], row["prompts"] = row["model"] or "", row["prompts"] or ""


def _dismissal(row: Row) -> None:
    SignId(row["sign"])
    Because(row["because"])
    _at(row)


def _mark(row: Row) -> None:
    SignId(row["sign"])
    _at(row)


def _outcome(row: Row) -> None:
    if row["outcome"] not in {*Outcome, *Fate}:
        raise Unfit("an outcome in it is none")
    row["note"], row["what"] = tidy_name(row["note"]), tidy_name(row["what"])
    _at(row)


def _note(row: Row) -> None:
    NoteKind(row["kind"])
    row["text"] = tidy_name(row["text"])


def _decision(row: Row) -> None:
    Choice(row["choice"])
    row["note"] = tidy_name(row["note"])


def _agenda(row: Row) -> None:
    AgendaKind(row["kind"])
    made = rows.agenda(row["body"])
    if made is None or row["number"] < 1:
        raise Unfit("an agenda in it is damaged")
    row["people"] = [tidy_name(name) for name in names(row["people"])]
    row["body"] = rows.agenda_body(made)


MEANING: dict[str, Callable[[Row], None]] = {
    "clients": _client,
    "meetings": _meeting,
    "originals": _original,
    "speakers": _speaker,
    "turns": _turn,
    "edits": _edit,
    "verdicts": _verdict,
    "dismissals": _dismissal,
    "marks": _mark,
    "outcomes": _outcome,
    "remembered": _at,
    "notes": _note,
    "decisions": _decision,
    "agendas": _agenda,
}
