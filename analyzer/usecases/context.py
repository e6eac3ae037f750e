"""What an engine reads with a question: the passages that were found, and what was said around them.

A passage alone often lacks the question that it answers or the name of what is spoken about, so what stands beside it is
read with it, as far as the engine takes it in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from analyzer.model.meetings import Meeting, Passage, Turn
from analyzer.transcripts.passages import cut

REACH = 2
"""Passages to either side of one that was found, the nearer ones first."""
LINE = 30
"""Characters that a turn takes beside its speaker and words: its number, time and side."""


class Found(Protocol):
    """A passage of a meeting with how well it fits the question, as search gives it."""

    @property
    def meeting(self) -> Meeting: ...

    @property
    def passage(self) -> Passage: ...

    @property
    def score(self) -> float: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The passages that are read, and how many of those found did not fit, wholly or in part."""

    passages: tuple[Passage, ...]
    left_out: int = 0


def surrounded(found: Sequence[Found], room: int) -> Context:
    """What was found with its neighbours, as much as `room` characters hold, each passage once.

    Passages that were found come before neighbours, better before worse, and of equal ones the newer meeting's first. They
    are given meeting by meeting in the same order, each in the order of its time. With no room, they are those found, best
    first.
    """
    ranked = sorted(found, key=_rank)
    if room <= 0:
        return Context(passages=tuple(_once(f.passage for f in ranked)))
    kept: dict[str, Passage] = {}
    left_out = 0
    for passage in _once(f.passage for f in ranked):
        if _size(passage) <= room:
            kept[passage.id] = passage
            room -= _size(passage)
        else:
            left_out += 1
    if not kept and ranked:
        kept[ranked[0].passage.id] = _shortened(ranked[0].passage, room)
        room = 0
    for passage in _beside(ranked):
        if passage.id not in kept and _size(passage) <= room:
            kept[passage.id] = passage
            room -= _size(passage)
    order = {m: at for at, m in enumerate(dict.fromkeys(f.meeting.id for f in ranked))}
    return Context(passages=tuple(sorted(kept.values(), key=lambda p: (order[p.meeting_id], p.first_turn))), left_out=left_out)


def _rank(found: Found) -> tuple[float, int, str, int]:
    return -found.score, -found.passage.date.toordinal(), found.meeting.id, found.passage.first_turn


def _once(passages: Iterator[Passage]) -> Iterator[Passage]:
    seen: set[str] = set()
    for passage in passages:
        if passage.id not in seen:
            seen.add(passage.id)
            yield passage


def _beside(ranked: Sequence[Found]) -> Iterator[Passage]:
    """The neighbours of all that was found: first what stands next to the best, last what is farthest from the worst."""
    cuts = {f.meeting.id: cut(f.meeting) for f in ranked}
    places = {p.id: at for passages in cuts.values() for at, p in enumerate(passages)}
    for steps in range(1, REACH + 1):
        for one in ranked:
            passages = cuts[one.meeting.id]
            at = places.get(one.passage.id)
            yield from (passages[near] for near in _near(at, steps, len(passages)))


def _near(at: int | None, steps: int, count: int) -> list[int]:
    """What was said before comes first: it holds the question that was answered."""
    return [] if at is None else [near for near in (at - steps, at + steps) if 0 <= near < count]


def _size(passage: Passage) -> int:
    return len(passage.text) + LINE * (len(passage.turns) + 1)


def _shortened(passage: Passage, room: int) -> Passage:
    """As many of its turns as fit; of a first turn that does not, the words that do."""
    turns: list[Turn] = []
    for turn in passage.turns:
        room -= len(turn.speaker) + LINE
        if len(turn.text) > room:
            if not turns:
                turns.append(replace(turn, text=turn.text[: max(room, 1)].rpartition(" ")[0] or turn.text[:1]))
            break
        room -= len(turn.text)
        turns.append(turn)
    return replace(passage, turns=tuple(turns))
