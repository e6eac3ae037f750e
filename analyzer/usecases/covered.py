"""What of an agenda came up in the talk that it was for, as far as that talk's transcript tells.

Each line of the agenda is held against each turn: by the words that they share, and by what they mean as the bundled model
sees it. Nothing is sent. A match is told with its turn, so that anybody can look; that there is none proves nothing.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from analyzer.errors import PassageIndexError
from analyzer.model.brief_parts import Quote
from analyzer.model.findings import Match
from analyzer.model.kept import KeptAgenda
from analyzer.model.meetings import Meeting, Turn
from analyzer.model.reasons import CoveredAgenda, CoveredItem
from analyzer.relationship.wordlists import FUNCTION, GENERIC
from analyzer.rendering import agenda_page
from analyzer.rendering.pages import Page, Section, lines
from analyzer.store import MeetingHead
from analyzer.workspace import Workspace

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

MOST_PLACES = 3  # of an item
FEWEST_WORDS = 5  # of a turn that can be compared
CLOSE = 0.55  # the cosine from which a turn is about a line
SHARED = 0.5  # the share of a line's telling words from which a turn has the line's words
FEWEST_SHARED = 3
HALF_CLOSE = 0.3  # with words in common less nearness will do

_TITLE = re.compile(r"^\s*\d+[.)]\s*|\s*\(\d+\s*min\w*\.?\)\s*$")
_LABEL = re.compile(r"^(?:From us|Promised|(?:You said|We suggested) on [^:]+):\s*")
_PURPOSE = re.compile(r" Lead: [^.]+\.$")  # what an item is for is no thing that is said
_NOT_ITEMS = ("Before we meet",)
_WORD = re.compile(r"[^\W_]+")
_STEM = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    title: str
    lines: tuple[str, ...]


def covered(ws: Workspace, kept: KeptAgenda, talk: MeetingHead, *, quick: bool = False) -> CoveredAgenda | None:
    """What of this agenda came up in that meeting; what was found once is kept with the meeting.

    With `quick` only what is kept already is told, and None where nothing is.
    """
    items = _items(agenda_page.page(replace(kept.agenda, edited=kept.text or "")))
    key = _key(items, talk, ws.embedder.identity)
    known = ws.store.cached(key)
    if known is None and quick:
        return None
    meeting = ws.store.meeting(talk.id)
    try:
        found = _found(ws, items, meeting) if known is None else json.loads(known)
    except PassageIndexError as unusable:
        ws.notice("not_compared", f"what came up of the agenda for {talk.slug} is not known: {unusable.message}")
        return None
    if known is None:
        ws.store.keep_cached(key, [talk.id], json.dumps(found))
    told = (CoveredItem(title=item.title, places=_places(meeting, turns)) for item, turns in zip(items, found, strict=True))
    return CoveredAgenda(
        number=kept.number,
        made_on=kept.made_at.date(),
        kind=kept.kind,
        slug=talk.slug,
        met_on=talk.date,
        items=tuple(told),
    )


def _key(items: Sequence[_Item], talk: MeetingHead, embedder: str) -> str:
    """Whatever the answer hangs on."""
    asked = json.dumps([[item.title, *item.lines] for item in items])
    return f"covered:{talk.id}:{talk.revision}:{embedder}:{hashlib.sha256(asked.encode()).hexdigest()}"


def _items(page: Page) -> tuple[_Item, ...]:
    return tuple(
        _Item(title=_TITLE.sub("", _TITLE.sub("", section.title)), lines=tuple(_lines(section)))
        for section in page.sections
        if section.title not in _NOT_ITEMS
    )


def _lines(section: Section) -> Iterator[str]:
    alone = Page(title="", lead=(), sections=(section,), private=False)
    for line in lines(alone):
        text = _LABEL.sub("", "".join(span.text for span in line)).strip()
        if not _PURPOSE.search(text) and len(text.split()) >= FEWEST_WORDS:
            yield text


def _found(ws: Workspace, items: Sequence[_Item], meeting: Meeting) -> list[list[int]]:
    """The turns for each item, the clearest first."""
    turns = [turn for turn in meeting.turns if len(turn.text.split()) >= FEWEST_WORDS]
    texts = [line for item in items for line in item.lines]
    if not turns or not texts:
        return [[] for _ in items]
    near = ws.vectors(texts) @ ws.vectors([turn.text for turn in turns]).T
    found, at = [], 0
    for item in items:
        rows = near[at : at + len(item.lines)]
        at += len(item.lines)
        found.append(_turns_of(item, turns, rows))
    return found


def _turns_of(item: _Item, turns: Sequence[Turn], near: "npt.NDArray[np.float32]") -> list[int]:
    best: dict[int, float] = {}
    for line, row in zip(item.lines, near, strict=True):
        for turn, cosine in zip(turns, row, strict=True):
            both = _telling(line) & _telling(turn.text)
            share = len(both) / max(1, len(_telling(line)))
            worded = len(both) >= FEWEST_SHARED and share >= SHARED and cosine >= HALF_CLOSE
            if cosine >= CLOSE or worded:
                best[turn.ordinal] = max(best.get(turn.ordinal, 0.0), float(cosine) + share)
    return sorted(best, key=lambda turn: (-best[turn], turn))[:MOST_PLACES]


def _telling(text: str) -> frozenset[str]:
    """The words that say what a text is about, by their beginnings."""
    words = (word for word in _WORD.findall(text.casefold()) if word not in FUNCTION and word not in GENERIC)
    return frozenset(word[:_STEM] for word in words if len(word) >= _STEM - 1)


def _places(meeting: Meeting, turns: Sequence[int]) -> tuple[Quote, ...]:
    return tuple(_quote(meeting, meeting.turns[turn]) for turn in turns)


def _quote(meeting: Meeting, turn: Turn) -> Quote:
    return Quote(
        text=turn.text,
        speaker=turn.speaker,
        side=turn.side.value,
        date=meeting.date,
        slug=meeting.slug,
        turn=turn.ordinal,
        start=turn.start,
        match=Match.EXACT,
        confidential=meeting.confidential,
    )
