"""What a person says became of our advice, or of a promise, where no recording tells: dated, and each can be taken back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.errors import NotFound, UsageError
from analyzer.model.findings import ClaimKind, Fate, Outcome
from analyzer.model.meetings import Meeting, Side
from analyzer.model.own import OutcomeSaid
from analyzer.model.person import SaidOutcome
from analyzer.model.relationship import CommitmentRow, LedgerStep, RecommendationRow
from analyzer.relationship import picture, picture_of_meeting
from analyzer.relationship.words import promise_state
from analyzer.store import MeetingHead, tidy_name
from analyzer.usecases import resolve
from analyzer.usecases.motives import read_pairs
from analyzer.usecases.person import Places, kept_about, said_of
from analyzer.usecases.saying import counting, turn_of
from analyzer.usecases.speakers import tell_exported
from analyzer.workspace import Workspace

_Row = RecommendationRow | CommitmentRow
_LONGEST = 120  # letters of a turn that stands for our advice
_WORDS = 20  # of advice, where it is told in one line
_DIGITS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """The turn in which advice or a promise was given, and what a person said of it so far, by number."""

    head: MeetingHead
    meeting: Meeting
    turn: int
    said: dict[int, SaidOutcome]

    @property
    def id(self) -> str:
        return f"{self.head.slug}:{self.turn}"

    def has(self, row: _Row) -> bool:
        """Whether this is where the advice was given, or the promise last said."""
        if isinstance(row, RecommendationRow):
            return self.id in (row.id, *row.again)
        return (row.evidence.meeting, row.evidence.turn) == (self.meeting.id, self.turn)


def outcome(ws: Workspace, ref: str, became: Outcome | Fate, note: str = "", date: dt.date | None = None) -> OutcomeSaid:
    """Say what became of our advice, or with a fate of the promises of a turn, as of a day, today where none is given.

    What was said of that day before is replaced. `ref` is the meeting and the turn in which it was given, as motives tells
    them: `northgate-2025-09-17:41`. Raises NotFound where neither the reader nor we ourselves can have said such a thing,
    UsageError for a day that is still to come or was before that meeting.
    """
    place = _place(ws, ref)
    day = date or ws.today
    if day > ws.today:
        raise UsageError(f"{day.isoformat()} is still to come", "say it when it has happened")
    if day < place.meeting.date:
        what = "promise" if isinstance(became, Fate) else "advice"
        raise UsageError(f"{day.isoformat()} was before the {what}, {place.meeting.date.isoformat()}", "--date DAY")
    known = {number: word for number, word in place.said.items() if type(word.outcome) is type(became)}
    in_words = _promised if isinstance(became, Fate) else _advised
    word = SaidOutcome(
        meeting=place.head.id,
        at=Places(place.meeting).noted(place.turn),
        what=next(iter(known.values())).what if known else in_words(ws, place),
        outcome=became,
        note=tidy_name(note),
        date=day,
        made_at=ws.now(),
    )
    before = _rows(ws, place, type(became))
    ws.store.person.keep(word, [number for number, old in known.items() if old.date == day])
    return _told(ws, place, word, before, f"kept: it counts as soon as `analyzer motives {place.head.slug}` has read the meeting")


def clear(ws: Workspace, ref: str, date: dt.date | None = None) -> OutcomeSaid:
    """Take back what a person said became of advice or promises: of one day, or all of it. Raises NotFound for nothing said."""
    place = _place(ws, ref)
    words = {number: word for number, word in place.said.items() if date in (None, word.date)}
    if not words:
        when = f" on {date.isoformat()}" if date else ""
        raise NotFound(f"you said nothing of what became of {place.id}{when}", "there is nothing to take back")
    last = list(words.values())[-1]
    before = _rows(ws, place, type(last.outcome))
    ws.store.person.take_back(SaidOutcome, list(words))
    return _told(ws, place, last, before, f"taken back: {_short(last.what)}")


def _place(ws: Workspace, ref: str) -> _Place:
    slug, colon, number = ref.rpartition(":")
    if not colon or not number.isdecimal() or len(number) > _DIGITS:
        raise UsageError(f"{ref!r} names no advice", "give the meeting and the turn, like northgate-2025-09-17:41")
    head = resolve.meeting(ws.store, slug)
    meeting = ws.store.meeting(head.id)
    turn = turn_of(meeting, int(number)).ordinal
    places = Places(meeting)
    said = {n: word for n, word in kept_about(ws, head).outcomes.items() if places.stands_at(word.at, turn)}
    return _Place(head=head, meeting=meeting, turn=turn, said=said)


def _advised(ws: Workspace, place: _Place) -> str:
    """The advice of a turn: as a reader put it, or the words of a turn of ours which no reader saw as advice."""
    slug, counts = place.head.slug, counting(ws, [place.head])
    readings = sorted(ws.store.assessments([place.head.id]), key=lambda reading: reading.engine.name == counts)  # its words win
    known = {
        found.evidence.turn: found.claim.recommendation.what
        for reading in readings
        for found in reading.findings
        if found.claim.kind is ClaimKind.RECOMMENDATION and found.claim.recommendation
    }
    if place.turn in known:
        return known[place.turn]
    words = place.meeting.turns[place.turn]
    if words.side is not Side.OURS:
        there = ", ".join(f"{slug}:{at}" for at in sorted(known))
        hint = f"there is some at {there}" if there else f"`analyzer show {slug}`"
        raise NotFound(f"turn {place.turn} of {slug} is not ours, so it holds no advice of ours", hint)
    if readings:
        ws.notice("unseen", f"the reader had not seen turn {place.turn} of {slug} as advice; its words stand for it")
    else:
        ws.notice("unread", f"nobody has read {slug} yet: `analyzer motives {slug}`")
    return words.text if len(words.text) <= _LONGEST else f"{words.text[: _LONGEST - 4].rsplit(' ', 1)[0]} ..."


def _promised(ws: Workspace, place: _Place) -> str:
    """What was promised in a turn, as the reader put it whose reading counts. Raises NotFound for nothing."""
    slug = place.head.slug
    read = read_pairs(ws, [place.head], counting(ws, [place.head]))
    if not read:
        raise NotFound(f"nobody has read {slug} yet, so no promise is known there", f"`analyzer motives {slug}`")
    promises = [
        (found.evidence.turn, found.claim.commitment.what)
        for found in read[0][1].findings
        if found.claim.kind is ClaimKind.COMMITMENT and found.claim.commitment
    ]
    here = [what for turn, what in promises if turn == place.turn]
    if not here:
        there = ", ".join(f"{slug}:{turn}" for turn in sorted({turn for turn, _ in promises}))
        hint = f"there is one at {there}" if there else "none is known in this meeting"
        raise NotFound(f"no promise is known at turn {place.turn} of {slug}", hint)
    return "; ".join(here)


def _rows(ws: Workspace, place: _Place, kind: type[Outcome | Fate]) -> tuple[_Row, ...]:
    """All advice, or for fates all promises, of the client, or of the meeting where that is not read like the others."""
    heads = ws.store.meetings(place.head.client_id) if place.head.client_id else ()
    for some in (heads, (place.head,)):
        read = read_pairs(ws, some, counting(ws, some))
        if any(meeting.id == place.head.id for meeting, _ in read):
            words = said_of(ws, [meeting for meeting, _ in read])
            alone = len(some) == 1
            seen = picture_of_meeting(*read[0], ws.today, words) if alone else picture(read, ws.today, words)
            return seen.commitments if kind is Fate else seen.recommendations
    return ()


def _told(ws: Workspace, place: _Place, word: SaidOutcome, before: Sequence[_Row], otherwise: str) -> OutcomeSaid:
    """What the word changed, or where it stands with nothing that is told, `otherwise`."""
    after = _rows(ws, place, type(word.outcome))
    changed = [row for row in after if row not in before]
    if before != after:
        tell_exported(ws, place.head)
    now = next(iter([*changed, *(row for row in after if place.has(row))]), None)
    if now is None:
        told = otherwise
    else:
        was = next((_state(row) for row in before if _same(row, now)), Outcome.UNKNOWN.value)
        arrow = f"{was} -> {_state(now)}" if was != _state(now) else f"still {was}"
        told = f"{'' if changed else 'nothing changes: '}{_short(word.what)}: {arrow}"
    return OutcomeSaid(
        recommendation=place.id,
        what=word.what,
        told=told,
        changed=before != after,
        steps=now.steps if isinstance(now, RecommendationRow) else _steps(ws, place, type(word.outcome)),
    )


def _state(row: _Row) -> str:
    return row.outcome if isinstance(row, RecommendationRow) else promise_state(row.status)


def _same(row: _Row, other: _Row) -> bool:
    """Whether both are the same advice or promise, whatever became of it."""
    return (row.what, row.evidence) == (other.what, other.evidence)


def _short(what: str) -> str:
    words = what.split()
    return " ".join(words[:_WORDS]).rstrip(".") + (" ..." if len(words) > _WORDS else "")


def _steps(ws: Workspace, place: _Place, kind: type[Outcome | Fate]) -> tuple[LedgerStep, ...]:
    """What a person says became of it, by date."""
    places = Places(place.meeting)
    said = [word for word in kept_about(ws, place.head).outcomes.values() if places.stands_at(word.at, place.turn)]
    ordered = sorted((word for word in said if isinstance(word.outcome, kind)), key=lambda word: (word.date, word.made_at))
    return tuple(LedgerStep(date=word.date, outcome=word.outcome.value, note=word.note) for word in ordered)
