"""Quotes with their places, and whether they were said to one of their people alone or in confidence."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analyzer.model.brief_parts import Quote, Spoken
from analyzer.model.findings import Evidence, Match
from analyzer.model.meetings import Meeting, Side
from analyzer.model.own import RememberedRow
from analyzer.names import fold_name

LEADING_UP = 2  # so many turns before the strongest words of a sign are told with them
_NOT_ONE_PERSON = (Side.MIXED, Side.UNKNOWN, Side.OTHER)


@dataclass(frozen=True, slots=True)
class Places:
    """The meetings in which evidence stands, by id; `several` says whether more than one of their people ever spoke."""

    meetings: dict[str, Meeting]
    several: bool

    @classmethod
    def of(cls, meetings: Iterable[Meeting]) -> "Places":
        """The places of these meetings."""
        by_id = {meeting.id: meeting for meeting in meetings}
        theirs = {fold_name(name) for meeting in by_id.values() for name in meeting.names(Side.THEIRS)}
        return cls(by_id, len(theirs) > 1)

    def slug(self, meeting: str) -> str:
        return self.meetings[meeting].slug

    def date(self, meeting: str) -> dt.date:
        return self.meetings[meeting].date

    def quote(self, evidence: Evidence) -> Quote:
        """The words as the brief tells them."""
        meeting = self.meetings[evidence.meeting]
        return Quote(
            text=evidence.quote,
            speaker=evidence.speaker,
            side=evidence.side,
            date=meeting.date,
            slug=meeting.slug,
            turn=evidence.turn,
            start=evidence.start if evidence.heard_at is None else evidence.heard_at,
            match=evidence.match,
            aside=self.aside(meeting),
            confidential=meeting.confidential,
        )

    def quotes(self, some: Iterable[Evidence]) -> tuple[Quote, ...]:
        return tuple(map(self.quote, some))

    def first(self, some: Sequence[Evidence]) -> Quote | None:
        return self.quote(some[0]) if some else None

    def before(self, some: Sequence[Evidence]) -> tuple[Spoken, ...]:
        """The turns that lead up to the first of these words."""
        return tuple(self._before(some[0])) if some else ()

    def remembered(self, rows: Iterable[RememberedRow]) -> tuple[Quote, ...]:
        """What a person kept, where it still stands in the meetings, the newest first."""
        found = [self._kept(row, row.turn) for row in rows if row.turn is not None and row.meeting in self.meetings]
        return tuple(sorted(found, key=lambda quote: (quote.date, quote.turn), reverse=True))

    def aside(self, meeting: Meeting) -> tuple[str, ...]:
        """Their people who were there, where what was said is not for all of them: in confidence, or to one of several."""
        theirs = meeting.names(Side.THEIRS)
        if meeting.confidential:
            return theirs
        alone = len(theirs) == 1 and not any(speaker.side in _NOT_ONE_PERSON for speaker in meeting.speakers)
        return theirs if alone and self.several else ()

    def _kept(self, row: RememberedRow, turn: int) -> Quote:
        meeting = self.meetings[row.meeting]
        return Quote(
            text=row.quote,
            speaker=row.speaker,
            side=row.side,
            date=row.date,
            slug=row.slug,
            turn=turn,
            start=row.start,
            match=Match.EXACT,
            aside=self.aside(meeting),
            confidential=meeting.confidential,
        )

    def _before(self, evidence: Evidence) -> Iterator[Spoken]:
        turns = self.meetings[evidence.meeting].turns
        for turn in turns[max(0, evidence.turn - LEADING_UP) : evidence.turn]:
            yield Spoken(speaker=turn.speaker, text=turn.text, turn=turn.ordinal)
